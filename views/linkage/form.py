"""The form of one rule: name, conditions, actions, and above them what all of it says in words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.domain.linkage import LONGEST_NAME, Action, Rule
from services.domain.triggers import Trigger
from ui.linkage.sentence import rule_sentence
from views.linkage.action_list import ActionList
from views.linkage.conditions import Conditions
from views.linkage.presenter import LinkagePresenter


class RuleForm(QWidget):
    """Writes what is typed into the presenter's draft at once."""

    def __init__(self, presenter: LinkagePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._is_filling = False
        self.preview = QLabel(self)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setWordWrap(True)
        self.preview.setProperty("tone", "note")
        self.preview.setMargin(8)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.name = QLineEdit(self)
        self.name_en = QLineEdit(self)
        self.cool_down = QSpinBox(self)
        self.in_order = QCheckBox(self)
        self.conditions = Conditions(self)
        self.action_list = ActionList(self)
        self._names = [QLabel(self) for _ in range(3)]
        self._when = QLabel(self)
        self._then = QLabel(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_draft(self) -> None:
        rule = self._presenter.draft
        if rule is None:
            return
        self._is_filling = True
        for line, text in ((self.name, rule.name), (self.name_en, rule.name_en)):
            if line.text() != text:
                line.setText(text)
        self.cool_down.setValue(round(rule.cool_down_s))
        self.in_order.setChecked(rule.in_order)
        self.conditions.show_rule(rule, self._presenter.site)
        self.action_list.show_rule(rule, self._presenter.site, self._presenter.presets)
        self._is_filling = False
        self._preview(rule)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for line in (self.name, self.name_en):
            line.setMaxLength(LONGEST_NAME)
        self.cool_down.setRange(0, 3600)
        fields = QGridLayout()
        for at, (label, field) in enumerate(
            zip(self._names, (self.name, self.name_en, self.cool_down), strict=True)
        ):
            label.setBuddy(field)
            label.setProperty("tone", "small")
            fields.addWidget(label, 0, at)
            fields.addWidget(field, 1, at)
        fields.setColumnStretch(0, 2)
        fields.setColumnStretch(1, 2)
        for label in (self._when, self._then):
            label.setProperty("tone", "title")
        inside = QWidget(self)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(18)
        for label, editor, more in (
            (self._when, self.conditions, None),
            (self._then, self.action_list, self.in_order),
        ):
            column = QVBoxLayout()
            column.addWidget(label)
            if more is not None:
                column.addWidget(more)
            column.addWidget(editor)
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 0)
        box.addWidget(self.preview)
        box.addLayout(fields)
        box.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._tell)
        self.name_en.textEdited.connect(self._tell)
        self.cool_down.valueChanged.connect(self._tell)
        self.in_order.toggled.connect(self._tell)
        self.conditions.changed.connect(self._take_trigger)
        self.action_list.changed.connect(self._take_actions)
        self._presenter.drafted.connect(self.show_draft)

    def _tell(self, *_: object) -> None:
        rule = self._presenter.draft
        if rule is not None and not self._is_filling:
            self._edit(
                replace(
                    rule,
                    name=self.name.text(),
                    name_en=self.name_en.text(),
                    cool_down_s=float(self.cool_down.value()),
                    in_order=self.in_order.isChecked(),
                )
            )

    def _take_trigger(self, trigger: Trigger) -> None:
        if self._presenter.draft is not None:
            self._edit(replace(self._presenter.draft, trigger=trigger))

    def _take_actions(self, actions: tuple[Action, ...]) -> None:
        if self._presenter.draft is not None:
            self._edit(replace(self._presenter.draft, actions=actions))

    def _edit(self, rule: Rule) -> None:
        self._presenter.edit(rule)
        self._preview(rule)

    def _preview(self, rule: Rule) -> None:
        self.preview.setText(rule_sentence(rule, self._presenter.site))

    def _retranslate(self) -> None:
        texts = (self.tr("名称"), self.tr("英文名称"), self.tr("冷却"))
        for label, field, text in zip(
            self._names, (self.name, self.name_en, self.cool_down), texts, strict=True
        ):
            label.setText(text)
            field.setAccessibleName(text)
        self.cool_down.setSuffix(self.tr(" 秒"))
        self.in_order.setText(self.tr("依次执行"))
        self.in_order.setToolTip(self.tr("前一个动作结束后才做下一个"))
        self._when.setText(self.tr("当"))
        self._then.setText(self.tr("则"))
        self.preview.setAccessibleName(self.tr("规则的意思"))
        self.show_draft()
