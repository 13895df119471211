"""What a rule does: the actions in their order, with fields for the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from services.domain.linkage import MOST_ACTIONS, Action, ActionKind, Rule
from services.domain.site import Site
from ui.linkage.sentence import action_words
from views.linkage.action_fields import ActionFields
from views.linkage.draft import moved

LIST_PX = 110


class ActionList(QWidget):
    """Signal: changed(tuple of Action) when a person changed something."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: tuple[Action, ...] = ()
        self._site: Site | None = None
        self.list = QListWidget(self)
        self.add = QPushButton(self)
        self.remove = QPushButton(self)
        self.up = QPushButton(self)
        self.down = QPushButton(self)
        self.fields = ActionFields(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_rule(self, rule: Rule, site: Site, presets: Sequence[str]) -> None:
        self._site = site
        self.fields.use(site, presets)
        self._actions = rule.actions
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self.list.setFixedHeight(LIST_PX)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list)
        box.addLayout(buttons)
        box.addWidget(self.fields)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.fields.changed.connect(self._replace)

    def _fill(self) -> None:
        if self._site is None:
            return
        row = min(max(0, self.list.currentRow()), len(self._actions) - 1)
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([action_words(action, self._site) for action in self._actions])
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._choose(row)

    def _choose(self, row: int) -> None:
        has_one = 0 <= row < len(self._actions)
        self.fields.show_action(self._actions[row] if has_one else None)
        self.remove.setEnabled(has_one)
        self.up.setEnabled(has_one and row > 0)
        self.down.setEnabled(has_one and row < len(self._actions) - 1)
        self.add.setEnabled(len(self._actions) < MOST_ACTIONS)

    def _add(self) -> None:
        self._become((*self._actions, Action(ActionKind.SNAPSHOT)), len(self._actions))

    def _remove(self) -> None:
        row = self.list.currentRow()
        self._become(tuple(one for at, one in enumerate(self._actions) if at != row), row)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._become(moved(self._actions, row, by), row + by)

    def _become(self, actions: tuple[Action, ...], row: int) -> None:
        self._actions = actions
        self._fill()
        self.list.setCurrentRow(max(0, min(row, len(actions) - 1)))
        self.changed.emit(actions)

    def _replace(self, action: Action) -> None:
        """The fields keep what is typed: only the list's words change."""
        row = self.list.currentRow()
        if self._site is None or not 0 <= row < len(self._actions):
            return
        self._actions = (*self._actions[:row], replace(action), *self._actions[row + 1 :])
        self.list.item(row).setText(action_words(action, self._site))
        self.changed.emit(self._actions)

    def _retranslate(self) -> None:
        self.add.setText(self.tr("添加动作"))
        self.remove.setText(self.tr("删除动作"))
        self.up.setText(self.tr("上移"))
        self.down.setText(self.tr("下移"))
        self.list.setAccessibleName(self.tr("动作"))
        self._fill()
