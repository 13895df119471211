"""What a person does with incidents 警情: enter, write, ask for help, join, end, take up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from services.core.clock import Clock
from services.dispatch import endings, joining, opening
from services.dispatch import sheet as sheets
from services.dispatch.backup import ask_backup
from services.dispatch.endings import CloseGuard
from services.dispatch.orders import bounded, needed
from services.dispatch.record import Record
from services.dispatch.sheet import IncidentSheet
from services.domain.incidents import Feedback, Incident
from services.domain.people import Permission, Session
from services.identity import authorize
from services.storage import Database, View

Result = TypeVar("Result")


class IncidentDesk:
    """Commands on incidents; each is one transaction and blocks the caller.

    Every command raises ServiceError: identity.forbidden, dispatch.illegal_move(was, wanted),
    dispatch.text_needed, dispatch.text_too_long(most), storage.* beside what its own text names.
    guards: what else must be in order before an incident is closed.
    """

    def __init__(self, database: Database, clock: Clock, guards: Sequence[CloseGuard] = ()) -> None:
        self._database = database
        self._clock = clock
        self._guards = tuple(guards)

    def open(self, session: Session, incident_id: str, sheet: IncidentSheet) -> Incident:
        """A report without an alarm; the id is the caller's, so that entering twice enters once.

        Raises dispatch.title_needed, dispatch.bad_level(level).
        """
        return self._do(session, lambda record: opening.open_by_hand(record, incident_id, sheet))

    def edit(
        self,
        session: Session,
        incident_id: str,
        before: IncidentSheet,
        after: IncidentSheet,
        reason: str = "",
    ) -> Incident:
        """Write what differs; see `sheet.edit` for two who write at once, and for lowering the level."""
        return self._do(session, lambda record: sheets.edit(record, incident_id, before, after, reason))

    def note_police_ref(self, session: Session, incident_id: str, police_ref: str) -> Incident:
        """110's number for it; also when it is over here."""
        return self._do(session, lambda record: sheets.note_police_ref(record, incident_id, police_ref))

    def ask_backup(self, session: Session, incident_id: str, units: int, what: str) -> Incident:
        """More are needed 增援; the next `units` sent count as backup. Raises dispatch.bad_count(field)."""
        what = needed(what)
        return self._do(session, lambda record: ask_backup(record, incident_id, units, what))

    def contain_incident(self, session: Session, incident_id: str, result: str = "") -> Incident:
        """The danger is over; people may still be at work."""
        return self._do(session, lambda record: endings.contain(record, incident_id, bounded(result)))

    def close_incident(self, session: Session, incident_id: str, result: str) -> Incident:
        """End an incident, and its alarms that are already reset; `endings.close` says what must be there."""
        result = needed(result)
        return self._do(session, lambda record: endings.close(record, incident_id, result, self._guards))

    def dismiss(self, session: Session, incident_id: str, reason: str) -> Incident:
        """Unfounded 不属实; of a grave one said by those who review.

        Raises dispatch.still_running(incident_no, count), dispatch.leader_needed(incident_no).
        """
        reason = needed(reason)
        return self._do(session, lambda record: endings.dismiss(record, incident_id, reason))

    def transfer(
        self, session: Session, incident_id: str, to: str, reason: str, police_ref: str = ""
    ) -> Incident:
        """Handed to the police or others outside 移交. Raises dispatch.still_running(incident_no, count)."""
        to, reason, police_ref = needed(to), needed(reason), bounded(police_ref)
        return self._do(session, lambda record: endings.transfer(record, incident_id, to, police_ref, reason))

    def reopen(self, session: Session, incident_id: str, reason: str) -> Incident:
        """Take up again what was ended; for those who may review."""
        authorize(session, Permission.REVIEW)
        reason = needed(reason)
        return self._write(session, lambda record: endings.reopen(record, incident_id, reason))

    def merge(self, session: Session, incident_id: str, into_id: str, reason: str) -> Incident:
        """See `joining.merge`."""
        reason = needed(reason)
        return self._do(session, lambda record: joining.merge(record, incident_id, into_id, reason))

    def link(self, session: Session, incident_id: str, other_id: str) -> Incident:
        """See `joining.link`."""
        return self._do(session, lambda record: joining.link(record, incident_id, other_id))

    def split(
        self,
        session: Session,
        incident_id: str,
        title: str,
        alarms: tuple[str, ...] = (),
        dispatches: tuple[str, ...] = (),
    ) -> Incident:
        """See `joining.split`."""
        title = needed(title)
        return self._do(session, lambda record: joining.split(record, incident_id, title, alarms, dispatches))

    def add_note(self, session: Session, incident_id: str, text: str) -> None:
        """Write a line into an incident's timeline."""
        text = needed(text)

        def work(record: Record) -> None:
            record.line(incident_id, "note", text=text)
            record.tx.audit(session, "incident.noted", incident_id, after={"text": text})

        self._do(session, work)

    def feedback_of(self, incident_id: str) -> list[Feedback]:
        """What was reported by all units of an incident, in the order of sending."""

        def read(view: View) -> list[Feedback]:
            sent = view.dispatches.of_incident(incident_id)
            return [one for dispatch in sent for one in view.feedback_of(dispatch.id)]

        return self._database.read(read)

    def _do(self, session: Session, work: Callable[[Record], Result]) -> Result:
        authorize(session, Permission.DISPATCH)
        return self._write(session, work)

    def _write(self, session: Session, work: Callable[[Record], Result]) -> Result:
        return self._database.write(lambda tx: work(Record(tx, session, self._clock.now())))
