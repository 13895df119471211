"""The card of a call: what to say, what was said back and ticked, what they answered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock, SystemClock
from services.core.ids import new_id
from services.dispatch.sheet import MOST_WORD
from services.domain.calls import Call, CallDirection, CallKind, CallOutcome, ReadBack, ReadBackItem
from services.domain.incidents import Incident
from services.domain.people import Session
from services.domain.site import Site
from ui.named_box import name_box
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text_height import keep_height
from views.incidents.call_words import items_of, script

_SAID_PX = 56


class CallCard(QWidget):
    """Signals: logged(Call); left(). The call begins when the card opens and ends when it is logged."""

    logged = Signal(object)
    left = Signal()

    def __init__(
        self, site: Site, session: Session, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._site, self._session = site, session
        self._clock: Clock = clock or SystemClock()
        self._incident: Incident | None = None
        self._kind = CallKind.OTHER
        self._began_at = self._clock.now()
        self._id = ""
        self.title = QLabel(self)
        self.title.setProperty("tone", "heading")
        self.script = QLabel(self)
        self.script.setTextFormat(Qt.TextFormat.PlainText)
        self.script.setWordWrap(True)
        self.script.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._items_title = QLabel(self)
        self._items_title.setProperty("tone", "title")
        self.items = {item: QLineEdit(self) for item in ReadBackItem}
        self.ticks = {item: QCheckBox(self) for item in ReadBackItem}
        self.party = QLineEdit(self)
        self.number = QLineEdit(self)
        self.direction = QComboBox(self)
        self.said = QPlainTextEdit(self)
        self.ref = QLineEdit(self)
        self.outcome = QComboBox(self)
        self.warning = QLabel(self)
        self.warning.setProperty("tone", "warn")
        self.warning.setWordWrap(True)
        self.log = QPushButton(self)
        self.log.setProperty("kind", "primary")
        self.leave = QPushButton(self)
        self._build()
        self._connect()
        self._retranslate()

    def use_site(self, site: Site) -> None:
        self._site = site

    def open(self, kind: CallKind, incident: Incident) -> None:
        """Begin a call about `incident`."""
        self._kind, self._incident = kind, incident
        self._began_at, self._id = self._clock.now(), new_id()
        filled = items_of(kind, incident, self._site)
        for item, line in self.items.items():
            line.setText(filled.get(item, ""))
            line.setVisible(item in filled)
            self.ticks[item].setChecked(False)
            self.ticks[item].setVisible(item in filled)
        is_service = kind is not CallKind.OTHER
        self.party.setText(kind.value if is_service else "")
        self.number.setText(kind.value if is_service else "")
        self.party.setVisible(not is_service)
        self.number.setVisible(not is_service)
        self.direction.setVisible(not is_service)
        self.direction.setCurrentIndex(0)
        self.said.clear()
        self.ref.clear()
        self.outcome.setCurrentIndex(0)
        self._retranslate()
        first = self.items[next(iter(filled))] if filled else self.party
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def call(self) -> Call:
        """As it is filled in; the desk writes down who called."""
        assert self._incident is not None
        shown = [item for item in self.items if item in items_of(self._kind, self._incident, self._site)]
        return Call(
            id=self._id,
            incident=self._incident.id,
            kind=self._kind,
            direction=tuple(CallDirection)[max(0, self.direction.currentIndex())],
            party=self.party.text(),
            number=self.number.text(),
            began_at=self._began_at,
            ended_at=max(self._began_at, self._clock.now()),
            outcome=tuple(CallOutcome)[max(0, self.outcome.currentIndex())],
            by="",
            by_name="",
            workstation="",
            script=self.script.text() if shown else "",
            said=self.said.toPlainText(),
            read_back=tuple(
                ReadBack(item, self.items[item].text().strip(), self.ticks[item].isChecked())
                for item in shown
            ),
            ref=self.ref.text(),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for row, item in enumerate(ReadBackItem):
            self.items[item].setMaxLength(400)
            grid.addWidget(self.ticks[item], row, 0)
            grid.addWidget(self.items[item], row, 1)
        grid.setColumnStretch(1, 1)
        who = QHBoxLayout()
        for field in (self.party, self.number, self.direction):
            who.addWidget(field, 1)
        for line in (self.party, self.number, self.ref):
            line.setMaxLength(MOST_WORD)
        keep_height(self.said, _SAID_PX)
        self.said.setTabChangesFocus(True)
        answer = QHBoxLayout()
        answer.addWidget(self.outcome, 1)
        answer.addWidget(self.ref, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.warning, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.log)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.title)
        box.addWidget(self.script)
        box.addLayout(who)
        box.addWidget(self._items_title)
        box.addLayout(grid)
        box.addWidget(self.said)
        box.addLayout(answer)
        box.addStretch(1)
        box.addLayout(buttons)

    def _connect(self) -> None:
        for item, line in self.items.items():
            line.textChanged.connect(self._show_script)
            self.ticks[item].toggled.connect(self._warn)
        self.outcome.currentIndexChanged.connect(self._warn)
        self.log.clicked.connect(self._log)
        self.leave.clicked.connect(self.left)

    def _log(self) -> None:
        self.logged.emit(self.call())

    def _show_script(self) -> None:
        if self._incident is None:
            return
        filled = {item: line.text() for item, line in self.items.items() if not line.isHidden()}
        self.script.setText(script(self._kind, self._site, self._session.display_name, filled))

    def _warn(self) -> None:
        """Nobody is kept from logging the call; but it is said, and stays in the record."""
        open_ = [
            name_of(item)
            for item, tick in self.ticks.items()
            if not tick.isHidden() and not tick.isChecked() and self.items[item].text().strip()
        ]
        text = self.tr("对方还没有复述：{items}").format(items=listed(open_)) if open_ else ""
        self.warning.setText(text)

    def _retranslate(self) -> None:
        is_service = self._kind is not CallKind.OTHER
        name = name_of(self._kind)
        self.title.setText(self.tr("打 {name}").format(name=name) if is_service else self.tr("记录通话"))
        self._items_title.setText(self.tr("对方复述正确的打勾") if is_service else "")
        self._items_title.setVisible(is_service)
        for item, tick in self.ticks.items():
            tick.setText(name_of(item))
            self.items[item].setAccessibleName(name_of(item))
        for field, text in (
            (self.party, self.tr("对方")),
            (self.number, self.tr("号码")),
            (self.ref, self.tr("对方编号")),
            (self.said, self.tr("对方说了什么")),
        ):
            field.setAccessibleName(text)
            field.setPlaceholderText(text)
        _fill(self.direction, [name_of(one) for one in CallDirection])
        _fill(self.outcome, [name_of(one) for one in CallOutcome])
        name_box(self.direction, self.tr("去电或来电"))
        name_box(self.outcome, self.tr("结果"))
        self.log.setText(self.tr("记下通话"))
        self.leave.setText(self.tr("返回"))
        self._show_script()
        self._warn()


def _fill(box: QComboBox, names: list[str]) -> None:
    chosen = max(0, box.currentIndex())
    box.clear()
    box.addItems(names)
    box.setCurrentIndex(chosen)
