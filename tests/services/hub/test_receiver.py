"""When a frame came, whatever its line had to wait for."""

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
from services.domain.alarms import Signal
from services.hub.intake import Intake
from services.hub.peers import PeerLimits
from services.hub.receiver import Receiver
from services.hub.sockets import bind
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
