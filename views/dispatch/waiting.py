"""Orders that wait, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable

from services.core.errors import ServiceError
from services.dispatch.outbox import QueuedOrder
from services.domain.site import Site
from ui.text import sentence
from ui.text.places import local_name
from ui.text.times import clock_time
from ui.waiting_orders import WaitingOrder


def waiting_lines(site: Site, orders: Iterable[QueuedOrder]) -> list[WaitingOrder]:
    return [_line(site, queued) for queued in orders]


def _line(site: Site, queued: QueuedOrder) -> WaitingOrder:
    order = queued.order
    guard = site.guard(order.guard)
    who = local_name(guard) if guard is not None else order.name or order.guard
    text = f"{clock_time(queued.queued_at)}  {who}  {order.text}"
    trouble = sentence(ServiceError(queued.why, **(queued.params or {}))) if queued.why else ""
    return WaitingOrder(order.id, text, trouble)
