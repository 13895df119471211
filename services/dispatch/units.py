"""Who goes when an order is given to a guard, a post, a patrol, a team, or somebody outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.dispatch.orders import Order
from services.domain.incidents import OUTSIDE, Dispatch, TargetKind
from services.domain.people import READY, GuardState
from services.domain.site import Point, PostKind, Site
from services.storage import Tx

_STANDING = frozenset({PostKind.FIXED, PostKind.GATE, PostKind.CONTROL_ROOM, PostKind.VIDEO_PATROL})


@dataclass(frozen=True, slots=True)
class Unit:
    """name: as it stands in the record. members: the guards who go; none for those outside.

    is_standing: they come from a post that stands, so the shortest arrival clock is theirs.
    """

    target: TargetKind
    no: str
    name: str
    members: tuple[GuardState, ...] = ()
    is_standing: bool = False

    @property
    def at(self) -> Point | None:
        return self.members[0].at if self.members else None


def unit_of(tx: Tx, site: Site, order: Order, *, is_drill: bool = False) -> Unit:
    """is_drill: whoever is sent is only played as sent.

    Raises dispatch.unknown_guard(guard), guard_busy(guard, by), guard_unavailable(guard, status),
    unknown_unit(unit), unit_empty(unit).
    """
    if order.target in OUTSIDE:
        name = typed_text(order.name)
        if not name and order.target is TargetKind.DEPARTMENT:
            raise ServiceError("dispatch.unknown_unit", unit="")
        return Unit(order.target, order.target.value, name or order.target.value)
    if order.target is TargetKind.GUARD:
        return _one_guard(tx, site, order.guard, is_drill=is_drill)
    if order.target is TargetKind.TEAM:
        name = typed_text(order.name) or order.guard
        return _several(tx, site, order, name, order.members, is_standing=False, is_drill=is_drill)
    return _of_post(tx, site, order, is_drill=is_drill)


def played_as_sent(dispatches: Iterable[Dispatch]) -> frozenset[str]:
    """The guards whom a drill has under way."""
    running = (dispatch for dispatch in dispatches if dispatch.is_drill and dispatch.is_running)
    return frozenset(no for dispatch in running for no in dispatch.guards)


def check_ready(tx: Tx, site: Site, guard_no: str, *, is_drill: bool = False) -> GuardState:
    """The state of a guard who can be sent now. What a drill plays keeps nobody from what is real."""
    guard = site.guard(guard_no)
    if guard is None:
        raise ServiceError("dispatch.unknown_guard", guard=guard_no)
    state = tx.guards.get(guard_no)
    if state.dispatch:
        by = tx.dispatches.get(state.dispatch).sent_by_name
        raise ServiceError("dispatch.guard_busy", guard=guard.name, by=by)
    if state.status not in READY:
        raise ServiceError("dispatch.guard_unavailable", guard=guard.name, status=state.status.value)
    if is_drill:
        running = tx.dispatches.running()
        if guard_no in played_as_sent(running):
            by = next(one.sent_by_name for one in running if guard_no in one.guards)
            raise ServiceError("dispatch.guard_busy", guard=guard.name, by=by)
    return state


def _one_guard(tx: Tx, site: Site, guard_no: str, *, is_drill: bool) -> Unit:
    state = check_ready(tx, site, guard_no, is_drill=is_drill)
    guard = site.guard(guard_no)
    assert guard is not None
    post = site.post(guard.post) if guard.post else None
    is_standing = post is not None and post.kind in _STANDING
    return Unit(TargetKind.GUARD, guard.no, guard.name, (state,), is_standing)


def _of_post(tx: Tx, site: Site, order: Order, *, is_drill: bool) -> Unit:
    """Whoever is free of it, unless the operator named them."""
    post = next((post for post in site.posts if post.no == order.guard), None)
    if post is None:
        raise ServiceError("dispatch.unknown_unit", unit=order.guard)
    members = order.members
    if not members:
        of_post = {guard.no for guard in site.guards if guard.post == post.no}
        states = (state for state in tx.guards.all() if state.no in of_post)
        members = tuple(state.no for state in states if state.status in READY and not state.dispatch)
    return _several(
        tx, site, order, post.name, members, is_standing=post.kind in _STANDING, is_drill=is_drill
    )


def _several(
    tx: Tx,
    site: Site,
    order: Order,
    name: str,
    members: tuple[str, ...],
    *,
    is_standing: bool,
    is_drill: bool,
) -> Unit:
    if not name:
        raise ServiceError("dispatch.unknown_unit", unit=order.guard)
    if not members:
        raise ServiceError("dispatch.unit_empty", unit=name)
    states = tuple(check_ready(tx, site, no, is_drill=is_drill) for no in dict.fromkeys(members))
    return Unit(order.target, order.guard or name[:32], name, states, is_standing)
