"""Buttons above the wall: layouts, camera list, and how to get back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from services.domain.layouts import LAYOUTS
from ui.icons import icon
from ui.tiles.pictogram import layout_icon

# Those that have a digit key, in the order of the keys; the others are in the menu only.
COMMON = tuple(LAYOUTS)[:9]


class LayoutBar(QWidget):
    """Signals: layout_chosen(key), list_toggled(shown), details_toggled(shown)."""

    layout_chosen = Signal(str)
    list_toggled = Signal(bool)
    details_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QPushButton(self)
        self._list.setCheckable(True)
        self._list.setIcon(icon("camera"))
        self._label = QLabel(self)
        self._label.setProperty("tone", "dim")
        self._details = QPushButton(self)
        self._details.setCheckable(True)
        self._hint = QLabel(self)
        self._hint.setProperty("tone", "small")
        self._more = QPushButton(self)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[str, QPushButton] = {}
        self._actions: dict[str, QAction] = {}
        self._build()
        self._group.idClicked.connect(self._choose_number)
        self._menu.triggered.connect(self._choose_action)
        self._list.toggled.connect(self.list_toggled)
        self._details.toggled.connect(self.details_toggled)
        self._retranslate()

    def show_layout(self, key: str) -> None:
        """Mark the layout in use; one that has no chip is named on the menu's button."""
        self._group.setExclusive(False)
        for name, chip in self._chips.items():
            chip.setChecked(name == key)
        self._group.setExclusive(True)
        for name, action in self._actions.items():
            action.setChecked(name == key)
        self._more.setText(self.tr("更多") if key in self._chips else key)

    def show_list(self, shown: bool) -> None:
        self._list.setChecked(shown)

    def show_single(self, is_single: bool) -> None:
        """Say how to get back from a tile that fills the wall."""
        self._hint.setVisible(is_single)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_icons()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icons()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self._list)
        row.addSpacing(8)
        row.addWidget(self._label)
        for number, key in enumerate(COMMON):
            chip = QPushButton(key, self)
            chip.setCheckable(True)
            self._group.addButton(chip, number)
            self._chips[key] = chip
            row.addWidget(chip)
        row.addWidget(self._more)
        for key in LAYOUTS:
            action = self._menu.addAction(key)
            action.setCheckable(True)
            action.setData(key)
            self._actions[key] = action
        row.addStretch(1)
        row.addWidget(self._hint)
        row.addWidget(self._details)
        for button in (self._list, self._details, self._more, *self._chips.values()):
            button.setProperty("kind", "chip")

    def _choose_number(self, number: int) -> None:
        self.layout_chosen.emit(COMMON[number])

    def _choose_action(self, action: QAction) -> None:
        self.layout_chosen.emit(str(action.data()))

    def _draw_icons(self) -> None:
        for key, action in self._actions.items():
            action.setIcon(layout_icon(LAYOUTS[key]))

    def _retranslate(self) -> None:
        self._list.setText(self.tr("摄像机"))
        self._list.setToolTip(self.tr("显示或收起摄像机列表（Ctrl+L）"))
        self._label.setText(self.tr("布局"))
        self._details.setText(self.tr("画面数据"))
        self._details.setToolTip(self.tr("显示帧率、丢帧、码流与分辨率（I）"))
        self._hint.setText(self.tr("双击或 Esc 返回多画面"))
        self._more.setText(self.tr("更多"))
        self._more.setToolTip(self.tr("全部布局"))
        self._more.setAccessibleName(self.tr("全部布局"))
        for number, (key, chip) in enumerate(self._chips.items(), 1):
            chip.setToolTip(self.tr("{tiles} 画面（按键 {key}）").format(tiles=key, key=number))
            chip.setAccessibleName(self.tr("{tiles} 画面布局").format(tiles=key))
        for key, action in self._actions.items():
            action.setText(self.tr("{tiles} 画面").format(tiles=key))
