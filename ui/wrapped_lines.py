"""Lists whose lines are broken where their place ends, and shown whole."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

# As the style sheet pads an item, left and right.
_PADDING_PX = 12


def wrap_lines(lines: QListView) -> None:
    """Measured anew whenever the list becomes wider or narrower."""
    lines.setWordWrap(True)
    lines.setResizeMode(QListView.ResizeMode.Adjust)
    lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    lines.setItemDelegate(_WrappedLine(lines))


class _WrappedLine(QStyledItemDelegate):
    """Qt measures the text over the whole width and then draws it between the paddings: the last lines
    would be cut off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        narrow = QStyleOptionViewItem(option)
        narrow.rect = QRect(option.rect).adjusted(0, 0, -_PADDING_PX, 0)
        return super().sizeHint(narrow, index)
