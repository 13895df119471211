"""A camera that sends JPEG pictures one after the other over HTTP (multipart/x-mixed-replace)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from threading import Event

import httpx
from av.packet import Packet
from av.video.stream import VideoStream

from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.base import Codec, whole_picture
from services.video.sources.web import JPEG_BEGINS, MOST_PICTURE_BYTES, PICTURE_LIMIT_S, Web, code_of_web

MOST_HEAD_BYTES = 8192
# Some cameras put an empty or a text part between pictures.
MOST_OTHER_PARTS = 20
_BOUNDARY = re.compile(r"""boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))""", re.IGNORECASE)
_LENGTH = re.compile(rb"^content-length\s*:\s*(\d{1,9})\s*$", re.IGNORECASE | re.MULTILINE)


class MjpegSource:
    """`http://` or `https://`; a log-in by Digest or Basic."""

    codec = Codec("mjpeg")

    def __init__(self, address: StreamAddress, patience_s: float) -> None:
        self._web = Web(address, patience_s)
        try:
            self._response = self._web.get()
            self._due_s = time.monotonic() + PICTURE_LIMIT_S
            self._boundary = boundary_of(self._response.headers.get("content-type", ""))
        except BaseException:
            self._web.close()
            raise

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        others = 0
        for part in parts_of(self._chunks(stop), self._boundary):
            if stop.is_set():
                return
            self._due_s = time.monotonic() + PICTURE_LIMIT_S
            if part.startswith(JPEG_BEGINS):
                others = 0
                yield whole_picture(part)
                continue
            others += 1
            if others > MOST_OTHER_PARTS:
                raise trouble.StreamTrouble(trouble.NOT_JPEG)

    def close(self) -> None:
        self._response.close()
        self._web.close()

    def _chunks(self, stop: Event) -> Iterator[bytes]:
        """Ends with `stop` in the middle of a picture too: one that drips would never be whole."""
        try:
            for chunk in self._response.iter_raw():
                if stop.is_set():
                    return
                if time.monotonic() > self._due_s:
                    raise trouble.StreamTrouble(trouble.TIMEOUT)
                yield chunk
        except httpx.HTTPError as error:
            code = code_of_web(error)
        else:
            return
        # A stream that breaks off has ended; one that never began was refused when it was opened.
        raise trouble.StreamTrouble(trouble.ENDED if code == trouble.REFUSED else code)


def boundary_of(content_type: str) -> bytes:
    """Raises StreamTrouble: a page, a single picture or another kind of video was sent."""
    said = _BOUNDARY.search(content_type)
    if not content_type.lower().lstrip().startswith("multipart/") or said is None:
        raise trouble.StreamTrouble(trouble.NOT_MJPEG)
    # Cameras differ on whether the dashes are part of it.
    return (said[1] or said[2]).strip().lstrip("-").encode("latin-1", "replace")


def parts_of(chunks: Iterable[bytes], boundary: bytes) -> Iterator[bytes]:
    """The bodies of a multipart stream; by their length where it is told, else up to the next boundary.

    Raises StreamTrouble("video.bad_stream") when a head or a body is larger than any camera's.
    """
    delimiter = b"--" + boundary
    reader = _Reader(chunks)
    while reader.skip_past(delimiter):
        head = reader.upto(b"\r\n\r\n", MOST_HEAD_BYTES)
        if head is None or head.startswith(b"--"):
            return
        told = _LENGTH.search(head.replace(b"\r\n", b"\n"))
        if told is not None and int(told[1]) > MOST_PICTURE_BYTES:
            raise trouble.StreamTrouble(trouble.BAD_STREAM)
        body = reader.exactly(int(told[1])) if told else reader.before(delimiter, MOST_PICTURE_BYTES)
        if body is None:
            return
        yield body


class _Reader:
    """Takes pieces off a stream of chunks of any size; None: it ended before."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._held = bytearray()

    def skip_past(self, mark: bytes) -> bool:
        return self._found(mark, MOST_HEAD_BYTES + len(mark), keeps_mark=False) is not None

    def upto(self, mark: bytes, most: int) -> bytes | None:
        return self._found(mark, most, keeps_mark=False)

    def before(self, mark: bytes, most: int) -> bytes | None:
        body = self._found(mark, most, keeps_mark=True)
        return None if body is None else body.removesuffix(b"\r\n")

    def exactly(self, count: int) -> bytes | None:
        while len(self._held) < count:
            if not self._more():
                return None
        return self._taken(count)

    def _found(self, mark: bytes, most: int, *, keeps_mark: bool) -> bytes | None:
        looked = 0
        while (at := self._held.find(mark, looked)) < 0:
            # What was looked through is not looked through again, but for a mark cut in two.
            looked = max(0, len(self._held) - len(mark) + 1)
            if looked > most:
                raise trouble.StreamTrouble(trouble.BAD_STREAM)
            if not self._more():
                return None
        if at > most:
            raise trouble.StreamTrouble(trouble.BAD_STREAM)
        found = self._taken(at)
        if not keeps_mark:
            del self._held[: len(mark)]
        return found

    def _taken(self, count: int) -> bytes:
        piece = bytes(self._held[:count])
        del self._held[:count]
        return piece

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._held += chunk
        return True
