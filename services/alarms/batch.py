"""What signals do to the record: raise an alarm, fold into one, restore it, or are only kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from services.alarms import meaning
from services.alarms.drivers.gb26875_words import is_state
from services.alarms.holding import Holding
from services.alarms.meaning import Kind, qualifier_of
from services.alarms.new_alarm import new_alarm, note_of
from services.alarms.placing import Placed, Places, bypass_refused, stopped_by_itself
from services.alarms.sameness import sameness_at, sameness_of
from services.alarms.tracing import trace_of
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import DISMISSED_STATES, Alarm, Qualifier, Signal
from services.domain.arming import Delayed
from services.domain.classes import AlarmClass, Priority
from services.domain.facts import AlarmChanged, AlarmRaised, AlarmRepeated
from services.domain.outputs import Feedback
from services.domain.signals import OutcomeKind
from services.domain.site import Zone
from services.storage import Tx
from services.storage.records import SeenFrame

# A panel that missed our answer repeats its frame for a minute or so, also by its other path.
REPEAT_WINDOW = timedelta(seconds=120)
# What a person reports bears an id of its own, and is the same however late it comes again.
_EVER = datetime.fromtimestamp(0, UTC)

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


class Batch:
    """Signals in their order, inside one transaction: each is judged by what those before have done.

    on_raised, on_repeated, takes_feedback: as `AlarmCenter` has them.
    """

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
        signal = self._first_that_counts(signal)
        outcome = self._repeat_of_frame(signal) or self._take_new(signal)
        self._keep(signal, outcome)
        if outcome.kind is not OutcomeKind.DUPLICATE:
            self._holding.note(signal, outcome.kind.value)
        return outcome

    def take_report(self, signal: Signal, attach_to: str) -> Outcome:
        """People decide what is the same; nothing is folded for them."""
        seen = self._tx.frames_seen(signal.fingerprint, _EVER)
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

    def take_delayed(self, waiting: Delayed) -> Outcome:
        """As armed as can be. Its response clocks begin now; when the source spoke is kept with the first row
        of the signal."""
        signal = waiting.signal
        means, placed = meaning.meaning_of(signal.code), self._places.place(signal)
        alarm_class = meaning.class_in_zone(means, placed.zone)
        priority = meaning.priority_in_zone(means, alarm_class, placed.zone)
        open_alarm = self._open_alarm(placed, alarm_class)
        is_active = not waiting.is_quiet or (open_alarm is not None and open_alarm.source_active)
        outcome = self._raise_or_fold(signal, placed, alarm_class, priority, open_alarm)
        if not is_active:
            self._restore(self._tx.alarms.get(outcome.alarm))
        self._keep(signal, outcome)
        return outcome

    def _keep(self, signal: Signal, outcome: Outcome) -> None:
        trace = trace_of(signal, self._places, outcome.kind)
        self._tx.add_signal(signal, outcome.alarm, outcome.kind.value, trace)

    def _first_that_counts(self, signal: Signal) -> Signal:
        """The reset of its alarm may lie between its first coming and its last: that one is another press."""
        if signal.again_at is None or self._repeat_of_frame(signal) is None:
            return signal
        last = replace(signal, received_at=signal.again_at)
        return last if self._repeat_of_frame(last) is None else signal

    def _repeat_of_frame(self, signal: Signal) -> Outcome | None:
        """A frame seen before, unless its alarm had been reset when it came: then it counts again.

        The same frame of the same moment is our own second try: its commit was given up and happened.
        """
        seen = self._seen_about(signal)
        again = next((frame for frame in seen if frame.received_at == signal.received_at), None)
        if again is not None:
            return Outcome(OutcomeKind.DUPLICATE, again.alarm)
        if not seen or (seen[0].alarm and self._was_over(self._tx.alarms.get(seen[0].alarm), signal)):
            return None
        return Outcome(OutcomeKind.DUPLICATE, seen[0].alarm)

    def _seen_about(self, signal: Signal) -> list[SeenFrame]:
        """Equal frames that came shortly before it or after: one that waited in the spool, or comes after our
        clock was set back, is no repeat of what its panel said hours later."""
        seen = self._tx.frames_seen(signal.fingerprint, signal.received_at - REPEAT_WINDOW)
        return [frame for frame in seen if frame.received_at <= signal.received_at + REPEAT_WINDOW]

    def _was_over(self, alarm: Alarm, signal: Signal) -> bool:
        """Whether the alarm had ended when the signal came, however long that has waited here since.

        A reset that our own clock has not reached was stamped by a seat whose clock is ahead: not believed.
        """
        if alarm.is_open:
            return False
        reset_at = alarm.reset_at
        return reset_at is None or not signal.received_at < reset_at <= self._holding.now

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
                if placed.zone is not None and meaning.may_be_held(means, alarm_class):
                    self._holding.restore(placed.zone)
                return self._restore(open_alarm)
            case Qualifier.STILL if open_alarm is not None and open_alarm.source_active:
                return self._still(open_alarm, signal)
            case Qualifier.STILL if open_alarm is None and self._is_known_of_part(placed, signal):
                return Outcome(OutcomeKind.RECORDED)
        if placed.zone is not None and meaning.may_be_held(means, alarm_class):
            held = self._holding.of(signal, placed.zone, is_open=open_alarm is not None)
            if held is not None:
                return Outcome(OutcomeKind(held))
        priority = meaning.priority_in_zone(means, alarm_class, placed.zone)
        return self._raise_or_fold(signal, placed, alarm_class, priority, open_alarm)

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
        same = sameness_at(placed, alarm_class)
        return self._tx.alarms.open_of_zone(
            placed.panel, placed.zone_number, alarm_class, lambda alarm: sameness_of(alarm) == same
        )

    def _touches_protected(self, signal: Signal, placed: Placed) -> bool:
        """A bypass that names no known zone may mean any zone of its panel."""
        if placed.zone is not None:
            return meaning.is_protected(placed.zone)
        panel = self._places.panel_of(signal.account)
        return panel is not None and any(map(meaning.is_protected, self._places.zones_of(panel)))

    def _is_known_of_part(self, placed: Placed, signal: Signal) -> bool:
        """A fire system still says of itself what one of its components has said already."""
        if not is_state(signal.code):
            return False
        parts = self._tx.alarms.open_of_parts(placed.panel, signal.source, signal.point)
        return any(alarm.source_active and alarm.code_raw == signal.code for alarm in parts)

    def _restore(self, alarm: Alarm | None) -> Outcome:
        """The source is quiet again; the alarm stays what and where it is."""
        if alarm is None:
            return Outcome(OutcomeKind.RECORDED)
        if alarm.source_active:
            saved = self._tx.alarms.save(replace(alarm, source_active=False))
            self._tx.record(AlarmChanged(saved, "restored"))
        return Outcome(OutcomeKind.RESTORED, alarm.id)

    def _still(self, alarm: Alarm, signal: Signal) -> Outcome:
        """Nothing new, and so no new sound: it does not speak again. But the source is not quiet, and whoever
        takes a call about it is shown that it was heard of just now."""
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
                note=note_of(signal, alarm.name) or alarm.note,
            )
        )
        self._tx.record(AlarmRepeated(saved))
        if self._on_repeated is not None:
            self._on_repeated(self._tx, saved)
        return Outcome(OutcomeKind.REPEATED, alarm.id)
