"""The tree of conditions of a rule, with fields for the chosen one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.domain.linkage import Rule
from services.domain.site import Site
from services.domain.triggers import COMBINING, Trigger, TriggerKind
from ui.linkage.sentence import trigger_words
from ui.text.names import name_of
from views.linkage.draft import Path, first_trigger, part_at, with_added, with_part
from views.linkage.values import ValueFields

_PATH = Qt.ItemDataRole.UserRole
TREE_PX = 130
_GROUPS = (TriggerKind.ALL, TriggerKind.ANY, TriggerKind.NOT, TriggerKind.COUNT)


class Conditions(QWidget):
    """Signal: changed(Trigger) with the whole tree, when a person changed something."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trigger: Trigger | None = None
        self._site: Site | None = None
        self._path: Path = ()
        self.tree = QTreeWidget(self)
        self.add = QPushButton(self)
        self.remove = QPushButton(self)
        self.joined = QComboBox(self)
        self.joined.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.joined.setMinimumContentsLength(6)
        self.values = ValueFields(self)
        self._menu = QMenu(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_rule(self, rule: Rule, site: Site) -> None:
        self._site = site
        if rule.trigger != self._trigger:
            self._trigger = rule.trigger
            # The first condition is what people look for.
            self._path = (0,) if rule.trigger.parts else ()
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self.tree.setHeaderHidden(True)
        self.tree.setFixedHeight(TREE_PX)
        self.add.setMenu(self._menu)
        buttons = QHBoxLayout()
        for widget in (self.add, self.joined, self.remove):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tree)
        box.addLayout(buttons)
        box.addWidget(self.values)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        self.joined.activated.connect(self._join)
        self.values.changed.connect(self._replace)

    def _fill(self) -> None:
        if self._trigger is None or self._site is None:
            return
        self.tree.blockSignals(True)
        self.tree.clear()
        top = self._item(self._trigger, ())
        self.tree.addTopLevelItem(top)
        self.tree.expandAll()
        self.tree.setCurrentItem(self._find(top, self._path))
        self.tree.blockSignals(False)
        self._show_chosen()

    def _item(self, trigger: Trigger, path: Path) -> QTreeWidgetItem:
        assert self._site is not None
        is_group = trigger.kind in COMBINING
        text = name_of(trigger.kind) if is_group else trigger_words(trigger, self._site)
        if trigger.kind is TriggerKind.COUNT:
            text = trigger_words(trigger, self._site)
        item = QTreeWidgetItem([text])
        item.setData(0, _PATH, path)
        for at, part in enumerate(trigger.parts):
            item.addChild(self._item(part, (*path, at)))
        return item

    def _find(self, item: QTreeWidgetItem, path: Path) -> QTreeWidgetItem:
        """The nearest that there is."""
        for step in path:
            below = item.child(step)
            if below is None:
                break
            item = below
        return item

    def _choose(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self._path = tuple(item.data(0, _PATH))
            self._show_chosen()

    def _show_chosen(self) -> None:
        assert self._trigger is not None
        assert self._site is not None
        chosen = part_at(self._trigger, self._path)
        self.remove.setEnabled(bool(self._path))
        self.joined.setVisible(chosen is not None and chosen.kind in COMBINING)
        if chosen is not None and chosen.kind in COMBINING:
            self.joined.setCurrentIndex(self.joined.findData(chosen.kind.value))
        self.values.show_trigger(chosen, self._site)

    def _add(self, action: QAction) -> None:
        if self._trigger is not None:
            trigger, self._path = with_added(
                self._trigger, self._path, first_trigger(TriggerKind(action.data()))
            )
            self._become(trigger)

    def _remove(self) -> None:
        if self._trigger is not None and self._path:
            trigger = with_part(self._trigger, self._path, None)
            self._path = self._path[:-1]
            self._become(trigger)

    def _join(self, _index: int) -> None:
        """Other ways to combine the same parts; "not" takes one only."""
        chosen = part_at(self._trigger, self._path) if self._trigger is not None else None
        kind = TriggerKind(self.joined.currentData())
        if self._trigger is None or chosen is None or kind is chosen.kind:
            return
        if kind is TriggerKind.NOT and len(chosen.parts) > 1:
            chosen = replace(chosen, parts=(Trigger(TriggerKind.ANY, parts=chosen.parts),))
        fresh = first_trigger(kind)
        other = replace(chosen, kind=kind, least=fresh.least, within_s=fresh.within_s)
        self._become(with_part(self._trigger, self._path, other))

    def _replace(self, part: Trigger) -> None:
        """The fields keep what is typed: only the tree's words change."""
        if self._trigger is not None and self._site is not None:
            self._trigger = with_part(self._trigger, self._path, part)
            item = self.tree.currentItem()
            if item is not None:
                item.setText(0, trigger_words(part, self._site))
            self.changed.emit(self._trigger)

    def _become(self, trigger: Trigger) -> None:
        self._trigger = trigger
        self._fill()
        self.changed.emit(trigger)

    def _retranslate(self) -> None:
        self.add.setText(self.tr("添加条件"))
        self.remove.setText(self.tr("删除条件"))
        self.tree.setAccessibleName(self.tr("条件"))
        self.joined.setAccessibleName(self.tr("怎样组合"))
        self.joined.clear()
        for kind in _GROUPS:
            # Qt keeps a plain str of it.
            self.joined.addItem(name_of(kind), kind.value)
        self._menu.clear()
        for kind in TriggerKind:
            action = self._menu.addAction(name_of(kind))
            action.setData(kind.value)
            action.triggered.connect(self._add_chosen)
        self._fill()

    def _add_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._add(action)
