"""What a seat tells the record of the cameras it shows: changes at once, the rest now and then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.domain.devices import CameraReport, HealthState, health_of
from services.domain.video import FeedStatus, StreamState

# An unchanged camera is told again after so long: rates grow old, and who flapped must be seen to be steady.
TELL_AGAIN_S = 30.0


@dataclass(slots=True)
class _Told:
    state: HealthState
    at_s: float
    was_reconnecting: bool = False
    reconnects: int = 0


class SeatReporter:
    """Remembers what it told; used by one thread."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def news(self, statuses: Mapping[str, FeedStatus], now_at: datetime, now_s: float) -> list[CameraReport]:
        """statuses: by camera, of streams whose pictures are looked at. now_s: monotonic."""
        for camera in self._told.keys() - statuses.keys():
            del self._told[camera]
        reports = [self._report(camera, statuses[camera], now_at, now_s) for camera in sorted(statuses)]
        return [report for report in reports if report is not None]

    def tell_again(self) -> None:
        """What was told did not get through."""
        self._told.clear()

    def _report(self, camera: str, status: FeedStatus, now_at: datetime, now_s: float) -> CameraReport | None:
        state = health_of(status.state)
        told = self._told.get(camera)
        if told is not None:
            is_reconnecting = status.state is StreamState.RECONNECTING
            told.reconnects += is_reconnecting and not told.was_reconnecting
            told.was_reconnecting = is_reconnecting
        if state is None or (told and told.state is state and now_s - told.at_s < TELL_AGAIN_S):
            return None
        reconnects = told.reconnects if told else 0
        self._told[camera] = _Told(state, now_s, status.state is StreamState.RECONNECTING)
        return CameraReport(
            camera,
            state,
            now_at,
            error=status.error,
            source_fps=status.source_fps,
            bit_rate=status.bit_rate,
            reconnects=reconnects,
        )
