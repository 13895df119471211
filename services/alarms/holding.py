"""Whether a zone's signal counts now, asked in the transaction that stores it; and what was last heard."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from services.alarms.placing import Places
from services.core.ages import Ages, Begun
from services.domain.alarms import Qualifier, Signal
from services.domain.arming import CLOCKS_APART, ArmState, Delayed, ZoneState, arming_of, hold_of
from services.domain.facts import ArmChanged, ZoneChanged
from services.domain.site import Zone
from services.storage import Tx, View

DELAYED = "delayed"
# A signal older than that waited somewhere; then the seats' clocks are no excuse, and what was disarmed
# after it was received does not hold it.
_FRESH = timedelta(seconds=10)


class Holding:
    """One batch's look at arming, isolation and tests; `now` is the hub's clock."""

    def __init__(self, tx: Tx, places: Places, now: datetime, zone: tzinfo | None = None) -> None:
        self._tx = tx
        self._places = places
        self.now = now
        self._local = zone
        self._states: dict[str, ZoneState] = {}
        self._armings: dict[str, ArmState | None] = {}
        self._seen: set[str] = set()

    def look_ahead(self, signals: Sequence[Signal]) -> None:
        """Read at once what is known of all zones of a batch."""
        zones = [zone.no for signal in signals if (zone := self._zone_of(signal)) is not None]
        known = self._tx.zone_states.of(zones)
        self._states = {no: known.get(no, ZoneState(no)) for no in zones}

    def of(self, signal: Signal, zone: Zone, *, is_open: bool) -> str | None:
        """The outcome of a signal that does not count now, None when it does.

        is_open: there is an alarm to count it in; then no entry delay begins.
        """
        at = signal.received_at
        slack = CLOCKS_APART if self.now - at < _FRESH else timedelta(0)
        arming = self._arming(zone, at, slack)
        hold = hold_of(zone, self._state(zone), arming, at, slack)
        if hold is not None:
            return hold.value
        if arming is None or zone.entry_delay_s <= 0 or is_open or signal.qualifier is not Qualifier.NEW:
            return None
        self._delay(signal, zone, arming)
        return DELAYED

    def restore(self, zone: Zone) -> None:
        """What waits for the zone's entry delay is quiet again."""
        group = self._places.group_of(zone)
        arming = self._stored(group.no) if group is not None else None
        if arming is not None:
            self._note_quiet(arming, zone, is_quiet=True)

    def note(self, signal: Signal, outcome: str) -> None:
        """That the zone was heard; its first event answers a running walk test."""
        zone = self._zone_of(signal)
        if zone is None:
            return
        state = replace(
            self._state(zone),
            signal_at=signal.received_at,
            signal_code=signal.code,
            signal_qualifier=signal.qualifier,
            signal_outcome=outcome,
        )
        walk = state.walk
        is_event = signal.qualifier in (Qualifier.NEW, Qualifier.TEST)
        if walk and walk.answered_at is None and is_event and walk.is_running(self.now):
            state = replace(state, walk=replace(walk, answered_at=signal.received_at))
            state = self._tx.zone_states.put(state)
            self._tx.record(ZoneChanged(state, "walk_answered"))
        self._states[zone.no] = state
        self._seen.add(zone.no)

    def write_seen(self) -> None:
        """Once per zone and batch: a chattering zone must not cost a row per signal."""
        if self._seen:
            self._tx.zone_states.put_all([self._states[no] for no in sorted(self._seen)])

    def _zone_of(self, signal: Signal) -> Zone | None:
        panel = self._places.panel_of(signal.account)
        return None if panel is None else self._places.zone_of(panel, signal)

    def _state(self, zone: Zone) -> ZoneState:
        if zone.no not in self._states:
            self._states[zone.no] = self._tx.zone_states.find(zone.no) or ZoneState(zone.no)
        return self._states[zone.no]

    def _arming(self, zone: Zone, at: datetime, slack: timedelta) -> ArmState | None:
        group = self._places.group_of(zone)
        if group is None:
            return None
        return arming_of(group, self._stored(group.no), at, slack, self._local)

    def _stored(self, group_no: str) -> ArmState | None:
        if group_no not in self._armings:
            self._armings[group_no] = self._tx.arm_states.find(group_no)
        return self._armings[group_no]

    def _delay(self, signal: Signal, zone: Zone, arming: ArmState) -> None:
        """The first signal of a zone starts its delay; more of them neither lengthen nor double it."""
        if any(waiting.zone == zone.no for waiting in arming.delayed):
            self._note_quiet(arming, zone, is_quiet=False)
            return
        due_at = signal.received_at + timedelta(seconds=zone.entry_delay_s)
        self._put_delayed(arming, (*arming.delayed, Delayed(zone.no, signal, due_at)), "delayed")

    def _note_quiet(self, arming: ArmState, zone: Zone, *, is_quiet: bool) -> None:
        delayed = tuple(
            replace(waiting, is_quiet=is_quiet) if waiting.zone == zone.no else waiting
            for waiting in arming.delayed
        )
        if delayed != arming.delayed:
            self._put_delayed(arming, delayed, "quiet" if is_quiet else "delayed")

    def _put_delayed(self, arming: ArmState, delayed: tuple[Delayed, ...], change: str) -> None:
        saved = self._tx.arm_states.put(replace(arming, delayed=delayed))
        self._armings[arming.group] = saved
        self._tx.record(ArmChanged(saved, change))


def due_delays(view: View, ages: Ages) -> frozenset[Begun]:
    """What has waited for its full delay, by what really passed: a clock that is set raises nothing early."""
    waiting = [one for state in view.arm_states.all() for one in state.delayed]
    ages_s = ages.look(map(_begun, waiting))
    return frozenset(_begun(one) for one in waiting if ages_s[_begun(one)] >= one.delay_s)


def take_due(tx: Tx, now: datetime, due: Container[Begun]) -> list[Delayed]:
    """What of `due` still waits, taken out of its groups; its signals count from now on."""
    taken: list[Delayed] = []
    for state in tx.arm_states.all():
        over = [waiting for waiting in state.delayed if _begun(waiting) in due]
        if over:
            rest = tuple(waiting for waiting in state.delayed if waiting not in over)
            saved = tx.arm_states.put(replace(state, delayed=rest))
            tx.record(ArmChanged(saved, "raised"))
            taken += [replace(waiting, signal=replace(waiting.signal, received_at=now)) for waiting in over]
    return taken


def _begun(waiting: Delayed) -> Begun:
    return waiting.zone, waiting.signal.received_at
