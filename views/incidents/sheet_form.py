"""The incident form 接警单, to be filled in beside the board; what others change meanwhile is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
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

from services.dispatch.sheet import MOST_WORD, IncidentSheet
from services.domain.incidents import LEVELS, Caller, CameBy, Peril
from ui.named_box import name_box
from ui.text.incidents import CATEGORIES, category_name, field_name, level_name
from ui.text.names import name_of
from ui.text_height import keep_height

_TEXT_PX = 66
_LINES = ("title", "kind", "place", "commander", "police_ref")
_TEXTS = ("content", "result", "loss")
_ORDER = (
    *("title", "category", "kind", "level", "place", "came_by", "caller", "occurred_at", "content"),
    *("perils", "commander", "police_ref", "result", "loss"),
)


class SheetForm(QWidget):
    """Signals: saved(before, after as IncidentSheets, why the level is lowered); left()."""

    saved = Signal(object, object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = IncidentSheet("", "other", "")
        self.lines = {name: QLineEdit(self) for name in _LINES}
        self.texts = {name: QPlainTextEdit(self) for name in _TEXTS}
        self.category = QComboBox(self)
        self.level = QComboBox(self)
        self.why_lower = QLineEdit(self)
        self.came_by = QComboBox(self)
        self.caller = QLineEdit(self)
        self.phone = QLineEdit(self)
        self.anonymous = QCheckBox(self)
        self.is_known = QCheckBox(self)
        self.occurred = QDateTimeEdit(self)
        self.perils = {peril: QCheckBox(self) for peril in Peril}
        self._labels = {name: QLabel(self) for name in _ORDER}
        self.save = QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.leave = QPushButton(self)
        self._build()
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)
        self.level.currentIndexChanged.connect(self._show_why)
        self.is_known.toggled.connect(self.occurred.setEnabled)
        self.anonymous.toggled.connect(self.caller.setDisabled)
        self._retranslate()

    def show_sheet(self, sheet: IncidentSheet) -> None:
        """Begin anew with what stands in the record."""
        self._before = sheet
        self.why_lower.clear()
        for name, line in self.lines.items():
            line.setText(str(getattr(sheet, name)))
        for name, text in self.texts.items():
            text.setPlainText(str(getattr(sheet, name)))
        self._offer_category(sheet.category)
        self.level.setCurrentIndex(LEVELS.index(sheet.level))
        self._show_why()
        self.came_by.setCurrentIndex(tuple(CameBy).index(sheet.came_by))
        self.caller.setText(sheet.caller.name)
        self.phone.setText(sheet.caller.phone)
        self.anonymous.setChecked(sheet.caller.is_anonymous)
        self.is_known.setChecked(sheet.occurred_at is not None)
        self.occurred.setEnabled(sheet.occurred_at is not None)
        if sheet.occurred_at is not None:
            self.occurred.setDateTime(QDateTime.fromSecsSinceEpoch(int(sheet.occurred_at.timestamp())))
        else:
            self.occurred.setDateTime(QDateTime.currentDateTime())
        for peril, box in self.perils.items():
            box.setChecked(peril in sheet.perils)
        self.lines["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on_from(self, sheet: IncidentSheet) -> None:
        """`sheet` stands in the record now; what is filled in stays, and is compared with that."""
        self._before = sheet
        self._show_why()

    def sheet(self) -> IncidentSheet:
        """As it is filled in now."""
        return replace(
            self._before,
            title=self.lines["title"].text(),
            category=str(self.category.currentData()),
            kind=self.lines["kind"].text(),
            level=LEVELS[self.level.currentIndex()],
            place=self.lines["place"].text(),
            came_by=tuple(CameBy)[self.came_by.currentIndex()],
            caller=Caller(self.caller.text(), self.phone.text(), self.anonymous.isChecked()),
            occurred_at=self._occurred_at(),
            content=self.texts["content"].toPlainText(),
            perils=tuple(peril for peril, box in self.perils.items() if box.isChecked()),
            commander=self.lines["commander"].text(),
            police_ref=self.lines["police_ref"].text(),
            result=self.texts["result"].toPlainText(),
            loss=self.texts["loss"].toPlainText(),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for line in (*self.lines.values(), self.caller, self.phone, self.why_lower):
            line.setMaxLength(MOST_WORD)
        self.why_lower.hide()
        for text in self.texts.values():
            keep_height(text, _TEXT_PX)
            text.setTabChangesFocus(True)
        self.occurred.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        fields: dict[str, QWidget] = {
            **self.lines,
            **self.texts,
            "category": self.category,
            "level": _stacked(self, (self.level,), (self.why_lower,)),
            "came_by": self.came_by,
            "caller": _stacked(self, (self.caller, self.phone), (self.anonymous,)),
            "occurred_at": _stacked(self, (self.is_known,), (self.occurred,)),
            "perils": _stacked(self, *((box,) for box in self.perils.values())),
        }
        form = QWidget(self)
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 6, 0)
        for name in _ORDER:
            rows.addRow(self._labels[name], fields[name])
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(form)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area, 1)
        box.addLayout(buttons)

    def _save(self) -> None:
        self.saved.emit(self._before, self.sheet(), self.why_lower.text())

    def _show_why(self) -> None:
        """Only where something has to be said."""
        self.why_lower.setVisible(self.level.currentIndex() > LEVELS.index(self._before.level))

    def _occurred_at(self) -> datetime | None:
        """The same moment as before where nobody touched it: the field shows whole seconds only."""
        if not self.is_known.isChecked():
            return None
        chosen = self.occurred.dateTime().toSecsSinceEpoch()
        known = self._before.occurred_at
        if known is not None and int(known.timestamp()) == chosen:
            return known
        return datetime.fromtimestamp(chosen, UTC)

    def _offer_category(self, chosen: str) -> None:
        """One from an older list stays what it is."""
        self.category.clear()
        for category in CATEGORIES if chosen in CATEGORIES else (*CATEGORIES, chosen):
            self.category.addItem(category_name(category), category)
        self.category.setCurrentIndex(max(0, self.category.findData(chosen)))

    def _retranslate(self) -> None:
        for name, label in self._labels.items():
            label.setText(field_name(name))
        for name, field in (*self.lines.items(), *self.texts.items()):
            field.setAccessibleName(field_name(name))
        chosen = str(self.category.currentData() or self._before.category)
        level, came_by = max(0, self.level.currentIndex()), max(0, self.came_by.currentIndex())
        self._offer_category(chosen)
        _fill(self.level, [level_name(one) for one in LEVELS], level)
        _fill(self.came_by, [name_of(one) for one in CameBy], came_by)
        name_box(self.category, field_name("category"))
        name_box(self.level, field_name("level"))
        name_box(self.came_by, field_name("came_by"))
        for widget, name in (
            (self.caller, self.tr("报警人姓名")),
            (self.phone, self.tr("联系电话")),
            (self.why_lower, self.tr("降低级别的原因")),
            (self.occurred, field_name("occurred_at")),
        ):
            widget.setAccessibleName(name)
        self.why_lower.setPlaceholderText(self.tr("降低级别的原因"))
        self.caller.setPlaceholderText(self.tr("姓名"))
        self.phone.setPlaceholderText(self.tr("电话"))
        self.anonymous.setText(self.tr("匿名"))
        self.is_known.setText(self.tr("已知"))
        for peril, box in self.perils.items():
            box.setText(name_of(peril))
        self.save.setText(self.tr("保存"))
        self.leave.setText(self.tr("返回"))


def _fill(box: QComboBox, names: list[str], chosen: int) -> None:
    box.clear()
    box.addItems(names)
    box.setCurrentIndex(chosen)


def _stacked(parent: QWidget, *rows: tuple[QWidget, ...]) -> QWidget:
    """Rows below each other: English words are wide, the column is not."""
    held = QWidget(parent)
    box = QVBoxLayout(held)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    for widgets in rows:
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget, 1)
        box.addLayout(row)
    return held
