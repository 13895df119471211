"""The guards beside the incidents: who is free first; one is dragged onto a card, or sent by Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from services.domain.board import Board
from services.domain.coverage import post_of
from services.domain.incidents import Incident
from services.domain.lanes import LANE_OF, Lane
from services.domain.people import READY, GuardState
from services.domain.site import Site
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.titles import incident_title
from ui.theme import tokens
from views.incidents.cards import GUARD_MIME
from views.incidents.commands import guard_number

_GUARD = Qt.ItemDataRole.UserRole
_ORDER = (Lane.DURESS, Lane.ON_DUTY, Lane.PATROL, Lane.SENT, Lane.ON_SCENE, Lane.BREAK, Lane.OFFLINE)


class GuardLane(QListWidget):
    """Signals: guard_activated(guard_no) by Enter or a double click."""

    guard_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragEnabled(True)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemActivated.connect(self._tell)

    def show_guards(self, board: Board, site: Site) -> None:
        """Ready ones can be dragged; the current row stays on its guard."""
        chosen = str(self.currentItem().data(_GUARD)) if self.currentRow() >= 0 else ""
        states = in_order(board.guards, site)
        while self.count() > len(states):
            self.takeItem(self.count() - 1)
        while self.count() < len(states):
            self.addItem(QListWidgetItem())
        for row, state in enumerate(states):
            item = self.item(row)
            item.setData(_GUARD, state.no)
            said = _words(state, board, site)
            if item.text() != said:
                item.setText(said)
            is_ready = state.status in READY
            ink = tokens().text if is_ready else tokens().text_dim
            item.setForeground(QColor(tokens().bad if LANE_OF[state.status] is Lane.DURESS else ink))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled if is_ready else flags)
            if state.no == chosen:
                self.setCurrentItem(item)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        mime = QMimeData()
        if items:
            mime.setData(GUARD_MIME, str(items[0].data(_GUARD)).encode())
        return mime

    def _tell(self, item: QListWidgetItem) -> None:
        self.guard_activated.emit(str(item.data(_GUARD)))


def in_order(guards: Mapping[str, GuardState], site: Site) -> list[GuardState]:
    """Whoever calls for help, then those who are free, those at work, the others; by number."""
    listed = {guard.no for guard in site.guards}
    known = (state for state in guards.values() if state.no in listed)
    return sorted(known, key=lambda state: (_ORDER.index(LANE_OF[state.status]), state.no))


def free_count(guards: Mapping[str, GuardState]) -> int:
    return sum(state.status in READY for state in guards.values())


def _words(state: GuardState, board: Board, site: Site) -> str:
    guard = site.guard(state.no)
    name = local_name(guard) if guard is not None else state.no
    return f"{guard_number(state.no):>2}  {name}  {name_of(state.status)}{_at(state, board, site)}"


def _at(state: GuardState, board: Board, site: Site) -> str:
    """At what: the incident, else the post."""
    order = board.dispatches.get(state.dispatch) if state.dispatch else None
    incident: Incident | None = board.incidents.get(order.incident) if order is not None else None
    if incident is not None:
        return f"  #{incident.short_no} {incident_title(incident)}"
    post = post_of(site, state)
    return f"  {local_name(post)}" if post is not None else ""
