"""The check-in clock of sent guards: each level once, though hubs are killed and no seat is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.core.settings import Settings
from services.dispatch.guards import import_site
from services.domain.people import GuardState, GuardStatus, Role, Session
from services.domain.site import Site
from services.storage import Database
from tests.campus import read_demo_site
from tests.services.hub.killable_hub import HubProcess

Wait = Callable[..., object]
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "")
WARN_S, CRITICAL_S = 300, 600


@pytest.fixture
def site() -> Site:
    return read_demo_site()


@pytest.fixture
def hub_process(settings: Settings, database: Database, site: Site) -> Iterator[HubProcess]:
    import_site(database, ADMINISTRATOR, site)
    hub = HubProcess(settings)
    yield hub
    hub.kill()


def silent_for(database: Database, seconds: float) -> None:
    """G34 is under way, and was heard of last so long ago."""
    heard_at = datetime.now(UTC) - timedelta(seconds=seconds)

    def work(tx):  # type: ignore[no-untyped-def]
        state = tx.guards.get("G34")
        tx.guards.save(replace(state, status=GuardStatus.EN_ROUTE, checkin_at=heard_at))

    database.write(work)


def guard(database: Database) -> GuardState:
    return database.read(lambda view: view.guards.get("G34"))


def raised(database: Database) -> list[str]:
    return [alarm.name for alarm in database.read(lambda view: view.alarms.open())]


def test_a_hub_killed_between_the_levels_writes_each_once(
    hub_process: HubProcess, database: Database, wait_until: Wait
) -> None:
    silent_for(database, WARN_S + 1)
    hub_process.start()
    wait_until(lambda: guard(database).overdue == 1)
    version = guard(database).row_version
    hub_process.kill()

    hub_process.start()
    # Heard of again, then silent for longer than the second level while no hub was there.
    hub_process.kill()
    database.write(
        lambda tx: tx.guards.save(
            replace(tx.guards.get("G34"), checkin_at=datetime.now(UTC) - timedelta(seconds=CRITICAL_S + 1))
        )
    )
    hub_process.start()
    wait_until(lambda: guard(database).overdue == 2)
    assert raised(database) == ["保安逾时未报平安：谢四"]
    hub_process.kill()

    started_at = datetime.now(UTC)
    hub_process.start()
    wait_until(lambda: has_beaten(database, started_at + timedelta(seconds=2)))
    assert raised(database) == ["保安逾时未报平安：谢四"]
    # One warning, our own change, one alarm: nothing else touched the row.
    assert guard(database).row_version == version + 2


def has_beaten(database: Database, at: datetime) -> bool:
    """Each round begins with a beat, so the rounds before `at` are over."""
    beat = database.read(lambda view: view.last_hub_beat())
    return beat is not None and beat.at > at
