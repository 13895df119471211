"""The paper of this shift: what it says, what has changed since, notes, and whose turn it is to sign."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from services.domain.alarms import Alarm
from services.domain.handovers import Handover, HandoverItem, HandoverState
from ui.line_table import LineTable
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.times import date_time
from views.handover.presenter import HandoverPresenter
from views.handover.signing import SignPanel
from views.handover.words import change_lines, counts_text, item_lines

_MOST_CHANGES = 4
_LONGEST_NOTE = 500
PREPARE_KEY, NOTE_KEY = "Ctrl+P", "Ctrl+N"


class ShiftPage(QWidget):
    """Shows the presenter's present handover."""

    def __init__(self, presenter: HandoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.state, self.facts, self.blocked = QLabel(self), QLabel(self), QLabel(self)
        self.changes_title, self.empty = QLabel(self), QLabel(self)
        self.prepare_button = QPushButton(self)
        self.items, self.changes = LineTable(self), LineTable(self)
        self.note = QLineEdit(self)
        self.note_button, self.withdraw_button = QPushButton(self), QPushButton(self)
        self.signing = SignPanel(self)
        self._shown: tuple[HandoverItem, ...] = ()
        self._build()
        self._connect()
        self._retranslate()

    @property
    def handover(self) -> Handover | None:
        return self._presenter.present.handover

    def show_present(self) -> None:
        present, presenter = self._presenter.present, self._presenter
        handover = present.handover
        self._shown = handover.items if handover is not None else ()
        self.state.setText(_state_text(handover) or self.tr("还没有准备交接班"))
        self.facts.setText(counts_text(handover.counts) if handover is not None else "")
        self.facts.setVisible(handover is not None)
        self.blocked.setText(self._blocked_text(present.ownerless))
        self.blocked.setVisible(bool(present.ownerless))
        self.items.show_lines(item_lines(self._shown), range(len(self._shown)))
        self.items.setVisible(handover is not None)
        self.empty.setVisible(handover is None)
        title = self.tr("与上面不同的现状（{count} 处），签字时一并记入")
        self.changes_title.setText(title.format(count=len(present.changes)))
        self.changes.show_lines(change_lines(present.changes))
        self.changes.fit_height(_MOST_CHANGES)
        for widget in (self.changes_title, self.changes):
            widget.setVisible(bool(present.changes))
        self.prepare_button.setEnabled(presenter.may_prepare)
        self.note_button.setEnabled(presenter.may_prepare)
        self.note.setEnabled(presenter.may_prepare)
        state = handover.state if handover is not None and presenter.may_hand_over else None
        self.signing.ask(state, presenter.user, is_free=presenter.may_sign)
        self._offer_withdrawal()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self.state.setProperty("tone", "title")
        self.facts.setProperty("tone", "dim")
        self.blocked.setProperty("tone", "bad")
        self.changes_title.setProperty("tone", "warn")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.state, self.facts, self.blocked, self.changes_title, self.empty):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.note.setMaxLength(_LONGEST_NOTE)
        top = QHBoxLayout()
        top.addWidget(self.state, 1)
        top.addWidget(self.prepare_button)
        notes = QHBoxLayout()
        notes.addWidget(self.note, 1)
        notes.addWidget(self.note_button)
        notes.addWidget(self.withdraw_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addLayout(top)
        for widget in (self.facts, self.blocked):
            box.addWidget(widget)
        box.addWidget(self.items, 1)
        box.addWidget(self.empty, 1)
        box.addWidget(self.changes_title)
        box.addWidget(self.changes)
        box.addLayout(notes)
        box.addWidget(self.signing)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.noted.connect(self.note.clear)
        self.prepare_button.clicked.connect(presenter.prepare)
        self.note.returnPressed.connect(self._note)
        self.note_button.clicked.connect(self._note)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.items.itemSelectionChanged.connect(self._offer_withdrawal)
        self.signing.submitted.connect(presenter.sign)

    def _note(self) -> None:
        """From the field; from its key while it is empty, into it."""
        if self.note.text().strip():
            self._presenter.note(self.note.text())
        else:
            self.note.setFocus()

    def _withdraw(self) -> None:
        item = self._chosen()
        if item is not None:
            self._presenter.withdraw(item)

    def _chosen(self) -> HandoverItem | None:
        number = self.items.key()
        return self._shown[number] if number is not None and number < len(self._shown) else None

    def _offer_withdrawal(self) -> None:
        item = self._chosen()
        self.withdraw_button.setEnabled(item is not None and self._presenter.may_withdraw(item))

    def _blocked_text(self, ownerless: tuple[Alarm, ...]) -> str:
        named = listed(f"{alarm.event_no} {local_name(alarm)}" for alarm in ownerless)
        return self.tr("特急报警没有人接警，现在不能签字：{alarms}").format(alarms=named)

    def _retranslate(self) -> None:
        self.prepare_button.setText(self.tr("准备交接班"))
        self.prepare_button.setToolTip(self.tr("按记录重新写一遍交接内容 ({key})").format(key=PREPARE_KEY))
        self.prepare_button.setShortcut(QKeySequence(PREPARE_KEY))
        self.note.setPlaceholderText(self.tr("本班记事：下一班要知道的事"))
        self.note.setAccessibleName(self.tr("本班记事"))
        self.note_button.setText(self.tr("记下"))
        self.note_button.setToolTip(self.tr("把记事写进交接班 ({key})").format(key=NOTE_KEY))
        self.note_button.setShortcut(QKeySequence(NOTE_KEY))
        self.withdraw_button.setText(self.tr("撤回选中的记事"))
        self.items.setAccessibleName(self.tr("交接内容"))
        self.changes.setAccessibleName(self.tr("准备之后的变化"))
        self.empty.setText(
            self.tr(
                "按“准备交接班”，程序会从记录中列出未结报警和警情、未反馈的派警单、预案、隔离、故障和借出物品。"
            )
        )
        self.show_present()


def _state_text(handover: Handover | None) -> str:
    if handover is None:
        return ""
    parts = [handover.handover_no, name_of(handover.state)]
    if handover.state is HandoverState.PREPARED:
        parts += [date_time(handover.prepared_at), handover.prepared_by_name]
    elif handover.given is not None:
        parts += [date_time(handover.given.at), handover.given.name]
    return "　".join(parts)
