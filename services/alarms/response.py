"""The response clocks: they escalate, offer, return, unshelve and sound again; they never move a state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.alarms.openalarms import OpenAlarms
from services.alarms.orders import give_notices, standing_orders
from services.core.clock import Clock
from services.core.clockset import ClockSet
from services.domain.alarms import IN_HAND_STATES, UNDECIDED_STATES, Alarm
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS, Clocks
from services.domain.facts import AlarmChanged
from services.domain.hands import HAND_MOVES, HandMove, consent_left_s, hand_of
from services.domain.notices import StandingOrders
from services.storage import Database, Tx

# Alarms in one transaction, which keeps all other writers of the site waiting for about a third of a second.
PART = 50
# The hub's beat waits for this duty, and a hub without a beat for 5 s may be replaced.
LONGEST_S = 2.0


def escalation_level(alarm: Alarm, clocks: Clocks, now: datetime) -> int:
    """How many of the escalation limits an unanswered alarm has passed; never below its level.

    Silencing or claiming does not stop the clock; a verdict or an incident does: the first response.
    """
    if alarm.state not in UNDECIDED_STATES or alarm.incident:
        return alarm.escalation_level
    waited_s = (now - alarm.received_at).total_seconds()
    return max(alarm.escalation_level, sum(waited_s >= limit_s for limit_s in clocks.escalate_s))


def is_owner_silent(alarm: Alarm, clocks: Clocks, now: datetime) -> bool:
    """The owner has neither looked nor sent anyone for `offer_again_s` since the last sign of them."""
    if clocks.offer_again_s is None or alarm.state not in IN_HAND_STATES or alarm.incident:
        return False
    signs = [at for at in (alarm.claimed_at, alarm.viewed_at) if at is not None]
    return bool(signs) and (now - max(signs)).total_seconds() >= clocks.offer_again_s


# What people leave on an alarm, each with its time.
_Touch = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Now:
    """What the rules of time judge by.

    Were the machine's clock never set, both times would be the same: came_at as it went on since the alarm
    came, at since a person touched it last.
    """

    clocks: Clocks
    orders: StandingOrders
    came_at: datetime
    at: datetime


def _escalated(alarm: Alarm, now: _Now) -> Alarm:
    level = escalation_level(alarm, now.clocks, now.came_at)
    return replace(alarm, escalation_level=level) if level > alarm.escalation_level else alarm


def _returned(alarm: Alarm, now: _Now) -> Alarm:
    """Nobody accepted what its owner wanted to hand over: it was theirs all the time, and stays theirs."""
    is_over = alarm.ask is not None and consent_left_s(alarm, now.at) == 0
    return replace(alarm, ask=None) if is_over else alarm


def _unshelved(alarm: Alarm, now: _Now) -> Alarm:
    """Its time on the shelf is over, and it sounds again."""
    is_over = alarm.shelf is not None and now.at >= alarm.shelf.until
    return replace(alarm, shelf=None, silenced_at=None) if is_over else alarm


def _offered(alarm: Alarm, now: _Now) -> Alarm:
    may_be = (hand_of(alarm, now.at), HandMove.OFFER) in HAND_MOVES
    is_due = may_be and is_owner_silent(alarm, now.clocks, now.at)
    return replace(alarm, offered_at=now.at) if is_due else alarm


def _sounds_again(alarm: Alarm, now: _Now) -> Alarm:
    """A silenced P1 alarm sounds again as long as nobody has reset it (GB 50394, commentary)."""
    wait_s = now.orders.sound_again_s
    if alarm.priority > Priority.P1 or alarm.silenced_at is None or not wait_s:
        return alarm
    is_answered = alarm.state not in UNDECIDED_STATES or bool(alarm.incident)
    is_over = (now.at - alarm.silenced_at).total_seconds() >= wait_s
    is_due = is_over and (now.orders.sounds_until_reset or not is_answered)
    return replace(alarm, silenced_at=None) if is_due else alarm


# All that time does to an alarm: the name of the change, and the alarm after it (the same = not due).
# No rule moves its state or owner.
RULES: tuple[tuple[str, Callable[[Alarm, _Now], Alarm]], ...] = (
    ("escalated", _escalated),
    ("returned", _returned),
    ("unshelved", _unshelved),
    ("offered", _offered),
    ("sounds_again", _sounds_again),
)


class ResponseClocks:
    """Looks at the open alarms and writes down what the passing time has made true."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        limits: Mapping[Priority, Clocks] = DEFAULT_CLOCKS,
        open_alarms: OpenAlarms | None = None,
    ) -> None:
        """open_alarms: read together with another duty of the same thread, None = alone."""
        self._database = database
        self._clock = clock
        self._limits = limits
        self._set = ClockSet(clock)
        self._open = open_alarms or OpenAlarms()
        # How often in vain, of what is due.
        self._failures: Counter[str] = Counter()
        # How far the clock had been set when each alarm was first seen, and when a person last touched it.
        self._came: dict[str, timedelta] = {}
        self._touched: dict[str, tuple[_Touch, timedelta]] = {}

    def use_limits(self, limits: Mapping[Priority, Clocks]) -> None:
        """Alarms that wait are judged by these from the next tick on; what was told stays told."""
        self._limits = limits

    def tick(self) -> int:
        """How many alarms changed; one read, and one write for each `PART` of what is due, most urgent first.

        What `LONGEST_S` does not suffice for, or what a failure keeps back, is due again at the next tick.
        """
        alarms, orders = self._database.read(lambda view: (self._open.look(view), standing_orders(view)))
        self._note_times(alarms)
        due = [alarm for alarm in alarms if self._due(alarm, orders)]
        self._failures = Counter({alarm.id: self._failures[alarm.id] for alarm in due})
        ends_s = self._clock.monotonic() + LONGEST_S
        changed = 0
        for part in self._parts(due):
            changed += self._write(part)
            if self._clock.monotonic() >= ends_s:
                break
        return changed

    def _parts(self, due: Sequence[Alarm]) -> list[list[str]]:
        """What failed before comes last, each alone: an alarm that cannot be saved keeps no other back."""
        waiting = sorted(due, key=lambda one: (self._failures[one.id], one.priority, one.received_at))
        fresh = [alarm.id for alarm in waiting if not self._failures[alarm.id]]
        parts: list[list[str]] = [[*fresh[at : at + PART]] for at in range(0, len(fresh), PART)]
        return parts + [[alarm.id] for alarm in waiting if self._failures[alarm.id]]

    def _write(self, part: Sequence[str]) -> int:
        # In vain until it is written.
        self._failures.update(part)
        changed = self._database.write(lambda tx: self._apply(tx, part))
        for alarm_id in part:
            del self._failures[alarm_id]
        return changed

    def _due(self, alarm: Alarm, orders: StandingOrders) -> list[tuple[str, Alarm]]:
        """What is due, in order: the change's name and the alarm after it."""
        now = self._now(alarm, orders)
        found = []
        for name, rule in RULES:
            after = rule(alarm, now)
            if after is not alarm:
                found.append((name, after))
            alarm = after
        return found

    def _note_times(self, alarms: Sequence[Alarm]) -> None:
        total = self._set.look()
        self._came = {alarm.id: self._came.get(alarm.id, total) for alarm in alarms}
        self._touched = {alarm.id: self._touch_of(alarm, total) for alarm in alarms}

    def _touch_of(self, alarm: Alarm, total: timedelta) -> tuple[_Touch, timedelta]:
        touch = (alarm.claimed_at, alarm.viewed_at, alarm.silenced_at, alarm.shelf, alarm.ask)
        known = self._touched.get(alarm.id)
        return known if known is not None and known[0] == touch else (touch, total)

    def _now(self, alarm: Alarm, orders: StandingOrders) -> _Now:
        """The machine's time without what the clock was set by while this alarm waited."""
        wall, total = self._clock.now(), self._set.total
        came = total - self._came.get(alarm.id, total)
        known = self._touched.get(alarm.id)
        touched = total - known[1] if known is not None else timedelta()
        return _Now(self._limits[alarm.priority], orders, wall - came, wall - touched)

    def _apply(self, tx: Tx, part: Sequence[str]) -> int:
        """Judged again inside the transaction: somebody may just have answered."""
        orders = standing_orders(tx)
        return sum(self._changed(tx, alarm, orders) for alarm in tx.alarms.some(part))

    def _changed(self, tx: Tx, before: Alarm, orders: StandingOrders) -> bool:
        due = self._due(before, orders)
        for name, after in due:
            saved = tx.alarms.save(replace(after, row_version=before.row_version))
            tx.audit(None, f"alarm.{name}", saved.id, after={"level": saved.escalation_level})
            tx.record(AlarmChanged(saved, name))
            give_notices(tx, before, saved, orders, self._clock.now())
            before = saved
        return bool(due)
