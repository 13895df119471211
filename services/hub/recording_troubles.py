"""Writes down why there is no recording: what kept it from being made, as the hub sees it each second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from services.core.clock import Clock
from services.core.ids import new_id
from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.storage import Database, Tx

# Comes and goes within this time: one trouble, for a camera that reconnects for hours makes no list of it.
QUIET_S = 15.0
# So often the hub says that it lives; what follows the last word of a killed one is its absence.
ALIVE_EVERY_S = 30.0
# A hub that is begun again at once left no gap worth a line.
LEAST_DOWN = timedelta(seconds=3)

# By camera and cause, with what more is known.
Causes = Mapping[tuple[str, GapCause], str]


class TroubleBook:
    """Used by one thread; writes only when something begins or ends. Raises ServiceError("storage.*"): the
    next call writes what this one could not."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._open: dict[tuple[str, GapCause], RecordingTrouble] | None = None
        # When each was seen last, by the wall clock and the monotonic one.
        self._seen: dict[tuple[str, GapCause], tuple[datetime, float]] = {}
        self._alive_s = float("-inf")

    def note(self, causes: Causes) -> None:
        """What keeps which camera from being recorded now."""
        now, now_s = self._clock.now(), self._clock.monotonic()
        if self._open is None:
            self._open = self._begin(now)
        for key in causes:
            self._seen[key] = now, now_s
        new = [
            RecordingTrouble(new_id(), camera, cause, now, detail=detail)
            for (camera, cause), detail in causes.items()
            if (camera, cause) not in self._open
        ]
        over = [
            replace(trouble, ended_at=self._seen[key][0] if key in self._seen else trouble.began_at)
            for key, trouble in self._open.items()
            if key not in causes and now_s - self._seen.get(key, (now, float("-inf")))[1] > QUIET_S
        ]
        if new or over or now_s - self._alive_s >= ALIVE_EVERY_S:
            self._database.write(partial(_write, new=new, over=over, alive_at=now))
            self._alive_s = now_s
        for trouble in new:
            self._open[trouble.camera, trouble.cause] = trouble
        for trouble in over:
            del self._open[trouble.camera, trouble.cause]

    def close(self) -> None:
        """The hub ends in good order: what is missing from here on is its absence."""
        if self._open is not None:
            now = self._clock.now()
            self._database.write(lambda tx: tx.put_recording_alive(now))

    def _begin(self, now: datetime) -> dict[tuple[str, GapCause], RecordingTrouble]:
        """What an earlier hub left open goes on if it still is so; between the two nobody recorded."""
        alive_at = self._database.read(lambda view: view.recording_alive_at())
        is_down = alive_at is not None and now - alive_at >= LEAST_DOWN
        if alive_at is not None and is_down:
            down = RecordingTrouble(new_id(), "", GapCause.HUB_DOWN, alive_at, now)
            self._database.write(partial(_write, new=[down], over=[], alive_at=now))
        now_s = self._clock.monotonic()
        found = self._database.read(lambda view: view.recording_troubles.open())
        open_now = {(one.camera, one.cause): one for one in found}
        for key in open_now:
            self._seen[key] = alive_at or now, now_s
        return open_now


def _write(tx: Tx, new: list[RecordingTrouble], over: list[RecordingTrouble], alive_at: datetime) -> None:
    for trouble in new:
        tx.recording_troubles.add(trouble)
    for trouble in over:
        tx.recording_troubles.save(trouble)
    tx.put_recording_alive(alive_at)
