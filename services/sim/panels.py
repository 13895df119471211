"""A simulated alarm panel's dialler: speaks DC-09 to a receiver and repeats until it is acknowledged."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from services.alarms.drivers import frame, wire
from services.alarms.drivers.frame import Content, Header
from services.core.clock import Clock
from services.domain.alarms import Qualifier

ANSWER_BYTES = 4096
CONNECT_S = 3.0
# How often a waiting dialler looks whether it was told to stop.
LOOK_UP_S = 0.25
MOST_SEQUENCE = 9999

log = structlog.get_logger(__name__)


class Transport(StrEnum):
    TCP = "tcp"
    UDP = "udp"


class Protocol(StrEnum):
    ADM_CID = "ADM-CID"
    SIA_DCS = "SIA-DCS"


@dataclass(frozen=True, slots=True)
class Report:
    """One event to dial: code is Contact ID (three digits) or SIA (two letters), as the line speaks.

    point: of a fire device's line, where it is; its codes are fire, fault, started and feedback.
    """

    code: str
    zone: int
    qualifier: Qualifier = Qualifier.NEW
    partition: int = 1
    text: str = ""
    point: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Where and how a panel dials; key: 16, 24 or 32 bytes to encrypt with, None for plain frames.

    answer_s: how long it waits for an answer. tries: how often it sends one frame before giving up.
    """

    account: str
    host: str
    port: int
    transport: Transport = Transport.TCP
    protocol: Protocol = Protocol.ADM_CID
    key: bytes | None = None
    receiver: str = ""
    line: str = "L0"
    answer_s: float = 3.0
    retry_s: float = 1.0
    tries: int = 60

    def __repr__(self) -> str:
        return f"Line({self.account} -> {self.host}:{self.port} {self.transport} {self.protocol})"


class Dialler:
    """One panel's transmitter; used by one thread at a time.

    stop: set from elsewhere, it ends the waiting between tries.
    """

    def __init__(self, line: Line, clock: Clock, stop: threading.Event | None = None) -> None:
        self._line = line
        self._clock = clock
        self._stop = stop or threading.Event()
        self._sequence = 0
        self._clock_offset = timedelta()
        self._socket: socket.socket | None = None
        self._answers = wire.Framer()

    def send(self, report: Report) -> bool:
        """Dial `report` until it is acknowledged; False when every try failed or `stop` was set."""
        return self._deliver(self._line.protocol.value, data_of(self._line, report))

    def poll(self) -> bool:
        """One NULL frame, as a sign of life; tried once, the next poll is the retry."""
        return self._attempt(self._header("NULL", 0), "")

    def rest(self, seconds: float) -> bool:
        """Wait so long; True when `stop` was set."""
        return self._stop.wait(seconds)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._answers = wire.Framer()

    def _deliver(self, kind: str, data: str) -> bool:
        self._sequence = self._sequence % MOST_SEQUENCE + 1
        header = self._header(kind, self._sequence)
        for tried in range(self._line.tries):
            if tried and self._stop.wait(self._line.retry_s):
                return False
            if self._attempt(header, data):
                return True
        log.warning("dialler.gave_up", account=self._line.account, tries=self._line.tries)
        return False

    def _header(self, kind: str, sequence: int) -> Header:
        line = self._line
        return Header(
            kind, line.key is not None, f"{sequence:04d}", line.receiver, line.line, line.account.upper()
        )

    def _attempt(self, header: Header, data: str) -> bool:
        """Send once and wait for the answer; a NAK's time is taken over for the next try."""
        try:
            link = self._connected()
            link.sendall(frame.build(header, Content(data, "", self._now()), self._line.key))
            return self._await_answer(link, header)
        except OSError:
            self.close()
            return False

    def _await_answer(self, link: socket.socket, header: Header) -> bool:
        due_s = self._clock.monotonic() + self._line.answer_s
        while (left_s := due_s - self._clock.monotonic()) > 0 and not self._stop.is_set():
            link.settimeout(min(left_s, LOOK_UP_S))
            try:
                answer = link.recv(ANSWER_BYTES)
            except TimeoutError:
                continue
            if not answer:
                raise ConnectionResetError
            for body in self._answers.feed(answer):
                split = frame.split_body(body)
                if split is not None and split[0].id == "NAK":
                    self._take_time(split[1])
                    return False
                if split is not None and self._is_ack(*split, header):
                    return True
        return False

    def _is_ack(self, answer: Header, rest: bytes, asked: Header) -> bool:
        """An encrypted panel believes only an answer that only its receiver can have written."""
        if answer.id != "ACK" or answer.sequence != asked.sequence:
            return False
        if answer.is_encrypted != asked.is_encrypted:
            return False
        return frame.read_content(rest, self._line.key) is not None

    def _take_time(self, rest: bytes) -> None:
        content = frame.read_content(rest, None)
        if content is not None and content.sent_at is not None:
            self._clock_offset = content.sent_at - self._clock.now()

    def _now(self) -> datetime:
        return self._clock.now() + self._clock_offset

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._socket = connect(self._line.host, self._line.port, self._line.transport)
        return self._socket


def connect(host: str, port: int, transport: Transport) -> socket.socket:
    """A line to a receiver. Raises OSError."""
    if transport is Transport.TCP:
        return socket.create_connection((host, port), timeout=CONNECT_S)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    link = socket.socket(family, socket.SOCK_DGRAM)
    with contextlib.ExitStack() as undo:
        undo.callback(link.close)
        link.connect((host, port))
        undo.pop_all()
    return link


def data_of(line: Line, report: Report) -> str:
    """What stands between a frame's brackets for `report`."""
    account = f"#{line.account.upper()}|"
    if line.protocol is Protocol.ADM_CID:
        digit = {Qualifier.RESTORE: "3", Qualifier.STILL: "6"}.get(report.qualifier, "1")
        return f"{account}{digit}{report.code} {report.partition:02d} {report.zone:03d}"
    text = f"|A{report.text}" if report.text else ""
    block = "O" if report.qualifier is Qualifier.STILL else "N"
    return f"{account}{block}ri{report.partition}/{report.code}{report.zone:03d}{text}"
