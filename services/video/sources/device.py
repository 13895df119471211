"""A camera plugged into this machine."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Iterator
from threading import Event

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.rtsp import READ_TIMEOUT_S, video_of

# FFmpeg's name of each thing an address may ask for.
_ASKED = {"size": "video_size", "fps": "framerate", "format": "input_format"}
_WHOLE = frozenset({"rawvideo", "mjpeg"})
_VALUE = re.compile(r"[A-Za-z0-9_./]{1,20}")

OpenDevice = Callable[[str, dict[str, str]], InputContainer]


def open_device(path: str, options: dict[str, str]) -> InputContainer:
    """Video4Linux, on Windows DirectShow (`v4l2:///Name of the camera`)."""
    timeout = (READ_TIMEOUT_S, READ_TIMEOUT_S)
    if sys.platform == "win32":
        return av.open(f"video={path.lstrip('/')}", format="dshow", options=options, timeout=timeout)
    return av.open(path, format="v4l2", options=options, timeout=timeout)


class DeviceSource:
    """`v4l2:///dev/video0?size=1280x720&fps=25&format=mjpeg`; what is not asked for the device chooses."""

    def __init__(
        self, address: StreamAddress, _patience_s: float, open_device: OpenDevice = open_device
    ) -> None:
        self._container = _opened(address, open_device)
        try:
            self._video, self.codec = video_of(self._container)
        except BaseException:
            self._container.close()
            raise

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        for packet in self._container.demux(self._video):
            if stop.is_set():
                return
            if packet.size:
                # Bare pixels and JPEGs need no other packet; not every driver says so.
                packet.is_keyframe = packet.is_keyframe or self.codec.name in _WHOLE
                yield packet

    def close(self) -> None:
        self._container.close()


def _opened(address: StreamAddress, open_device: OpenDevice) -> InputContainer:
    try:
        return open_device(address.path, options_of(address))
    except FileNotFoundError:
        code = trouble.NO_DEVICE
    except PermissionError:
        code = trouble.DEVICE_FORBIDDEN
    except OSError as error:
        code = _BY_NUMBER.get(error.errno or 0, trouble.NO_DEVICE)
    raise trouble.StreamTrouble(code)


def options_of(address: StreamAddress) -> dict[str, str]:
    """Raises StreamTrouble for a value that no device has."""
    options = {}
    for name, ffmpeg_name in _ASKED.items():
        value = address.option(name)
        if value and not _VALUE.fullmatch(value):
            raise trouble.StreamTrouble(trouble.UNSUPPORTED)
        if value:
            options[ffmpeg_name] = value
    return options


_BY_NUMBER = {errno.EBUSY: trouble.DEVICE_BUSY, errno.EINVAL: trouble.UNSUPPORTED}
