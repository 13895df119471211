"""The linkage record of one alarm as a table: every action, how it went, when it ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from services.domain.linkage_runs import LinkageRun
from ui.elided import ElidedLabel
from ui.linkage.words import ActionWords, action_words, chip_words, run_title
from ui.tips import plain_tip
from ui.tone import set_tone

CHIP_COLUMNS = 2
# More than this is read where there is more room.
MOST_CHIPS = 12


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
        self._grid.setColumnStretch(1, 1)
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
            labels[3].setVisible(said is not None and bool(said.more))
            _say(labels, said or ActionWords("", "dim", "", "", ""))
        self.setVisible(bool(lines))

    def _add_row(self) -> None:
        """Why it went so stands under it: beside it there is never room for a sentence."""
        row = 2 * len(self._rows)
        labels = tuple(QLabel(self) for _ in range(4))
        for column, label in enumerate(labels):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if column < 3:
                self._grid.addWidget(label, row, column)
        self._grid.addWidget(labels[3], row + 1, 1, 1, 2)
        for label in (labels[1], labels[3]):
            label.setWordWrap(True)
        labels[3].setProperty("tone", "small")
        self._rows.append(labels)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("联动记录"))
        self.setAccessibleName(self.tr("联动记录"))
        self._fill()


class LinkageChips(QWidget):
    """The same in two narrow columns, for the column beside the wall: sign, action, milliseconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[LinkageRun, ...] = ()
        self._chips: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 0, 6, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(8)
        for column in range(CHIP_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.setVisible(False)
        self._retranslate()

    @property
    def words(self) -> str:
        """All of it, for those who read it aloud and for tests."""
        return "  ".join(chip.text() for chip in self._chips if chip.text())

    def show_runs(self, runs: Sequence[LinkageRun]) -> None:
        if tuple(runs) != self._runs:
            self._runs = tuple(runs)
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _fill(self) -> None:
        said = [chip_words(run, one) for run in self._runs for one in run.actions][:MOST_CHIPS]
        while len(self._chips) < len(said):
            self._add_chip()
        for at, chip in enumerate(self._chips):
            text, tone = said[at] if at < len(said) else ("", "dim")
            chip.setVisible(bool(text))
            if chip.text() != text:
                chip.setText(text)
            set_tone(chip, tone)
        self.setToolTip(plain_tip("\n".join(_told(self._runs))))
        self.setVisible(bool(said))

    def _add_chip(self) -> None:
        # The sign at one end and the milliseconds at the other tell most.
        chip = ElidedLabel(self, mode=Qt.TextElideMode.ElideMiddle)
        chip.setProperty("letters", "small")
        self._grid.addWidget(chip, *divmod(len(self._chips), CHIP_COLUMNS))
        self._chips.append(chip)

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
    for label in (labels[0], labels[2]):
        set_tone(label, said.tone)
