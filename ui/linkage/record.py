"""The linkage record of one alarm as a table: every action, how it went, when it ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from services.domain.linkage_runs import LinkageRun
from ui.linkage.words import ActionWords, action_words, run_title, short_line
from ui.tips import plain_tip


class LinkageRecord(QWidget):
    """Hidden while there is nothing to show; a new word about an action changes its line only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[LinkageRun, ...] = ()
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(2)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(3, 1)
        self._rows: list[tuple[QLabel, ...]] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._title)
        box.addLayout(self._grid)
        self.setVisible(False)
        self._retranslate()

    @property
    def lines(self) -> list[str]:
        """What is shown, a line each, for those who read it aloud and for tests."""
        return [" ".join(label.text() for label in row if label.text()) for row in self._rows]

    def show_runs(self, runs: Sequence[LinkageRun]) -> None:
        """Of one alarm, in the order they began."""
        if tuple(runs) != self._runs:
            self._runs = tuple(runs)
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _fill(self) -> None:
        lines: list[ActionWords] = []
        for run in self._runs:
            lines.append(ActionWords("", "dim", run_title(run), "", ""))
            lines += [action_words(run, one) for one in run.actions]
        while len(self._rows) < len(lines):
            self._add_row()
        for row, labels in enumerate(self._rows):
            said = lines[row] if row < len(lines) else None
            for label in labels:
                label.setVisible(said is not None)
            _say(labels, said or ActionWords("", "dim", "", "", ""))
        self.setVisible(bool(lines))

    def _add_row(self) -> None:
        row = len(self._rows)
        labels = tuple(QLabel(self) for _ in range(4))
        for column, label in enumerate(labels):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, row, column)
        labels[3].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        labels[3].setProperty("tone", "small")
        self._rows.append(labels)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("联动记录"))
        self.setAccessibleName(self.tr("联动记录"))
        self._fill()


class LinkageLine(QLabel):
    """The same in one or two lines, for the column beside the wall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[LinkageRun, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("tone", "small")
        self.setVisible(False)
        self._retranslate()

    def show_runs(self, runs: Sequence[LinkageRun]) -> None:
        if tuple(runs) != self._runs:
            self._runs = tuple(runs)
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _fill(self) -> None:
        self.setText(short_line(self._runs))
        self.setToolTip(plain_tip("\n".join(_told(self._runs))))
        self.setVisible(bool(self._runs))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("联动记录"))
        self._fill()


def _told(runs: Sequence[LinkageRun]) -> list[str]:
    told = []
    for run in runs:
        told.append(run_title(run))
        for one in run.actions:
            said = action_words(run, one)
            told.append(f"  {said.mark} {said.name}  {said.took}  {said.more}".rstrip())
    return told


def _say(labels: Sequence[QLabel], said: ActionWords) -> None:
    for label, text in zip(labels, (said.mark, said.name, said.took, said.more), strict=True):
        if label.text() != text:
            label.setText(text)
    labels[3].setToolTip(plain_tip(said.more) if said.more else "")
    if labels[0].property("tone") != said.tone:
        for label in (labels[0], labels[2]):
            label.setProperty("tone", said.tone)
            label.style().unpolish(label)
            label.style().polish(label)
