"""The centre's own side by itself: serials, repeats, silence and the end of the hub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from services.alarms.drivers.base import Received
from services.alarms.drivers.gb26875_frame import Command, Frame, Framer
from services.core.clock import SystemClock
from services.domain.fire_requests import FireOutcome
from services.hub.firelink import MOST_SERIAL, Answer, FireLink, first_serial

ACCOUNT = "000000000379"
FAN = "18.1.1.7"
Talk = Callable[[Frame], Frame | None]


class Device:
    """What a device hears, and how it answers by `talk`; None = it is silent."""

    def __init__(self, link: FireLink, talk: Talk) -> None:
        self.heard: list[Frame] = []
        self.is_gone = False
        self._link = link
        self._talk = talk

    def say(self, frame: Frame) -> None:
        self._link.overhear(Received(ACCOUNT, frame=frame), self.take)

    def hello(self) -> None:
        self.say(self.frame(1, Command.SEND))

    def take(self, data: bytes) -> bool:
        if self.is_gone:
            return False
        for frame in Framer().feed(data):
            self.heard.append(frame)
            answer = self._talk(frame)
            if answer is not None:
                asyncio.get_running_loop().call_soon(self.say, answer)
        return True

    @staticmethod
    def frame(serial: int, command: Command) -> Frame:
        return Frame(serial, (1, 1), datetime.now(UTC), 0x379, 0x15B38, command.value, b"")


def ask(
    talk: Talk,
    scene: Callable[[FireLink, Device], Coroutine[None, None, None]] | None = None,
    *,
    is_once: bool = False,
) -> tuple[Answer, Device]:
    """One command to a device that answers so; scene: what happens while it is under way."""
    link = FireLink(SystemClock(), lambda account: account == ACCOUNT, answer_s=0.1)
    device = Device(link, talk)

    async def run() -> Answer:
        link.open()
        device.hello()
        loop = asyncio.get_running_loop()
        send = partial(link.send_control, ACCOUNT, FAN, "start", is_once=is_once)
        asking = loop.run_in_executor(None, send)
        if scene is not None:
            await scene(link, device)
        answer = await asking
        await link.close()
        return answer

    return asyncio.run(run()), device


@pytest.fixture(autouse=True)
def _failures_are_expected(expected_log: Callable[..., None]) -> None:
    expected_log("fire_link.failed")


def test_a_command_whose_confirmation_is_lost_is_sent_again_under_its_serial() -> None:
    heard: list[int] = []

    def second_time(frame: Frame) -> Frame | None:
        heard.append(frame.serial)
        return Device.frame(frame.serial, Command.CONFIRM) if len(heard) == 2 else None

    answer, device = ask(second_time)
    assert (answer.outcome, answer.tries) == (FireOutcome.ACCEPTED, 2)
    assert heard[0] == heard[1]
    assert [frame.unit for frame in device.heard] == [
        bytes.fromhex("80011201010007 0001".replace(" ", ""))
    ] * 2


def test_a_command_that_must_not_be_carried_out_twice_is_sent_once() -> None:
    answer, device = ask(lambda _frame: None, is_once=True)
    assert (answer.outcome, answer.tries) == (FireOutcome.UNANSWERED, 1)
    assert len(device.heard) == 1


def test_a_hub_that_begins_a_second_later_does_not_repeat_the_serials_of_the_one_before() -> None:
    began_at = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    later = [first_serial(began_at + timedelta(seconds=s)) - first_serial(began_at) for s in (1, 60, 3600)]
    assert [gap % MOST_SERIAL for gap in later] == [10, 600, 36000]
    near = [first_serial(began_at + timedelta(hours=hour)) for hour in range(1000)]
    assert 0 <= min(near) < max(near) < MOST_SERIAL


def test_a_confirmation_of_something_else_confirms_nothing() -> None:
    answer, device = ask(lambda frame: Device.frame(frame.serial + 1, Command.CONFIRM))
    assert (answer.outcome, answer.tries) == (FireOutcome.UNANSWERED, 4)
    assert len(device.heard) == 4


def test_a_line_that_is_gone_ends_the_tries() -> None:
    async def scene(_link: FireLink, device: Device) -> None:
        device.is_gone = True

    answer, _ = ask(lambda _frame: None, scene)
    assert answer.outcome is FireOutcome.NOT_CONNECTED


def test_who_waits_when_the_hub_stops_is_told() -> None:
    async def scene(link: FireLink, device: Device) -> None:
        while not device.heard:
            await asyncio.sleep(0.005)
        await link.close()

    answer, device = ask(lambda _frame: None, scene)
    assert answer.outcome is FireOutcome.UNANSWERED
    assert len(device.heard) == 1


def test_a_device_that_the_site_does_not_know_gets_no_command() -> None:
    link = FireLink(SystemClock(), lambda _account: False)

    async def run() -> None:
        Device(link, lambda _frame: None).hello()
        assert not link.is_connected(ACCOUNT)

    asyncio.run(run())
