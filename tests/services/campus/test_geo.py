"""Degrees of a satellite receiver become metres of the plan."""

from __future__ import annotations

import pytest

from services.campus.geo import to_plan
from services.campus.sitefile import SiteFileError, dump_site, parse_site
from services.domain.site import GeoReference

HEAD = '[site]\ncode = "t"\nname = "测试"\nwidth_m = 500.0\nheight_m = 350.0\n'


def test_a_second_of_arc_is_as_long_as_the_tables_say() -> None:
    """At 45° of WGS 84 a degree of latitude is 111 131.8 m long and one of longitude 78 846.8 m."""
    geo = GeoReference(45.0, 100.0)
    second = 1.0 / 3600.0

    assert to_plan(geo, 45.0 + second, 100.0) == pytest.approx((0.0, 111_131.8 / 3600), abs=0.01)
    assert to_plan(geo, 45.0, 100.0 + second) == pytest.approx((78_846.8 / 3600, 0.0), abs=0.01)


def test_a_plan_turned_a_quarter_clockwise_has_its_y_axis_in_the_east() -> None:
    geo = GeoReference(45.0, 100.0, turned_deg=90.0)

    x, y = to_plan(geo, 45.0, 100.0 + 1.0 / 3600.0)

    assert (x, y) == pytest.approx((0.0, 21.90), abs=0.01)
    x, y = to_plan(geo, 45.0 + 1.0 / 3600.0, 100.0)
    assert (x, y) == pytest.approx((-30.87, 0.0), abs=0.01)


def test_where_on_earth_a_site_lies_is_read_and_written() -> None:
    site = parse_site(HEAD + "latitude = 31.2\nlongitude = 121.45\nturned_deg = 12.5\n", "s.toml")

    assert site.geo == GeoReference(31.2, 121.45, 12.5)
    assert parse_site(dump_site(site), "again.toml") == site
    assert parse_site(HEAD, "s.toml").geo is None


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ("latitude = 31.2\n", "site.longitude"),
        ("longitude = 31.2\n", "site.latitude"),
        ("latitude = 91.0\nlongitude = 0.0\n", "site.latitude"),
        ("turned_deg = 3.0\n", "site.turned_deg"),
    ],
)
def test_half_a_place_on_earth_is_refused(lines: str, field: str) -> None:
    with pytest.raises(SiteFileError) as refused:
        parse_site(HEAD + lines, "s.toml")
    assert refused.value.params["field"] == field
