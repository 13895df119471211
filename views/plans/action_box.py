"""Who does a step: a person, or the program by an action of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from services.domain.linkage import LONGEST_TEXT, Action, ActionKind
from services.domain.site import Site
from ui.text.names import name_of
from views.plans.targets import ACTIONS, ACTIONS_WITH_TARGET, ACTIONS_WITH_TEXT, targets_of_action


class ActionBox(QWidget):
    """Signal: changed(str) when a person changed `action`; "action" while words are typed, else ""."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action: Action | None = None
        self._said = ""
        self._site = Site("", "", "", 1.0, 1.0)
        self.kind = QComboBox(self)
        self.target = QComboBox(self)
        self.text = QLineEdit(self)
        self.text.setMaxLength(LONGEST_TEXT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (self.kind, self.target, self.text):
            box.addWidget(widget)
        box.setStretch(2, 1)
        box.addStretch()
        self.kind.activated.connect(self._other_kind)
        self.target.activated.connect(self._more)
        self.text.textEdited.connect(self._typed)
        self._retranslate()

    def show_action(self, action: Action | None, said: str, site: Site) -> None:
        """said: what a new action says at first."""
        self.action, self._said, self._site = action, said, site
        kind = action.kind if action is not None else None
        offer(self.kind, [(self.tr("由人来做"), None), *((name_of(one), one) for one in ACTIONS)], kind)
        self.target.setVisible(kind in ACTIONS_WITH_TARGET)
        self.text.setVisible(kind in ACTIONS_WITH_TEXT)
        if action is not None:
            offer(self.target, list(targets_of_action(action.kind, site)), action.target)
            if self.text.text() != action.text:
                self.text.setText(action.text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _other_kind(self, index: int) -> None:
        word = self.kind.itemData(index)
        if word is None:
            self._become(None, "")
            return
        # A box of Qt gives back the bare word of an enum.
        kind = ActionKind(word)
        targets = targets_of_action(kind, self._site)
        self._become(
            Action(
                kind,
                target=targets[0][1] if targets else "",
                option="on" if kind is ActionKind.OUTPUT else "",
                text=self._said if kind in ACTIONS_WITH_TEXT else "",
            ),
            "",
        )

    def _more(self, *_: object) -> None:
        if self.action is not None:
            self._become(replace(self.action, target=str(self.target.currentData() or "")), "")

    def _typed(self, text: str) -> None:
        if self.action is not None:
            self._become(replace(self.action, text=text), "action")

    def _become(self, action: Action | None, what: str) -> None:
        if action != self.action:
            self.action = action
            self.changed.emit(what)

    def _retranslate(self) -> None:
        self.kind.setAccessibleName(self.tr("谁来做"))
        self.target.setAccessibleName(self.tr("动作对象"))
        self.text.setAccessibleName(self.tr("动作文字"))
        self.show_action(self.action, self._said, self._site)


def offer(box: QComboBox, lines: Sequence[tuple[str, object]], chosen: object) -> None:
    """What is not in the list, and was typed or has gone, is shown as it stands."""
    box.clear()
    for text, value in lines:
        box.addItem(text, value)
    values = [value for _text, value in lines]
    if chosen in values:
        box.setCurrentIndex(values.index(chosen))
    elif chosen is not None:
        box.addItem(str(chosen), chosen)
        box.setCurrentIndex(box.count() - 1)
