"""A duty check that nobody answers: its time, by an injected clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.drivers.gb26875_words import DUTY_ANSWER
from services.alarms.fire_requests import FireRequests
from services.alarms.openalarms import OpenAlarms
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.jobs import Jobs
from services.core.secrets import Secrets
from services.domain.alarms import AlarmSource, AlarmState, Qualifier, Signal
from services.domain.classes import DUTY_CHECK, AlarmClass
from services.domain.fire_requests import FireOutcome, FireRequest, FireRequestKind, FireRequestState
from services.domain.people import Role, Session
from services.domain.site import Site
from services.hub.campus import Campus
from services.hub.duty import DutyChecks, operator_number
from services.hub.firelink import Answer, FireLink
from services.hub.firerequests import FireRequestKeeper
from services.storage import Database


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs("test-duty", threads=1)
    yield jobs
    jobs.stop()


def test_an_unanswered_duty_check_sounds_for_ten_minutes_and_stays_on_the_record(
    database: Database, site: Site, jobs: Jobs, expected_log: Callable[..., None]
) -> None:
    expected_log("duty.missed")
    clock = ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    campus = Campus(site, Secrets())
    center = AlarmCenter(database, clock, site, campus.choose_feeds)
    checks = DutyChecks(database, clock, campus, FireLink(clock, campus.knows), jobs)
    source, at = AlarmSource.GB26875, clock.now()
    center.receive([Signal(source, "000000000379", DUTY_CHECK, 0, Qualifier.NEW, at, "f1")])

    clock.advance(599)
    checks.tick()
    (alarm,) = database.read(lambda view: view.alarms.open())
    assert alarm.source_active
    clock.advance(1)
    checks.tick()
    (alarm,) = database.read(lambda view: view.alarms.open())
    assert (alarm.source_active, alarm.state, alarm.owner) == (False, AlarmState.NEW, "")


def test_a_duty_check_that_another_duty_has_read_before_is_seen_all_the_same(
    database: Database, site: Site, jobs: Jobs, expected_log: Callable[..., None]
) -> None:
    expected_log("duty.missed")
    clock = ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    campus, open_alarms = Campus(site, Secrets()), OpenAlarms()
    center = AlarmCenter(database, clock, site, campus.choose_feeds)
    response = ResponseClocks(database, clock, open_alarms=open_alarms)
    checks = DutyChecks(database, clock, campus, FireLink(clock, campus.knows), jobs, open_alarms)
    center.receive(
        [Signal(AlarmSource.GB26875, "000000000379", DUTY_CHECK, 0, Qualifier.NEW, clock.now(), "f1")]
    )
    clock.advance(600)
    response.tick()
    checks.tick()
    (alarm,) = database.read(lambda view: view.alarms.open())
    assert not alarm.source_active


def test_a_device_where_nobody_answers_its_duty_check_in_ten_minutes_is_an_alarm(
    database: Database, site: Site, jobs: Jobs, expected_log: Callable[..., None]
) -> None:
    expected_log("fire_request.unmanned")
    clock = ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    campus = Campus(site, Secrets())
    center = AlarmCenter(database, clock, site, campus.choose_feeds)
    link = FireLink(clock, campus.knows)
    keeper = FireRequestKeeper(database, clock, lambda: site, link, jobs, center.receive)
    ringing = FireRequest(
        "r1", "F1", FireRequestKind.DUTY_CHECK, "wang", "王某", clock.now(), FireRequestState.RINGING
    )
    database.write(lambda tx: tx.fire_requests.add(ringing))

    clock.advance(599)
    keeper.tick()
    assert database.read(lambda view: view.alarms.open()) == []
    clock.advance(1)
    keeper.tick()
    (alarm,) = database.read(lambda view: view.alarms.open())
    assert (alarm.name, alarm.panel, alarm.alarm_class) == ("消防传输装置：查岗无应答", "F1", AlarmClass.DUTY)
    assert database.read(lambda view: view.fire_requests.get("r1")).state is FireRequestState.UNMANNED


HOUR_S = 3600.0


@pytest.mark.parametrize("set_by_s", [HOUR_S, -HOUR_S])
def test_a_duty_check_sounds_for_ten_minutes_however_the_clock_is_set(
    database: Database, site: Site, jobs: Jobs, expected_log: Callable[..., None], set_by_s: float
) -> None:
    expected_log("duty.missed")
    clock = ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    campus = Campus(site, Secrets())
    center = AlarmCenter(database, clock, site, campus.choose_feeds)
    checks = DutyChecks(database, clock, campus, FireLink(clock, campus.knows), jobs)

    def sounds() -> bool:
        checks.tick()
        (alarm,) = database.read(lambda view: view.alarms.open())
        return alarm.source_active

    check = Signal(AlarmSource.GB26875, "000000000379", DUTY_CHECK, 0, Qualifier.NEW, clock.now(), "f1")
    center.receive([check])
    assert sounds()
    clock.set_wall(set_by_s)
    clock.advance(599)
    assert sounds()
    clock.advance(1)
    assert not sounds()


class ConfirmingLink(FireLink):
    """A device that takes every duty check, and where nobody presses a key by itself."""

    def check_duty(self, account: str, minutes: int = 10) -> Answer:
        assert (account, minutes) == ("000000000379", 10)
        return Answer(FireOutcome.ACCEPTED)


@dataclass(frozen=True)
class Asking:
    """A duty check that rings at device F1, asked by a hub whose rounds are `tick`."""

    clock: ManualClock
    database: Database
    center: AlarmCenter
    keeper: FireRequestKeeper
    request: str

    def state(self) -> FireRequestState:
        self.keeper.tick()
        return self.database.read(lambda view: view.fire_requests.get(self.request)).state

    def is_answered(self) -> None:
        """Somebody presses the key at the device."""
        at = self.clock.now()
        said = Signal(AlarmSource.GB26875, "000000000379", DUTY_ANSWER, 0, Qualifier.NEW, at, new_id())
        self.center.receive([said])


@pytest.fixture
def asking(database: Database, site: Site, jobs: Jobs, wait_until: Callable[..., object]) -> Asking:
    """Ten minutes after somebody answered the check before."""
    clock = ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    campus = Campus(site, Secrets())
    center = AlarmCenter(database, clock, site, campus.choose_feeds)
    link = ConfirmingLink(clock, campus.knows)
    keeper = FireRequestKeeper(database, clock, lambda: site, link, jobs, center.receive)
    asking = Asking(clock, database, center, keeper, "r1")
    asking.is_answered()
    clock.advance(600)
    asked = FireRequest("r1", "F1", FireRequestKind.DUTY_CHECK, "wang", "王某", clock.now())
    database.write(lambda tx: tx.fire_requests.add(asked))
    wait_until(lambda: asking.state() is FireRequestState.RINGING)
    return asking


@pytest.mark.parametrize("set_by_s", [HOUR_S, -HOUR_S])
def test_a_device_has_ten_minutes_to_answer_however_the_clock_is_set(
    asking: Asking, expected_log: Callable[..., None], set_by_s: float
) -> None:
    expected_log("fire_request.unmanned")
    asking.clock.set_wall(set_by_s)
    asking.clock.advance(599)
    assert asking.state() is FireRequestState.RINGING
    asking.clock.advance(1)
    assert asking.state() is FireRequestState.UNMANNED


def test_an_answer_after_the_clock_was_set_back_is_the_answer(asking: Asking) -> None:
    asking.clock.set_wall(-HOUR_S)
    assert asking.state() is FireRequestState.RINGING
    asking.clock.advance(5)
    asking.is_answered()
    assert asking.state() is FireRequestState.DONE


def test_only_who_edits_the_site_initialises_a_device_and_nobody_asks_twice_at_once(
    database: Database, site: Site
) -> None:
    assert site.panels[-1].no == "F1"
    desk = FireRequests(database, ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)))
    operator = Session("wang", "王某", Role.OPERATOR, "SEAT-1")

    def refusal(panel: str, kind: FireRequestKind) -> str:
        with pytest.raises(ServiceError) as refused:
            desk.ask(operator, panel, kind)
        return refused.value.code

    assert refusal("F1", FireRequestKind.INITIALISE) == "identity.forbidden"
    assert refusal("A1", FireRequestKind.DUTY_CHECK) == "fire.no_such_device"
    desk.ask(operator, "F1", FireRequestKind.DUTY_CHECK)
    assert refusal("F1", FireRequestKind.DUTY_CHECK) == "fire.already_asked"
    assert desk.ask(operator, "F1", FireRequestKind.READ_TIME).is_open


def test_a_component_is_asked_by_its_whole_point_and_a_system_by_the_beginning_of_one(
    database: Database, site: Site
) -> None:
    assert site.panels[-1].no == "F1"
    desk = FireRequests(database, ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)))
    operator = Session("wang", "王某", Role.OPERATOR, "SEAT-1")
    component, system = FireRequestKind.READ_COMPONENT_STATE, FireRequestKind.READ_SYSTEM_STATE
    for kind, point in (
        *((component, wrong) for wrong in ("", "1.1", "1.1.10", "1.1.65536.2", "256.1.1.2", "1.1.x.2")),
        *((system, wrong) for wrong in ("", "1", "1.256", "1.1.", "²3.1")),
    ):
        with pytest.raises(ServiceError, match="bad_point"):
            desk.ask(operator, "F1", kind, point)
    asked = [desk.ask(operator, "F1", kind, "1.1.10.2").point for kind in (component, system)]
    assert asked == ["1.1.10.2", "1.1"]
    assert desk.ask(operator, "F1", component, "1.1.10.3").is_open
    with pytest.raises(ServiceError, match="already_asked"):
        desk.ask(operator, "F1", system, "1.1")


class NotingLink(FireLink):
    """Notes what the record says at the moment when a clock is set."""

    def __init__(self, clock: ManualClock, database: Database) -> None:
        super().__init__(clock, lambda _account: True)
        self._database = database
        self.states: list[FireRequestState] = []

    def set_clock(self, _account: str) -> Answer:
        self.states += [r.state for r in self._database.read(lambda view: view.fire_requests.open())]
        return Answer(FireOutcome.ACCEPTED)


@pytest.mark.parametrize(
    ("state", "age_s", "sent", "ended"),
    [
        ("asked", 59, ["sent"], ("done", "accepted")),
        ("asked", 60, [], ("failed", "expired")),
        ("sent", 1, [], ("failed", "interrupted")),
    ],
)
def test_a_request_is_sent_once_and_only_while_whoever_asked_still_expects_it(
    database: Database,
    site: Site,
    jobs: Jobs,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    state: str,
    age_s: int,
    sent: list[str],
    ended: tuple[str, str],
) -> None:
    if not sent:
        expected_log("fire_request.given_up")
    clock = ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    kind = FireRequestKind.SET_CLOCK
    asked = FireRequest("r1", "F1", kind, "wang", "王某", clock.now(), FireRequestState(state))
    database.write(lambda tx: tx.fire_requests.add(asked))
    clock.advance(age_s)
    link = NotingLink(clock, database)
    keeper = FireRequestKeeper(database, clock, lambda: site, link, jobs, lambda _signals: None)

    def has_ended() -> bool:
        keeper.tick()
        return not database.read(lambda view: view.fire_requests.open())

    wait_until(has_ended)
    request = database.read(lambda view: view.fire_requests.get("r1"))
    assert link.states == sent
    assert (request.state, request.outcome) == ended
    assert request.ended_at == clock.now()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("kind", [FireRequestKind.DUTY_CHECK, FireRequestKind.SET_CLOCK])
def test_only_who_operates_devices_moves_one_and_everybody_reads(
    database: Database, kind: FireRequestKind
) -> None:
    desk = FireRequests(database, ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)))
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        with pytest.raises(ServiceError, match="forbidden"):
            desk.ask(Session("zhao", "赵某", role, "SEAT-1"), "F1", kind)
    assert database.read(lambda view: view.fire_requests.open()) == []
    supervisor = Session("zhao", "赵某", Role.SUPERVISOR, "SEAT-1")
    assert desk.ask(supervisor, "F1", FireRequestKind.READ_STATE).is_open
    assert desk.ask(Session("wang", "王某", Role.OPERATOR, "SEAT-1"), "F1", kind).is_open


@pytest.mark.parametrize(
    ("user", "number"), [("guard07", 7), ("wang", 0), ("op255", 255), ("op256", 0), ("", 0), ("7号", 0)]
)
def test_an_operators_number_is_that_at_the_end_of_the_name(user: str, number: int) -> None:
    assert operator_number(user) == number
