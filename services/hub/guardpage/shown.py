"""What the page is told, as plain JSON: the plan once, and the order with its way as it is now."""

from __future__ import annotations

from collections.abc import Callable

from services.campus.routes import Routes
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import WORKING, GuardStatus
from services.domain.site import Place, Point, Site
from services.hub.guardpage.pictures import AlarmPictures
from services.people.guard_desk import GuardView

Plain = dict[str, object]
# What the guard may press next, the way on first.
NEXT = {
    DispatchState.SENT: DispatchState.SIGNED,
    DispatchState.DELIVERED: DispatchState.SIGNED,
    DispatchState.SIGNED: DispatchState.EN_ROUTE,
    DispatchState.EN_ROUTE: DispatchState.ON_SCENE,
    DispatchState.ON_SCENE: DispatchState.DONE,
}
RETURNABLE = frozenset({DispatchState.SENT, DispatchState.DELIVERED, DispatchState.SIGNED})
MOST_LINKS_WITH_WAY = 200


class Shown:
    """Blocks a little: ways are searched and folders looked into. For any thread."""

    def __init__(self, site: Callable[[], Site], pictures: AlarmPictures) -> None:
        self._site = site
        self._pictures = pictures
        self._routes: tuple[Site, Routes] | None = None
        self._ways: dict[str, tuple[Point, Point, Plain]] = {}

    def plan(self) -> Plain:
        """Outlines in metres, y to the north."""
        site = self._site()
        return {
            "name": site.name,
            "name_en": site.name_en,
            "width": site.width_m,
            "height": site.height_m,
            "areas": [
                {"kind": area.kind.value, "name": area.name, "name_en": area.name_en, "outline": area.outline}
                for area in site.areas
            ],
            "walls": [wall.line for wall in site.walls],
            "paths": [path.line for path in site.paths],
            "gates": [{"name": gate.name, "name_en": gate.name_en, "at": gate.at} for gate in site.gates],
        }

    def present(self, seen: GuardView) -> Plain:
        site, state = self._site(), seen.state
        guard = site.guard(state.no)
        return {
            "guard": {
                "no": state.no,
                "name": guard.name if guard else state.no,
                "name_en": guard.name_en if guard else "",
            },
            "status": state.status.value,
            "is_working": state.status in WORKING,
            "overdue": state.overdue,
            "in_distress": state.status is GuardStatus.DURESS,
            "at": state.at,
            "at_time": state.position_at.isoformat(),
            "takes_position": site.geo is not None,
            "is_for_shift": not seen.link.dispatch,
            "ends_at": seen.link.ends_at.isoformat(),
            "order": self._order(site, seen) if seen.order is not None else None,
        }

    def picture(self, seen: GuardView) -> bytes | None:
        """While the order runs only: what was seen there is nobody's afterwards."""
        if seen.alarm is None or seen.order is None or seen.order.over_at is not None:
            return None
        return self._pictures.read(seen.alarm)

    def _order(self, site: Site, seen: GuardView) -> Plain:
        order, incident, alarm = seen.order, seen.incident, seen.alarm
        assert order is not None
        assert incident is not None
        following = NEXT.get(order.state)
        return {
            "id": order.id,
            "no": order.dispatch_no,
            "state": order.state.value,
            "text": order.order_text,
            "title": incident.title,
            "title_en": alarm.name_en if alarm is not None and alarm.name_en else incident.title,
            "place": incident.place,
            "place_en": _english(site.places, incident.place),
            "kind": alarm.alarm_class.value if alarm is not None else "",
            "priority": int(alarm.priority) if alarm is not None else 0,
            "sender": order.sent_by_name,
            "is_drill": incident.is_drill,
            "times": _times(order),
            "sign_due_at": order.sign_due_at.isoformat() if order.sign_due_at else None,
            "arrive_due_at": order.arrive_due_at.isoformat() if order.arrive_due_at else None,
            "late": order.late,
            "end_reason": order.end_reason,
            "next": following.value if following else None,
            "may_return": order.state in RETURNABLE,
            "has_picture": self._has_picture(seen),
            "goal": incident.at,
            **self._way(site, seen),
        }

    def _has_picture(self, seen: GuardView) -> bool:
        if seen.alarm is None or seen.order is None or seen.order.over_at is not None:
            return False
        return self._pictures.find(seen.alarm) is not None

    def _way(self, site: Site, seen: GuardView) -> Plain:
        """Along the campus paths from where the guard is now; nothing once they are there."""
        goal = seen.incident.at if seen.incident else None
        if goal is None or seen.order is None or NEXT.get(seen.order.state) in (None, DispatchState.DONE):
            return {"way": [], "way_m": 0.0}
        start, link = seen.state.at, seen.link.id
        known = self._ways.get(link)
        if known is None or known[:2] != (start, goal):
            if len(self._ways) >= MOST_LINKS_WITH_WAY:
                self._ways.clear()
            route = self._routes_of(site).route(start, goal)
            known = (start, goal, {"way": route.line, "way_m": round(route.distance_m)})
            self._ways[link] = known
        return known[2]

    def _routes_of(self, site: Site) -> Routes:
        if self._routes is None or self._routes[0] is not site:
            self._routes = (site, Routes(site))
        return self._routes[1]


def _times(order: Dispatch) -> Plain:
    times = {
        "sent": order.sent_at,
        "signed": order.signed_at,
        "en_route": order.en_route_at,
        "on_scene": order.on_scene_at,
        "done": order.done_at,
    }
    return {step: at.isoformat() if at else None for step, at in times.items()}


def _english(places: tuple[Place, ...], name: str) -> str:
    return next((place.name_en for place in places if place.name == name), name)
