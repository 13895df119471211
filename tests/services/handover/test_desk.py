"""The paper says what the record says, two people sign it, and no P1 alarm is left without an owner."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.domain.alarms import AlarmState, Shelf, Verdict
from services.domain.arming import Isolation, ZoneState, ZoneTest
from services.domain.classes import AlarmClass
from services.domain.devices import CameraHealth, HealthState
from services.domain.facts import FACTS
from services.domain.handovers import ChangeKind, HandoverState, ItemKind
from services.domain.incidents import Channel, Dispatch, DispatchId, Incident, IncidentId, IncidentState
from services.domain.people import Role, Session
from services.handover.desk import content_hash
from services.storage import Tx
from tests.campus import read_demo_site
from tests.services.handover.conftest import PASSWORD, START, WANG, Night, code_of

LI = Session("li", "李值班", Role.OPERATOR, "SEAT-1")
ZHAO = Session("zhao", "赵处长", Role.SUPERVISOR, "SEAT-1")


def test_the_paper_holds_everything_that_the_record_has_open(night: Night) -> None:
    hour = timedelta(hours=1)
    night.ring(AlarmClass.INTRUSION)
    shelved = night.ring(AlarmClass.VIDEO, "wang")
    night.change(shelved, shelf=Shelf("wang", "王值班", "镜头在修", START, START + hour))
    night.ring(AlarmClass.FIRE, "wang", verdict=Verdict.GENUINE, state=AlarmState.RESET)
    incident = Incident(
        IncidentId("i1"), "JQ1", "打架", "fight", "食堂", None, "两人", "wang", "王值班", START
    )
    dispatch = Dispatch(
        *(DispatchId("d1"), "PJ1", incident.id, "G1", "刘保安", "去看看", Channel.RADIO, "近", 80.0),
        *("wang", "王值班", START),
    )
    site = read_demo_site()

    def work(tx: Tx) -> None:
        tx.replace_site(site)
        tx.incidents.add(incident)
        tx.incidents.add(
            replace(incident, id=IncidentId("i2"), incident_no="JQ2", state=IncidentState.CLOSED)
        )
        tx.dispatches.add(dispatch)
        tx.zone_states.put(
            ZoneState("Z11", isolation=Isolation("施工", "wang", "王值班", START, START + hour))
        )
        tx.zone_states.put(ZoneState("Z12", test=ZoneTest("wang", "王值班", START, START + hour)))
        tx.camera_health.add(CameraHealth("C03", HealthState.OFFLINE, START, START))
        tx.camera_health.add(CameraHealth("C04", HealthState.LIVE, START, START))

    night.database.write(work)
    night.lent.lend(WANG, "对讲机", "刘保安", count=2)
    night.handovers.add_note(WANG, "东门道闸待修")
    night.pass_time(seconds=1)

    paper = night.handovers.prepare(WANG)

    assert [(item.kind, item.no or item.title, item.state, item.who) for item in paper.items] == [
        (ItemKind.ALARM, "BJ20261128-0001", "new", ""),
        (ItemKind.INCIDENT, "JQ1", "new", "王值班"),
        (ItemKind.DISPATCH, "PJ1", "sent", "王值班"),
        (ItemKind.SHELVED, "BJ20261128-0002", "new", "王值班"),
        (ItemKind.ISOLATED, "Z11", "isolated", "王值班"),
        (ItemKind.ISOLATED, "Z12", "test", "王值班"),
        (ItemKind.FAULT, "C03", "offline", ""),
        (ItemKind.LENT, "对讲机", "lent", "刘保安"),
        (ItemKind.NOTE, "东门道闸待修", "", "王值班"),
    ]
    assert paper.handover_no == "JJ20261128-0001"
    # Three alarms came, the fire was genuine; one incident of the shift was closed, both count.
    assert (paper.counts.alarms, paper.counts.genuine, paper.counts.incidents) == (3, 1, 2)
    assert paper.counts.dispatches == 1


def test_two_people_sign_with_their_own_passwords_and_the_next_shift_begins(night: Night) -> None:
    night.handovers.prepare(WANG)
    night.pass_time(minutes=5)
    night.sign_out()
    night.pass_time(minutes=1)
    night.sign_in()

    paper = night.handovers.newest(1)[0]
    assert paper.state is HandoverState.IN_SIGNED
    assert paper.given is not None
    assert paper.taken is not None
    assert (paper.given.name, paper.taken.name) == ("王值班", "李值班")
    night.pass_time(hours=1)
    following = night.handovers.prepare(LI)
    assert following.since == paper.taken.at
    assert following.handover_no == "JJ20261128-0002"


@pytest.mark.parametrize("state", list(HandoverState))
@pytest.mark.parametrize("command", ["prepare", "note", "sign_out", "sign_in"])
def test_every_command_in_every_state_does_what_the_table_says(
    night: Night, state: HandoverState, command: str
) -> None:
    night.handovers.prepare(WANG)
    if state is not HandoverState.PREPARED:
        night.sign_out()
    if state is HandoverState.IN_SIGNED:
        night.sign_in()
    commands: dict[str, Callable[[], object]] = {
        "prepare": lambda: night.handovers.prepare(LI),
        "note": lambda: night.handovers.add_note(LI, "新的一班"),
        "sign_out": lambda: night.sign_out("li"),
        "sign_in": night.sign_in,
    }
    refusals = {
        (HandoverState.PREPARED, "sign_in"): "handover.illegal_move",
        (HandoverState.OUT_SIGNED, "prepare"): "handover.awaits_taker",
        (HandoverState.OUT_SIGNED, "note"): "handover.awaits_taker",
        (HandoverState.OUT_SIGNED, "sign_out"): "handover.illegal_move",
        # The paper is history: the next shift has none yet.
        (HandoverState.IN_SIGNED, "sign_out"): "handover.nothing_prepared",
        (HandoverState.IN_SIGNED, "sign_in"): "handover.nothing_prepared",
    }
    expected = refusals.get((state, command))
    if expected is None:
        commands[command]()
    else:
        assert code_of(commands[command]) == expected
    papers = night.handovers.newest(9)
    goes_on = state is HandoverState.IN_SIGNED and expected is None
    assert len(papers) == (2 if goes_on else 1)
    first = papers[-1]
    wanted = HandoverState.OUT_SIGNED if (state, command) == (HandoverState.PREPARED, "sign_out") else state
    assert first.state is (
        HandoverState.IN_SIGNED if (state.value, command) == ("out_signed", "sign_in") else wanted
    )


@pytest.mark.parametrize("step", ["out", "in"])
def test_nobody_signs_while_a_p1_alarm_has_no_owner_and_it_is_named(night: Night, step: str) -> None:
    night.handovers.prepare(WANG)
    if step == "in":
        night.sign_out()
    sign = night.sign_out if step == "out" else night.sign_in
    alarm = night.ring(AlarmClass.FIRE)

    with pytest.raises(Exception, match="BJ20261128-0001 防区1") as caught:
        sign()

    assert getattr(caught.value, "code", "") == "handover.p1_without_owner"
    assert [one.id for one in night.handovers.present().ownerless] == [alarm.id]
    night.change(alarm, owner="wang", owner_name="王值班")
    sign()


def test_an_alarm_of_a_drill_keeps_nobody_from_signing(night: Night) -> None:
    night.ring(AlarmClass.FIRE, is_drill=True)
    night.handovers.prepare(WANG)
    assert night.handovers.present().ownerless == ()
    night.sign_out()
    night.sign_in()


def test_a_p2_alarm_without_an_owner_goes_over_and_is_on_the_paper(night: Night) -> None:
    night.ring(AlarmClass.INTRUSION)
    night.handovers.prepare(WANG)
    night.sign_out()
    night.sign_in()

    assert [item.kind for item in night.handovers.newest(1)[0].items] == [ItemKind.ALARM]


def test_what_happened_since_the_preparation_is_shown_and_kept(night: Night) -> None:
    gone, goes_on = night.ring(), night.ring()
    night.handovers.prepare(WANG)
    night.change(gone, state=AlarmState.RESET)
    night.change(goes_on, owner="wang", owner_name="王值班", state=AlarmState.CLAIMED)
    night.ring()

    shown = [(change.kind, change.item.no) for change in night.handovers.present().changes]

    assert shown == [
        (ChangeKind.ADDED, "BJ20261128-0003"),
        (ChangeKind.CHANGED, "BJ20261128-0002"),
        (ChangeKind.GONE, "BJ20261128-0001"),
    ]
    night.sign_out()
    paper = night.handovers.present().handover
    assert paper is not None
    assert paper.given is not None
    assert [(change.kind, change.item.no) for change in paper.given.changes] == shown
    assert [item.no for item in paper.items] == ["BJ20261128-0002", "BJ20261128-0003"]


def test_nobody_signs_what_they_have_not_seen(night: Night) -> None:
    night.handovers.prepare(WANG)
    seen = night.handovers.present().items
    night.ring()

    assert code_of(lambda: night.handovers.sign_out(WANG, "wang", PASSWORD, seen)) == "handover.changed"
    night.sign_out()
    seen = night.handovers.present().items
    night.ring()
    assert code_of(lambda: night.handovers.sign_in(WANG, "li", PASSWORD, seen)) == "handover.changed"


def test_the_signed_content_stays_as_it_was_whatever_happens_later(night: Night) -> None:
    alarm = night.ring()
    night.handovers.prepare(WANG)
    night.sign_out()
    frozen = night.handovers.newest(1)[0].items
    night.change(alarm, state=AlarmState.RESET)
    night.ring()
    night.sign_in()

    paper = night.handovers.newest(1)[0]
    assert paper.items == frozen
    assert paper.taken is not None
    assert [(change.kind, change.item.no) for change in paper.taken.changes] == [
        (ChangeKind.ADDED, "BJ20261128-0002"),
        (ChangeKind.GONE, "BJ20261128-0001"),
    ]


def test_the_audit_keeps_the_hash_of_what_was_signed(night: Night, tmp_path: Path) -> None:
    night.ring()
    night.handovers.prepare(WANG)
    night.sign_out()
    night.sign_in()

    connection = sqlite3.connect(tmp_path / "watch.db")
    query = "SELECT * FROM audit WHERE action LIKE 'handover.%_signed' ORDER BY seq"
    kept = [str(row) for row in connection.execute(query)]
    connection.close()
    paper = night.handovers.newest(1)[0]
    as_given = replace(paper, state=HandoverState.OUT_SIGNED, taken=None)
    assert len(kept) == 2
    assert content_hash(as_given) in kept[0]
    assert content_hash(paper) in kept[1]


def test_nothing_that_the_paper_prints_can_be_changed_under_its_hash(night: Night) -> None:
    night.ring()
    night.handovers.prepare(WANG)
    night.ring()
    night.sign_out()
    night.ring()
    night.sign_in()

    paper = night.handovers.newest(1)[0]
    given, taken = paper.given, paper.taken
    assert given is not None
    assert taken is not None
    assert given.changes
    assert taken.changes
    forged = [
        replace(paper, items=()),
        replace(paper, counts=replace(paper.counts, alarms=99)),
        replace(paper, handover_no="JJ20261128-0009"),
        replace(paper, prepared_by_name="李娜"),
        replace(paper, prepared_at=paper.prepared_at + timedelta(hours=1)),
        *(
            replace(paper, **{which: replace(signature, **change)})
            for which, signature in (("given", given), ("taken", taken))
            for change in (
                {"changes": ()},
                {"remark": "无"},
                {"name": "赵磊"},
                {"at": signature.at + timedelta(minutes=1)},
            )
        ),
    ]
    hashes = {content_hash(one) for one in (paper, *forged)}
    assert len(hashes) == 1 + len(forged)


def test_the_one_who_hands_over_cannot_take_over(night: Night) -> None:
    night.handovers.prepare(WANG)
    night.sign_out()

    assert code_of(lambda: night.sign_in(" wang ")) == "handover.same_person"
    assert night.handovers.newest(1)[0].state is HandoverState.OUT_SIGNED


def test_wrong_passwords_sign_nothing_and_lock_as_at_log_in(night: Night) -> None:
    night.handovers.prepare(WANG)

    codes = [code_of(lambda: night.sign_out("wang", "wrong")) for _ in range(6)]

    assert codes == ["identity.wrong_password"] * 5 + ["identity.locked"]
    assert code_of(night.sign_out) == "identity.locked"
    night.pass_time(seconds=61)
    night.sign_out()


def test_no_password_is_in_the_audit_the_feed_or_the_log(
    night: Night, tmp_path: Path, log_events: list[dict[str, object]]
) -> None:
    night.handovers.prepare(WANG)
    code_of(lambda: night.sign_out("wang", "not-my-secret"))
    night.sign_out()

    connection = sqlite3.connect(tmp_path / "watch.db")
    kept = [str(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in ("audit", "change")]
    actions = {row[0] for row in connection.execute("SELECT action FROM audit")}
    connection.close()
    assert {"handover.prepared", "handover.out_signed", "identity.vouched"} <= actions
    for text in (*kept, str(log_events)):
        assert PASSWORD not in text
        assert "not-my-secret" not in text


def test_only_who_stands_the_watch_prepares_and_signs(night: Night) -> None:
    assert code_of(lambda: night.handovers.prepare(ZHAO)) == "identity.forbidden"
    assert code_of(lambda: night.handovers.add_note(ZHAO, "x")) == "identity.forbidden"
    night.handovers.prepare(WANG)

    assert code_of(lambda: night.sign_out("zhao")) == "identity.forbidden"
    assert night.handovers.newest(1)[0].state is HandoverState.PREPARED


def test_a_note_opens_the_paper_and_only_its_writer_withdraws_it(night: Night) -> None:
    paper = night.handovers.add_note(WANG, " 东门道闸待修 ")
    note = paper.notes[0]
    night.handovers.add_note(LI, "路灯不亮")

    assert [change.item.title for change in night.handovers.present().changes] == []
    assert code_of(lambda: night.handovers.withdraw_note(LI, note.id)) == "handover.no_note"
    left = night.handovers.withdraw_note(WANG, note.id)
    assert [one.text for one in left.notes] == ["路灯不亮"]
    assert [item.title for item in left.items if item.kind is ItemKind.NOTE] == ["路灯不亮"]
    assert code_of(lambda: night.handovers.add_note(WANG, "  ")) == "handover.note_invalid"
    assert code_of(lambda: night.handovers.add_note(WANG, "长" * 501)) == "handover.note_invalid"


def test_every_seat_is_told_of_every_step(night: Night, tmp_path: Path) -> None:
    night.handovers.prepare(WANG)
    night.sign_out()
    night.sign_in()

    connection = sqlite3.connect(tmp_path / "watch.db")
    rows = connection.execute("SELECT kind, payload FROM change WHERE kind = 'HandoverChanged' ORDER BY seq")
    told = [json.loads(payload)["change"] for _, payload in rows]
    connection.close()
    assert told == ["prepared", "out_signed", "in_signed"]
    assert "HandoverChanged" in FACTS


def test_drills_are_counted_apart(night: Night) -> None:
    night.ring(is_drill=True)
    night.ring(verdict=Verdict.ACCIDENTAL)
    night.pass_time(seconds=1)

    counts = night.handovers.prepare(WANG).counts

    assert (counts.alarms, counts.false, counts.drills) == (1, 1, 1)
