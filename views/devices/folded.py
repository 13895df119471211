"""Fields that are folded away under a button, so that a form shows what every camera needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import Size

_IN_A_ROW = 3
_GAP_PX = 6


def lay_out_folded(
    host: QWidget, fold: QPushButton, panel: QWidget, fields: Sequence[QWidget]
) -> dict[QWidget, QLabel]:
    """`fold` above `panel`, which it shows and hides. The labels of the fields, still without words."""
    grid = QGridLayout(panel)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Size.GAP_S)
    grid.setVerticalSpacing(_GAP_PX)
    labels: dict[QWidget, QLabel] = {}
    for place, field in enumerate(fields):
        label = labels[field] = QLabel(panel)
        label.setBuddy(field)
        row, column = divmod(place, _IN_A_ROW)
        grid.addWidget(label, row, 2 * column)
        grid.addWidget(field, row, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
    box = QVBoxLayout(host)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(_GAP_PX)
    box.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
    box.addWidget(panel)
    panel.hide()
    fold.toggled.connect(panel.setVisible)
    return labels
