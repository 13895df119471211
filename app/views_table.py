"""The screens on the rail, in order; a new screen is one line here."""

from collections.abc import Callable

from services.domain.people import PERMISSIONS, Permission, Role
from ui.shell.words import ScreenEntry
from views import (
    audit,
    devices,
    drills,
    fire,
    firedevices,
    handover,
    health,
    incidents,
    linkage,
    map,
    people,
    planrun,
    plans,
    record,
    reports,
    review,
    users,
    watch,
    zones,
)

Screen = tuple[ScreenEntry, Callable[[], str]]

SCREENS: tuple[Screen, ...] = (
    (watch.SPEC, watch.title),
    (map.SPEC, map.title),
    (incidents.SPEC, incidents.title),
    (planrun.SPEC, planrun.title),
    (drills.SPEC, drills.title),
    (plans.SPEC, plans.title),
    (people.SPEC, people.title),
    (review.SPEC, review.title),
    (fire.SPEC, fire.title),
    (devices.SPEC, devices.title),
    (zones.SPEC, zones.title),
    (record.SPEC, record.title),
    (reports.SPEC, reports.title),
    (handover.SPEC, handover.title),
    (health.SPEC, health.title),
    (firedevices.SPEC, firedevices.title),
    (linkage.SPEC, linkage.title),
    (users.SPEC, users.title),
    (audit.SPEC, audit.title),
)
# Screens that only some roles see.
NEEDS: dict[str, Permission] = {
    devices.SPEC.name: devices.NEEDS,
    users.SPEC.name: users.NEEDS,
    audit.SPEC.name: audit.NEEDS,
    linkage.SPEC.name: linkage.NEEDS,
    drills.SPEC.name: drills.NEEDS,
}


def screens_of(role: Role) -> tuple[Screen, ...]:
    """What stands on the rail of a session with `role`, in order."""
    held = PERMISSIONS[role]
    return tuple((spec, title) for spec, title in SCREENS if NEEDS.get(spec.name, Permission.WATCH) in held)
