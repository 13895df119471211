"""The centre's own voice towards fire transmission devices, on the line where they last spoke."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError as Cancelled
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from services.alarms.drivers import gb26875_units as units
from services.alarms.drivers.base import Received
from services.alarms.drivers.gb26875_frame import Command, Frame, pack
from services.alarms.drivers.gb26875_units import FireReport, UnitType
from services.core.clock import Clock
from services.domain.fire_requests import FireOutcome

Send = Callable[[bytes], bool]

# The standard allows up to 10 s and three repeats; a started fan should not wait that long.
ANSWER_S = 3.0
REPEATS = 3
# A denial is repeated too, as the standard says, but not at once: the device may be busy.
DENIED_PAUSE_S = 0.2
MOST_SERIAL = 0xFFFF
DUTY_MINUTES = 10
# A device's clock further off than this is set; a device that does not obey is not asked all the time.
MOST_SKEW = timedelta(seconds=5)
SET_CLOCK_AGAIN_S = 600.0
_SLACK_S = 5.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """reports: what the device told, of questions. tries: frames sent. took_ms: until the answer."""

    outcome: FireOutcome
    reports: tuple[FireReport, ...] = ()
    tries: int = 0
    took_ms: int = 0

    @property
    def is_accepted(self) -> bool:
        return self.outcome is FireOutcome.ACCEPTED


@dataclass(frozen=True, slots=True)
class _Line:
    """How to reach a device: both addresses and the version as it writes them."""

    send: Send
    device: int
    centre: int
    version: tuple[int, int]


def first_serial(at: datetime) -> int:
    """0 to 65534: where a link that begins at `at` starts to count.

    A device does a serial that it has heard before no second time. Tenths of a second are far ahead of what
    the hub before can have sent; only every 1.8 hours one of them is the same again.
    """
    return round(at.timestamp() * 10) % MOST_SERIAL


class FireLink:
    """Commands block the caller, never the receiver: not for the event loop's own thread.

    A device is reached where its newest valid frame came from. The protocol has no keys: whoever can reach
    the port and imitates an address gets the commands meant for it.
    """

    def __init__(
        self,
        clock: Clock,
        knows: Callable[[str], bool],
        *,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._clock = clock
        self._knows = knows
        self._answer_s = answer_s
        self._lines: dict[str, _Line] = {}
        self._waiting: dict[tuple[str, int], asyncio.Future[Frame]] = {}
        self._serial = first_serial(clock.now())
        self._clock_set_s: dict[str, float] = {}
        self._setting: set[asyncio.Task[Answer]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    # Commands, from any thread

    def send_control(self, account: str, point: str, action: str, *, is_once: bool = False) -> Answer:
        """Start or stop what hangs at `point` ("system.address.zone.position"); action: start or stop.

        is_once: no second try, also for a device that has not answered: it may have restarted and forgotten
        that it heard this serial.

        ACCEPTED says that the device took the command; that the thing moved is told by its feedback signal.
        """
        if action not in ("start", "stop"):
            raise ValueError(f"action {action!r}")
        unit = units.move_component(point, is_start=action == "start")
        return self._run(self._ask(account, Command.CONTROL, unit, tries=1 if is_once else REPEATS + 1))

    def set_clock(self, account: str) -> Answer:
        return self._run(self._set_clock(account))

    def check_duty(self, account: str, minutes: int = DUTY_MINUTES) -> Answer:
        """Sound at the device until somebody there answers; the answer comes as a signal of its own."""
        return self._run(self._ask(account, Command.CONTROL, units.duty_check(minutes)))

    def initialise(self, account: str) -> Answer:
        return self._run(self._ask(account, Command.CONTROL, units.initialise()))

    def read(self, account: str, kind: UnitType, point: str = "", since_at: datetime | None = None) -> Answer:
        """Ask for a state, version, configuration, time or records, as the READ_ types name them."""
        unit = units.read_request(kind, point, since_at)
        return self._run(self._ask(account, Command.REQUEST, unit))

    def answer_duty(self, account: str, operator: int) -> Answer:
        """Tell a centre above us that the desk is manned; operator: 0 to 255."""
        unit = units.duty_answer(operator, self._clock.now())
        return self._run(self._ask(account, Command.SEND, unit))

    def is_connected(self, account: str) -> bool:
        """Whether it has spoken since the hub began; its line may have gone since."""
        return account in self._lines

    # In the receiver's loop

    def open(self) -> None:
        self._loop = asyncio.get_running_loop()

    async def close(self) -> None:
        self._loop = None
        for waiting in self._waiting.values():
            waiting.cancel()
        for task in self._setting:
            task.cancel()
        await asyncio.gather(*self._setting, return_exceptions=True)

    def overhear(self, received: Received, send: Send) -> None:
        """Note where a device of the site can be reached, and take its answers to us."""
        frame = received.frame
        if frame is None or not self._knows(frame.account):
            return
        self._lines[frame.account] = _Line(send, frame.source, frame.destination, frame.version)
        if frame.command in (Command.CONFIRM, Command.ANSWER, Command.DENY):
            waiting = self._waiting.get((frame.account, frame.serial))
            if waiting is not None and not waiting.done():
                waiting.set_result(frame)
            return
        self._watch_clock(frame)

    def _watch_clock(self, frame: Frame) -> None:
        now_s = self._clock.monotonic()
        if frame.sent_at is not None and abs(frame.sent_at - self._clock.now()) <= MOST_SKEW:
            return
        if now_s - self._clock_set_s.get(frame.account, float("-inf")) < SET_CLOCK_AGAIN_S:
            return
        self._clock_set_s[frame.account] = now_s
        log.info("fire_link.clock_wrong", account=frame.account, sent_at=str(frame.sent_at))
        task = asyncio.create_task(self._set_clock(frame.account))
        self._setting.add(task)
        task.add_done_callback(self._setting.discard)

    async def _set_clock(self, account: str) -> Answer:
        return await self._ask(account, Command.CONTROL, units.synchronise_clock(self._clock.now()))

    def _run(self, asking: Coroutine[None, None, Answer]) -> Answer:
        loop = self._loop
        if loop is None:
            asking.close()
            return Answer(FireOutcome.NOT_CONNECTED)
        most_s = (self._answer_s + DENIED_PAUSE_S) * (REPEATS + 1) + _SLACK_S
        try:
            return asyncio.run_coroutine_threadsafe(asking, loop).result(most_s)
        except (Cancelled, TimeoutError):  # the hub stops
            return Answer(FireOutcome.UNANSWERED)

    async def _ask(self, account: str, command: Command, unit: bytes, *, tries: int = REPEATS + 1) -> Answer:
        """One serial for all tries, so that a device that heard twice does it once."""
        self._serial = self._serial % MOST_SERIAL + 1
        serial, began_s = self._serial, self._clock.monotonic()
        outcome = FireOutcome.NOT_CONNECTED
        for tried in range(1, tries + 1):
            frame = await self._try(account, serial, command, unit)
            took_ms = round((self._clock.monotonic() - began_s) * 1000)
            if isinstance(frame, FireOutcome):
                outcome = frame
            elif frame.command == Command.DENY:
                outcome = FireOutcome.DENIED
                await asyncio.sleep(DENIED_PAUSE_S)
            else:
                return Answer(FireOutcome.ACCEPTED, units.read_unit(frame.unit), tried, took_ms)
            if outcome is FireOutcome.NOT_CONNECTED:
                break
        log.warning("fire_link.failed", account=account, unit=unit[:1].hex(), outcome=outcome.value)
        return Answer(outcome, (), tried, took_ms)

    async def _try(self, account: str, serial: int, command: Command, unit: bytes) -> Frame | FireOutcome:
        """The device's answer, or why there is none."""
        line = self._lines.get(account)
        if line is None:
            return FireOutcome.NOT_CONNECTED
        frame = Frame(serial, line.version, self._clock.now(), line.centre, line.device, command.value, unit)
        waiting: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[(account, serial)] = waiting
        try:
            if not line.send(pack(frame)):
                del self._lines[account]
                return FireOutcome.NOT_CONNECTED
            async with asyncio.timeout(self._answer_s):
                return await waiting
        except TimeoutError:
            return FireOutcome.UNANSWERED
        finally:
            self._waiting.pop((account, serial), None)
