"""The arm groups side by side, each with its state and two big buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from services.domain.arming import ZoneCondition
from ui.text.names import name_of
from ui.text.places import local_name
from ui.theme import Size
from ui.tone import set_tone
from views.zones.cells import edge_word, group_word
from views.zones.presenter import GroupRow

_CARD_PX = 268
_BUTTON_PX = 40
_BAR_PX = 132


class GroupCard(QFrame):
    """Signals: asked(group, is_armed)."""

    asked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = ""
        self.setProperty("surface", "raised")
        self.setFixedWidth(_CARD_PX)
        self.name = QLabel(self)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("tone", "title")
        self.state = QLabel(self)
        self.word = QLabel(self)
        self.word.setTextFormat(Qt.TextFormat.PlainText)
        self.word.setProperty("tone", "small")
        self.arm = QPushButton(self)
        self.disarm = QPushButton(self)
        for button in (self.arm, self.disarm):
            button.setMinimumHeight(_BUTTON_PX)
        self.arm.clicked.connect(self._arm)
        self.disarm.clicked.connect(self._disarm)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.state)
        buttons = QHBoxLayout()
        buttons.addWidget(self.arm, 1)
        buttons.addWidget(self.disarm, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_M, Size.GAP_S)
        box.setSpacing(Size.GAP_XS)
        box.addLayout(head)
        box.addWidget(self.word)
        box.addLayout(buttons)

    def show_row(self, row: GroupRow, *, may_arm: bool) -> None:
        self.group = row.group.no
        is_armed = row.arming.is_armed
        self.name.setText(local_name(row.group))
        self.name.setToolTip(row.group.no)
        self.state.setText(name_of(ZoneCondition.ARMED if is_armed else ZoneCondition.DISARMED))
        set_tone(self.state, "ok" if is_armed else "warn")
        waits = self.tr("进入延时中，撤防即取消") if row.arming.delayed else ""
        zones = self.tr("{count} 个防区").format(count=row.zones)
        self.word.setText("  ".join(filter(None, (waits, zones, edge_word(row) or group_word(row)))))
        self.word.setToolTip(group_word(row))
        self.arm.setText(self.tr("布防"))
        self.disarm.setText(self.tr("撤防"))
        self.arm.setAccessibleName(self.tr("布防 {group}").format(group=local_name(row.group)))
        self.disarm.setAccessibleName(self.tr("撤防 {group}").format(group=local_name(row.group)))
        self.arm.setEnabled(may_arm and not is_armed)
        self.disarm.setEnabled(may_arm and (is_armed or bool(row.arming.delayed)))

    def _arm(self) -> None:
        self.asked.emit(self.group, True)

    def _disarm(self) -> None:
        self.asked.emit(self.group, False)


class GroupBar(QScrollArea):
    """Signals: asked(group, is_armed). Hidden while the site has no groups."""

    asked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[GroupCard] = []
        self._rows: Sequence[GroupRow] = ()
        self._may_arm = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(_BAR_PX)
        inside = QWidget(self)
        self._line = QHBoxLayout(inside)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(Size.GAP_S)
        self._line.addStretch(1)
        self.setWidget(inside)

    @property
    def cards(self) -> Sequence[GroupCard]:
        return self._cards

    def show_rows(self, rows: Sequence[GroupRow], *, may_arm: bool) -> None:
        """Cards stay where they are, so that a button does not move under the finger."""
        self._rows, self._may_arm = rows, may_arm
        while len(self._cards) < len(rows):
            card = GroupCard(self)
            card.asked.connect(self.asked)
            self._line.insertWidget(len(self._cards), card)
            self._cards.append(card)
        while len(self._cards) > len(rows):
            card = self._cards.pop()
            self._line.removeWidget(card)
            card.deleteLater()
        for card, row in zip(self._cards, rows, strict=True):
            card.show_row(row, may_arm=may_arm)
        self.setVisible(bool(rows))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_rows(self._rows, may_arm=self._may_arm)
