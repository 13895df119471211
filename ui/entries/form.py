"""One entry of the site to fill in: its fields on the left, where it is on the plan on the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.site import Site, SiteEntry
from ui.entries.fields import ChoiceBox, Field, value_of, widget_of
from ui.entries.ticks import TickedWords
from ui.map.point_picker import PointPicker
from ui.own_escape import OwnEscape
from ui.text import sentence
from ui.theme import Size

_FIELDS_PX = 480


class EntryForm(QWidget):
    """fields: of each kind of entry. refusal: why it was not saved, in words.

    Signals: saved(seen or None, entry); left().
    """

    saved = Signal(object, object)
    left = Signal()

    def __init__(
        self,
        site: Site,
        fields: Mapping[type[object], Sequence[Field]],
        *,
        refusal: Callable[[ServiceError], str] = sentence,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._fields = fields
        self._refusal = refusal
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
        self._connect()
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
        return None if self._entry is None else replace(self._entry, **self._values())

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

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)
        self.picker.placed.connect(self._show_where)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+S"), self, context=within).activated.connect(self._save)
        OwnEscape(self, self.left.emit)

    def _make_fields(self, entry: SiteEntry) -> None:
        inside = QWidget(self)
        form = QFormLayout(inside)
        form.setSpacing(6)
        self._rows = []
        for field in self._fields[type(entry)]:
            label, widget = QLabel(inside), widget_of(field, self._site, getattr(entry, field.name), inside)
            label.setBuddy(widget)
            form.addRow(label, widget)
            self._rows.append((field, label, widget))
        self._scroll.setWidget(inside)

    def _values(self) -> dict[str, Any]:
        """What was filled in, by the names of the entry's attributes."""
        values: dict[str, Any] = {field.name: value_of(widget, field) for field, _label, widget in self._rows}
        if self.picker.point is not None and hasattr(self._entry, "at"):
            values["at"] = self.picker.point
        return values

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
        self.message.setText(self._refusal(self._error) if self._error is not None else "")

    def _retranslate(self) -> None:
        self.save.setText(self.tr("保存  Ctrl+S"))
        self.leave.setText(self.tr("不保存  Esc"))
        self.picker.setAccessibleName(self.tr("在图上的位置"))
        name = getattr(self._seen, "no", "")
        self.title.setText(self.tr("修改 {no}").format(no=name) if self._seen else self.tr("新建"))
        for field, label, widget in self._rows:
            label.setText(field.label_text)
            line = widget.others if isinstance(widget, TickedWords) else widget
            line.setAccessibleName(field.label_text)
            if field.hint:
                line.setToolTip(field.hint_text)
                if isinstance(line, (QLineEdit, QPlainTextEdit)):
                    line.setPlaceholderText(field.hint_text)
            self._name_choices(field, widget)
        self._show_where()
        self._show_error()

    def _name_choices(self, field: Field, widget: QWidget) -> None:
        choices = field.choices(self._site) if field.choices is not None else ()
        match widget:
            case ChoiceBox():
                for index, (_data, text) in enumerate(choices[: widget.count()]):
                    widget.setItemText(index, text)
            case TickedWords():
                widget.rename(choices)
