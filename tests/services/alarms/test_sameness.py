"""A zone that gets another name while it alarms stays one alarm; what says something else stays another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from services.alarms.center import AlarmCenter
from services.alarms.sameness import sameness_of
from services.domain.alarms import Alarm, Qualifier, Signal
from services.domain.signals import OutcomeKind
from services.domain.site import Site, ZoneNo
from services.storage import Database
from tests.services.alarms.conftest import SITE

MakeSignal = Callable[..., Signal]


def renamed(**changes: object) -> Site:
    """The site with its panic button Z01 changed."""
    zones = (replace(zone, **changes) if zone.no == "Z01" else zone for zone in SITE.zones)  # type: ignore[arg-type]
    return replace(SITE, zones=tuple(zones))


def open_alarms(database: Database) -> list[Alarm]:
    return database.read(lambda view: view.alarms.open())


def test_a_zone_renamed_while_it_alarms_keeps_its_one_alarm_and_its_restore(
    center: AlarmCenter, signal: MakeSignal
) -> None:
    (raised,) = center.receive([signal("120", 1)])
    center.use_site(renamed(name="东门按钮"), lambda _zone: ())
    (again,) = center.receive([signal("120", 1)])
    assert (again.kind, again.alarm) == (OutcomeKind.REPEATED, raised.alarm)
    (restored,) = center.receive([signal("120", 1, Qualifier.RESTORE)])
    assert (restored.kind, restored.alarm) == (OutcomeKind.RESTORED, raised.alarm)


def test_what_is_said_beside_the_name_stays_an_alarm_of_its_own(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    """An opened lid and a refused bypass of one button, before and after it gets another name."""
    center.receive([signal("137", 1), signal("570", 1)])
    center.use_site(renamed(name="东门按钮"), lambda _zone: ())
    center.receive([signal("137", 1), signal("570", 1)])
    assert sorted((one.name, one.occurrence_count) for one in open_alarms(database)) == [
        ("旁路被拒：防区 Z01", 2),
        ("防区 Z01", 2),
    ]


def test_another_zone_on_the_same_wire_is_another_alarm(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    """Whoever is sent must not go to where the old one hung."""
    center.receive([signal("120", 1)])
    center.use_site(renamed(no=ZoneNo("Z99"), place="西门"), lambda _zone: ())
    center.receive([signal("120", 1)])
    assert {one.place for one in open_alarms(database)} == {"地点 Z01", "西门"}


def test_troubles_without_a_zone_are_told_apart_by_their_names(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("121", 2), signal("121", 3), signal("121", 2)])
    first, second = open_alarms(database)
    assert sameness_of(first) != sameness_of(second)
    assert {first.occurrence_count, second.occurrence_count} == {1, 2}
