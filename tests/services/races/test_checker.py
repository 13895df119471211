"""The checker finds what is wrong in histories made by hand, and nothing in one that is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.services.races.checker import Record, Step, faults_of
from tests.services.races.history import OK, REFUSED, UNKNOWN, Call, Notebook, last_number, read


def alarm(seq: int, version: int, state: str, change: str, owner: str = "", **more: object) -> Step:
    return Step(seq, "alarm", "a1", version, state, change, owner=owner, **more)  # type: ignore[arg-type]


def incident(seq: int, version: int, state: str, change: str) -> Step:
    return Step(seq, "incident", "i1", version, state, change, number="JQ1-0001")


def order(seq: int, version: int, state: str, id: str = "d1", guard: str = "G1", no: int = 1) -> Step:
    return Step(seq, "dispatch", id, version, state, state, number=f"PJ1-{no:04d}", guards=(guard,))


def record(*steps: Step) -> Record:
    """With the rows that these steps leave."""
    return Record(steps, {(step.kind, step.id): (step.version, step.state, step.owner) for step in steps})


def claim(seat: str, number: int, asked_s: float, answered_s: float, version: int = 2) -> Call:
    return Call(
        seat, number, "claim", "a1", asked_s, answered_s, OK, "alarm", "a1", version, "claimed", owner=seat
    )


RAISED = alarm(1, 1, "new", "raised")
CLAIMED = alarm(2, 2, "claimed", "claimed", "anna")
NIGHT = (
    RAISED,
    CLAIMED,
    incident(3, 1, "accepted", "opened"),
    order(4, 1, "sent"),
    alarm(5, 3, "verifying", "dispatched", "anna"),
    incident(6, 2, "responding", "responding"),
    alarm(7, 4, "verifying", "taken_over", "boris"),
    order(8, 2, "signed"),
    order(9, 3, "en_route"),
    order(10, 4, "on_scene"),
    order(11, 5, "done"),
    order(12, 1, "sent", "d2", no=2),
    order(13, 6, "closed"),
    order(14, 2, "cancelled", "d2", no=2),
    incident(15, 3, "closed", "closed"),
    incident(16, 4, "reopened", "reopened"),
)


def test_a_night_in_which_all_went_well_has_no_fault() -> None:
    calls = [
        claim("anna", 0, 1.0, 2.0),
        Call("boris", 0, "claim", "a1", 1.5, 2.5, REFUSED, owner="anna", code="alarm.already_claimed"),
        Call("boris", 1, "take_over", "a1", 3.0, 4.0, OK, "alarm", "a1", 4, "verifying", owner="boris"),
        Call("anna", 1, "send G1", "a1", 2.1, None, UNKNOWN, order="d1"),
        Call("anna", 2, "send G9", "a1", 5.0, 5.1, REFUSED, order="d9", code="dispatch.guard_busy"),
    ]
    assert faults_of(calls, record(*NIGHT)) == []


def test_a_claim_of_what_somebody_owns_is_two_owners() -> None:
    stolen = alarm(3, 3, "claimed", "claimed", "boris")
    assert faults_of([], record(RAISED, CLAIMED, stolen)) == [
        "alarm a1 goes from owner 'anna' to 'boris' by 'claimed'"
    ]


def test_a_claim_of_what_its_silent_owner_lost_is_right() -> None:
    offered = alarm(3, 3, "claimed", "offered", "anna", is_offered=True)
    assert faults_of([], record(RAISED, CLAIMED, offered, alarm(4, 4, "claimed", "claimed", "boris"))) == []


def test_an_acknowledged_command_that_is_not_in_the_record_is_lost() -> None:
    found = faults_of([claim("anna", 7, 1.0, 2.0)], record(RAISED))
    assert found == ["anna #7 claim: acknowledged and not in the record"]


def test_an_acknowledgement_of_something_else_than_the_record_holds_is_lost_too() -> None:
    told = claim("boris", 7, 1.0, 2.0)
    assert faults_of([told], record(RAISED, CLAIMED)) == [
        "boris #7 claim: acknowledged and not in the record"
    ]


def test_what_was_closed_and_goes_on_without_being_reopened_is_a_fault() -> None:
    closed = (*NIGHT[:-1], incident(16, 4, "responding", "responding"))
    found = faults_of([], record(*closed))
    assert "incident i1 was closed and is responding by 'responding'" in found


def test_an_alarm_that_leaves_its_last_state_is_a_fault() -> None:
    steps = (RAISED, CLAIMED, alarm(3, 3, "closed", "reset", "anna"), alarm(4, 4, "claimed", "reset", "anna"))
    assert "alarm a1 goes from closed to claimed by 'reset'" in faults_of([], record(*steps))


def test_two_writers_of_one_version_are_found() -> None:
    again = alarm(3, 2, "claimed", "silenced", "anna")
    assert faults_of([], record(RAISED, CLAIMED, again)) == ["alarm a1 goes from version 2 to 2"]


def test_a_version_that_is_missing_is_found() -> None:
    assert "alarm a1 goes from version 1 to 3" in faults_of(
        [], record(RAISED, alarm(2, 3, "claimed", "claimed", "anna"))
    )


def test_a_guard_on_two_orders_is_found() -> None:
    steps = (order(1, 1, "sent"), order(2, 1, "sent", "d2", no=2))
    assert faults_of([], record(*steps)) == ["guard G1 is on d1 and d2 at once"]


def test_a_table_that_says_other_than_the_feed_is_found() -> None:
    kept = Record([RAISED, CLAIMED], {("alarm", "a1"): (1, "new", "")})
    assert len(faults_of([], kept)) == 1
    extra = Record([], {("alarm", "a1"): (1, "new", "")})
    assert faults_of([], extra) == ["alarm a1 is in its table and not in the feed"]


def test_who_is_told_less_than_another_was_told_before_is_found() -> None:
    later = claim("anna", 0, 5.0, 6.0)
    before = Call("boris", 0, "take_over", "a1", 1.0, 2.0, OK, "alarm", "a1", 4, "verifying", owner="boris")
    assert faults_of([later, before], record(*NIGHT)) == ["anna #0 claim: told less than boris before"]
    at_once = replace(later, asked_s=1.5)
    assert faults_of([at_once, before], record(*NIGHT)) == []


def test_a_refused_order_in_the_record_is_found_unless_it_was_sent_again() -> None:
    refused = Call("anna", 0, "send G1", "a1", 1.0, 2.0, REFUSED, order="d1", code="dispatch.guard_busy")
    assert faults_of([refused], record(*NIGHT)) == ["anna #0: order d1 was refused and is in the record"]
    again = Call("anna", 1, "send G1", "a1", 3.0, None, UNKNOWN, order="d1")
    assert faults_of([refused, again], record(*NIGHT)) == []


def test_a_refusal_in_the_name_of_somebody_who_never_had_it_is_found() -> None:
    refused = Call("anna", 0, "claim", "a1", 1.0, 2.0, REFUSED, owner="dina", code="alarm.already_claimed")
    assert faults_of([refused], record(*NIGHT)) == ["anna #0: refused in the name of dina, who never had it"]


def test_a_number_given_twice_or_left_out_is_found() -> None:
    twice = (order(1, 1, "sent"), order(2, 1, "sent", "d2", "G2"))
    assert faults_of([], record(*twice)) == ["numbers of PJ1 are [1, 1]… of 2"]
    gap = (order(1, 1, "sent"), order(2, 1, "sent", "d2", "G2", no=3))
    assert faults_of([], record(*gap)) == ["numbers of PJ1 are [1, 3]… of 2"]


def test_a_notebook_keeps_what_a_killed_seat_asked_and_half_a_line_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    notebook = Notebook(path)
    asked = Call("anna", 0, "claim", "a1", 1.0)
    notebook.write(asked)
    notebook.write(replace(asked, outcome=OK, answered_s=2.0))
    notebook.write(Call("anna", 1, "claim", "a2", 3.0))
    notebook.close()
    with path.open("a", encoding="utf-8") as file:
        file.write('{"seat": "anna", "number": 2, "outcome": "o')
    assert [call.outcome for call in read([path])] == [OK, UNKNOWN]
    assert last_number(path) == 1
    again = Notebook(path)
    again.write(Call("anna", 2, "claim", "a3", 4.0))
    again.close()
    assert [call.number for call in read([path])] == [0, 1, 2]
