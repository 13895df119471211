"""The dispatch presenter on a real database and the real dispatch desk."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from services.core.errors import ServiceError
from services.dispatch.orders import Order
from services.dispatch.outbox import QueuedOrder
from services.domain.incidents import Channel, Dispatch, DispatchId, DispatchState, Feedback
from services.domain.people import Session
from tests.views.seat import OPERATOR, Campus, Seat
from tests.waiting import LIMIT_S
from views.dispatch.drafts import Draft, draft_from_plain, draft_to_plain

Wait = Callable[..., object]


@pytest.fixture
def claimed(campus: Campus, seat: Seat, wait_until: Wait) -> str:
    """A panic alarm that the operator owns, known to the seat."""
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    wait_until(lambda: seat.live.board.alarms.get(alarm_id) and seat.live.board.alarms[alarm_id].owner)
    return alarm_id


def open_ranked(seat: Seat, alarm_id: str, wait_until: Wait) -> None:
    seat.dispatch.open_alarm(alarm_id)
    wait_until(lambda: seat.dispatch.candidates)


def send(seat: Seat, wait_until: Wait) -> Dispatch:
    seat.dispatch.send()
    wait_until(lambda: seat.dispatch.dispatches)
    return seat.dispatch.dispatches[0]


def test_guards_are_ranked_and_the_best_one_is_chosen(seat: Seat, claimed: str, wait_until: Wait) -> None:
    open_ranked(seat, claimed, wait_until)
    assert seat.dispatch.chosen is seat.dispatch.candidates[0]
    assert len(seat.dispatch.candidates) == 8


def test_the_order_is_filled_in_from_the_alarm(seat: Seat, claimed: str, wait_until: Wait) -> None:
    open_ranked(seat, claimed, wait_until)
    assert "东门岗亭一键报警" in seat.dispatch.order_text


def test_the_words_of_a_plans_step_stand_behind_the_template_and_never_in_place_of_what_was_typed(
    seat: Seat, claimed: str, wait_until: Wait
) -> None:
    open_ranked(seat, claimed, wait_until)
    template = seat.dispatch.order_text
    seat.dispatch.add_words("带灭火器")
    assert seat.dispatch.order_text == f"{template} 带灭火器"
    seat.dispatch.write("只去看看")
    seat.dispatch.add_words("带灭火器")
    assert seat.dispatch.order_text == "只去看看"


def test_enter_before_the_ranking_is_there_sends_as_soon_as_it_is(
    seat: Seat, claimed: str, wait_until: Wait
) -> None:
    seat.dispatch.open_alarm(claimed)
    seat.dispatch.send()
    assert seat.dispatch.is_sending
    wait_until(lambda: seat.dispatch.dispatches)


def test_sending_opens_the_incident_and_keeps_the_reasons(
    campus: Campus, seat: Seat, claimed: str, wait_until: Wait
) -> None:
    open_ranked(seat, claimed, wait_until)
    best = seat.dispatch.candidates[0]
    dispatch = send(seat, wait_until)
    stored = campus.database.read(lambda view: view.dispatches.get(dispatch.id))
    assert (stored.guard, stored.state) == (best.guard.no, DispatchState.SENT)
    assert "步行" in stored.why
    assert seat.dispatch.subject is not None
    assert seat.dispatch.subject.incident is not None


def test_enter_held_down_sends_once(campus: Campus, seat: Seat, claimed: str, wait_until: Wait) -> None:
    open_ranked(seat, claimed, wait_until)
    for _ in range(5):
        seat.dispatch.send()
    wait_until(lambda: seat.dispatch.dispatches and seat.jobs.is_idle)
    incident = seat.dispatch.dispatches[0].incident
    assert len(campus.database.read(lambda view: view.dispatches.of_incident(incident))) == 1


def test_another_guard_may_be_chosen_and_the_channel_too(seat: Seat, claimed: str, wait_until: Wait) -> None:
    open_ranked(seat, claimed, wait_until)
    third = seat.dispatch.candidates[2].guard.no
    seat.dispatch.choose(third)
    seat.dispatch.set_channel(Channel.PHONE)
    dispatch = send(seat, wait_until)
    assert (dispatch.guard, dispatch.channel) == (third, Channel.PHONE)


def test_what_was_typed_is_there_again_after_leaving_and_after_a_crash(
    campus: Campus, seat: Seat, claimed: str, wait_until: Wait
) -> None:
    open_ranked(seat, claimed, wait_until)
    seat.dispatch.write("从东侧绕过去")
    assert seat.dispatch.leave()
    assert seat.dispatch.subject is None
    wait_until(lambda: seat.jobs.is_idle)
    later = Seat(campus)
    later.start()
    wait_until(lambda: later.jobs.is_idle)
    later.dispatch.open_alarm(claimed)
    assert later.dispatch.order_text == "从东侧绕过去"
    later.close()


def test_a_sent_draft_is_forgotten(campus: Campus, seat: Seat, claimed: str, wait_until: Wait) -> None:
    open_ranked(seat, claimed, wait_until)
    seat.dispatch.write("从东侧绕过去")
    send(seat, wait_until)
    wait_until(lambda: seat.jobs.is_idle and not seat.dispatch.is_sending)
    kept = campus.database.read(lambda view: view.preference("user:wang", "dispatch.drafts"))
    assert kept == {}


def test_a_draft_typed_while_the_record_was_away_is_there_after_a_crash(
    campus: Campus, seat: Seat, claimed: str, wait_until: Wait
) -> None:
    open_ranked(seat, claimed, wait_until)
    seat.preferences.is_away = True
    seat.dispatch.write("从东侧绕过去")
    wait_until(lambda: seat.refusals)
    seat.preferences.is_away = False

    def kept() -> dict[str, object] | None:
        return campus.database.read(lambda view: view.preference("user:wang", "dispatch.drafts"))

    # Nobody touches it again.
    wait_until(lambda: (kept() or {}).get(claimed))
    assert [error.code for error in seat.refusals] == ["storage.unreachable"]
    assert draft_from_plain((kept() or {})[claimed]).text == "从东侧绕过去"


def test_a_refused_send_keeps_text_and_order_for_the_next_try(
    seat: Seat, claimed: str, wait_until: Wait
) -> None:
    open_ranked(seat, claimed, wait_until)
    seat.dispatch.write("x" * 5000)
    seat.dispatch.send()
    wait_until(lambda: seat.refusals)
    assert seat.refusals[0].code == "dispatch.text_too_long"
    assert (len(seat.dispatch.draft.text), seat.dispatch.is_sending) == (5000, False)


def test_an_order_whose_sending_was_not_answered_goes_out_once_however_often_it_is_sent(
    campus: Campus, seat: Seat, claimed: str, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ranked(seat, claimed, wait_until)
    real, asked = seat.box.send, []

    def unanswered_once(session: Session, order: Order) -> Dispatch | QueuedOrder:
        sent = real(session, order)
        asked.append(order.id)
        if len(asked) == 1:
            raise ServiceError("storage.unavailable")
        return sent

    monkeypatch.setattr(seat.box, "send", unanswered_once)
    seat.dispatch.send()
    wait_until(lambda: seat.refusals and seat.jobs.is_idle)
    seat.dispatch.send()
    wait_until(lambda: len(asked) == 2 and seat.jobs.is_idle)
    assert list(campus.database.read(lambda view: view.board()).dispatches) == [asked[0]]


def test_what_is_typed_for_one_alarm_outlives_the_answer_about_another(
    campus: Campus, seat: Seat, claimed: str, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = campus.ring("Z02")
    campus.alarms.claim(OPERATOR, other)
    wait_until(lambda: other in seat.live.board.alarms and seat.live.board.alarms[other].owner)
    real, record, shown = seat.box.send, Event(), []

    def slowly(session: Session, order: Order) -> Dispatch | QueuedOrder:
        if order.alarm_id == claimed:
            assert record.wait(LIMIT_S)
        return real(session, order)

    monkeypatch.setattr(seat.box, "send", slowly)
    seat.dispatch.sent.connect(shown.append)
    open_ranked(seat, claimed, wait_until)
    seat.dispatch.write("从东侧绕过去")
    seat.dispatch.send()
    open_ranked(seat, other, wait_until)
    assert not seat.dispatch.is_sending
    seat.dispatch.write("两人带梯子")
    record.set()
    wait_until(lambda: seat.live.board.dispatches and seat.jobs.is_idle)
    assert (seat.dispatch.order_text, shown) == ("两人带梯子", [])
    seat.dispatch.send()
    wait_until(lambda: len(seat.live.board.dispatches) == 2 and seat.jobs.is_idle)
    assert [dispatch.order_text for dispatch in shown] == ["两人带梯子"]
    seat.dispatch.open_alarm(claimed)
    assert seat.dispatch.draft == Draft()


def test_an_alarm_whose_order_is_on_its_way_says_so_when_it_is_opened_again(
    campus: Campus, seat: Seat, claimed: str, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = campus.ring("Z02")
    real, record = seat.box.send, Event()

    def slowly(session: Session, order: Order) -> Dispatch | QueuedOrder:
        assert record.wait(LIMIT_S)
        return real(session, order)

    monkeypatch.setattr(seat.box, "send", slowly)
    open_ranked(seat, claimed, wait_until)
    seat.dispatch.send()
    open_ranked(seat, other, wait_until)
    open_ranked(seat, claimed, wait_until)
    assert seat.dispatch.is_sending
    seat.dispatch.send()
    record.set()
    wait_until(lambda: seat.dispatch.dispatches and seat.jobs.is_idle)
    assert (len(seat.dispatch.dispatches), seat.dispatch.is_sending) == (1, False)


def test_leaving_when_nothing_is_open_says_so(seat: Seat) -> None:
    assert not seat.dispatch.leave()


def test_an_order_is_advanced_by_hand_and_ended_by_feedback(
    seat: Seat, claimed: str, wait_until: Wait
) -> None:
    open_ranked(seat, claimed, wait_until)
    dispatch = send(seat, wait_until)
    for step in (
        DispatchState.SIGNED,
        DispatchState.EN_ROUTE,
        DispatchState.ON_SCENE,
        DispatchState.DONE,
    ):
        seat.dispatch.advance(dispatch.id, step)
        wait_until(lambda step=step: seat.dispatch.dispatches[0].state is step)
    report = Feedback(DispatchId(dispatch.id), seat.clock.now(), "wang", "王值班", "误按，已复原")
    seat.dispatch.give_feedback(report)
    wait_until(lambda: seat.dispatch.dispatches[0].state is DispatchState.CLOSED)


def test_a_draft_that_makes_no_sense_is_an_empty_one() -> None:
    assert draft_from_plain(None) == draft_from_plain({"channel": "smoke"}) == Draft()
    draft = Draft("text", Channel.APP, "G03")
    assert draft_from_plain(draft_to_plain(draft)) == draft
