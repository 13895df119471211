"""The fields of one step; only those that its kind has are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.domain.plan_steps import (
    ASKING,
    END,
    LONGEST_TITLE,
    MOST_UNITS,
    Choice,
    FieldKind,
    FormField,
    Step,
    StepKind,
)
from services.domain.plans import PlanText
from services.domain.site import Site
from services.plans.durations import seconds_of
from services.plans.writing import fitting_kind, free_id
from ui.text.names import name_of
from views.plans.action_box import ActionBox, offer
from views.plans.entry_table import CellKind, Column, EntryTable
from views.plans.targets import has_target, targets_of
from views.plans.words import duration, next_text, role_name

TEXT_PX = 84


class StepForm(QWidget):
    """Signal: changed(Step, str): the step as it is now, and which field a person touched."""

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = PlanText("")
        self._site = Site("", "", "", 1.0, 1.0)
        self._step: Step | None = None
        self._is_filling = False
        self._has_english = False
        self._offered: list[tuple[str, object]] = []
        self.kind = QComboBox(self)
        self.title = QLineEdit(self)
        self.title_en = QLineEdit(self)
        self.text = QPlainTextEdit(self)
        self.text_en = QPlainTextEdit(self)
        self.role = QComboBox(self)
        self.deadline = QLineEdit(self)
        self.is_mandatory = QCheckBox(self)
        self.needs_evidence = QCheckBox(self)
        self.target = QComboBox(self)
        self.units = QSpinBox(self)
        self.wait = QLineEdit(self)
        self.next = QComboBox(self)
        self.choices: EntryTable[Choice] = EntryTable(_new_choice, self)
        self.fields: EntryTable[FormField] = EntryTable(_new_field, self)
        self.action = ActionBox(self)
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self._build()
        self._connect()
        self._retranslate()

    def show_step(self, step: Step | None, text: PlanText, site: Site) -> None:
        """What is being typed keeps its cursor."""
        self._step, self._text, self._site = step, text, site
        self.setEnabled(step is not None)
        if step is None:
            return
        self._is_filling = True
        self._fill_words(step)
        self._fill_boxes(step)
        self._fill_tables(step)
        self._is_filling = False
        self._show_rows(step)

    def write_english(self, has_english: bool) -> None:
        self._has_english = has_english
        self.choices.write_english(has_english)
        self.fields.write_english(has_english)
        if self._step is not None:
            self._show_rows(self._step)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # inside: filling

    def _fill_words(self, step: Step) -> None:
        for line, words in (
            (self.title, step.title),
            (self.title_en, step.title_en),
        ):
            if line.text() != words:
                line.setText(words)
        for field, words in ((self.text, step.text), (self.text_en, step.text_en)):
            if field.toPlainText() != words:
                field.setPlainText(words)
        for line, seconds in ((self.deadline, step.deadline_s), (self.wait, step.wait_s)):
            if not line.hasFocus():
                line.setText(duration(seconds) if seconds else "")
        self.is_mandatory.setChecked(step.is_mandatory)
        self.needs_evidence.setChecked(step.needs_evidence)
        self.units.setValue(step.units)

    def _fill_boxes(self, step: Step) -> None:
        offer(self.kind, [(name_of(kind), kind) for kind in StepKind], step.kind)
        roles = [
            (self.tr("执行的人"), ""),
            *((role_name(self._text, one.id), one.id) for one in self._text.roles),
        ]
        offer(self.role, roles, step.role)
        offer(self.next, self._nexts(), step.next)
        offer(self.target, list(targets_of(step.kind, self._text, self._site)), step.target)
        self.action.show_action(step.action, step.title, self._site)

    def _fill_tables(self, step: Step) -> None:
        nexts = self._nexts()
        self.choices.offer("next", nexts)
        self.fields.offer("kind", [(name_of(kind), kind) for kind in FieldKind])
        # A cell that is being written must not be filled anew under the hand.
        if self.choices.entries != step.choices or nexts != self._offered:
            self.choices.show_entries(step.choices)
        if self.fields.entries != step.fields:
            self.fields.show_entries(step.fields)
        self._offered = nexts

    def _nexts(self) -> list[tuple[str, object]]:
        steps = [(next_text(self._text, step.id), step.id) for step in self._text.steps]
        return [(next_text(self._text, ""), ""), (next_text(self._text, END), END), *steps]

    def _show_rows(self, step: Step) -> None:
        kind = step.kind
        shown = {
            "title_en": self._has_english,
            "text_en": self._has_english,
            "target": has_target(kind),
            "units": kind is StepKind.DISPATCH,
            "wait": kind is StepKind.WAIT,
            "next": kind not in ASKING,
            "choices": kind in ASKING,
            "fields": kind is StepKind.FORM,
        }
        for name, (label, field) in self._rows.items():
            for widget in (label, field):
                widget.setVisible(shown.get(name, True))
        for button in (self.choices.add, self.choices.remove, self.choices.up, self.choices.down):
            button.setVisible(kind is StepKind.CHOICE)

    # inside: what a person does

    def _tell(self, name: str, step: Step) -> None:
        if not self._is_filling and step != self._step:
            self._step = step
            self.changed.emit(step, name)

    def _words(self, *_: object) -> None:
        if self._step is not None and not self._is_filling:
            self._tell(
                "words",
                replace(
                    self._step,
                    title=self.title.text(),
                    title_en=self.title_en.text(),
                    text=self.text.toPlainText(),
                    text_en=self.text_en.toPlainText(),
                ),
            )

    def _facts(self, *_: object) -> None:
        if self._step is not None and not self._is_filling:
            self._tell(
                "",
                replace(
                    self._step,
                    role=self.role.currentData(),
                    is_mandatory=self.is_mandatory.isChecked(),
                    needs_evidence=self.needs_evidence.isChecked(),
                    target=self._chosen_target(),
                    units=self.units.value(),
                    next=self.next.currentData(),
                ),
            )

    def _chosen_target(self) -> str:
        """One of the list, or a number that somebody typed."""
        typed = self.target.currentText().strip()
        at = self.target.findText(typed)
        return str(self.target.itemData(at)) if at >= 0 else typed

    def _times(self) -> None:
        if self._step is None or self._is_filling:
            return
        deadline_s, wait_s = _seconds(self.deadline), _seconds(self.wait)
        step = self._step
        if deadline_s is not None and wait_s is not None:
            step = replace(step, deadline_s=deadline_s, wait_s=wait_s)
        self._tell("", step)
        # What is no span of time is put back; what is one is said in the usual way.
        for line, seconds in ((self.deadline, step.deadline_s), (self.wait, step.wait_s)):
            line.setText(duration(seconds) if seconds else "")

    def _other_kind(self, index: int) -> None:
        if self._step is not None and not self._is_filling:
            # A box of Qt gives back the bare word of an enum.
            kind = StepKind(self.kind.itemData(index))
            step = replace(self._step, target="") if kind is not self._step.kind else self._step
            self._tell("", fitting_kind(step, kind))

    def _lists(self) -> None:
        if self._step is not None and not self._is_filling:
            self._tell("", replace(self._step, choices=self.choices.entries, fields=self.fields.entries))

    def _other_action(self, what: str) -> None:
        if self._step is not None and not self._is_filling:
            self._tell(what, replace(self._step, action=self.action.action))

    # inside: layout

    def _build(self) -> None:
        for line in (self.title, self.title_en):
            line.setMaxLength(LONGEST_TITLE)
        for field in (self.text, self.text_en):
            field.setFixedHeight(TEXT_PX)
            field.setTabChangesFocus(True)
        self.units.setRange(1, MOST_UNITS)
        self.target.setEditable(True)
        self.target.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        flags = QWidget(self)
        flags.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(flags)
        box.setContentsMargins(0, 0, 0, 0)
        for check in (self.is_mandatory, self.needs_evidence):
            box.addWidget(check)
        form = QFormLayout(self)
        form.setContentsMargins(8, 4, 8, 8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field_of in (
            ("title", self.title),
            ("title_en", self.title_en),
            ("kind", self.kind),
            ("role", self.role),
            ("deadline", self.deadline),
            ("text", self.text),
            ("text_en", self.text_en),
            ("target", self.target),
            ("units", self.units),
            ("wait", self.wait),
            ("choices", self.choices),
            ("fields", self.fields),
            ("next", self.next),
            ("action", self.action),
            ("flags", flags),
        ):
            label = QLabel(self)
            label.setBuddy(field_of)
            form.addRow(label, field_of)
            self._rows[name] = (label, field_of)

    def _connect(self) -> None:
        for line in (self.title, self.title_en):
            line.textEdited.connect(self._words)
        for field in (self.text, self.text_en):
            field.textChanged.connect(self._words)
        for box in (self.role, self.next, self.target):
            box.activated.connect(self._facts)
        edit = self.target.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self._facts)
        for check in (self.is_mandatory, self.needs_evidence):
            check.toggled.connect(self._facts)
        self.units.valueChanged.connect(self._facts)
        for line in (self.deadline, self.wait):
            line.editingFinished.connect(self._times)
        self.kind.activated.connect(self._other_kind)
        self.choices.changed.connect(self._lists)
        self.fields.changed.connect(self._lists)
        self.action.changed.connect(self._other_action)

    def _retranslate(self) -> None:
        names = {
            "title": self.tr("做什么"),
            "title_en": self.tr("做什么（英文）"),
            "kind": self.tr("类型"),
            "role": self.tr("由谁做"),
            "deadline": self.tr("时限"),
            "text": self.tr("说明或要说的话"),
            "text_en": self.tr("说明（英文）"),
            "target": self.tr("对象"),
            "units": self.tr("派几人"),
            "wait": self.tr("等多久"),
            "choices": self.tr("回答"),
            "fields": self.tr("要填的栏目"),
            "next": self.tr("然后"),
            "action": self.tr("谁来做"),
            "flags": "",
        }
        for name, (label, field) in self._rows.items():
            label.setText(names[name])
            field.setAccessibleName(names[name])
        for line in (self.deadline, self.wait):
            line.setPlaceholderText(self.tr("如 30 秒、3 分钟；空 = 不限"))
        self.is_mandatory.setText(self.tr("必须做，略过要写原因"))
        self.needs_evidence.setText(self.tr("要有证据才算做完"))
        self.choices.name(
            self.tr("回答"),
            (
                Column("label", self.tr("回答"), width_px=0),
                Column("label_en", self.tr("英文"), is_english=True),
                Column("next", self.tr("然后"), CellKind.CHOICE, width_px=220),
            ),
        )
        self.fields.name(
            self.tr("要填的栏目"),
            (
                Column("label", self.tr("栏目"), width_px=0),
                Column("label_en", self.tr("英文"), is_english=True),
                Column("kind", self.tr("类型"), CellKind.CHOICE, width_px=110),
                Column("is_required", self.tr("必填"), CellKind.FLAG, width_px=50),
                Column("options", self.tr("选项（用、隔开）"), CellKind.WORDS, width_px=150),
                Column("options_en", self.tr("英文选项"), CellKind.WORDS, is_english=True),
            ),
        )
        self.show_step(self._step, self._text, self._site)


def _seconds(line: QLineEdit) -> float | None:
    text = line.text().strip()
    return 0.0 if not text or text == "–" else seconds_of(text)


def _new_choice(entries: Sequence[Choice]) -> Choice:
    return Choice(free_id([one.id for one in entries], "c"))


def _new_field(entries: Sequence[FormField]) -> FormField:
    return FormField(free_id([one.id for one in entries], "f"), "")
