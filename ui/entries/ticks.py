"""Words of an entry: the usual ones are ticked, others are typed behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

COLUMNS = 2


class TickedWords(QWidget):
    """words: the usual ones, each with the name that people know it by."""

    def __init__(self, words: Sequence[tuple[object, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes = {str(word): QCheckBox(name, self) for word, name in words}
        self.others = QLineEdit(self)
        self._given: tuple[str, ...] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self.boxes.values()):
            grid.addWidget(box, place // COLUMNS, place % COLUMNS)
        grid.addWidget(self.others, grid.rowCount(), 0, 1, COLUMNS)
        self.setFocusProxy(next(iter(self.boxes.values()), self.others))

    @property
    def value(self) -> tuple[str, ...]:
        """Those that were given stay in their order. A typed name of a usual word is that word."""
        by_name = {box.text().casefold(): word for word, box in self.boxes.items()}
        ticked = [word for word, box in self.boxes.items() if box.isChecked()]
        typed = [by_name.get(word.casefold(), word) for word in typed_words(self.others)]
        present = dict.fromkeys([*ticked, *typed])
        return tuple(dict.fromkeys([*(word for word in self._given if word in present), *present]))

    @value.setter
    def value(self, words: Sequence[str]) -> None:
        self._given = tuple(words)
        for word, box in self.boxes.items():
            box.setChecked(word in words)
        self.others.setText(" ".join(word for word in words if word not in self.boxes))

    def rename(self, words: Sequence[tuple[object, str]]) -> None:
        """In another language; what is ticked stays."""
        for word, name in words:
            self.boxes[str(word)].setText(name)


def typed_words(line: QLineEdit) -> tuple[str, ...]:
    """Separated by spaces or commas, each once."""
    return tuple(dict.fromkeys(line.text().replace(",", " ").replace("，", " ").replace("、", " ").split()))
