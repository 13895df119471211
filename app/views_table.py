"""The screens on the rail, in order; a new screen is one line here."""

from collections.abc import Callable

from services.domain.people import PERMISSIONS, Permission, Role
from ui.shell.words import ScreenEntry
from views import (
    audit,
    custody,
    devices,
    drills,
    evidence,
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
    playback,
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
    (people.SPEC, people.title),
    (planrun.SPEC, planrun.title),
    (handover.SPEC, handover.title),
    (playback.SPEC, playback.title),
    (evidence.SPEC, evidence.title),
    (fire.SPEC, fire.title),
    (record.SPEC, record.title),
    (reports.SPEC, reports.title),
    (review.SPEC, review.title),
    (drills.SPEC, drills.title),
    (plans.SPEC, plans.title),
    (audit.SPEC, audit.title),
    (devices.SPEC, devices.title),
    (zones.SPEC, zones.title),
    (health.SPEC, health.title),
    (custody.SPEC, custody.title),
    (firedevices.SPEC, firedevices.title),
    (linkage.SPEC, linkage.title),
    (users.SPEC, users.title),
)
# Screens that only some roles see.
NEEDS: dict[str, Permission] = {
    playback.SPEC.name: playback.NEEDS,
    evidence.SPEC.name: evidence.NEEDS,
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
