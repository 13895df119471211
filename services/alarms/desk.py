"""What a person does with an alarm: claim, verify, decide, silence, reset; each exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from services.alarms.commits import write_again
from services.alarms.steps import change, decide, moved, own, owned
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.alarms import ALARM_MOVES, STATE_OF_VERDICT, Alarm, AlarmId, AlarmState, Verdict
from services.domain.classes import DUTY_CHECK
from services.domain.facts import AlarmChanged
from services.domain.floods import cause_of, may_be_grouped
from services.domain.hands import HAND_MOVES, HandMove, hand_of
from services.domain.moves import check_move
from services.domain.people import Permission, Session, Thing
from services.identity import authorize, refuse_barred
from services.storage import Database, Tx

Result = TypeVar("Result")

# In one transaction, which keeps all other writers of the site waiting for about a third of a second.
SILENCED_AT_ONCE = 50

_RESETTABLE = frozenset(STATE_OF_VERDICT.values()) | {AlarmState.LINKED}


@dataclass(frozen=True, slots=True)
class Display:
    """When a screen first painted an alarm, and when its first live picture; None = not yet."""

    alarm: AlarmId
    displayed_at: datetime | None = None
    first_frame_at: datetime | None = None


class AlarmDesk:
    """Commands on alarms; each is one transaction of state, audit and fact, and blocks the caller.

    Every command raises ServiceError: identity.forbidden, alarm.not_owner, alarm.illegal_move and
    storage.* beside what its own text names.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def claim(self, session: Session, alarm_id: str) -> Alarm:
        """Make `session`'s user the owner; claiming one's own alarm again changes nothing.

        An alarm whose owner was silent too long (offered_at is set) may be claimed by anyone.
        Raises alarm.already_claimed(owner, at).
        """
        authorize(session, Permission.HANDLE_ALARM)

        return self._write(lambda tx: self._claimed(tx, session, tx.alarms.get(alarm_id)))

    def take_over(self, session: Session, alarm_id: str, reason: str = "") -> Alarm:
        """A shift leader becomes the owner of an alarm somebody else owns."""
        authorize(session, Permission.HANDLE_ALARM)
        authorize(session, Permission.REVIEW)

        def work(tx: Tx) -> Alarm:
            alarm = tx.alarms.get(alarm_id)
            if alarm.owner == session.user:
                return alarm
            return own(tx, session, alarm, "taken_over", self._clock.now(), reason)

        return self._write(work)

    def verify(self, session: Session, alarm_id: str) -> Alarm:
        """The owner has the pictures in view; sets viewed_at, which some verdicts need."""
        authorize(session, Permission.HANDLE_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm = owned(tx, session, alarm_id)
            state = alarm.state
            if state is not AlarmState.VERIFYING:
                state = moved(alarm, AlarmState.VERIFYING)
            now = self._clock.now()
            return change(
                tx, session, alarm, replace(alarm, state=state, viewed_at=alarm.viewed_at or now), "verifying"
            )

        return self._write(work)

    def decide(self, session: Session, alarm_id: str, verdict: Verdict, reason: str = "") -> Alarm:
        """The owner's verdict; GENUINE on an alarm with an incident goes on to LINKED.

        Dismissing panic or fire raises alarm.view_first until the pictures were viewed, and
        alarm.reason_needed without a reason.
        """
        authorize(session, Permission.HANDLE_ALARM)

        return self._write(
            lambda tx: decide(
                tx, session, owned(tx, session, alarm_id), verdict, self._clock.now(), typed_text(reason)
            )
        )

    def decide_group(
        self, session: Session, alarm_ids: Sequence[str], verdict: Verdict, reason: str
    ) -> list[Alarm]:
        """One dismissal for alarms of one cause, all of them or none; each is claimed on the way and has its
        own audit rows.

        Raises alarm.batch_mixed, alarm.batch_urgent(event_no) for a P1 alarm, alarm.batch_genuine,
        alarm.batch_reason, alarm.already_claimed.
        """
        authorize(session, Permission.HANDLE_ALARM)
        if verdict is Verdict.GENUINE:
            raise ServiceError("alarm.batch_genuine")
        if not typed_text(reason):
            raise ServiceError("alarm.batch_reason")

        def work(tx: Tx) -> list[Alarm]:
            alarms = [tx.alarms.get(alarm_id) for alarm_id in dict.fromkeys(alarm_ids)]
            _check_group(alarms)
            now = self._clock.now()
            return [
                decide(tx, session, self._claimed(tx, session, alarm), verdict, now, typed_text(reason))
                for alarm in alarms
            ]

        return self._write(work)

    def silence(self, session: Session, alarm_id: str) -> Alarm:
        """Stop the sound until the alarm speaks again; nothing else stops, no clock and no latch.

        Raises alarm.not_owner for a duty check that nobody has claimed: the claim is its answer.
        """
        authorize(session, Permission.HANDLE_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm = tx.alarms.get(alarm_id)
            if not _can_sound(alarm):
                return alarm
            _check_silence(session, alarm)
            return change(tx, session, alarm, replace(alarm, silenced_at=self._clock.now()), "silenced")

        return self._write(work)

    def silence_all(self, session: Session, alarm_ids: Sequence[str]) -> dict[str, ServiceError]:
        """As `silence`, for a storm: many in one transaction, an audit row for each. Returns the refusals by
        alarm, which cost no other its silence.

        What storage raises beside conflicts ends it; the parts before that are silent.
        """
        authorize(session, Permission.HANDLE_ALARM)
        asked = list(dict.fromkeys(alarm_ids))
        refused: dict[str, ServiceError] = {}
        for at in range(0, len(asked), SILENCED_AT_ONCE):
            refused |= self._silence_part(session, asked[at : at + SILENCED_AT_ONCE])
        return refused

    def reset(self, session: Session, alarm_id: str, reason: str = "") -> Alarm:
        """End an alarm by hand, after its verdict; CLOSED at once when no open incident hangs on it.

        Raises alarm.verdict_needed; alarm.source_active for a latched alarm whose panel still
        reports it, unless `reason` says how the source was dealt with.
        """
        authorize(session, Permission.RESET_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm = tx.alarms.get(alarm_id)
            authorize(session, Permission.RESET_ALARM, Thing(alarm.place))
            if alarm.is_open and alarm.state not in _RESETTABLE:
                raise ServiceError("alarm.verdict_needed", event_no=alarm.event_no)
            state = moved(alarm, AlarmState.RESET)
            if alarm.is_latched and alarm.source_active and not typed_text(reason):
                raise ServiceError("alarm.source_active", event_no=alarm.event_no, name=alarm.name)
            if not (alarm.incident and tx.incidents.get(alarm.incident).is_open):
                check_move(ALARM_MOVES, state, AlarmState.CLOSED)
                state = AlarmState.CLOSED
            after = replace(alarm, state=state, reset_by=session.user, reset_at=self._clock.now())
            return change(tx, session, alarm, after, "reset", reason)

        return self._write(work)

    def report_displays(self, reports: Iterable[Display]) -> list[Alarm]:
        """Screens showed them; the first report of each time wins. All in one transaction."""
        held = list(reports)
        return self._write(lambda tx: note_displays(tx, held))

    def _claimed(self, tx: Tx, session: Session, alarm: Alarm) -> Alarm:
        if alarm.owner == session.user:
            return alarm
        if (hand_of(alarm, self._clock.now()), HandMove.CLAIM) not in HAND_MOVES:
            raise ServiceError("alarm.already_claimed", owner=alarm.owner_name, at=alarm.claimed_at)
        return own(tx, session, alarm, "claimed", self._clock.now())

    def _silence_part(self, session: Session, part: Sequence[str]) -> dict[str, ServiceError]:
        """Alone, where others were faster with one of them again and again."""
        try:
            return self._write(lambda tx: _silence_some(tx, session, part, self._clock.now()))
        except ServiceError as error:
            if error.code != "storage.conflict":
                raise
            if len(part) == 1:
                return {part[0]: error}
        refused: dict[str, ServiceError] = {}
        for alarm_id in part:
            refused |= self._silence_part(session, [alarm_id])
        return refused

    def _write(self, work: Callable[[Tx], Result]) -> Result:
        return write_again(self._database, work)


def _can_sound(alarm: Alarm) -> bool:
    return alarm.silenced_at is None and alarm.is_open


def _check_silence(session: Session, alarm: Alarm) -> None:
    if alarm.code_raw == DUTY_CHECK and not alarm.owner:
        raise ServiceError("alarm.not_owner", event_no=alarm.event_no, owner=alarm.owner_name)
    refuse_barred(session, Permission.HANDLE_ALARM, Thing(alarm.place))


def _silence_some(
    tx: Tx, session: Session, alarm_ids: Sequence[str], now: datetime
) -> dict[str, ServiceError]:
    """The refusals by alarm. Whatever could be refused is asked before the first word of an alarm is written:
    what is caught here undoes nothing."""
    tx.admit(session)
    found: dict[str, Alarm] = {alarm.id: alarm for alarm in tx.alarms.some(alarm_ids)}
    refused: dict[str, ServiceError] = {}
    for alarm_id in alarm_ids:
        alarm = found.get(alarm_id)
        if alarm is None:
            refused[alarm_id] = ServiceError("storage.not_found", kind="alarm", id=alarm_id)
        elif _can_sound(alarm):
            try:
                _check_silence(session, alarm)
            except ServiceError as error:
                refused[alarm_id] = error
                continue
            change(tx, session, alarm, replace(alarm, silenced_at=now), "silenced")
    return refused


def _check_group(alarms: Sequence[Alarm]) -> None:
    """One cause, and nothing most urgent: each of those deserves a look of its own."""
    if len({cause_of(alarm) for alarm in alarms}) > 1:
        raise ServiceError("alarm.batch_mixed")
    for alarm in alarms:
        if not may_be_grouped(alarm):
            raise ServiceError("alarm.batch_urgent", event_no=alarm.event_no)


def note_displays(tx: Tx, reports: Sequence[Display]) -> list[Alarm]:
    """Keep the first moment of each kind, inside a transaction of the caller's; in the reports' order.

    What is told of an alarm that is gone is left out, and costs none of the others its moment.
    """
    alarms = {alarm.id: alarm for alarm in tx.alarms.some({report.alarm for report in reports})}
    noted: dict[AlarmId, Alarm] = {}
    known = [report for report in reports if report.alarm in alarms]
    for report in known:
        alarm = noted.get(report.alarm, alarms[report.alarm])
        after = _displayed(alarm, report)
        if after is not alarm:
            noted[report.alarm] = after
    for saved in tx.alarms.save_all(list(noted.values())):
        alarms[saved.id] = saved
        tx.record(AlarmChanged(saved, "displayed"))
    return [alarms[report.alarm] for report in known]


def _displayed(alarm: Alarm, report: Display) -> Alarm:
    """`alarm` itself when the report says nothing new."""
    displayed_at = alarm.displayed_at or report.displayed_at
    first_frame_at = alarm.first_frame_at or report.first_frame_at
    if (displayed_at, first_frame_at) == (alarm.displayed_at, alarm.first_frame_at):
        return alarm
    linkage_ms = None
    if first_frame_at is not None:
        linkage_ms = max(0, round((first_frame_at - alarm.received_at).total_seconds() * 1000))
    return replace(alarm, displayed_at=displayed_at, first_frame_at=first_frame_at, linkage_ms=linkage_ms)
