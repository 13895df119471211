"""Guards whom a drill sends: they sign, walk and arrive by the clock, and nobody moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.dispatch import steps
from services.dispatch.record import Record
from services.domain.drills import DRILL_PLAYER
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import Role, Session
from services.sim.people import RUN_MPS
from services.storage import Database, Tx, View

PLAYED = Session("sim", DRILL_PLAYER, Role.OPERATOR, "sim")
# How long each waits before the next step; on the way as long as the way is.
DELIVERED_AFTER_S = 1.0
SIGNED_AFTER_S = 8.0
LEAVES_AFTER_S = 5.0
WORKS_S = 60.0


class DrilledPeople:
    """Goes by what stands on record, so a hub that was killed plays on where it stood."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def tick(self) -> int:
        """How many went one step on."""
        now = self._clock.now()
        due = [
            (dispatch, step)
            for dispatch in self._database.read(_played)
            if (step := next_step(dispatch, now)) is not None
        ]
        return sum(self._advance(dispatch, step) for dispatch, step in due)

    def _advance(self, dispatch: Dispatch, step: DispatchState) -> bool:
        def work(tx: Tx) -> Dispatch:
            return steps.advance(Record(tx, PLAYED, self._clock.now()), dispatch.id, step)

        try:
            self._database.write(work)
        except ServiceError as error:
            if error.code != "dispatch.illegal_move":
                raise
            # Somebody at a desk was faster.
            return False
        return True


def next_step(dispatch: Dispatch, now: datetime) -> DispatchState | None:
    """What the one who is played does now; None: nothing yet."""
    way_s = dispatch.distance_m / RUN_MPS
    since, wait_s, step = {
        DispatchState.SENT: (dispatch.sent_at, DELIVERED_AFTER_S, DispatchState.DELIVERED),
        DispatchState.DELIVERED: (dispatch.delivered_at, SIGNED_AFTER_S, DispatchState.SIGNED),
        DispatchState.SIGNED: (dispatch.signed_at, LEAVES_AFTER_S, DispatchState.EN_ROUTE),
        DispatchState.EN_ROUTE: (dispatch.en_route_at, way_s, DispatchState.ON_SCENE),
        DispatchState.ON_SCENE: (dispatch.on_scene_at, WORKS_S, DispatchState.DONE),
    }.get(dispatch.state, (None, 0.0, None))
    is_due = since is not None and now >= since + timedelta(seconds=wait_s)
    return step if is_due and not dispatch.is_outside else None


def _played(view: View) -> list[Dispatch]:
    """Orders of the drill that is being played with people."""
    if not any(drill.has_people for drill in view.drills.open()):
        return []
    return [dispatch for dispatch in view.dispatches.running() if dispatch.is_drill]
