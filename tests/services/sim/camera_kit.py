"""A small campus with a few cameras, and a plain RTSP client, for the tests of the simulated cameras."""

from __future__ import annotations

import hashlib
import re
import socket
from dataclasses import dataclass, field
from datetime import datetime

import av

from services.domain.classes import AlarmClass
from services.domain.site import (
    Area,
    AreaKind,
    Camera,
    CameraNo,
    PanelNo,
    Path,
    Site,
    Wall,
    Zone,
    ZoneKind,
    ZoneNo,
)
from services.sim.actors import Actor, Look, Mark
from services.sim.story import Story
from tests.waiting import LIMIT_S

USER, PASSWORD = "watch", "s3cret"


def camera(no: str, at: tuple[float, float], heading_deg: float) -> Camera:
    return Camera(CameraNo(no), f"{no} 号", no, "", at, 5.0, heading_deg, 70.0, 60.0, "", "")


def small_site() -> Site:
    """100 × 100 m: cameras in the south look north; a building hides (60, 60) from C02."""
    zone = Zone(
        ZoneNo("Z01"),
        PanelNo("A1"),
        1,
        "按钮",
        "button",
        ZoneKind.PANIC_BUTTON,
        AlarmClass.PANIC,
        "",
        (50, 40),
    )
    return Site(
        "small",
        "小校区",
        "Small",
        100.0,
        100.0,
        areas=(
            Area(
                "B1",
                "楼",
                "b",
                AreaKind.BUILDING,
                ((52.0, 40.0), (70.0, 40.0), (70.0, 50.0), (52.0, 50.0)),
                15.0,
            ),
            Area("R1", "路", "r", AreaKind.ROAD, ((0.0, 20.0), (100.0, 20.0), (100.0, 28.0), (0.0, 28.0))),
        ),
        walls=(Wall("W1", "墙", "w", ((0.0, 98.0), (100.0, 98.0))),),
        paths=(Path("K1", ((2.0, 24.0), (98.0, 24.0))),),
        cameras=(camera("C01", (30, 5), 0.0), camera("C02", (60, 10), 0.0), camera("C05", (80, 5), 340.0)),
        zones=(zone,),
    )


def small_story(*actors: Actor) -> Story:
    return Story("small", datetime(2026, 9, 1, 8, 30), actors, ())


def standing(
    no: str, at: tuple[float, float], colour: tuple[int, int, int], look: Look = Look.PERSON
) -> Actor:
    return Actor(no, look, (Mark(0.0, at), Mark(120.0, at)), colour, 1.8)


def open_video(
    url: str, transport: str = "tcp", user: str = USER, password: str = PASSWORD
) -> av.container.InputContainer:
    """Open a stream as any FFmpeg client does."""
    options = {"rtsp_transport": transport, "probesize": "32768", "analyzeduration": "0"}
    return av.open(url.replace("rtsp://", f"rtsp://{user}:{password}@"), options=options, timeout=(8.0, 4.0))


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class RtspClient:
    """Speaks RTSP by hand, so that a test can misbehave."""

    port: int
    sock: socket.socket = field(init=False)
    held: bytes = b""
    cseq: int = 0
    session: str = ""
    authorization: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=LIMIT_S)

    def __enter__(self) -> RtspClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def url(self, path: str) -> str:
        return f"rtsp://127.0.0.1:{self.port}/{path}"

    def request(self, method: str, path: str, password: str = PASSWORD, **headers: str) -> Reply:
        """Send one request, with credentials once the server has asked for them."""
        self.send(method, path, password, **headers)
        reply = self.reply()
        if reply.status == 401 and not self.authorization and password:
            self.authorization = dict(re.findall(r'(\w+)="([^"]*)"', reply.headers["www-authenticate"]))
            self.send(method, path, password, **headers)
            reply = self.reply()
        return reply

    def send(self, method: str, path: str, password: str = PASSWORD, **headers: str) -> None:
        self.sock.sendall(self.encode(method, path, password, **headers))

    def encode(self, method: str, path: str, password: str = PASSWORD, **headers: str) -> bytes:
        self.cseq += 1
        lines = [f"{method} {self.url(path)} RTSP/1.0", f"CSeq: {self.cseq}"]
        lines += [f"{name.title()}: {value}" for name, value in headers.items()]
        if self.authorization:
            lines.append("Authorization: " + self._digest(method, self.url(path), password))
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _digest(self, method: str, url: str, password: str) -> str:
        realm, nonce = self.authorization["realm"], self.authorization["nonce"]
        ha1 = hashlib.md5(f"{USER}:{realm}:{password}".encode()).hexdigest()
        ha2 = hashlib.md5(f"{method}:{url}".encode()).hexdigest()
        response = hashlib.md5(f"{ha1}:{nonce}:{ha2}".encode()).hexdigest()
        return (
            f'Digest username="{USER}", realm="{realm}", nonce="{nonce}", uri="{url}", response="{response}"'
        )

    def reply(self) -> Reply:
        """The next answer; binary packets before it are skipped."""
        while True:
            while len(self.held) >= 4 and self.held[0] == 0x24:
                self._need(4 + int.from_bytes(self.held[2:4], "big"))
                self.held = self.held[4 + int.from_bytes(self.held[2:4], "big") :]
            end = self.held.find(b"\r\n\r\n")
            if self.held[:1] != b"$" and end >= 0:
                return self._parse(end)
            self._need(len(self.held) + 1)

    def packet(self) -> tuple[int, bytes]:
        """The next binary packet: channel and payload."""
        self._need(4)
        assert self.held[0] == 0x24, self.held[:40]
        size = int.from_bytes(self.held[2:4], "big")
        self._need(4 + size)
        found = (self.held[1], self.held[4 : 4 + size])
        self.held = self.held[4 + size :]
        return found

    def _parse(self, end: int) -> Reply:
        lines = self.held[:end].decode().split("\r\n")
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        size = int(headers.get("content-length", "0"))
        self._need(end + 4 + size)
        body = self.held[end + 4 : end + 4 + size]
        self.held = self.held[end + 4 + size :]
        return Reply(int(lines[0].split(" ")[1]), headers, body)

    def _need(self, size: int) -> None:
        while len(self.held) < size:
            data = self.sock.recv(65536)
            if not data:
                raise ConnectionResetError("closed")
            self.held += data
