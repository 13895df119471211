"""A question about a part of the picture finds what moved there, and says what it could not look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from services.core.errors import ServiceError
from services.dispatch.desk import import_site
from services.domain.audits import AuditSearch
from services.domain.bookmarks import MarkKind
from services.domain.motion import COLUMNS, Look, MovingSeconds, Sensitivity
from services.domain.people import Limit, Permission, Role, Session
from services.domain.recordings import Cause, Segment
from services.playback.lanes import motion_bands
from services.playback.marks import next_mark
from services.playback.motion_search import MOST_HITS, Answer, MotionSearchDesk, Progress, Question
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.motion.sidefile import MotionIndex, write_index
from services.recording.plans import Place
from services.recording.writer import SegmentWriter
from services.storage import Database
from tests.campus import read_demo_site
from tests.services.recording.conftest import AT, BEGUN, clip, database, packets, write_part

__all__ = ["clip", "database", "packets", "write_part"]
BOSS = Session("boss", "处长", Role.SUPERVISOR, "SEAT-1")
S = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
LEFT = ((0.0, 0.0), (0.4, 0.0), (0.4, 1.0), (0.0, 1.0))
RIGHT = ((0.6, 0.0), (1.0, 0.0), (1.0, 1.0), (0.6, 1.0))
# A person at the left of row 9, over two cells and two rows.
ON_THE_LEFT = (0b11 << 9 * COLUMNS) | (0b11 << 10 * COLUMNS)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return prepare(DiskFiles(), tmp_path / "disk")


@pytest.fixture
def desk(database: Database, place: Place) -> MotionSearchDesk:
    return MotionSearchDesk(database, [place.root])


@pytest.fixture
def add_minute(database: Database, place: Place) -> Callable[..., Segment]:
    """`add_minute(number, moving)`: a piece with its index, four looks a second, in which somebody is at the
    left at those seconds."""

    def add(number: int, moving: range = range(0), *, has_index: bool = True) -> Segment:
        begins_at = AT + number * MINUTE
        path = f"C01/2026-11-24/{number}.mp4"
        segment = Segment("C01", "main", begins_at, begins_at + MINUTE, Cause.CONTINUOUS, place.disk, path, 3)
        (place.root / path).parent.mkdir(parents=True, exist_ok=True)
        (place.root / path).write_bytes(b"mp4")
        looks = (
            Look(begins_at + look * S / 4, ON_THE_LEFT if look // 4 in moving else 0) for look in range(240)
        )
        if has_index:
            write_index(DiskFiles(), place.root, segment, MotionIndex(tuple(looks)))
        database.write(lambda tx: tx.segments.add_all([segment]))
        return segment

    return add


def ask(
    desk: MotionSearchDesk,
    minutes: int,
    *,
    corners: tuple[tuple[float, float], ...] = LEFT,
    told: list[Progress] | None = None,
    session: Session = BOSS,
    **other: object,
) -> Answer:
    question = replace(Question("C01", corners, AT, AT + minutes * MINUTE), **other)  # type: ignore[arg-type]
    return desk.search(session, question, (told if told is not None else []).append, Event())


def test_what_moved_in_the_region_is_found_where_it_was_and_elsewhere_nothing(
    desk: MotionSearchDesk, add_minute: Callable[..., Segment]
) -> None:
    for number in range(5):
        add_minute(number, range(20, 30) if number == 3 else range(0))
    answer = ask(desk, 5)
    assert [(hit.since, hit.until) for hit in answer.hits] == [(AT + 200 * S, AT + 210 * S)]
    assert answer.searched == 5 * MINUTE
    assert answer.by_keys == answer.out_of_reach == timedelta(0)
    assert ask(desk, 5, corners=RIGHT).hits == ()


def test_who_walks_over_the_border_of_two_pieces_is_one_hit(
    desk: MotionSearchDesk, add_minute: Callable[..., Segment]
) -> None:
    add_minute(0, range(50, 60))
    add_minute(1, range(5))
    assert [hit.until - hit.since for hit in ask(desk, 2).hits] == [15 * S]


def test_only_the_asked_span_is_searched(desk: MotionSearchDesk, add_minute: Callable[..., Segment]) -> None:
    add_minute(0, range(50, 60))
    question = Question("C01", LEFT, AT + 55 * S, AT + 58 * S)
    (hit,) = desk.search(BOSS, question, lambda _progress: None, Event()).hits
    assert (hit.since, hit.until) == (AT + 55 * S, AT + 58 * S)


def test_least_length_and_sensitivity_leave_out_the_small(
    desk: MotionSearchDesk, add_minute: Callable[..., Segment]
) -> None:
    add_minute(0, range(10, 12))
    assert ask(desk, 1, least_length=3 * S).hits == ()
    assert ask(desk, 1, sensitivity=Sensitivity.LOW).hits == ()
    assert len(ask(desk, 1, sensitivity=Sensitivity.HIGH).hits) == 1


def test_pieces_without_index_are_searched_by_their_key_pictures_and_that_is_said(
    desk: MotionSearchDesk,
    database: Database,
    place: Place,
    write_part: Callable[..., SegmentWriter],
) -> None:
    """Sixteen seconds of people who walk all over the picture."""
    writer = write_part(place.root, 400, DiskFiles(), BEGUN)
    segment = writer.finish(AT + 16 * S, place.disk)
    assert segment is not None
    database.write(lambda tx: tx.segments.add_all([segment]))
    answer = ask(desk, 1, corners=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
    assert answer.by_keys == answer.searched == 16 * S
    assert answer.hits
    assert AT <= answer.hits[0].since < AT + 6 * S


def test_what_cannot_be_looked_at_is_counted(
    desk: MotionSearchDesk, add_minute: Callable[..., Segment], database: Database, place: Place
) -> None:
    gone = add_minute(0, has_index=False)
    (place.root / gone.path).unlink()
    elsewhere = replace(gone, begins_at=AT + MINUTE, ends_at=AT + 2 * MINUTE, disk="another")
    database.write(lambda tx: tx.segments.add_all([elsewhere]))
    add_minute(2, range(10))
    answer = ask(desk, 3)
    assert (answer.searched, answer.out_of_reach, len(answer.hits)) == (MINUTE, 2 * MINUTE, 1)


def test_progress_grows_to_the_whole_and_brings_the_hits_so_far(
    desk: MotionSearchDesk, add_minute: Callable[..., Segment]
) -> None:
    for number in range(4):
        add_minute(number, range(10, 15))
    told: list[Progress] = []
    ask(desk, 4, told=told)
    assert [progress.share for progress in told] == [0.25, 0.5, 0.75, 1.0]
    assert [len(progress.answer.hits) for progress in told] == [1, 2, 3, 4]


def test_after_a_stop_no_further_piece_is_looked_at(
    desk: MotionSearchDesk, add_minute: Callable[..., Segment]
) -> None:
    for number in range(4):
        add_minute(number, range(10, 15))
    stop, told = Event(), list[Progress]()

    def tell(progress: Progress) -> None:
        told.append(progress)
        stop.set()

    answer = desk.search(BOSS, Question("C01", LEFT, AT, AT + 4 * MINUTE), tell, stop)
    assert len(told) == 1
    assert answer.searched == MINUTE
    assert len(answer.hits) == 1


def test_a_question_that_finds_too_much_ends_and_says_so(
    desk: MotionSearchDesk, database: Database, place: Place
) -> None:
    looks = tuple(Look(AT + number * 6 * S, ON_THE_LEFT) for number in range(MOST_HITS + 50))
    segment = Segment(
        "C01", "main", AT, looks[-1].at, Cause.CONTINUOUS, place.disk, "C01/2026-11-24/long.mp4", 3
    )
    (place.root / segment.path).parent.mkdir(parents=True)
    (place.root / segment.path).write_bytes(b"mp4")
    write_index(DiskFiles(), place.root, segment, MotionIndex(looks))
    database.write(lambda tx: tx.segments.add_all([segment]))
    answer = ask(desk, 60)
    assert (len(answer.hits), answer.is_cut_short) == (MOST_HITS, True)


def test_a_search_is_in_the_audit_and_only_for_who_may_review(
    desk: MotionSearchDesk, add_minute: Callable[..., Segment], database: Database
) -> None:
    add_minute(0)
    ask(desk, 1)
    search = AuditSearch(AT - 9999 * MINUTE, AT + 10**6 * MINUTE)
    newest = database.read(lambda view: view.audit_rows.page(search, 1))[0]
    assert (newest.action, newest.object, newest.actor) == ("recording.searched", "C01", "boss")
    with pytest.raises(ServiceError, match=r"identity\."):
        ask(desk, 1, session=Session("op", "员", Role.OPERATOR, "SEAT-1"))


def test_a_camera_that_is_kept_from_the_session_is_not_searched(
    desk: MotionSearchDesk, database: Database
) -> None:
    import_site(database, Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9"), read_demo_site())
    limited = replace(BOSS, limits=(Limit(Permission.WATCH, cameras=("C01",)),))
    with pytest.raises(ServiceError, match=r"identity\.barred"):
        ask(desk, 1, session=limited)


@pytest.mark.parametrize(
    ("corners", "minutes", "code"),
    [(((0.0, 0.0), (1.0, 1.0)), 1, "playback.region_needed"), (LEFT, 0, "playback.span_invalid")],
)
def test_a_question_without_region_or_span_is_refused(
    desk: MotionSearchDesk, corners: tuple[tuple[float, float], ...], minutes: int, code: str
) -> None:
    with pytest.raises(ServiceError, match=code):
        ask(desk, minutes, corners=corners)


def test_the_line_of_time_is_taken_to_the_next_motion_and_the_one_before(
    database: Database, add_minute: Callable[..., Segment]
) -> None:
    """At 50 s and over the border, at 2:20; each once, from its beginning."""
    for number, moving in enumerate((range(50, 60), range(3), range(20, 22))):
        piece = add_minute(number)
        seconds = sum(1 << second for second in moving)
        row = MovingSeconds("C01", piece.disk, piece.path, piece.begins_at, seconds)
        database.write(lambda tx, one=row: tx.motion.put_all([one]))  # type: ignore[misc]

    def found(from_s: float, direction: int) -> float | None:
        at = database.read(
            lambda view: next_mark(
                view, ["C01"], MarkKind.MOTION, AT + from_s * S, direction, AT + 9 * MINUTE
            )
        )
        return None if at is None else (at - AT).total_seconds()

    assert [found(at_s, 1) for at_s in (0, 50, 61, 140)] == [50, 140, 140, None]
    assert [found(at_s, -1) for at_s in (200, 140, 50)] == [140, 50, None]


def test_a_line_of_weeks_shows_no_finer_motion_than_it_can_paint() -> None:
    """Every other minute of a day something moves for two seconds, twice."""
    seconds = (0b11 << 5) | (0b11 << 40)
    found = [
        MovingSeconds("C01", "d", f"{number}", AT + number * 2 * MINUTE, seconds) for number in range(720)
    ]
    fine = motion_bands(found)
    assert (len(fine), fine[1].since, fine[1].until) == (1440, AT + 40 * S, AT + 42 * S)
    rough = motion_bands(found, MINUTE)
    assert (len(rough), rough[0].since, rough[0].until) == (720, AT + 5 * S, AT + 42 * S)
    (whole,) = motion_bands(found, 22 * MINUTE)
    assert (whole.since, whole.until) == (AT + 5 * S, found[-1].begins_at + 42 * S)
