"""The kinds of stream that can be opened, by the scheme of their URL."""

from __future__ import annotations

from services.video.sources.base import Codec, OpenSource, Source
from services.video.sources.file import FileSource
from services.video.sources.replay import ReplaySource
from services.video.sources.rtsp import RtspSource

SOURCES: dict[str, OpenSource] = {
    "rtsp": RtspSource,
    "file": FileSource,
    "replay": ReplaySource,
}

__all__ = ["SOURCES", "Codec", "OpenSource", "Source"]
