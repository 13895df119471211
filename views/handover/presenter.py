"""What the next shift must know, who signs it, what is lent, and the handovers before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.documents import Document
from services.domain.facts import (
    AlarmChanged,
    AlarmRaised,
    CameraHealthChanged,
    DispatchChanged,
    DispatchSent,
    Fact,
    HandoverChanged,
    IncidentChanged,
    IncidentOpened,
    LentItemChanged,
    OutputOrderChanged,
    PlanRunChanged,
    ZoneChanged,
)
from services.domain.handovers import Handover, HandoverItem, HandoverState, LentItem
from services.domain.people import Permission, Session
from services.domain.site import Site
from services.handover.desk import Present
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering
from ui.text.places import local_name
from views.handover.paper import paper_of

MOST_SHOWN = 100
# What may make the paper differ from the record.
_TOUCHES = (
    AlarmRaised,
    AlarmChanged,
    IncidentOpened,
    IncidentChanged,
    DispatchSent,
    DispatchChanged,
    PlanRunChanged,
    ZoneChanged,
    CameraHealthChanged,
    OutputOrderChanged,
    HandoverChanged,
    LentItemChanged,
)


class Desk(Protocol):
    """`services.handover.desk.HandoverDesk`; every call blocks."""

    def present(self) -> Present: ...
    def newest(self, most: int) -> list[Handover]: ...
    def prepare(self, session: Session) -> Handover: ...
    def add_note(self, session: Session, text: str) -> Handover: ...
    def withdraw_note(self, session: Session, note_id: str) -> Handover: ...
    def sign_out(
        self, session: Session, name: str, password: str, seen: tuple[HandoverItem, ...], remark: str = ""
    ) -> Handover: ...
    def sign_in(
        self, session: Session, name: str, password: str, seen: tuple[HandoverItem, ...], remark: str = ""
    ) -> Handover: ...


class Ledger(Protocol):
    """`services.handover.lending.LentLedger`; every call blocks."""

    def newest(self, most: int) -> list[LentItem]: ...
    def lend(
        self,
        session: Session,
        name: str,
        borrower: str,
        *,
        count: int = 1,
        contact: str = "",
        due_at: datetime | None = None,
    ) -> LentItem: ...
    def take_back(self, session: Session, item_id: str, note: str = "") -> LentItem: ...


# What changes the ledger or the history, which are longer than the paper.
_SHELVES = (HandoverChanged, LentItemChanged)


@dataclass(frozen=True, slots=True)
class _Read:
    """shelves: lent items and past handovers; None = not read again."""

    present: Present
    shelves: tuple[list[LentItem], list[Handover]] | None


class HandoverPresenter(QObject):
    """Signals: changed(); signed(Handover); lent(); exported(path); refused(ServiceError)."""

    changed = Signal()
    signed = Signal(object)
    lent = Signal()
    noted = Signal()
    exported = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        desk: Desk,
        ledger: Ledger,
        session: Session,
        jobs: UiJobs,
        save: Callable[[Document, Path], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._desk = desk
        self._ledger = ledger
        self._session = session
        self._jobs = jobs
        self._save = save
        self._is_shown = False
        self._is_reading = False
        self._is_stale = False
        self._has_shelves = False
        self._is_signing = False
        self.present = Present(None)
        self.lent_items: list[LentItem] = []
        self.history: list[Handover] = []
        live.applied.connect(self._follow)

    @property
    def may_hand_over(self) -> bool:
        return self._session.may(Permission.HAND_OVER)

    @property
    def user(self) -> str:
        return self._session.user

    @property
    def may_prepare(self) -> bool:
        """Not while a paper waits for who takes it over."""
        handover = self.present.handover
        return self.may_hand_over and (handover is None or handover.state is HandoverState.PREPARED)

    @property
    def may_sign(self) -> bool:
        is_free = self.present.handover is not None and not self.present.ownerless
        return self.may_hand_over and is_free and not self._is_signing

    def use_site(self, site: Site) -> None:
        self._site = site
        self._read_anew()

    def show(self, is_shown: bool) -> None:
        """Nothing is read while nobody looks."""
        self._is_shown = is_shown
        self._read_anew()

    def prepare(self) -> None:
        if self.may_prepare:
            self._jobs.run(partial(self._desk.prepare, self._session), self._renew, self._refuse)

    def note(self, text: str) -> None:
        self._jobs.run(partial(self._desk.add_note, self._session, text), self._take_note, self._refuse)

    def withdraw(self, item: HandoverItem) -> None:
        self._jobs.run(
            partial(self._desk.withdraw_note, self._session, item.key), self._take_note, self._refuse
        )

    def may_withdraw(self, item: HandoverItem) -> bool:
        handover = self.present.handover
        if handover is None or not self.may_prepare:
            return False
        return any(note.id == item.key and note.by == self._session.user for note in handover.notes)

    def sign(self, name: str, password: str, remark: str) -> None:
        """Out or in, as it is the turn; what was on the screen is what they sign."""
        handover = self.present.handover
        if handover is None or self._is_signing:
            return
        is_out = handover.state is HandoverState.PREPARED
        command = self._desk.sign_out if is_out else self._desk.sign_in
        self._is_signing = True
        self.changed.emit()
        self._jobs.run(
            partial(command, self._session, name, password, self.present.items, remark),
            self._take_signed,
            self._refuse_signing,
        )

    def lend(self, name: str, borrower: str, count: int, contact: str, due_at: datetime | None) -> None:
        work = partial(
            self._ledger.lend, self._session, name, borrower, count=count, contact=contact, due_at=due_at
        )
        self._jobs.run(work, self._take_lent, self._refuse)

    def take_back(self, item: LentItem, note: str) -> None:
        self._jobs.run(
            partial(self._ledger.take_back, self._session, item.id, note), self._take_lent, self._refuse
        )

    def export(self, handover: Handover, path: Path) -> None:
        """PDF or DOCX by the file's ending."""
        paper = paper_of(handover, local_name(self._site))
        self._jobs.run(
            partial(answering, str(path), partial(self._save, paper, path)), self._take_exported, self._refuse
        )

    def _follow(self, facts: Iterable[Fact]) -> None:
        touching = [fact for fact in facts if isinstance(fact, _TOUCHES)]
        if any(isinstance(fact, _SHELVES) for fact in touching):
            self._has_shelves = False
        if touching:
            self._read()

    def _read_anew(self) -> None:
        self._has_shelves = False
        self._read()

    def _read(self) -> None:
        """One reading at a time: a storm of facts asks once more when it is done."""
        if not self._is_shown:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        wants_shelves, self._has_shelves = not self._has_shelves, True
        read = partial(self._read_all, wants_shelves)
        self._jobs.run(read, self._take, self._refuse_reading, self._end_reading)

    def _read_all(self, wants_shelves: bool) -> _Read:
        present = self._desk.present()
        if not wants_shelves:
            return _Read(present, None)
        return _Read(present, (self._ledger.newest(MOST_SHOWN), self._desk.newest(MOST_SHOWN)))

    def _take(self, read: _Read) -> None:
        self._is_reading = False
        self.present = read.present
        if read.shelves is not None:
            self.lent_items, self.history = read.shelves
        self.changed.emit()
        if self._is_stale:
            self._read()

    def _renew(self, _result: object) -> None:
        self._read_anew()

    def _take_note(self, _handover: Handover) -> None:
        self.noted.emit()
        self._read_anew()

    def _take_signed(self, handover: Handover) -> None:
        self._is_signing = False
        self.signed.emit(handover)
        self._read_anew()

    def _take_lent(self, _item: LentItem) -> None:
        self.lent.emit()
        self._read_anew()

    def _take_exported(self, path: str) -> None:
        self.exported.emit(path)

    def _refuse_reading(self, error: ServiceError) -> None:
        self._end_reading(error)
        self._refuse(error)

    def _end_reading(self, _failure: Exception) -> None:
        """Nothing came of it: the next one reads all."""
        self._is_reading = self._has_shelves = False

    def _refuse_signing(self, error: ServiceError) -> None:
        self._is_signing = False
        self.changed.emit()
        self._refuse(error)
        # Whatever stood against it may be on the screen only after another look.
        self._read()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
