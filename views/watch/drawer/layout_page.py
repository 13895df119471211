"""Making an own layout by merging the cells of a grid."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from services.domain.layouts import Cell
from services.domain.walls import WallItem, WallItemKind
from ui.icons import icon
from views.watch.drawer.layout_canvas import LayoutCanvas
from views.watch.drawer.layout_draft import MOST_COLUMNS, LayoutDraft
from views.watch.drawer.page import EditorPage


class LayoutPage(EditorPage):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edited = WallItem("", WallItemKind.LAYOUT, "", "", "")
        self.draft = LayoutDraft()
        self.canvas = LayoutCanvas(self)
        self.columns = QSpinBox(self)
        self.rows = QSpinBox(self)
        self.undo = QPushButton(self)
        self.split = QPushButton(self)
        self._by = QLabel("×", self)
        self._how = QLabel(self)
        self._count = QLabel(self)
        self._build()
        self.retranslate()
        self._show_draft()

    def edit(self, item: WallItem | None) -> None:
        """None: a new one."""
        self._edited = item or WallItem("", WallItemKind.LAYOUT, "", "", "")
        self.draft = LayoutDraft(self._edited.layout)
        self.name.setText(self._edited.name)
        self._show_draft()
        self.retranslate()
        self.canvas.setFocus()

    def item(self) -> WallItem:
        return replace(self._edited, name=self.name.text(), layout=self.draft.layout)

    def retranslate(self) -> None:
        super().retranslate()
        self._title.setText(self.tr("修改布局") if self._edited.id else self.tr("自定义布局"))
        self._how.setText(self.tr("拖过几格就合并；双击拆开。键盘：Shift+方向键选，回车合并，Delete 拆开。"))
        self.undo.setText(self.tr("撤销"))
        self.split.setText(self.tr("拆开"))
        self.columns.setAccessibleName(self.tr("列数"))
        self.rows.setAccessibleName(self.tr("行数"))
        self.columns.setSuffix(self.tr(" 列"))
        self.rows.setSuffix(self.tr(" 行"))
        self.canvas.setAccessibleName(self.tr("布局的格子"))
        self._show_count()

    def _build(self) -> None:
        self._how.setWordWrap(True)
        self._how.setProperty("tone", "small")
        self._count.setProperty("tone", "dim")
        self.undo.setIcon(icon("undo"))
        self.undo.setShortcut("Ctrl+Z")
        top = QHBoxLayout()
        for spin in (self.columns, self.rows):
            spin.setRange(1, MOST_COLUMNS)
            spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top.addWidget(self.columns)
        top.addWidget(self._by)
        top.addWidget(self.rows)
        top.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self._count)
        below.addStretch(1)
        below.addWidget(self.split)
        below.addWidget(self.undo)
        self.body.addLayout(top)
        self.body.addWidget(self.canvas)
        self.body.addLayout(below)
        self.body.addWidget(self._how)
        self.body.addStretch(1)
        self.columns.valueChanged.connect(self._resize)
        self.rows.valueChanged.connect(self._resize)
        self.canvas.merge_asked.connect(self._merge)
        self.canvas.split_asked.connect(self._split)
        self.split.clicked.connect(self._split_marked)
        self.undo.clicked.connect(self._undo)

    def _merge(self, first: Cell, last: Cell) -> None:
        self.draft.merge(first, last)
        self._show_draft()

    def _split(self, index: int) -> None:
        self.draft.split(index)
        self._show_draft()

    def _split_marked(self) -> None:
        self._split(self.canvas.marked_tile)

    def _undo(self) -> None:
        self.draft.undo()
        self._show_draft()

    def _resize(self) -> None:
        self.draft.resize(self.columns.value(), self.rows.value())
        self._show_draft()

    def _show_draft(self) -> None:
        layout = self.draft.layout
        for spin, value in ((self.columns, layout.columns), (self.rows, layout.rows)):
            spin.blockSignals(True)
            spin.setValue(value)
            spin.blockSignals(False)
        self.undo.setEnabled(self.draft.can_undo)
        self.canvas.show_draft(self.draft)
        self._show_count()

    def _show_count(self) -> None:
        self._count.setText(self.tr("{count} 画面").format(count=len(self.draft.layout.cells)))
