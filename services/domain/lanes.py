"""The lanes in which the guard force is shown, and which change of status a person may make by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.domain.people import GUARD_MOVES, WORKING, GuardState, GuardStatus


class Lane(StrEnum):
    """在岗 / 巡逻 / 派出 / 到场 / 休息 / 离线 / 遇险."""

    ON_DUTY = "on_duty"
    PATROL = "patrol"
    SENT = "sent"
    ON_SCENE = "on_scene"
    BREAK = "break"
    OFFLINE = "offline"
    DURESS = "duress"


LANE_OF: dict[GuardStatus, Lane] = {
    GuardStatus.AVAILABLE: Lane.ON_DUTY,
    GuardStatus.ON_POST: Lane.ON_DUTY,
    GuardStatus.PATROLLING: Lane.PATROL,
    GuardStatus.DISPATCHED: Lane.SENT,
    GuardStatus.EN_ROUTE: Lane.SENT,
    GuardStatus.ON_SCENE: Lane.ON_SCENE,
    GuardStatus.BREAK: Lane.BREAK,
    GuardStatus.OFF: Lane.OFFLINE,
    GuardStatus.OUT_OF_SERVICE: Lane.OFFLINE,
    GuardStatus.DURESS: Lane.DURESS,
}
# Follow the steps of a dispatch, so only one who has an order can be put there.
_BY_ORDER = WORKING


class Hindrance(StrEnum):
    """Why a status cannot be changed by hand; each is the end of an error code "people.…"."""

    ILLEGAL_MOVE = "illegal_move"
    ORDER_FIRST = "order_first"
    ON_DISPATCH = "on_dispatch"
    REASON_NEEDED = "reason_needed"


@dataclass(frozen=True, slots=True)
class Wish:
    """A status asked for by hand, with the reason given."""

    status: GuardStatus
    reason: str = ""


def hindrance(state: GuardState, wish: Wish) -> Hindrance | None:
    """What keeps `wish` from being done; None: it can be done."""
    # Somebody in trouble, or whose radio broke, is that whatever the order says.
    free_of_order = (GuardStatus.DURESS, GuardStatus.OUT_OF_SERVICE)
    if state.dispatch and wish.status not in (*_BY_ORDER, *free_of_order):
        return Hindrance.ON_DISPATCH
    if wish.status not in GUARD_MOVES[state.status]:
        is_order = wish.status in _BY_ORDER and not state.dispatch
        return Hindrance.ORDER_FIRST if is_order else Hindrance.ILLEGAL_MOVE
    if wish.status in _BY_ORDER:
        return None if state.dispatch else Hindrance.ORDER_FIRST
    if state.status is GuardStatus.DURESS and not wish.reason.strip():
        return Hindrance.REASON_NEEDED
    return None


def status_in(lane: Lane, state: GuardState, at_post: GuardStatus) -> GuardStatus:
    """What putting a guard into `lane` asks for; at_post: the status of this guard when back at the post."""
    match lane:
        case Lane.ON_DUTY:
            return GuardStatus.ON_POST if at_post is GuardStatus.ON_POST else GuardStatus.AVAILABLE
        case Lane.PATROL:
            return GuardStatus.PATROLLING
        case Lane.SENT:
            return GuardStatus.EN_ROUTE if state.dispatch else GuardStatus.DISPATCHED
        case Lane.ON_SCENE:
            return GuardStatus.ON_SCENE
        case Lane.BREAK:
            return GuardStatus.BREAK
        case Lane.OFFLINE:
            return GuardStatus.OFF
        case Lane.DURESS:
            return GuardStatus.DURESS
