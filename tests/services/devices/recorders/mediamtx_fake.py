"""The documented HTTP interface of MediaMTX's playback server, over numbered pictures.

As its `muxer_fmp4` writes them: the pictures of the first group before `start` come at the time of the first
one after it, each with no length.
"""

from __future__ import annotations

import base64
import io
import json
import math
import struct
import threading
from datetime import datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import av

from services.sim.film import FPS, GROUP_FRAMES, Codec
from tests.services.devices.recorders.recorder_kit import (
    CREDENTIAL,
    EPOCH,
    SIZE_PX,
    at,
    numbered_group,
)

PATH = "campus/east"
KEPT = ((at(0), at(12)), (at(20), at(30)))
# Of the track that FFmpeg makes for 25 pictures a second.
SCALE = 12_800


class MediaMtxFake:
    """Recorded 0 s to 12 s and 20 s to 30 s after EPOCH."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.url = f"mediamtx+http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="mediamtx-fake")
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        login = f"{CREDENTIAL.username}:{CREDENTIAL.password}".encode()
        if self.headers.get("Authorization") != f"Basic {base64.b64encode(login).decode()}":
            self._say(401, b'{"error":"authentication error"}')
        elif asked.get("path") != PATH:
            self._say(400, b'{"error":"path is not configured"}')
        elif parts.path == "/list":
            spans = [
                {"start": since.isoformat(), "duration": (until - since).total_seconds()}
                for since, until in KEPT
            ]
            self._say(200, json.dumps(spans).encode())
        elif parts.path == "/get" and asked.get("format") == "fmp4":
            self._get(datetime.fromisoformat(asked["start"]), float(asked["duration"]))
        else:
            self._say(404, b"")

    def _get(self, start: datetime, seconds: float) -> None:
        span = next((span for span in KEPT if span[0] <= start < span[1]), None)
        if span is None:
            self._say(404, b'{"error":"no segments found"}')
        else:
            self._say(200, _film(start, min(span[1], start + timedelta(seconds=seconds))))

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:
        """Nothing is written."""


def _film(start: datetime, until: datetime) -> bytes:
    first = math.ceil((start - EPOCH).total_seconds() * FPS - 1e-6)
    end = math.ceil((until - EPOCH).total_seconds() * FPS - 1e-6)
    begins = first // GROUP_FRAMES * GROUP_FRAMES
    base = round((EPOCH + timedelta(seconds=first / FPS) - start).total_seconds() * SCALE)
    samples = [
        (_sample(number), SCALE // FPS if number >= first else 0, number % GROUP_FRAMES == 0)
        for number in range(begins, end)
    ]
    return _head() + _fragment(base, samples)


def _sample(number: int) -> bytes:
    group = numbered_group(Codec.H264, number // GROUP_FRAMES * GROUP_FRAMES)
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in group.frames[number % GROUP_FRAMES])


@lru_cache(maxsize=1)
def _head() -> bytes:
    """`ftyp` and `moov` of one track of pictures."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4", options={"movflags": "empty_moov+default_base_moof"}) as file:
        video = file.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = *SIZE_PX, "yuv420p"
        file.start_encoding()
    head = written.getvalue()
    return head[: head.index(b"moov") - 4 + int.from_bytes(head[head.index(b"moov") - 4 :][:4], "big")]


def _fragment(base: int, samples: list[tuple[bytes, int, bool]]) -> bytes:
    """ISO/IEC 14496-12, 8.8: one `moof` and its `mdat`."""

    def moof(data_offset: int) -> bytes:
        rows = b"".join(
            struct.pack(">III", length, len(data), 0x2000000 if is_key else 0x1010000)
            for data, length, is_key in samples
        )
        run = _box(b"trun", struct.pack(">IIi", 0x000701, len(samples), data_offset) + rows)
        head = _box(b"tfhd", struct.pack(">II", 0x020000, 1))
        time = _box(b"tfdt", struct.pack(">IQ", 0x01000000, base))
        number = _box(b"mfhd", struct.pack(">II", 0, 1))
        return _box(b"moof", number + _box(b"traf", head + time + run))

    whole = moof(len(moof(0)) + 8)
    return whole + _box(b"mdat", b"".join(data for data, _, _ in samples))


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body
