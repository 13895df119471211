"""What is written comes back as it was, in the order promised, and nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmState, Signal
from services.domain.arming import ZoneState
from services.domain.classes import AlarmClass, Priority
from services.domain.facts import AlarmRaised
from services.domain.incidents import (
    Dispatch,
    DispatchState,
    Feedback,
    Incident,
    IncidentId,
    IncidentState,
    TimelineEntry,
)
from services.domain.people import GuardState, GuardStatus, Role, User
from services.domain.site import CameraNo, GuardNo, PanelNo, Site, Zone, ZoneKind, ZoneNo
from services.storage import Database, Tx, View
from services.storage.records import SeenFrame

AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
Open = Callable[[str], Database]


@pytest.fixture
def database(url: str, open_database: Open) -> Database:
    return open_database(url)


def test_an_alarm_comes_back_equal(database: Database, make_alarm: Callable[..., Alarm]) -> None:
    alarm = make_alarm("BJ20261124-0001", viewed_at=AT, verdict_reason="看 “清楚” 了")
    database.write(lambda tx: tx.alarms.add(alarm))
    assert database.read(lambda view: view.alarms.get(alarm.id)) == alarm


def test_a_save_raises_the_row_version_by_one(database: Database, make_alarm: Callable[..., Alarm]) -> None:
    alarm = database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))
    saved = database.write(lambda tx: tx.alarms.save(replace(alarm, owner="zhang")))
    assert (saved.row_version, saved.owner) == (2, "zhang")
    assert database.read(lambda view: view.alarms.get(alarm.id)) == saved


def test_a_save_of_what_someone_else_changed_is_a_conflict(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    alarm = database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))
    database.write(lambda tx: tx.alarms.save(replace(alarm, owner="zhang")))
    with pytest.raises(ServiceError) as caught:
        database.write(lambda tx: tx.alarms.save(replace(alarm, owner="wang")))
    assert (caught.value.code, caught.value.params) == ("storage.conflict", {"kind": "alarm", "id": alarm.id})
    assert database.read(lambda view: view.alarms.get(alarm.id)).owner == "zhang"


def test_what_does_not_exist_is_said_to_be_missing(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    missing = make_alarm("BJ20261124-0001")
    for work in (lambda tx: tx.alarms.get(missing.id), lambda tx: tx.alarms.save(missing)):
        with pytest.raises(ServiceError) as caught:
            database.write(work)
        assert caught.value.code == "storage.not_found"


def test_the_same_number_twice_is_a_conflict(database: Database, make_alarm: Callable[..., Alarm]) -> None:
    database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))
    with pytest.raises(ServiceError, match=r"storage\.conflict"):
        database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))


def test_what_a_command_raises_undoes_all_it_wrote(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    alarm = make_alarm("BJ20261124-0001")

    def work(tx: Tx) -> None:
        tx.alarms.add(alarm)
        tx.record(AlarmRaised(alarm))
        tx.audit(None, "alarm.raise", alarm.event_no)
        raise ServiceError("alarm.refused")

    with pytest.raises(ServiceError, match=r"alarm\.refused"):
        database.write(work)
    assert database.read(lambda view: (view.alarms.page(10), view.seq)) == ([], 0)


def test_numbers_have_no_gap_after_a_command_that_failed(database: Database) -> None:
    def refused(tx: Tx) -> None:
        tx.next_no("BJ", AT)
        raise ServiceError("alarm.refused")

    day = f"{AT.astimezone():%Y%m%d}"
    assert database.write(lambda tx: tx.next_no("BJ", AT)) == f"BJ{day}-0001"
    with pytest.raises(ServiceError):
        database.write(refused)
    assert database.write(lambda tx: tx.next_no("BJ", AT)) == f"BJ{day}-0002"
    assert database.write(lambda tx: tx.next_no("PJ", AT)) == f"PJ{day}-0001"
    tomorrow = AT + timedelta(days=1)
    assert database.write(lambda tx: tx.next_no("BJ", tomorrow)).endswith("-0001")


def test_open_alarms_come_most_urgent_first_and_closed_ones_not(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    later = make_alarm("BJ20261124-0001", received_at=AT + timedelta(microseconds=1))
    first = make_alarm("BJ20261124-0002", received_at=AT)
    minor = make_alarm("BJ20261124-0003", priority=4, received_at=AT - timedelta(hours=1))
    closed = make_alarm("BJ20261124-0004", state=AlarmState.CLOSED)
    database.write(lambda tx: [tx.alarms.add(alarm) for alarm in (minor, later, closed, first)])
    found = database.read(lambda view: view.alarms.open())
    assert [alarm.event_no[-4:] for alarm in found] == ["0002", "0001", "0003"]


def test_an_open_alarm_is_found_by_its_zone_and_class(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    closed = make_alarm("BJ20261124-0001", state=AlarmState.CLOSED)
    tamper = make_alarm("BJ20261124-0002", alarm_class=AlarmClass.TAMPER)
    wanted = make_alarm("BJ20261124-0003")
    database.write(lambda tx: [tx.alarms.add(alarm) for alarm in (closed, tamper, wanted)])
    assert database.read(lambda view: view.alarms.open_of_zone("A1", 1, AlarmClass.PANIC)) == wanted
    assert database.read(lambda view: view.alarms.open_of_zone("A1", 2, AlarmClass.PANIC)) is None
    assert database.read(lambda view: view.alarms.open_of_zone("A2", 1, AlarmClass.PANIC)) is None


def test_pages_follow_each_other_newest_first_without_overlap(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    # Three per microsecond, so that the order within one instant is tested too; the second is whole,
    # which a text without microseconds would sort wrongly.
    whole_at = AT.replace(microsecond=0)
    numbers = [f"BJ20261124-{number:04d}" for number in range(1, 10)]
    alarms = [
        make_alarm(number, received_at=whole_at + timedelta(microseconds=index // 3))
        for index, number in enumerate(numbers)
    ]
    database.write(lambda tx: [tx.alarms.add(alarm) for alarm in alarms])

    def page(view: View, before_no: str | None) -> list[str]:
        return [alarm.event_no for alarm in view.alarms.page(4, before_no)]

    first = database.read(lambda view: page(view, None))
    second = database.read(lambda view: page(view, first[-1]))
    third = database.read(lambda view: page(view, second[-1]))
    assert (len(first), len(second), len(third)) == (4, 4, 1)
    assert sorted(first + second + third) == numbers
    assert set(first[:3]) == set(numbers[6:])


def test_a_repeated_frame_is_recognised_with_its_alarm(
    database: Database, make_signal: Callable[..., Signal]
) -> None:
    database.write(lambda tx: tx.add_signal(make_signal("f1"), "alarm-1", "raised"))
    database.write(lambda tx: tx.add_signal(make_signal("f2"), "", "unknown_zone"))
    assert database.read(lambda view: view.frames_seen("f1", AT)) == [SeenFrame("alarm-1", AT)]
    assert database.read(lambda view: view.frames_seen("f2", AT)) == [SeenFrame("", AT)]
    assert database.read(lambda view: view.frames_seen("f3", AT)) == []
    assert database.read(lambda view: view.frames_seen("f1", AT + timedelta(microseconds=1))) == []
    assert database.read(lambda view: view.signals_of("alarm-1")) == [make_signal("f1")]


def test_frames_looked_up_together_are_the_frames_seen_one_by_one(
    database: Database, make_signal: Callable[..., Signal]
) -> None:
    later = AT + timedelta(seconds=5)
    database.write(lambda tx: tx.add_signal(make_signal("f1"), "alarm-1", "raised"))
    database.write(lambda tx: tx.add_signal(make_signal("f1", received_at=later), "alarm-2", "raised"))

    def both(tx: Tx, since: datetime) -> tuple[list[SeenFrame], list[SeenFrame]]:
        alone = [frame for no in ("f1", "f2") for frame in tx.frames_seen(no, since)]
        tx.look_for_frames(["f1", "f2"], AT)
        return alone, [frame for no in ("f1", "f2") for frame in tx.frames_seen(no, since)]

    for since, expected in ((AT, ["alarm-2", "alarm-1"]), (later, ["alarm-2"])):
        alone, together = database.write(lambda tx, since=since: both(tx, since))  # type: ignore[misc]
        assert alone == together
        assert [frame.alarm for frame in together] == expected


def test_frames_of_this_transaction_are_seen_beside_those_looked_up(
    database: Database, make_signal: Callable[..., Signal]
) -> None:
    def work(tx: Tx) -> list[SeenFrame]:
        tx.look_for_frames(["f1"], AT)
        tx.add_signal(make_signal("f1"), "alarm-1", "raised")
        return tx.frames_seen("f1", AT)

    assert database.write(work) == [SeenFrame("alarm-1", AT)]


def test_numbers_of_one_transaction_follow_each_other_and_those_before(database: Database) -> None:
    first = database.write(lambda tx: [tx.next_no("BJ", AT) for _ in range(3)])
    second = database.write(lambda tx: [tx.next_no("BJ", AT) for _ in range(2)])
    assert [no[-4:] for no in first + second] == ["0001", "0002", "0003", "0004", "0005"]


def test_one_conflict_among_many_saves_undoes_them_all(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    numbers = [f"BJ20261124-000{number}" for number in range(1, 4)]
    alarms = database.write(lambda tx: [tx.alarms.add(make_alarm(number)) for number in numbers])
    database.write(lambda tx: tx.alarms.save(replace(alarms[1], owner="zhang")))
    with pytest.raises(ServiceError) as caught:
        database.write(lambda tx: tx.alarms.save_all([replace(alarm, owner="wang") for alarm in alarms]))
    assert (caught.value.code, caught.value.params["id"]) == ("storage.conflict", alarms[1].id)
    owners = database.read(lambda view: [view.alarms.get(alarm.id).owner for alarm in alarms])
    assert owners == ["", "zhang", ""]


def test_an_incident_keeps_its_dispatches_timeline_and_feedback(
    database: Database, make_incident: Callable[..., Incident], make_dispatch: Callable[..., Dispatch]
) -> None:
    incident = make_incident("JQ20261124-0001")
    dispatch = make_dispatch("PJ20261124-0001", incident.id)
    feedback = Feedback(dispatch.id, AT, "li", "李四", "误按", persons_sent=2)
    entries = [
        TimelineEntry(new_id(), incident.id, AT, "张三", f"step{number}", {"guard": "G01"})
        for number in range(20)
    ]

    def work(tx: Tx) -> None:
        tx.incidents.add(incident)
        tx.dispatches.add(dispatch)
        tx.add_feedback(feedback)
        for entry in entries:
            tx.add_timeline(entry)

    database.write(work)
    assert database.read(lambda view: view.incidents.get(incident.id)) == incident
    assert database.read(lambda view: view.dispatches.of_incident(incident.id)) == [dispatch]
    assert database.read(lambda view: view.dispatches.running()) == [dispatch]
    assert database.read(lambda view: view.feedback_of(dispatch.id)) == [feedback]
    assert database.read(lambda view: view.timeline_of(incident.id)) == entries


def test_the_board_holds_what_is_open_and_the_last_fifty_ended(
    database: Database,
    make_alarm: Callable[..., Alarm],
    make_incident: Callable[..., Incident],
    make_dispatch: Callable[..., Dispatch],
) -> None:
    alarm = make_alarm("BJ20261124-0001")
    old = [
        make_incident(
            f"JQ20261123-{n:04d}", state=IncidentState.CLOSED, received_at=AT + timedelta(minutes=n)
        )
        for n in range(60)
    ]
    running = make_incident("JQ20261124-0001", received_at=AT - timedelta(days=3))
    dispatch = make_dispatch("PJ20261124-0001", running.id, state=DispatchState.CLOSED)
    unseen = make_dispatch("PJ20261123-0001", old[0].id, state=DispatchState.CLOSED)
    guard = GuardState(GuardNo("G01"), GuardStatus.ON_POST, (1.0, 2.0), "post", AT)
    entry = TimelineEntry(new_id(), running.id, AT, "张三", "opened")

    def work(tx: Tx) -> None:
        tx.alarms.add(alarm)
        tx.record(AlarmRaised(alarm))
        for incident in (*old, running):
            tx.incidents.add(incident)
        tx.dispatches.add(dispatch)
        tx.dispatches.add(unseen)
        tx.guards.put(guard)
        tx.add_timeline(entry)

    database.write(work)
    board = database.read(lambda view: view.board())
    assert board.seq == 1
    assert board.alarms == {alarm.id: alarm}
    assert set(board.incidents) == {running.id, *(incident.id for incident in old[10:])}
    assert board.dispatches == {dispatch.id: dispatch}
    assert board.guards == {"G01": guard}
    assert board.timeline == {running.id: [entry]}


def test_a_guard_is_added_once_and_then_saved_by_version(database: Database) -> None:
    seen = GuardState(GuardNo("G01"), GuardStatus.ON_POST, (1.0, 2.0), "post", AT)
    assert database.write(lambda tx: tx.guards.put(seen)) == seen
    moved = database.write(lambda tx: tx.guards.put(replace(seen, at=(3.0, 4.0))))
    assert moved.row_version == 2
    with pytest.raises(ServiceError, match=r"storage\.conflict"):
        database.write(lambda tx: tx.guards.put(seen))
    assert database.read(lambda view: view.guards.all()) == [moved]


def test_a_site_replaces_the_one_before(database: Database) -> None:
    button = Zone(
        ZoneNo("Z01"),
        PanelNo("A1"),
        1,
        "东门一键报警",
        "East Gate button",
        ZoneKind.PANIC_BUTTON,
        AlarmClass.PANIC,
        "东门",
        (1.5, 2.0),
        priority=Priority.P1,
        beam=((0.0, 0.0), (1.0, 0.5)),
        pinned=(CameraNo("C01"),),
    )
    site = Site("demo", "示范校区", "Demo Campus", 500.0, 350.0, zones=(button,))
    assert database.read(lambda view: view.site()) is None
    with pytest.raises(ServiceError, match=r"storage\.too_long"):
        database.write(lambda tx: tx.replace_site(replace(site, code="x" * 65)))
    database.write(lambda tx: tx.replace_site(replace(site, name="旧")))
    database.write(lambda tx: tx.replace_site(site))
    assert database.read(lambda view: view.site()) == site


def test_preferences_and_beats_come_back(database: Database) -> None:
    def work(tx: Tx) -> None:
        tx.put_preference("workstation:a", "layout", {"columns": 3})
        tx.put_preference("workstation:a", "layout", {"columns": 4, "tiles": ["C01"]})
        tx.beat("hub-1", AT - timedelta(seconds=2))
        tx.beat("hub-2", AT)

    assert database.read(lambda view: view.last_hub_beat()) is None
    database.write(work)
    assert database.read(lambda view: view.preference("workstation:a", "layout")) == {
        "columns": 4,
        "tiles": ["C01"],
    }
    assert database.read(lambda view: view.preference("workstation:b", "layout")) is None
    beat = database.read(lambda view: view.last_hub_beat())
    assert beat is not None
    assert (beat.hub, beat.at) == ("hub-2", AT)


def test_a_user_is_kept_apart_from_the_password_hash(database: Database) -> None:
    user = User("zhang", "张三", Role.OPERATOR)
    database.write(lambda tx: tx.users.add(user, "$argon2id$hash"))
    assert database.read(lambda view: view.users.get("zhang")) == user
    assert database.read(lambda view: view.users.password_hash("zhang")) == "$argon2id$hash"
    assert database.read(lambda view: view.users.password_hash("wang")) is None
    saved = database.write(lambda tx: tx.users.save(replace(user, is_active=False)))
    assert database.read(lambda view: view.users.all()) == [saved]
    with pytest.raises(ServiceError, match=r"storage\.conflict"):
        database.write(lambda tx: tx.users.save(user))


def test_a_read_sees_one_snapshot_however_long_it_takes(
    database: Database, make_alarm: Callable[..., Alarm]
) -> None:
    def look_write_look(view: View) -> tuple[int, int]:
        before = len(view.alarms.page(10))
        database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))
        return before, len(view.alarms.page(10))

    assert database.read(look_write_look) == (0, 0)
    assert len(database.read(lambda view: view.alarms.page(10))) == 1


def test_a_time_without_zone_is_refused(database: Database, make_alarm: Callable[..., Alarm]) -> None:
    naive = make_alarm("BJ20261124-0001", received_at=AT.replace(tzinfo=None))
    with pytest.raises(Exception, match="without zone"):
        database.write(lambda tx: tx.alarms.add(naive))


def test_an_unused_incident_id_finds_nothing(database: Database) -> None:
    assert database.read(lambda view: view.timeline_of(IncidentId("none"))) == []
    assert database.read(lambda view: view.dispatches.of_incident("none")) == []


def test_zone_states_are_put_over_whatever_is_there_once_and_again(database: Database) -> None:
    def put_both(tx: Tx) -> list[int]:
        first = tx.zone_states.put_all([ZoneState("Z1"), ZoneState("Z2")])
        again = tx.zone_states.put_all([replace(first[0], signal_code="130"), ZoneState("Z3")])
        return [state.row_version for state in (*first, *again)]

    assert database.write(put_both) == [1, 1, 2, 1]

    def put_after_asking(tx: Tx) -> int:
        # Whatever the caller holds, the row's own version counts.
        known = tx.zone_states.of(["Z1", "Z9"])
        assert list(known) == ["Z1"]
        return tx.zone_states.put(replace(known["Z1"], row_version=1, signal_code="131")).row_version

    assert database.write(put_after_asking) == 3
    assert {
        state.zone: (state.row_version, state.signal_code)
        for state in database.read(lambda view: view.zone_states.all())
    } == {"Z1": (3, "131"), "Z2": (1, ""), "Z3": (1, "")}
