"""The board: lanes, ageing, a guard dropped on a card, and the line for those who type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from services.core.clock import ManualClock
from services.core.ids import new_id
from services.dispatch.orders import Order
from services.dispatch.sheet import IncidentSheet
from services.domain.board import Board
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.incidents import DispatchId, DispatchState, Incident, IncidentId, IncidentState
from tests.campus import read_demo_site
from tests.views.seat import OPERATOR, Campus, Seat
from views.incidents.ageing import Ageing, ageing_of
from views.incidents.cards import GUARD_MIME
from views.incidents.columns import Column
from views.incidents.commands import SPELLINGS, CommandError, Verb, completions, read
from views.incidents.screen import IncidentsScreen

Wait = Callable[..., object]
AT = datetime(2026, 11, 24, 6, tzinfo=UTC)
S = IncidentState


def incident(number: int = 12, **changes: object) -> Incident:
    made = Incident(
        IncidentId(f"i{number}"),
        f"JQ20261124-{number:04d}",
        "打架",
        "fight",
        "二食堂",
        (250.0, 180.0),
        "",
        "wang",
        "王某",
        AT,
        S.ACCEPTED,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def board(*incidents: Incident) -> Board:
    return Board(incidents={one.id: one for one in incidents})


# reading the line


@pytest.mark.parametrize(
    ("line", "verb", "guards", "text"),
    [
        ("派 12 3", Verb.SEND, ["G03"], ""),
        ("派12 3", Verb.SEND, ["G03"], ""),
        ("派 #12 3 04 带盾牌", Verb.SEND, ["G03", "G04"], "带盾牌"),
        ("send 12 3 go now", Verb.SEND, ["G03"], "go now"),
        ("PAI 12 3", Verb.SEND, ["G03"], ""),
        ("派 JQ20261124-0012 3", Verb.SEND, ["G03"], ""),
        ("结 12 已劝离", Verb.CLOSE, [], "已劝离"),
        ("记 12 3人已离开", Verb.NOTE, [], "3人已离开"),
        ("控 12", Verb.CONTAIN, [], ""),
        ("看 12", Verb.OPEN, [], ""),
        ("?", Verb.HELP, [], ""),
    ],
)
def test_a_line_is_read(line: str, verb: Verb, guards: list[str], text: str) -> None:
    command = read(line, board(incident()), read_demo_site())
    assert (command.verb, [guard.no for guard in command.guards], command.text) == (verb, guards, text)


def test_backup_takes_a_number_of_units_or_one() -> None:
    known = board(incident())
    read_ones = [read(line, known, read_demo_site()) for line in ("增援 12 2 带盾", "增援 12 带盾")]
    assert [(one.units, one.text) for one in read_ones] == [
        (2, "带盾"),
        (1, "带盾"),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("飞 12 3", "unknown_verb"),
        ("jieguo", "unknown_verb"),
        ("派", "incident_needed"),
        ("派 12", "guard_needed"),
        ("派 13 3", "no_incident"),
        ("派 12 999", "no_guard"),
        ("退 12 3 累了", "no_order"),
        ("签 12", "guard_needed"),
        ("结 12", "text_needed"),
        ("退 12 3", "text_needed"),
    ],
)
def test_a_line_that_means_nothing_says_what_is_wrong(line: str, code: str) -> None:
    with pytest.raises(CommandError) as caught:
        read(line, board(incident()), read_demo_site())
    assert caught.value.code == code


def test_a_number_of_two_days_asks_for_the_full_one() -> None:
    yesterday = incident(incident_no="JQ20261123-0012", id=IncidentId("old"))
    known = board(incident(), yesterday)
    with pytest.raises(CommandError) as caught:
        read("控 12", known, read_demo_site())
    assert caught.value.code == "two_incidents"
    assert read("控 JQ20261123-0012", known, read_demo_site()).incident == yesterday


def test_no_spelling_means_two_things() -> None:
    words = [word for spelled in SPELLINGS.values() for word in spelled]
    assert len(words) == len(set(words))


def test_verbs_incidents_and_guards_are_completed() -> None:
    known = board(incident(), incident(13, state=S.CLOSED))
    assert "派 " in completions("", known, read_demo_site())
    assert completions("派 ", known, read_demo_site()) == ["派 12 "]
    assert "派 12 3" in completions("派 12 ", known, read_demo_site())


# ageing


@pytest.mark.parametrize(
    ("seconds", "level", "priority", "wanted"),
    [
        (29, 4, Priority.P1, Ageing.FRESH),
        (30, 4, Priority.P1, Ageing.AGED),
        (60, 4, Priority.P1, Ageing.OVERDUE),
        (119, 4, Priority.P2, Ageing.AGED),
        (120, 4, Priority.P2, Ageing.OVERDUE),
        (60, 1, Priority.P2, Ageing.OVERDUE),
        (149, 4, None, Ageing.FRESH),
        (300, 4, None, Ageing.OVERDUE),
    ],
)
def test_a_waiting_incident_ages_by_its_first_dispatch_clock(
    seconds: float, level: int, priority: Priority | None, wanted: Ageing
) -> None:
    now = AT + timedelta(seconds=seconds)
    assert ageing_of(incident(level=level), [], DEFAULT_CLOCKS, priority, now) is wanted


def test_a_late_unit_is_overdue_and_an_ended_incident_does_not_age(campus: Campus) -> None:
    later = AT + timedelta(days=1)
    opened = campus.incidents.open(OPERATOR, new_id(), IncidentSheet("打架", "fight", ""))
    sent = campus.dispatches.send(OPERATOR, Order("G34", "去", incident_id=opened.id))
    working = incident(state=S.RESPONDING)
    assert ageing_of(working, [sent], DEFAULT_CLOCKS, None, AT) is Ageing.FRESH
    assert ageing_of(working, [replace(sent, late=("sign",))], DEFAULT_CLOCKS, None, AT) is Ageing.OVERDUE
    assert ageing_of(working, [sent], DEFAULT_CLOCKS, None, AT + timedelta(minutes=30)) is Ageing.AGED
    assert ageing_of(incident(state=S.CLOSED), [], DEFAULT_CLOCKS, None, later) is Ageing.FRESH


# the screen


@pytest.fixture
def seat(open_seat: Callable[..., Seat], campus: Campus, wait_until: Wait) -> Seat:
    sheet = IncidentSheet("打架", "fight", "二食堂", at=(250.0, 180.0))
    opened = campus.incidents.open(OPERATOR, new_id(), sheet)
    made = open_seat()
    made.shell.show_screen("incidents")
    wait_until(lambda: opened.id in made.live.board.incidents and made.jobs.is_idle)
    return made


@pytest.fixture
def screen(seat: Seat) -> IncidentsScreen:
    return seat.board


def type_line(screen: IncidentsScreen, line: str) -> None:
    screen.commands.line.setText(line)
    QTest.keyClick(screen.commands.line, Qt.Key.Key_Return)


def test_an_incident_stands_in_its_lane_with_the_guards_and_the_log_beside_it(
    seat: Seat, screen: IncidentsScreen
) -> None:
    assert (screen.waiting.count(), screen.running.count()) == (1, 0)
    assert screen.guards.count() == len(seat.campus.site.guards)
    assert "立警情" in screen.log.item(0).text()


def test_a_line_sends_a_guard_with_the_template_and_what_was_recommended(
    seat: Seat, screen: IncidentsScreen, wait_until: Wait
) -> None:
    number = screen.waiting.incident_at(0).short_no
    type_line(screen, f"派 {number} 34")
    wait_until(lambda: screen.running.count() == 1)
    (order,) = seat.live.board.dispatches.values()
    assert (order.guard, bool(order.order_text), bool(order.ranks)) == ("G34", True, True)
    assert order.recommended == order.ranks[0].guard
    wait_until(lambda: screen.commands.reply.text().startswith("✓"))
    assert screen.waiting.count() == 0


def test_orders_are_moved_on_given_back_and_the_incident_closed_by_typing(
    seat: Seat, screen: IncidentsScreen, wait_until: Wait
) -> None:
    number = screen.waiting.incident_at(0).short_no

    def order_is(state: DispatchState) -> bool:
        return [one.state for one in seat.live.board.dispatches.values()] == [state]

    for line, state in (
        (f"派 {number} 34 去看看", DispatchState.SENT),
        (f"退 {number} 34 对讲机故障", DispatchState.RETURNED),
        (f"再派 {number} 34", DispatchState.SENT),
        (f"签 {number}", DispatchState.SIGNED),
        (f"撤 {number} 不用了", DispatchState.CANCELLED),
    ):
        type_line(screen, line)
        wait_until(lambda state=state: order_is(state))
    type_line(screen, f"结 {number} 已劝离")
    wait_until(lambda: seat.refusals)
    assert seat.refusals[-1].code == "dispatch.feedback_missing"
    assert "反馈" in screen.commands.reply.text()


def test_a_wrong_line_stays_to_be_corrected_and_earlier_ones_come_back(
    screen: IncidentsScreen, wait_until: Wait
) -> None:
    type_line(screen, "飞 1 2")
    assert screen.commands.line.text() == "飞 1 2"
    assert "飞" in screen.commands.reply.text()
    number = screen.waiting.incident_at(0).short_no
    type_line(screen, f"看 {number}")
    assert screen.commands.line.text() == ""
    QTest.keyClick(screen.commands.line, Qt.Key.Key_Up)
    assert screen.commands.line.text() == f"看 {number}"
    assert wait_until(lambda: screen.commands.reply.text())


def test_a_guard_dropped_on_a_card_is_asked_to_be_confirmed(
    seat: Seat, screen: IncidentsScreen, wait_until: Wait
) -> None:
    item = screen.guards.item(5)
    mime: QMimeData = screen.guards.mimeData([item])
    spot = screen.waiting.visualItemRect(screen.waiting.item(0)).center()
    drop = QDropEvent(
        QPointF(spot),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.waiting.dropEvent(drop)
    dropped = bytes(mime.data(GUARD_MIME).data()).decode()
    wait_until(lambda: seat.dispatch.chosen is not None and seat.dispatch.chosen.guard.no == dropped)
    assert seat.live.board.dispatches == {}
    assert isinstance(spot, QPoint)


def test_the_same_by_keyboard_is_enter_on_the_guard(
    seat: Seat, screen: IncidentsScreen, wait_until: Wait
) -> None:
    screen.guards.setFocus()
    screen.guards.setCurrentRow(7)
    QTest.keyClick(screen.guards, Qt.Key.Key_Return)
    wait_until(lambda: seat.dispatch.subject is not None and seat.dispatch.chosen is not None)
    assert seat.dispatch.draft.guard


def test_ended_incidents_are_behind_a_button(
    campus: Campus, seat: Seat, screen: IncidentsScreen, wait_until: Wait
) -> None:
    sent = campus.dispatches.send(OPERATOR, Order("G34", "去", incident_id=screen.waiting.incident_at(0).id))
    campus.dispatches.cancel(OPERATOR, sent.id, "不用")
    campus.incidents.dismiss(OPERATOR, sent.incident, "无")
    wait_until(lambda: screen.waiting.count() + screen.running.count() == 0)
    screen.ended.click()
    assert screen.running.count() == 1
    assert seat.live.board.incidents[sent.incident].state is S.UNFOUNDED


def test_an_incident_that_grows_overdue_is_counted_in_the_lanes_title_as_time_passes(
    seat: Seat, campus: Campus
) -> None:
    clock = ManualClock(campus.clock.now())
    board = IncidentsScreen(seat.incidents, clock=clock)
    title = board._titles[board.waiting]
    assert "超时" not in title.text()
    clock.advance(3600.0)
    board._timer.timeout.emit()
    assert "超时 1" in title.text()
    board.deleteLater()


class LookedAtClock(ManualClock):
    """Counts how often it is asked for the time of day."""

    looks = 0

    def now(self) -> datetime:
        self.looks += 1
        return super().now()


def test_each_second_every_card_is_made_once(seat: Seat, campus: Campus) -> None:
    clock = LookedAtClock(campus.clock.now())
    board = IncidentsScreen(seat.incidents, clock=clock)
    assert board.waiting.count() == 1
    before = clock.looks
    board._timer.timeout.emit()
    assert clock.looks - before == 1
    board.deleteLater()


def test_the_columns_are_sorted_once_for_each_change(seat: Seat, campus: Campus, wait_until: Wait) -> None:
    before = seat.incidents.columns
    assert seat.incidents.columns is before
    opened = campus.incidents.open(OPERATOR, new_id(), IncidentSheet("走失", "other", ""))
    wait_until(lambda: opened.id in seat.live.board.incidents)
    assert [one.id for one in seat.incidents.columns[Column.WAITING]][-1] == opened.id


def test_of_several_orders_of_a_guard_the_newest_is_meant(campus: Campus) -> None:
    opened = campus.incidents.open(OPERATOR, new_id(), IncidentSheet("打架", "fight", ""))
    first = campus.dispatches.send(OPERATOR, Order("G34", "去", incident_id=opened.id))
    later = first.sent_at + timedelta(minutes=5)
    newest = replace(first, id=DispatchId("another"), sent_at=later)
    shown = Board(incidents={opened.id: opened}, dispatches={one.id: one for one in (newest, first)})
    assert read(f"签 {opened.short_no} 34", shown, campus.site).orders == (newest,)


def test_a_line_for_several_guards_is_done_when_the_last_of_them_is(
    seat: Seat, screen: IncidentsScreen, wait_until: Wait
) -> None:
    number = screen.waiting.incident_at(0).short_no
    opened = screen.waiting.incident_at(0).id
    for guard in ("G34", "G33"):
        seat.campus.dispatches.send(OPERATOR, Order(guard, "去", incident_id=opened))
    wait_until(lambda: len(seat.live.board.dispatches_of(opened)) == 2)
    stored: list[set[DispatchState]] = []

    def look(_answer: object) -> None:
        orders = seat.campus.database.read(lambda view: view.board()).dispatches_of(opened)
        stored.append({one.state for one in orders})

    seat.incidents.answered.connect(look)
    type_line(screen, f"签 {number} 34 33")
    wait_until(lambda: screen.commands.reply.text().startswith("✓") and seat.jobs.is_idle)
    assert stored == [{DispatchState.SIGNED}]
