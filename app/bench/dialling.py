"""Every panel's dialler of the alarm bench in one thread: one for each took half a millisecond of processor
time an alarm, on a machine on which no panel would run."""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from services.alarms.drivers import frame, wire
from services.alarms.drivers.frame import Content, Header
from services.core.clock import Clock
from services.sim.panels import ANSWER_BYTES, MOST_SEQUENCE, Line, Report, Transport, connect, data_of

# Connections, and frames under way on each at most. The hub takes 64 connections of one address, and of one
# address and port 64 frames; a datagram's sender waits for nobody, so that a storm is one.
LINES = {Transport.TCP: (40, 1), Transport.UDP: (40, 50)}
# So long after its moment a press that nobody acknowledged is given up.
GIVE_UP_S = 60.0


@dataclass(slots=True)
class Press:
    """One event of the plan: when (seconds from the start), which kind of panel, which zone.

    sent_s: when it was sent for the first time, from the start too.
    """

    at_s: float
    kind: int
    zone: int
    sent_s: float | None = None
    ack_ms: float | None = None


@dataclass(slots=True)
class _Wire:
    """One connection, dialled when it is first needed."""

    link: socket.socket | None = None
    framer: wire.Framer = field(default_factory=wire.Framer)


@dataclass(slots=True)
class _Frame:
    """One that is under way. again_s: when it is sent once more, unless something acknowledges it."""

    press: Press
    wire: _Wire
    again_s: float


class Diallers:
    """All connections of one kind of panel: `wires` of them, on each `frames` under way at most; `eyes` says
    when one has an answer."""

    def __init__(self, line: Line, code: str, presses: Sequence[Press], clock: Clock, eyes: Eyes) -> None:
        self._line = line
        self._code = code
        self._clock = clock
        self._eyes = eyes
        self._waiting = deque(presses)
        wires, frames = LINES[line.transport]
        self._wires = [_Wire() for _ in range(wires)]
        self._free = deque(self._wires * frames)
        self._under_way: dict[str, _Frame] = {}
        # When which sequence is sent again; those that were acknowledged since are passed over.
        self._again: list[tuple[float, str]] = []
        self._sequence = 0

    @property
    def is_over(self) -> bool:
        return not self._waiting and not self._under_way

    def due_s(self) -> float:
        """When `turn` has something to do."""
        while self._again and not self._is_under_way(*self._again[0]):
            heappop(self._again)
        due_s = self._again[0][0] if self._again else float("inf")
        return min(due_s, self._waiting[0].at_s) if self._waiting and self._free else due_s

    def turn(self, now_s: float) -> None:
        """Send what is due: what got no answer, and new presses while a connection is free."""
        while self._again and self._again[0][0] <= now_s:
            again_s, sequence = heappop(self._again)
            if self._is_under_way(again_s, sequence):
                self._send_again(sequence, now_s)
        while self._waiting and self._free and self._waiting[0].at_s <= now_s:
            sequence, press = self._next_sequence(), self._waiting.popleft()
            press.sent_s = now_s
            self._under_way[sequence] = _Frame(press, self._free.popleft(), now_s)
            self._send(sequence, now_s)

    def hear(self, on: _Wire, now_s: float) -> None:
        """Something has come in on this connection."""
        try:
            answer = on.link.recv(ANSWER_BYTES) if on.link is not None else b""
        except OSError:
            answer = b""
        if not answer:
            self._hang_up(on, now_s)
        for body in on.framer.feed(answer):
            sequence = self._acknowledged(body)
            if sequence in self._under_way:
                press = self._under_way[sequence].press
                press.ack_ms = (now_s - press.at_s) * 1000
                self._let_go(sequence)

    def close(self) -> None:
        for one in self._wires:
            if one.link is not None:
                self._eyes.forget(one.link)

    def _send(self, sequence: str, now_s: float) -> None:
        line, under_way = self._line, self._under_way[sequence]
        self._send_later(sequence, now_s + line.answer_s)
        kind, account = line.protocol.value, line.account.upper()
        header = Header(kind, line.key is not None, sequence, line.receiver, line.line, account)
        content = Content(data_of(line, Report(self._code, under_way.press.zone)), "", self._clock.now())
        on = under_way.wire
        try:
            if on.link is None:
                on.link = connect(line.host, line.port, line.transport)
                self._eyes.watch(on.link, self, on)
            on.link.sendall(frame.build(header, content, line.key))
        except OSError:
            self._hang_up(on, now_s)

    def _next_sequence(self) -> str:
        """Begins anew after 9999, and passes over those that are still under way."""
        while True:
            self._sequence = self._sequence % MOST_SEQUENCE + 1
            if (sequence := f"{self._sequence:04d}") not in self._under_way:
                return sequence

    def _send_again(self, sequence: str, now_s: float) -> None:
        if now_s - self._under_way[sequence].press.at_s < GIVE_UP_S:
            self._send(sequence, now_s)
        else:
            self._let_go(sequence)

    def _send_later(self, sequence: str, again_s: float) -> None:
        self._under_way[sequence].again_s = again_s
        heappush(self._again, (again_s, sequence))

    def _is_under_way(self, again_s: float, sequence: str) -> bool:
        known = self._under_way.get(sequence)
        return known is not None and known.again_s == again_s

    def _hang_up(self, on: _Wire, now_s: float) -> None:
        """A lost line is dialled anew, for all that was under way on it too."""
        if on.link is not None:
            self._eyes.forget(on.link)
        on.link, on.framer = None, wire.Framer()
        for sequence, under_way in self._under_way.items():
            if under_way.wire is on:
                self._send_later(sequence, now_s + self._line.retry_s)

    def _let_go(self, sequence: str) -> None:
        self._free.append(self._under_way.pop(sequence).wire)

    def _acknowledged(self, body: bytes) -> str:
        """The sequence of what this answers; an encrypted panel believes only what its receiver wrote."""
        split, key = frame.split_body(body), self._line.key
        if split is None or split[0].id != "ACK" or split[0].is_encrypted is not (key is not None):
            return ""
        return split[0].sequence if frame.read_content(split[1], key) is not None else ""


class Eyes:
    """Watches the connections of all diallers and lets each have its turn, until all are through."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._begins_s = 0.0

    def watch(self, link: socket.socket, diallers: Diallers, on: _Wire) -> None:
        self._selector.register(link, selectors.EVENT_READ, (diallers, on))

    def forget(self, link: socket.socket) -> None:
        self._selector.unregister(link)
        link.close()

    def run(self, kinds: Sequence[Diallers], begins_s: float) -> None:
        """Blocks. begins_s: monotonic, when the plan's second 0 is."""
        self._begins_s = begins_s
        while not all(diallers.is_over for diallers in kinds):
            left_s = min(diallers.due_s() for diallers in kinds) - self._now_s()
            for key, _ in self._selector.select(max(0.0, left_s)):
                diallers, on = key.data
                diallers.hear(on, self._now_s())
            for diallers in kinds:
                diallers.turn(self._now_s())
        for diallers in kinds:
            diallers.close()
        self._selector.close()

    def _now_s(self) -> float:
        return time.monotonic() - self._begins_s
