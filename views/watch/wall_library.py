"""The layouts, presets and tours that one operator may use, as the change feed tells of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.facts import Fact, WallItemRemoved, WallItemSaved
from services.domain.layouts import LAYOUTS, Layout
from services.domain.people import Session
from services.domain.walls import (
    Preset,
    Tour,
    WallItem,
    WallItemKind,
    may_change,
    may_see,
    may_share,
)
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.watch.ports import WallCommands


class WallLibrary(QObject):
    """Shared by all walls of a seat.

    Signals: changed(); refused(ServiceError); saved(WallItem) by this seat.
    """

    changed = Signal()
    refused = Signal(object)
    saved = Signal(object)

    def __init__(
        self,
        live: LiveBoard,
        commands: WallCommands,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._session = session
        self._jobs = jobs
        live.applied.connect(self._apply)

    def items(self, kind: WallItemKind) -> list[WallItem]:
        """One's own first, then the shared ones, each by name."""
        seen = [
            i for i in self._live.board.wall_items.values() if i.kind is kind and may_see(i, self._session)
        ]
        return sorted(seen, key=lambda item: (item.is_shared, item.name.casefold(), item.id))

    def find(self, item_id: str) -> WallItem | None:
        item = self._live.board.wall_items.get(item_id)
        return item if item is not None and may_see(item, self._session) else None

    def layout(self, key: str) -> Layout | None:
        """A ready one by its key or an own one by its id."""
        item = self.find(key)
        return LAYOUTS.get(key) or (item.layout if item is not None else None)

    def preset(self, item_id: str) -> Preset | None:
        item = self.find(item_id)
        return item.preset if item is not None else None

    def tour(self, item_id: str) -> Tour | None:
        item = self.find(item_id)
        return item.tour if item is not None else None

    def may_change(self, item: WallItem) -> bool:
        return may_change(item, self._session)

    @property
    def may_share(self) -> bool:
        return may_share(self._session)

    def copy_of(self, item: WallItem) -> WallItem:
        """A new one with the same content, to become one's own."""
        return replace(item, id="", owner="", author="")

    def save(self, item: WallItem) -> None:
        self._run(partial(self._commands.save, self._session, item))

    def rename(self, item: WallItem, name: str) -> None:
        self._run(partial(self._commands.rename, self._session, item, name))

    def share(self, item: WallItem, is_shared: bool) -> None:
        self._run(partial(self._commands.share, self._session, item, is_shared))

    def delete(self, item: WallItem) -> None:
        self._jobs.run(partial(self._commands.delete, self._session, item), None, self._refuse)

    def _run(self, command: Callable[[], WallItem]) -> None:
        self._jobs.run(command, self._tell_saved, self._refuse)

    def _tell_saved(self, item: WallItem) -> None:
        self.saved.emit(item)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)

    def _apply(self, facts: list[Fact]) -> None:
        if any(isinstance(fact, (WallItemSaved, WallItemRemoved)) for fact in facts):
            self.changed.emit()
