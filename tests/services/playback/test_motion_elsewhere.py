"""What only a recorder has is searched for motion too, by its key pictures; what it does not give is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from threading import Event

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from services.core.errors import ServiceError
from services.domain.motion import Sensitivity
from services.domain.people import Role, Session
from services.domain.recordings import Cause, Segment
from services.playback.motion_search import Answer, MotionSearchDesk, Progress, Question
from services.storage import Database
from tests.services.recording.conftest import AT, database

__all__ = ["database"]
BOSS = Session("boss", "处长", Role.SUPERVISOR, "SEAT-1")
LEFT = ((0.0, 0.0), (0.4, 0.0), (0.4, 1.0), (0.0, 1.0))
RIGHT = ((0.6, 0.0), (1.0, 0.0), (1.0, 1.0), (0.6, 1.0))
SIZE_PX = (320, 180)


@dataclass(frozen=True, slots=True)
class Key:
    at: datetime
    data: bytes
    is_key: bool = True


class Tape:
    """A recorder's: a key picture every second, `spans` are seconds after AT. Asked `begun` times."""

    address, channel = "rtsp://recorder/1", ""

    def __init__(self, keys: list[Key], spans: Sequence[tuple[int, int]], fails_at_s: float = 1e9) -> None:
        self._keys = keys
        self._spans = [(after(since), after(until)) for since, until in spans]
        self._fails_at = after(fails_at_s) if fails_at_s < 1e9 else None
        self._next = 0
        self.codec: tuple[str, bytes] | None = ("h264", b"")
        self.begun: list[tuple[datetime, bool]] = []
        self.is_closed = False

    def clock_ahead_s(self) -> float | None:
        return None

    def spans(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        within = [(max(since, begins), min(until, ends)) for begins, ends in self._spans]
        return [(begins, ends) for begins, ends in within if begins < ends]

    def begin(self, at: datetime, *, only_keys: bool = False) -> None:
        self.begun.append((at, only_keys))
        self._next = max(0, sum(key.at <= at for key in self._keys) - 1)

    def next(self) -> Key | None:
        if self._next >= len(self._keys):
            return None
        key = self._keys[self._next]
        if self._fails_at is not None and key.at >= self._fails_at:
            raise ServiceError("video.timeout")
        self._next += 1
        return key

    def close(self) -> None:
        self.is_closed = True


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def keys_of(seconds: int, walks: range) -> list[Key]:
    """A wall with a pattern; at those seconds somebody is in the left third, each second further down."""
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = *SIZE_PX, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, 1), Fraction(1)
    encoder.options = {"x264-params": "keyint=1:repeat-headers=1:qp=12", "tune": "zerolatency"}
    wall = np.random.default_rng(7).integers(70, 110, (SIZE_PX[1], SIZE_PX[0]), np.uint8)
    packets = []
    for second in range(seconds):
        picture = np.full((SIZE_PX[1] * 3 // 2, SIZE_PX[0]), 128, np.uint8)
        picture[: SIZE_PX[1]] = wall
        if second in walks:
            top = 20 + 12 * (second - walks.start)
            picture[top : top + 50, 40:70] = 235
        frame = VideoFrame.from_ndarray(picture, "yuv420p")
        frame.pts = second
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    return [Key(after(second), bytes(packet)) for second, packet in enumerate(packets)]


def asked(database: Database, tape: Tape, told: list[Progress] | None = None, **changed: object) -> Answer:
    desk = MotionSearchDesk(database, [], lambda _camera: tape)
    question = Question("C01", LEFT, AT, after(120), Sensitivity.MEDIUM)
    heard = told if told is not None else []
    return desk.search(BOSS, replace(question, **changed), heard.append, Event())


def test_somebody_who_walks_is_found_on_the_recorder(database: Database) -> None:
    tape = Tape(keys_of(120, range(80, 88)), [(0, 120)])
    told: list[Progress] = []
    answer = asked(database, tape, told)
    (hit,) = answer.hits
    assert after(79) <= hit.since <= after(81)
    assert after(86) <= hit.until <= after(91)
    minutes = timedelta(seconds=120)
    assert (answer.searched, answer.by_keys, answer.elsewhere) == (minutes, minutes, minutes)
    assert answer.recorder_error == ""
    # A minute at a time.
    assert [one.share for one in told] == [0.5, 1.0]
    assert tape.begun == [(AT, True)]
    assert tape.is_closed
    assert asked(database, Tape(keys_of(120, range(80, 88)), [(0, 120)]), corners=RIGHT).hits == ()


def test_only_what_we_lack_is_asked_for(database: Database) -> None:
    ours = Segment("C01", "main", after(0), after(60), Cause.CONTINUOUS, "away", "C01/x.mp4", 3)
    database.write(lambda tx: tx.segments.add_all([ours]))
    tape = Tape(keys_of(120, range(0)), [(0, 90)])
    answer = asked(database, tape)
    assert tape.begun == [(after(60), True)]
    assert (answer.elsewhere, answer.out_of_reach) == (timedelta(seconds=30), timedelta(seconds=60))


def test_a_recorder_that_fails_is_named_and_asked_no_more(database: Database) -> None:
    ours = Segment("C01", "main", after(72), after(80), Cause.CONTINUOUS, "away", "C01/x.mp4", 3)
    database.write(lambda tx: tx.segments.add_all([ours]))
    tape = Tape(keys_of(120, range(20, 26)), [(0, 120)], fails_at_s=70)
    answer = asked(database, tape)
    assert answer.recorder_error == "video.timeout"
    assert len(answer.hits) == 1
    assert answer.elsewhere == timedelta(seconds=60)
    assert len(tape.begun) == 1


def test_a_search_that_is_stopped_lets_the_recorder_go(database: Database) -> None:
    stop = Event()
    tape = Tape(keys_of(120, range(0)), [(0, 120)])
    desk = MotionSearchDesk(database, [], lambda _camera: tape)
    question = Question("C01", LEFT, AT, after(120), Sensitivity.MEDIUM)
    answer = desk.search(BOSS, question, lambda _progress: stop.set(), stop)
    assert answer.elsewhere == timedelta(seconds=60)
    assert tape.is_closed
