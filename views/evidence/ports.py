"""What the screen of recordings taken away asks of the services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Protocol

from services.domain.documents import Document
from services.domain.evidence import EvidenceRequest
from services.domain.people import Session
from services.evidence.checking import Checked
from services.evidence.desk import Receiver
from services.evidence.exporting import ExportOrder, ExportProgress
from services.evidence.of_incident import IncidentFootage
from services.evidence.steps import Wanted
from services.playback.stills import Still

# Writes a document where its name says; blocks.
Save = Callable[[Document, Path], None]


class EvidenceCommands(Protocol):
    """What this screen asks of `services.evidence.desk.EvidenceDesk`; all of it blocks."""

    def overview(self, session: Session) -> list[EvidenceRequest]: ...
    def register_of(self, session: Session, since: datetime, until: datetime) -> list[EvidenceRequest]: ...
    def of_incident(self, session: Session, incident_id: str) -> IncidentFootage: ...
    def request(self, session: Session, wanted: Wanted) -> EvidenceRequest: ...
    def approve(self, session: Session, request: EvidenceRequest) -> EvidenceRequest: ...
    def reject(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest: ...
    def withdraw(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest: ...
    def redo(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest: ...
    def hand_over(self, session: Session, request: EvidenceRequest, to: Receiver) -> EvidenceRequest: ...
    def give_back(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest: ...
    def register(self, session: Session, request: EvidenceRequest) -> EvidenceRequest: ...
    def tend(self) -> list[EvidenceRequest]: ...


class Exports(Protocol):
    """Copies, in a job's thread of its own: `services.evidence.exporting.Exporter`."""

    def export(
        self,
        session: Session,
        request: EvidenceRequest,
        order: ExportOrder,
        tell: Callable[[ExportProgress], None],
        stop: Event,
    ) -> EvidenceRequest: ...


# Reads every byte of a package; blocks.
Check = Callable[[Session, EvidenceRequest], Checked]


class Stills(Protocol):
    """Of `services.playback.desk.PlaybackDesk`; all of it blocks."""

    def open(self, session: Session, cameras: Sequence[str], at: datetime) -> None: ...
    def still(
        self,
        session: Session,
        camera: str,
        at: datetime,
        *,
        size_px: tuple[int, int] = (0, 0),
        only_keys: bool = False,
    ) -> Still | None: ...
