"""A request for recordings goes its way: asked by one, allowed by another, every step is in the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.evidence import (
    EVIDENCE_MOVES,
    KEPT_AFTER,
    VALID_FOR,
    Asker,
    EvidenceRequest,
    EvidenceState,
    Export,
    Ground,
    Take,
)
from services.domain.people import Limit, Permission, Role, Session
from services.domain.recordings import Cause, Protection, Segment
from services.evidence import steps
from services.evidence.desk import EvidenceDesk, Receiver
from services.evidence.steps import Pen, Wanted
from services.recording import custody
from services.recording.custody import CustodyDesk
from services.storage import Database
from tests.services.review.night import START_AT

LEADER = Session("li", "李某", Role.SHIFT_LEADER, "seat-1")
SUPERVISOR = Session("zhou", "周某", Role.SUPERVISOR, "seat-3")
OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")
SINCE, UNTIL = START_AT - timedelta(minutes=10), START_AT - timedelta(minutes=5)
ASKER = Asker("城东派出所", "赵警官", "调证通知书 2026-118", "110")
WANTED = Wanted(
    ASKER, Ground.CASE, "翻墙入校案", (Take("C01", SINCE, UNTIL), Take("C02", SINCE, UNTIL)), "A2026-77"
)
RECEIVER = Receiver("赵警官", "城东派出所", "警官证 004512", "保卫处值班室", "U 盘 1")
# From domain.md "REQUESTED→APPROVED/REJECTED→EXPORTED→DELIVERED", with what can go otherwise: an export that
# breaks off or is redone, a request that is withdrawn or lapses, a package that comes back.
PAIRS = {
    "requested": "approved rejected withdrawn expired",
    "approved": "exporting withdrawn expired",
    "exporting": "exported approved",
    "exported": "handed_over approved withdrawn",
    "handed_over": "returned registered",
    "returned": "registered",
    "rejected": "",
    "withdrawn": "",
    "expired": "",
    "registered": "",
}


def protections(database: Database, number: str) -> list[Protection]:
    found = database.read(lambda view: view.protections.of_many(["C01", "C02"]))
    return [one for one in found if one.reason == number]


def recorded(camera: str = "C01") -> Segment:
    return Segment(camera, "main", SINCE, UNTIL, Cause.CONTINUOUS, "disk", "a.mp4", 1)


def exported(database: Database, request: EvidenceRequest, clock: ManualClock) -> EvidenceRequest:
    """As the exporter leaves it."""

    def work(pen: Pen) -> EvidenceRequest:
        begun = steps.begin_export(pen, LEADER, pen.tx.evidence.get(request.id))
        assert begun.export is not None
        done = replace(begun.export, fingerprint="ab" * 32, folder="/tmp/x", ended_at=pen.now)
        return steps.end_export(pen, begun, done)

    return database.write(lambda tx: work(Pen(tx, LEADER, clock.now())))


def test_every_pair_of_states_is_a_move_or_is_refused() -> None:
    for was, wanted in product(EvidenceState, EvidenceState):
        assert (wanted in EVIDENCE_MOVES[was]) == (wanted.value in PAIRS[was.value].split()), (was, wanted)


@pytest.mark.parametrize("was", EvidenceState)
def test_every_command_does_in_every_state_what_the_table_says(
    desk: EvidenceDesk, database: Database, was: EvidenceState
) -> None:
    commands = {
        EvidenceState.APPROVED: lambda one: desk.approve(LEADER, one),
        EvidenceState.REJECTED: lambda one: desk.reject(LEADER, one, "不符合规定"),
        EvidenceState.WITHDRAWN: lambda one: desk.withdraw(SUPERVISOR, one, "不再需要"),
        EvidenceState.HANDED_OVER: lambda one: desk.hand_over(SUPERVISOR, one, RECEIVER),
        EvidenceState.RETURNED: lambda one: desk.give_back(SUPERVISOR, one, "结案退回"),
        EvidenceState.REGISTERED: lambda one: desk.register(SUPERVISOR, one),
    }
    for wanted, command in commands.items():
        request = desk.request(SUPERVISOR, WANTED)
        request = database.write(
            lambda tx, request=request: tx.evidence.save(replace(request, state=was))  # type: ignore[misc]
        )
        # An export that came to nothing is approved again by other ways, not by a second approval.
        is_other_way = wanted is EvidenceState.APPROVED and was is not EvidenceState.REQUESTED
        if wanted in EVIDENCE_MOVES[was] and not is_other_way:
            assert command(request).state is wanted
            continue
        with pytest.raises(ServiceError) as refused:
            command(request)
        assert refused.value.code == "evidence.illegal_move"
        assert desk.find(SUPERVISOR, request.id).state is was


def test_the_whole_way_is_in_audit_and_feed_step_by_step(
    desk: EvidenceDesk, database: Database, clock: ManualClock
) -> None:
    asked = desk.request(SUPERVISOR, WANTED)
    desk.approve(LEADER, asked)
    made = exported(database, asked, clock)
    desk.hand_over(SUPERVISOR, made, RECEIVER)
    desk.register(SUPERVISOR, desk.find(SUPERVISOR, asked.id))
    wanted = ["requested", "approved", "exporting", "exported", "handed_over", "registered"]
    rows = database.read(lambda view: view.changes_after(0, 1000))
    assert [row.kind for row in rows if row.subject == asked.id] == ["EvidenceChanged"] * 6
    audited = database.read(lambda view: view.trail.of([asked.id]))
    assert [step.action.removeprefix("evidence.") for step in audited] == wanted


def test_numbers_have_no_gap_though_a_request_was_refused(desk: EvidenceDesk) -> None:
    first = desk.request(SUPERVISOR, WANTED)
    with pytest.raises(ServiceError):
        desk.request(SUPERVISOR, replace(WANTED, why=" "))
    second = desk.request(SUPERVISOR, WANTED)
    assert (first.number, second.number) == ("DQ20261124-0001", "DQ20261124-0002")


def test_nobody_allows_or_refuses_what_they_asked_for(desk: EvidenceDesk) -> None:
    own = desk.request(SUPERVISOR, WANTED)
    for command in (lambda: desk.approve(SUPERVISOR, own), lambda: desk.reject(SUPERVISOR, own, "否")):
        with pytest.raises(ServiceError) as refused:
            command()
        assert refused.value.code == "evidence.own"
    # Another user's desk, but for the same person as the asker.
    for_leader = desk.request(SUPERVISOR, replace(WANTED, asker=replace(ASKER, person="李某")))
    with pytest.raises(ServiceError) as refused:
        desk.approve(LEADER, for_leader)
    assert refused.value.code == "evidence.own"


def test_a_rejection_without_a_reason_is_impossible(desk: EvidenceDesk) -> None:
    asked = desk.request(SUPERVISOR, WANTED)
    for reason in ("", "  \n", "\u200b", "\0\ud800"):
        with pytest.raises(ServiceError) as refused:
            desk.reject(LEADER, asked, reason)
        assert refused.value.code == "evidence.reason_needed"
    assert desk.find(SUPERVISOR, asked.id).state is EvidenceState.REQUESTED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"why": ""}, "evidence.incomplete"),
        ({"takes": ()}, "evidence.incomplete"),
        ({"asker": replace(ASKER, document="")}, "evidence.incomplete"),
        ({"asker": replace(ASKER, unit=" ")}, "evidence.incomplete"),
        ({"takes": (Take("C01", UNTIL, SINCE),)}, "evidence.bad_span"),
        ({"takes": (Take("C01", SINCE, START_AT + timedelta(hours=1)),)}, "evidence.bad_span"),
        ({"takes": (Take("C01", SINCE - timedelta(days=4), UNTIL),)}, "evidence.bad_span"),
        ({"takes": (Take("C99", SINCE, UNTIL),)}, "evidence.unknown_camera"),
        ({"why": "长" * 1001}, "evidence.text_too_long"),
        ({"incident": "none"}, "storage.not_found"),
    ],
)
def test_a_request_that_lacks_what_the_register_needs_is_refused(
    desk: EvidenceDesk, change: dict[str, object], code: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        desk.request(SUPERVISOR, replace(WANTED, **change))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert desk.overview(SUPERVISOR) == []


def test_only_those_who_may_allow_and_export_do(desk: EvidenceDesk) -> None:
    asked = desk.request(OPERATOR, WANTED)
    for command in (
        lambda: desk.approve(OPERATOR, asked),
        lambda: desk.hand_over(OPERATOR, asked, RECEIVER),
        lambda: desk.overview(ADMINISTRATOR),
        lambda: desk.request(ADMINISTRATOR, WANTED),
    ):
        with pytest.raises(ServiceError) as refused:
            command()
        assert refused.value.code == "identity.forbidden"


def test_who_may_not_watch_a_camera_neither_sees_nor_moves_its_requests(desk: EvidenceDesk) -> None:
    barred = replace(LEADER, limits=(Limit(Permission.WATCH, cameras=("C02",)),))
    asked = desk.request(SUPERVISOR, WANTED)
    other = desk.request(SUPERVISOR, replace(WANTED, takes=WANTED.takes[:1]))
    assert [one.id for one in desk.overview(barred)] == [other.id]
    for command, code in (
        (lambda: desk.request(barred, WANTED), "identity.barred"),
        (lambda: desk.approve(barred, asked), "identity.barred"),
        (lambda: desk.find(barred, asked.id), "storage.not_found"),
    ):
        with pytest.raises(ServiceError) as refused:
            command()
        assert refused.value.code == code


def test_two_who_decide_at_once_have_one_winner(desk: EvidenceDesk) -> None:
    asked = desk.request(OPERATOR, WANTED)
    desk.approve(LEADER, asked)
    with pytest.raises(ServiceError) as refused:
        desk.reject(SUPERVISOR, asked, "已有另一份")
    assert refused.value.code == "storage.conflict"


def test_what_is_asked_for_is_kept_until_it_was_handed_over_and_some_days_more(
    desk: EvidenceDesk, database: Database, clock: ManualClock
) -> None:
    asked = desk.approve(LEADER, desk.request(SUPERVISOR, WANTED))
    kept = protections(database, asked.number)
    assert {one.camera for one in kept} == {"C01", "C02"}
    made = exported(database, asked, clock)
    # As long as nobody has come for it.
    clock.advance(timedelta(days=200).total_seconds())
    assert any(one.holds(recorded(), clock.now()) for one in protections(database, asked.number))
    desk.hand_over(SUPERVISOR, made, RECEIVER)
    last = clock.now() + KEPT_AFTER
    kept = protections(database, asked.number)
    assert any(one.holds(recorded(), last - timedelta(seconds=1)) for one in kept)
    assert not any(one.holds(recorded(), last) for one in kept)


@pytest.mark.parametrize("way", ["rejected", "withdrawn", "lapsed"])
def test_what_nobody_may_have_is_kept_no_longer(
    desk: EvidenceDesk, database: Database, clock: ManualClock, way: str
) -> None:
    asked = desk.request(SUPERVISOR, WANTED)
    if way == "rejected":
        desk.reject(LEADER, asked, "与案件无关")
    elif way == "withdrawn":
        desk.withdraw(SUPERVISOR, asked, "不再需要")
    else:
        clock.advance(VALID_FOR.total_seconds())
        assert [one.state for one in desk.tend()] == [EvidenceState.EXPIRED]
    assert not any(one.holds(recorded(), clock.now()) for one in protections(database, asked.number))


def test_a_lapsed_request_is_not_allowed_though_no_seat_has_noted_it_yet(
    desk: EvidenceDesk, clock: ManualClock
) -> None:
    asked = desk.request(SUPERVISOR, WANTED)
    clock.advance(VALID_FOR.total_seconds())
    with pytest.raises(ServiceError) as refused:
        desk.approve(LEADER, asked)
    assert refused.value.code == "evidence.lapsed"


def test_an_export_that_says_nothing_for_two_minutes_is_approved_again(
    desk: EvidenceDesk, database: Database, clock: ManualClock
) -> None:
    asked = desk.approve(LEADER, desk.request(SUPERVISOR, WANTED))
    now = clock.now()
    database.write(lambda tx: steps.begin_export(Pen(tx, LEADER, now), LEADER, tx.evidence.get(asked.id)))
    clock.advance(119)
    assert desk.tend() == []
    clock.advance(2)
    assert [one.state for one in desk.tend()] == [EvidenceState.APPROVED]
    assert desk.find(SUPERVISOR, asked.id).export is None


def test_a_lost_package_is_made_again_with_its_reason(
    desk: EvidenceDesk, database: Database, clock: ManualClock
) -> None:
    made = exported(database, desk.approve(LEADER, desk.request(SUPERVISOR, WANTED)), clock)
    assert isinstance(made.export, Export)
    again = desk.redo(SUPERVISOR, made, "U 盘损坏")
    assert (again.state, again.reason) == (EvidenceState.APPROVED, "U 盘损坏")


def test_a_hand_over_names_the_receiver_and_their_proof(
    desk: EvidenceDesk, database: Database, clock: ManualClock
) -> None:
    made = exported(database, desk.approve(LEADER, desk.request(SUPERVISOR, WANTED)), clock)
    for receiver in (replace(RECEIVER, name=" "), replace(RECEIVER, document="")):
        with pytest.raises(ServiceError) as refused:
            desk.hand_over(SUPERVISOR, made, receiver)
        assert refused.value.code == "evidence.receiver_needed"


def test_reading_the_register_is_in_the_audit(desk: EvidenceDesk, database: Database) -> None:
    asked = desk.request(SUPERVISOR, WANTED)
    found = desk.register_of(SUPERVISOR, START_AT, START_AT + timedelta(days=1))
    assert [one.id for one in found] == [asked.id]
    audited = database.read(lambda view: view.trail.of(["register"]))
    assert [step.action for step in audited] == ["evidence.register_read"]


def test_nobody_releases_by_hand_what_a_request_keeps(
    desk: EvidenceDesk, database: Database, clock: ManualClock
) -> None:
    custody = CustodyDesk(database, clock)
    asked = desk.request(SUPERVISOR, WANTED)
    for kept in protections(database, asked.number):
        with pytest.raises(ServiceError) as refused:
            custody.release(SUPERVISOR, kept, "腾出空间")
        assert refused.value.code == "custody.asked_for"
    assert any(one.holds(recorded(), clock.now()) for one in protections(database, asked.number))


def test_a_protection_of_a_person_s_own_does_not_end_with_the_request_it_names(
    desk: EvidenceDesk, database: Database, clock: ManualClock
) -> None:
    asked = desk.request(SUPERVISOR, WANTED)
    clock.advance(60)
    own = CustodyDesk(database, clock).protect(
        SUPERVISOR, custody.Wanted(("C01",), SINCE, UNTIL, asked.number)
    )[0]
    desk.reject(LEADER, asked, "不符合规定")
    assert database.read(lambda view: view.protections.get(own.id)) == own
    assert own.holds(recorded(), clock.now())


def test_a_clock_that_is_set_far_ahead_lets_no_request_lapse(
    desk: EvidenceDesk, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    asked = desk.request(SUPERVISOR, WANTED)
    expected_log("clock.was_set", "recording.clock_set")
    clock.set_wall(400 * 86_400)
    assert desk.tend() == []
    clock.set_wall(-400 * 86_400)
    assert desk.tend() == []
    assert desk.find(SUPERVISOR, asked.id) == asked
    clock.advance(VALID_FOR.total_seconds())
    assert [one.state for one in desk.tend()] == [EvidenceState.EXPIRED]
