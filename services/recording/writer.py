"""Writes one piece of a stream as a fragmented MP4 file, without touching a single coded picture."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path, PurePosixPath

import av
from av.packet import Packet
from av.stream import Stream

from services.domain.recordings import Segment
from services.recording.files import Files, Out
from services.recording.naming import Begun, finished_path, part_path

# What a killed process loses is the fragment that was being gathered: not more than this, or one group.
FRAGMENT_S = 1.0
_OPTIONS = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": str(round(FRAGMENT_S * 1_000_000)),
}
_AT_ONCE_BYTES = 2**18
# Sound that MP4 has a name for. Cameras' G.711 has one in QuickTime's older form of the same file only; there
# it is kept as it came, where MP4 would have it encoded anew.
_MP4_SOUND = frozenset({"aac", "mp3", "opus", "ac3", "eac3", "flac", "alac"})


class _Sink:
    """Where FFmpeg puts the file's bytes; without `seek`, so it never goes back."""

    def __init__(self, out: Out, took: Callable[[float], None]) -> None:
        self._out = out
        self._took = took
        self.size_bytes = 0
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """FFmpeg would hide a disk's error behind its own: it is kept for who asked to write."""
        began_s = time.monotonic()
        try:
            written = self._out.write(data)
        except OSError as error:
            self.error = error
            raise
        self._took(time.monotonic() - began_s)
        self.size_bytes += written
        return written


class SegmentWriter:
    """One `.part` file until `finish` makes it a segment. Used by one thread.

    root: the disk's folder; streams: of the open camera, the video first. took: told how long each write
    and the last sync took (s). Raises OSError when the disk refuses, av.error.FFmpegError when the stream
    cannot be put into MP4.
    """

    def __init__(
        self,
        files: Files,
        root: Path,
        begun: Begun,
        streams: Sequence[Stream],
        took: Callable[[float], None] = lambda _s: None,
    ) -> None:
        self._files = files
        self._root = root
        self.begun = begun
        self._took = took
        self._part = part_path(begun)
        files.make_folder((root / self._part).parent)
        self._out = files.create(root / self._part)
        self._sink = _Sink(self._out, took)
        try:
            self._container = av.open(
                self._sink, "w", format=form_for(streams), options=_OPTIONS, buffer_size=_AT_ONCE_BYTES
            )
            self._tracks = [self._container.add_stream_from_template(stream) for stream in streams]
            files.sync_folder((root / self._part).parent)
        except BaseException:
            self._out.close()
            with suppress(OSError):
                files.remove(root / self._part)
            raise
        self._numbers = {stream.index: number for number, stream in enumerate(streams)}
        self._begins: Fraction | None = None
        self._last: list[int | None] = [None] * len(streams)
        self.packets = 0

    @property
    def size_bytes(self) -> int:
        """What has reached the file."""
        return self._sink.size_bytes

    def write(self, packet: Packet[Stream]) -> None:
        """The next packet; the first must be a key picture. One without a time, or of a track that is not
        written, is left out."""
        number = self._numbers.get(packet.stream_index)
        if number is None or packet.dts is None or packet.time_base is None:
            return
        if self._begins is None:
            self._begins = packet.dts * packet.time_base
        shift = round(self._begins / packet.time_base)
        dts = packet.dts - shift
        last = self._last[number]
        if dts < 0 and number > 0:
            return  # sound from before the first picture
        # A camera whose clock steps back would end the file; its pictures are worth more than their times.
        moved = max(0, last + 1 - dts) if last is not None else max(0, -dts)
        packet.pts = (packet.pts if packet.pts is not None else packet.dts) - shift + moved
        packet.dts = self._last[number] = dts + moved
        packet.stream = self._tracks[number]
        try:
            self._container.mux(packet)
        except av.error.FFmpegError:
            if self._sink.error is not None:
                raise self._sink.error from None
            raise
        self.packets += 1

    def finish(self, ends_at: datetime, disk: str) -> Segment | None:
        """Write, sync, rename, sync the folder: then it may have a row. None when it holds nothing.

        Raises OSError; the part then stays for the next start.
        """
        try:
            self._container.close()
            if self._sink.error is not None:
                raise self._sink.error
            began_s = time.monotonic()
            self._out.sync()
            self._took(time.monotonic() - began_s)
        finally:
            self._out.close()
        part = self._root / self._part
        if self.packets == 0:
            self._files.remove(part)
            return None
        return publish(self._files, self._root, self.begun, part, ends_at, disk, self.size_bytes)

    def abandon(self) -> None:
        """Leave the part as it is: what reached the disk of it is found again at the next start."""
        self._out.close()


def form_for(streams: Sequence[Stream]) -> str:
    """FFmpeg's name of the file's form: MP4 where all that comes has a name in it."""
    sounds = {stream.codec_context.name for stream in streams if stream.type == "audio"}
    return "mp4" if sounds <= _MP4_SOUND else "mov"


def publish(
    files: Files, root: Path, begun: Begun, part: Path, ends_at: datetime, disk: str, size_bytes: int
) -> Segment:
    """Give a synced part its final name, for good; raises OSError."""
    # A clock that was set back must not make a piece that ends before it begins.
    ends_at = max(ends_at, begun.begins_at + timedelta(milliseconds=1))
    path: PurePosixPath = finished_path(begun, ends_at)
    files.rename(part, root / path)
    files.sync_folder((root / path).parent)
    return Segment(
        begun.camera, begun.stream, begun.begins_at, ends_at, begun.cause, disk, str(path), size_bytes
    )
