"""Web servers and TLS for the tests: Python's own http.server as a camera nobody of us wrote."""

from __future__ import annotations

import base64
import datetime
import hashlib
import http.server
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import av
import numpy as np
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.core.trust import fingerprint_of

REALM, NONCE = "gate", "5f1e"


def jpeg(level: int, size: tuple[int, int] = (320, 240)) -> bytes:
    """A grey picture, encoded by FFmpeg."""
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = size
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = __import__("fractions").Fraction(1, 25)
    picture = np.full((size[1], size[0], 3), level, np.uint8)
    frame = av.VideoFrame.from_ndarray(picture, "bgr24").reformat(format="yuvj420p")
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


@dataclass
class Conduct:
    """How the camera behaves. auth: "", "basic" or "digest". boundary: as its Content-Type says it.

    has_length: parts tell their length. etag: the picture is said not to have changed. stalls_after: so
    many pictures, then silence.
    """

    auth: str = ""
    user: str = "gate"
    password: str = ""
    boundary: str = "frame"
    has_length: bool = True
    pictures: tuple[bytes, ...] = ()
    etag: str = ""
    status: int = 200
    content_type: str = ""
    stalls_after: int | None = None
    asked: list[str] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)


class Handler(http.server.BaseHTTPRequestHandler):
    """/video is an endless multipart stream, /picture a single one."""

    protocol_version = "HTTP/1.1"

    def __init__(self, conduct: Conduct, *rest: object) -> None:
        self.conduct = conduct
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        conduct = self.conduct
        conduct.asked.append(self.path)
        with suppress(OSError):
            if not self.is_admitted():
                self.refuse()
            elif conduct.status != 200:
                self.answer(conduct.status, b"", "text/plain")
            elif self.path.startswith("/picture"):
                self.picture()
            else:
                self.video()

    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""

    def is_admitted(self) -> bool:
        conduct, said = self.conduct, self.headers.get("Authorization", "")
        if conduct.auth == "basic":
            word = base64.b64encode(f"{conduct.user}:{conduct.password}".encode()).decode()
            return said == f"Basic {word}"
        return conduct.auth != "digest" or self.is_digest_right(said)

    def is_digest_right(self, said: str) -> bool:
        fields = dict(re.findall(r'(\w+)="?([^",]+)"?', said))
        first = md5(f"{self.conduct.user}:{REALM}:{self.conduct.password}")
        second = md5(f"GET:{self.path}")
        middle = f"{NONCE}:{fields.get('nc')}:{fields.get('cnonce')}:auth"
        return fields.get("response") == md5(f"{first}:{middle}:{second}")

    def refuse(self) -> None:
        self.send_response(401)
        if self.conduct.auth == "digest":
            self.send_header("WWW-Authenticate", 'Basic realm="old"')
            self.send_header("WWW-Authenticate", f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth"')
        else:
            self.send_header("WWW-Authenticate", f'Basic realm="{REALM}"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if self.conduct.etag:
            self.send_header("ETag", self.conduct.etag)
        if status in (301, 302):
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def picture(self) -> None:
        if self.conduct.etag and self.headers.get("If-None-Match") == self.conduct.etag:
            self.answer(304, b"", "image/jpeg")
            return
        pictures = self.conduct.pictures
        body = pictures[min(self.conduct.asked.count(self.path), len(pictures)) - 1]
        self.answer(200, body, self.conduct.content_type or "image/jpeg")

    def video(self) -> None:
        conduct = self.conduct
        self.send_response(200)
        kind = conduct.content_type or f"multipart/x-mixed-replace; boundary={conduct.boundary}"
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()
        sent = 0
        while not conduct.ending.wait(0.04):
            if conduct.stalls_after is not None and sent >= conduct.stalls_after:
                continue
            body = conduct.pictures[sent % len(conduct.pictures)]
            length = f"Content-Length: {len(body)}\r\n" if conduct.has_length else ""
            head = f"--{conduct.boundary.lstrip('-')}\r\nContent-Type: image/jpeg\r\n{length}\r\n"
            self.wfile.write(head.encode() + body + b"\r\n")
            sent += 1


class WebCamera:
    """http.server (or the same inside TLS) on a free port, playing `conduct`."""

    def __init__(self, conduct: Conduct, certificate: Certificate | None = None) -> None:
        self.conduct = conduct
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, conduct))
        self._server.daemon_threads = False
        if certificate is not None:
            context = certificate.server_context()
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self.conduct.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class TlsFront:
    """Takes TLS on a free port and hands the inside to `plain_port`."""

    def __init__(self, plain_port: int, certificate: Certificate) -> None:
        self._plain_port = plain_port
        self._context = certificate.server_context()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self.port = int(self._listener.getsockname()[1])
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._ending.is_set():
            with suppress(OSError):
                plain, _ = self._listener.accept()
                plain.settimeout(5.0)
                thread = threading.Thread(target=self._serve, args=(plain,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, plain: socket.socket) -> None:
        with suppress(OSError), closing(plain):
            outer = self._context.wrap_socket(plain, server_side=True)
            with closing(outer), closing(socket.create_connection(("127.0.0.1", self._plain_port))) as inner:
                back = threading.Thread(target=self._pump, args=(inner, outer))
                back.start()
                self._pump(outer, inner)
                back.join()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        one.settimeout(0.1)
        while not self._ending.is_set():
            try:
                data = one.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
            if not data:
                break
            with suppress(OSError):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Certificate:
    """Made for one test; self-signed, as cameras have them."""

    file: Path
    fingerprint: str

    @classmethod
    def new(cls, folder: Path) -> Certificate:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "camera")])
        now = datetime.datetime.now(datetime.UTC)
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        made = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(names, critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file = folder / "camera.pem"
        file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
        return cls(file, fingerprint_of(made.public_bytes(serialization.Encoding.DER)))

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def in_pieces(body: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(body), size):
        yield body[at : at + size]
