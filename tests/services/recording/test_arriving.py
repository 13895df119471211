"""A connection's first packets: none is left out because its time came late."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from av.packet import Packet
from av.stream import Stream

from services.core.clock import ManualClock
from services.recording.arriving import SETTLING_S, Settling, timed
from tests.services.recording.conftest import AT

STEP = 3600  # 25 pictures a second at 90 kHz


def packet(dts: int | None, pts: int | None) -> Packet[Stream]:
    made: Packet[Stream] = Packet(b"picture")
    made.dts, made.pts, made.duration, made.time_base = dts, pts, STEP, Fraction(1, 90_000)
    return made


def times(packets: Iterable[Packet[Stream]]) -> list[tuple[int | None, int | None]]:
    return [(one.dts, one.pts) for one in timed(packets)]


def test_what_ffmpeg_gives_no_time_yet_gets_one_and_none_is_left_out() -> None:
    # As FFmpeg 8 gives the first five pictures of a stream whose head does not say whether it reorders.
    came = [packet(None, None), packet(None, STEP), packet(None, 2 * STEP), packet(3 * STEP, 3 * STEP)]
    assert times(came) == [(n * STEP, n * STEP) for n in range(4)]


def test_pictures_that_are_shown_later_than_they_are_sent_are_never_shown_before() -> None:
    # Sent I P B B P, shown I B B P P.
    came = [packet(None, 0), packet(None, 3 * STEP), packet(None, STEP), packet(STEP, 2 * STEP)]
    given = times(came)
    assert [pts for _, pts in given] == [0, 3 * STEP, STEP, 2 * STEP]
    decoded = [dts for dts, _ in given if dts is not None]
    assert decoded == sorted(set(decoded))
    assert all(dts <= pts for dts, pts in given if dts is not None and pts is not None)


def test_a_stream_that_never_says_a_time_is_not_gathered_without_end() -> None:
    assert times(packet(None, None) for _ in range(1000)) == []
    last = times([*(packet(None, None) for _ in range(1000)), packet(0, 0)])
    assert len(last) == 65


def test_packets_wait_until_it_is_known_when_they_were_sent() -> None:
    clock = ManualClock(AT)
    settling = Settling(clock, video=0)
    assert list(settling.take(packet(0, 0))) == []
    clock.advance(SETTLING_S)
    came = list(settling.take(packet(STEP, STEP)))
    assert [one.packet.dts for one in came] == [0, STEP]
    clock.advance(0.04)
    assert len(list(settling.take(packet(2 * STEP, 2 * STEP)))) == 1


def test_a_connection_that_ends_early_gives_what_it_sent() -> None:
    settling = Settling(ManualClock(AT), video=0)
    list(settling.take(packet(0, 0)))
    assert [one.packet.dts for one in settling.rest()] == [0]
