"""A bookmark is never lost: who wrote it, who changed it, who took it down and why stay in the record."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import import_site
from services.domain.bookmarks import LONGEST, MOST_TEXT, Bookmark
from services.domain.people import Limit, Permission, Role, Session
from services.playback.bookmarks import BookmarkDesk, bookmarks_of
from services.storage import Database
from tests.campus import read_demo_site
from tests.services.recording.conftest import AT, database

__all__ = ["database"]
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "SEAT-1")
OFFICE = Session("qian", "钱某", Role.SUPERVISOR, "SEAT-2")
OPERATOR = Session("zhao", "赵某", Role.OPERATOR, "SEAT-3")
NOW = AT + timedelta(hours=1)


@pytest.fixture
def desk(database: Database) -> BookmarkDesk:
    return BookmarkDesk(database, ManualClock(NOW))


def refused(error: pytest.ExceptionInfo[ServiceError]) -> str:
    return error.value.code


def test_it_is_found_by_its_time_and_by_its_words(database: Database, desk: BookmarkDesk) -> None:
    jump = desk.make(LEADER, ["C01", "C02"], AT, "翻墙 jump over the wall", AT + timedelta(seconds=20))
    desk.make(LEADER, ["C03"], AT + timedelta(minutes=5), "红色面包车")

    def near(*cameras: str, at: datetime) -> list[Bookmark]:
        return database.read(lambda view: bookmarks_of(view, cameras, at, at + timedelta(seconds=1)))

    assert near("C02", "C09", at=AT + timedelta(seconds=10)) == [jump]
    assert near("C03", at=AT + timedelta(seconds=10)) == []
    assert near("C01", at=AT + timedelta(seconds=30)) == []
    assert [one.text for one in desk.find(OFFICE, "WALL 翻墙")] == [jump.text]
    assert [one.text for one in desk.find(OFFICE, "c03")] == ["红色面包车"]
    assert [one.text for one in desk.find(OFFICE)] == ["红色面包车", jump.text]


def test_what_was_ended_is_on_no_timeline_and_in_the_record(database: Database, desk: BookmarkDesk) -> None:
    made = desk.make(LEADER, ["C01"], AT, "翻墙")
    ended = desk.end(LEADER, desk.edit(LEADER, made, "两人翻墙"))
    assert desk.find(LEADER) == []
    assert database.read(lambda view: bookmarks_of(view, ["C01"], AT, NOW)) == []
    assert database.read(lambda view: view.bookmarks.get(made.id)) == ended
    steps = database.read(lambda view: view.trail.of([made.id]))
    assert [(step.actor, step.action) for step in steps] == [
        ("li", "bookmark.made"),
        ("li", "bookmark.edited"),
        ("li", "bookmark.ended"),
    ]
    with pytest.raises(ServiceError) as error:
        desk.edit(LEADER, ended, "还是三人")
    assert refused(error) == "bookmark.ended"


def test_only_its_author_writes_it_anew_and_others_end_it_with_a_reason(desk: BookmarkDesk) -> None:
    made = desk.make(LEADER, ["C01"], AT, "翻墙")
    with pytest.raises(ServiceError) as error:
        desk.edit(OFFICE, made, "没有翻墙")
    assert (refused(error), error.value.params) == ("bookmark.not_yours", {"author": "李某"})
    with pytest.raises(ServiceError) as error:
        desk.end(OFFICE, made, "  ")
    assert refused(error) == "bookmark.reason_needed"
    ended = desk.end(OFFICE, made, "看错了")
    assert (ended.ended_by_name, ended.ended_reason) == ("钱某", "看错了")


def test_who_read_an_older_one_overwrites_nothing(desk: BookmarkDesk) -> None:
    made = desk.make(LEADER, ["C01"], AT, "翻墙")
    desk.edit(LEADER, made, "两人翻墙")
    with pytest.raises(ServiceError) as error:
        desk.edit(LEADER, made, "三人翻墙")
    assert refused(error) == "storage.conflict"


@pytest.mark.parametrize(
    ("cameras", "since", "until", "text", "code"),
    [
        (["C01"], AT, None, " \n", "bookmark.no_text"),
        (["C01"], AT, None, "字" * (MOST_TEXT + 1), "bookmark.too_long"),
        ([], AT, None, "翻墙", "bookmark.no_camera"),
        (["C01"], AT, AT - timedelta(seconds=1), "翻墙", "bookmark.bad_span"),
        (["C01"], NOW + timedelta(seconds=1), None, "翻墙", "bookmark.bad_span"),
        (["C01"], NOW - LONGEST - timedelta(seconds=1), NOW, "翻墙", "bookmark.bad_span"),
    ],
)
def test_what_says_nothing_is_not_kept(
    desk: BookmarkDesk, cameras: list[str], since: datetime, until: datetime | None, text: str, code: str
) -> None:
    with pytest.raises(ServiceError) as error:
        desk.make(LEADER, cameras, since, text, until)
    assert refused(error) == code
    assert desk.find(LEADER) == []


def test_whose_recordings_one_may_not_see_their_bookmarks_one_may_not_read(
    database: Database, desk: BookmarkDesk
) -> None:
    site = read_demo_site()
    import_site(database, Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9"), site)
    kept = site.cameras[0]
    barred = Session(
        "wu", "吴某", Role.SHIFT_LEADER, "S4", limits=(Limit(Permission.WATCH, cameras=(str(kept.no),)),)
    )
    desk.make(LEADER, [str(kept.no)], AT, "翻墙")
    assert desk.find(barred) == []
    with pytest.raises(ServiceError) as error:
        desk.make(barred, [str(kept.no)], AT, "翻墙")
    assert refused(error) == "identity.barred"
    with pytest.raises(ServiceError) as error:
        desk.find(OPERATOR)
    assert refused(error) == "identity.forbidden"


@given(
    begins=st.integers(-100, 100),
    length=st.one_of(st.none(), st.integers(0, 100)),
    since=st.integers(-100, 100),
    asked=st.integers(1, 100),
)
def test_it_touches_a_span_that_shares_a_second_with_it(
    begins: int, length: int | None, since: int, asked: int
) -> None:
    """By hand: a bookmark covers every whole second from its first to its last."""
    bookmark = Bookmark(
        id="b",
        cameras=("C01",),
        since=AT + timedelta(seconds=begins),
        text="t",
        author="li",
        author_name="李某",
        made_at=NOW,
        until=None if length is None else AT + timedelta(seconds=begins + length),
    )
    covered = set(range(begins, begins + (length or 0) + 1))
    shares = bool(covered & set(range(since, since + asked)))
    assert bookmark.touches(AT + timedelta(seconds=since), AT + timedelta(seconds=since + asked)) == shares
