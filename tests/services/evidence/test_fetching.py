"""What a recorder sends is written as our own recorder writes: all of it, each picture at its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import av
import pytest

from services.core.errors import ServiceError
from services.evidence.fetching import Fetcher
from services.evidence.filling import MOST_SILENCES, Filling
from services.evidence.holes import Hole
from services.evidence.manifest import GapCause
from services.evidence.wish import WishedTake
from tests.services.evidence.played_tape import PlayedPicture, PlayedTape, coded
from tests.services.evidence.sealed.conftest import AT, FPS


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def test_pictures_that_are_sent_out_of_order_are_all_there_at_their_own_times(tmp_path: Path) -> None:
    made = coded(50, {"x264-params": "repeat-headers=1:keyint=25:bframes=2:b-adapt=0:scenecut=0"})
    assert any(one.at > other.at for one, other in pairwise(made))
    fetched = Fetcher("C01", PlayedTape(made), tmp_path, lambda _s: None).fetch(AT, after(2))
    (segment,) = fetched.segments
    with av.open(str(tmp_path / segment.path)) as film:
        shown = [(frame.time, float(frame.to_ndarray()[:180].mean())) for frame in film.decode(video=0)]
    begins_s = (segment.begins_at - AT).total_seconds()
    assert [begins_s + time for time, _ in shown] == pytest.approx([n / FPS for n in range(50)], abs=1e-4)
    assert [grey for _, grey in shown] == pytest.approx([20 + 3 * n for n in range(50)], abs=3)


def test_what_came_before_a_recorder_fell_silent_is_kept(tmp_path: Path) -> None:
    made = coded(
        50, {"x264-params": "repeat-headers=1:keyint=25:bframes=0:scenecut=0", "tune": "zerolatency"}
    )
    fetched = Fetcher("C01", PlayedTape(made, 30), tmp_path, lambda _s: None).fetch(AT, after(2))
    assert fetched.error is not None
    assert fetched.error.code == "video.timeout"
    (segment,) = fetched.segments
    # The group that was under way is not lost as far as it came.
    assert segment.ends_at == after(30 / FPS)


def test_a_gap_and_another_form_begin_another_piece(tmp_path: Path) -> None:
    words = {"x264-params": "repeat-headers=1:keyint=25:bframes=0:scenecut=0", "tune": "zerolatency"}
    one = coded(25, words)
    later = [PlayedPicture(p.at + timedelta(seconds=10), p.data, p.is_key) for p in one]
    other = coded(25, {"x264-params": words["x264-params"] + ":ref=4:cabac=0", "tune": "zerolatency"})
    other = [PlayedPicture(p.at + timedelta(seconds=11), p.data, p.is_key) for p in other]
    fetched = Fetcher("C01", PlayedTape([*one, *later, *other]), tmp_path, lambda _s: None).fetch(
        AT, after(20)
    )
    assert [(s.begins_at, s.ends_at) for s in fetched.segments] == [
        (after(0), after(1)),
        (after(10), after(11)),
        (after(11), after(12)),
    ]


def filled(tape: PlayedTape, folder: Path, holes: int) -> list[Hole]:
    """What is left of so many holes of a second each."""
    take = WishedTake("C01", "东门", AT, after(2 * holes))
    filling = Filling(
        take, tape, folder / "fetched", lambda: folder / "x.mp4", lambda _s: None, leaves_out=True
    )
    wanted = [Hole(after(2 * n), after(2 * n + 1), GapCause.NOT_RECORDED) for n in range(holes)]
    return filling.fill(wanted)[1]


def test_a_dead_recorder_is_not_asked_for_every_hole(
    tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    """Each question costs its time limit: hundreds of holes would keep the export for hours."""
    expected_log("evidence.recorder_failed")
    asked: list[datetime] = []

    class DeadTape(PlayedTape):
        def spans(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:  # noqa: ARG002
            asked.append(since)
            raise ServiceError("video.unreachable")

    left = filled(DeadTape([]), tmp_path, 40)
    assert len(asked) == MOST_SILENCES
    assert [(one.since, one.cause) for one in left] == [
        (after(2 * n), GapCause.RECORDER_AWAY) for n in range(40)
    ]


def test_a_recorder_that_answers_in_between_is_asked_on(
    tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("evidence.recorder_failed")
    asked: list[datetime] = []

    class MoodyTape(PlayedTape):
        def spans(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:  # noqa: ARG002
            asked.append(since)
            if len(asked) % MOST_SILENCES:
                raise ServiceError("video.unreachable")
            return []

    filled(MoodyTape([]), tmp_path, 12)
    assert len(asked) == 12
