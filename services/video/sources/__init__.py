"""The kinds of stream that can be opened, by the scheme of their URL or the engine that is asked for."""

from __future__ import annotations

from services.video.sources.base import Codec, OpenSource, RawPicture, Source
from services.video.sources.device import DeviceSource
from services.video.sources.file import FileSource
from services.video.sources.mjpeg import MjpegSource
from services.video.sources.replay import ReplaySource
from services.video.sources.rtsp import RtspSource
from services.video.sources.rtsps import RtspsSource
from services.video.sources.snapshot import SnapshotSource
from services.video.sources.vlc import VlcSource

SOURCES: dict[str, OpenSource] = {
    "rtsp": RtspSource,
    "rtsps": RtspsSource,
    "http": MjpegSource,
    "https": MjpegSource,
    "http+snapshot": SnapshotSource,
    "https+snapshot": SnapshotSource,
    "v4l2": DeviceSource,
    "file": FileSource,
    "replay": ReplaySource,
    "libvlc": VlcSource,
}

__all__ = ["SOURCES", "Codec", "OpenSource", "RawPicture", "Source"]
