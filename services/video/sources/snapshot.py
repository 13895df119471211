"""A camera that gives single pictures: asked for one again and again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from threading import Event

import httpx
from av.packet import Packet
from av.video.stream import VideoStream

from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.base import Codec, whole_picture
from services.video.sources.web import JPEG_BEGINS, Web, code_of_web

USUAL_PERIOD_S = 1.0
SHORTEST_PERIOD_S = 0.1
LONGEST_PERIOD_S = 60.0


class SnapshotSource:
    """`http+snapshot://camera/picture.jpg#period=2`: a picture every 2 s (usually every second).

    A picture that is the one before, by the camera's word or byte for byte, is none: its age counts on.
    """

    codec = Codec("mjpeg")

    def __init__(self, address: StreamAddress, patience_s: float) -> None:
        self._period_s = period_of(address)
        self._web = Web(address, patience_s)
        self._known: dict[str, str] = {}
        self._last = b""
        try:
            self._first: bytes | None = self._picture()
        except BaseException:
            self._web.close()
            raise

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        body, self._first = self._first, None
        due_s = time.monotonic()
        while not stop.is_set():
            if body is not None:
                yield whole_picture(body)
            # A camera slower than the period is asked again at once, never twice at a time.
            due_s = max(due_s + self._period_s, time.monotonic())
            if stop.wait(due_s - time.monotonic()):
                return
            body = self._picture()

    def close(self) -> None:
        self._web.close()

    def _picture(self) -> bytes | None:
        """None: still the picture before."""
        response = self._web.get(self._known)
        try:
            if response.status_code == 304:
                return None
            body = self._web.picture(response)
        except httpx.HTTPError as error:
            code = code_of_web(error)
        else:
            return self._if_new(body, response.headers)
        finally:
            response.close()
        raise trouble.StreamTrouble(code)

    def _if_new(self, body: bytes, headers: httpx.Headers) -> bytes | None:
        if not body.startswith(JPEG_BEGINS):
            raise trouble.StreamTrouble(trouble.NOT_JPEG)
        asks = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
        self._known = {name: value for name, value in asks.items() if value}
        digest = hashlib.sha256(body).digest()
        if digest == self._last:
            return None
        self._last = digest
        return body


def period_of(address: StreamAddress) -> float:
    """Seconds; raises StreamTrouble for what is no number."""
    try:
        period_s = float(address.setting("period") or USUAL_PERIOD_S)
    except ValueError:
        raise trouble.StreamTrouble(trouble.UNSUPPORTED) from None
    return min(max(period_s, SHORTEST_PERIOD_S), LONGEST_PERIOD_S)
