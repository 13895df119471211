"""POST /v1/guards at a whole hub, asked by a foreign client (httpx)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from services.dispatch.guards import import_site
from services.domain.alarms import Alarm
from services.domain.people import GuardState, GuardStatus, Role, Session
from services.domain.site import Guard, GuardNo, Site
from services.hub import Hub
from services.storage import Database

Start = Callable[..., Hub]
Wait = Callable[..., object]


@pytest.fixture
def site(site: Site) -> Site:
    guard = Guard(GuardNo("G05"), "周五", "Zhou Wu", "", "R805", (), None, (10.0, 10.0))
    return replace(site, guards=(guard,))


@pytest.fixture(autouse=True)
def _force(database: Database, site: Site) -> None:
    import_site(database, Session("admin", "管理员", Role.ADMINISTRATOR, ""), site)


@pytest.fixture
def guard(database: Database) -> Callable[[], GuardState]:
    return lambda: database.read(lambda view: view.guards.get("G05"))


def post(hub: Hub, body: Any, token: str) -> tuple[int, str]:
    answered = httpx.post(
        f"http://127.0.0.1:{hub.http_port}/v1/guards", json=body, headers={"Authorization": f"Bearer {token}"}
    )
    return answered.status_code, answered.json()["code"]


def test_a_position_is_heard_and_written_within_a_round(
    start_hub: Start, token: str, guard: Callable[[], GuardState], wait_until: Wait
) -> None:
    hub = start_hub()
    assert post(hub, [{"guard": "G05", "x": 120, "y": 80.5}], token) == (200, "http.alive")
    wait_until(lambda: guard().at == (120.0, 80.5))
    assert guard().position_source == "feed"


def test_a_call_for_help_is_an_alarm_when_it_is_answered(
    start_hub: Start, token: str, guard: Callable[[], GuardState], alarms: Callable[[], list[Alarm]]
) -> None:
    said = {"guard": "G05", "x": 120, "y": 80, "duress": True}
    assert post(start_hub(), said, token) == (200, "http.stored")
    (alarm,) = alarms()
    assert (alarm.name, alarm.priority, alarm.at) == ("保安遇险：周五", 1, (120.0, 80.0))
    assert guard().status is GuardStatus.DURESS


def test_a_call_of_somebody_unknown_is_not_called_stored(
    start_hub: Start, token: str, alarms: Callable[[], list[Alarm]], expected_log: Callable[..., None]
) -> None:
    expected_log("guard_feed.ignored")
    assert post(start_hub(), {"guard": "G99", "duress": True}, token) == (200, "http.alive")
    assert alarms() == []


@pytest.mark.parametrize(
    "body",
    [
        {"x": 1, "y": 1},
        {"guard": "G05", "x": 1},
        {"guard": "G05", "x": "NaN", "y": 1},
        {"guard": "G05", "x": -1, "y": 1},
        {"guard": "G05", "colour": "red"},
        [{"guard": "G05"}] * 201,
        "G05",
    ],
)
def test_what_is_no_report_is_refused_with_the_field(
    start_hub: Start, token: str, body: object, guard: Callable[[], GuardState]
) -> None:
    assert post(start_hub(), body, token) == (400, "http.bad_report")
    assert guard().position_source == "post"


def test_without_the_token_nobody_is_moved_and_nobody_is_in_distress(
    start_hub: Start, alarms: Callable[[], list[Alarm]], expected_log: Callable[..., None]
) -> None:
    expected_log("web.bad_token")
    assert post(start_hub(), {"guard": "G05", "duress": True}, "guess") == (401, "http.bad_token")
    assert alarms() == []
