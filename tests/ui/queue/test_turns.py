"""However many alarms come at once: each is painted, in turn, without anybody touching anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.core.clock import ManualClock
from services.domain.alarms import Alarm, AlarmState
from services.domain.board import Board
from services.domain.classes import NEVER_DISARMED, AlarmClass, Priority
from services.domain.floods import AlarmGroup, grouped
from tests.services.domain.test_floods import NOON, alarm
from ui.queue.lists import PlaceRow, Tab, alarms_of, told_in
from ui.queue.model import ALARM_ROLE
from ui.queue.panel import HURRIED_MS, QueuePanel
from ui.queue.turns import HOLD_S, MOST_AT_ONCE
from ui.queue.words import group_words, line_words
from ui.settling import SETTLE_S

# 1366×768 leaves the list about this much.
SMALL = (320, 300)


@pytest.fixture
def panel(qapp: QApplication) -> Iterator[QueuePanel]:
    made = shown_panel()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def shown_panel() -> QueuePanel:
    made = QueuePanel(clock=ManualClock(NOON + timedelta(minutes=1)))
    made.set_user("wang")
    made.resize(*SMALL)
    made.show()
    return made


def urgent(count: int, places: int = 1000) -> list[Alarm]:
    return [
        alarm(
            number,
            alarm_class=AlarmClass.PANIC,
            priority=Priority.P1,
            received_at=NOON,
            place=f"{number % places} 号楼",
        )
        for number in range(count)
    ]


def paints_until_all_are_shown(panel: QueuePanel, wanted: set[str], most: int) -> int:
    """Turns and paints, as the panel's timer makes them; fails after `most`."""
    painted: set[str] = set()
    panel.card_painted.connect(lambda alarm_id, _at: painted.add(alarm_id))
    for count in range(1, most + 1):
        panel.grab()
        if painted >= wanted:
            return count
        panel.turn()
    raise AssertionError(f"{len(wanted - painted)} of {len(wanted)} were not shown in {most} paints")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(AlarmClass), st.sampled_from(Priority)), max_size=250),
    st.sampled_from(Tab),
)
def test_every_alarm_of_a_storm_is_painted_and_none_of_p1_is_in_a_group_of_the_list(
    qapp: QApplication, kinds: list[tuple[AlarmClass, Priority]], tab: Tab
) -> None:
    panel = shown_panel()
    panel.show_tab(tab)
    storm = [
        alarm(number, alarm_class=alarm_class, priority=priority, received_at=NOON)
        for number, (alarm_class, priority) in enumerate(kinds)
    ]
    storm.sort(key=lambda made: made.priority)
    panel.set_alarms(storm)
    # A low window has room for two rows of the strip at the least.
    paints_until_all_are_shown(panel, {made.id for made in storm}, 2 + len(storm) // 2)
    for number in range(panel.view.model().rowCount()):
        row = panel.view.model().index(number, 0).data(ALARM_ROLE)
        if isinstance(row, AlarmGroup):
            assert all(made.priority > Priority.P1 for made in row.alarms)
            assert not any(made.alarm_class in NEVER_DISARMED for made in row.alarms)
    panel.close()
    panel.deleteLater()
    qapp.processEvents()


def test_three_hundred_panic_alarms_have_their_turn_within_half_a_minute(panel: QueuePanel) -> None:
    panel.resize(320, 600)
    storm = urgent(300)
    panel.set_alarms(storm)
    most = 1 + 300 // MOST_AT_ONCE
    assert paints_until_all_are_shown(panel, {made.id for made in storm}, most) <= 31


def test_turns_are_short_while_more_wait_than_one_holds(
    panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At fifty a second for minutes a turn a second would fall behind for ever."""
    pauses: list[int] = []
    monkeypatch.setattr(panel._settling, "start", pauses.append)
    panel.resize(320, 600)
    panel.set_alarms(urgent(40))
    pauses.clear()
    for _ in range(40 // MOST_AT_ONCE + 1):
        panel.turn()
        panel.grab()
    assert set(pauses) == {HURRIED_MS}
    pauses.clear()
    panel.turn()
    assert pauses == []


def test_what_comes_while_a_turn_is_shown_has_its_own_soon(
    panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with the clock's next second: that would be too late for half of them."""
    panel.resize(320, 600)
    storm = urgent(40)
    panel.set_alarms(storm[:20])
    panel.grab()
    panel.turn()
    assert panel.turns.rows
    panel._settling.stop()
    pauses: list[int] = []
    monkeypatch.setattr(panel._settling, "start", pauses.append)
    panel.set_alarms(storm)
    assert pauses == [HURRIED_MS]


@pytest.mark.parametrize("size", [SMALL, (320, 600)])
def test_those_of_one_place_share_a_row_when_a_turn_cannot_hold_them(
    panel: QueuePanel, size: tuple[int, int]
) -> None:
    panel.resize(*size)
    storm = urgent(300, places=9)
    panel.set_alarms(storm)
    most = 2 if size == (320, 600) else 5
    assert paints_until_all_are_shown(panel, {made.id for made in storm}, most) <= most
    assert panel.turns.rows
    assert all(isinstance(row, PlaceRow) for row in panel.turns.rows)


def test_each_has_its_own_row_as_long_as_a_turn_holds_them(panel: QueuePanel) -> None:
    panel.resize(320, 600)
    storm = urgent(10, places=1)
    panel.view.hide()
    panel.set_alarms(storm)
    panel.turn()
    assert panel.turns.rows == storm


def test_only_as_many_share_a_row_as_must() -> None:
    storm = [*urgent(5, places=1), *urgent(12)[5:], *urgent(13, places=12)[12:], *urgent(18, places=12)[17:]]
    told = told_in(10, storm, {made.id for made in storm}, oldest=2)
    assert told == [PlaceRow((*storm[:5], storm[12])), *storm[5:12], storm[13]]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([AlarmClass.PANIC, AlarmClass.INTRUSION]),
            st.sampled_from([Priority.P1, Priority.P2]),
            st.sampled_from(["东门", ""]),
            st.booleans(), st.booleans(), st.booleans(),
        ),
        max_size=40,
    ),
    st.integers(2, 10),
    st.booleans(),
)  # fmt: skip
def test_the_rows_of_a_turn_hold_each_once_and_mix_no_place_drill_or_test(
    kinds: list[tuple[AlarmClass, Priority, str, bool, bool, bool]], room: int, is_flood: bool
) -> None:
    made = [
        alarm(number, alarm_class=of, priority=priority, place=place, is_drill=drill, has_test_bit=test)
        for number, (of, priority, place, drill, test, _) in enumerate(kinds)
    ]
    queue = Board(alarms={one.id: one for one in made}).queue()
    every = grouped(queue) if is_flood else queue
    unseen = {one.id for one, kind in zip(made, kinds, strict=True) if kind[-1]} or {one.id for one in made}
    rows = [row for row in every if any(one.id in unseen for one in alarms_of(row))]
    told = told_in(room, rows, unseen, oldest=1)
    assert len(told) <= room
    members = [one.id for row in told for one in alarms_of(row)]
    assert len(members) == len(set(members))
    for row in told:
        if isinstance(row, PlaceRow):
            assert len(row.alarms) > 1
            (kind,) = {(one.alarm_class, one.place, one.is_drill, one.has_test_bit) for one in row.alarms}
            assert kind[1]
    if len(rows) <= room:
        assert told == rows
    if told:
        # The most urgent of all is always among them, and so is who has waited longest or stands above them.
        assert alarms_of(told[0])[0] == alarms_of(rows[0])[0]


@pytest.mark.parametrize("size", [SMALL, (320, 600)])
def test_the_less_urgent_have_their_turn_while_the_most_urgent_do_not_end(
    panel: QueuePanel, size: tuple[int, int]
) -> None:
    """In a low window, too, where a turn has fewer lines."""
    panel.resize(*size)
    painted: set[str] = set()
    panel.card_painted.connect(lambda alarm_id, _at: painted.add(alarm_id))
    beam = alarm(999, received_at=NOON - timedelta(seconds=1), place="北围墙")
    storm: list[Alarm] = []
    for _ in range(4):
        storm = urgent(len(storm) + 40)
        panel.set_alarms([*storm, beam])
        panel.turn()
        panel.grab()
    assert beam.id in painted
    assert len(painted) < len(storm)


def test_a_group_has_waited_no_longer_than_those_of_it_that_nobody_saw() -> None:
    panic = [replace(made, received_at=NOON + timedelta(minutes=1)) for made in urgent(20)]
    seen = alarm(100, panel="A1", received_at=NOON - timedelta(minutes=1))
    fresh = alarm(101, panel="A1", received_at=NOON + timedelta(minutes=2))
    waiting = [
        alarm(number, panel=f"B{number}", place=f"{number} 段", received_at=NOON) for number in (102, 103)
    ]
    rows = grouped([*panic, seen, fresh, *waiting])
    told = told_in(10, rows, {made.id for made in (*panic, fresh, *waiting)}, oldest=2)
    assert told == [*panic[:8], *waiting]


@pytest.mark.usefixtures("qapp")
def test_a_row_of_several_says_where_what_and_how_many() -> None:
    storm = urgent(4, places=1)
    assert line_words(PlaceRow(tuple(storm))) == ("0 号楼 一键报警", "4 条")
    noted = replace(storm[0], occurrence_count=2, note="三层东侧")
    assert line_words(noted) == ("北围墙红外 一键报警", "×2")
    drill = tuple(replace(made, is_drill=True, has_test_bit=True) for made in storm)
    assert line_words(PlaceRow(drill)) == ("【演练】0 号楼 一键报警【测试位】", "4 条")
    beams = [alarm(number, place=f"{number or ''} 段"[number == 0 :]) for number in range(3)]
    (group,) = grouped([replace(made, has_test_bit=made is not beams[0], is_drill=True) for made in beams])
    assert isinstance(group, AlarmGroup)
    assert line_words(group)[1] == "3 条"
    assert group_words(group, is_open=False).title == "【演练】入侵报警"


def test_a_fire_that_comes_last_in_a_storm_is_the_first_card_painted(panel: QueuePanel) -> None:
    painted: list[str] = []
    panel.card_painted.connect(lambda alarm_id, _at: painted.append(alarm_id))
    fire = alarm(
        999, alarm_class=AlarmClass.FIRE, priority=Priority.P1, received_at=NOON + timedelta(seconds=30)
    )
    board = Board(alarms={made.id: made for made in (*urgent(300), fire)})
    panel.set_alarms(board.queue())
    panel.grab()
    assert painted[0] == fire.id


def test_a_card_kept_as_a_picture_follows_alarm_age_and_hand(panel: QueuePanel) -> None:
    (waiting,) = urgent(1)

    def seen(*alarms: Alarm) -> QImage:
        panel.set_alarms(alarms)
        return panel.view.grab().toImage()

    fresh = seen(waiting)
    for other in (
        replace(waiting, owner="wang", owner_name="王值班", state=AlarmState.CLAIMED),
        replace(waiting, occurrence_count=2),
        replace(waiting, received_at=waiting.received_at - timedelta(seconds=1)),
        replace(waiting, priority=Priority.P2),
    ):
        assert seen(other) != fresh
    assert seen(waiting) == fresh
    panel.highlight(waiting.id)
    assert seen(waiting) != fresh


def test_what_the_list_shows_needs_no_turn(panel: QueuePanel) -> None:
    panel.set_alarms(urgent(2))
    panel.grab()
    panel.turn()
    assert not panel.turns.rows
    assert panel.turns.isHidden()


def test_a_card_cut_off_by_the_edge_of_the_list_has_its_turn(panel: QueuePanel) -> None:
    storm = urgent(12)
    panel.set_alarms(storm)
    panel.view.verticalScrollBar().setValue(30)
    panel.grab()
    panel.turn()
    assert panel.turns.rows[0] is storm[0]


def test_the_list_stays_where_the_hand_has_put_it_while_others_have_their_turn(panel: QueuePanel) -> None:
    panel.set_alarms(urgent(40))
    panel.grab()
    panel.view.verticalScrollBar().setValue(500)
    for _ in range(3):
        panel.turn()
        panel.grab()
    assert panel.view.verticalScrollBar().value() == 500


def test_a_new_panic_alarm_is_shown_though_the_list_is_scrolled_to_its_end(panel: QueuePanel) -> None:
    storm = urgent(40)
    panel.set_alarms(storm)
    paints_until_all_are_shown(panel, {made.id for made in storm}, 20)
    panel.turn()
    panel.view.scrollToBottom()
    new = alarm(99, alarm_class=AlarmClass.PANIC, priority=Priority.P1)
    panel.set_alarms([new, *storm])
    panel.view.scrollToBottom()
    panel.grab()
    panel.turn()
    assert panel.turns.rows == [new]


def test_a_group_out_of_sight_has_its_turn_as_one_row(panel: QueuePanel) -> None:
    many = [alarm(number + 50, received_at=NOON - timedelta(seconds=1)) for number in range(30)]
    panel.set_alarms([*urgent(10), *many])
    panel.grab()
    panel.turn()
    (group,) = (row for row in panel.turns.rows if isinstance(row, AlarmGroup))
    assert len(group.alarms) == 30


def test_what_somebody_else_has_seen_and_works_on_takes_no_turn(panel: QueuePanel) -> None:
    others = replace(alarm(1, priority=Priority.P1), owner="li", state=AlarmState.CLAIMED, displayed_at=NOON)
    panel.set_alarms([others])
    panel.turn()
    assert not panel.turns.rows


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON + timedelta(minutes=1))


@pytest.fixture
def turning(qapp: QApplication, clock: ManualClock) -> Iterator[QueuePanel]:
    """Forty panic alarms, of which the strip shows some."""
    made = QueuePanel(clock=clock)
    made.resize(320, 600)
    made.show()
    made.set_alarms(urgent(40))
    made.grab()
    made.turn()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def second_row(panel: QueuePanel) -> QPoint:
    return QPoint(panel.turns.width() - 20, 36)


def clicks(panel: QueuePanel, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> list[str]:
    picked: list[str] = []
    panel.alarm_picked.connect(picked.append)
    QTest.mouseClick(panel.turns, button, pos=second_row(panel))
    panel.alarm_picked.disconnect(picked.append)
    return picked


def test_a_click_picks_the_alarm_under_it(turning: QueuePanel, clock: ManualClock) -> None:
    clock.advance(SETTLE_S)
    (second,) = alarms_of(turning.turns.rows[1])
    assert clicks(turning) == [second.id]


def test_a_click_on_a_row_that_has_just_come_picks_nothing_and_holds_the_rows(
    turning: QueuePanel, clock: ManualClock
) -> None:
    """In a flood the row under the hand is another ten times a second."""
    turning.grab()
    stood = list(turning.turns.rows)
    assert clicks(turning) == []
    clock.advance(SETTLE_S)
    turning.turn()
    assert turning.turns.rows == stood
    assert clicks(turning) == [alarms_of(stood[1])[0].id]
    clock.advance(HOLD_S)
    turning.turn()
    assert turning.turns.rows != stood


def test_rows_stay_while_the_mouse_moves_over_them(turning: QueuePanel, clock: ManualClock) -> None:
    turning.grab()
    stood = list(turning.turns.rows)
    QTest.mouseMove(turning.turns, second_row(turning))
    turning.turn()
    assert turning.turns.rows == stood
    clock.advance(HOLD_S)
    turning.turn()
    assert turning.turns.rows != stood


def test_another_button_picks_nothing(turning: QueuePanel, clock: ManualClock) -> None:
    clock.advance(SETTLE_S)
    assert clicks(turning, Qt.MouseButton.RightButton) == []


def test_a_click_on_a_group_picks_the_first_of_it_that_nobody_saw(
    panel: QueuePanel, qapp: QApplication
) -> None:
    panel.resize(320, 600)
    beams = [alarm(number + 50, received_at=NOON) for number in range(12)]
    panel.set_alarms([*urgent(9), *beams[:6]])
    paints_until_all_are_shown(panel, {made.id for made in beams[:6]}, 9)
    panel.set_alarms([*urgent(9), *beams])
    panel.turn()
    qapp.processEvents()
    (group,) = panel.turns.rows
    panel._clock.advance(SETTLE_S)  # type: ignore[attr-defined]
    picked: list[str] = []
    panel.alarm_picked.connect(picked.append)
    QTest.mouseClick(panel.turns, Qt.MouseButton.LeftButton, pos=QPoint(20, 36))
    assert alarms_of(group)[0].id == beams[0].id
    assert picked == [beams[6].id]


def test_only_rows_that_are_to_be_seen_whole_are_told_of(panel: QueuePanel) -> None:
    panel.set_alarms(urgent(40))
    panel.grab()
    panel.turn()
    panel.grab()
    panel.turn()
    told: list[str] = []
    panel.turns.row_painted.connect(lambda alarms: told.extend(made.id for made in alarms))
    panel.turns.setFixedHeight(3 * 24 + 20)
    panel.turns.grab()
    assert set(told) == {made.id for row in panel.turns.rows[:4] for made in alarms_of(row)}
