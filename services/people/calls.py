"""What is raised about a guard: an alarm at their position, in the transaction that changes their state."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from services.alarms.batch import Outcome
from services.alarms.center import AlarmCenter
from services.alarms.placing import GUARD_DURESS
from services.campus.whereabouts import place_at
from services.core.clock import Clock
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.facts import GuardChanged
from services.domain.people import GuardState, GuardStatus, Session
from services.domain.site import Point, Site
from services.storage import Database, Tx

AT_POST_M = 15.0
# A place without a name is told by its coordinates: somebody has to run there.
_UNNAMED = "坐标 / at {x:.0f}, {y:.0f} m"


@dataclass(frozen=True, slots=True)
class Caller:
    """By which way a call came: session of the seat that pressed, or the number of a feed.

    way: seat, feed or link, for the record.
    """

    way: str
    session: Session | None = None
    by: str = ""


class _HasCalledAlready(Exception):
    """Between our look and our transaction somebody else put the guard into distress."""


class DuressLine:
    """Calls for help 遇险. center: as it is now, with the site and the linkage of the moment.

    A call is never refused: not by a status, a dispatch or a right. Blocks; raises ServiceError (storage.*).
    """

    def __init__(
        self, database: Database, clock: Clock, site: Callable[[], Site], center: Callable[[], AlarmCenter]
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._center = center

    def call(self, guard_no: str, caller: Caller, text: str = "") -> GuardState:
        """The guard's state in distress; a guard whose call is still open is called for once only.

        Raises storage.not_found for a guard whom nobody knows.
        """
        state = self._database.read(lambda view: view.guards.get(guard_no))
        if self._is_heard(state):
            return state
        signal = guard_signal(GUARD_DURESS, self._site(), state, self._clock.now(), caller, text)

        def write_down(tx: Tx, outcome: Outcome) -> None:
            before = tx.guards.get(guard_no)
            if before.status is GuardStatus.DURESS and before.duress_alarm != state.duress_alarm:
                raise _HasCalledAlready
            after = replace(before, status=GuardStatus.DURESS, duress_alarm=outcome.alarm)
            saved = tx.guards.save(after)
            # Not `audit`: a call is not refused because its caller has lost a right meanwhile.
            tx.witness(caller.session, "guard.duress", guard_no, after=saved, reason=text)
            tx.record(GuardChanged(saved))

        with suppress(_HasCalledAlready):
            self._center().report(signal, also=write_down)
        return self._database.read(lambda view: view.guards.get(guard_no))

    def is_open(self, guard_no: str) -> bool:
        """Whether the alarm of the guard's last call is one that nobody has ended yet."""
        state = self._database.read(lambda view: view.guards.get(guard_no))
        return bool(state.duress_alarm) and self._is_open(state)

    def _is_heard(self, state: GuardState) -> bool:
        """In distress, with an alarm that nobody has ended yet."""
        if state.status is not GuardStatus.DURESS or not state.duress_alarm:
            return False
        return self._is_open(state)

    def _is_open(self, state: GuardState) -> bool:
        return self._database.read(lambda view: view.alarms.get(state.duress_alarm)).is_open


def guard_signal(
    code: str, site: Site, state: GuardState, now: datetime, caller: Caller, text: str = ""
) -> Signal:
    """What is said about a guard, as a signal at the place where they are."""
    told = {
        "way": caller.way,
        "by": caller.session.user if caller.session else caller.by,
        "position_source": state.position_source,
        "position_at": state.position_at.isoformat(),
    }
    return Signal(
        source=AlarmSource.MANUAL,
        account="",
        code=code,
        zone=0,
        qualifier=Qualifier.NEW,
        received_at=now,
        fingerprint=f"{code}:{new_id()}",
        text=typed_text(text),
        raw=json.dumps(told, ensure_ascii=False),
        point=state.no,
        spot=state.at,
        place=place_of(site, state.at),
    )


def place_of(site: Site, at: Point) -> str:
    """The post they stand at, else what people call the spot; its coordinates where it has no name."""
    near = ((math.dist(post.at, at), post.name) for post in site.posts)
    distance_m, post = min(near, default=(math.inf, ""))
    if distance_m <= AT_POST_M:
        return post
    return place_at(site, at) or _UNNAMED.format(x=at[0], y=at[1])
