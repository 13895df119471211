"""Who took the watch over is offered what the last shift has in hand; who had it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from services.alarms.handing import Recipient
from services.core.clock import SystemClock
from services.core.ids import new_id
from services.domain.facts import HandoverChanged
from services.domain.handovers import Handover, HandoverState, Signature
from services.domain.people import Role, Session
from tests.views.seat import OPERATOR, OTHER, Campus, Seat

LEADER = Session("zhao", "赵班长", Role.SHIFT_LEADER, "SEAT-3")
Wait = Callable[..., object]


@pytest.fixture
def old_seat(campus: Campus, seat: Seat, wait_until: Wait) -> Seat:
    """Of the one who handed over, with two alarms in hand, somewhere else still open."""
    for zone in ("Z11", "Z12"):
        campus.alarms.claim(OPERATOR, campus.ring(zone))
    sign(campus, OPERATOR, OTHER)
    wait_until(lambda: len([a for a in seat.live.board.alarms.values() if a.owner == OPERATOR.user]) == 2)
    return seat


def sign(campus: Campus, giver: Session, taker: Session) -> None:
    now = SystemClock().now()
    given, taken = (Signature(one.user, one.display_name, now, one.workstation) for one in (giver, taker))
    paper = Handover(new_id(), "JJ1", now, now, giver.user, giver.display_name)
    handover = replace(paper, state=HandoverState.IN_SIGNED, given=given, taken=taken)
    campus.database.write(lambda tx: tx.handovers.add(handover))


def test_one_press_takes_over_all_that_was_left_and_tells_who_had_it(
    old_seat: Seat, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    told: list[tuple[str, int]] = []
    old_seat.succession.told.connect(lambda name, count: told.append((name, count)))
    new_seat = open_seat(OTHER)
    wait_until(lambda: new_seat.succession.offer)
    (line, *_others) = new_seat.side.strip.lines
    assert OPERATOR.display_name in line.text.text()
    assert "报警 2 条、警情 0 起" in line.text.text()
    line.yes.setFocus()
    QTest.keyClick(line.yes, Qt.Key.Key_Space)
    wait_until(lambda: {alarm.owner for alarm in new_seat.live.board.alarms.values()} == {OTHER.user})
    wait_until(lambda: told == [(OTHER.display_name, 2)])
    wait_until(lambda: not new_seat.side.strip.isVisible())
    assert new_seat.refusals == []


def test_who_hands_over_is_offered_nothing_and_an_offer_may_wait(
    old_seat: Seat, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    assert old_seat.succession.offer is None
    new_seat = open_seat(OTHER)
    wait_until(lambda: new_seat.succession.offer)
    new_seat.side.strip.lines[0].no.click()
    assert new_seat.succession.offer is None
    assert {alarm.owner for alarm in new_seat.live.board.alarms.values()} == {OPERATOR.user}


@pytest.mark.usefixtures("old_seat")
def test_what_was_put_off_is_offered_again_to_the_next_shift_only(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    new_seat = open_seat(OTHER)
    wait_until(lambda: new_seat.succession.offer)
    offered: list[int] = []
    new_seat.succession.changed.connect(lambda: offered.append(1))
    new_seat.succession.leave()
    paper = campus.database.read(lambda view: view.handovers.last_taken())
    assert paper is not None
    assert offered == [1], "gone"
    new_seat.live.applied.emit([HandoverChanged(paper, "in_signed")])
    wait_until(lambda: new_seat.succession.offer)
    assert offered == [1, 1], "asked once, for the next shift"


@pytest.mark.usefixtures("old_seat")
def test_the_offer_counts_only_what_the_last_shift_still_has(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    new_seat = open_seat(OTHER)
    wait_until(lambda: new_seat.succession.offer)
    first = next(iter(new_seat.live.board.alarms.values()))
    campus.handing.ask(OPERATOR, first.id, Recipient("", Role.SHIFT_LEADER))
    campus.handing.accept(LEADER, first.id)
    wait_until(lambda: new_seat.succession.offer and new_seat.succession.offer.alarms == 1)
