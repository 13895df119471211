"""When a frame came, whatever its line had to wait for, and which one goes behind the others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from services.alarms.drivers import wire
from services.alarms.drivers.base import PanelKeys
from services.alarms.drivers.dc09 import Dc09
from services.core.clock import ManualClock
from services.core.jobs import Jobs
from services.core.secrets import Secrets
from services.domain.alarms import Signal
from services.hub.campus import Campus
from services.hub.intake import Intake
from services.hub.peers import PeerLimits
from services.hub.receiver import Receiver
from services.hub.sockets import bind
from tests.services.hub.conftest import SITE
from tests.waiting import LIMIT_S

STARTS_AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
FRAME = wire.pack(b'"ADM-CID"0001L0#1001[#1001|1120 01 001]')


def test_a_frame_came_when_it_arrived_and_not_when_the_one_before_was_stored() -> None:
    clock = ManualClock(STARTS_AT)
    begun, may_end, stored = threading.Event(), threading.Event(), list[Signal]()

    def commit(signals: Sequence[Signal]) -> None:
        begun.set()
        assert may_end.wait(LIMIT_S)
        stored.extend(signals)

    async def scene(jobs: Jobs) -> None:
        intake = Intake(commit, jobs)
        receiver = Receiver(
            Dc09(PanelKeys(lambda _: None, lambda _: False)),
            intake,
            heard=lambda _: None,
            knows=lambda _: True,
            clock=clock,
            limits=PeerLimits(),
        )
        bound = bind("127.0.0.1", 0)
        await receiver.open(bound)
        storing = asyncio.create_task(intake.run())
        answers, panel = await asyncio.open_connection("127.0.0.1", bound.port)
        panel.write(FRAME)
        assert await asyncio.to_thread(begun.wait, LIMIT_S)
        clock.advance(5)
        panel.write(FRAME)
        for _ in range(20):  # the loop reads what has come
            await asyncio.sleep(0)
        clock.advance(30)
        may_end.set()
        for _ in range(2):
            await answers.readuntil(b"\r")
        panel.close()
        await receiver.close()
        storing.cancel()
        await asyncio.gather(storing, return_exceptions=True)

    jobs = Jobs("test-commit", threads=1)
    try:
        asyncio.run(scene(jobs))
    finally:
        may_end.set()
        jobs.stop()
    assert [signal.received_at - STARTS_AT for signal in stored] == [timedelta(), timedelta(seconds=5)]


def test_invented_zones_in_the_name_of_a_panel_wait_behind_what_may_be_real() -> None:
    """Never behind: a zone of the site, panic and fire of one that it does not have, what names no zone."""
    campus = Campus(SITE, Secrets())
    begun, may_end, batches = threading.Event(), threading.Event(), list[list[tuple[str, int]]]()

    def commit(signals: Sequence[Signal]) -> None:
        begun.set()
        assert may_end.wait(LIMIT_S)
        batches.append([(signal.code, signal.zone) for signal in signals])

    async def scene(jobs: Jobs) -> None:
        intake = Intake(commit, jobs)
        receiver = Receiver(
            Dc09(PanelKeys(lambda _: None, lambda _: False)),
            intake,
            heard=lambda _: None,
            knows=campus.knows,
            clock=ManualClock(STARTS_AT),
            limits=PeerLimits(),
            is_fire=campus.is_fire,
            may_be_invented=campus.may_be_invented,
        )
        storing = asyncio.create_task(intake.run())
        said = ("NBA901BA902", "NBA1", "NPA903", "NFA904", "NYP0", "NBA905PA906")
        stored = []
        for number, told in enumerate(("NRP0", *said)):
            frame = wire.pack(f'"SIA-DCS"{number:04d}L0#1001[#1001|{told}]'.encode())
            stored += receiver.take_once(frame, ("127.0.0.1", 5000 + number), lambda _: True)
            if number == 0:
                assert await asyncio.to_thread(begun.wait, LIMIT_S)
        may_end.set()
        assert all(await asyncio.gather(*(may_answer for _, may_answer in stored)))
        storing.cancel()
        await asyncio.gather(storing, return_exceptions=True)

    jobs = Jobs("test-commit", threads=1)
    try:
        asyncio.run(scene(jobs))
    finally:
        may_end.set()
        jobs.stop()
    assert batches[1] == [
        ("FA", 904),
        ("BA", 1),
        ("PA", 903),
        ("YP", 0),
        ("BA", 905),
        ("PA", 906),
        ("BA", 901),
        ("BA", 902),
    ]
