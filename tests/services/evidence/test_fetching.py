"""What a recorder sends is written as our own recorder writes: all of it, each picture at its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import av
import pytest

from services.evidence.fetching import Fetcher
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
