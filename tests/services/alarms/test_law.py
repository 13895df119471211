"""The alarm law under any order of signals, commands, time and restarts, against a plain model of it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.alarms.batch import REPEAT_WINDOW
from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.handing import Handing, Recipient
from services.alarms.response import ResponseClocks
from services.alarms.shelving import Shelving
from services.core.clock import ManualClock
from services.core.codec import from_plain
from services.core.errors import ServiceError
from services.domain.alarms import OPEN_STATES, Alarm, AlarmSource, AlarmState, Qualifier, Signal, Verdict
from services.domain.board import Board
from services.domain.classes import NEVER_DISARMED, AlarmClass, Priority
from services.domain.facts import FACTS, Fact
from services.domain.floods import AlarmGroup, grouped
from services.domain.people import Role, Session
from services.domain.signals import OutcomeKind
from services.domain.site import Site
from services.storage import Database, sqlite_url
from tests.records import new_sqlite

Source = tuple[str, str, int]
STRANGER = "4444"
# (account, code, zone): a panic button, a beam, a smoke detector, tamper on the panic button, a code
# nobody knows and an account nobody knows.
SOURCES: list[Source] = [
    ("1001", "120", 1),
    ("1002", "131", 11),
    ("1003", "111", 1),
    ("1001", "137", 1),
    ("1002", "999", 12),
    (STRANGER, "130", 7),
]
PEOPLE = [
    Session("wang", "王", Role.OPERATOR, "S1"),
    Session("li", "李", Role.OPERATOR, "S2"),
    Session("zhao", "赵", Role.SHIFT_LEADER, "S3"),
    Session("chen", "陈", Role.SUPERVISOR, "S4"),
]
DISMISSED = {AlarmState.FALSE, AlarmState.TEST, AlarmState.DUPLICATE, AlarmState.FAULT}
REASONS = st.sampled_from(["", "现场已查"])

sources = st.sampled_from(SOURCES)
people = st.sampled_from(PEOPLE)
picks = st.integers(0, 30)


class AlarmLaw(RuleBasedStateMachine):
    """Rules do what panels, people and the clock may do; the invariants are the law."""

    def __init__(self, site: Site, clock: ManualClock, file: Path) -> None:
        super().__init__()
        self.site, self.clock, self.url = site, clock, sqlite_url(file)
        self.numbers = count()
        self.pressed: Counter[Source] = Counter()
        self.last_signal: dict[Source, Signal] = {}
        # Sent again and not looked at yet, with whether its alarm was open when it came.
        self.waiting: list[tuple[Source, Signal, bool]] = []
        self.alarm_of: dict[str, str] = {}
        self.known: dict[str, Alarm] = {}
        self.source_of: dict[str, Source] = {}
        self.replayed = Board()
        self.reopen()

    def reopen(self) -> None:
        self.database = Database(self.url, self.clock)
        self.database.open()
        self.center = AlarmCenter(self.database, self.clock, self.site, lambda _zone: ())
        self.desk = AlarmDesk(self.database, self.clock)
        self.shelving = Shelving(self.database, self.clock)
        self.handing = Handing(self.database, self.clock)
        self.response = ResponseClocks(self.database, self.clock)

    def teardown(self) -> None:
        self.database.close()

    # What panels do

    @rule(source=sources, qualifier=st.sampled_from([Qualifier.NEW, Qualifier.NEW, Qualifier.RESTORE]))
    def a_panel_speaks(self, source: Source, qualifier: Qualifier) -> None:
        self.receive(source, qualifier)

    @rule(several=st.lists(sources, min_size=2, max_size=6))
    def many_speak_at_once(self, several: list[Source]) -> None:
        signals = [self.signal(source, Qualifier.NEW) for source in several]
        for source, signal, outcome in zip(several, signals, self.center.receive(signals), strict=True):
            self.note(source, Qualifier.NEW, outcome.kind, outcome.alarm)
            self.alarm_of[signal.fingerprint] = outcome.alarm
        self.look(may_move=())

    @precondition(lambda self: self.last_signal)
    @rule(pick=picks)
    def a_panel_repeats_its_frame(self, pick: int) -> None:
        source = sorted(self.last_signal)[pick % len(self.last_signal)]
        signal = self.last_signal[source]
        (outcome,) = self.center.receive([signal])
        if outcome.kind is not OutcomeKind.DUPLICATE:
            self.note(source, signal.qualifier, outcome.kind, outcome.alarm)
        self.look(may_move=())

    @precondition(lambda self: self.last_signal)
    @rule(pick=picks)
    def a_frame_sent_again_comes_and_waits(self, pick: int) -> None:
        source = sorted(self.last_signal)[pick % len(self.last_signal)]
        first = self.last_signal[source]
        again = replace(first, received_at=self.clock.now())
        alarm = self.known.get(self.alarm_of.get(first.fingerprint, ""))
        is_repeat = again.received_at - first.received_at <= REPEAT_WINDOW and bool(alarm and alarm.is_open)
        self.waiting.append((source, again, is_repeat))

    @precondition(lambda self: self.waiting)
    @rule()
    def what_waits_is_looked_at(self) -> None:
        waiting, self.waiting = self.waiting, []
        outcomes = self.center.receive([signal for _, signal, _ in waiting])
        for (source, signal, is_repeat), outcome in zip(waiting, outcomes, strict=True):
            alarm = self.known.get(self.alarm_of.get(signal.fingerprint, ""))
            # Which came first in one moment nobody knows: then it counts.
            if is_repeat and alarm is not None and alarm.reset_at != signal.received_at:
                assert outcome.kind is OutcomeKind.DUPLICATE
            if outcome.kind is not OutcomeKind.DUPLICATE:
                self.note(source, signal.qualifier, outcome.kind, outcome.alarm)
        self.look(may_move=())

    @rule(source=sources, verdict=st.sampled_from(Verdict))
    def a_frame_sent_again_waits_while_its_alarm_is_ended(self, source: Source, verdict: Verdict) -> None:
        self.receive(source, Qualifier.NEW)
        self.clock.advance(5)
        self.a_frame_sent_again_comes_and_waits(sorted(self.last_signal).index(source))
        at = sorted(self.known).index(self.alarm_of[self.last_signal[source].fingerprint])
        self.an_owner_handles_it(at, verdict)
        self.clock.advance(1)
        self.command(at, lambda alarm: self.desk.reset(PEOPLE[0], alarm, "现场已查"))
        self.what_waits_is_looked_at()

    # What people do

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks)
    def claim(self, person: Session, pick: int) -> None:
        self.command(pick, lambda alarm: self.desk.claim(person, alarm))

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks)
    def take_over(self, person: Session, pick: int) -> None:
        self.command(pick, lambda alarm: self.desk.take_over(person, alarm))

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks)
    def verify(self, person: Session, pick: int) -> None:
        self.command(pick, lambda alarm: self.desk.verify(person, alarm))

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks, verdict=st.sampled_from(Verdict), reason=REASONS)
    def decide(self, person: Session, pick: int, verdict: Verdict, reason: str) -> None:
        self.command(pick, lambda alarm: self.desk.decide(person, alarm, verdict, reason))

    @precondition(lambda self: self.known)
    @rule(pick=picks, verdict=st.sampled_from(Verdict))
    def an_owner_handles_it(self, pick: int, verdict: Verdict) -> None:
        for step in (
            lambda alarm: self.desk.claim(PEOPLE[0], alarm),
            lambda alarm: self.desk.verify(PEOPLE[0], alarm),
            lambda alarm: self.desk.decide(PEOPLE[0], alarm, verdict, "现场已查"),
        ):
            self.command(pick, step)

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks)
    def silence(self, person: Session, pick: int) -> None:
        before = self.picked(pick)
        self.command(pick, lambda alarm: self.desk.silence(person, alarm), may_move=())
        assert self.known[before.id].state is before.state

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks, minutes=st.sampled_from([0, 1, 60]), reason=REASONS)
    def shelve(self, person: Session, pick: int, minutes: int, reason: str) -> None:
        self.command(pick, lambda alarm: self.shelving.shelve(person, alarm, minutes, reason), may_move=())

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks)
    def take_off_the_shelf(self, person: Session, pick: int) -> None:
        self.command(pick, lambda alarm: self.shelving.unshelve(person, alarm), may_move=())

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks, role=st.sampled_from([Role.OPERATOR, Role.SHIFT_LEADER]))
    def ask_another(self, person: Session, pick: int, role: Role) -> None:
        self.command(pick, lambda alarm: self.handing.ask(person, alarm, Recipient("", role)), may_move=())

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks)
    def accept(self, person: Session, pick: int) -> None:
        before = self.picked(pick)
        self.command(pick, lambda alarm: self.handing.accept(person, alarm))
        after = self.known[before.id]
        assert after.state is before.state
        assert after.owner in (before.owner, person.user)

    @precondition(lambda self: self.known)
    @rule(person=people, several=st.lists(picks, min_size=1, max_size=4), verdict=st.sampled_from(Verdict))
    def decide_a_group(self, person: Session, several: list[int], verdict: Verdict) -> None:
        ids = [self.picked(pick).id for pick in several]
        urgent = {alarm: self.known[alarm] for alarm in ids if self.known[alarm].priority is Priority.P1}
        self.command(
            several[0],
            lambda _alarm: self.desk.decide_group(person, ids, verdict, "现场已查"),
            may_move=tuple(ids),
        )
        for alarm, before in urgent.items():
            assert self.known[alarm].state is before.state

    @precondition(lambda self: self.known)
    @rule(person=people, pick=picks, reason=REASONS)
    def reset(self, person: Session, pick: int, reason: str) -> None:
        before = self.picked(pick)
        self.command(pick, lambda alarm: self.desk.reset(person, alarm, reason))
        after = self.known[before.id]
        if before.is_open and not after.is_open:
            assert before.verdict is not None
            assert after.reset_by == person.user
            assert reason or not (before.is_latched and before.source_active)

    # What time and power do

    @rule(seconds=st.sampled_from([1, 30, 200, 4000, 100_000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)
        self.response.tick()
        self.look(may_move=())

    @rule()
    def the_hub_starts_again(self) -> None:
        self.database.close()
        self.reopen()
        self.look(may_move=())

    # The law

    @invariant()
    def every_press_is_counted(self) -> None:
        counted: Counter[Source] = Counter()
        for alarm in self.known.values():
            counted[self.source_of[alarm.id]] += alarm.occurrence_count
        assert counted == self.pressed

    @invariant()
    def panic_fire_and_tamper_are_latched_and_panic_stays_most_urgent(self) -> None:
        for alarm in self.known.values():
            if alarm.alarm_class in (AlarmClass.PANIC, AlarmClass.FIRE):
                assert alarm.priority is Priority.P1
            if alarm.alarm_class in (AlarmClass.PANIC, AlarmClass.FIRE, AlarmClass.TAMPER):
                assert alarm.is_latched
            assert alarm.is_open or (alarm.reset_by and alarm.verdict)

    @invariant()
    def nothing_urgent_is_ever_shelved_and_every_open_alarm_is_in_the_grouped_queue_once(self) -> None:
        alarms = [alarm for alarm in self.known.values() if alarm.is_open]
        for alarm in alarms:
            if alarm.alarm_class in NEVER_DISARMED or alarm.priority is Priority.P1:
                assert alarm.shelf is None
        shown: list[str] = []
        for row in grouped(alarms):
            shown.extend(a.id for a in (row.alarms if isinstance(row, AlarmGroup) else (row,)))
        assert sorted(shown) == sorted(alarm.id for alarm in alarms)

    @invariant()
    def each_level_is_told_exactly_once(self) -> None:
        for alarm in self.known.values():
            told = self.database.read(lambda view, id_=alarm.id: view.notices.of(id_))
            assert [notice.level for notice in told] == list(range(1, alarm.escalation_level + 1))

    @invariant()
    def a_screen_that_follows_the_feed_shows_what_is_stored(self) -> None:
        changes = self.database.read(lambda view: view.changes_after(self.replayed.seq, 1000))
        for change in changes:
            self.replayed.apply(read_fact(change.kind, change.payload))
            assert change.seq == self.replayed.seq + 1
            self.replayed.seq = change.seq
        board = self.database.read(lambda view: view.board())
        assert (self.replayed.alarms, self.replayed.notices) == (board.alarms, board.notices)

    # Helpers of the model

    def receive(self, source: Source, qualifier: Qualifier) -> None:
        signal = self.signal(source, qualifier)
        (outcome,) = self.center.receive([signal])
        self.note(source, qualifier, outcome.kind, outcome.alarm)
        self.look(may_move=())
        self.alarm_of[signal.fingerprint] = outcome.alarm
        if qualifier is Qualifier.NEW:
            alarm = self.known[outcome.alarm]
            assert alarm.state in OPEN_STATES - DISMISSED
            assert alarm.silenced_at is None
            assert alarm.shelf is None or alarm.priority > Priority.P1
            assert alarm.source_active

    def signal(self, source: Source, qualifier: Qualifier) -> Signal:
        account, code, zone = source
        self.last_signal[source] = Signal(
            source=AlarmSource.DC09,
            account=account,
            code=code,
            zone=zone,
            qualifier=qualifier,
            received_at=self.clock.now(),
            fingerprint=f"frame {next(self.numbers)}",
        )
        return self.last_signal[source]

    def note(self, source: Source, qualifier: Qualifier, kind: OutcomeKind, alarm: str) -> None:
        if qualifier is Qualifier.NEW or source[0] == STRANGER:
            assert kind in (OutcomeKind.RAISED, OutcomeKind.REPEATED)
            self.pressed[source] += 1
            self.source_of[alarm] = source

    def picked(self, pick: int) -> Alarm:
        return self.known[sorted(self.known)[pick % len(self.known)]]

    def command(
        self, pick: int, work: Callable[[str], object], may_move: tuple[str, ...] | None = None
    ) -> None:
        alarm = self.picked(pick).id
        try:
            work(alarm)
        except ServiceError as error:
            if not error.code.startswith(("alarm.", "identity.")):
                raise
            may_move = ()
        self.look(may_move=(alarm,) if may_move is None else may_move)

    def look(self, *, may_move: tuple[str, ...]) -> None:
        """Read every alarm again; states may have changed only where `may_move` says."""
        for alarm in self.database.read(lambda view: view.alarms.page(1000)):
            before = self.known.get(alarm.id)
            if before is None:
                assert alarm.state is AlarmState.NEW
            elif alarm.id not in may_move:
                assert (alarm.state, alarm.owner) == (before.state, before.owner)
            if before is not None:
                assert alarm.escalation_level >= before.escalation_level
            self.known[alarm.id] = alarm


def read_fact(kind: str, payload: str) -> Fact:
    return from_plain(FACTS[kind], json.loads(payload))


def test_the_alarm_law_holds_in_any_order(site: Site, clock: ManualClock, tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    new_sqlite(template)
    starts_at, runs = clock.now(), count()

    def start() -> AlarmLaw:
        file = tmp_path / f"law-{next(runs)}.db"
        shutil.copy(template, file)
        return AlarmLaw(site, ManualClock(starts_at), file)

    run_state_machine_as_test(
        start, settings=settings(max_examples=40, stateful_step_count=30, deadline=None)
    )
