"""What the record screen asks of services; every call blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from services.alarms.record import SignalStory
from services.domain.classes import Priority
from services.domain.clocks import Clocks
from services.domain.notices import Notice, StandingOrders
from services.domain.people import Session
from services.domain.signals import KeptSignal, SignalSearch

Limits = Mapping[Priority, Clocks]


class SignalPort(Protocol):
    """`services.alarms.record.SignalRecord`."""

    def page(self, session: Session, search: SignalSearch, before: int | None = None) -> list[KeptSignal]: ...
    def story(self, session: Session, number: int) -> SignalStory: ...


class LimitPort(Protocol):
    """`services.alarms.limits.LimitDesk`."""

    def read(self) -> Limits: ...
    def lay_down(self, session: Session, seen: Limits, wanted: Limits) -> Limits: ...


class OrderPort(Protocol):
    """`services.alarms.orders.OrdersDesk`."""

    def read(self) -> StandingOrders: ...
    def newest_notices(self) -> list[Notice]: ...
    def lay_down(self, session: Session, orders: StandingOrders) -> StandingOrders: ...
