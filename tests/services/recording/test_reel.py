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

    def feed(
        self,
        packets: list[Packet[Stream]],
        clock_set: Callable[[float], timedelta] = lambda _at_s: timedelta(),
    ) -> None:
        """clock_set: how far the wall clock was set by then."""
        for number, packet in enumerate(packets):
            at_s = number / FPS
            at = AT + timedelta(seconds=at_s) + clock_set(at_s)
            self.reel.take(Came(packet, at, at_s, packet.is_keyframe))

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
    bench.reel.end()
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
    bench.reel.end()
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
    bench.reel.end()
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
    bench.reel.end()
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
    bench.reel.end()
    assert bench.pictures() == [201]


HOUR = timedelta(hours=1)


@pytest.mark.parametrize("by", [HOUR, -HOUR])
def test_a_clock_set_while_it_records_begins_another_piece_and_none_ends_before_it_began(
    make: Make, packets: list[Packet[Stream]], by: timedelta
) -> None:
    bench = make(RecordingMode.CONTINUOUS)
    bench.feed(packets, lambda at_s: by if at_s >= 5 else timedelta())
    bench.reel.end()
    assert sum(bench.pictures()) == len(packets)
    before, after = bench.segments
    cut_s = (after.begins_at - by - AT).total_seconds()
    # At the first key picture after the setting; there is one in each two seconds.
    assert 5 <= cut_s <= 7
    assert (before.begins_at, before.ends_at) == (AT, AT + timedelta(seconds=cut_s))
    assert after.ends_at == AT + by + timedelta(seconds=16)


def test_what_is_held_for_an_alarm_is_dated_by_the_clock_that_was_set(
    make: Make, packets: list[Packet[Stream]]
) -> None:
    bench = make(RecordingMode.ALARM, before_s=4.0)
    bench.feed(packets[:200], lambda at_s: HOUR if at_s >= 7 else timedelta())
    bench.reel.want(99.0)
    last = packets[200]
    bench.reel.take(Came(last, AT + HOUR + timedelta(seconds=8), 8.0, last.is_keyframe))
    bench.reel.end()
    (piece,) = bench.segments
    assert AT + HOUR <= piece.begins_at <= AT + HOUR + timedelta(seconds=4)
    assert piece.ends_at == AT + HOUR + timedelta(seconds=8.04)


def test_a_connection_that_hangs_before_it_ends_is_no_recording_of_that_time(
    make: Make, packets: list[Packet[Stream]]
) -> None:
    """Nothing came any more: the piece ends with its last picture, not when that was noticed."""
    bench = make(RecordingMode.CONTINUOUS)
    bench.feed(packets[:100])
    bench.reel.end()
    assert bench.segments[0].ends_at == AT + timedelta(seconds=4)
