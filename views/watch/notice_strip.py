"""What concerns this user personally: alarms somebody wants to hand over, what the last shift left, and
notices of the duty list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.domain.alarms import Alarm
from services.domain.notices import Notice, Rung
from ui.queue.words import ask_name, card_words
from ui.text.names import name_of
from views.watch.hands import HandsPresenter
from views.watch.succession import Offer, SuccessionPresenter

TICK_MS = 1000
MOST_LINES = 4

Does = Callable[[], None]


class _Line(QFrame):
    """One sentence with at most two buttons, used again for whatever comes next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "banner")
        self.setProperty("severity", "notice")
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        # A name that is cut off would be the very thing to know.
        self.text.setWordWrap(True)
        self.yes, self.no = QPushButton(self), QPushButton(self)
        self._does: tuple[Does | None, Does | None] = (None, None)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 2, 4, 2)
        box.setSpacing(0)
        box.addWidget(self.text)
        for button in (self.no, self.yes):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("kind", "chip")
            buttons.addWidget(button)
        box.addLayout(buttons)
        self.yes.clicked.connect(self._say_yes)
        self.no.clicked.connect(self._say_no)
        self.name_buttons()

    def name_buttons(self) -> None:
        """What they mostly say, in the language of the moment; `put` says it anew."""
        self.yes.setText(self.tr("已阅"))
        self.no.setText(self.tr("查看"))

    def put(self, text: str, yes: tuple[str, Does], no: tuple[str, Does] | None = None) -> None:
        self.text.setText(text)
        self.setAccessibleName(text)
        self.yes.setText(yes[0])
        self.no.setVisible(no is not None)
        if no is not None:
            self.no.setText(no[0])
        self._does = (yes[1], no[1] if no else None)
        self.show()

    def _say_yes(self) -> None:
        if self._does[0] is not None:
            self._does[0]()

    def _say_no(self) -> None:
        if self._does[1] is not None:
            self._does[1]()


class NoticeStrip(QWidget):
    """Hidden while there is nothing. Signals: alarm_wanted(alarm_id) to be picked."""

    alarm_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: HandsPresenter | None = None
        self._succession: SuccessionPresenter | None = None
        self.lines = [_Line(self) for _ in range(MOST_LINES)]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        for line in self.lines:
            box.addWidget(line)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.show_present)
        self.hide()

    def follow(self, presenter: HandsPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self.show_present)
        self.show_present()

    def follow_succession(self, presenter: SuccessionPresenter) -> None:
        """What the last shift left is offered here, too."""
        self._succession = presenter
        presenter.changed.connect(self.show_present)
        self.show_present()

    def show_present(self) -> None:
        """Requests to this user first: they last 15 seconds."""
        if self._presenter is None:
            return
        presenter = self._presenter
        fills: list[Callable[[_Line], None]] = [
            *(self._asked(alarm) for alarm in presenter.asked_of_me[:1]),
            *(self._asking(alarm) for alarm in presenter.asked_by_me[:1]),
        ]
        offer = self._succession.offer if self._succession is not None else None
        if offer is not None:
            fills.append(self._left(offer))
        if presenter.notices:
            fills.append(self._told(presenter.notices))
        for number, line in enumerate(self.lines):
            if number < len(fills):
                fills[number](line)
            else:
                line.hide()
        self.setVisible(bool(fills))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for line in self.lines:
                line.name_buttons()
            self.show_present()

    def _asked(self, alarm: Alarm) -> Callable[[_Line], None]:
        assert self._presenter is not None
        presenter, said, ask = self._presenter, card_words(alarm), alarm.ask
        text = self.tr("{seconds} 秒内请答复：{owner} 转交 {title} {place} {note}").format(
            owner=alarm.owner_name,
            title=said.title,
            place=said.place,
            seconds=round(presenter.left_s(alarm)),
            note=ask.note if ask else "",
        )
        yes = (self.tr("接收 F6"), lambda: presenter.accept(alarm.id))
        no = (self.tr("退回"), lambda: presenter.decline(alarm.id))
        return lambda line: line.put(text, yes, no)

    def _asking(self, alarm: Alarm) -> Callable[[_Line], None]:
        assert self._presenter is not None
        assert alarm.ask is not None
        presenter = self._presenter
        text = self.tr("等待 {name} 接收（{seconds} 秒）：{place}").format(
            name=ask_name(alarm.ask),
            place=card_words(alarm).place,
            seconds=round(presenter.left_s(alarm)),
        )
        yes = (self.tr("撤回"), lambda: presenter.withdraw(alarm.id))
        return lambda line: line.put(text, yes)

    def _left(self, offer: Offer) -> Callable[[_Line], None]:
        assert self._succession is not None
        text = self.tr("您已接班；{name} 手上还有报警 {alarms} 条、警情 {incidents} 起").format(
            name=offer.name, alarms=offer.alarms, incidents=offer.incidents
        )
        yes = (self.tr("全部接过来"), self._succession.take)
        no = (self.tr("暂不"), self._succession.leave)
        return lambda line: line.put(text, yes, no)

    def _told(self, told: list[tuple[Notice, Alarm]]) -> Callable[[_Line], None]:
        """The most urgent of all that this user is told of; reading it reads them all."""
        assert self._presenter is not None
        presenter = self._presenter
        notice, alarm = min(told, key=lambda pair: (pair[1].priority, -pair[0].level, pair[0].at))
        text = self._escalated(notice, alarm)
        if notice.call:
            text = self.tr("请电话通知 {call}。{text}").format(text=text, call=notice.call)
        if len(told) > 1:
            text = self.tr("共 {count} 条 {text}").format(text=text, count=len(told))
        yes = (self.tr("已阅"), lambda: presenter.note_all_seen(told))
        no = (self.tr("查看"), lambda: self.alarm_wanted.emit(alarm.id))
        return lambda line: line.put(text, yes, no)

    def _escalated(self, notice: Notice, alarm: Alarm) -> str:
        """Claiming does not stop the clock, so who is told may be its owner."""
        assert self._presenter is not None
        if not alarm.owner:
            text = self.tr("升级通知（{rung}）：{title} {place} 无人处置")
        elif self._presenter.is_mine(alarm):
            text = self.tr("升级通知（{rung}）：您接的 {title} {place} 超时未核实")
        else:
            text = self.tr("升级通知（{rung}）：{title} {place} {owner} 已接警，超时未核实")
        said, rung = card_words(alarm), name_of(Rung(min(notice.level, max(Rung))))
        return text.format(rung=rung, title=said.title, place=said.place, owner=alarm.owner_name)
