"""A small box that shows what is being typed; it takes neither focus nor clicks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Size
from ui.tone import restyle


class TypedBox(QLabel):
    """Lies on the bar, or on the headers of the first tiles: alarm plates are never under it."""

    def __init__(self, bar: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._screen = parent
        self._bar = bar
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("tone", "typed")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str, *, is_good: bool) -> None:
        """is_good: what is typed means something."""
        restyle(self, "severity", "" if is_good else "trouble")
        self.setText(text)
        self.setAccessibleName(text)
        free = self._free()
        width = min(free.width(), self.sizeHint().width() + 2 * Size.GAP_L)
        self.setGeometry(free.x() + (free.width() - width) // 2, free.y(), width, free.height())
        self.show()
        self.raise_()

    def _free(self) -> QRect:
        """The bar; without one the height of a tile's header, for a plate begins below that."""
        if self._bar.isVisible():
            return QRect(self._bar.mapTo(self._screen, QPoint(0, 0)), self._bar.size())
        return QRect(0, 0, self._screen.width(), Size.TILE_HEADER)
