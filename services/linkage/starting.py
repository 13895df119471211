"""Begins runs: in the alarm's own transaction, so that no alarm is stored without what it sets off."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

import structlog

from services.alarms.meaning import LINKAGE_CODES
from services.core.clock import Clock
from services.core.ids import new_id
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from services.domain.facts import LinkageRunChanged
from services.domain.linkage import MOST_COOL_DOWN_S, OUTWARD, Action, ActionKind, Rule, feeds_rule
from services.domain.linkage_runs import ActionRun, LinkageRun, Result, RunState, needs_hub
from services.domain.triggers import (
    Happening,
    Moment,
    TriggerKind,
    conditions,
    counts_counts,
    is_met,
    longest_within_s,
)
from services.storage import Tx, View

# What "N of M within T" may look back on; more would make each alarm of a flood slower than the last.
MOST_RECENT = 500
# In a flood a camera cannot turn to each of hundreds of beams: of alarms below P1 a rule does no more than so
# many within this time; the rest has its record all the same, which says why.
FLOOD_WITHIN = timedelta(seconds=10)
FLOOD_RUNS = 20
FLOOD = "linkage.flood"
_BUILT_IN = feeds_rule()

log = structlog.get_logger(__name__)

# Rule, and the alarm point it ran for.
Point = tuple[str, str, int, str]
# The arm groups that are armed now.
Armed = Callable[[Tx], frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Past:
    """What a transaction adds to the memory, once it is committed.

    begun: rules; ran: each of them with the point it ran for. left_out: those of a flood, where nothing ran.
    """

    happening: Happening
    begun: tuple[str, ...]
    ran: tuple[Point, ...]
    left_out: tuple[Point, ...]


class LinkageStart:
    """Matches alarms with rules. Everything here runs in the database's writer thread but `take_rules`.

    What a transaction saw counts only after its commit: one that is undone and tried again counts once.
    """

    def __init__(
        self,
        clock: Clock,
        zone: tzinfo | None = None,
        armed: Armed = lambda _tx: frozenset(),
        rules: Iterable[Rule] = (),
    ) -> None:
        self._clock = clock
        self._zone = zone
        self._armed = armed
        self._rules: tuple[Rule, ...] = ()
        self.take_rules(rules)
        self._recent: deque[Happening] = deque(maxlen=MOST_RECENT)
        self._ran_at: dict[Point, datetime] = {}
        self._left_out_at: dict[Point, datetime] = {}
        self._begun_at: dict[str, deque[datetime]] = {}
        self._tx: Tx | None = None
        self._tentative: list[_Past] = []

    def take_rules(self, rules: Iterable[Rule]) -> None:
        """Judge by these from the next alarm on; from any thread."""
        enabled = [rule for rule in rules if rule.is_enabled]
        self._rules = tuple(rule for rule in enabled if not counts_counts(rule.trigger))
        for rule in enabled:
            if counts_counts(rule.trigger):
                # An earlier version took it.
                log.warning("linkage.rule_left_out", rule=rule.id, fault="count_nested")

    def remember(self, view: View) -> None:
        """What happened before this hub began: for cool-downs and "N of M within T"."""
        since = self._clock.now() - timedelta(seconds=MOST_COOL_DOWN_S)
        alarms = {alarm.id: alarm for alarm in view.alarms.page(MOST_RECENT) if alarm.received_at >= since}
        oldest_first = sorted(alarms.values(), key=lambda alarm: alarm.received_at)
        self._recent.extend(Happening(alarm, alarm.received_at) for alarm in oldest_first)
        for run in reversed(view.linkage_runs.since(since, MOST_RECENT)):
            alarm = alarms.get(run.alarm)  # type: ignore[call-overload]
            if alarm is not None:
                known = self._left_out_at if _is_left_out(run) else self._ran_at
                known[point_of(run.rule, alarm)] = run.received_at

    def raised(self, tx: Tx, alarm: Alarm) -> None:
        """Inside the transaction that raises the alarm."""
        if alarm.code_raw in LINKAGE_CODES:
            return
        tx.linkage_runs.add_later(_begun(_BUILT_IN, alarm, alarm.received_at, alarm.id))
        self._match(tx, alarm, alarm.received_at)

    def repeated(self, tx: Tx, alarm: Alarm) -> None:
        """Inside the transaction that counts it once more."""
        if alarm.code_raw not in LINKAGE_CODES:
            self._match(tx, alarm, alarm.last_occurrence_at)

    def committed(self, tx: Tx) -> None:
        """After every commit of this process, in the writer thread; also after those of others, while what
        an undone transaction saw still lies here."""
        for past in self._tentative if tx is self._tx else ():
            self._recent.append(past.happening)
            self._ran_at.update(dict.fromkeys(past.ran, past.happening.at))
            self._left_out_at.update(dict.fromkeys(past.left_out, past.happening.at))
            for rule in past.begun:
                self._begun_at.setdefault(rule, deque(maxlen=FLOOD_RUNS)).append(past.happening.at)
        self._tentative.clear()
        self._tx = None

    def _match(self, tx: Tx, alarm: Alarm, at: datetime) -> None:
        if tx is not self._tx:
            self._tx, self._tentative = tx, []
        happening = Happening(alarm, at)
        armed: frozenset[str] = frozenset()
        if any(one.kind is TriggerKind.ARMED for rule in self._rules for one in conditions(rule.trigger)):
            armed = self._armed(tx)
        begun: list[str] = []
        ran: list[Point] = []
        left_out: list[Point] = []
        for rule in self._rules:
            if not self._applies(rule, happening, armed):
                continue
            point, run = point_of(rule.id, alarm), _begun(rule, alarm, at, new_id())
            if not self._is_flooded(rule, happening):
                begun.append(rule.id)
                ran.append(point)
            elif _is_within(self._left_out_last(point), rule, at):
                # On record already: each frame of a flood must not become another row.
                continue
            else:
                run = _left_out(run)
                left_out.append(point)
            tx.record(LinkageRunChanged(tx.linkage_runs.add_later(run)))
        self._tentative.append(_Past(happening, tuple(begun), tuple(ran), tuple(left_out)))

    def _is_flooded(self, rule: Rule, happening: Happening) -> bool:
        if happening.alarm.priority is Priority.P1:
            return False
        times: list[datetime] = [*self._begun_at.get(rule.id, ())]
        times += [past.happening.at for past in self._tentative if rule.id in past.begun]
        recent = [at for at in times if timedelta(0) <= happening.at - at < FLOOD_WITHIN]
        return len(recent) >= FLOOD_RUNS

    def _applies(self, rule: Rule, happening: Happening, armed: frozenset[str]) -> bool:
        if _is_within(self._last_run(point_of(rule.id, happening.alarm)), rule, happening.at):
            return False
        recent: tuple[Happening, ...] = ()
        if longest_within_s(rule.trigger):
            recent = (*self._recent, *(past.happening for past in self._tentative))
        return is_met(rule.trigger, happening, Moment(self._zone, armed, recent))

    def _last_run(self, point: Point) -> datetime | None:
        for past in reversed(self._tentative):
            if point in past.ran:
                return past.happening.at
        return self._ran_at.get(point)

    def _left_out_last(self, point: Point) -> datetime | None:
        for past in reversed(self._tentative):
            if point in past.left_out:
                return past.happening.at
        return self._left_out_at.get(point)


def point_of(rule: str, alarm: Alarm) -> Point:
    """Another button must never be kept quiet by the cool-down of this one."""
    return rule, alarm.panel, alarm.zone_number, alarm.zone or alarm.name


def _is_within(last_at: datetime | None, rule: Rule, at: datetime) -> bool:
    """The rule's cool-down since `last_at` is not over."""
    return last_at is not None and timedelta(0) <= at - last_at < timedelta(seconds=rule.cool_down_s)


def _begun(rule: Rule, alarm: Alarm, at: datetime, run_id: str) -> LinkageRun:
    """The run of the built-in rule has its alarm's id, so that a seat can report before it read anything."""
    run = LinkageRun(
        id=run_id,
        alarm=alarm.id,
        rule=rule.id,
        rule_version=rule.version,
        rule_name=rule.name,
        rule_name_en=rule.name_en,
        received_at=at,
        actions=tuple(_ready(action, alarm, at) for action in rule.actions),
        in_order=rule.in_order,
        is_drill=alarm.is_drill,
    )
    if all(one.is_over for one in run.actions):
        return replace(run, state=RunState.DONE)
    return replace(run, state=RunState.WAITING) if needs_hub(run) else run


def _left_out(run: LinkageRun) -> LinkageRun:
    """Nothing of it is done, and its record says so."""
    at = run.received_at
    actions = tuple(
        one if one.is_over else replace(one, result=Result.SKIPPED, ended_at=at, code=FLOOD)
        for one in run.actions
    )
    return replace(run, actions=actions, state=RunState.DONE)


def _is_left_out(run: LinkageRun) -> bool:
    return any(one.code == FLOOD for one in run.actions)


def _ready(action: Action, alarm: Alarm, at: datetime) -> ActionRun:
    """What is known to be impossible is said at once."""
    if alarm.is_drill and action.kind in OUTWARD:
        return ActionRun(action, Result.SKIPPED, at, at, "linkage.drill")
    lacks = ""
    if action.kind is ActionKind.FEEDS and not alarm.feeds:
        lacks = "linkage.no_camera"
    elif action.kind in (ActionKind.MAP, ActionKind.PTZ_AIM) and alarm.at is None:
        lacks = "linkage.no_place"
    return ActionRun(action, Result.UNAVAILABLE, at, at, lacks) if lacks else ActionRun(action)
