"""Any moment, however it is reached, shows the picture whose span holds it; in a gap there is none."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core.clock import ManualClock
from services.domain.recordings import SEAM_S, Cause, Segment
from services.playback.clock import PlaybackClock
from services.playback.lateness import LATE_FORGIVEN_S
from services.playback.line import Line
from services.playback.projector import DECODES_BEFORE_AT, KEPT_BEHIND, MOST_HELD
from services.playback.reader import Reader
from services.playback.track import Track
from tests.services.playback.made import Cinema, Made, Piece, make, number_of
from tests.services.recording.conftest import AT

Wait = Callable[..., object]
# Within a millisecond of a border either picture is right: a file's clock has 1/12800 s.
LENGTHS = st.lists(st.sampled_from([10, 33, 40, 40, 40, 120, 500]), min_size=1, max_size=23)
PIECES = st.lists(
    st.builds(
        Piece,
        after_s=st.sampled_from([0.0, 0.3, 5.0]),
        lengths_ms=LENGTHS.map(tuple),
        group=st.sampled_from([1, 4, 9]),
        reorder=st.sampled_from([0, 0, 2]),
    ),
    min_size=1,
    max_size=3,
)


def expected(made: Made, at: datetime) -> datetime | None:
    """By hand: the last picture at or before, unless its piece is over and the next further than a seam."""
    number = bisect_right(made.moments, at) - 1
    if number < 0:
        return None
    picture = made.moments[number]
    piece = max((one for one in made.segments if one.begins_at <= picture), key=lambda one: one.begins_at)
    later = [one.begins_at for one in made.segments if one.begins_at > picture]
    is_seam = bool(later) and (min(later) - piece.ends_at).total_seconds() <= SEAM_S
    return picture if at < piece.ends_at or (is_seam and at < min(later)) else None


def near(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < timedelta(milliseconds=1)


@given(PIECES, st.lists(st.floats(0, 1), min_size=1, max_size=12))
@settings(max_examples=12)
def test_any_moment_sought_shows_its_picture(pieces: list[Piece], shares: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder), pieces)
        begins, ends = made.segments[0].begins_at, made.segments[-1].ends_at
        with Cinema(made, made.moments[0]) as cinema:
            for share in shares:
                at = begins + (ends - begins) * share
                if any(abs(at - moment) < timedelta(milliseconds=1) for moment in made.moments):
                    continue
                cinema.playback.seek(at)
                shown = cinema.shown()
                assert near(shown, expected(made, at))
                if shown is not None:
                    number = bisect_right(made.moments, shown + timedelta(milliseconds=1)) - 1
                    assert number_of(cinema.luma(), number, len(made.moments))


@given(PIECES)
@settings(max_examples=12)
def test_backwards_shows_the_same_pictures_the_other_way_round(pieces: list[Piece]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder), pieces)
        ways = [stepped(made, by) for by in (1, -1)]
    assert ways[0] == ways[1][::-1]
    assert len(ways[0]) == len(made.moments)
    assert all(near(one, other) for one, other in zip(ways[0], made.moments, strict=True))


def stepped(made: Made, by: int) -> list[datetime]:
    """Picture by picture, from one end to the other."""
    seen: list[datetime] = []
    with Cinema(made, made.moments[0 if by > 0 else -1] + timedelta(milliseconds=1)) as cinema:
        for _ in made.moments:
            shown = cinema.shown()
            assert shown is not None
            seen.append(shown)
            cinema.projector.step(by)
            cinema.settle()
    return seen


@pytest.mark.parametrize("speed", [1.0, -1.0])
def test_played_both_ways_no_picture_is_left_out_at_the_borders_of_groups_and_pieces(
    tmp_path: Path, speed: float
) -> None:
    made = make(tmp_path, [Piece(0, (40,) * 40, 10), Piece(0, (40,) * 33, 10), Piece(0, (40,) * 9)])
    begin = made.moments[0] if speed > 0 else made.moments[-1]
    wanted = made.moments if speed > 0 else made.moments[::-1]
    with Cinema(made, begin + timedelta(milliseconds=20)) as cinema:
        cinema.playback.play(speed)
        for moment in wanted:
            assert near(cinema.shown(), moment)
            cinema.clock.advance(0.04)


def test_backwards_no_more_than_two_groups_are_held(tmp_path: Path) -> None:
    """One group of 160 pictures: its earlier parts are decoded again, and none is left out."""
    made = make(tmp_path, [Piece(0, (40,) * 160, group=160)])
    with Cinema(made, made.moments[-1] + timedelta(milliseconds=20)) as cinema:
        cinema.playback.play(-1.0)
        for moment in made.moments[::-1]:
            assert near(cinema.shown(), moment)
            cinema.clock.advance(0.04)
        assert cinema.most_held <= MOST_HELD + DECODES_BEFORE_AT + KEPT_BEHIND + 2


def test_the_group_before_is_decoded_while_there_is_still_something_to_show(tmp_path: Path) -> None:
    made = make(tmp_path, [Piece(0, (40,) * 150, group=50)])
    with Cinema(made, made.moments[110]) as cinema:
        cinema.playback.play(-1.0)
        cinema.settle()
        for _ in range(100):
            cinema.clock.advance(0.04)
            assert cinema.projector.strip.spans(cinema.playback.now())  # before it had another turn
            cinema.settle()


def test_a_seek_leaves_what_was_being_decoded_at_once(tmp_path: Path) -> None:
    made = make(tmp_path, [Piece(0, (40,) * 100, group=100)])
    with Cinema(made, made.moments[0]) as cinema:
        cinema.settle()
        cinema.playback.seek(made.moments[95])
        cinema.projector.turn(cinema.playback.read())
        cinema.playback.seek(made.moments[40])
        turns = 0
        while cinema.projector.turn(cinema.playback.read()):
            turns += 1
        assert near(cinema.shown(), made.moments[40])
        assert turns <= 40 + 4  # from the key picture to the moment, and a little ahead


def test_a_far_seek_shows_the_key_picture_first(tmp_path: Path) -> None:
    made = make(tmp_path, [Piece(0, (40,) * 100, group=50)])
    with Cinema(made, made.moments[0]) as cinema:
        cinema.settle()
        cinema.projector.on_screen = made.moments[0]
        cinema.playback.seek(made.moments[90])
        while not cinema.passed:
            assert cinema.projector.turn(cinema.playback.read())
        assert near(cinema.passed[0], made.moments[50])
        assert near(cinema.shown(), made.moments[90])


@pytest.mark.parametrize("speed", [8.0, 32.0, -8.0])
def test_fast_each_key_picture_is_shown_in_turn(tmp_path: Path, speed: float) -> None:
    made = make(tmp_path, [Piece(0, (40,) * 200, group=25), Piece(0, (40,) * 200, group=25)])
    keys = list(made.moments[::25])
    with Cinema(made, made.moments[0] if speed > 0 else made.moments[-1]) as cinema:
        cinema.playback.play(speed)
        for _ in range(round(16 / abs(speed) / 0.01)):
            cinema.settle()
            cinema.clock.advance(0.01)
        passed = cinema.passed if speed > 0 else cinema.passed[::-1]
    assert passed == sorted(passed)
    middle = [key for key in keys if made.moments[125] <= key <= made.moments[250]]
    assert all(any(near(key, one) for one in passed) for key in middle)
    assert all(any(near(key, one) for key in keys) for one in passed)


def test_a_machine_that_is_too_slow_for_groups_shows_key_pictures_for_a_while(tmp_path: Path) -> None:
    """A group of one second takes three to decode; a standing clock still gets its very picture."""
    made = make(tmp_path, [Piece(0, (40,) * 200, group=25)])
    with Cinema(made, made.moments[190]) as cinema:
        cinema.playback.play(-1.0)
        for _ in range(60):
            cinema.projector.turn(cinema.playback.read())
            cinema.clock.advance(0.12)
            if cinema.projector.shows_keys_only(-1.0):
                break
        assert cinema.projector.shows_keys_only(-1.0)
        assert not cinema.projector.shows_keys_only(0.0)
        cinema.playback.play(0.0)
        cinema.playback.seek(made.moments[60] + timedelta(milliseconds=20))
        assert near(cinema.shown(), made.moments[60])
        cinema.clock.advance(LATE_FORGIVEN_S + 1)
        assert not cinema.projector.shows_keys_only(-1.0)


@given(st.lists(st.tuples(st.floats(-0.5, 3.0), st.floats(0.001, 3.0)), max_size=8), st.floats(-1, 12))
def test_a_line_has_no_overlap_and_covers_what_its_pieces_cover(
    spans: list[tuple[float, float]], after_s: float
) -> None:
    pieces, begins = list[Segment](), AT
    for number, (step_s, length_s) in enumerate(spans):
        begins += timedelta(seconds=step_s)
        ends = begins + timedelta(seconds=length_s)
        pieces.append(Segment("C01", "main", begins, ends, Cause.CONTINUOUS, "disk", f"{number}", 1))
    line = Line(pieces)
    for one, other in pairwise(line.stretches):
        assert one.since < one.until <= other.since
    at = AT + timedelta(seconds=after_s)
    if any(piece.begins_at <= at < piece.ends_at for piece in pieces):
        assert line.covers(at)


def test_the_next_piece_is_opened_before_it_is_played_into(tmp_path: Path, wait_until: Wait) -> None:
    """Three seconds before its border, when nothing of it is decoded yet."""
    made = make(tmp_path, [Piece(0, (40,) * 150, group=25), Piece(0, (40,) * 150, group=25)])
    opened: list[str] = []

    def locate(segment: Segment) -> Path:
        opened.append(segment.path)
        return made.locate(segment)

    clock = ManualClock(AT)
    playback = PlaybackClock(clock, made.moments[75])
    track = Track("C01", Reader(made.segments, locate), playback, clock)
    playback.play(1.0)
    track.start()
    wait_until(lambda: made.segments[1].path in opened)
    assert track.shown_at == made.moments[75]
    track.stop()
