"""What a report makes of a camera's state: news from two seats is one, a flapping camera one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.domain.devices import (
    PICTURE_FAULTS,
    TROUBLED_HEALTH,
    CameraEvent,
    CameraHealth,
    CameraReport,
    HealthState,
)

FLAP_WINDOW = timedelta(seconds=60)
FLAP_CHANGES = 4
# So long somebody who sees pictures is believed rather than a knock without an answer.
EYES_BEFORE_EARS = timedelta(seconds=90)

Folded = tuple[CameraHealth, CameraEvent | None]


def folded(known: CameraHealth | None, report: CameraReport, seat: str) -> Folded:
    """The state after `report`, and the event to be written for it, if any."""
    if known is None:
        fresh = CameraHealth(report.camera, HealthState.UNKNOWN, report.at, report.at)
        return _changed(fresh, report, seat)
    if report.at < known.seen_at or _is_outweighed(known, report):
        return known, None
    if known.state is HealthState.UNSTABLE:
        return _while_unstable(known, report, seat)
    if report.state is known.state:
        return _renewed(known, report), None
    return _changed(known, report, seat)


def _is_outweighed(known: CameraHealth, report: CameraReport) -> bool:
    """A knock says less than eyes: an answer heals no black picture, and silence ends no live one at once."""
    if report.has_picture:
        return False
    if report.state is HealthState.LIVE:
        return known.latest in PICTURE_FAULTS
    return known.pictures_at is not None and report.at - known.pictures_at < EYES_BEFORE_EARS


def _renewed(known: CameraHealth, report: CameraReport) -> CameraHealth:
    has_rates = report.source_fps is not None
    return replace(
        known,
        seen_at=report.at,
        latest=report.state,
        pictures_at=report.at if report.has_picture else known.pictures_at,
        error=report.error or (known.error if report.state is known.state else ""),
        source_fps=report.source_fps if has_rates else known.source_fps,
        bit_rate=report.bit_rate if has_rates else known.bit_rate,
        reconnects=known.reconnects + report.reconnects,
    )


def _changed(known: CameraHealth, report: CameraReport, seat: str) -> Folded:
    changes = (*_recent(known.changes, report.at), report.at)
    is_flapping = len(changes) >= FLAP_CHANGES
    state = HealthState.UNSTABLE if is_flapping else report.state
    is_fault = state in TROUBLED_HEALTH
    health = replace(
        _renewed(known, report),
        state=state,
        since_at=report.at,
        error=report.error,
        changes=changes,
        folded=len(changes) if is_flapping else 0,
        last_fault=state if is_fault else known.last_fault,
        last_fault_at=report.at if is_fault else known.last_fault_at,
    )
    count = max(1, health.folded)
    return health, CameraEvent(
        known.camera, report.at, state, known.state, error=report.error, count=count, seat=seat
    )


def _while_unstable(known: CameraHealth, report: CameraReport, seat: str) -> Folded:
    """Counts on without further events, until one state has held for a minute."""
    health = replace(_renewed(known, report), changes=_recent(known.changes, report.at))
    if report.state is not known.latest:
        changes = (*health.changes, report.at)
        return replace(health, changes=changes, folded=known.folded + 1), None
    if health.changes:
        return health, None
    settled, event = _changed(replace(health, folded=0), report, seat)
    return settled, None if event is None else replace(event, count=known.folded)


def _recent(changes: tuple[datetime, ...], at: datetime) -> tuple[datetime, ...]:
    return tuple(change for change in changes if at - change < FLAP_WINDOW)
