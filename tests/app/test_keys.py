"""Every key of the operator's window means one thing: Qt silently ignores a key with two owners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.end_to_end.watch_kit import Watch, Workplace
from views.handover.screen import HandoverScreen
from views.manual.screen import ManualWindow
from views.planrun.run_panel import RunPanel
from views.watch.drawer.drawer import WallDrawer

Opening = Callable[[Workplace], object]


@pytest.fixture
def workplace(qapp: QApplication, data_dir: Path, expected_log: Callable[..., None]) -> Iterator[Workplace]:
    """An operator's whole window, shown, without streams."""
    qapp.processEvents()
    expected_log("sound.no_device")
    watch = Watch(data_dir)
    made = Workplace(watch, "wang", "SEAT-1")
    made.desk.shell.resize(1600, 900)
    made.desk.shell.show()
    made.desk.shell.show_screen("watch")
    yield made
    made.close()
    watch.close()


def is_seen(part: QObject | None) -> bool:
    return isinstance(part, QWidget) and part.isVisible()


def drawer(workplace: Workplace) -> WallDrawer:
    tools = workplace.desk.screens.watch_screen.tools
    assert tools is not None
    return tools.drawer


def owners(window: QWidget) -> Counter[str]:
    """How many owners each key has now, those of parts with keys of their own included."""
    keys = [
        shortcut.key()
        for shortcut in window.findChildren(QShortcut)
        if shortcut.isEnabled() and is_seen(shortcut.parent())
    ]
    keys += [button.shortcut() for button in window.findChildren(QAbstractButton) if button.isVisible()]
    keys += [
        key
        for w in window.findChildren(QWidget)
        if w.isVisible()
        for a in w.actions()
        for key in a.shortcuts()
    ]
    return Counter(key.toString() for key in keys if key != QKeySequence())


def nothing(_workplace: Workplace) -> None:
    return


def layout_page(workplace: Workplace) -> None:
    drawer(workplace).open_new_layout()


def preset_page(workplace: Workplace) -> None:
    drawer(workplace).open_new_preset()


def tour_page(workplace: Workplace) -> None:
    drawer(workplace).open_new_tour()


def library(workplace: Workplace) -> None:
    drawer(workplace).open_library()


def typed_digit(workplace: Workplace) -> None:
    QTest.keyClick(workplace.desk.screens.watch_screen.wall, Qt.Key.Key_1)


def map_in_front(workplace: Workplace) -> None:
    workplace.desk.shell.show_screen("map")


def incidents_in_front(workplace: Workplace) -> None:
    workplace.desk.shell.show_screen("incidents")


def health_in_front(workplace: Workplace) -> None:
    workplace.desk.shell.show_screen("health")


def fire_in_front(workplace: Workplace) -> None:
    workplace.desk.shell.show_screen("fire")


def handover_in_front(workplace: Workplace) -> None:
    workplace.desk.shell.show_screen("handover")


def reports_in_front(workplace: Workplace) -> None:
    workplace.desk.shell.show_screen("reports")


@pytest.mark.parametrize(
    "opening",
    [
        nothing,
        layout_page,
        preset_page,
        tour_page,
        library,
        typed_digit,
        map_in_front,
        incidents_in_front,
        health_in_front,
        fire_in_front,
        handover_in_front,
        reports_in_front,
    ],
    ids=lambda opening: opening.__name__,
)
def test_no_key_has_two_owners(workplace: Workplace, opening: Opening) -> None:
    opening(workplace)
    found = owners(workplace.desk.shell)
    assert found["F1"] == 1
    assert {key for key, count in found.items() if count > 1} == set()


def test_f9_opens_the_handover_from_anywhere_but_a_locked_seat(
    workplace: Workplace, wait_until: Callable[..., object]
) -> None:
    shell = workplace.desk.shell
    screen = shell.findChild(HandoverScreen)
    assert screen is not None
    workplace.desk.lock()
    QTest.keyClick(shell, Qt.Key.Key_F9)
    assert not screen.isVisible()
    workplace.desk.unlock()
    QTest.keyClick(shell, Qt.Key.Key_F9)
    wait_until(screen.isVisible)


def test_f1_opens_the_manual_at_the_chapter_of_the_screen_in_front(workplace: Workplace) -> None:
    shell = workplace.desk.shell
    shell.show_screen("handover")
    QTest.keyClick(shell, Qt.Key.Key_F1)
    manual = shell.findChild(ManualWindow)
    assert manual is not None
    assert manual.contents.currentItem().text().startswith("交接班")


def test_a_campus_without_plans_keeps_no_width_for_them(
    workplace: Workplace, wait_until: Callable[..., object]
) -> None:
    desk = workplace.desk
    desk.shell.resize(1920, 1080)
    panel = desk.screens.panel
    panel.show()
    plan = panel.findChild(RunPanel)
    wait_until(plan.isVisible)
    desk.presenters.plans.beside.read_choices()
    wait_until(lambda: not plan.isVisible())
    panel.show_plan()
    assert plan.isVisible()
