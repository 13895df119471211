"""A simulated user-information transmission device: GB/T 26875.3 towards a centre, and its components."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from services.alarms.drivers import gb26875_units as units
from services.alarms.drivers.gb26875_frame import (
    TIME_BYTES,
    Command,
    Frame,
    Framer,
    answer,
    pack,
    read_time,
    time_stamp,
)
from services.alarms.drivers.gb26875_units import NOTE_BYTES, UnitType
from services.core.clock import Clock
from services.domain.alarms import Qualifier
from services.sim.firetold import NORMAL, answer_about
from services.sim.panels import ANSWER_BYTES, LOOK_UP_S, Report, Transport, connect

# State bits of the standard, by what a report is about; bit 0 is "normal, not in test".
STATE_BITS = {"fire": 1 << 1, "fault": 1 << 2, "started": 1 << 5, "feedback": 1 << 6}
# Component types: a spot smoke detector for what reports, an output module for what is moved.
SMOKE_DETECTOR = 42
OUTPUT_MODULE = 86
CENTRE = 0x5B38
MOST_SERIAL = 0xFFFF

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FireLine:
    """Where and how a device reports; account: its address, twelve hexadecimal digits.

    duty_s: after how long somebody answers a duty check, None = nobody does. is_obedient: commands to a
    component are carried out and fed back; else they are denied.
    """

    account: str
    host: str
    port: int
    transport: Transport = Transport.TCP
    answer_s: float = 3.0
    retry_s: float = 1.0
    tries: int = 60
    duty_s: float | None = 3.0
    is_obedient: bool = True


@dataclass(slots=True)
class Heard:
    """What the centre has told or asked; the newest last."""

    duty_checks: int = 0
    clocks_set: list[datetime] = field(default_factory=list)
    moved: list[tuple[str, bool]] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    denied: int = 0


class FireBox:
    """One device; used by one thread at a time. Offers what a day needs: send, poll, rest, close.

    stop: set from elsewhere, it ends the waiting between tries.
    """

    def __init__(self, line: FireLine, clock: Clock, stop: threading.Event | None = None) -> None:
        self.heard = Heard()
        self._line = line
        self._clock = clock
        self._stop = stop or threading.Event()
        self._serial = 0
        self._clock_offset = timedelta()
        self._socket: socket.socket | None = None
        self._framer = Framer()
        self._duty_due_s: float | None = None
        self._states: dict[str, int] = {}
        self._confirmed: set[int] = set()
        self._done_serial: int | None = None

    def send(self, report: Report) -> bool:
        """Report a component until it is confirmed; a restore tells its state without the code's bit."""
        flags = self.note(report)
        return self.tell(component_state(report.point, flags, self._now(), report.text))

    def note(self, report: Report) -> int:
        """What a component does without telling: the centre finds it when it asks. Returns its state."""
        bit = STATE_BITS[report.code]
        flags = self._states.get(report.point, NORMAL)
        flags = flags & ~bit if report.qualifier is Qualifier.RESTORE else flags | bit
        self._states[report.point] = flags
        return flags

    def poll(self) -> bool:
        """A sign of life: an empty unit, sent once."""
        return self._attempt(self._next_serial(), b"")

    def tell(self, unit: bytes) -> bool:
        """Send `unit` until it is confirmed; False when every try failed or `stop` was set."""
        serial = self._next_serial()
        for tried in range(self._line.tries):
            if tried and self._stop.wait(self._line.retry_s):
                return False
            if self._attempt(serial, unit):
                return True
        log.warning("firebox.gave_up", account=self._line.account, tries=self._line.tries)
        return False

    def rest(self, seconds: float) -> bool:
        """Listen to the centre for so long; True when `stop` was set."""
        due_s = self._clock.monotonic() + seconds
        while (left_s := due_s - self._clock.monotonic()) > 0 and not self._stop.is_set():
            self._answer_duty()
            if self._socket is None:
                self._stop.wait(min(left_s, LOOK_UP_S))
                continue
            with contextlib.suppress(OSError):
                self._listen(self._socket, min(left_s, LOOK_UP_S))
        return self._stop.is_set()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._framer = Framer()

    def _attempt(self, serial: int, unit: bytes) -> bool:
        try:
            if self._socket is None:
                self._socket = connect(self._line.host, self._line.port, self._line.transport)
            link = self._socket
            link.sendall(pack(self._frame(serial, Command.SEND, unit)))
            due_s = self._clock.monotonic() + self._line.answer_s
            while (left_s := due_s - self._clock.monotonic()) > 0 and not self._stop.is_set():
                self._listen(link, min(left_s, LOOK_UP_S))
                if serial in self._confirmed:
                    self._confirmed.discard(serial)
                    return True
        except OSError:
            self.close()
        return False

    def _listen(self, link: socket.socket, most_s: float) -> None:
        """Take what the centre says within `most_s`. Raises OSError when the line is gone."""
        link.settimeout(most_s)
        try:
            data = link.recv(ANSWER_BYTES)
        except TimeoutError:
            return
        if not data:
            self.close()
            raise ConnectionResetError
        for frame in self._framer.feed(data):
            self._obey(link, frame)

    def _obey(self, link: socket.socket, frame: Frame) -> None:
        match frame.command:
            case Command.CONFIRM:
                self._confirmed.add(frame.serial)
            case Command.DENY:
                self.heard.denied += 1
            case Command.CONTROL:
                is_again = frame.serial == self._done_serial
                is_done = is_again or self._control(frame.unit)
                self._done_serial = frame.serial if is_done else self._done_serial
                link.sendall(answer(frame, Command.CONFIRM if is_done else Command.DENY, self._now()))
                if is_done and not is_again and frame.unit[0] == UnitType.MOVE_COMPONENT:
                    self._feed_back(link, frame.unit)
            case Command.REQUEST:
                link.sendall(self._answer_to(frame))

    def _control(self, unit: bytes) -> bool:
        """Whether the command was understood and will be done."""
        match unit[0] if unit else 0:
            case UnitType.INITIALISE:
                return True
            case UnitType.SYNCHRONISE_CLOCK:
                said_at = read_time(unit[2 : 2 + TIME_BYTES])
                if said_at is None:
                    return False
                self.heard.clocks_set.append(said_at)
                self._clock_offset = said_at - self._clock.now()
                return True
            case UnitType.DUTY_CHECK:
                self.heard.duty_checks += 1
                if self._line.duty_s is not None:
                    self._duty_due_s = self._clock.monotonic() + self._line.duty_s
                return True
            case UnitType.MOVE_COMPONENT:
                return self._line.is_obedient
        return False

    def _feed_back(self, link: socket.socket, unit: bytes) -> None:
        """A component that was moved says so; the confirmation comes with the next listening."""
        point, is_start = units.point_of(unit[2:]), bool(unit[8])
        self.heard.moved.append((point, is_start))
        flags = NORMAL | (STATE_BITS["started"] | STATE_BITS["feedback"] if is_start else 0)
        self._states[point] = flags
        state = component_state(point, flags, self._now(), kind=OUTPUT_MODULE)
        link.sendall(pack(self._frame(self._next_serial(), Command.SEND, state)))

    def _answer_to(self, frame: Frame) -> bytes:
        kind = frame.unit[0] if frame.unit else 0
        self.heard.asked.append(kind)
        if kind == UnitType.READ_COMPONENT_STATE:
            point = units.point_of(frame.unit[2:])
            state = component_state(point, self._states.get(point, NORMAL), self._now(), kind=OUTPUT_MODULE)
            return pack(self._frame(frame.serial, Command.ANSWER, state))
        told = answer_about(frame.unit, self._system_flags(frame.unit[2:4]), self._now())
        if told is None:
            return answer(frame, Command.DENY, self._now())
        return pack(self._frame(frame.serial, Command.ANSWER, told))

    def _system_flags(self, system: bytes) -> int:
        """What holds for one of its components holds for the system; the bits are the same."""
        flags = NORMAL
        for point, state in self._states.items():
            flags |= state if units.point_bytes(point)[:2] == system else 0
        return flags

    def _answer_duty(self) -> None:
        if self._duty_due_s is not None and self._clock.monotonic() >= self._duty_due_s:
            self._duty_due_s = None
            self.tell(units.duty_answer(1, self._now()))

    def _frame(self, serial: int, command: Command, unit: bytes) -> Frame:
        device = int(self._line.account, 16)
        return Frame(serial, (1, 1), self._now(), device, CENTRE, command.value, unit)

    def _next_serial(self) -> int:
        self._serial = self._serial % MOST_SERIAL + 1
        return self._serial

    def _now(self) -> datetime:
        return self._clock.now() + self._clock_offset

    def set_clock_wrong(self, by: timedelta) -> None:
        """Until the centre sets it."""
        self._clock_offset = by


def component_state(
    point: str, flags: int, at: datetime, note: str = "", kind: int = SMOKE_DETECTOR
) -> bytes:
    """A unit of type 2 with one object; point: "system.address.zone.position"."""
    where = units.point_bytes(point)
    text = note.encode("gb18030")[:NOTE_BYTES].ljust(NOTE_BYTES, b" ")
    return (
        bytes((UnitType.COMPONENT_STATE, 1))
        + where[:2]
        + bytes((kind,))
        + where[2:]
        + flags.to_bytes(2, "little")
        + text
        + time_stamp(at)
    )
