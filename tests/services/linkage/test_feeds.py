"""Feeds are chosen ahead by geometry, and what was chosen is on record with the alarm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.campus.sight import Sight
from services.campus.sitefile import parse_site
from services.core.clock import ManualClock
from services.core.paths import resource
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.site import Site, Zone
from services.linkage.feeds import FEEDS_RULE, FeedChoice, FeedLinkage
from services.storage import Database, care, sqlite_url

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Site:
    return parse_site(resource("sites", "demo.toml").read_text(encoding="utf-8"), "demo.toml")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = sqlite_url(tmp_path / "shouwang.db")
    care.upgrade(url)
    database = Database(url)
    database.open()
    yield database
    database.close()


def test_the_east_gate_button_calls_up_the_east_gate_camera_first(site: Site) -> None:
    choice = FeedChoice(site, Sight(site).feeds_for)
    button = site.zone("Z01")
    assert button is not None
    assert choice.choose(button)[0] == "C01"


def test_geometry_is_asked_once_per_zone_and_not_per_alarm(site: Site) -> None:
    asked: list[str] = []

    def feeds_for(zone: Zone) -> tuple[()]:
        asked.append(zone.no)
        return ()

    choice = FeedChoice(site, feeds_for)
    for zone in site.zones * 3:
        choice.choose(zone)
    assert asked == [zone.no for zone in site.zones]


def test_every_new_alarm_has_a_record_of_what_it_called_up_and_when(site: Site, database: Database) -> None:
    clock = ManualClock(AT)
    choice = FeedChoice(site, Sight(site).feeds_for)
    center = AlarmCenter(database, clock, site, choice.choose, FeedLinkage(clock).record)
    press = Signal(AlarmSource.DC09, "1001", "120", 1, Qualifier.NEW, AT - timedelta(milliseconds=30), "f")
    stranger = Signal(AlarmSource.DC09, "9999", "120", 1, Qualifier.NEW, AT, "g")
    raised, unknown = center.receive([press, stranger])
    (run,) = database.read(lambda view: view.linkage_runs_of(raised.alarm))
    (empty,) = database.read(lambda view: view.linkage_runs_of(unknown.alarm))
    assert (run.rule, run.started_at, run.total_ms) == (FEEDS_RULE, AT, 30)
    assert run.actions[0] == {"kind": "view", "camera": "C01", "order": 1}
    assert empty.actions == ()
