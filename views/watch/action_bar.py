"""The keys of an alarm as buttons, always for the highlighted alarm."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalMapper, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.alarms import Alarm, AlarmState
from services.domain.people import Session
from ui.elided import ElidedLabel
from ui.queue.words import card_words
from ui.text import sentence
from ui.tiles.feed import ACTION_KEYS
from ui.tips import plain_tip
from ui.tone import restyle
from views.watch.plates import missing_permission

_ORDER = ("claim", "verify", "false", "dispatch", "silence", "reset", "transfer", "shelve", "group")


class ActionBar(QWidget):
    """Signals: pressed(action)."""

    pressed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """What the permissions of the session's role rule out stays grey and says why."""
        super().__init__(parent)
        self._session = session
        self._alarm: Alarm | None = None
        self._actions: tuple[str, ...] = ()
        self._subject = ElidedLabel(self)
        self._subject.setProperty("tone", "small")
        self._buttons = {action: QPushButton(self) for action in _ORDER}
        self._mapper = QSignalMapper(self)
        self._mapper.mappedString.connect(self.pressed)
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, (action, button) in enumerate(self._buttons.items()):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            grid.addWidget(button, number // 3, number % 3)
            self._mapper.setMapping(button, action)
            button.clicked.connect(self._mapper.map)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 8)
        box.setSpacing(4)
        box.addWidget(self._subject)
        box.addLayout(grid)
        self._retranslate()

    def show_alarm(self, alarm: Alarm | None, actions: tuple[str, ...]) -> None:
        """The highlighted alarm and what may be done with it."""
        self._alarm, self._actions = alarm, actions
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _why_not(self, action: str) -> str:
        """Why a key does nothing for this role with any alarm; "" when it is only not the moment for it."""
        missing = missing_permission(action, self._session.role)
        if missing is None:
            return ""
        error = ServiceError("identity.forbidden", permission=missing.value, role=self._session.role.value)
        return plain_tip(sentence(error))

    def _retranslate(self) -> None:
        words = {
            "claim": self.tr("接警"),
            "verify": self.tr("核实"),
            "false": self.tr("误报"),
            "dispatch": self.tr("派警"),
            "silence": self.tr("消音"),
            "reset": self.tr("复位"),
            "transfer": self.tr("转交"),
            "shelve": self.tr("搁置"),
            "group": self.tr("整组"),
        }
        if self._alarm is not None and self._alarm.shelf is not None:
            words["shelve"] = self.tr("取回")
        if self._alarm is not None and self._alarm.owner not in ("", self._session.user):
            words["transfer"] = self.tr("接管")
        if self._alarm is not None and self._alarm.state is AlarmState.VERIFYING and self._alarm.viewed_at:
            words["verify"] = self.tr("属实")
        for action, button in self._buttons.items():
            button.setText(f"{ACTION_KEYS[action]} {words[action]}")
            button.setEnabled(action in self._actions)
            button.setToolTip("" if action in self._actions else self._why_not(action))
            is_next = bool(self._actions) and action == self._actions[0]
            restyle(button, "kind", "primary" if is_next else "")
        if self._alarm is None:
            self._subject.setText(self.tr("没有选中的报警"))
        else:
            said = card_words(self._alarm)
            self._subject.setText(
                self.tr("按键作用于：{title} {place}").format(title=said.title, place=said.place)
            )
