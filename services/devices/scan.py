"""Looks over a range of addresses for cameras: few questions, no password in the clear, stoppable."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog

from services.core.secrets import Credential
from services.devices.rtsp import RTSP_PORT, Answer, Manner, Reach, describe, reach

AT_ONCE = 64
CONNECT_LIMIT_S = 1.5
# Main and sub-stream as makers name them; most common in China first.
KNOWN_PATHS: tuple[tuple[str, str], ...] = (
    ("/Streaming/Channels/101", "/Streaming/Channels/102"),
    ("/cam/realmonitor?channel=1&subtype=0", "/cam/realmonitor?channel=1&subtype=1"),
    ("/media/video1", "/media/video2"),
    ("/stream1", "/stream2"),
    ("/h264Preview_01_main", "/h264Preview_01_sub"),
    ("/11", "/12"),
    ("/axis-media/media.amp", "/axis-media/media.amp?resolution=640x360"),
)
# Who names them so, in the same order.
MAKERS = ("海康 Hikvision", "大华 Dahua", "宇视 Uniview", "TP-Link", "Reolink", "HiSilicon", "Axis")
_OK, _UNAUTHORIZED, _NOT_FOUND = 200, 401, frozenset({400, 404, 451, 454})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """Something that speaks RTSP, or might be a camera by its open ports.

    rtsp_port: 0 when nothing spoke RTSP. main_url, sub_url: "" when no known path fitted.
    needs_login: it wants a user and password. login_fits: None when none was tried.
    """

    host: str
    open_ports: tuple[int, ...]
    rtsp_port: int = 0
    server: str = ""
    main_url: str = ""
    sub_url: str = ""
    needs_login: bool = False
    login_fits: bool | None = None


class AddressScan:
    """One look over `hosts`; `run` blocks in a job, the rest may be asked from another thread."""

    def __init__(self, hosts: Sequence[str], ports: Sequence[int], login: Credential | None = None) -> None:
        self._hosts = tuple(hosts)
        self._ports = tuple(ports)
        self._login = login
        self._found: list[FoundCamera] = []
        self._done = 0
        self._stop = threading.Event()

    @property
    def total(self) -> int:
        """How many addresses will be contacted."""
        return len(self._hosts)

    @property
    def done(self) -> int:
        return self._done

    @property
    def found(self) -> tuple[FoundCamera, ...]:
        """What answered so far, in the order it did."""
        return tuple(self._found)

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """No new address is contacted; `run` returns within seconds."""
        self._stop.set()

    def run(self) -> tuple[FoundCamera, ...]:
        """What was found, by address."""
        asyncio.run(self._look())
        log.info("scan.over", hosts=self.total, looked_at=self._done, found=len(self._found))
        order = {host: index for index, host in enumerate(self._hosts)}
        return tuple(sorted(self._found, key=lambda found: order[found.host]))

    async def _look(self) -> None:
        waiting = iter(self._hosts)
        async with asyncio.TaskGroup() as group:
            for _ in range(min(AT_ONCE, len(self._hosts))):
                group.create_task(self._worker(waiting))

    async def _worker(self, waiting: Iterator[str]) -> None:
        for host in waiting:
            if self._stop.is_set():
                return
            found = await self._look_at(host)
            self._done += 1
            if found is not None:
                self._found.append(found)

    async def _look_at(self, host: str) -> FoundCamera | None:
        reached = await asyncio.gather(*(reach(host, port, CONNECT_LIMIT_S) for port in self._ports))
        ports = tuple(port for port, how in zip(self._ports, reached, strict=True) if how is Reach.OPEN)
        for port in ports:
            found = await self._ask(host, port, ports)
            if found is not None:
                return found
        return FoundCamera(host, ports) if ports else None

    async def _ask(self, host: str, port: int, ports: tuple[int, ...]) -> FoundCamera | None:
        """None when what listens there does not speak RTSP."""
        root = f"rtsp://{host}" + (f":{port}" if port != RTSP_PORT else "")
        for main, sub in KNOWN_PATHS:
            answer = await describe(root + main, host, self._login, sends_basic=False)
            if answer.manner is not Manner.SPEAKS:
                return None
            if answer.status not in _NOT_FOUND:
                return await self._settled(host, ports, answer, root + main, root + sub)
        return FoundCamera(host, ports, port, answer.server, login_fits=True if answer.sent_login else None)

    async def _settled(
        self, host: str, ports: tuple[int, ...], answer: Answer, main_url: str, sub_url: str
    ) -> FoundCamera:
        port = urlsplit(main_url).port or RTSP_PORT
        if answer.status == _UNAUTHORIZED:
            # Not another path: a camera that counts wrong passwords would lock the account.
            fits = False if answer.sent_login else None
            return FoundCamera(host, ports, port, answer.server, needs_login=True, login_fits=fits)
        if answer.status != _OK:
            return FoundCamera(host, ports, port, answer.server)
        second = await describe(sub_url, host, self._login, sends_basic=False)
        return FoundCamera(
            host,
            ports,
            port,
            answer.server,
            main_url,
            sub_url if second.status == _OK else main_url,
            needs_login=bool(answer.scheme) or answer.sent_login,
            login_fits=True if answer.sent_login else None,
        )
