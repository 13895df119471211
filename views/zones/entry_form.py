"""One entry of the site to fill in: its fields, and where it is on the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.campus.entries import CLASSES_OF_KIND
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.devices.entries import SiteEntry
from services.domain.classes import DISARMABLE
from services.domain.site import Site, Zone, ZoneKind
from ui.map.point_picker import PointPicker
from ui.theme import Size
from views.zones.fields import FIELDS, Field, FieldKind
from views.zones.words import refusal

LONGEST = 200
_LINES_PX = 84
_FIELDS_PX = 480
# Where Qt's own item model keeps whether an item can be chosen.
_ITEM_FLAGS = Qt.ItemDataRole.UserRole - 1
# What a zone that always counts cannot have.
_ARMING = ("arm_group", "entry_delay_s")


class EntryForm(QWidget):
    """Fields on the left, the plan on the right. Signals: saved(seen or None, entry); left()."""

    saved = Signal(object, object)
    left = Signal()

    def __init__(self, site: Site, *, clock: Clock | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._seen: SiteEntry | None = None
        self._entry: SiteEntry | None = None
        self._error: ServiceError | None = None
        self._rows: list[tuple[Field, QLabel, QWidget]] = []
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("tone", "title")
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self.picker = PointPicker(self, clock=clock)
        self.picker.set_site(site)
        self.where = QLabel(self)
        self.where.setProperty("tone", "small")
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("tone", "bad")
        self.save = QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.leave = QPushButton(self)
        self._build()
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+S"), self, context=within).activated.connect(self._save)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=within).activated.connect(self.left)
        self.picker.placed.connect(self._show_where)
        self._retranslate()

    def use_site(self, site: Site) -> None:
        """What was typed stays; the plan is the new one."""
        self._site = site
        self.picker.set_site(site)

    def open(self, entry: SiteEntry, *, seen: SiteEntry | None) -> None:
        """seen None: a new one."""
        self._seen, self._entry, self._error = seen, entry, None
        self._make_fields(entry)
        at = getattr(entry, "at", None)
        self.picker.setVisible(at is not None)
        self.where.setVisible(at is not None)
        self.picker.set_point(at)
        self._retranslate()
        self._rows[0][2].setFocus(Qt.FocusReason.OtherFocusReason)

    def entry(self) -> SiteEntry | None:
        """As it is filled in now."""
        if self._entry is None:
            return None
        values: dict[str, Any] = {field.name: _value(widget, field) for field, _label, widget in self._rows}
        if self.picker.point is not None and hasattr(self._entry, "at"):
            values["at"] = self.picker.point
        if isinstance(self._entry, Zone) and values["alarm_class"] not in DISARMABLE:
            values |= {"arm_group": "", "entry_delay_s": 0.0}
        return replace(self._entry, **values)

    def widget(self, name: str) -> QWidget:
        return next(widget for field, _label, widget in self._rows if field.name == name)

    def refuse(self, error: ServiceError) -> None:
        self._error = error
        self._show_error()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.message, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.save)
        self._scroll.setFixedWidth(_FIELDS_PX)
        plan = QVBoxLayout()
        plan.addWidget(self.where)
        plan.addWidget(self.picker, 1)
        middle = QHBoxLayout()
        middle.addWidget(self._scroll)
        middle.addLayout(plan, 1)
        middle.addStretch(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addWidget(self.title)
        box.addLayout(middle, 1)
        box.addLayout(buttons)

    def _make_fields(self, entry: SiteEntry) -> None:
        inside = QWidget(self)
        form = QFormLayout(inside)
        form.setSpacing(6)
        self._rows = []
        for field in FIELDS[type(entry)]:
            label, widget = QLabel(inside), _widget(field, self._site, inside)
            label.setBuddy(widget)
            _fill(widget, getattr(entry, field.name))
            form.addRow(label, widget)
            self._rows.append((field, label, widget))
        self._scroll.setWidget(inside)
        if isinstance(entry, Zone):
            self._follow_kind()
            for name in ("kind", "alarm_class"):
                widget = self.widget(name)
                assert isinstance(widget, ChoiceBox)
                widget.currentIndexChanged.connect(self._follow_kind)

    def _follow_kind(self) -> None:
        """Only classes that such a detector can have; what always counts is in no group."""
        kind, alarm_class = self.widget("kind"), self.widget("alarm_class")
        assert isinstance(kind, ChoiceBox)
        assert isinstance(alarm_class, ChoiceBox)
        allowed = CLASSES_OF_KIND[ZoneKind(str(kind.value))]
        if alarm_class.value not in allowed:
            alarm_class.value = allowed[0]
        for index, value in enumerate(alarm_class.values):
            alarm_class.setItemData(index, None if value in allowed else 0, _ITEM_FLAGS)
        may_hold = alarm_class.value in DISARMABLE
        for name in _ARMING:
            widget = self.widget(name)
            widget.setEnabled(may_hold)
            widget.setToolTip("" if may_hold else self.tr("始终有效的防区不能分组，也没有延时"))

    def _save(self) -> None:
        entry = self.entry()
        if entry is not None:
            self._error = None
            self._show_error()
            self.saved.emit(self._seen, entry)

    def _show_where(self) -> None:
        point = self.picker.point
        text = self.tr("在图上点一下，方向键微调（Shift 每次 10 米）")
        self.where.setText(f"{text}   {point[0]:g}, {point[1]:g}" if point else text)

    def _show_error(self) -> None:
        self.message.setText(refusal(self._error) if self._error is not None else "")

    def _retranslate(self) -> None:
        self.save.setText(self.tr("保存  Ctrl+S"))
        self.leave.setText(self.tr("不保存  Esc"))
        self.picker.setAccessibleName(self.tr("在图上的位置"))
        name = getattr(self._seen, "no", "")
        self.title.setText(self.tr("修改 {no}").format(no=name) if self._seen else self.tr("新建"))
        for field, label, widget in self._rows:
            label.setText(field.label_text)
            widget.setAccessibleName(field.label_text)
            if field.hint:
                widget.setToolTip(field.hint_text)
                if isinstance(widget, (QLineEdit, QPlainTextEdit)):
                    widget.setPlaceholderText(field.hint_text)
            if field.choices is not None and isinstance(widget, ChoiceBox):
                for index, (_data, text) in enumerate(field.choices(self._site)[: widget.count()]):
                    widget.setItemText(index, text)
        self._show_where()
        self._show_error()


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


def _widget(field: Field, site: Site, parent: QWidget) -> QWidget:
    match field.kind:
        case FieldKind.CHOICE:
            return ChoiceBox(field.choices(site) if field.choices else (), parent)
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
        case _:
            line = QLineEdit(parent)
            line.setMaxLength(LONGEST)
            return line


def _fill(widget: QWidget, value: object) -> None:
    match widget:
        case ChoiceBox():
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


def _value(widget: QWidget, field: Field) -> object:
    match widget:
        case ChoiceBox():
            return widget.value
        case QSpinBox() | QDoubleSpinBox():
            return widget.value()
        case QCheckBox():
            return widget.isChecked()
        case QPlainTextEdit():
            return tuple(filter(None, (line.strip() for line in widget.toPlainText().splitlines())))
        case QLineEdit() if field.kind is FieldKind.LIST:
            return tuple(widget.text().replace(",", " ").replace("，", " ").split())
        case QLineEdit():
            return widget.text().strip()
    raise TypeError(type(widget).__name__)
