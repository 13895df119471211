"""Fields that are folded away under a button, so that a form shows what every camera needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
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


class FoldedFields(QWidget):
    """`panel` with the fields, shown and hidden by `fold`, which stands in a row with others (`FoldRow`).

    Signals: edited().
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = QPushButton(self)
        self.fold.setCheckable(True)
        self.fold.setProperty("kind", "quiet")
        self.panel = QWidget(self)
        self._labels: dict[QWidget, QLabel] = {}

    @property
    def chain(self) -> tuple[QWidget, ...]:
        """In the order of the Tab key."""
        return (self.fold, *self._labels)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _lay_out(self, fields: Sequence[QWidget], *, in_a_row: int = _IN_A_ROW) -> QGridLayout:
        """Beside each field its label, still without words (`_name_fields`)."""
        grid = QGridLayout(self.panel)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Size.GAP_S)
        grid.setVerticalSpacing(_GAP_PX)
        for place, field in enumerate(fields):
            label = self._labels[field] = QLabel(self.panel)
            label.setBuddy(field)
            row, column = divmod(place, in_a_row)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(_GAP_PX)
        box.addWidget(self.panel)
        self.panel.hide()
        self.hide()
        # This one too: what is folded away takes no room between the others.
        for follow in (self.panel.setVisible, self.setVisible, self._retranslate):
            self.fold.toggled.connect(follow)
        return grid

    def _name_fields(self, names: Sequence[str]) -> None:
        for (field, label), name in zip(self._labels.items(), names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)

    def _retranslate(self) -> None:
        raise NotImplementedError


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
