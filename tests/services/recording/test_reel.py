"""Where a camera's packets are cut, and what of the past is there when an alarm comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from av.packet import Packet
from av.stream import Stream

from services.domain.recordings import Cause, RecordingMode, Segment
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.reel import Came, Reel
from services.recording.writer import SegmentWriter
from tests.services.recording.conftest import AT, pictures_in

FPS = 25


class Bench:
    """A reel on a real disk, fed with footage at 25 pictures a second of a time that is counted here."""

    def __init__(
        self, root: Path, clip_stream: Stream, mode: RecordingMode, before_s: float, segment_s: float
    ) -> None:
        self.root = root
        self.segments: list[Segment] = []
        self.has_disk = True
        self._stream = clip_stream
        self.reel = Reel(mode, before_s, self._open, self._finish, self.segments.append, segment_s)

    def feed(self, packets: list[Packet[Stream]]) -> None:
        for number, packet in enumerate(packets):
            self.reel.take(
                Came(packet, AT + timedelta(seconds=number / FPS), number / FPS, packet.is_keyframe)
            )

    def pictures(self) -> list[int]:
        return [pictures_in(self.root / segment.path) for segment in self.segments]

    def _open(self, first: Came, cause: Cause) -> SegmentWriter | None:
        begun = Begun("C01", "main", first.at, cause)
        return SegmentWriter(DiskFiles(), self.root, begun, [self._stream]) if self.has_disk else None

    def _finish(self, writer: SegmentWriter, at: datetime) -> Segment | None:
        return writer.finish(at, "disk")


Make = Callable[..., Bench]


@pytest.fixture
def make(tmp_path: Path, packets: list[Packet[Stream]]) -> Make:
    def made(mode: RecordingMode, before_s: float = 4.0, segment_s: float = 60.0) -> Bench:
        return Bench(tmp_path, packets[0].stream, mode, before_s, segment_s)

    return made


def test_pieces_of_a_minute_hold_every_picture_once(make: Make, packets: list[Packet[Stream]]) -> None:
    bench = make(RecordingMode.CONTINUOUS, segment_s=4.0)
    bench.feed(packets)
    bench.reel.end(AT + timedelta(seconds=16))
    assert sum(bench.pictures()) == len(packets)
    assert len(bench.segments) > 2
    for before, after in zip(bench.segments, bench.segments[1:], strict=False):
        assert before.ends_at == after.begins_at


def test_an_alarm_keeps_what_came_before_it(make: Make, packets: list[Packet[Stream]]) -> None:
    bench = make(RecordingMode.ALARM, before_s=4.0)
    bench.feed(packets[:250])
    assert bench.segments == []
    assert not bench.reel.is_writing
    bench.reel.want(12.0)
    bench.feed([])
    for number, packet in enumerate(packets[250:], 250):
        bench.reel.take(Came(packet, AT + timedelta(seconds=number / FPS), number / FPS, packet.is_keyframe))
    bench.reel.end(AT + timedelta(seconds=16))
    (segment,) = bench.segments
    assert segment.cause is Cause.ALARM
    assert segment.begins_at <= AT + timedelta(seconds=10 - 4)
    assert segment.ends_at >= AT + timedelta(seconds=12)
    assert segment.ends_at < AT + timedelta(seconds=16)


def test_motion_is_recorded_as_such_and_an_alarm_outranks_it(
    make: Make, packets: list[Packet[Stream]]
) -> None:
    bench = make(RecordingMode.MOTION, before_s=2.0)
    bench.reel.want(2.0, Cause.MOTION)
    bench.feed(packets[:300])
    assert not bench.reel.is_writing
    bench.reel.want(14.0, Cause.MOTION)
    bench.reel.want(13.0)
    came = packets[300]
    bench.reel.take(Came(came, AT + timedelta(seconds=12), 12.0, came.is_keyframe))
    bench.reel.end(AT + timedelta(seconds=12.04))
    assert [segment.cause for segment in bench.segments] == [Cause.MOTION, Cause.ALARM]
    assert bench.segments[1].begins_at <= AT + timedelta(seconds=10)


def test_hours_that_begin_and_end_need_no_new_connection(make: Make, packets: list[Packet[Stream]]) -> None:
    bench = make(RecordingMode.ALARM, before_s=2.0)
    for number, packet in enumerate(packets):
        if number == 100:
            bench.reel.use(RecordingMode.CONTINUOUS, 2.0)
        if number == 200:
            bench.reel.use(RecordingMode.ALARM, 2.0)
        bench.reel.take(Came(packet, AT + timedelta(seconds=number / FPS), number / FPS, packet.is_keyframe))
    (segment,) = bench.segments
    assert segment.cause is Cause.CONTINUOUS
    # With two seconds of the past, and to the next key picture at the end.
    assert segment.begins_at <= AT + timedelta(seconds=2)
    assert AT + timedelta(seconds=8) <= segment.ends_at <= AT + timedelta(seconds=10.5)


def test_without_an_alarm_nothing_is_written_and_no_more_is_held_than_asked(
    make: Make, packets: list[Packet[Stream]]
) -> None:
    bench = make(RecordingMode.ALARM, before_s=2.0)
    bench.feed(packets)
    bench.reel.end(AT)
    assert bench.segments == []
    assert list(bench.root.glob("*")) == []


def test_what_is_held_reaches_back_as_far_as_asked(make: Make, packets: list[Packet[Stream]]) -> None:
    bench = make(RecordingMode.ALARM, before_s=4.0)
    bench.feed(packets[:300])
    longest_group_s = 2.5
    assert 4.0 - 1 / FPS <= bench.reel.seconds_held <= 4.0 + 2 * longest_group_s


def test_a_disk_that_comes_back_gets_what_was_held_meanwhile(
    make: Make, packets: list[Packet[Stream]]
) -> None:
    bench = make(RecordingMode.CONTINUOUS, before_s=60.0)
    bench.has_disk = False
    bench.feed(packets[:200])
    assert not bench.reel.is_writing
    bench.has_disk = True
    bench.reel.take(Came(packets[200], AT + timedelta(seconds=8), 8.0, packets[200].is_keyframe))
    bench.reel.end(AT + timedelta(seconds=8.04))
    assert bench.pictures() == [201]
