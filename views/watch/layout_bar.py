"""Buttons above the wall: layouts, presets, tours, camera list, and how to get back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from services.domain.layouts import LAYOUTS
from services.domain.walls import WallItem
from ui.elided import ElidedLabel
from ui.icons import icon
from ui.menu_button import BETWEEN, MenuButton, MenuLine
from ui.tiles.pictogram import layout_icon

# Those that have a digit key, in the order of the keys; the others are in the menu only.
COMMON = tuple(LAYOUTS)[:9]
_MOST_NAME_PX = 90


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
        self._details = QPushButton(self)
        self._details.setCheckable(True)
        self._hint = ElidedLabel(self)
        self._hint.setProperty("tone", "small")
        self.layouts = MenuButton(self)
        self.monitors = QPushButton(self)
        self.monitors.setIcon(icon("monitors"))
        self.monitors.hide()
        self._group = QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        self._own: tuple[WallItem, ...] = ()
        self._commands: tuple[MenuLine, ...] = ()
        self._shown = ""
        self._row = QHBoxLayout(self)
        self._build()
        self._group.idClicked.connect(self._choose_number)
        self.layouts.chosen.connect(self._choose)
        self._list.toggled.connect(self.list_toggled)
        self._details.toggled.connect(self.details_toggled)
        self._retranslate()

    def add_menu(self, button: MenuButton) -> None:
        """Beside the layouts."""
        self._row.insertWidget(self._row.indexOf(self.layouts) + 1, button)

    def offer(self, own: Sequence[WallItem], commands: Sequence[MenuLine]) -> None:
        """Own layouts and commands below the ready ones."""
        self._own, self._commands = tuple(own), tuple(commands)
        self._fill_menu()

    def show_layout(self, key: str) -> None:
        """Mark the layout in use; one that has no chip is named on the menu's button."""
        if key == self._shown:
            return
        self._shown = key
        self._mark_shown()

    def offer_monitors(self, menu: QMenu) -> None:
        """The seat's main bar has the menu of its other windows."""
        self.monitors.setMenu(menu)
        self.monitors.show()

    def open_monitors(self) -> None:
        if self.monitors.menu() is not None:
            self.monitors.showMenu()

    def show_list(self, shown: bool) -> None:
        self._list.setChecked(shown)

    def show_single(self, is_single: bool) -> None:
        """Say how to get back from a tile that fills the wall."""
        self._hint.setVisible(is_single)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill_menu()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() is QEvent.Type.PaletteChange:
            self._fill_menu()

    def _build(self) -> None:
        row = self._row
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self._list)
        row.addSpacing(8)
        for number, key in enumerate(COMMON):
            chip = QPushButton(key, self)
            chip.setCheckable(True)
            self._group.addButton(chip, number)
            self._chips[key] = chip
            row.addWidget(chip)
        row.addWidget(self.layouts)
        row.addWidget(self.monitors)
        self._hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._hint, 1)
        row.addStretch(1)
        row.addWidget(self._details)
        for button in (self._list, self._details, self.monitors, *self._chips.values()):
            button.setProperty("kind", "chip")
        self._hint.hide()

    def _choose_number(self, number: int) -> None:
        self.layout_chosen.emit(COMMON[number])
        # Asked for again or refused: the chip shows what is there, not what was clicked.
        self._mark_shown()

    def _choose(self, line_id: str) -> None:
        if line_id in LAYOUTS:
            self.layout_chosen.emit(line_id)
        self._mark_shown()

    def _mark_shown(self) -> None:
        """On chips and menu; the drawings of the menu are not made anew for it."""
        self._group.setExclusive(False)
        for name, chip in self._chips.items():
            chip.setChecked(name == self._shown)
        self._group.setExclusive(True)
        self.layouts.check_only(self._shown)
        self.layouts.setText(self._word())

    def _fill_menu(self) -> None:
        ready = [
            MenuLine(key, self._name(key), icon=layout_icon(cells), checked=key == self._shown)
            for key, cells in LAYOUTS.items()
        ]
        own = [
            MenuLine(item.id, item.name, icon=layout_icon(item.layout), checked=item.id == self._shown)
            for item in self._own
            if item.layout is not None
        ]
        between = [BETWEEN]
        self.layouts.show_lines(
            [*ready, *(between if own else []), *own, *(between if self._commands else []), *self._commands]
        )
        self._mark_shown()

    def _word(self) -> str:
        """What the menu's button says: the layout in use when no chip does."""
        if not self._shown or self._shown in self._chips:
            return self.tr("更多")
        names = {item.id: item.name for item in self._own}
        name = self._shown if self._shown in LAYOUTS else names.get(self._shown, self.tr("自定义"))
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _MOST_NAME_PX)

    def _name(self, key: str) -> str:
        return self.tr("{tiles} 画面").format(tiles=key)

    def _retranslate(self) -> None:
        self._list.setText(self.tr("摄像机"))
        self._list.setToolTip(self.tr("显示或收起摄像机列表（Ctrl+L）"))
        self._details.setText(self.tr("画面数据"))
        self._details.setToolTip(self.tr("显示帧率、丢帧、码流与分辨率（I）"))
        self._hint.setText(self.tr("双击或 Esc 返回多画面"))
        self.monitors.setText(self.tr("显示器"))
        self.monitors.setToolTip(self.tr("在其他显示器上打开电视墙、焦点画面、报警监视（Ctrl+Shift+D）"))
        self.monitors.setAccessibleName(self.tr("显示器"))
        self.layouts.setToolTip(self.tr("全部布局"))
        self.layouts.setAccessibleName(self.tr("全部布局"))
        for number, (key, chip) in enumerate(self._chips.items(), 1):
            chip.setToolTip(self.tr("{tiles} 画面（按键 {key}）").format(tiles=key, key=number))
            chip.setAccessibleName(self.tr("{tiles} 画面布局").format(tiles=key))
        self._fill_menu()
