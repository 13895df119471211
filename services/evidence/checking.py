"""Checks a package at the seat with the very verifier that lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.evidence import EvidenceRequest, Export
from services.domain.people import Permission, Session
from services.evidence import verify
from services.identity import authorize, check_cameras
from services.storage import Database, View


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was exported. where: a file, or a field of the manifest."""

    where: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the verifier found of one request's package; no fault = unchanged."""

    number: str
    faults: tuple[Fault, ...]
    files: int
    size_bytes: int

    @property
    def is_unchanged(self) -> bool:
        return not self.faults


class PackageCheck:
    """Blocks as long as every byte takes to read; says in the audit what it found."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def check(self, session: Session, request: EvidenceRequest) -> Checked:
        """Raises evidence.no_package(number) when there is none, or not at this seat;
        evidence.is_locked(number) for an encrypted one, which is checked where it is unpacked."""
        authorize(session, Permission.REQUEST_EVIDENCE)
        # What the register says now, not what the screen was told some time ago.
        export = self._database.read(lambda view: _export_of(view, session, request.id))
        if export is None or not export.folder or not Path(export.folder).exists():
            raise ServiceError("evidence.no_package", number=request.number)
        if Path(export.folder).is_file():
            raise ServiceError("evidence.is_locked", number=request.number)
        report = verify.check(export.folder, export.key_fingerprint)
        faults = tuple(_fault_of(one) for one in report.findings) or _swapped(export)
        checked = Checked(request.number, faults, report.files, report.size_bytes)
        said = {"unchanged": checked.is_unchanged, "faults": [fault.where for fault in faults][:20]}
        self._database.write(lambda tx: tx.audit(session, "evidence.checked", request.id, after=said))
        return checked


def _fault_of(finding: verify.Finding) -> Fault:
    """On a stick that came back there may be names that are no text."""
    return Fault(*(verify.shown(part) for part in (finding.where, finding.zh, finding.en)))


def _export_of(view: View, session: Session, request_id: str) -> Export | None:
    found = view.evidence.get(request_id)
    check_cameras(view, session, found.cameras, Permission.REQUEST_EVIDENCE)
    return found.export


def _swapped(export: Export) -> tuple[Fault, ...]:
    """Another package of ours is whole and signed too: only the register knows which one was made here."""
    manifest = verify.content_of(export.folder, verify.MANIFEST) or b""
    if verify.sha256(manifest) == export.fingerprint:
        return ()
    zh, en = "这是另一个包，不是登记的那个", "another package than the one in the register"
    return (Fault(verify.MANIFEST, zh, en),)
