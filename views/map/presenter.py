"""What the plan shows of the watch: guards where they are, alarms, and the way to the latest order."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from services.campus.routes import Routes
from services.campus.sight import Sight
from services.core.clock import Clock, SystemClock
from services.domain.arming import CLOCKS_APART, ZoneCondition, arming_of, condition_of
from services.domain.facts import ArmChanged, Fact, TimelineAdded, ZoneChanged
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import GuardState
from services.domain.site import Point, Site
from ui.board import LiveBoard
from ui.local_zone import local_zone
from ui.map.marks import MapAlarm, Spot, Thing
from ui.queue.words import card_words
from ui.text.names import name_of
from ui.text.positions import position_text
from ui.text.times import date_time

_UNDER_WAY = frozenset(
    {DispatchState.SENT, DispatchState.DELIVERED, DispatchState.SIGNED, DispatchState.EN_ROUTE}
)


class MapPresenter(QObject):
    """Signals: changed() when guards, alarms or the route are other ones; zones_changed(); site_changed()."""

    changed = Signal()
    zones_changed = Signal()
    site_changed = Signal()

    def __init__(
        self, live: LiveBoard, site: Site, parent: QObject | None = None, *, clock: Clock | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock or SystemClock()
        self._live = live
        self._routes = Routes(site)
        self.site = site
        live.applied.connect(self._apply)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self._routes = Routes(site)
        self.site = site
        self.site_changed.emit()

    def zones(self) -> dict[str, ZoneCondition]:
        """Armed, disarmed, isolated or under test; that one is in alarm says its mark."""
        now, board, zone = self._clock.now(), self._live.board, local_zone()
        groups = {
            group.no: arming_of(group, board.arming.get(group.no), now, CLOCKS_APART, zone)
            for group in self.site.arm_groups
        }
        return {
            str(one.no): condition_of(
                one, board.zones.get(one.no), groups.get(one.arm_group), now, is_active=False
            )
            for one in self.site.zones
        }

    def explain(self, spot: Spot) -> str:
        """How a zone or camera stands and why; whence a guard's position comes and how old it is."""
        board = self._live.board
        match spot.thing:
            case Thing.GUARD if spot.no in board.guards:
                guard = board.guards[spot.no]
                return f"{name_of(guard.status)} · {position_text(guard, self._clock.now())}"
            case Thing.CAMERA if spot.no in board.cameras:
                health = board.cameras[spot.no]
                return f"{name_of(health.state)} · {date_time(health.since_at)}"
            case Thing.ZONE:
                return self._explain_zone(spot)
            case _:
                return ""

    def _explain_zone(self, spot: Spot) -> str:
        """How it stands, who took it out and why."""
        condition = self.zones().get(spot.no)
        state = self._live.board.zones.get(spot.no)
        lines = [name_of(condition)] if condition is not None else []
        if condition is ZoneCondition.ISOLATED and state is not None and state.isolation is not None:
            lines.append(f"{state.isolation.owner_name}: {state.isolation.reason}")
        return "\n".join(lines)

    @property
    def guards(self) -> list[GuardState]:
        return list(self._live.board.guards.values())

    @property
    def troubled_cameras(self) -> frozenset[str]:
        return self._live.board.troubled_cameras()

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
        if any(isinstance(fact, (ZoneChanged, ArmChanged)) for fact in facts):
            self.zones_changed.emit()
