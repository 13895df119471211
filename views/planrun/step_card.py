"""The step in front: what is to be done, by whom, in which time, and its answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.domain.plan_runs import PlanRun, PlanRunState, StepRun, StepState
from services.domain.plan_steps import Step, StepKind
from services.plans.running_answers import Answer
from ui.elided import ElidedLabel
from ui.file_asking import ask_file_to_open
from ui.text.names import name_of
from views.planrun.answer_row import AnswerRow
from views.planrun.form_fields import FormFields
from views.planrun.presenter import PlanRunPresenter
from views.planrun.time_bar import TimeBar
from views.planrun.words import (
    answer_words,
    order_words,
    result_words,
    role_name,
    said_words,
    state_words,
    step_text,
    step_title,
)

_BAR_PX = 150


class StepCard(QFrame):
    """One line of text serves notes, evidence and reasons; it belongs to the step it was begun for."""

    def __init__(
        self, presenter: PlanRunPresenter, *, is_compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._is_compact = is_compact
        self._presenter = presenter
        self._words_of = presenter.front
        self._kind = ElidedLabel(self)
        self._kind.setProperty("tone", "small")
        self._late = QLabel(self)
        self._late.setProperty("tone", "badge")
        self._title = QLabel(self)
        self._title.setProperty("tone", "title" if is_compact else "heading")
        self._text = QLabel(self)
        if not is_compact:
            self._text.setProperty("tone", "reading")
        self._more = QLabel(self)
        self._more.setProperty("tone", "dim")
        for label in (self._title, self._text, self._more):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = TimeBar(presenter.clock, self)
        self.fields = FormFields(self)
        self.answers = AnswerRow(self)
        self.text = QLineEdit(self)
        self.text.setMaxLength(800)
        self.skip = QPushButton(self)
        self.fail = QPushButton(self)
        self.again = QPushButton(self)
        self.proof = QPushButton(self)
        self._menu = QMenu(self)
        self._note_action = self._menu.addAction("")
        self._shot_action = self._menu.addAction("")
        self._file_action = self._menu.addAction("")
        self._build()
        self._connect()
        self.show_present()

    def show_present(self) -> None:
        self._note_words(self.text.text())
        run, step, one = self._presenter.run, self._presenter.step, self._presenter.one
        self.setVisible(run is not None and step is not None)
        if run is None or step is None or one is None:
            return
        self._show_words(run, step, one)
        is_open = one.is_open and run.state is PlanRunState.RUNNING and self._presenter.may_run
        is_free = is_open and not self._presenter.is_busy
        self.bar.show_step(step, one)
        key = f"{run.id}:{self._presenter.at}"
        self.fields.show_fields(key, step.fields if is_open else ())
        is_asked = is_open and not (one.is_carried_out and one.is_passed)
        self.answers.show_answers(answer_words(step) if is_asked else (), is_enabled=is_free)
        self.skip.setVisible(is_open)
        # Pausing and ending the whole run want their reason here, too.
        self.text.setVisible(run.is_open and self._presenter.may_run)
        self.fail.setVisible(is_open and one.state is StepState.ACTIVE and step.kind is not StepKind.WAIT)
        self.again.setVisible(is_open and one.state is StepState.FAILED)
        self.proof.setVisible(self._presenter.may_run and one.state is not StepState.PENDING)
        self._shot_action.setEnabled(self._presenter.shot is not None)

    def give_answer(self, number: int) -> None:
        """The digit key or button `number`; what is typed goes with it."""
        if not self.is_meant():
            return
        step = self._presenter.step
        if step is not None and step.kind is StepKind.FORM and number == 1:
            self._presenter.answer(Answer(note=self.text.text(), values=self.fields.values))
        else:
            self._presenter.press(number, self.text.text())

    def is_meant(self, *, by_run: bool = False) -> bool:
        """Whether a press is meant for the step shown, or by_run for its run; else that is said, once.

        It is not when the words were begun for another one, or when this one has only just come by itself.
        """
        words_of, self._words_of = self._words_of, self._presenter.front
        if by_run:
            is_meant = words_of[0] == self._words_of[0]
        else:
            is_meant = words_of == self._words_of and self._presenter.is_settled
        if not is_meant:
            self._presenter.tell_moved()
        return is_meant

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.fields.name_fields()
            self.show_present()

    # building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._kind, 1)
        head.addWidget(self._late)
        if self._is_compact:
            self.bar.setMinimumWidth(_BAR_PX)
            head.addWidget(self.bar)
        inner = QWidget(self)
        words = QVBoxLayout(inner)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        for part in (self._title, self._text, self._more, self.fields):
            words.addWidget(part)
        words.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        for ground in (scroll.viewport(), inner):
            ground.setAutoFillBackground(False)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.again, self.skip, self.fail, self.proof):
            button.setProperty("kind", "chip")
            buttons.addWidget(button)
        # Where there is little height, the line of text shares theirs.
        if self._is_compact:
            buttons.insertWidget(0, self.text, 1)
        else:
            buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 8)
        box.setSpacing(5)
        box.addLayout(head)
        box.addWidget(scroll, 1)
        if not self._is_compact:
            box.addWidget(self.bar)
        box.addWidget(self.answers)
        if not self._is_compact:
            box.addWidget(self.text)
        box.addLayout(buttons)
        self.proof.setMenu(self._menu)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.accepted.connect(self._on_accepted)
        self.text.textChanged.connect(self._note_words)
        self.answers.pressed.connect(self.give_answer)
        self.skip.clicked.connect(self._skip)
        self.fail.clicked.connect(self._fail)
        self.again.clicked.connect(self._try_again)
        self._note_action.triggered.connect(self._attach_note)
        self._shot_action.triggered.connect(self._attach_shot)
        self._file_action.triggered.connect(self._attach_file)

    # what happened

    def _note_words(self, words: str) -> None:
        if not words:
            self._words_of = self._presenter.front

    def _on_accepted(self, words: str) -> None:
        """Words typed meanwhile stay."""
        if self.text.text() == words:
            self.text.clear()

    def _try_again(self) -> None:
        if self.is_meant():
            self._presenter.try_again()

    def _attach_shot(self) -> None:
        if self.is_meant():
            self._presenter.attach_shot()

    def _skip(self) -> None:
        if self._has_words(self.tr("写明为什么跳过，再按一次")) and self.is_meant():
            self._presenter.skip(self.text.text())

    def _fail(self) -> None:
        if self._has_words(self.tr("写明为什么做不到，再按一次")) and self.is_meant():
            self._presenter.fail(self.text.text())

    def _attach_note(self) -> None:
        if self._has_words(self.tr("写好要留作凭据的话，再按一次")) and self.is_meant():
            self._presenter.attach_note(self.text.text())

    def _attach_file(self) -> None:
        run, at = self._presenter.run, self._presenter.at
        if run is not None:
            ask_file_to_open(self, self.tr("附上文件"), (), partial(self._attach, run.id, at))

    def _attach(self, run_id: str, at: int, path: str) -> None:
        self._presenter.attach_file(Path(path), run_id, at)

    def _has_words(self, wanted: str) -> bool:
        if self.text.text().strip():
            return True
        self.text.setPlaceholderText(wanted)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _show_words(self, run: PlanRun, step: Step, one: StepRun) -> None:
        role = role_name(run, step)
        parts = (
            f"{run.text.steps.index(step) + 1}/{len(run.text.steps)}",
            name_of(step.kind),
            role,
            self.tr("必做") if step.is_mandatory else self.tr("可选"),
        )
        self._kind.setText(" · ".join(filter(None, parts)))
        self._late.setText(self.tr("超时"))
        self._late.setVisible(one.is_late)
        self._title.setText(step_title(step))
        self._text.setText(step_text(run, step))
        self._text.setVisible(bool(self._text.text()))
        orders = order_words(self._presenter.dispatches_of(one))
        proofs = self.tr("凭据 {count} 件").format(count=len(one.evidence)) if one.evidence else ""
        attaching = self.tr("正在附上…") if self._presenter.is_attaching else ""
        state = "" if one.state is StepState.ACTIVE else state_words(one)
        said = said_words(run, self._presenter.at) if one.state is not StepState.ACTIVE else ""
        self._more.setText(
            "\n".join(filter(None, (result_words(one), orders, proofs, attaching, said, state)))
        )
        self._more.setVisible(bool(self._more.text()))
        self.skip.setText(self.tr("跳过"))
        self.fail.setText(self.tr("做不到"))
        self.again.setText(self.tr("再试"))
        self.proof.setText(self.tr("凭据"))
        self._note_action.setText(self.tr("把写的话附上"))
        self._shot_action.setText(self.tr("附上刚才的抓图"))
        self._file_action.setText(self.tr("附上文件…"))
        self.text.setAccessibleName(self.tr("备注或原因"))
        if not self.text.hasFocus():
            self.text.setPlaceholderText(self.tr("备注或原因"))
