"""Cuts what was wished for out of the recording, without touching a single coded picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from services.domain.recordings import Segment, gaps_between
from services.evidence.film import Film, Reel, times_of
from services.evidence.manifest import GapCause
from services.evidence.wish import WishedTake

# Where a segment's file is; None = its disk is not here.
Locate = Callable[[Segment], Path | None]
# Told after every packet how many bytes of it there are; raises to end the work.
Watch = Callable[[int], None]


class Unreadable(Exception):
    """A piece that the index knows and that cannot be had."""

    def __init__(self, segment: Segment, cause: GapCause) -> None:
        super().__init__(segment.path, cause)
        self.segment = segment
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Hole:
    """A span of what was wished for that is on no reel."""

    since: datetime
    until: datetime
    cause: GapCause


class Cutter:
    """Of one take. new_path: where the next film goes; leaves_out: unreadable pieces become holes."""

    def __init__(
        self,
        take: WishedTake,
        locate: Locate,
        new_path: Callable[[], Path],
        watch: Watch,
        *,
        leaves_out: bool,
    ) -> None:
        self._take = take
        self._locate = locate
        self._new_path = new_path
        self._watch = watch
        self._leaves_out = leaves_out
        self._film: Film | None = None
        self._reels: list[Reel] = []

    def cut(self, segments: Sequence[Segment]) -> tuple[list[Reel], list[Hole]]:
        """segments: of one stream, by their beginning. A reel ends where the recording has a gap or changes
        its form. Raises Unreadable unless those are left out, OSError when the target refuses, what `watch`
        raises; the films then stay as they are.
        """
        lost: list[Unreadable] = []
        try:
            for segment in segments:
                try:
                    self._add(segment)
                except Unreadable as error:
                    if not self._leaves_out:
                        raise
                    lost.append(error)
                    self._end_film()
            self._end_film()
        finally:
            if self._film is not None:
                self._film.abandon()
        return self._reels, holes_of(self._take, segments, lost)

    def _add(self, segment: Segment) -> None:
        with ExitStack() as held:
            container = held.enter_context(_opened(segment, self._locate))
            streams = (container.streams.video[0], *container.streams.audio[:1])
            if self._film is not None and not self._film.continues(segment, streams):
                self._end_film()
            for packet in _wanted(segment, container.demux(*streams), streams[0], self._take):
                self._watch(packet.size)
                try:
                    if self._film is None:
                        self._film = Film(self._new_path(), segment, streams)
                    self._film.write(packet, segment)
                except av.error.FFmpegError:
                    raise Unreadable(segment, GapCause.FILE_BROKEN) from None

    def _end_film(self) -> None:
        film, self._film = self._film, None
        if film is not None and film.is_empty:
            film.abandon()
        elif film is not None:
            self._reels.append(film.finish())


def holes_of(take: WishedTake, segments: Sequence[Segment], lost: Sequence[Unreadable]) -> list[Hole]:
    """What is missing of a take, by its beginning."""
    holes = [
        Hole(gap.since, gap.until, GapCause.NOT_RECORDED)
        for gap in gaps_between(list(segments), take.since, take.until)
    ]
    for error in lost:
        since, until = max(error.segment.begins_at, take.since), min(error.segment.ends_at, take.until)
        if since < until:
            holes.append(Hole(since, until, error.cause))
    return sorted(holes, key=lambda hole: hole.since)


def _opened(segment: Segment, locate: Locate) -> InputContainer:
    """Raises Unreadable; a file of another size than its row says was changed after it was finished."""
    path = locate(segment)
    if path is None:
        raise Unreadable(segment, GapCause.DISK_AWAY)
    try:
        if path.stat().st_size != segment.size_bytes:
            raise Unreadable(segment, GapCause.FILE_BROKEN)
        container = av.open(str(path))
    except FileNotFoundError:
        raise Unreadable(segment, GapCause.FILE_GONE) from None
    except (OSError, av.error.FFmpegError):
        raise Unreadable(segment, GapCause.FILE_BROKEN) from None
    if not container.streams.video:
        container.close()
        raise Unreadable(segment, GapCause.FILE_BROKEN)
    return container


def _wanted(
    segment: Segment, packets: Iterator[Packet[Stream]], video: Stream, take: WishedTake
) -> Iterator[Packet[Stream]]:
    """From the last key picture that does not come after the take's beginning to the take's end."""
    since_s = Fraction((take.since - segment.begins_at) / timedelta(seconds=1))
    until_s = Fraction((take.until - segment.begins_at) / timedelta(seconds=1))
    held: list[Packet[Stream]] | None = []
    for packet in _read(segment, packets):
        at_s, shown_s = times_of(packet)
        is_picture = packet.stream_index == video.index
        if at_s >= until_s:
            if is_picture:
                break
            continue
        if held is not None:
            if is_picture and packet.is_keyframe and shown_s <= since_s:
                held = [one for one in held if one.stream_index != video.index and times_of(one)[1] >= at_s]
            held.append(packet)
            if not is_picture or shown_s < since_s:
                continue
            yield from held
            held = None
        else:
            yield packet
    # Pictures of the last moment before the beginning are still shown at it.
    yield from held or ()


def _read(segment: Segment, packets: Iterator[Packet[Stream]]) -> Iterator[Packet[Stream]]:
    """Those with a time; raises Unreadable instead of what reading raises."""
    try:
        for packet in packets:
            if packet.size and packet.dts is not None and packet.time_base is not None:
                yield packet
    except (OSError, av.error.FFmpegError):
        raise Unreadable(segment, GapCause.FILE_BROKEN) from None
