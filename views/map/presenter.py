"""What the plan shows of the watch: guards where they are, alarms, and the way to the latest order."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from services.campus.routes import Routes
from services.campus.sight import Sight
from services.domain.facts import Fact, TimelineAdded
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import GuardState
from services.domain.site import Point, Site
from ui.board import LiveBoard
from ui.map.marks import MapAlarm
from ui.queue.words import card_words

_UNDER_WAY = frozenset(
    {DispatchState.SENT, DispatchState.DELIVERED, DispatchState.SIGNED, DispatchState.EN_ROUTE}
)


class MapPresenter(QObject):
    """Signals: changed() when guards, alarms or the route are other ones; site_changed()."""

    changed = Signal()
    site_changed = Signal()

    def __init__(self, live: LiveBoard, site: Site, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._routes = Routes(site)
        self.site = site
        live.applied.connect(self._apply)
        live.replaced.connect(self.changed)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self._routes = Routes(site)
        self.site = site
        self.site_changed.emit()

    @property
    def guards(self) -> list[GuardState]:
        return list(self._live.board.guards.values())

    @property
    def alarms(self) -> list[MapAlarm]:
        """Every open alarm that has a place on the plan."""
        return [
            MapAlarm(alarm.id, alarm.priority, alarm.at, card_words(alarm).place, bool(alarm.owner))
            for alarm in self._live.board.queue()
            if alarm.at is not None
        ]

    @property
    def route(self) -> tuple[Point, ...]:
        """The way still before the guard sent last; empty when nobody is under way."""
        dispatch = self._latest_under_way()
        if dispatch is None:
            return ()
        guard = self._live.board.guards.get(dispatch.guard)
        incident = self._live.board.incidents.get(dispatch.incident)
        if guard is None or incident is None or incident.at is None:
            return ()
        return self._routes.route(guard.at, incident.at).line

    def cones(self) -> dict[str, tuple[Point, ...]]:
        """What each camera covers, cut off by buildings."""
        sight = Sight(self.site)
        return {camera.no: sight.cone(camera) for camera in self.site.cameras if camera.is_placed}

    def _latest_under_way(self) -> Dispatch | None:
        under_way = [d for d in self._live.board.dispatches.values() if d.state in _UNDER_WAY]
        return max(under_way, key=lambda d: (d.sent_at, d.id), default=None)

    def _apply(self, facts: list[Fact]) -> None:
        if any(not isinstance(fact, TimelineAdded) for fact in facts):
            self.changed.emit()
