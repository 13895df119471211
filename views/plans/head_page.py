"""What a plan is for and when it is suggested."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.domain.classes import AlarmClass
from services.domain.plan_checks import LONGEST_INTERVAL_DAYS, LONGEST_NAME
from services.domain.plans import PlanCategory, PlanTrigger
from services.domain.site import AreaKind
from ui.text.incidents import level_name
from ui.text.names import name_of
from views.plans.editor_presenter import EditorPresenter

TEXT_PX = 66
CLASSES_PX, PLACES_PX = 68, 38
_VALUE = Qt.ItemDataRole.UserRole
# What never is a reason to run a plan.
_NO_REASON = frozenset({AlarmClass.TEST, AlarmClass.DUTY})


class HeadPage(QWidget):
    def __init__(self, presenter: EditorPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._is_filling = False
        self.name = QLineEdit(self)
        self.name_en = QLineEdit(self)
        self.category = QComboBox(self)
        self.level = QComboBox(self)
        self.purpose = QPlainTextEdit(self)
        self.purpose_en = QPlainTextEdit(self)
        self.classes = QListWidget(self)
        self.places = QListWidget(self)
        self.words = QLineEdit(self)
        self.codes = QLineEdit(self)
        self.drill = QSpinBox(self)
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self._build()
        self._connect()
        self._retranslate()

    def show_text(self) -> None:
        text, trigger = self._presenter.text, self._presenter.text.trigger
        self._is_filling = True
        for line, words in (
            (self.name, text.name),
            (self.name_en, text.name_en),
            (self.words, "、".join(trigger.words)),
            (self.codes, "、".join(trigger.codes)),
        ):
            # While somebody types 、 it must not vanish under the hand.
            if line.text() != words and not line.hasFocus():
                line.setText(words)
        for field, words in ((self.purpose, text.purpose), (self.purpose_en, text.purpose_en)):
            if field.toPlainText() != words:
                field.setPlainText(words)
        self.category.setCurrentIndex(self.category.findData(text.category))
        self.level.setCurrentIndex(self.level.findData(text.level))
        self.drill.setValue(text.drill_every_days)
        _tick(self.classes, trigger.classes)
        _tick(self.places, trigger.place_kinds)
        self._is_filling = False

    def write_english(self, has_english: bool) -> None:
        for name in ("name_en", "purpose_en"):
            for widget in self._rows[name]:
                widget.setVisible(has_english)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # inside

    def _build(self) -> None:
        for line in (self.name, self.name_en):
            line.setMaxLength(LONGEST_NAME)
        for field in (self.purpose, self.purpose_en):
            field.setFixedHeight(TEXT_PX)
            field.setTabChangesFocus(True)
        for ticks, height_px in ((self.classes, CLASSES_PX), (self.places, PLACES_PX)):
            ticks.setFixedHeight(height_px)
            ticks.setFlow(QListWidget.Flow.LeftToRight)
            ticks.setWrapping(True)
            ticks.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.drill.setRange(0, LONGEST_INTERVAL_DAYS)
        inside = QWidget(self)
        form = QFormLayout(inside)
        form.setContentsMargins(8, 8, 8, 8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field_of in (
            ("name", self.name),
            ("name_en", self.name_en),
            ("category", self.category),
            ("level", self.level),
            ("purpose", self.purpose),
            ("purpose_en", self.purpose_en),
            ("classes", self.classes),
            ("places", self.places),
            ("words", self.words),
            ("codes", self.codes),
            ("drill", self.drill),
        ):
            label = QLabel(inside)
            label.setBuddy(field_of)
            form.addRow(label, field_of)
            self._rows[name] = (label, field_of)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        for line in (self.name, self.name_en, self.words, self.codes):
            line.textEdited.connect(self._typed)
        for field in (self.purpose, self.purpose_en):
            field.textChanged.connect(self._typed)
        for box in (self.category, self.level):
            box.activated.connect(self._chosen)
        for ticks in (self.classes, self.places):
            ticks.itemChanged.connect(self._chosen)
        self.drill.valueChanged.connect(self._chosen)

    def _typed(self, *_: object) -> None:
        self._tell("head")

    def _chosen(self, *_: object) -> None:
        self._tell("")

    def _tell(self, what: str) -> None:
        if self._is_filling:
            return
        trigger = PlanTrigger(
            classes=tuple(AlarmClass(value) for value in _ticked(self.classes)),
            codes=_words(self.codes.text()),
            place_kinds=tuple(AreaKind(value) for value in _ticked(self.places)),
            words=_words(self.words.text()),
        )
        text = replace(
            self._presenter.text,
            name=self.name.text(),
            name_en=self.name_en.text(),
            category=PlanCategory(self.category.currentData()),
            level=self.level.currentData(),
            purpose=self.purpose.toPlainText(),
            purpose_en=self.purpose_en.toPlainText(),
            trigger=trigger,
            drill_every_days=self.drill.value(),
        )
        self._presenter.edit(text, what)

    def _retranslate(self) -> None:
        names = {
            "name": self.tr("名称"),
            "name_en": self.tr("英文名称"),
            "category": self.tr("类别"),
            "level": self.tr("最高级别"),
            "purpose": self.tr("目的和原则"),
            "purpose_en": self.tr("目的（英文）"),
            "classes": self.tr("报警类型"),
            "places": self.tr("只用于这些地点"),
            "words": self.tr("警情中出现的词"),
            "codes": self.tr("报警代码"),
            "drill": self.tr("多久演练一次"),
        }
        for name, (label, field) in self._rows.items():
            label.setText(names[name])
            field.setAccessibleName(names[name])
        self.words.setPlaceholderText(self.tr("用、隔开，中英文都可以，如：起火、冒烟、smoke"))
        self.codes.setPlaceholderText(self.tr("用、隔开，如：GA、151"))
        self.drill.setSuffix(self.tr(" 天"))
        self.drill.setSpecialValueText(self.tr("不用演练"))
        self._is_filling = True
        for box, lines in (
            (self.category, [(name_of(one), one) for one in PlanCategory]),
            (self.level, [(level_name(one), one) for one in (1, 2, 3, 4)]),
        ):
            box.clear()
            for text, value in lines:
                box.addItem(text, value)
        classes = [one for one in AlarmClass if one not in _NO_REASON]
        for ticks, kinds in ((self.classes, classes), (self.places, list(AreaKind))):
            ticks.clear()
            for kind in kinds:
                item = QListWidgetItem(name_of(kind), ticks)
                item.setData(_VALUE, kind.value)
                item.setCheckState(Qt.CheckState.Unchecked)
        self._is_filling = False
        self.show_text()


def _tick(ticks: QListWidget, values: tuple[AlarmClass, ...] | tuple[AreaKind, ...]) -> None:
    known = {value.value for value in values}
    for row in range(ticks.count()):
        item = ticks.item(row)
        state = Qt.CheckState.Checked if item.data(_VALUE) in known else Qt.CheckState.Unchecked
        item.setCheckState(state)


def _ticked(ticks: QListWidget) -> list[str]:
    items = [ticks.item(row) for row in range(ticks.count())]
    return [str(item.data(_VALUE)) for item in items if item.checkState() is Qt.CheckState.Checked]


def _words(text: str) -> tuple[str, ...]:
    parts = text.replace("，", "、").replace(",", "、").split("、")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
