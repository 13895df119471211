"""A hand at keyboard and mouse whose time is counted by the keystroke-level model, beside the machine's own.

Card, Moran and Newell, The Psychology of Human-Computer Interaction (1983), chapter 8:
K 0.28 s a key (an average typist, not an expert), H 0.40 s from keyboard to mouse and back, B 0.10 s to
press or to release a mouse button, M 1.35 s to look and make up one's mind. P, to point at something, by
Fitts' law with that book's figures: 0.8 s + 0.1 s * log2(distance / size + 0.5), of the real distance and the
smaller side of the real target on the window. The model's R, waiting for the machine, is measured.

A step costs the hand its model time; nobody sleeps. What the machine takes until the next step can be made
is added up apart, because it says nothing about the design on a machine that runs other tests too.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from tests.end_to_end.watch_kit import Workplace

KEY_S = 0.28
HOME_S = 0.40
BUTTON_S = 0.10
MIND_S = 1.35


def pointing_s(distance_px: float, size_px: float) -> float:
    """Never less than the book's constant."""
    return 0.8 + max(0.0, 0.1 * math.log2(distance_px / size_px + 0.5))


@dataclass
class Hand:
    """The person begins with hands in the lap of the keyboard, the pointer in the middle of the window."""

    workplace: Workplace
    is_on_mouse: bool = False
    pointer: QPoint = field(default_factory=QPoint)
    human_s: float = 0.0
    machine_s: float = 0.0
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pointer = self.workplace.desk.shell.rect().center()

    def think(self) -> None:
        self._spend("M", MIND_S)

    def press(self, key: Qt.Key) -> None:
        self._home(to_mouse=False)
        self._spend(f"K {QKEY.get(key, key.name)}", KEY_S)
        self.workplace.press(key)

    def type(self, text: str) -> None:
        """Where the keyboard is."""
        self._home(to_mouse=False)
        self._spend(f"K×{len(text)}", KEY_S * len(text))
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def open_row(self, rows: QListWidget, row: int) -> None:
        """Points at a line of a list and double clicks it; a notch of the wheel for each line before it."""
        self._home(to_mouse=True)
        if not rows.viewport().rect().contains(rows.visualItemRect(rows.item(row)).center()):
            self._spend(f"B×{row}", BUTTON_S * row)
            rows.scrollToItem(rows.item(row))
        box = rows.visualItemRect(rows.item(row))
        self._point(rows.viewport(), box.center(), min(box.width(), box.height()))
        self._spend("BBBB", 4 * BUTTON_S)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())

    def click(self, widget: QWidget) -> None:
        assert widget.isEnabled()
        self._home(to_mouse=True)
        self._point(widget, widget.rect().center(), min(widget.width(), widget.height()))
        self._spend("BB", 2 * BUTTON_S)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def until(self, wait_until: Callable[..., object], condition: Callable[[], object]) -> None:
        """The machine's part."""
        began_s = time.monotonic()
        wait_until(condition)
        QApplication.processEvents()
        self.machine_s += time.monotonic() - began_s

    def report(self, what: str, record_property: Callable[[str, object], None]) -> None:
        record_property(f"{what}_human_s", round(self.human_s, 2))
        record_property(f"{what}_machine_s", round(self.machine_s, 2))
        said = f"{what}: human {self.human_s:.2f} s, machine {self.machine_s:.2f} s: {' · '.join(self.steps)}"
        logging.getLogger(__name__).info(said)

    def _point(self, widget: QWidget, at: QPoint, size_px: int) -> None:
        shell = self.workplace.desk.shell
        assert widget.isVisible()
        target = widget.mapTo(shell, at)
        assert shell.childAt(target) is widget, "something lies over it"
        distance_px = math.dist(self.pointer.toTuple(), target.toTuple())
        self._spend(f"P {distance_px:.0f}/{size_px}", pointing_s(distance_px, size_px))
        self.pointer = target

    def _home(self, *, to_mouse: bool) -> None:
        if to_mouse is not self.is_on_mouse:
            self._spend("H", HOME_S)
            self.is_on_mouse = to_mouse

    def _spend(self, step: str, seconds: float) -> None:
        self.steps.append(step)
        self.human_s += seconds


QKEY = {Qt.Key.Key_F1: "F1", Qt.Key.Key_F4: "F4", Qt.Key.Key_Return: "Enter"}
