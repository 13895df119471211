"""How soon those who were sent signed, arrived and were done, and whether the 1-3-5 rule was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.domain.incidents import Dispatch, DispatchState
from services.reports.alarms import Spread, spread_of
from services.storage import DispatchRecord

# 1-3-5: a post is there within a minute, a patrol within three, called-up help within five.
POST_LIMIT_S = 60.0


class Leg(StrEnum):
    """How far an order has come; each time counts from its sending."""

    SIGN = "sign"
    ARRIVE = "arrive"
    DONE = "done"


class Ring(StrEnum):
    """Who has to be there how soon."""

    POST = "post"
    PATROL = "patrol"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class RingFigures:
    """Of the orders that had to arrive by a time: those in time, those later, those that never arrived."""

    ring: Ring
    sent: int
    in_time: int
    late: int

    @property
    def never(self) -> int:
        return self.sent - self.in_time - self.late

    @property
    def rate(self) -> float | None:
        return self.in_time / self.sent if self.sent else None


@dataclass(frozen=True, slots=True)
class GuardFigures:
    """Of one unit. sign, arrive: median seconds, None while it never did. late: of the orders with a time."""

    guard: str
    name: str
    orders: int
    returned: int
    sign: float | None
    arrive: float | None
    in_time: int
    late: int


@dataclass(frozen=True, slots=True)
class DispatchFigures:
    """Without drills. outside: to 110, 119, 120 or a department, which keep no times of ours."""

    total: int
    outside: int
    backup: int
    returned: int
    cancelled: int
    as_recommended: int
    legs: tuple[tuple[Leg, Spread], ...]
    rings: tuple[RingFigures, ...]
    guards: tuple[GuardFigures, ...]


def dispatch_figures(records: Iterable[DispatchRecord]) -> DispatchFigures:
    orders = [record.dispatch for record in records if not record.is_drill]
    ours = [order for order in orders if not order.is_outside]
    return DispatchFigures(
        total=len(orders),
        outside=len(orders) - len(ours),
        backup=sum(order.is_backup for order in orders),
        returned=sum(_was_returned(order) for order in orders),
        cancelled=sum(order.state is DispatchState.CANCELLED for order in orders),
        as_recommended=sum(order.is_as_recommended for order in orders),
        legs=tuple((leg, spread_of(_times(ours, reached))) for leg, reached in _REACHED.items()),
        rings=tuple(_ring(ring, [o for o in ours if ring_of(o) is ring]) for ring in Ring),
        guards=_guards(ours),
    )


def ring_of(order: Dispatch) -> Ring | None:
    """By the time it was given; None: it had none, is still on its way, or was taken back in time."""
    is_judged = order.on_scene_at is not None or "arrive" in order.late
    if order.arrive_due_at is None or order.is_outside or not is_judged:
        return None
    if order.is_backup:
        return Ring.BACKUP
    limit_s = (order.arrive_due_at - order.sent_at).total_seconds()
    return Ring.POST if limit_s <= POST_LIMIT_S else Ring.PATROL


def is_in_time(order: Dispatch) -> bool:
    due_at, there_at = order.arrive_due_at, order.on_scene_at
    return due_at is not None and there_at is not None and there_at <= due_at


_REACHED: dict[Leg, Callable[[Dispatch], datetime | None]] = {
    Leg.SIGN: lambda order: order.signed_at,
    Leg.ARRIVE: lambda order: order.on_scene_at,
    Leg.DONE: lambda order: order.done_at,
}


def _times(orders: Iterable[Dispatch], reached: Callable[[Dispatch], datetime | None]) -> list[float]:
    found = ((order.sent_at, reached(order)) for order in orders)
    return [max(0.0, (at - sent_at).total_seconds()) for sent_at, at in found if at is not None]


def _was_returned(order: Dispatch) -> bool:
    return bool(order.returns) or order.state is DispatchState.RETURNED


def _ring(ring: Ring, orders: Sequence[Dispatch]) -> RingFigures:
    arrived = [order for order in orders if order.on_scene_at is not None]
    in_time = sum(map(is_in_time, arrived))
    return RingFigures(ring, len(orders), in_time, len(arrived) - in_time)


def _guards(orders: Iterable[Dispatch]) -> tuple[GuardFigures, ...]:
    by_unit: dict[str, list[Dispatch]] = {}
    for order in orders:
        by_unit.setdefault(order.guard, []).append(order)
    found = []
    for unit, mine in by_unit.items():
        timed = [order for order in mine if ring_of(order) is not None]
        in_time = sum(map(is_in_time, timed))
        found.append(
            GuardFigures(
                guard=unit,
                name=mine[-1].guard_name,
                orders=len(mine),
                returned=sum(map(_was_returned, mine)),
                sign=spread_of(_times(mine, _REACHED[Leg.SIGN])).p50,
                arrive=spread_of(_times(mine, _REACHED[Leg.ARRIVE])).p50,
                in_time=in_time,
                late=len(timed) - in_time,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.orders, one.guard)))
