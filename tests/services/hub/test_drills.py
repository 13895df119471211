"""A drill plays its alarms once each, moves nothing real, and gives way to what is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.alarms.batch import Outcome
from services.alarms.center import AlarmCenter, AlsoDone
from services.alarms.desk import AlarmDesk
from services.campus.routes import Routes
from services.campus.sight import Sight
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch import IncidentDesk
from services.dispatch.desk import DispatchDesk, Order, import_site
from services.domain.alarms import OPEN_STATES, Alarm, AlarmSource, AlarmState, Qualifier, Signal
from services.domain.classes import AlarmClass, Priority
from services.domain.drill_scores import LineKind, Mark
from services.domain.drills import Drill, DrillState, moved, with_alarm
from services.domain.incidents import DispatchState, IncidentState
from services.domain.linkage import Action, ActionKind, Rule
from services.domain.linkage_runs import Result
from services.domain.people import GuardStatus, Role, Session
from services.domain.plan_runs import PlanRunState
from services.domain.plan_steps import Step, StepKind
from services.domain.plans import Plan, PlanId, PlanState, PlanText, PlanTrigger, PlanVersion
from services.domain.site import Site
from services.domain.triggers import Trigger, TriggerKind
from services.hub.drills import DrillKeeper
from services.linkage.starting import LinkageStart
from services.plans.drills import DrillDesk
from services.plans.running import PlanRuns, Start
from services.plans.running_answers import Answer
from services.sim.drilled import DrilledPeople
from services.storage import Database, Tx
from tests.campus import read_demo_site
from tests.records import new_sqlite

AT = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "S0")
WANG = Session("wang", "王某", Role.OPERATOR, "S1")
LI = Session("li", "李某", Role.SHIFT_LEADER, "S2")
GUARD = "G01"
STEPS = (
    Step("look", StepKind.CONFIRM, "看画面", deadline_s=30.0),
    Step("door", StepKind.DOOR, "开门", action=Action(ActionKind.DOOR, "D1")),
    Step("tell", StepKind.CONFIRM, "报告", deadline_s=30.0),
    Step("close", StepKind.CONFIRM, "收尾"),
)


class Stage:
    """The campus, its desks, and the hub's duty for drills, by a clock that a test moves."""

    def __init__(self, database: Database, clock: ManualClock, site: Site) -> None:
        self.database, self.clock, self.site = database, clock, site
        linkage = LinkageStart(clock)
        linkage.take_rules(
            [
                Rule(
                    "r",
                    "开门",
                    "Door",
                    Trigger(TriggerKind.ALL),
                    (
                        Action(ActionKind.DOOR, "D1"),
                        Action(ActionKind.HTTP, "http://127.0.0.1:9/"),
                        Action(ActionKind.PTZ_AIM),
                    ),
                    cool_down_s=0.0,
                )
            ]
        )
        feeds = Sight(site).feeds_for
        self.center = AlarmCenter(database, clock, site, feeds, linkage.raised, linkage.repeated)
        self.dispatch = DispatchDesk(database, clock, Routes(site), site)
        self.drills = DrillDesk(database, clock, lambda: site)
        self.alarms = AlarmDesk(database, clock)
        self.runs = PlanRuns(database, clock, self.dispatch.incident_for)
        self.people = DrilledPeople(database, clock)
        self.keeper = DrillKeeper(database, clock, self.center, self.people.tick)
        database.write(self._publish)

    def begin(self, drill_id: str = "d1") -> Drill:
        return self.drills.try_plan(LI, drill_id, "fire", "Z01")

    def play(self, seconds: float) -> None:
        for _ in range(round(seconds)):
            self.clock.advance(1)
            self.keeper.tick()

    def open_alarms(self) -> list[Alarm]:
        return self.database.read(lambda view: view.board().queue())

    def stored(self, drill_id: str = "d1") -> Drill:
        return self.database.read(lambda view: view.drills.find(drill_id)) or pytest.fail("no drill")

    def ring(self, code: str = "120", zone_no: str = "Z01") -> str:
        """The zone's real panel."""
        zone = self.site.zone(zone_no)
        assert zone is not None
        panel = next(panel for panel in self.site.panels if panel.no == zone.panel)
        signal = Signal(
            AlarmSource.DC09, panel.account, code, zone.number, Qualifier.NEW, self.clock.now(), new_id()
        )
        return self.center.receive([signal])[0].alarm

    def _publish(self, tx: Tx) -> None:
        text = PlanText("火灾预案", trigger=PlanTrigger((AlarmClass.FIRE,)), steps=STEPS)
        tx.plans.add(Plan(PlanId("fire"), text, "z", "z", AT, PlanState.PUBLISHED, 1))
        tx.plan_versions.add(PlanVersion("v1", PlanId("fire"), 1, text, AT, "z", "z"))


@pytest.fixture(params=["sqlite", "postgres"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("drill")
    is_sqlite = request.param == "sqlite"
    url = new_sqlite(folder / "d.db") if is_sqlite else str(request.getfixturevalue("postgres_record"))
    clock, site = ManualClock(AT), read_demo_site()
    with closing(Database(url, clock)) as database:
        database.open()
        import_site(database, ADMINISTRATOR, site, clock)
        yield Stage(database, clock, site)


def handle(stage: Stage) -> tuple[str, str]:
    """Claimed, a guard sent, the plan begun; the incident's and the run's id."""
    (alarm,) = stage.open_alarms()
    stage.alarms.claim(WANG, alarm.id)
    stage.dispatch.send(WANG, Order(GUARD, "去", alarm_id=alarm.id))
    incident = stage.database.read(lambda view: view.alarms.get(alarm.id)).incident
    run = stage.runs.start(WANG, Start(new_id(), "fire", incident=incident))
    return incident, run.id


def test_every_row_that_a_drill_makes_says_that_it_is_a_drill(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    (alarm,) = stage.open_alarms()
    assert (alarm.is_drill, alarm.alarm_class, alarm.place) == (
        True,
        AlarmClass.FIRE,
        stage.site.zone("Z01").place,
    )  # type: ignore[union-attr]
    incident, run = handle(stage)
    board = stage.database.read(lambda view: view.board())
    assert board.incidents[incident].is_drill
    assert all(one.is_drill for one in board.dispatches.values())
    assert board.plan_runs[run].is_drill
    assert all(one.is_drill for runs in board.linkage.values() for one in runs)


def test_nothing_is_moved_and_nothing_told_outside_in_a_drill(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    (alarm,) = stage.open_alarms()
    runs = stage.database.read(lambda view: view.linkage_runs.of_alarm(alarm.id))
    (rule_run,) = [run for run in runs if run.rule == "r"]
    # Cameras too: a guard position that looks at an exercise misses what is real.
    assert [one.result for one in rule_run.actions] == [Result.SKIPPED] * 3
    handle(stage)
    assert stage.database.read(lambda view: view.linkage_runs.waiting(10)) == []


def test_whoever_is_only_played_as_sent_stays_free_for_what_is_real(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    handle(stage)
    before = stage.database.read(lambda view: view.guards.get(GUARD))
    assert (
        before.dispatch,
        before.status in (GuardStatus.ON_POST, GuardStatus.AVAILABLE, GuardStatus.PATROLLING),
    ) == (
        "",
        True,
    )
    real = stage.ring()
    stage.alarms.claim(WANG, real)
    sent = stage.dispatch.send(WANG, Order(GUARD, "真的", alarm_id=real))
    assert not sent.is_drill
    assert stage.database.read(lambda view: view.guards.get(GUARD)).dispatch == sent.id


def test_a_guard_is_not_sent_twice_by_a_drill(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    incident, _run = handle(stage)
    with pytest.raises(ServiceError) as caught:
        stage.dispatch.send(WANG, Order(GUARD, "再去", incident_id=incident))
    assert caught.value.code == "dispatch.guard_busy"
    states = stage.database.read(lambda view: view.guards.all())
    sent = stage.database.read(lambda view: view.dispatches.of_incident(incident))
    point = stage.site.zone("Z01").at  # type: ignore[union-attr]
    ranked = stage.dispatch.rank_known(states, sent, point, 50, is_drill=True)
    real = stage.dispatch.rank_known(states, sent, point, 50)
    assert {one.guard.no for one in real} - {one.guard.no for one in ranked} == {GUARD}


def test_the_played_guard_signs_walks_and_arrives_without_moving(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    incident, _run = handle(stage)
    at = stage.database.read(lambda view: view.guards.get(GUARD)).at
    stage.play(400)
    (order,) = stage.database.read(lambda view: view.dispatches.of_incident(incident))
    assert order.state is DispatchState.DONE
    assert stage.database.read(lambda view: view.guards.get(GUARD)).at == at


def test_a_real_alarm_is_never_counted_to_a_drills_nor_the_other_way_round(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    (played,) = stage.open_alarms()
    real = stage.ring("110")
    assert real != played.id
    queue = stage.open_alarms()
    assert [alarm.is_drill for alarm in queue] == [False, True], "real ones stand first"


def test_a_real_alarm_pauses_the_drill_until_somebody_lets_it_go_on(
    stage: Stage, expected_log: Callable[..., None]
) -> None:
    expected_log("drill.paused")
    stage.begin()
    stage.play(2)
    stage.ring()
    stage.play(60)
    assert stage.stored().state is DrillState.PAUSED
    assert [alarm.is_drill for alarm in stage.open_alarms()] == [False]
    stage.drills.resume(LI, "d1")
    stage.play(1)
    # Five seconds of the drill, of which three had been played when the hub saw the real one.
    assert stage.stored().alarms == ()
    stage.play(1)
    assert len(stage.stored().alarms) == 1


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_no_drill_begins_while_something_urgent_waits_or_is_fought(stage: Stage, state: AlarmState) -> None:
    real = stage.ring()
    rang = stage.database.read(lambda view: view.alarms.get(real))
    stage.database.write(lambda tx: tx.alarms.save(replace(rang, state=state)))
    with pytest.raises(ServiceError) as caught:
        stage.begin()
    assert caught.value.code == "drill.real_alarm"


def test_a_moment_is_played_once_by_however_many_hubs(stage: Stage) -> None:
    stage.begin()
    others = [DrillKeeper(stage.database, stage.clock, stage.center, stage.people.tick) for _ in range(3)]
    for _ in range(20):
        stage.clock.advance(1)
        for keeper in (stage.keeper, *others):
            keeper.tick()
    assert len(stage.open_alarms()) == 1


@pytest.mark.parametrize("until", ["stopped", "paused", "played"])
def test_a_moment_that_is_no_longer_due_when_its_turn_comes_raises_nothing(
    stage: Stage, until: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.begin()
    report = stage.center.report

    def what_comes_between() -> None:
        if until == "stopped":
            stage.drills.stop(LI, "d1", "停")
        elif until == "paused":
            held = moved(stage.stored(), DrillState.PAUSED, "真实报警", stage.clock.now())
            stage.database.write(lambda tx: tx.drills.save(held))
        else:
            played = with_alarm(stage.stored(), 0, "another")
            stage.database.write(lambda tx: tx.drills.save(played))

    def late(signal: Signal, attach_to: str = "", also: AlsoDone | None = None) -> Outcome:
        what_comes_between()
        assert also is not None
        return report(signal, attach_to, also)

    stage.clock.advance(6)
    with monkeypatch.context() as between:
        between.setattr(stage.center, "report", late)
        stage.keeper.tick()
    assert stage.open_alarms() == []
    stage.play(3)
    assert stage.open_alarms() == []
    if until == "paused":
        stage.drills.resume(LI, "d1")
        stage.play(1)
        assert [alarm.is_drill for alarm in stage.open_alarms()] == [True]


def test_what_was_split_off_a_drills_incident_is_played_and_ends_with_it(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    incident, _run = handle(stage)
    (order,) = stage.database.read(lambda view: view.dispatches.of_incident(incident))
    apart = IncidentDesk(stage.database, stage.clock).split(WANG, incident, "另一起", (), (order.id,))
    stage.play(20)
    assert stage.database.read(lambda view: view.dispatches.get(order.id)).signed_at is not None
    stage.drills.stop(LI, "d1", "")
    ended = stage.database.read(lambda view: [view.incidents.get(one) for one in (incident, apart.id)])
    assert [one.state for one in ended] == [IncidentState.CLOSED] * 2
    assert stage.database.read(lambda view: view.dispatches.running()) == []


def test_stopping_ends_everything_of_the_drill_at_once_and_nothing_else(stage: Stage) -> None:
    real = stage.ring()
    stage.alarms.claim(WANG, real)
    stage.dispatch.send(WANG, Order("G02", "真的", alarm_id=real))
    rang = stage.database.read(lambda view: view.alarms.get(real))
    stage.database.write(lambda tx: tx.alarms.save(replace(rang, priority=Priority.P2)))
    stage.begin()
    stage.play(5)
    played = next(alarm for alarm in stage.open_alarms() if alarm.is_drill)
    stage.alarms.claim(WANG, played.id)
    stage.dispatch.send(WANG, Order(GUARD, "去", alarm_id=played.id))
    incident = stage.database.read(lambda view: view.alarms.get(played.id)).incident
    run = stage.runs.start(WANG, Start(new_id(), "fire", incident=incident))
    stage.drills.stop(LI, "d1", "够了")
    board = stage.database.read(lambda view: view.board())
    assert [alarm.id for alarm in board.queue()] == [real]
    assert board.incidents[incident].state is IncidentState.CLOSED
    assert board.plan_runs[run.id].state is PlanRunState.ABORTED
    assert {one.is_drill: one.is_running for one in board.dispatches.values()} == {True: False, False: True}
    assert stage.database.read(lambda view: view.alarms.get(played.id)).state is AlarmState.CLOSED
    assert stage.drills.stop(LI, "d1", "再按一次").reason == "够了"


@pytest.mark.parametrize("state", [state for state in AlarmState if state is not AlarmState.CLOSED])
def test_a_drill_ends_its_alarm_from_every_state(stage: Stage, state: AlarmState) -> None:
    stage.begin()
    stage.play(5)
    (alarm,) = stage.open_alarms()
    stage.database.write(lambda tx: tx.alarms.save(replace(alarm, state=state)))
    stage.drills.stop(LI, "d1", "")
    assert stage.database.read(lambda view: view.alarms.get(alarm.id)).state is AlarmState.CLOSED


def test_the_score_sheet_says_what_took_how_long_and_what_was_not_done(stage: Stage) -> None:
    stage.begin()
    stage.play(5)
    stage.play(20)  # P1 is to be claimed within 10 s
    _incident, run = handle(stage)
    stage.clock.advance(10)
    stage.runs.answer(WANG, run, 0, Answer())
    stage.runs.skip(WANG, run, 2, "已报告")
    stage.play(60)
    stage.drills.finish(LI, "d1")
    sheet = stage.drills.score("d1")
    lines = {(line.kind, line.name): line for line in sheet.lines}
    zone = stage.site.zone("Z01")
    assert zone is not None
    claim = lines[LineKind.CLAIM, zone.name]
    assert (claim.target_s, claim.took_s, claim.mark) == (10.0, 20.0, Mark.LATE)
    assert lines[LineKind.DISPATCH, zone.name].mark is Mark.MET
    marks = {name: line.mark for (kind, name), line in lines.items() if kind is LineKind.STEP}
    assert marks == {"看画面": Mark.MET, "开门": Mark.MET, "报告": Mark.SKIPPED, "收尾": Mark.MISSED}
    assert lines[LineKind.STEP, "看画面"].took_s == 10.0
    plan = stage.database.read(lambda view: view.plans.get("fire"))
    assert plan.last_drill_at is not None
    assert plan.drill_due_at == plan.last_drill_at + timedelta(days=180)


def test_a_past_incident_is_played_again_in_its_own_time(stage: Stage) -> None:
    first = stage.ring()
    stage.alarms.claim(WANG, first)
    stage.dispatch.send(WANG, Order("G02", "去", alarm_id=first))
    incident = stage.database.read(lambda view: view.alarms.get(first)).incident
    stage.clock.advance(40)
    second = stage.ring(zone_no="Z02")
    known = stage.database.read(lambda view: view.alarms.get(second))
    stage.database.write(lambda tx: tx.alarms.save(replace(known, incident=incident, state=AlarmState.RESET)))
    stored = stage.database.read(lambda view: view.alarms.get(first))
    stage.database.write(lambda tx: tx.alarms.save(replace(stored, state=AlarmState.RESET)))
    drill = stage.drills.replay(LI, "d2", incident)
    assert [moment.at_s for moment in drill.moments] == [5.0, 45.0]
    stage.play(44)
    assert len(stage.stored("d2").alarms) == 1
    stage.play(1)
    assert len(stage.stored("d2").alarms) == 2
    claim = next(line for line in stage.drills.score("d2").lines if line.kind is LineKind.CLAIM)
    assert claim.past_s == 0.0


def test_operators_begin_no_drill(stage: Stage) -> None:
    with pytest.raises(ServiceError) as caught:
        stage.drills.try_plan(WANG, "d1", "fire", "Z01")
    assert caught.value.code == "identity.forbidden"
