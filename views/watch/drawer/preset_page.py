"""Keeping the wall as it is now under a name, and when it comes up by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from services.domain.walls import Preset, Slot, WallItem, WallItemKind
from ui.icons import icon
from ui.theme import Size
from ui.tiles.pictogram import HEIGHT_PX, WIDTH_PX, layout_icon
from views.watch.drawer.page import EditorPage
from views.watch.drawer.slot_row import SlotRow

WORKDAYS = Slot((0, 1, 2, 3, 4), 8 * 60, 18 * 60)


class PresetPage(EditorPage):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edited = WallItem("", WallItemKind.PRESET, "", "", "")
        self._now: Preset | None = None
        self.rows: list[SlotRow] = []
        self.takes_now = QCheckBox(self)
        self.add = QPushButton(self)
        self._what = QLabel(self)
        self._picture = QLabel(self)
        self._when = QLabel(self)
        self._list = QVBoxLayout()
        self._build()
        self.retranslate()

    def edit(self, item: WallItem | None, now: Preset) -> None:
        """item None: a new one from what the wall shows now."""
        self._edited = item or WallItem("", WallItemKind.PRESET, "", "", "", preset=now)
        self._now = now
        self.name.setText(self._edited.name)
        self.takes_now.setChecked(item is None)
        self.takes_now.setVisible(item is not None)
        for row in list(self.rows):
            self._remove(row)
        for slot in self._edited.preset.slots if self._edited.preset is not None else ():
            self._add(slot)
        self.retranslate()
        self.name.setFocus()

    def item(self) -> WallItem:
        base = self._now if self.takes_now.isChecked() else self._edited.preset
        assert base is not None
        preset = replace(base, slots=tuple(row.slot() for row in self.rows))
        return replace(self._edited, name=self.name.text(), preset=preset)

    def retranslate(self) -> None:
        super().retranslate()
        self._title.setText(self.tr("修改预设") if self._edited.id else self.tr("把现在的画面存为预设"))
        self.takes_now.setText(self.tr("换成墙上现在的画面"))
        self._when.setText(self.tr("按时段自动切换（没有报警在处理时）"))
        self.add.setText(self.tr("加一个时段"))
        self._show_what()

    def _build(self) -> None:
        self._what.setProperty("tone", "dim")
        what = QHBoxLayout()
        what.addWidget(self._picture)
        what.addWidget(self._what, 1)
        self._when.setProperty("tone", "dim")
        self._when.setWordWrap(True)
        self.add.setIcon(icon("plus"))
        inner = QWidget(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(Size.GAP_XS)
        self._list.addStretch(1)
        inner.setLayout(self._list)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.body.addLayout(what)
        self.body.addWidget(self.takes_now)
        self.body.addWidget(self._when)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self.add)
        self.add.clicked.connect(self._add_one)
        self.takes_now.toggled.connect(self._show_what)

    def _show_what(self) -> None:
        preset = self._now if self.takes_now.isChecked() else self._edited.preset
        if preset is not None:
            self._picture.setPixmap(layout_icon(preset.cells).pixmap(WIDTH_PX, HEIGHT_PX))
            count = sum(1 for no in preset.cameras if no)
            text = self.tr("{tiles} 画面，{count} 台摄像机")
            self._what.setText(text.format(tiles=len(preset.cells.cells), count=count))

    def _add_one(self) -> None:
        self._add(WORKDAYS)

    def _add(self, slot: Slot) -> None:
        row = SlotRow(slot, self)
        row.remove_asked.connect(self._remove)
        self.rows.append(row)
        self._list.insertWidget(self._list.count() - 1, row)

    def _remove(self, row: SlotRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
