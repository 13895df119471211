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
from services.domain.floods import AlarmGroup, by_place, grouped
from tests.services.domain.test_floods import NOON, alarm
from ui.queue.lists import Tab
from ui.queue.panel import HURRIED_MS, QueuePanel
from ui.queue.turns import COLUMNS, MOST_AT_ONCE, TurnStrip
from ui.queue.words import line_words

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
def test_every_alarm_of_a_storm_is_painted_and_none_of_p1_is_in_a_group(
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
    for row in grouped(storm):
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


def test_those_of_one_place_share_a_row_when_a_turn_cannot_hold_them(panel: QueuePanel) -> None:
    panel.resize(320, 600)
    storm = urgent(300, places=9)
    panel.set_alarms(storm)
    assert paints_until_all_are_shown(panel, {made.id for made in storm}, 2) == 2
    assert all(isinstance(row, AlarmGroup) and len(row.places) == 1 for row in panel.turns.rows)


def test_each_has_its_own_row_as_long_as_a_turn_holds_them(panel: QueuePanel) -> None:
    panel.resize(320, 600)
    storm = urgent(10, places=1)
    panel.view.hide()
    panel.set_alarms(storm)
    panel.turn()
    assert panel.turns.rows == storm


def test_the_less_urgent_have_their_turn_while_the_most_urgent_do_not_end(panel: QueuePanel) -> None:
    panel.resize(320, 600)
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


def test_a_group_has_waited_no_longer_than_those_of_it_that_nobody_saw(qapp: QApplication) -> None:
    panic = [replace(made, received_at=NOON + timedelta(minutes=1)) for made in urgent(20)]
    seen = alarm(100, panel="A1", received_at=NOON - timedelta(minutes=1))
    fresh = alarm(101, panel="A1", received_at=NOON + timedelta(minutes=2))
    waiting = [alarm(number, panel=f"B{number}", received_at=NOON) for number in (102, 103)]
    strip = TurnStrip(lambda alarm_id: alarm_id == seen.id)
    strip.turn([*panic, seen, fresh, *waiting], has_groups=True)
    assert strip.rows == [*panic[: MOST_AT_ONCE - COLUMNS], *waiting]
    strip.deleteLater()
    qapp.processEvents()


@pytest.mark.usefixtures("qapp")
def test_a_row_of_several_says_where_what_and_how_many() -> None:
    storm = urgent(4, places=1)
    (row,) = by_place(storm)
    assert line_words(row) == "0 号楼 一键报警 ×4"
    assert line_words(replace(storm[0], occurrence_count=2)) == "北围墙红外 一键报警 ×2"
    (drill,) = by_place([replace(made, is_drill=True, has_test_bit=True) for made in storm])
    assert line_words(drill) == "0 号楼 【演练】一键报警【测试位】 ×4"
    beams = [alarm(number, place=f"{number} 段", has_test_bit=number > 1) for number in range(3)]
    (group,) = grouped(beams)
    assert line_words(group) == "0 段 1、1 段 1、2 段 1 入侵报警 ×3"


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
    assert panel.turns.rows == ()
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
    many = [alarm(number + 50, received_at=NOON) for number in range(30)]
    panel.set_alarms([*urgent(10), *many])
    panel.grab()
    panel.turn()
    last = panel.turns.rows[-1]
    assert isinstance(last, AlarmGroup)
    assert len(last.alarms) == 30


def test_what_somebody_else_has_seen_and_works_on_takes_no_turn(panel: QueuePanel) -> None:
    others = replace(alarm(1, priority=Priority.P1), owner="li", state=AlarmState.CLAIMED, displayed_at=NOON)
    panel.set_alarms([others])
    panel.turn()
    assert panel.turns.rows == ()


def test_a_click_picks_the_alarm_under_it(panel: QueuePanel, qapp: QApplication) -> None:
    picked: list[str] = []
    panel.alarm_picked.connect(picked.append)
    panel.set_alarms(urgent(40))
    panel.grab()
    panel.turn()
    qapp.processEvents()
    second = panel.turns.rows[1]
    QTest.mouseClick(panel.turns, Qt.MouseButton.LeftButton, pos=QPoint(panel.turns.width() - 20, 36))
    assert picked == [second.id]
