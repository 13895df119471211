"""What this screen asks of the services; every call blocks and belongs in a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from services.domain.documents import Document
from services.domain.people import Session
from services.domain.plans import Plan, PlanText, PlanVersion


class PlanReading(Protocol):
    """`services.plans.library.PlanLibrary`."""

    def all(self) -> list[Plan]: ...
    def versions_of(self, plan_id: str) -> list[PlanVersion]: ...


class PlanCommands(Protocol):
    """`services.plans.editing.PlanDesk`."""

    def make(self, session: Session, text: PlanText) -> Plan: ...
    def save(self, session: Session, seen: Plan, text: PlanText) -> Plan: ...
    def send(self, session: Session, seen: Plan) -> Plan: ...
    def give_back(self, session: Session, seen: Plan, note: str) -> Plan: ...
    def publish(self, session: Session, seen: Plan, note: str = "") -> PlanVersion: ...
    def give_up_draft(self, session: Session, seen: Plan) -> Plan: ...
    def retire(self, session: Session, seen: Plan, reason: str) -> Plan: ...
    def revive(self, session: Session, seen: Plan) -> Plan: ...
    def take_samples(
        self, session: Session, texts: Mapping[str, PlanText], *, in_force: bool = False
    ) -> list[Plan]: ...


# Writes a paper into a file of the kind its name says.
Save = Callable[[Document, Path], None]
