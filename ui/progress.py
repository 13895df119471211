"""Orders that are out: their steps, buttons to advance them by hand, and the feedback that ends them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.domain.incidents import Dispatch, DispatchState
from ui.steps import NEXT_STEP, DispatchSteps
from ui.text.names import name_of
from ui.text.places import local
from ui.tips import plain_tip

FeedbackCounts = tuple[int, int, int]
_COUNT_PX = 66


class ProgressList(QWidget):
    """Signals: advance_asked(dispatch_id, DispatchState), feedback_given(dispatch_id, result, (rescued,
    injured, caught)), phone_asked(Dispatch): show the code that lets its guard in by phone.
    """

    advance_asked = Signal(str, object)
    phone_asked = Signal(object)
    feedback_given = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, ProgressCard] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addStretch(1)

    def show_dispatches(self, dispatches: Sequence[Dispatch]) -> None:
        """One card each, kept while its order is shown, so that typing is not disturbed."""
        wanted = {dispatch.id for dispatch in dispatches}
        for gone in self._cards.keys() - wanted:
            self._cards.pop(gone).deleteLater()
        for dispatch in dispatches:
            card = self._cards.get(dispatch.id)
            if card is None:
                card = self._cards[dispatch.id] = ProgressCard(dispatch, self)
                card.advance_asked.connect(self.advance_asked)
                card.feedback_given.connect(self.feedback_given)
                card.phone_asked.connect(self.phone_asked)
                self._box.insertWidget(self._box.count() - 1, card)
            card.show_dispatch(dispatch)

    def card(self, dispatch_id: str) -> ProgressCard:
        return self._cards[dispatch_id]


class ProgressCard(QFrame):
    """One order. Signals as ProgressList's."""

    advance_asked = Signal(str, object)
    phone_asked = Signal(object)
    feedback_given = Signal(str, str, object)

    def __init__(self, dispatch: Dispatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._dispatch = dispatch
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        # A long name must not push the button out of a narrow column.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._number = QLabel(self)
        self._number.setProperty("tone", "small")
        self._number.setTextFormat(Qt.TextFormat.PlainText)
        self._number.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._late = QLabel(self)
        self._late.setProperty("tone", "badge")
        self.advance_button = QPushButton(self)
        self.advance_button.setProperty("kind", "primary")
        self.phone_button = QPushButton(self)
        self.phone_button.setProperty("kind", "quiet")
        self._steps = DispatchSteps(self)
        self._form = QWidget(self)
        self.result = QLineEdit(self._form)
        self.result.setMaxLength(400)
        self._counts = [QSpinBox(self._form) for _ in range(3)]
        self._labels = [QLabel(self._form) for _ in range(3)]
        self.feedback_button = QPushButton(self._form)
        self.feedback_button.setProperty("kind", "primary")
        self._build()
        self.advance_button.clicked.connect(self._advance)
        self.phone_button.clicked.connect(self._ask_phone)
        self.feedback_button.clicked.connect(self._give_feedback)
        self.result.returnPressed.connect(self._give_feedback)
        self.result.textChanged.connect(self._check)
        self._retranslate()

    def show_dispatch(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch
        self._steps.show_dispatch(dispatch)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        head = QHBoxLayout()
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addWidget(self._title)
        named.addWidget(self._number)
        head.addLayout(named, 1)
        head.addWidget(self._late)
        head.addWidget(self.phone_button)
        head.addWidget(self.advance_button)
        counts = QHBoxLayout()
        for label, count in zip(self._labels, self._counts, strict=True):
            count.setRange(0, 999)
            count.setMaximumWidth(_COUNT_PX)
            counts.addWidget(label)
            counts.addWidget(count)
        counts.addStretch(1)
        said = QHBoxLayout()
        said.addWidget(self.result, 1)
        said.addWidget(self.feedback_button)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addLayout(said)
        form.addLayout(counts)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._steps)
        box.addWidget(self._form)

    def _advance(self) -> None:
        step = NEXT_STEP.get(self._dispatch.state)
        if step is not None:
            self.advance_asked.emit(self._dispatch.id, step)

    def _ask_phone(self) -> None:
        self.phone_asked.emit(self._dispatch)

    def _give_feedback(self) -> None:
        result = self.result.text().strip()
        if result and self._dispatch.state is DispatchState.DONE:
            rescued, injured, caught = (count.value() for count in self._counts)
            self.feedback_given.emit(self._dispatch.id, result, (rescued, injured, caught))

    def _check(self) -> None:
        self.feedback_button.setEnabled(bool(self.result.text().strip()))

    def _retranslate(self) -> None:
        dispatch = self._dispatch
        who = f"{local(dispatch.guard_name)} {dispatch.guard}"
        said = f"{who}  {name_of(dispatch.state)}"
        self._title.setText(said)
        self._number.setText(dispatch.dispatch_no)
        for label in (self._title, self._number):
            label.setToolTip(plain_tip(f"{dispatch.dispatch_no}  {said}"))
        self._late.setText(self.tr("超时"))
        self._late.setVisible(bool(dispatch.late))
        step = NEXT_STEP.get(dispatch.state)
        self.advance_button.setVisible(step is not None)
        if step is not None:
            self.advance_button.setText(self.tr("人工记为“{state}”").format(state=name_of(step)))
        self.phone_button.setVisible(step is not None)
        self.phone_button.setText(self.tr("手机"))
        self.phone_button.setToolTip(self.tr("出示二维码：保安用自己的手机看派警单并签收"))
        self.phone_button.setAccessibleName(self.tr("{guard} 的手机二维码").format(guard=who))
        self._form.setVisible(dispatch.state is DispatchState.DONE)
        self.result.setPlaceholderText(self.tr("反馈：现场情况与处置结果"))
        self.result.setAccessibleName(self.tr("反馈"))
        for label, count, text in zip(
            self._labels, self._counts, (self.tr("救助"), self.tr("受伤"), self.tr("抓获")), strict=True
        ):
            label.setText(text)
            count.setAccessibleName(text)
        self.feedback_button.setText(self.tr("反馈并结束"))
        self._check()
