"""The panel beside the table: the chosen output, what its interlocks say, and the buttons that switch it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.outputs import OutputAction, OutputMode
from ui.text import sentence, times
from ui.text.names import name_of
from ui.text.places import local, local_name
from views.fire.presenter import FirePresenter
from views.fire.rows import InterlockRow, OutputRow, command_text
from views.fire.two_persons import TwoPersons

_KEYS = {OutputAction.ON: "Ctrl+1", OutputAction.OFF: "Ctrl+2", OutputAction.PULSE: "Ctrl+3"}


class ChosenOutput(QWidget):
    """A button asks first; only Confirm sends. What was asked is forgotten when another output is chosen."""

    def __init__(self, presenter: FirePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._asked: OutputAction | None = None
        self._shown = ""
        self.title, self.facts, self.locks, self.question = (_words(self) for _ in range(4))
        self.title.setProperty("tone", "title")
        self.message = _words(self)
        self.message.setProperty("tone", "bad")
        self.mode_button = QPushButton(self)
        self.buttons = {action: QPushButton(self) for action in OutputAction}
        self.confirm_button, self.back_button = QPushButton(self), QPushButton(self)
        self.confirm_button.setProperty("kind", "primary")
        self.two_persons = TwoPersons(self)
        self._ask_box = QFrame(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        row = self._presenter.chosen
        if row is None or row.output.no != self._shown:
            self._asked = None
            self.message.clear()
            self._shown = row.output.no if row else ""
        may = row is not None and self._presenter.may_switch and not self._presenter.is_busy
        for button in self.buttons.values():
            button.setVisible(row is not None)
            button.setEnabled(may)
        self.mode_button.setVisible(row is not None)
        self.mode_button.setEnabled(self._presenter.may_set_mode and not self._presenter.is_busy)
        if row is None:
            self.title.setText(self.tr("在上面选一个输出"))
            self.facts.clear()
            self.locks.clear()
            self.two_persons.ask(None, is_busy=False)
            self._ask_box.hide()
            return
        self._show_row(row)

    def escape(self) -> bool:
        """False when there was nothing to leave."""
        had = self._asked is not None
        self._asked = None
        self.show_present()
        return had

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        actions = QGridLayout()
        for column, button in enumerate(self.buttons.values()):
            actions.addWidget(button, 0, column)
        self._ask_box.setProperty("surface", "raised")
        answers = QHBoxLayout()
        answers.addWidget(self.confirm_button)
        answers.addWidget(self.back_button)
        asking = QVBoxLayout(self._ask_box)
        asking.addWidget(self.question)
        asking.addWidget(self.two_persons)
        asking.addLayout(answers)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(8)
        heading = QHBoxLayout()
        heading.addWidget(self.title, 1)
        heading.addWidget(self.mode_button)
        box.addLayout(heading)
        box.addWidget(self.facts)
        box.addLayout(actions)
        box.addWidget(self._ask_box)
        box.addWidget(self.message)
        box.addWidget(self.locks)
        box.addStretch(1)

    def _connect(self) -> None:
        presenter = self._presenter
        for action, button in self.buttons.items():
            button.clicked.connect(partial(self._ask, action))
            button.setShortcut(QKeySequence(_KEYS[action]))
        self.confirm_button.clicked.connect(self._confirm)
        self.back_button.clicked.connect(self._back)
        self.mode_button.clicked.connect(self._toggle_mode)
        self.two_persons.vouched.connect(presenter.vouch)
        within = Qt.ShortcutContext.WindowShortcut
        QShortcut(QKeySequence("Ctrl+Return"), self, context=within).activated.connect(
            self.confirm_button.click
        )
        presenter.done.connect(self.message.clear)
        presenter.refused.connect(self._refuse)

    def _show_row(self, row: OutputRow) -> None:
        order = row.order
        self.title.setText(f"{local(row.output.place)} · {local_name(row.output)}")
        kind, mode, activity = (name_of(part) for part in (row.output.kind, row.mode, row.activity))
        lines = [f"{kind} · {mode} · {activity}   {command_text(order)}"]
        if order is not None and order.due_at is not None and order.feedback_at is None and order.is_open:
            lines.append(self.tr("等待反馈，最迟 {at}").format(at=times.clock_time(order.due_at)))
        self.facts.setText("\n".join(lines))
        self.locks.setText("\n".join(self._lock_text(lock) for lock in self._presenter.interlocks()))
        self._name_mode_button(row)
        self._show_question(row)

    def _show_question(self, row: OutputRow) -> None:
        waiting = row.waiting
        needs_two = waiting is not None and waiting.needs > 1
        self.two_persons.ask(waiting if needs_two else None, is_busy=self._presenter.is_busy)
        self._ask_box.setVisible(
            (self._asked is not None or waiting is not None) and self._presenter.may_switch
        )
        self.confirm_button.setVisible(not needs_two)
        self.confirm_button.setEnabled(not self._presenter.is_busy)
        self.back_button.setEnabled(not self._presenter.is_busy)
        name = local_name(row.output)
        if self._asked is not None:
            text = self.tr("确认对“{name}”执行“{action}”？")
            self.question.setText(text.format(name=name, action=name_of(self._asked)))
            self.confirm_button.setText(self.tr("确认 (Ctrl+回车)"))
            self.back_button.setText(self.tr("取消 (Esc)"))
        elif waiting is not None:
            who = waiting.asked_by_name or self.tr("联动")
            text = self.tr("{who} 要求对“{name}”执行“{action}”，等待确认。{reason}")
            self.question.setText(
                text.format(who=who, name=name, action=name_of(waiting.action), reason=waiting.reason)
            )
            self.confirm_button.setText(self.tr("允许 (Ctrl+回车)"))
            self.back_button.setText(self.tr("撤回命令"))

    def _lock_text(self, lock: InterlockRow) -> str:
        other = lock.line.other if lock.line.output == self._shown else lock.line.output
        found = self._presenter.site.output(other)
        mark = "✕" if lock.forbids else "✓"
        kind, reason = name_of(lock.line.kind), local(lock.line.reason)
        name = local_name(found) if found else other
        return self.tr("{mark} {kind} {name}：{reason}").format(
            mark=mark, kind=kind, name=name, reason=reason
        )

    def _ask(self, action: OutputAction) -> None:
        self._asked = action
        self.message.clear()
        self.show_present()
        self.confirm_button.setFocus()

    def _confirm(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            self._presenter.order(asked)
        else:
            self._presenter.confirm()

    def _back(self) -> None:
        if not self.escape():
            self._presenter.take_back()

    def _toggle_mode(self) -> None:
        if self._shown:
            self._presenter.toggle_mode(self._shown)

    def _refuse(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _name_mode_button(self, row: OutputRow) -> None:
        is_automatic = row.own_mode is OutputMode.AUTOMATIC
        self.mode_button.setText(self.tr("单独改为手动") if is_automatic else self.tr("取消单独手动"))

    def _retranslate(self) -> None:
        for action, button in self.buttons.items():
            button.setText(name_of(action))
            button.setToolTip(_KEYS[action])
        self.confirm_button.setText(self.tr("确认 (Ctrl+回车)"))
        self.back_button.setText(self.tr("取消 (Esc)"))
        self.message.clear()
        self.show_present()


def _words(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
