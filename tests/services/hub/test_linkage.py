"""Linkage in a real hub: rules run within their budget, failures are alarms, a killed hub repeats nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock, SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm, AlarmSource, Qualifier, Signal
from services.domain.arming import ArmState
from services.domain.linkage import Action, ActionKind, OnFail, Rule
from services.domain.linkage_runs import LinkageRun, Result, RunState
from services.domain.people import Role, Session
from services.domain.site import ArmGroup, Site
from services.domain.triggers import Trigger, TriggerKind
from services.hub.campus import Campus
from services.hub.linkage import HubLinkage
from services.linkage.rules import RuleDesk
from services.sim.panels import Dialler, Line, Report
from services.storage import Database
from tests.services.hub.killable_hub import HubProcess

Wait = Callable[..., object]
Dial = Callable[..., Dialler]
BOSS = Session("boss", "处长", Role.SUPERVISOR, "SEAT-9")
PANIC = Trigger(TriggerKind.CLASS, ("panic",))
ANY_CLASS = Trigger(TriggerKind.PRIORITY, ("4",))


class Listener:
    """Another system that counts what it is told, and answers when it may."""

    def __init__(self) -> None:
        self.told = 0
        self.may_answer = threading.Event()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                listener.told += 1
                listener.may_answer.wait(20.0)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

            def handle(self) -> None:
                with suppress(OSError):  # whoever asked may have been killed
                    super().handle()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def close(self) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def save(database: Database, *actions: Action, trigger: Trigger = PANIC) -> Rule:
    return RuleDesk(database, SystemClock()).save(BOSS, Rule("", "通知", "Tell", trigger, actions))


def alarms(database: Database) -> list[Alarm]:
    return database.read(lambda view: view.alarms.open())


def rule_runs(database: Database) -> list[LinkageRun]:
    found = [database.read(lambda view, a=a: view.linkage_runs.of_alarm(a.id)) for a in alarms(database)]
    return [run for runs in found for run in runs if run.rule_version]


def take_rules_over(database: Database, wait_until: Wait) -> None:
    """The hub reads the rules in each round, after its beat: at the second beat from now a round is over."""
    for _ in range(2):
        seen = database.read(lambda view: view.last_hub_beat())
        wait_until(lambda seen=seen: database.read(lambda view: view.last_hub_beat()) != seen)


@pytest.mark.usefixtures("hub")
def test_a_rule_saved_while_the_hub_runs_counts_from_then_on_and_is_timed(
    database: Database, dial: Dial, listener: Listener, wait_until: Wait
) -> None:
    listener.may_answer.set()
    saved = save(database, Action(ActionKind.HTTP, listener.url))
    take_rules_over(database, wait_until)
    assert dial().send(Report("120", 1))
    wait_until(lambda: any(run.state is RunState.DONE for run in rule_runs(database)))
    run = next(run for run in rule_runs(database) if run.state is RunState.DONE)
    (one,) = run.actions
    assert (run.rule, run.rule_version, one.result) == (saved.id, 1, Result.OK)
    assert one.started_at is not None
    assert one.ended_at is not None
    assert 0 < run.total_ms <= one.action.limit_ms
    assert listener.told >= 1


def failures(database: Database) -> int:
    return len([run for run in rule_runs(database) if run.actions[0].result is Result.FAILED])


@pytest.mark.usefixtures("hub")
def test_a_failed_action_is_an_alarm_of_its_own_that_sets_off_nothing(
    database: Database, dial: Dial, wait_until: Wait
) -> None:
    # Every alarm would run it, if linkage's own did.
    save(database, Action(ActionKind.HTTP, "http://127.0.0.1:1/", on_fail=OnFail.RAISE), trigger=ANY_CLASS)
    take_rules_over(database, wait_until)
    assert dial().send(Report("120", 1))

    def failed() -> list[Alarm]:
        return [alarm for alarm in alarms(database) if alarm.code_raw.startswith("LINKAGE_FAILED")]

    (raised,) = wait_until(failed)  # type: ignore[misc]
    assert (raised.alarm_class.value, int(raised.priority)) == ("device", 2)
    assert raised.name == "联动动作失败：通知"
    assert raised.note == "", "the name says it already, and in both languages"
    assert "code=linkage.web_unreachable" in raised.payload_raw
    # What an alarm sets off is stored with it, so there is nothing to wait for.
    assert database.read(lambda view: view.linkage_runs.of_alarm(raised.id)) == []
    assert wait_until(lambda: failed()[0].occurrence_count == failures(database))


def test_a_hub_killed_while_an_action_runs_never_does_it_again(
    settings: Settings, database: Database, listener: Listener, wait_until: Wait
) -> None:
    save(database, Action(ActionKind.HTTP, listener.url))
    hub = HubProcess(settings)
    try:
        hub.start()
        dialler = Dialler(Line("1001", "127.0.0.1", hub.port, answer_s=3.0, tries=3), SystemClock())
        assert dialler.send(Report("120", 1))
        wait_until(lambda: listener.told == 1)
        (first,) = rule_runs(database)
        hub.kill()
        hub.start()
        wait_until(lambda: [run.state for run in rule_runs(database)] == [RunState.INTERRUPTED])
        # The next hub has looked at all that waits when it does what came after it.
        assert dialler.send(Report("120", 2))
        dialler.close()
        wait_until(lambda: any(run.id != first.id for run in rule_runs(database)) and listener.told >= 2)
    finally:
        hub.kill()
    assert listener.told == 2
    (left,) = [run for run in rule_runs(database) if run.id == first.id]
    assert [one.result for one in left.actions] == [Result.INTERRUPTED]


NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
# Its hours began four hours ago and end in eight, on this machine's own clock.
HOURS = (
    f"daily {(NOW - timedelta(hours=4)).astimezone():%H:%M}-{(NOW + timedelta(hours=8)).astimezone():%H:%M}"
)


@pytest.mark.parametrize(
    ("schedule", "word", "is_armed"),
    [
        ((), None, True),
        ((), ArmState("G1", True, NOW - timedelta(hours=1)), True),
        ((), ArmState("G1", False, NOW - timedelta(hours=1)), False),
        # The newer of a person's word and the hours.
        ((HOURS,), ArmState("G1", False, NOW - timedelta(hours=5)), True),
        ((HOURS,), ArmState("G1", False, NOW - timedelta(hours=1)), False),
        # A word from the future proves that a clock was set.
        ((), ArmState("G1", False, NOW + timedelta(hours=1)), True),
    ],
)
def test_a_rule_that_asks_whether_a_group_is_armed_is_told_as_the_panels_signals_are(
    database: Database, site: Site, schedule: tuple[str, ...], word: ArmState | None, is_armed: bool
) -> None:
    clock = ManualClock(NOW)
    full = replace(site, arm_groups=(ArmGroup("G1", "围墙", "Perimeter", schedule),))
    if word is not None:
        database.write(lambda tx: tx.arm_states.put(word))
    save(database, Action(ActionKind.SOUND), trigger=Trigger(TriggerKind.ARMED, ("G1",)))
    campus = Campus(full, Secrets())
    linkage = HubLinkage(database, clock, campus, {})
    center = AlarmCenter(
        database, clock, full, campus.choose_feeds, linkage.start.raised, linkage.start.repeated
    )
    linkage.begin(center)
    try:
        center.receive([Signal(AlarmSource.DC09, "1001", "120", 1, Qualifier.NEW, clock.now(), "f1")])
        assert bool(rule_runs(database)) is is_armed
    finally:
        linkage.stop(5.0)
