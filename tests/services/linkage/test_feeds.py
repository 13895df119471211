"""Feeds are chosen ahead, by geometry."""

from __future__ import annotations

import pytest

from services.campus.sight import Sight
from services.domain.site import Site, Zone
from services.linkage.feeds import FeedChoice
from tests.campus import read_demo_site


@pytest.fixture
def site() -> Site:
    return read_demo_site()


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
