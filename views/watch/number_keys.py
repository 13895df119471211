"""The digit keys of a window with a wall: a number and Enter bring a camera, a digit alone a layout."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QSignalMapper, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from services.domain.site import Camera
from ui.plain_key import PlainKey
from ui.text.places import local_name
from ui.typed_box import TypedBox
from views.watch.camera_number import Outcome, TypedNumber, camera_by_number
from views.watch.wall_presenter import WallPresenter


class NumberKeys(QObject):
    """Text fields keep their digits. The box never takes the focus.

    Enter and Backspace belong to the box only while digits are in it.
    """

    def __init__(
        self, wall: WallPresenter, cameras: Sequence[Camera], over: QWidget, window: QWidget
    ) -> None:
        """over: the bar on which the box appears; window: the widget with the bar, whose window's keys
        these are.
        """
        super().__init__(window)
        self._wall = wall
        self._cameras = tuple(cameras)
        self._typed = TypedNumber()
        self._is_told = False
        self.box = TypedBox(over, window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._settle)
        self._digits = QSignalMapper(self)
        self._digits.mappedString.connect(self._add)
        for digit in "0123456789":
            self._digits.setMapping(PlainKey(digit, window, self._digits.map), digit)
        self._while_typing = [
            self._shortcut(window, Qt.Key.Key_Return, self._finish),
            self._shortcut(window, Qt.Key.Key_Enter, self._finish),
            self._shortcut(window, Qt.Key.Key_Backspace, self._shorten),
        ]

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        self._cameras = tuple(cameras)

    @property
    def typed(self) -> str:
        return self._typed.text

    def leave(self) -> bool:
        """Forget the digits; False when there were none."""
        was_typing = bool(self._typed.text)
        self._end()
        return was_typing

    def take_zero(self) -> bool:
        """The number pad's 0 resets a zoom; within a number it is a digit."""
        if self._typed.text:
            self._add("0")
        return bool(self._typed.text)

    def _shortcut(self, window: QWidget, key: Qt.Key, slot: object) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setEnabled(False)
        shortcut.activated.connect(slot)
        return shortcut

    def _add(self, digit: str) -> None:
        if not self._typed.text:
            self._begin()
        self._typed.add(digit)
        self._go_on()

    def _shorten(self) -> None:
        self._typed.shorten()
        if self._typed.text:
            self._go_on()
        else:
            self._end()

    def _finish(self) -> None:
        camera = camera_by_number(self._cameras, self._typed.text)
        if camera is None:
            # The box says so already; it goes when nothing more is typed.
            return
        self._end()
        self._wall.put_camera(self._wall.plan.chosen, camera.no)

    def _settle(self) -> None:
        outcome, number = self._typed.settle()
        self._end()
        if outcome is Outcome.LAYOUT:
            self._wall.recall_layout(number)

    def _begin(self) -> None:
        for shortcut in self._while_typing:
            shortcut.setEnabled(True)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        # Whoever turns to something else does not finish this number.
        application.focusChanged.connect(self._on_focus_moved)
        self._is_told = True

    def _go_on(self) -> None:
        self._timer.start(round(self._typed.waits_s * 1000))
        camera = camera_by_number(self._cameras, self._typed.text)
        self.box.show_text(_sentence(self._typed.text, camera), is_good=camera is not None)

    def _end(self) -> None:
        self._typed.clear()
        self._timer.stop()
        self.box.hide()
        for shortcut in self._while_typing:
            shortcut.setEnabled(False)
        application = QApplication.instance()
        if self._is_told and isinstance(application, QApplication):
            application.focusChanged.disconnect(self._on_focus_moved)
        self._is_told = False

    def _on_focus_moved(self, _was: QWidget | None, _now: QWidget | None) -> None:
        self._end()


def _sentence(typed: str, camera: Camera | None) -> str:
    if camera is None:
        said = QCoreApplication.translate("NumberKeys", "摄像机 {typed}_ → 没有这台摄像机")
        return said.format(typed=typed)
    said = QCoreApplication.translate("NumberKeys", "摄像机 {typed}_ → {no} {name}（回车调入）")
    return said.format(typed=typed, no=camera.no, name=local_name(camera))
