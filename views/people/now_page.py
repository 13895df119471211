"""现在: the guard force in lanes, posts above, and what may be done with the chosen guard below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.lanes import Lane
from services.domain.people import Permission
from ui.own_escape import OwnEscape
from ui.text import sentence, times
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.reasons import skill_name
from ui.theme import Size
from ui.tone import Tone, set_tone
from views.people.coverage_strip import CoverageStrip
from views.people.lane import LANES, LaneView
from views.people.presenter import GuardCard, PeoplePresenter
from views.people.words import lane_name, shift_name

# Most of the force stands here, so it gets room for two cards beside each other.
TWO_LINES_PX = 38
SEARCH_PX = 250
_STRETCH = {Lane.ON_DUTY: 3}


class NowPage(QWidget):
    """Keys on a card: 1 to 7 put the guard into a lane, C notes a sign of life, S signs in or out."""

    def __init__(self, presenter: PeoplePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._reason_for: tuple[str, Lane] | None = None
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(SEARCH_PX)
        self.counts = QLabel(self)
        self.counts.setProperty("tone", "dim")
        self.coverage = CoverageStrip(self)
        self.lanes = {lane: LaneView(lane, presenter.hindrance, self) for lane in LANES}
        self.heads = {lane: QLabel(self) for lane in LANES}
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setFixedHeight(TWO_LINES_PX)
        self.reason_label = QLabel(self)
        self.reason_label.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(500)
        self.give_reason = QPushButton(self)
        self.give_reason.setProperty("kind", "primary")
        self.leave_reason = QPushButton(self)
        self.detail = QLabel(self)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setFixedHeight(TWO_LINES_PX)
        self.moves = {lane: QPushButton(self) for lane in LANES}
        self.moves[Lane.DURESS].setProperty("kind", "danger")
        self.check_in = QPushButton(self)
        self.sign = QPushButton(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        cards = self._presenter.cards()
        for lane, view in self.lanes.items():
            of_lane = [card for card in cards if card.lane is lane]
            view.show_cards(of_lane, self._presenter.chosen)
            self._show_head(lane, len(of_lane))
        covered = self._presenter.coverage()
        self.coverage.show_coverage(covered)
        short = sum(one.is_short for one in covered)
        self.counts.setText(
            self.tr("{ready} 人可派 · {short} 个岗位缺人 · {missed} 人未签到").format(
                ready=sum(card.lane in (Lane.ON_DUTY, Lane.PATROL) for card in cards),
                short=short,
                missed=self._presenter.missed(),
            )
        )
        self._show_detail()

    def say(self, text: str, tone: Tone) -> None:
        set_tone(self.message, tone)
        self.message.setText(text)

    def refuse(self, error: ServiceError) -> None:
        self.say(sentence(error), "bad")

    def accept(self, what: str, guard_no: str) -> None:
        card = self._presenter.card(guard_no)
        words = {
            "check_in": self.tr("{guard} 已报平安。"),
            "sign_in": self.tr("{guard} 已签到。"),
            "sign_out": self.tr("{guard} 已签退。"),
        }
        if card is not None and what in words:
            self.say(words[what].format(guard=local_name(card.guard)), "ok")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search)
        top.addWidget(self.counts)
        top.addStretch(1)
        lanes = QHBoxLayout()
        lanes.setSpacing(Size.GAP_XS)
        for lane, view in self.lanes.items():
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(self.heads[lane])
            column.addWidget(view, 1)
            lanes.addLayout(column, _STRETCH.get(lane, 1))
        reason = QHBoxLayout()
        for part in (self.reason_label, self.reason, self.give_reason, self.leave_reason):
            reason.addWidget(part, 1 if part is self.reason else 0)
        actions = QHBoxLayout()
        actions.setSpacing(Size.GAP_XS)
        for button in (*self.moves.values(), self.check_in, self.sign):
            actions.addWidget(button)
        actions.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addLayout(top)
        box.addWidget(self.coverage)
        box.addLayout(lanes, 1)
        box.addWidget(self.message)
        box.addLayout(reason)
        box.addWidget(self.detail)
        box.addLayout(actions)
        self._ask_reason(None)

    def _connect(self) -> None:
        presenter = self._presenter
        self.search.textChanged.connect(presenter.search)
        for view in self.lanes.values():
            view.chosen.connect(self._choose)
            view.moved.connect(self._move)
            view.checked_in.connect(presenter.check_in)
            view.signed.connect(presenter.sign)
            view.menu_wanted.connect(self._open_menu)
            view.left.connect(self._go_beside)
            view.hinted.connect(self._hint)
        for lane, button in self.moves.items():
            button.setProperty("lane", lane.value)
            button.clicked.connect(self._press_move)
        self.check_in.clicked.connect(self._press_check_in)
        self.sign.clicked.connect(self._press_sign)
        self.give_reason.clicked.connect(self._give_reason)
        self.reason.returnPressed.connect(self._give_reason)
        self.leave_reason.clicked.connect(self._leave_reason)
        presenter.reason_wanted.connect(self._want_reason)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), self, context=within).activated.connect(self.search.setFocus)
        OwnEscape(self.reason, self._leave_reason)

    def _choose(self, guard: str) -> None:
        self.say("", "dim")
        self._presenter.choose(guard)

    def _move(self, guard: str, lane: Lane) -> None:
        self.say("", "dim")
        self._ask_reason(None)
        self._presenter.choose(guard)
        self._presenter.move(guard, lane)

    def _press_move(self) -> None:
        self._move(self._presenter.chosen, Lane(self.sender().property("lane")))

    def _press_check_in(self) -> None:
        self._presenter.check_in(self._presenter.chosen)

    def _press_sign(self) -> None:
        self._presenter.sign(self._presenter.chosen)

    def _hint(self, refusal: ServiceError | None) -> None:
        self.say(sentence(refusal) if refusal is not None else "", "bad")

    def _open_menu(self, guard: str, at: QPoint) -> None:
        """Every lane, with what hinders it written beside it."""
        self._presenter.choose(guard)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, lane in enumerate(LANES, 1):
            refusal = self._presenter.hindrance(guard, lane)
            action = menu.addAction(f"&{number}  {lane_name(lane)}")
            action.setEnabled(refusal is None)
            action.setToolTip(sentence(refusal) if refusal else "")
            action.setData(lane.value)
        menu.setToolTipsVisible(True)
        menu.triggered.connect(self._take_action)
        menu.popup(at)

    def _take_action(self, action: object) -> None:
        self._move(self._presenter.chosen, Lane(action.data()))  # type: ignore[attr-defined]

    def _go_beside(self, step: int) -> None:
        """The next lane with cards, in the direction of the arrow."""
        here = next((n for n, lane in enumerate(LANES) if self.lanes[lane].hasFocus()), 0)
        places = range(here + step, len(LANES) if step > 0 else -1, step)
        beside = next((self.lanes[LANES[n]] for n in places if self.lanes[LANES[n]].cards.cards), None)
        if beside is not None:
            beside.setFocus(Qt.FocusReason.OtherFocusReason)
            if not beside.currentIndex().isValid():
                beside.setCurrentIndex(beside.cards.index(0))
            self._presenter.choose(beside.current_guard)

    def _want_reason(self, guard: str, lane: Lane) -> None:
        self._ask_reason((guard, lane))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_reason(self, wanted: tuple[str, Lane] | None) -> None:
        self._reason_for = wanted
        self.reason.clear()
        card = self._presenter.card(wanted[0]) if wanted else None
        if card is not None:
            name = local_name(card.guard)
            self.reason_label.setText(self.tr("{guard} 解除遇险的原因").format(guard=name))
        for part in (self.reason_label, self.reason, self.give_reason, self.leave_reason):
            part.setVisible(wanted is not None)

    def _give_reason(self) -> None:
        if self._reason_for is not None and self.reason.text().strip():
            guard, lane = self._reason_for
            self._presenter.move(guard, lane, self.reason.text())
            self._ask_reason(None)

    def _leave_reason(self) -> None:
        self._ask_reason(None)

    def _show_head(self, lane: Lane, count: int) -> None:
        number = LANES.index(lane) + 1
        head = self.heads[lane]
        head.setText(f"{number} {lane_name(lane)}  {count}")
        tone: Tone = "bad" if lane is Lane.DURESS and count else "title" if count else "dim"
        set_tone(head, tone)

    def _show_detail(self) -> None:
        card = self._presenter.card(self._presenter.chosen)
        may_act = self._presenter.may(Permission.DISPATCH)
        for lane, button in self.moves.items():
            refusal = self._presenter.hindrance(card.guard.no, lane) if card else None
            button.setEnabled(card is not None and card.lane is not lane and refusal is None)
            button.setToolTip(sentence(refusal) if refusal else "")
            button.setVisible(may_act)
        for button in (self.check_in, self.sign):
            button.setEnabled(card is not None)
            button.setVisible(may_act)
        self.sign.setText(self.tr("签退 S") if card and card.came else self.tr("签到 S"))
        self.detail.setText(self._detail(card) if card else self.tr("先选一名保安：点卡片，或用方向键。"))

    def _detail(self, card: GuardCard) -> str:
        guard, state = card.guard, card.state
        team = self._presenter.site.team(guard.team)
        parts = [
            f"{guard.no} {local_name(guard)}",
            name_of(state.status),
            self.tr("对讲机 {radio}").format(radio=guard.radio_id or "–"),
            self.tr("电话 {phone}").format(phone=guard.phone or "–"),
            local_name(card.post) if card.post else self.tr("机动"),
            local_name(team) if team else "",
            listed(skill_name(skill) for skill in guard.skills),
            self.tr("位置 {x:.0f}, {y:.0f}（{source}）").format(
                x=state.at[0], y=state.at[1], source=card.position
            ),
            card.dispatch_no,
            self.tr("上次报平安 {at}").format(at=times.clock_time(state.checkin_at))
            if state.dispatch
            else "",
            self._came_words(card),
        ]
        return "   ".join(filter(None, parts))

    def _came_words(self, card: GuardCard) -> str:
        if card.came is not None:
            at = times.clock_time(card.came.in_at)
            if card.came.late_s:
                minutes = card.came.late_s // 60
                return self.tr("{at} 签到，迟到 {minutes} 分").format(at=at, minutes=minutes)
            return self.tr("{at} 签到").format(at=at)
        if card.missed is not None:
            return self.tr("应上{shift}，未签到").format(shift=shift_name(card.missed))
        return ""

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("找人：姓名、编号、对讲机、岗位"))
        self.search.setAccessibleName(self.tr("找人"))
        self.reason.setPlaceholderText(self.tr("怎样确认安全的，例如：李班长当面确认，误触"))
        self.reason.setAccessibleName(self.tr("解除遇险的原因"))
        self.give_reason.setText(self.tr("解除遇险"))
        self.leave_reason.setText(self.tr("不解除"))
        self.check_in.setText(self.tr("报平安 C"))
        self.check_in.setToolTip(self.tr("已听到本人，报平安的时限重新计"))
        for number, (lane, button) in enumerate(self.moves.items(), 1):
            button.setText(f"{number} {lane_name(lane)}")
            button.setAccessibleName(self.tr("放到{lane}").format(lane=lane_name(lane)))
            self.lanes[lane].setAccessibleName(lane_name(lane))
        self.show_present()
