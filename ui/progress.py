"""Orders that are out: their steps, buttons to advance them by hand, and the feedback that ends them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from services.domain.incidents import Dispatch, DispatchState, TargetKind
from ui.feedback_form import FeedbackForm
from ui.order_end import CAN_END, OrderEnd
from ui.steps import NEXT_STEP, DispatchSteps
from ui.text.names import name_of
from ui.text.places import local
from ui.text.titles import guard_title
from ui.tips import plain_tip

_ORDER_SIGNALS = (
    *("advance_asked", "feedback_given", "return_asked"),
    *("cancel_asked", "send_again_asked", "phone_asked"),
)


class ProgressList(QWidget):
    """Signals: advance_asked(dispatch_id, DispatchState), feedback_given(Feedback), return_asked and
    cancel_asked(dispatch_id, reason), send_again_asked(dispatch_id), phone_asked(Dispatch): show the code
    that lets its guard in by phone.
    """

    advance_asked = Signal(str, object)
    feedback_given = Signal(object)
    return_asked = Signal(str, str)
    cancel_asked = Signal(str, str)
    send_again_asked = Signal(str)
    phone_asked = Signal(object)

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
                for name in _ORDER_SIGNALS:
                    getattr(card, name).connect(getattr(self, name))
                self._box.insertWidget(self._box.count() - 1, card)
            card.show_dispatch(dispatch)

    def first_px(self) -> int:
        """How high it must be for the first order to be seen whole; 0 without one."""
        first = next(iter(self._cards.values()), None)
        return 0 if first is None else first.sizeHint().height()

    def card(self, dispatch_id: str) -> ProgressCard:
        return self._cards[dispatch_id]


class ProgressCard(QFrame):
    """One order. Signals as ProgressList's."""

    advance_asked = Signal(str, object)
    feedback_given = Signal(object)
    return_asked = Signal(str, str)
    cancel_asked = Signal(str, str)
    send_again_asked = Signal(str)
    phone_asked = Signal(object)

    def __init__(self, dispatch: Dispatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._dispatch = dispatch
        self._title = QLabel(self)
        self._number = QLabel(self)
        self._number.setProperty("tone", "small")
        for label in (self._title, self._number):
            label.setTextFormat(Qt.TextFormat.PlainText)
            # A long name must not push the button out of a narrow column.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._late = QLabel(self)
        self._late.setProperty("tone", "badge")
        self.advance_button = QPushButton(self)
        self.advance_button.setProperty("kind", "primary")
        self.phone_button = QPushButton(self)
        self.phone_button.setProperty("kind", "quiet")
        self.end_button = QPushButton(self)
        self.end_button.setProperty("kind", "quiet")
        self.end_button.setCheckable(True)
        self.again_button = QPushButton(self)
        self._steps = DispatchSteps(self)
        self.end = OrderEnd(self)
        self.end.hide()
        self.feedback = FeedbackForm(self)
        self._build()
        self.advance_button.clicked.connect(self._advance)
        self.phone_button.clicked.connect(self._ask_phone)
        self.end_button.toggled.connect(self._show_end)
        self.again_button.clicked.connect(self._send_again)
        self.end.return_asked.connect(self._return)
        self.end.cancel_asked.connect(self._cancel)
        self.feedback.given.connect(self.feedback_given)
        self._retranslate()

    def show_dispatch(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch
        self._steps.show_dispatch(dispatch)
        self.end.show_dispatch(dispatch)
        self.feedback.show_dispatch(dispatch)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.advance_button)
        head.addWidget(self.again_button)
        below = QHBoxLayout()
        below.addWidget(self._number, 1)
        below.addWidget(self._late)
        below.addWidget(self.phone_button)
        below.addWidget(self.end_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(4)
        box.addLayout(head)
        box.addLayout(below)
        box.addWidget(self.end)
        box.addWidget(self._steps)
        box.addWidget(self.feedback)

    def _advance(self) -> None:
        step = NEXT_STEP.get(self._dispatch.state)
        if step is not None:
            self.advance_asked.emit(self._dispatch.id, step)

    def _ask_phone(self) -> None:
        self.phone_asked.emit(self._dispatch)

    def _show_end(self, is_shown: bool) -> None:
        self.end.setVisible(is_shown)
        if is_shown:
            self.end.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return(self, reason: str) -> None:
        self.end_button.setChecked(False)
        self.return_asked.emit(self._dispatch.id, reason)

    def _cancel(self, reason: str) -> None:
        self.end_button.setChecked(False)
        self.cancel_asked.emit(self._dispatch.id, reason)

    def _send_again(self) -> None:
        self.send_again_asked.emit(self._dispatch.id)

    def _retranslate(self) -> None:
        dispatch = self._dispatch
        said = f"{_who(dispatch)}  {name_of(dispatch.state)}"
        self._title.setText(said)
        details = [dispatch.dispatch_no]
        if dispatch.is_backup:
            details.append(self.tr("增援"))
        if dispatch.queued_at is not None:
            details.append(self.tr("数据库恢复后补发"))
        if not dispatch.is_as_recommended and dispatch.ranks:
            details.append(self.tr("程序推荐 {name}").format(name=local(dispatch.ranks[0].name)))
        if dispatch.end_reason:
            details.append(dispatch.end_reason)
        self._number.setText("  ".join(details))
        for label in (self._title, self._number):
            label.setToolTip(plain_tip("\n".join((said, *details, *why_lines(dispatch)))))
        late = [name for name in (self._late_name(one) for one in dispatch.late) if name]
        self._late.setText(" ".join(late) or self.tr("超时"))
        self._late.setVisible(bool(dispatch.late))
        step = NEXT_STEP.get(dispatch.state)
        self.advance_button.setVisible(step is not None)
        if step is not None:
            self.advance_button.setText(self.tr("人工记为“{state}”").format(state=name_of(step)))
        self.phone_button.setVisible(step is not None and dispatch.target is TargetKind.GUARD)
        self.phone_button.setText(self.tr("手机"))
        self.phone_button.setToolTip(self.tr("出示二维码：保安用自己的手机看派警单并签收"))
        self.phone_button.setAccessibleName(self.tr("{guard} 的手机二维码").format(guard=_who(dispatch)))
        self.end_button.setText(self.tr("退单/取消"))
        self.end_button.setVisible(dispatch.state in CAN_END)
        if dispatch.state not in CAN_END:
            self.end_button.setChecked(False)
        self.again_button.setText(self.tr("再派"))
        self.again_button.setVisible(dispatch.state is DispatchState.RETURNED)
        self.feedback.setVisible(dispatch.state is DispatchState.DONE)

    def _late_name(self, deadline: str) -> str:
        names = {"sign": self.tr("签收超时"), "arrive": self.tr("到场超时"), "done": self.tr("完毕超时")}
        return names.get(deadline, "")


def why_lines(dispatch: Dispatch) -> list[str]:
    """Why this unit, and the list it was chosen from."""
    ranks = [f"{n}. {local(one.name)}  {one.why}" for n, one in enumerate(dispatch.ranks, 1)]
    return [dispatch.why, *ranks] if dispatch.why else ranks


def _who(dispatch: Dispatch) -> str:
    if dispatch.target is TargetKind.GUARD:
        return f"{guard_title(dispatch)} {dispatch.guard}"
    kind, name = name_of(dispatch.target), guard_title(dispatch)
    return name if name == kind else f"{kind} {name}"
