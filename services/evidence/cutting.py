"""Cuts what was wished for out of the recording, without touching a single coded picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from services.domain.recordings import Segment
from services.evidence.film import Film, Reel, times_of
from services.evidence.holes import Hole, Lost, Span, add_span, holes_between
from services.evidence.manifest import GapCause
from services.evidence.wish import WishedTake
from services.recording.boxes import whole_bytes
from services.recording.streams import known_streams

# Where a segment's file is; None = its disk is not here.
Locate = Callable[[Segment], Path | None]
# Told after every packet how many bytes of it there are; raises to end the work.
Watch = Callable[[int], None]
_MICROSECOND = timedelta(microseconds=1)


class Unreadable(Exception):
    """A piece that the index knows and that cannot be had."""

    def __init__(self, segment: Segment, cause: GapCause) -> None:
        super().__init__(segment.path, cause)
        self.segment = segment
        self.cause = cause


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
        self._spans: list[Span] = []

    def cut(self, segments: Sequence[Segment]) -> tuple[list[Reel], list[Hole]]:
        """segments: of one stream, by their beginning. A reel ends where the recording has a gap or changes
        its form. Raises Unreadable unless those are left out, OSError when the target refuses, what `watch`
        raises; the films then stay as they are.
        """
        lost: list[Lost] = []
        try:
            for segment in segments:
                try:
                    self._add(segment)
                except Unreadable as error:
                    if not self._leaves_out:
                        raise
                    lost.append(Lost(segment.begins_at, segment.ends_at, error.cause))
                    self._end_film()
            self._end_film()
        finally:
            if self._film is not None:
                self._film.abandon()
        return self._reels, holes_between(self._spans, self._take.since, self._take.until, lost)

    def _add(self, segment: Segment) -> None:
        """Of a broken piece what can be read is taken where it may be; then it is Unreadable all the same."""
        with ExitStack() as held:
            path = _path_of(segment, self._locate)
            is_broken = not _is_whole(segment, path)
            if is_broken and not self._leaves_out:
                raise Unreadable(segment, GapCause.FILE_BROKEN)
            container = held.enter_context(_opened(segment, path))
            streams = known_streams(container)
            if self._film is not None and not self._film.continues(segment, streams):
                self._end_film()
            for packet in _wanted(segment, container.demux(*streams), streams[0], self._take):
                self._watch(packet.size)
                self._write(packet, segment, streams)
            if is_broken:
                raise Unreadable(segment, GapCause.FILE_BROKEN)

    def _write(self, packet: Packet[Stream], segment: Segment, streams: Sequence[Stream]) -> None:
        try:
            if self._film is None:
                self._film = Film(self._new_path(), segment, streams)
            self._film.write(packet, segment)
        except (av.error.FFmpegError, OverflowError):
            # Also where a damaged time leads out of every calendar.
            raise Unreadable(segment, GapCause.FILE_BROKEN) from None
        if packet.stream.type == "video":
            add_span(self._spans, self._film.newest)

    def _end_film(self) -> None:
        film, self._film = self._film, None
        if film is not None and film.is_empty:
            film.abandon()
        elif film is not None:
            self._reels.append(film.finish())


def _path_of(segment: Segment, locate: Locate) -> Path:
    path = locate(segment)
    if path is None:
        raise Unreadable(segment, GapCause.DISK_AWAY)
    return path


def _is_whole(segment: Segment, path: Path) -> bool:
    """A file of another size than its row says was changed after it was finished: not a picture of it."""
    try:
        size_bytes = path.stat().st_size
        if size_bytes != segment.size_bytes:
            raise Unreadable(segment, GapCause.FILE_BROKEN)
        with path.open("rb") as file:
            return whole_bytes(file, size_bytes) == size_bytes
    except FileNotFoundError:
        raise Unreadable(segment, GapCause.FILE_GONE) from None
    except OSError:
        raise Unreadable(segment, GapCause.FILE_BROKEN) from None


def _opened(segment: Segment, path: Path) -> InputContainer:
    try:
        container = av.open(str(path), metadata_errors="replace")
    except (OSError, av.error.FFmpegError):
        raise Unreadable(segment, GapCause.FILE_BROKEN) from None
    if not known_streams(container):
        container.close()
        raise Unreadable(segment, GapCause.FILE_BROKEN)
    return container


def _wanted(
    segment: Segment, packets: Iterator[Packet[Stream]], video: Stream, take: WishedTake
) -> Iterator[Packet[Stream]]:
    """From the last key picture that does not come after the take's beginning to the take's end."""
    since_s, until_s = (
        Fraction((at - segment.begins_at) // _MICROSECOND, 1_000_000) for at in (take.since, take.until)
    )
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
