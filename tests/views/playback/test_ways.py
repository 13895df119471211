"""Ways to a moment: marks of each kind, days, bookmarks, neighbours; and a still that is taken along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from services.dispatch.desk import import_site
from services.domain.alarms import Alarm
from services.domain.bookmarks import MarkKind
from services.domain.incidents import Incident
from services.domain.people import Role, Session
from services.domain.site import Site
from services.playback.bookmarks import BookmarkDesk
from services.storage import Database
from tests.services.recording.conftest import AT, clip, database, packets, write_part
from tests.services.storage.conftest import make_alarm, make_incident
from tests.views.playback.test_playback_screen import LEADER, NOW, Room, folder, room, site, tick
from ui.time_lanes import MarkLook
from ui.time_paint import TOP_PX
from views.playback.days import local_day
from views.playback.left import BOOKMARKS
from views.playback.tools import Tool, ToolRow

__all__ = [
    "clip",
    "database",
    "folder",
    "make_alarm",
    "make_incident",
    "packets",
    "room",
    "site",
    "write_part",
]
Wait = Callable[..., object]
OFFICE = Session("qian", "钱某", Role.SUPERVISOR, "SEAT-2")
ADMIN = Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9")


def refusals(room: Room) -> list[str]:
    told: list[str] = []
    room.presenter.refused.connect(lambda error: told.append(error.code))
    return told


def test_a_bookmark_is_written_at_the_moment_shown_and_stands_on_the_line(
    qtbot: QtBot, room: Room, wait_until: Wait
) -> None:
    room.presenter.seek(AT + timedelta(seconds=3))
    tick(room, "C01", "C02")
    room.screen.left.begin_bookmark()
    qtbot.keyClicks(room.screen.left.bookmarks.text, "jump over the wall")
    room.presenter.seek(AT + timedelta(seconds=7))
    room.screen.left.bookmarks.end_span()
    qtbot.keyClick(room.screen.left.bookmarks.text, Qt.Key.Key_Return)
    wait_until(lambda: len(room.kit.bookmarks.found) == 1)
    (kept,) = room.kit.bookmarks.found
    assert (kept.since, kept.until) == (AT + timedelta(seconds=3), AT + timedelta(seconds=7))
    assert (kept.cameras, kept.text, kept.author) == (("C01", "C02"), "jump over the wall", "wang")
    wait_until(lambda: [mark.look for mark in room.presenter.marks()] == [MarkLook.BOOKMARK])
    assert not room.screen.left.bookmarks.form.isVisible()


def test_a_bookmark_is_found_by_words_and_taken_to_with_its_cameras(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    desk = BookmarkDesk(database, room.clock)
    desk.make(OFFICE, ["C02"], AT + timedelta(seconds=5), "红色面包车")
    desk.make(OFFICE, ["C01"], AT + timedelta(seconds=1), "翻墙")
    room.screen.left.setCurrentIndex(BOOKMARKS)
    panel = room.screen.left.bookmarks
    wait_until(lambda: panel.list.count() == 2)
    panel.search.setText("面包")
    wait_until(lambda: panel.list.count() == 1)
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert room.presenter.playback.now() == AT + timedelta(seconds=5)
    assert room.presenter.cameras == ("C02",)


def test_taking_down_another_s_bookmark_asks_for_a_reason(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    made = BookmarkDesk(database, room.clock).make(OFFICE, ["C02"], AT, "翻墙")
    told = refusals(room)
    room.screen.left.setCurrentIndex(BOOKMARKS)
    panel = room.screen.left.bookmarks
    wait_until(lambda: panel.list.count() == 1)
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    # It says a person's name, as they wrote it.
    assert panel.what.textFormat() is Qt.TextFormat.PlainText
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    wait_until(lambda: told == ["bookmark.reason_needed"])
    assert panel.form.isVisible()
    qtbot.keyClicks(panel.text, "seen wrongly")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    wait_until(lambda: panel.list.count() == 0)
    ended = database.read(lambda view: view.bookmarks.get(made.id))
    assert (ended.ended_by_name, ended.ended_reason) == ("王五", "seen wrongly")


def test_the_calendar_marks_days_with_video_and_goes_there_at_the_same_time(
    room: Room, wait_until: Wait
) -> None:
    tick(room, "C01")
    room.presenter.seek(AT + timedelta(seconds=30))
    days, local = room.screen.transport.days, AT.astimezone()
    room.screen.transport.open_days()
    wait_until(lambda: days.marked == {local.date()})
    before = local.date() - timedelta(days=1)
    days._choose(QDate(before.year, before.month, before.day))
    assert not days.isVisible()
    assert room.presenter.playback.now() == (AT + timedelta(seconds=30)).replace(microsecond=0) - timedelta(
        days=1
    )
    scale = room.screen.timeline.scale
    assert scale is not None
    assert (scale.since, scale.until) == local_day(before)


def test_another_kind_of_mark_is_chosen_by_key_and_where_there_is_none_it_is_said(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    BookmarkDesk(database, room.clock).make(LEADER, ["C01"], AT + timedelta(minutes=4), "翻墙")
    told = refusals(room)
    tick(room, "C01")
    room.presenter.seek(AT)
    for kind in (MarkKind.INCIDENT, MarkKind.BOOKMARK):
        qtbot.keyClick(room.screen, Qt.Key.Key_J)
        assert room.kit.finding.kind is kind
    qtbot.keyClick(room.screen, Qt.Key.Key_N)
    wait_until(lambda: room.presenter.playback.now() == AT + timedelta(minutes=4))
    qtbot.keyClick(room.screen, Qt.Key.Key_N)
    wait_until(lambda: told == ["playback.nothing_found"])


def test_neighbours_join_at_the_same_moment(room: Room, wait_until: Wait) -> None:
    """In the demo's campus C13 sees ground that C01 sees, and C08 looks at the ground beside it."""
    tick(room, "C01")
    room.presenter.seek(AT + timedelta(seconds=4))
    room.kit.finding.add_neighbours()
    wait_until(lambda: room.presenter.cameras == ("C01", "C13", "C08"))
    assert room.presenter.playback.now() == AT + timedelta(seconds=4)
    checked = [
        room.screen.left.cameras.item(row).data(Qt.ItemDataRole.UserRole)
        for row in range(room.screen.left.cameras.count())
        if room.screen.left.cameras.item(row).checkState() is Qt.CheckState.Checked
    ]
    assert checked == ["C01", "C08", "C13"]


def test_a_camera_takes_another_s_place_at_the_same_moment(room: Room) -> None:
    tick(room, "C01", "C02")
    room.presenter.seek(AT + timedelta(seconds=4))
    room.screen.surface.choose(0)
    room.screen.left.cameras.replace_asked.emit("C09")
    assert room.presenter.cameras == ("C09", "C02")
    assert room.presenter.playback.now() == AT + timedelta(seconds=4)


def test_a_still_of_the_chosen_picture_is_a_file_whose_hash_is_in_the_audit(
    room: Room, database: Database, wait_until: Wait
) -> None:
    tick(room, "C02")
    room.presenter.seek(AT + timedelta(seconds=4))
    told: list[str] = []
    room.kit.shots.saved.connect(told.append)
    room.screen._take_shot()
    wait_until(lambda: told)
    (step,) = [
        one for one in database.read(lambda view: view.trail.of(["C02"])) if one.action == "camera.snapshot"
    ]
    file = str(step.after["file"])
    with open(file, "rb") as picture:
        assert sha256(picture.read()).hexdigest() == step.after["sha256"]
    assert step.after["state"] == "recorded"
    taken_at = str(step.after["taken_at"])
    assert taken_at.startswith((AT + timedelta(seconds=4)).isoformat(timespec="seconds")[:19])
    assert "NOT-LIVE" in file


def test_the_picture_of_a_moment_hangs_over_the_pointer(room: Room, wait_until: Wait) -> None:
    tick(room, "C01")
    timeline = room.screen.timeline
    wait_until(lambda: "有录像" in timeline.words_at(AT + timedelta(seconds=4)))
    room.presenter.seek(AT + timedelta(seconds=1))
    timeline.show_span(AT, AT + timedelta(seconds=20))
    assert timeline.scale is not None
    pointer = QPoint(round(timeline.scale.x_of(AT + timedelta(seconds=4))), TOP_PX + 8)
    wait_until(lambda: timeline.isVisible() and timeline.width() > pointer.x())
    QTest.mouseMove(timeline, pointer)
    wait_until(lambda: timeline.card is not None and timeline.card.picture.isVisible())
    assert timeline.card is not None
    assert "东门" in timeline.card.words.text()
    room.screen.hide()
    assert not timeline.card.isVisible()


def test_an_incident_is_opened_with_its_cameras_at_its_first_alarm(
    room: Room,
    database: Database,
    make_alarm: Callable[..., Alarm],
    make_incident: Callable[..., Incident],
    wait_until: Wait,
) -> None:
    """Two alarms: the best camera of each comes before the second best of either."""
    incident = make_incident("JQ20261124-0001", received_at=AT + timedelta(seconds=9))
    alarms = [
        make_alarm(f"BJ20261124-000{number}", received_at=at, feeds=feeds, incident=incident.id)
        for number, at, feeds in (
            (1, AT + timedelta(seconds=2), ("C01", "C02")),
            (2, AT + timedelta(seconds=5), ("C05", "C02", "C06")),
        )
    ]
    database.write(lambda tx: [tx.incidents.add(incident), *map(tx.alarms.add, alarms)])
    told = refusals(room)
    room.kit.finding.open_incident("no such")
    wait_until(lambda: told == ["storage.not_found"])
    room.kit.finding.open_incident(incident.id)
    wait_until(lambda: room.presenter.cameras == ("C01", "C05", "C02", "C06"))
    assert room.presenter.playback.now() == AT + timedelta(seconds=2)
    room.kit.finding.open_incident(incident.id, AT + timedelta(seconds=7))
    wait_until(lambda: room.presenter.playback.now() == AT + timedelta(seconds=7))


@pytest.mark.parametrize(
    ("key", "share"),
    [(Qt.Key.Key_Home, 0.0), (Qt.Key.Key_End, 1.0), (Qt.Key.Key_Right, 0.51), (Qt.Key.Key_Left, 0.49)],
)
def test_the_line_of_time_is_walked_by_key(
    qtbot: QtBot, room: Room, key: Qt.Key, share: float, wait_until: Wait
) -> None:
    tick(room, "C01")
    wait_until(lambda: room.screen.timeline.scale is not None)
    timeline = room.screen.timeline
    timeline.show_span(AT, AT + timedelta(seconds=100))
    room.presenter.seek(AT + timedelta(seconds=50))
    timeline.setFocus()
    qtbot.keyClick(timeline, key)
    assert room.presenter.playback.now() == AT + timedelta(seconds=100 * share)
    assert "2026-11-24" in timeline.accessibleDescription()


def test_a_page_of_the_line_goes_on_by_what_is_shown(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    tick(room, "C01")
    wait_until(lambda: room.screen.timeline.scale is not None)
    timeline = room.screen.timeline
    timeline.show_span(AT, AT + timedelta(seconds=100))
    room.presenter.seek(AT + timedelta(seconds=50))
    timeline.setFocus()
    qtbot.keyClick(timeline, Qt.Key.Key_PageDown)
    assert timeline.scale is not None
    assert timeline.scale.since == AT + timedelta(seconds=100)
    assert room.presenter.playback.now() == AT + timedelta(seconds=150)
    qtbot.keyClick(timeline, Qt.Key.Key_Space)
    assert room.presenter.is_playing


def test_what_is_missing_is_said_with_its_cause(
    room: Room, database: Database, site: Site, wait_until: Wait
) -> None:
    import_site(database, ADMIN, site)
    room.presenter.look_at(AT, NOW)
    tick(room, "C01")
    wait_until(lambda: room.presenter.lanes() and room.presenter.lanes()[0].gaps)
    room.screen.timeline.show_lanes(room.presenter.lanes(), ())
    assert "缺录像，原因不明" in room.screen.timeline.words_at(AT + timedelta(minutes=1))


def test_in_a_narrow_window_tools_keep_their_signs_and_tips(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    row = ToolRow(host)
    for number in range(8):
        key = f"Ctrl+{number}"
        row.add(Tool(lambda: "在此刻加书签", lambda: "在此刻加书签", key, "bookmark", host.show))
    host.show()
    for width_px, words in ((400, ""), (1600, "在此刻加书签"), (400, "")):
        row.resize(width_px, 40)
        assert {button.text() for _, button in row.tools} == {words}
    assert row.minimumSizeHint().width() <= 400
    assert all(tool.key in button.toolTip() for tool, button in row.tools)
    assert not any(button.icon().isNull() for _, button in row.tools)
