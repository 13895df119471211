from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from services.domain.alarms import Alarm, AlarmId, AlarmState
from services.domain.classes import AlarmClass, Priority
from services.domain.clocks import DEFAULT_CLOCKS
from tests.alarms import BEAM
from ui.queue.model import QueueModel
from ui.queue.panel import ALL, MINE, WAITING, QueuePanel
from ui.queue.words import age_tone, card_words

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def alarm(number: int, priority: Priority = Priority.P2, **changes: object) -> Alarm:
    made = replace(
        BEAM,
        id=AlarmId(f"a{number:04d}"),
        event_no=f"BJ20261124-{number:04d}",
        dedup_key=f"k{number}",
        priority=priority,
        name=f"北围墙红外 {number}",
        name_en=f"North Wall Beam {number}",
        at=(1.0, 2.0),
        feeds=("C05",),
        received_at=NOON + timedelta(seconds=number),
        last_occurrence_at=NOON + timedelta(seconds=number),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class Changes:
    """Counts what a model told its views."""

    def __init__(self, model: QueueModel) -> None:
        self.resets = self.inserted = self.removed = self.moved = self.changed = 0
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(self._insert)
        model.rowsRemoved.connect(self._remove)
        model.rowsMoved.connect(self._move)
        model.dataChanged.connect(self._change)

    def _reset(self) -> None:
        self.resets += 1

    def _insert(self) -> None:
        self.inserted += 1

    def _remove(self) -> None:
        self.removed += 1

    def _move(self) -> None:
        self.moved += 1

    def _change(self) -> None:
        self.changed += 1


@pytest.fixture
def model(qapp: QApplication) -> QueueModel:
    qapp.processEvents()
    return QueueModel()


@pytest.fixture
def panel(qapp: QApplication) -> Iterator[QueuePanel]:
    made = QueuePanel()
    made.set_user("wang")
    made.resize(340, 600)
    made.show()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def ids(model: QueueModel) -> list[str]:
    return [model.row(row).id for row in range(model.rowCount())]


def test_any_queue_becomes_any_other_with_correct_signals(model: QueueModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    pick = random.Random(7)
    for _ in range(60):
        wanted = [alarm(number) for number in pick.sample(range(40), pick.randrange(0, 30))]
        model.show(wanted)
        assert ids(model) == [a.id for a in wanted]
    tester.deleteLater()


def test_one_new_alarm_among_200_is_one_insert(model: QueueModel) -> None:
    alarms = [alarm(number) for number in range(200)]
    model.show(alarms)
    changes = Changes(model)
    model.show([alarm(999, Priority.P1), *alarms])
    assert (changes.inserted, changes.removed, changes.moved, changes.resets) == (1, 0, 0, 0)
    assert changes.changed == 0


def test_a_changed_alarm_is_one_changed_row(model: QueueModel) -> None:
    alarms = [alarm(number) for number in range(10)]
    model.show(alarms)
    changes = Changes(model)
    model.show([*alarms[:4], replace(alarms[4], owner="li"), *alarms[5:]])
    assert (changes.changed, changes.inserted, changes.removed) == (1, 0, 0)


def test_rows_can_be_read_aloud(model: QueueModel) -> None:
    model.show([alarm(3, Priority.P1, occurrence_count=4)])
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "P1 入侵报警, 北围墙红外 3, 待接警 ×4"
    assert model.data(QModelIndex()) is None


def test_tabs_show_what_waits_what_is_mine_and_all(panel: QueuePanel) -> None:
    mine = alarm(1, owner="wang", owner_name="王值班", state=AlarmState.CLAIMED)
    others = alarm(2, owner="li", owner_name="李值班", state=AlarmState.CLAIMED)
    offered = replace(others, id=AlarmId("a0003"), offered_at=NOON)
    free = alarm(4)
    panel.set_alarms([mine, others, offered, free])
    shown = {}
    for tab in (WAITING, MINE, ALL):
        panel.show_tab(tab)
        shown[tab] = panel.shown_ids()
    assert shown == {
        WAITING: ["a0001", "a0003", "a0004"],
        MINE: ["a0001"],
        ALL: ["a0001", "a0002", "a0003", "a0004"],
    }


def test_rows_that_come_and_go_never_pick_an_alarm(panel: QueuePanel, qapp: QApplication) -> None:
    picked: list[str] = []
    panel.alarm_picked.connect(picked.append)
    alarms = [alarm(number) for number in range(6)]
    panel.set_alarms(alarms)
    panel.highlight("a0000")
    panel.set_alarms(alarms[1:])
    panel.set_alarms([alarm(99, Priority.P1), *alarms[2:]])
    qapp.processEvents()
    assert picked == []


def test_a_card_is_reported_painted_once(panel: QueuePanel, qapp: QApplication) -> None:
    painted: list[tuple[str, float]] = []

    panel.card_painted.connect(lambda alarm_id, at_s: painted.append((alarm_id, at_s)))
    panel.set_alarms([alarm(1)])
    for _ in range(3):
        panel.view.viewport().repaint()
        qapp.processEvents()
    assert [alarm_id for alarm_id, _ in painted] == ["a0001"]


def test_ages_turn_colour_at_the_claim_and_escalation_limits() -> None:
    # P2: claim within 30 s, first escalation after 60 s.
    waiting = alarm(1)
    assert [age_tone(waiting, age_s, DEFAULT_CLOCKS[Priority.P2]) for age_s in (29, 30, 60)] == [
        "dim",
        "warn",
        "bad",
    ]
    assert age_tone(alarm(1, state=AlarmState.LINKED), 500, DEFAULT_CLOCKS[Priority.P2]) == "dim"


def test_a_silent_owners_alarm_says_that_it_may_be_taken() -> None:
    offered = alarm(1, owner="li", owner_name="李值班", state=AlarmState.CLAIMED, offered_at=NOON)
    assert card_words(offered).state == "已接警 · 李值班 无应答，可接手"


def test_a_fire_whose_device_calls_itself_in_test_is_a_fire_with_a_badge_and_the_devices_words() -> None:
    fire = alarm(1, Priority.P1, alarm_class=AlarmClass.FIRE, has_test_bit=True, note="三层走廊")
    words = card_words(fire)
    assert (words.title, words.place) == ("火灾报警【测试位】", "北围墙红外 1 · 三层走廊")
    assert "测试位" in words.spoken
