"""A flood in the queue: grouped by itself, urgent on top, every alarm reachable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from services.core.clock import ManualClock
from services.domain.alarms import Alarm, Shelf
from services.domain.classes import AlarmClass, Priority
from tests.services.domain.test_floods import NOON, alarm
from ui.queue.lists import Only, Tab, of_tab, only, row_with, rows_of
from ui.queue.panel import QueuePanel

GROUP = "group:intrusion:A2"


def flood(count: int) -> list[Alarm]:
    panic = alarm(99, alarm_class=AlarmClass.PANIC, priority=Priority.P1, received_at=NOON)
    return [panic, *(alarm(number, received_at=NOON) for number in range(count))]


@pytest.fixture
def panel(qapp: QApplication) -> QueuePanel:
    qapp.processEvents()
    made = QueuePanel(clock=ManualClock(NOON + timedelta(minutes=1)))
    made.resize(330, 500)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_a_flood_is_grouped_by_itself_with_the_urgent_alarm_above(panel: QueuePanel) -> None:
    panel.set_alarms(flood(9))
    assert len(panel.shown_ids()) == 10
    panel.set_alarms(flood(10))
    assert panel.shown_ids() == ["a099", GROUP]


def test_a_click_opens_a_group_and_the_switch_ends_the_grouping(panel: QueuePanel) -> None:
    panel.set_alarms(flood(11))
    picked: list[str] = []
    panel.alarm_picked.connect(picked.append)
    index = panel.view.model().index(1, 0)
    QTest.mouseClick(
        panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(index).center()
    )
    assert panel.shown_ids()[:2] == ["a099", GROUP]
    assert len(panel.shown_ids()) == 13
    assert picked == ["a000"]
    panel.chips.groups.click()
    assert len(panel.shown_ids()) == 12
    assert GROUP not in panel.shown_ids()


def test_all_alarms_of_a_painted_group_count_as_displayed(panel: QueuePanel) -> None:
    painted: list[str] = []
    panel.card_painted.connect(lambda alarm_id, _at: painted.append(alarm_id))
    panel.set_alarms(flood(11))
    panel.grab()
    assert len(set(painted)) == 12


def test_the_highlight_of_an_alarm_in_a_closed_group_is_on_the_group(panel: QueuePanel) -> None:
    panel.set_alarms(flood(11))
    panel.highlight("a004")
    assert panel.view.currentIndex().row() == 1
    rows = rows_of(flood(3), frozenset())
    assert row_with(rows, "a002") == 1
    assert row_with(rows_of(flood(3), {GROUP}), "a002") == 4
    assert row_with(rows, "nowhere") == -1


def test_shelved_alarms_are_under_their_tab_and_wait_nowhere() -> None:
    shelf = Shelf("wang", "王", "检修", NOON, NOON + timedelta(hours=1))
    found = [alarm(1, shelf=shelf, owner="wang"), alarm(2)]
    shown = {tab: [a.id for a in of_tab(found, tab, "wang")] for tab in Tab}
    assert shown == {Tab.WAITING: ["a002"], Tab.MINE: [], Tab.ALL: ["a001", "a002"], Tab.SHELVED: ["a001"]}


def empty_words(panel: QueuePanel) -> str:
    """What is read where the cards would be."""
    (label,) = (one for one in panel.findChildren(QLabel) if one.parent() is panel and one.isVisible())
    return label.text()


def test_an_empty_tab_says_what_it_lacks_while_alarms_wait_in_another(panel: QueuePanel) -> None:
    panel.set_user("wang")
    panel.set_alarms([alarm(1, received_at=NOON)])
    said = []
    for tab in (Tab.MINE, Tab.SHELVED):
        panel.show_tab(tab)
        said.append(empty_words(panel))
    panel.set_alarms([alarm(1, received_at=NOON, owner="li")])
    panel.show_tab(Tab.WAITING)
    said.append(empty_words(panel))
    assert said == [
        "您手上没有报警。在“待处理”中按 F1 接警。",
        "没有搁置的报警。",
        "没有待处理的报警。新的报警会出现在这里，并在画面上弹出。",
    ]
    panel.set_alarms([])
    panel.show_tab(Tab.ALL)
    assert empty_words(panel) == "没有报警。新的报警会出现在这里，并在画面上弹出。"


def test_an_empty_list_of_trouble_makers_says_how_to_see_all(panel: QueuePanel) -> None:
    panel.set_user("wang")
    panel.set_alarms(
        [alarm(1, received_at=NOON - timedelta(hours=25)), alarm(2, owner="wang", received_at=NOON)]
    )
    panel.chips.only[Only.STALE].click()
    panel.show_tab(Tab.MINE)
    assert empty_words(panel) == "这一栏没有所选的这类报警。再按一次上面的按钮，列出全部。"
    panel.chips.only[Only.STALE].click()
    assert panel.shown_ids() == ["a002"]


def test_the_lists_of_chattering_and_stale_alarms() -> None:
    times = tuple(NOON + timedelta(hours=25, seconds=s) for s in (0, 10, 20))
    found = [alarm(1, spoke_at=times, received_at=times[0]), replace(alarm(2), received_at=NOON), alarm(3)]
    now = NOON + timedelta(hours=25, minutes=1)
    assert [a.id for a in only(found, Only.CHATTERING, now)] == ["a001"]
    assert [a.id for a in only(found, Only.STALE, now)] == ["a002", "a003"]
    assert only(found, None, now) == found
