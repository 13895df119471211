"""The site's record of how its cameras are; every seat and the hub report to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.core.clock import Clock
from services.devices.folding import folded
from services.domain.devices import (
    TROUBLED_HEALTH,
    CameraEvent,
    CameraHealth,
    CameraReport,
    HealthState,
)
from services.domain.facts import CameraHealthChanged
from services.storage import Database, Tx
from services.storage.view import View

EVENTS_SHOWN = 200
UPTIME_OVER = timedelta(hours=24)


class HealthDesk:
    """Blocks on the database; call it from a job. Raises ServiceError: storage.*."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def report(self, reports: Sequence[CameraReport], seat: str) -> list[CameraHealth]:
        """Fold what was seen into the record, all in one transaction; returns the cameras that changed."""
        if not reports:
            return []
        return self._database.write(lambda tx: _fold_all(tx, reports, seat))

    def note_device(self, camera: str, *, clock_offset_s: float | None, firmware: str | None) -> None:
        """What the device said of itself; None leaves what is known."""

        def work(tx: Tx) -> None:
            known = tx.camera_health.of([camera]).get(camera)
            if known is not None:
                tx.camera_health.save(
                    replace(
                        known,
                        clock_offset_s=known.clock_offset_s if clock_offset_s is None else clock_offset_s,
                        firmware=firmware or known.firmware,
                    )
                )

        self._database.write(work)

    def overview(self) -> tuple[list[CameraHealth], dict[str, float]]:
        """Every camera ever reported, and for each which part of the last 24 h it was well, 0 to 1."""
        now_at = self._clock.now()

        def work(view: View) -> tuple[list[CameraHealth], dict[str, float]]:
            found = view.camera_health.all()
            events = view.camera_health.events_since(now_at - UPTIME_OVER)
            return found, {health.camera: uptime(health, events, now_at) for health in found}

        return self._database.read(work)

    def events_of(self, camera: str) -> list[CameraEvent]:
        """Newest first, the last 200."""
        return self._database.read(lambda view: view.camera_health.events_of(camera, EVENTS_SHOWN))


def uptime(health: CameraHealth, events: Sequence[CameraEvent], now_at: datetime) -> float:
    """The part of the last 24 h without trouble, as far back as the camera is known.

    events: of any cameras, oldest first. Backwards from the present: an event says what was before it.
    """
    well, known, end_at = timedelta(), timedelta(), now_at
    state = health.state
    for event in reversed([event for event in events if event.camera == health.camera]):
        well, known = _counted(state, end_at - event.at, well, known)
        end_at, state = event.at, event.was
    well, known = _counted(state, end_at - (now_at - UPTIME_OVER), well, known)
    return well / known if known > timedelta() else 1.0


def _counted(
    state: HealthState, span: timedelta, well: timedelta, known: timedelta
) -> tuple[timedelta, timedelta]:
    if state is HealthState.UNKNOWN:
        return well, known
    return (well if state in TROUBLED_HEALTH else well + span), known + span


def _fold_all(tx: Tx, reports: Sequence[CameraReport], seat: str) -> list[CameraHealth]:
    known = tx.camera_health.of({report.camera for report in reports})
    changed = []
    for report in reports:
        was = known.get(report.camera)
        health, event = folded(was, report, seat)
        if health is was:
            continue
        saved = tx.camera_health.add(health) if was is None else tx.camera_health.save(health)
        known[report.camera] = saved
        if event is not None:
            tx.camera_health.add_event(event)
            tx.record(CameraHealthChanged(saved))
            changed.append(saved)
    return changed
