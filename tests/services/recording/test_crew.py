"""Who stays at a camera, who goes and who comes when the plans change."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from services.core.workers import Worker
from services.recording.crew import CameraCrew


class Member:
    """Goes on by any plan of the same stream: the part before the dash."""

    def __init__(self, plan: str) -> None:
        self.plan = plan
        self.worker = Worker(f"test-{plan}", Event.wait)

    def use(self, plan: str) -> bool:
        if plan.split("-")[0] != self.plan.split("-")[0]:
            return False
        self.plan = plan
        return True


Crew = CameraCrew[str, str, Member]


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew(Member, Member.use, stop_limit_s=10.0)
    yield crew
    crew.stop()


def test_a_camera_whose_stream_is_the_same_keeps_its_thread(crew: Crew) -> None:
    crew.use({"C01": "main-day"})
    before = crew.at("C01")
    crew.use({"C01": "main-night"})
    assert crew.at("C01") is before
    assert before is not None
    assert (before.plan, before.worker.is_alive) == ("main-night", True)


def test_a_camera_with_another_stream_gets_another_thread_and_the_old_one_has_ended(crew: Crew) -> None:
    crew.use({"C01": "main-day"})
    before = crew.at("C01")
    crew.use({"C01": "sub-day"})
    after = crew.at("C01")
    assert before is not None
    assert after is not None
    assert (after.plan, after.worker.is_alive, before.worker.is_alive) == ("sub-day", True, False)


def test_a_camera_that_is_no_longer_wanted_is_left(crew: Crew) -> None:
    crew.use({"C01": "main", "C02": "main"})
    gone = crew.at("C01")
    crew.use({"C02": "main"})
    assert gone is not None
    assert (crew.at("C01"), gone.worker.is_alive) == (None, False)
    assert len(list(crew)) == 1


def test_nobody_is_left_when_the_crew_stops(crew: Crew) -> None:
    crew.use({"C01": "main", "C02": "main"})
    members = list(crew)
    crew.stop()
    assert [member.worker.is_alive for member in members] == [False, False]
    assert not list(crew)
