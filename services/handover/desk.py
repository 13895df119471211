"""Prepares a handover, takes notes for it, and takes the two signatures."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from services.core.clock import Clock
from services.core.codec import to_plain
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from services.domain.facts import HandoverChanged
from services.domain.handovers import (
    HANDOVER_MOVES,
    Handover,
    HandoverChange,
    HandoverItem,
    HandoverState,
    ItemKind,
    ShiftNote,
    Signature,
    changes_between,
)
from services.domain.moves import check_move
from services.domain.people import Permission, Session
from services.handover.gathering import count, gather
from services.identity import authorize
from services.storage import Database, Tx, View, legally

MOST_NOTE = 500
# The first shift on record has no handover by which it began.
FIRST_SHIFT = timedelta(hours=12)


class Vouching(Protocol):
    """`services.identity.Accounts`: who a person is, by their password."""

    def vouch(self, name: str, password: str, workstation: str, purpose: str) -> Session: ...


@dataclass(frozen=True, slots=True)
class Present:
    """How it stands now. items: what the record says; changes: how that differs from the paper.

    ownerless: the real P1 alarms that nobody has claimed; while there are any, nobody signs.
    """

    handover: Handover | None
    items: tuple[HandoverItem, ...] = ()
    changes: tuple[HandoverChange, ...] = ()
    ownerless: tuple[Alarm, ...] = ()


class HandoverDesk:
    """Each command is one transaction of state, audit and fact, and blocks the caller."""

    def __init__(self, database: Database, clock: Clock, accounts: Vouching) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts

    def present(self) -> Present:
        return self._database.read(_present)

    def newest(self, most: int) -> list[Handover]:
        """The history, newest first."""
        return self._database.read(lambda view: view.handovers.newest(most))

    def prepare(self, session: Session) -> Handover:
        """Write the paper from the record, or write it anew while nobody has signed.

        Raises ServiceError: identity.forbidden, handover.awaits_taker(no, name), storage.*.
        """
        authorize(session, Permission.HAND_OVER)
        return self._database.write(lambda tx: self._prepared(tx, session))

    def add_note(self, session: Session, text: str) -> Handover:
        """Something the next shift must know; the first one opens the paper.

        Raises also ServiceError("handover.note_invalid", most).
        """
        authorize(session, Permission.HAND_OVER)
        text = typed_text(text)
        if not text or len(text) > MOST_NOTE:
            raise ServiceError("handover.note_invalid", most=MOST_NOTE)

        def work(tx: Tx) -> Handover:
            handover = _unsigned(tx) or self._prepared(tx, session)
            note = ShiftNote(new_id(), text, session.user, session.display_name, self._clock.now())
            return self._with_notes(tx, session, handover, (*handover.notes, note), "noted", text)

        return self._database.write(work)

    def withdraw_note(self, session: Session, note_id: str) -> Handover:
        """Only the writer's own, and only before the paper is signed; the audit keeps it.

        Raises ServiceError: handover.no_note, handover.awaits_taker(no, name).
        """
        authorize(session, Permission.HAND_OVER)

        def work(tx: Tx) -> Handover:
            handover = _unsigned(tx)
            notes = handover.notes if handover is not None else ()
            note = next((one for one in notes if one.id == note_id and one.by == session.user), None)
            if handover is None or note is None:
                raise ServiceError("handover.no_note")
            left = tuple(one for one in notes if one is not note)
            return self._with_notes(tx, session, handover, left, "note_withdrawn", note.text)

        return self._database.write(work)

    def sign_out(
        self, session: Session, name: str, password: str, seen: tuple[HandoverItem, ...], remark: str = ""
    ) -> Handover:
        """`name` hands the shift over. seen: the items of the `Present` that they were shown.

        Raises ServiceError: handover.p1_without_owner(alarms), handover.changed (look again),
        handover.illegal_move(was, wanted), handover.nothing_prepared, identity.forbidden,
        and what `Accounts.vouch` raises.
        """
        return self._sign(session, name, password, seen, remark, HandoverState.OUT_SIGNED)

    def sign_in(
        self, session: Session, name: str, password: str, seen: tuple[HandoverItem, ...], remark: str = ""
    ) -> Handover:
        """`name` takes the shift over. Raises as `sign_out`, and handover.same_person(name)."""
        return self._sign(session, name, password, seen, remark, HandoverState.IN_SIGNED)

    def _sign(
        self,
        session: Session,
        name: str,
        password: str,
        seen: tuple[HandoverItem, ...],
        remark: str,
        wanted: HandoverState,
    ) -> Handover:
        authorize(session, Permission.HAND_OVER)
        # Before the password: nobody proves who they are for something that cannot be.
        handover = _signable(self.present(), wanted, typed_text(name), seen)
        signer = self._accounts.vouch(
            name, password, session.workstation, f"handover {handover.handover_no} {wanted.value}"
        )
        authorize(signer, Permission.HAND_OVER)
        return self._database.write(lambda tx: self._signed(tx, signer, seen, remark[:MOST_NOTE], wanted))

    def _signed(
        self,
        tx: Tx,
        signer: Session,
        seen: tuple[HandoverItem, ...],
        remark: str,
        wanted: HandoverState,
    ) -> Handover:
        present, now = _present(tx), self._clock.now()
        handover = _signable(present, wanted, signer.user, seen)
        signature = Signature(
            signer.user, signer.display_name, now, signer.workstation, present.changes, typed_text(remark)
        )
        if wanted is HandoverState.OUT_SIGNED:
            counts = count(tx, handover.since, now)
            signed = replace(handover, state=wanted, given=signature, items=present.items, counts=counts)
        else:
            signed = replace(handover, state=wanted, taken=signature)
        # The chain of the audit keeps what was signed from being changed unseen.
        tx.audit(signer, f"handover.{wanted.value}", signed.id, after={"content": content_hash(signed)})
        saved = tx.handovers.save(signed)
        tx.record(HandoverChanged(saved, wanted.value))
        return saved

    def _prepared(self, tx: Tx, session: Session) -> Handover:
        now, known = self._clock.now(), _unsigned(tx)
        since = known.since if known is not None else _shift_began(tx, now)
        handover = known or Handover(
            new_id(), tx.next_no("JJ", now), since, now, session.user, session.display_name
        )
        handover = replace(
            handover,
            prepared_at=now,
            prepared_by=session.user,
            prepared_by_name=session.display_name,
            items=gather(tx, handover),
            counts=count(tx, since, now),
        )
        if known is None:
            tx.audit(session, "handover.prepared", handover.id)
            added = tx.handovers.add(handover)
            tx.record(HandoverChanged(added, "prepared"))
            return added
        return _save(tx, session, handover, "prepared", "")

    def _with_notes(
        self,
        tx: Tx,
        session: Session,
        handover: Handover,
        notes: tuple[ShiftNote, ...],
        change: str,
        text: str,
    ) -> Handover:
        """A note is no change of the record that a signer must be told of: it goes onto the paper at once."""
        noted = replace(handover, notes=notes)
        others = tuple(item for item in handover.items if item.kind is not ItemKind.NOTE)
        written = tuple(item for item in gather(tx, noted) if item.kind is ItemKind.NOTE)
        return _save(tx, session, replace(noted, items=(*others, *written)), change, text)


def content_hash(handover: Handover) -> str:
    """SHA-256 of all that stands on the paper at this signature: who wrote it, the items, and of each
    signature so far who, when, what had changed and the remark."""
    plain = to_plain(replace(handover, row_version=0))
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _present(view: View) -> Present:
    handover = view.handovers.open()
    urgent = (a for a in view.alarms.open() if a.priority is Priority.P1 and not a.is_drill)
    ownerless = tuple(alarm for alarm in urgent if not alarm.owner)
    if handover is None:
        return Present(None, ownerless=ownerless)
    items = gather(view, handover)
    return Present(handover, items, changes_between(handover.items, items), ownerless)


def _signable(
    present: Present, wanted: HandoverState, signer: str, seen: tuple[HandoverItem, ...]
) -> Handover:
    """The paper, when `signer` may sign it now."""
    handover = present.handover
    if handover is None:
        raise ServiceError("handover.nothing_prepared")
    with legally("handover.illegal_move"):
        check_move(HANDOVER_MOVES, handover.state, wanted)
    if handover.given is not None and handover.given.user == signer:
        raise ServiceError("handover.same_person", name=handover.given.name)
    if present.ownerless:
        named = tuple(f"{alarm.event_no} {alarm.name}".strip() for alarm in present.ownerless)
        raise ServiceError("handover.p1_without_owner", alarms=named)
    if present.items != seen:
        raise ServiceError("handover.changed")
    return handover


def _unsigned(tx: Tx) -> Handover | None:
    """The open paper that may still be written; one that waits for its taker may not."""
    handover = tx.handovers.open()
    if handover is not None and handover.state is not HandoverState.PREPARED:
        name = handover.given.name if handover.given else ""
        raise ServiceError("handover.awaits_taker", no=handover.handover_no, name=name)
    return handover


def _shift_began(tx: Tx, now: datetime) -> datetime:
    last = tx.handovers.last_taken()
    return last.taken.at if last is not None and last.taken is not None else now - FIRST_SHIFT


def _save(tx: Tx, session: Session, handover: Handover, change: str, reason: str) -> Handover:
    saved = tx.handovers.save(handover)
    tx.audit(session, f"handover.{change}", saved.id, reason=reason)
    tx.record(HandoverChanged(saved, change))
    return saved
