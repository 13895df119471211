"""The fields of an entry of the site, and how each is filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from services.domain.site import Site
from ui.entries.ticks import TickedWords, typed_words

LONGEST = 200
_LINES_PX = 84


class FieldKind(StrEnum):
    """LIST: several words, by spaces. TICKS: the usual words to tick, others typed. LINES: several lines."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    FLAG = "flag"
    LIST = "list"
    TICKS = "ticks"
    LINES = "lines"


Choices = Callable[[Site], Sequence[tuple[object, str]]]


@dataclass(frozen=True, slots=True)
class Field:
    """name: of the entry's attribute. label, hint: texts of the context "EntryFields"; hint: an example, or
    what it is for. most: largest number."""

    name: str
    kind: FieldKind
    label: str
    choices: Choices | None = None
    most: float = 0.0
    hint: str = ""

    @property
    def label_text(self) -> str:
        return QCoreApplication.translate("EntryFields", self.label)

    @property
    def hint_text(self) -> str:
        return QCoreApplication.translate("EntryFields", self.hint) if self.hint else ""


class ChoiceBox(QComboBox):
    """A combo box that gives back the very value it was given; Qt turns enums into bare texts."""

    def __init__(self, choices: Sequence[tuple[object, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._values = [value for value, _text in choices]
        self.addItems([text for _value, text in choices])

    @property
    def value(self) -> object:
        return self._values[self.currentIndex()] if self._values else ""

    @value.setter
    def value(self, value: object) -> None:
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    @property
    def values(self) -> Sequence[object]:
        return self._values


def widget_of(field: Field, site: Site, value: object, parent: QWidget) -> QWidget:
    """For `field`, with `value` in it."""
    widget = _empty(field, site, parent)
    match widget:
        case ChoiceBox():
            widget.value = value
        case TickedWords():
            assert isinstance(value, tuple)
            widget.value = value
        case QSpinBox():
            widget.setValue(int(str(value)))
        case QDoubleSpinBox():
            widget.setValue(float(str(value)))
        case QCheckBox():
            widget.setChecked(bool(value))
        case QPlainTextEdit():
            widget.setPlainText("\n".join(value) if isinstance(value, tuple) else str(value))
        case QLineEdit():
            widget.setText(" ".join(value) if isinstance(value, tuple) else str(value))
    return widget


def value_of(widget: QWidget, field: Field) -> object:
    """What was filled in, as the entry's attribute wants it."""
    match widget:
        case ChoiceBox() | TickedWords():
            return widget.value
        case QSpinBox() | QDoubleSpinBox():
            return widget.value()
        case QCheckBox():
            return widget.isChecked()
        case QPlainTextEdit():
            return tuple(filter(None, (line.strip() for line in widget.toPlainText().splitlines())))
        case QLineEdit() if field.kind is FieldKind.LIST:
            return typed_words(widget)
        case QLineEdit():
            return widget.text().strip()
    raise TypeError(type(widget).__name__)


def _empty(field: Field, site: Site, parent: QWidget) -> QWidget:
    match field.kind:
        case FieldKind.CHOICE:
            return ChoiceBox(field.choices(site) if field.choices else (), parent)
        case FieldKind.TICKS:
            ticks = TickedWords(field.choices(site) if field.choices else (), parent)
            ticks.others.setMaxLength(LONGEST)
            return ticks
        case FieldKind.WHOLE:
            whole = QSpinBox(parent)
            whole.setRange(0, int(field.most))
            return whole
        case FieldKind.NUMBER:
            number = QDoubleSpinBox(parent)
            number.setRange(0, field.most)
            number.setDecimals(1)
            return number
        case FieldKind.FLAG:
            return QCheckBox(parent)
        case FieldKind.LINES:
            lines = QPlainTextEdit(parent)
            lines.setFixedHeight(_LINES_PX)
            lines.setTabChangesFocus(True)
            return lines
        case FieldKind.TEXT | FieldKind.LIST:
            line = QLineEdit(parent)
            line.setMaxLength(LONGEST)
            return line
