"""A decoder for the past: it gives every picture, also those it kept back to put them in order."""

from __future__ import annotations

from av.codec.context import CodecContext
from av.packet import Packet
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from services.playback.film import Coding
from services.video.decoder import MOST_PIXELS


class Damaged(Exception):
    """What was given, or what it was made from, is not whole; the next key picture may be."""


class PastDecoder:
    """Begins at a key picture. Used by one thread. Raises Damaged when nothing here can decode this coding.

    is_small: shown at half its size or less; the loop filter is left out, which no eye sees there (41 dB) and
    saves a quarter. threads: pictures decoded at once; with more than one each comes that much later.
    """

    def __init__(self, coding: Coding, *, is_small: bool, threads: int) -> None:
        self._made = (coding, is_small, threads)
        self._context = _opened(coding, is_small=is_small, threads=threads)
        self._was_whole = False

    def begin(self, coding: Coding, is_small: bool, threads: int) -> bool:
        """Forget what came before; False when another decoder is needed."""
        if self._made != (coding, is_small, threads):
            return False
        self._context.flush_buffers()
        self._was_whole = False
        return True

    def decode(self, packet: Packet[Stream] | None) -> list[VideoFrame]:
        """None: no more comes, give what is kept. Raises Damaged."""
        try:
            frames = self._context.decode(packet)
        except Exception as error:  # bit-flipped streams raised UnicodeDecodeError, IndexError, MemoryError
            raise Damaged from error
        for frame in frames:
            if not frame.is_corrupt:
                self._was_whole = True
            elif self._was_whole:
                raise Damaged
        return frames


def _opened(coding: Coding, *, is_small: bool, threads: int) -> VideoCodecContext:
    try:
        context = CodecContext.create(coding.name, "r")
    except Exception as error:  # the library has another error for each way of not knowing a codec
        raise Damaged from error
    if not isinstance(context, VideoCodecContext):
        raise Damaged
    context.extradata = coding.extradata
    context.thread_count = threads
    context.thread_type = "FRAME" if threads > 1 else "SLICE"
    context.options = {"max_pixels": str(MOST_PIXELS), **({"skip_loop_filter": "all"} if is_small else {})}
    return context
