"""Buttons above the wall: layouts, camera list, and how to get back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.icons import icon
from views.watch.wall_plan import LAYOUT_SIDES


class LayoutBar(QWidget):
    """Signals: layout_chosen(tiles), list_toggled(shown), details_toggled(shown)."""

    layout_chosen = Signal(int)
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
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self._list)
        row.addSpacing(8)
        row.addWidget(self._label)
        for tiles in LAYOUT_SIDES:
            button = QPushButton(str(tiles), self)
            button.setCheckable(True)
            self._group.addButton(button, tiles)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._hint)
        row.addWidget(self._details)
        for chip in (self._list, self._details, *self._group.buttons()):
            chip.setProperty("kind", "chip")
        self._group.idClicked.connect(self.layout_chosen)
        self._list.toggled.connect(self.list_toggled)
        self._details.toggled.connect(self.details_toggled)
        self._retranslate()

    def show_layout(self, tiles: int) -> None:
        """Mark the layout in use."""
        self._group.button(tiles).setChecked(True)

    def show_list(self, shown: bool) -> None:
        self._list.setChecked(shown)

    def show_single(self, is_single: bool) -> None:
        """Say how to get back from a tile that fills the wall."""
        self._hint.setVisible(is_single)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._list.setText(self.tr("摄像机"))
        self._list.setToolTip(self.tr("显示或收起摄像机列表（Ctrl+L）"))
        self._label.setText(self.tr("布局"))
        self._details.setText(self.tr("画面数据"))
        self._details.setToolTip(self.tr("显示帧率、丢帧、码流与分辨率（I）"))
        self._hint.setText(self.tr("双击或 Esc 返回多画面"))
        for number, tiles in enumerate(LAYOUT_SIDES, 1):
            button = self._group.button(tiles)
            button.setToolTip(self.tr("{tiles} 画面（按键 {key}）").format(tiles=tiles, key=number))
            button.setAccessibleName(self.tr("{tiles} 画面布局").format(tiles=tiles))
