"""The grid on which tiles are merged by dragging, or by Shift and the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.domain.layouts import Cell, grid
from ui.theme import ALIGN_CENTRE, Size, font, tokens
from ui.tiles.layout import tile_rects
from views.watch.drawer.layout_draft import LayoutDraft

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class LayoutCanvas(QWidget):
    """Signals: merge_asked(Cell, Cell), split_asked(tile index) by a double click or Delete."""

    merge_asked = Signal(object, object)
    split_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = LayoutDraft()
        self._from: Cell | None = None
        self._to = Cell(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_draft(self, draft: LayoutDraft) -> None:
        self._draft = draft
        self._from = None
        layout = draft.layout
        self._to = Cell(min(self._to.column, layout.columns - 1), min(self._to.row, layout.rows - 1))
        self.update()

    @property
    def marked_tile(self) -> int:
        return self._draft.tile_at(self._to)

    def cell_rect(self, column: int, row: int) -> QRect:
        layout = self._draft.layout
        rects = tile_rects(grid(layout.columns, layout.rows), self.rect(), Size.TILE_GAP)
        return rects[row * layout.columns + column]

    def sizeHint(self) -> QSize:
        return QSize(300, 170)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        return width_px * 9 // 16

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = self._to = self._cell_at(event.position().toPoint())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = self._cell_at(event.position().toPoint())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._merge()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._from = None
        self.split_asked.emit(self._draft.tile_at(self._cell_at(event.position().toPoint())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            is_marking = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._from = (self._from or self._to) if is_marking else None
            self._move(*step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self._merge()
        elif event.key() == Qt.Key.Key_Delete:
            self.split_asked.emit(self.marked_tile)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), tokens()
        block = self._from.spanning(self._to) if self._from is not None else None
        painter.setFont(font(Size.TEXT_S))
        rects = tile_rects(self._draft.layout, self.rect(), Size.TILE_GAP)
        for number, (rect, cell) in enumerate(zip(rects, self._draft.layout.cells, strict=True), 1):
            is_marked = block is not None and block.touches(cell)
            painter.fillRect(rect, QColor(theme.accent_fill if is_marked else theme.raised))
            painter.setPen(QPen(QColor(theme.line_strong), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.setPen(QColor(theme.on_accent if is_marked else theme.text_dim))
            painter.drawText(rect, ALIGN_CENTRE, str(number))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(rects[self.marked_tile].adjusted(1, 1, -2, -2))
        painter.end()

    def _merge(self) -> None:
        first, self._from = self._from, None
        if first is not None and first != self._to:
            self.merge_asked.emit(first, self._to)
        self.update()

    def _move(self, columns: int, rows: int) -> None:
        layout = self._draft.layout
        column = max(0, min(layout.columns - 1, self._to.column + columns))
        self._to = Cell(column, max(0, min(layout.rows - 1, self._to.row + rows)))
        self.update()

    def _cell_at(self, point: QPoint) -> Cell:
        layout = self._draft.layout
        column = point.x() * layout.columns // max(1, self.width())
        row = point.y() * layout.rows // max(1, self.height())
        return Cell(max(0, min(layout.columns - 1, column)), max(0, min(layout.rows - 1, row)))
