"""What of a camera's connection, or of a film, can be recorded, cut and looked at."""

from __future__ import annotations

from av.container import InputContainer
from av.stream import Stream


def known_streams(container: InputContainer) -> tuple[Stream, ...]:
    """The first video, and the first sound whose coding FFmpeg knows; empty without a video that it knows.

    A camera may announce sound that only its maker's program can play, and a damaged head names anything.
    """
    videos, sounds = container.streams.video[:1], container.streams.audio
    if not all(map(_is_known, videos)):
        return ()
    return (*videos, *[one for one in sounds if _is_known(one)][: len(videos)])


def _is_known(stream: Stream) -> bool:
    return stream.codec_context is not None
