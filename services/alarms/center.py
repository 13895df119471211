"""Turns signals into alarms: places them, folds repeats, and commits a batch before anyone acknowledges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo

from services.alarms import meaning
from services.alarms.commits import write_again
from services.alarms.drivers.gb26875_words import is_state
from services.alarms.holding import Holding, is_any_due, take_due
from services.alarms.meaning import Kind, qualifier_of
from services.alarms.placing import ChooseFeeds, Placed, Places, bypass_refused, stopped_by_itself
from services.alarms.tracing import trace_of
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import (
    DISMISSED_STATES,
    Alarm,
    AlarmId,
    AlarmSource,
    Qualifier,
    Signal,
)
from services.domain.classes import NEVER_DISARMED, AlarmClass, Priority
from services.domain.facts import AlarmChanged, AlarmRaised, AlarmRepeated
from services.domain.outputs import Feedback
from services.domain.signals import OutcomeKind
from services.domain.site import Site, Zone
from services.storage import Database, Tx

# A panel that missed our answer repeats its frame for a minute or so, also by its other path.
REPEAT_WINDOW = timedelta(seconds=120)

# A note that everybody adds to keeps its end.
MOST_NOTE = 1000

# Enough to see three times in one minute.
SPOKE_KEPT = 3

OnRaised = Callable[[Tx, Alarm], None]
# What a zone's signal says of the outputs that it proves.
TakesFeedback = Callable[[Tx, Zone, Signal, Qualifier], Feedback]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one signal; alarm: the alarm it raised or touched, empty when none."""

    kind: OutcomeKind
    alarm: str = ""


# What a command adds to the transaction of a report.
AlsoDone = Callable[[Tx, Outcome], None]


def _nothing_more(_tx: Tx, _outcome: Outcome) -> None:
    return


class AlarmCenter:
    """One transaction per batch; when `receive` returns, the batch is durable and may be acknowledged.

    on_raised runs inside that transaction for every new alarm, on_repeated for every one that speaks again
    (the linkage's beginning), takes_feedback for every signal that a zone moved; what it expected raises
    nothing. local_zone: in which arm schedules are meant, None = the machine's own.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Site,
        choose_feeds: ChooseFeeds,
        on_raised: OnRaised | None = None,
        on_repeated: OnRaised | None = None,
        local_zone: tzinfo | None = None,
        takes_feedback: TakesFeedback | None = None,
    ) -> None:
        self._local_zone = local_zone
        self._database = database
        self._clock = clock
        self._places = Places(site, choose_feeds)
        self._on_happened = (on_raised, on_repeated, takes_feedback)

    def use_site(self, site: Site, choose_feeds: ChooseFeeds) -> None:
        """Place signals by `site` from the next batch on."""
        self._places = Places(site, choose_feeds)

    def receive(self, signals: Sequence[Signal], *, deadline_s: float = 5.0) -> list[Outcome]:
        """Store every signal and what it changes; outcomes in the signals' order.

        Raises ServiceError (storage.*) when the commit did not happen or is not known to have
        happened: then nothing may be acknowledged, and the panel's retry finds either.
        """
        places, on_happened = self._places, self._on_happened

        def work(tx: Tx) -> list[Outcome]:
            holding = Holding(tx, places, self._clock.now(), self._local_zone)
            holding.look_ahead(signals)
            since = min(signal.received_at for signal in signals) - REPEAT_WINDOW
            tx.look_for_frames({signal.fingerprint for signal in signals}, since)
            tx.alarms.look_for_zones({(at.panel, at.zone_number) for at in map(places.place, signals)})
            intake = _Intake(tx, places, holding, *on_happened)
            outcomes = [intake.take(signal) for signal in signals]
            holding.write_seen()
            return outcomes

        return write_again(self._database, work, deadline_s=deadline_s)

    def report(self, signal: Signal, attach_to: str = "", also: AlsoDone = _nothing_more) -> Outcome:
        """What a person says: an alarm of its own, or one more report of the alarm they named. The same
        form sent again is the same report. also: what the caller writes in the same transaction.

        Raises ServiceError: report.alarm_ended(event_no), storage.*.
        """
        places, on_happened = self._places, self._on_happened

        def work(tx: Tx) -> Outcome:
            intake = _Intake(
                tx, places, Holding(tx, places, self._clock.now(), self._local_zone), *on_happened
            )
            outcome = intake.take_report(signal, attach_to)
            if outcome.kind is not OutcomeKind.DUPLICATE:
                also(tx, outcome)
            return outcome

        return write_again(self._database, work)

    def raise_delayed(self) -> list[Outcome]:
        """Raise what waited for its entry delay and was not disarmed by then; the hub asks each second.

        Raises ServiceError (storage.*); then the next call finds it all again.
        """
        if not self._database.read(lambda view: is_any_due(view, self._clock.now())):
            return []
        places, on_happened = self._places, self._on_happened

        def work(tx: Tx) -> list[Outcome]:
            now = self._clock.now()
            intake = _Intake(tx, places, Holding(tx, places, now, self._local_zone), *on_happened)
            return [intake.take_delayed(signal) for signal in take_due(tx, now)]

        return write_again(self._database, work)


class _Intake:
    """One batch inside its transaction."""

    def __init__(
        self,
        tx: Tx,
        places: Places,
        holding: Holding,
        on_raised: OnRaised | None,
        on_repeated: OnRaised | None,
        takes_feedback: TakesFeedback | None,
    ) -> None:
        self._tx = tx
        self._places = places
        self._holding = holding
        self._on_raised = on_raised
        self._on_repeated = on_repeated
        self._takes_feedback = takes_feedback

    def take(self, signal: Signal) -> Outcome:
        outcome = self._repeat_of_frame(signal) or self._take_new(signal)
        self._keep(signal, outcome)
        if outcome.kind is not OutcomeKind.DUPLICATE:
            self._holding.note(signal, outcome.kind.value)
        return outcome

    def take_report(self, signal: Signal, attach_to: str) -> Outcome:
        """People decide what is the same; nothing is folded for them."""
        seen = self._tx.frames_seen(signal.fingerprint, signal.received_at - REPEAT_WINDOW)
        if seen:
            return Outcome(OutcomeKind.DUPLICATE, seen[0].alarm)
        means, placed = meaning.meaning_of(signal.code), self._places.place(signal)
        if not attach_to:
            outcome = self._raise_or_fold(signal, placed, means.alarm_class, means.priority, None)
        else:
            alarm = self._tx.alarms.get(attach_to)
            if not alarm.is_open or alarm.state in DISMISSED_STATES or alarm.is_drill is not signal.is_drill:
                raise ServiceError("report.alarm_ended", event_no=alarm.event_no)
            said = replace(signal, text="\n".join(filter(None, (alarm.note, signal.text)))[-MOST_NOTE:])
            outcome = self._fold(alarm, said, means.priority, source_active=alarm.source_active)
        self._keep(signal, outcome)
        return outcome

    def take_delayed(self, signal: Signal) -> Outcome:
        """Its response clocks begin now; when the source spoke is kept with the first row of the signal."""
        outcome = self._count(signal)
        self._keep(signal, outcome)
        return outcome

    def _keep(self, signal: Signal, outcome: Outcome) -> None:
        trace = trace_of(signal, self._places, outcome.kind)
        self._tx.add_signal(signal, outcome.alarm, outcome.kind.value, trace)

    def _repeat_of_frame(self, signal: Signal) -> Outcome | None:
        """A frame seen before, unless its alarm has been reset since: then it counts again.

        The same frame of the same moment is our own second try: its commit was given up and happened.
        """
        seen = self._tx.frames_seen(signal.fingerprint, signal.received_at - REPEAT_WINDOW)
        again = next((frame for frame in seen if frame.received_at == signal.received_at), None)
        if again is not None:
            return Outcome(OutcomeKind.DUPLICATE, again.alarm)
        if not seen or (seen[0].alarm and not self._tx.alarms.get(seen[0].alarm).is_open):
            return None
        return Outcome(OutcomeKind.DUPLICATE, seen[0].alarm)

    def _take_new(self, signal: Signal) -> Outcome:
        if self._places.is_stranger(signal):
            return self._take_stranger(signal)
        means = meaning.meaning_of(signal.code)
        placed = self._places.place(signal)
        feedback = self._feedback(signal, means, placed.zone)
        if feedback is not Feedback.NONE:
            taken = self._take_feedback(signal, placed, means, feedback)
            if feedback is not Feedback.STARTED:
                return taken
        if means.kind is Kind.RECORD:
            return Outcome(OutcomeKind.RECORDED)
        if means.kind is Kind.BYPASS:
            return self._take_bypass(signal, placed)
        if means.kind is Kind.STATE:
            return self._take_state(signal, placed)
        alarm_class = meaning.class_in_zone(means, placed.zone)
        open_alarm = self._open_alarm(placed, alarm_class)
        match qualifier_of(signal, means):
            case Qualifier.RESTORE:
                return self._restore(open_alarm)
            case Qualifier.STILL if open_alarm is not None and open_alarm.source_active:
                return self._still(open_alarm, signal)
        if placed.zone is not None and meaning.may_be_held(means, alarm_class):
            held = self._holding.of(signal, placed.zone, is_open=open_alarm is not None)
            if held is not None:
                return Outcome(OutcomeKind(held))
        priority = meaning.priority_in_zone(means, alarm_class, placed.zone)
        return self._raise_or_fold(signal, placed, alarm_class, priority, open_alarm)

    def _count(self, signal: Signal) -> Outcome:
        """As armed as can be."""
        means = meaning.meaning_of(signal.code)
        placed = self._places.place(signal)
        alarm_class = meaning.class_in_zone(means, placed.zone)
        priority = meaning.priority_in_zone(means, alarm_class, placed.zone)
        return self._raise_or_fold(
            signal, placed, alarm_class, priority, self._open_alarm(placed, alarm_class)
        )

    def _feedback(self, signal: Signal, means: meaning.Meaning, zone: Zone | None) -> Feedback:
        """A cut wire or an opened lid of a feedback zone proves nothing and stays an alarm."""
        if self._takes_feedback is None or zone is None or not meaning.says_moved(means, signal.code):
            return Feedback.NONE
        return self._takes_feedback(self._tx, zone, signal, qualifier_of(signal, means))

    def _take_feedback(
        self, signal: Signal, placed: Placed, means: meaning.Meaning, feedback: Feedback
    ) -> Outcome:
        """Raises what stopped by itself; else it ends what its zone said to the contrary."""
        alarm_class = meaning.class_in_zone(means, placed.zone)
        stopped = stopped_by_itself(placed)
        ended = stopped if qualifier_of(signal, means) is not Qualifier.RESTORE else placed
        restored = self._restore(self._open_alarm(ended, alarm_class))
        if feedback is not Feedback.STOPPED:
            return restored
        priority = meaning.priority_in_zone(means, alarm_class, placed.zone)
        open_alarm = self._open_alarm(stopped, alarm_class)
        said = replace(signal, qualifier=Qualifier.NEW)
        return self._raise_or_fold(said, stopped, alarm_class, priority, open_alarm)

    def _take_stranger(self, signal: Signal) -> Outcome:
        """Accounts that the site does not know share one alarm, which names the newest: a forgotten
        panel is seen at once, and invented ones cannot bury the queue. All they say counts, restores too."""
        placed = self._places.place(signal)
        means = meaning.meaning_of(signal.code)
        is_event = means.kind is Kind.ALARM and qualifier_of(signal, means) is Qualifier.NEW
        priority = min(Priority.P2, means.priority) if is_event else Priority.P2
        open_alarm = self._open_alarm(placed, AlarmClass.TAMPER)
        if open_alarm is not None:
            open_alarm = replace(open_alarm, place=placed.place)
        return self._raise_or_fold(signal, placed, AlarmClass.TAMPER, priority, open_alarm)

    def _take_bypass(self, signal: Signal, placed: Placed) -> Outcome:
        """Arming is only recorded, and nothing here obeys it; on a protected zone it is an attack."""
        means = meaning.meaning_of(signal.code)
        if qualifier_of(signal, means) is Qualifier.RESTORE or not self._touches_protected(signal, placed):
            return Outcome(OutcomeKind.RECORDED)
        refused = bypass_refused(placed)
        open_alarm = self._open_alarm(refused, AlarmClass.TAMPER)
        return self._raise_or_fold(signal, refused, AlarmClass.TAMPER, Priority.P2, open_alarm)

    def _take_state(self, signal: Signal, placed: Placed) -> Outcome:
        """All that its point reported before and that no longer holds has ended."""
        ended = [
            alarm
            for alarm in self._tx.alarms.open_of_point(placed.panel, signal.source, signal.point)
            if alarm.source_active and alarm.code_raw not in signal.holds and is_state(alarm.code_raw)
        ]
        outcomes = [self._restore(alarm) for alarm in ended]
        return outcomes[0] if outcomes else Outcome(OutcomeKind.RECORDED)

    def _open_alarm(self, placed: Placed, alarm_class: AlarmClass) -> Alarm | None:
        """The one to fold into. It must say the same: else anyone could hide a panel's opened lid
        behind a refused frame, which every stranger can cause."""
        return self._tx.alarms.open_of_zone(placed.panel, placed.zone_number, alarm_class, placed.name)

    def _touches_protected(self, signal: Signal, placed: Placed) -> bool:
        """A bypass that names no known zone may mean any zone of its panel."""
        if placed.zone is not None:
            return meaning.is_protected(placed.zone)
        panel = self._places.panel_of(signal.account)
        return panel is not None and any(map(meaning.is_protected, self._places.zones_of(panel)))

    def _restore(self, alarm: Alarm | None) -> Outcome:
        """The source is quiet again; the alarm stays what and where it is."""
        if alarm is None:
            return Outcome(OutcomeKind.RECORDED)
        if alarm.source_active:
            saved = self._tx.alarms.save(replace(alarm, source_active=False))
            self._tx.record(AlarmChanged(saved, "restored"))
        return Outcome(OutcomeKind.RESTORED, alarm.id)

    def _still(self, alarm: Alarm, signal: Signal) -> Outcome:
        """Nothing new, and so no new sound; but the source is not quiet."""
        saved = self._tx.alarms.save(
            replace(alarm, source_active=True, last_occurrence_at=signal.received_at)
        )
        self._tx.record(AlarmChanged(saved, "still"))
        return Outcome(OutcomeKind.REPEATED, alarm.id)

    def _raise_or_fold(
        self,
        signal: Signal,
        placed: Placed,
        alarm_class: AlarmClass,
        priority: Priority,
        open_alarm: Alarm | None,
    ) -> Outcome:
        # A duty check asks whether somebody is there now: an answer to the one before is none to this.
        is_asked_anew = alarm_class is AlarmClass.DUTY and open_alarm is not None and bool(open_alarm.owner)
        # Dismissed and not yet reset: a verdict cannot be undone, and what speaks now may be real.
        if open_alarm is not None and open_alarm.state not in DISMISSED_STATES and not is_asked_anew:
            return self._fold(open_alarm, signal, priority)
        number = self._tx.next_no("BJ", signal.received_at)
        alarm = self._tx.alarms.add_later(new_alarm(new_id(), number, signal, placed, alarm_class, priority))
        self._tx.record(AlarmRaised(alarm))
        if self._on_raised is not None:
            self._on_raised(self._tx, alarm)
        return Outcome(OutcomeKind.RAISED, alarm.id)

    def _fold(
        self, alarm: Alarm, signal: Signal, priority: Priority, *, source_active: bool = True
    ) -> Outcome:
        """Counts once more and sounds again, whoever owns it and whatever was silenced.

        One that is shelved stays so, silent and counting, unless it has become most urgent.
        """
        saved = self._tx.alarms.save(
            replace(
                alarm,
                occurrence_count=alarm.occurrence_count + 1,
                last_occurrence_at=signal.received_at,
                source_active=source_active,
                silenced_at=None,
                spoke_at=(*alarm.spoke_at, signal.received_at)[-SPOKE_KEPT:],
                shelf=alarm.shelf if priority > Priority.P1 else None,
                priority=min(alarm.priority, priority),
                note=_note(signal, alarm.name) or alarm.note,
            )
        )
        self._tx.record(AlarmRepeated(saved))
        if self._on_repeated is not None:
            self._on_repeated(self._tx, saved)
        return Outcome(OutcomeKind.REPEATED, alarm.id)


def new_alarm(
    alarm_id: str, event_no: str, signal: Signal, placed: Placed, alarm_class: AlarmClass, priority: Priority
) -> Alarm:
    """What a signal raises at its place."""
    return Alarm(
        id=AlarmId(alarm_id),
        event_no=event_no,
        source=signal.source,
        # The repeat window is judged above; the time keeps a later frame of the same words apart.
        dedup_key=f"{signal.fingerprint}@{signal.received_at.isoformat()}",
        alarm_class=alarm_class,
        priority=priority,
        qualifier=Qualifier.TEST if alarm_class is AlarmClass.TEST else signal.qualifier,
        code_raw=signal.code,
        payload_raw=signal.raw,
        panel=placed.panel,
        zone=placed.zone.no if placed.zone else "",
        zone_number=placed.zone_number,
        name=placed.name,
        name_en=placed.name_en,
        place=placed.place,
        at=placed.at,
        feeds=placed.feeds,
        received_at=signal.received_at,
        last_occurrence_at=signal.received_at,
        spoke_at=(signal.received_at,),
        occurred_at=signal.occurred_at,
        clock_skew_ms=_skew_ms(signal),
        is_latched=alarm_class in NEVER_DISARMED,
        # What a person says has no wire that could restore it.
        source_active=signal.source is not AlarmSource.MANUAL,
        point=signal.point,
        note=_note(signal, placed.name),
        has_test_bit=signal.has_test_bit,
        is_drill=signal.is_drill,
    )


def _note(signal: Signal, name: str) -> str:
    """What the device says beyond the name that is shown beside it."""
    return "" if signal.text in name else signal.text


def _skew_ms(signal: Signal) -> int | None:
    """How far the device's clock is ahead of ours, in milliseconds."""
    told_at = signal.sent_at or signal.occurred_at
    if told_at is None:
        return None
    return round((told_at - signal.received_at).total_seconds() * 1000)
