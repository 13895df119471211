"""Fields that are folded away under a button, so that a form shows what every camera needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Size

_IN_A_ROW = 3
_GAP_PX = 6


def lay_out_folded(
    host: QWidget, fold: QPushButton, panel: QWidget, fields: Sequence[QWidget], *, in_a_row: int = _IN_A_ROW
) -> dict[QWidget, QLabel]:
    """`panel` in `host`, shown and hidden by `fold`, which stands in a row with the others (`FoldRow`).

    The labels of the fields, still without words.
    """
    grid = QGridLayout(panel)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Size.GAP_S)
    grid.setVerticalSpacing(_GAP_PX)
    labels: dict[QWidget, QLabel] = {}
    for place, field in enumerate(fields):
        label = labels[field] = QLabel(panel)
        label.setBuddy(field)
        row, column = divmod(place, in_a_row)
        grid.addWidget(label, row, 2 * column)
        grid.addWidget(field, row, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
    box = QVBoxLayout(host)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(_GAP_PX)
    box.addWidget(panel)
    panel.hide()
    host.hide()
    # The host too: what is folded away takes no room between the others.
    fold.toggled.connect(panel.setVisible)
    fold.toggled.connect(host.setVisible)
    return labels


class FoldRow(QWidget):
    """The buttons side by side; unfolding one folds the others: a small monitor has room for one."""

    def __init__(self, folds: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folds = folds
        self._open: QPushButton | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for fold in folds:
            row.addWidget(fold)
            fold.toggled.connect(self._on_toggled)
        row.addStretch(1)

    def _on_toggled(self) -> None:
        opened = [fold for fold in self._folds if fold.isChecked() and fold is not self._open]
        self._open = opened[0] if opened else self._open
        for fold in self._folds:
            if fold is not self._open:
                fold.setChecked(False)
        if self._open is not None and not self._open.isChecked():
            self._open = None
