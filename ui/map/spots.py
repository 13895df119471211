"""Which thing on the plan lies under the pointer, and what to say about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from services.domain.site import Site
from ui.map.marks import LiveMarks, Spot, Thing
from ui.map.names import name_of
from ui.map.view import PlanView

_REACH_PX = 12.0


def spots_of(site: Site, marks: LiveMarks) -> list[Spot]:
    """Everything that can be pointed at; what is drawn on top comes first."""
    spots = [Spot(Thing.ALARM, alarm.alarm_id, alarm.at) for alarm in reversed(marks.alarms)]
    spots += [Spot(Thing.CAMERA, camera.no, camera.at) for camera in site.cameras]
    spots += [Spot(Thing.GUARD, guard.no, guard.at) for guard in marks.guards.values()]
    spots += [Spot(Thing.POST, post.no, post.at) for post in site.posts]
    spots += [Spot(Thing.ZONE, zone.no, zone.at) for zone in site.zones]
    return spots


def spot_at(spots: list[Spot], view: PlanView, pixel: QPointF) -> Spot | None:
    """The nearest spot within reach; of equally near ones the first."""
    best, best_px = None, _REACH_PX
    for spot in spots:
        away = view.to_px(spot.at) - pixel
        distance_px = (away.x() ** 2 + away.y() ** 2) ** 0.5
        if distance_px < best_px:
            best, best_px = spot, distance_px
    return best


def describe(spot: Spot, site: Site, marks: LiveMarks, *, english: bool) -> str:
    """Number and name in one line, the place in a second."""
    match spot.thing:
        case Thing.ALARM:
            alarm = next((a for a in marks.alarms if a.alarm_id == spot.no), None)
            return f"P{alarm.priority:d} {alarm.title}" if alarm else ""
        case Thing.CAMERA:
            camera = site.camera(spot.no)
            return f"{spot.no} {name_of(camera, english)}\n{camera.place}" if camera else spot.no
        case Thing.GUARD:
            guard = site.guard(spot.no)
            name = guard.name_en if guard and english else guard.name if guard else ""
            return f"{spot.no} {name}".strip()
        case Thing.POST:
            post = site.post(spot.no)
            return f"{spot.no} {name_of(post, english)}" if post else spot.no
        case Thing.ZONE:
            zone = site.zone(spot.no)
            return f"{spot.no} {name_of(zone, english)}" if zone else spot.no
