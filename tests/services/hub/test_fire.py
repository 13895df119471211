"""Fire transmission devices at the hub: received, shown first, spoken to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from services.alarms.desk import AlarmDesk
from services.alarms.drivers.gb26875_frame import Command, Frame, Framer, pack
from services.alarms.drivers.gb26875_units import UnitType
from services.alarms.fire_requests import FireRequests
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm, Qualifier
from services.domain.classes import AlarmClass, Priority
from services.domain.fire_requests import FireOutcome, FireRequest, FireRequestKind, FireRequestState
from services.domain.people import Role, Session
from services.hub import Hub
from services.sim.firebox import FireBox, FireLine, component_state
from services.sim.panels import Report, Transport
from services.storage import Database
from tests.waiting import LIMIT_S
from ui.sound_policy import is_sounding

ACCOUNT = "000000000379"
DETECTOR = "1.1.10.2"
FAN = "18.1.1.7"
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-1")
OPERATOR = Session("wang", "王某", Role.OPERATOR, "SEAT-1")
Wait = Callable[..., object]
OpenBox = Callable[..., FireBox]


def open_alarms(database: Database) -> list[Alarm]:
    """Without that of panel A9, which falls silent in every test that takes longer than it may."""
    return [alarm for alarm in database.read(lambda view: view.alarms.open()) if alarm.panel != "A9"]


@pytest.fixture
def open_box(hub: Hub) -> Iterator[OpenBox]:
    """`open_box(**line)`: a simulated device towards the hub."""
    boxes: list[FireBox] = []

    def make(account: str = ACCOUNT, **line: object) -> FireBox:
        more = {"retry_s": 0.05, "tries": 3, **line}
        box = FireBox(FireLine(account, "127.0.0.1", hub.gb26875_port, **more), SystemClock())  # type: ignore[arg-type]
        boxes.append(box)
        return box

    yield make
    for box in boxes:
        box.close()


@pytest.fixture
def listening(open_box: OpenBox, hub: Hub) -> Iterator[Callable[..., FireBox]]:
    """`listening(**line)`: a device that has said hello and listens to its centre until the test ends."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(**line: object) -> FireBox:
        box = open_box(**line)
        assert box.poll()
        assert hub.fire_link.is_connected(ACCOUNT)

        def listen() -> None:
            while not stop.is_set():
                box.rest(0.05)

        threads.append(threading.Thread(target=listen))
        threads[-1].start()
        return box

    yield start
    stop.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("transport", Transport)
def test_a_confirmed_fire_is_in_the_database_at_its_place(
    open_box: OpenBox, database: Database, transport: Transport
) -> None:
    assert open_box(transport=transport).send(Report("fire", 0, point=DETECTOR, text="一层走廊"))
    (alarm,) = open_alarms(database)
    assert (alarm.alarm_class, alarm.priority, alarm.zone) == (AlarmClass.FIRE, Priority.P1, "F1-1")
    assert (alarm.point, alarm.note, alarm.has_test_bit) == (DETECTOR, "感烟火灾探测器 一层走廊", False)
    assert alarm.is_latched
    assert alarm.occurred_at is not None
    assert abs(alarm.occurred_at - alarm.received_at) < timedelta(seconds=5)


def test_a_fire_and_a_fault_of_one_detector_are_two_alarms_that_end_each_with_its_own_bit(
    open_box: OpenBox, database: Database
) -> None:
    box = open_box()
    assert box.send(Report("fire", 0, point=DETECTOR))
    assert box.send(Report("fault", 0, point=DETECTOR))
    fire, fault = open_alarms(database)
    assert (fire.name, fault.name) == ("F1 1 号烟感", "F1 1 号烟感：故障")
    assert box.send(Report("fire", 0, Qualifier.RESTORE, point=DETECTOR))
    active = {alarm.name: alarm.source_active for alarm in open_alarms(database)}
    assert active == {fire.name: False, fault.name: True}


def test_a_feedback_is_kept_as_a_record_and_raises_nothing(open_box: OpenBox, database: Database) -> None:
    began_at = datetime.now(UTC)
    assert open_box().send(Report("feedback", 0, point=FAN))
    assert open_alarms(database) == []
    kept = database.read(lambda view: view.signals_of_account(ACCOUNT, began_at))
    assert [(signal.code, signal.point) for signal in kept] == [
        ("gb26875:state", FAN),
        ("gb26875:feedback", FAN),
    ]


def test_a_lost_confirmation_makes_no_second_fire(hub: Hub, database: Database, wait_until: Wait) -> None:
    unit = component_state(DETECTOR, 2, datetime.now(UTC))
    frame = pack(Frame(42, (1, 1), datetime.now(UTC), int(ACCOUNT, 16), 1, Command.SEND, unit))
    where = ("127.0.0.1", hub.gb26875_port)
    with socket.create_connection(where, timeout=LIMIT_S) as peer:
        peer.sendall(frame)
    wait_until(lambda: open_alarms(database))
    with socket.create_connection(where, timeout=LIMIT_S) as peer:
        peer.sendall(frame)
        (answer,) = Framer().feed(peer.recv(100))
    assert (answer.serial, answer.command) == (42, Command.CONFIRM)
    (alarm,) = open_alarms(database)
    assert (alarm.occurrence_count, alarm.has_test_bit) == (1, True)


def test_a_device_that_the_site_does_not_know_is_seen(open_box: OpenBox, database: Database) -> None:
    assert open_box("00000000FFFF").send(Report("fire", 0, point=DETECTOR))
    (alarm,) = open_alarms(database)
    assert (alarm.name, alarm.priority) == ("未知主机", Priority.P1)
    assert "00000000FFFF" in alarm.place


# The centre speaks


def test_a_command_is_carried_out_and_its_feedback_comes_as_a_signal(
    listening: Callable[..., FireBox], hub: Hub, database: Database, wait_until: Wait
) -> None:
    box = listening()
    began_at = datetime.now(UTC)
    answer = hub.fire_link.send_control(ACCOUNT, FAN, "start")
    assert (answer.outcome, answer.tries) == (FireOutcome.ACCEPTED, 1)
    wait_until(lambda: box.heard.moved == [(FAN, True)])

    def codes() -> set[str]:
        kept = database.read(lambda view: view.signals_of_account(ACCOUNT, began_at))
        return {signal.code for signal in kept if signal.point == FAN}

    wait_until(lambda: "gb26875:feedback" in codes())


@contextmanager
def begun(settings: Settings, secrets: Secrets) -> Iterator[Hub]:
    hub = Hub(settings, secrets)
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()


@contextmanager
def heeding(box: FireBox, stop: threading.Event) -> Iterator[None]:
    """`box` has said hello and listens; its line is closed at the end."""
    assert box.poll()
    thread = threading.Thread(target=box.rest, args=(LIMIT_S,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        stop.clear()
        box.close()


@pytest.mark.usefixtures("database")
def test_the_first_command_of_a_hub_that_began_anew_is_carried_out(
    settings: Settings, secrets: Secrets, expected_log: Callable[..., None]
) -> None:
    """A device does no serial twice, and remembers it for longer than a hub lives."""
    expected_log("panel.silent")
    stop = threading.Event()
    with begun(settings, secrets) as hub:
        port = hub.gb26875_port
        box = FireBox(FireLine(ACCOUNT, "127.0.0.1", port, retry_s=0.05, tries=3), SystemClock(), stop)
        with heeding(box, stop):
            assert hub.fire_link.send_control(ACCOUNT, FAN, "start").is_accepted
    with begun(settings.model_copy(update={"gb26875_port": port}), secrets) as hub, heeding(box, stop):
        assert hub.fire_link.send_control(ACCOUNT, FAN, "stop").is_accepted
    assert box.heard.moved == [(FAN, True), (FAN, False)]


@pytest.mark.parametrize("transport", Transport)
def test_a_question_is_answered_with_what_it_asked_for(
    listening: Callable[..., FireBox], hub: Hub, transport: Transport
) -> None:
    box = listening(transport=transport)
    version = hub.fire_link.read(ACCOUNT, UnitType.READ_DEVICE_VERSION)
    assert [(report.code, report.text) for report in version.reports] == [("gb26875:version", "V1.1")]
    assert box.heard.asked == [UnitType.READ_DEVICE_VERSION]


def test_a_command_that_a_device_denies_was_tried_four_times(
    listening: Callable[..., FireBox], hub: Hub, expected_log: Callable[..., None]
) -> None:
    expected_log("fire_link.failed")
    box = listening(is_obedient=False)
    answer = hub.fire_link.send_control(ACCOUNT, FAN, "stop")
    assert (answer.outcome, answer.tries) == (FireOutcome.DENIED, 4)
    assert box.heard.moved == []


def test_a_command_to_nobody_fails_at_once(hub: Hub, expected_log: Callable[..., None]) -> None:
    expected_log("fire_link.failed")
    answer = hub.fire_link.send_control(ACCOUNT, FAN, "start")
    assert (answer.outcome, answer.tries) == (FireOutcome.NOT_CONNECTED, 1)


def test_a_device_whose_clock_is_wrong_is_set_right(
    open_box: OpenBox, wait_until: Wait, database: Database
) -> None:
    box = open_box()
    box.set_clock_wrong(timedelta(hours=-9))
    assert box.send(Report("fire", 0, point=DETECTOR))
    (alarm,) = open_alarms(database)
    assert alarm.clock_skew_ms is not None
    assert -9 * 3_600_000 - 2000 < alarm.clock_skew_ms < -9 * 3_600_000 + 2000
    wait_until(lambda: box.rest(0.01) or box.heard.clocks_set)
    (said_at,) = box.heard.clocks_set
    assert abs(said_at - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (FireRequestKind.READ_VERSION, "V1.1"),
        (FireRequestKind.SET_CLOCK, ""),
        (FireRequestKind.INITIALISE, ""),
        (FireRequestKind.DUTY_CHECK, "#1"),
    ],
)
def test_what_a_person_asks_of_a_device_is_carried_out_and_its_answer_kept(
    listening: Callable[..., FireBox], database: Database, wait_until: Wait, kind: FireRequestKind, told: str
) -> None:
    listening(duty_s=0.2)
    who = ADMINISTRATOR if kind is FireRequestKind.INITIALISE else OPERATOR
    asked = FireRequests(database, SystemClock()).ask(who, "F1", kind)

    def request() -> FireRequest:
        return database.read(lambda view: view.fire_requests.get(asked.id))

    wait_until(lambda: not request().is_open)
    assert (request().state, " ".join(one.text for one in request().told)) == (FireRequestState.DONE, told)


READS = [
    (FireRequestKind.READ_CONFIGURATION, "", "模拟装置"),
    (FireRequestKind.READ_OPERATIONS, "", "#1"),
    (FireRequestKind.READ_SYSTEM_STATE, "1.1", ""),
    (FireRequestKind.READ_SYSTEM_OPERATIONS, "1.1", "#1"),
    (FireRequestKind.READ_SYSTEM_VERSION, "1.1", "V2.5"),
    (FireRequestKind.READ_SYSTEM_CONFIGURATION, "1.1", "两回路"),
    (FireRequestKind.READ_SYSTEM_TIME, "1.1", ""),
    (FireRequestKind.READ_COMPONENT_STATE, DETECTOR, "模块"),
    (FireRequestKind.READ_COMPONENT_CONFIGURATION, DETECTOR, "感温火灾探测器 一层走廊"),
    (FireRequestKind.READ_ANALOGUE, DETECTOR, "感温火灾探测器 23.5 ℃"),
]


@pytest.mark.parametrize(("kind", "point", "text"), READS, ids=[kind.value for kind, _point, _text in READS])
def test_what_is_read_of_a_system_or_a_component_is_told_and_raises_nothing(
    listening: Callable[..., FireBox],
    database: Database,
    wait_until: Wait,
    kind: FireRequestKind,
    point: str,
    text: str,
) -> None:
    listening()
    asked = FireRequests(database, SystemClock()).ask(OPERATOR, "F1", kind, DETECTOR)

    def request() -> FireRequest:
        return database.read(lambda view: view.fire_requests.get(asked.id))

    wait_until(lambda: not request().is_open)
    (told,) = request().told
    assert (request().state, request().point) == (FireRequestState.DONE, point)
    assert (told.point, text in told.text, told.holds) == (point, True, ())
    assert open_alarms(database) == []


def test_a_fire_that_is_read_is_no_second_one_and_one_that_nobody_knew_is_an_alarm(
    listening: Callable[..., FireBox], hub: Hub, database: Database, wait_until: Wait
) -> None:
    box = listening()
    link = hub.fire_link
    box.note(Report("fire", 0, point=DETECTOR))
    assert link.read(ACCOUNT, UnitType.READ_COMPONENT_STATE, DETECTOR).reports[1].code == "gb26875:fire"
    wait_until(lambda: open_alarms(database))
    for kind, point in ((UnitType.READ_COMPONENT_STATE, DETECTOR), (UnitType.READ_SYSTEM_STATE, "1.1")):
        began_at = datetime.now(UTC)
        assert link.read(ACCOUNT, kind, point).reports[1].code == "gb26875:fire"

        def is_kept(since_at: datetime = began_at) -> bool:
            kept = database.read(lambda view: view.signals_of_account(ACCOUNT, since_at))
            return any(signal.code == "gb26875:fire" for signal in kept)

        wait_until(is_kept)
    (alarm,) = open_alarms(database)
    assert (alarm.zone, alarm.priority, alarm.occurrence_count) == ("F1-1", Priority.P1, 1)


def test_a_request_to_a_device_that_is_away_fails_with_its_reason(
    hub: Hub, database: Database, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("fire_link.failed")
    asked = FireRequests(database, SystemClock()).ask(OPERATOR, "F1", FireRequestKind.SET_CLOCK)
    assert not hub.fire_link.is_connected(ACCOUNT)
    wait_until(lambda: not database.read(lambda view: view.fire_requests.open()))
    request = database.read(lambda view: view.fire_requests.get(asked.id))
    assert (request.state, request.outcome) == (FireRequestState.FAILED, FireOutcome.NOT_CONNECTED)


# The centre is asked


class Above:
    """A centre above us, by hand: it asks for duty, hears the answer and confirms it."""

    def __init__(self, port: int) -> None:
        self._link = socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S)
        self._framer = Framer()
        self._heard: list[Frame] = []

    def ask(self, serial: int) -> Frame:
        self._say(serial, Command.CONTROL, b"\x5b\x01\x0a")
        return self.hear()

    def confirm(self, frame: Frame) -> None:
        self._say(frame.serial, Command.CONFIRM, b"")

    def hear(self) -> Frame:
        while not self._heard:
            self._heard += self._framer.feed(self._link.recv(1000))
        return self._heard.pop(0)

    def close(self) -> None:
        self._link.close()

    def _say(self, serial: int, command: Command, unit: bytes) -> None:
        at = datetime.now(UTC)
        self._link.sendall(pack(Frame(serial, (1, 1), at, int(ACCOUNT, 16), 0x15B38, command, unit)))


def test_a_duty_check_sounds_at_the_desk_until_a_claim_answers_it(
    hub: Hub, database: Database, wait_until: Wait
) -> None:
    desk = AlarmDesk(database, SystemClock())
    operator = Session("guard07", "王某", Role.OPERATOR, "SEAT-1")
    above = Above(hub.gb26875_port)
    try:
        assert above.ask(5).command == Command.CONFIRM
        (alarm,) = open_alarms(database)
        assert (alarm.alarm_class, alarm.priority, alarm.name) == (
            AlarmClass.DUTY,
            Priority.P2,
            "消防传输装置：查岗：接警即应答",
        )
        with pytest.raises(ServiceError) as refused:
            desk.silence(operator, alarm.id)
        assert refused.value.code == "alarm.not_owner"
        assert is_sounding(open_alarms(database)[0])
        desk.claim(operator, alarm.id)
        answer = above.hear()
        assert (answer.command, answer.unit[:4]) == (Command.SEND, b"\x18\x01\x20\x07")
        assert is_sounding(open_alarms(database)[0])
        above.confirm(answer)
        wait_until(lambda: not is_sounding(open_alarms(database)[0]))
        assert above.ask(6).command == Command.CONFIRM
        assert [is_sounding(alarm) for alarm in open_alarms(database)] == [False, True]
    finally:
        above.close()
