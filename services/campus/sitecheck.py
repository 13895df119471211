"""What must hold between the entries of a site: references, unique numbers, points inside the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from services.domain.site import Point, Site

# section, number, field, reason
Complaint = tuple[str, str, str, str]


def first_complaint(site: Site) -> Complaint | None:
    """The first thing wrong between the entries, None when all is well."""
    checks: tuple[Callable[[Site], Iterator[Complaint]], ...] = (_outside, _references, _twice)
    return next((complaint for check in checks for complaint in check(site)), None)


def _outside(site: Site) -> Iterator[Complaint]:
    for section, no, field, points in _points(site):
        for x, y in points:
            if not (0 <= x <= site.width_m and 0 <= y <= site.height_m):
                yield section, no, field, f"({x:g}, {y:g}) lies outside the plan"


def _points(site: Site) -> Iterator[tuple[str, str, str, Iterable[Point]]]:
    yield from (("areas", area.no, "outline", area.outline) for area in site.areas)
    yield from (("walls", wall.no, "line", wall.line) for wall in site.walls)
    yield from (("gates", gate.no, "at", (gate.at,)) for gate in site.gates)
    yield from (("paths", path.no, "line", path.line) for path in site.paths)
    yield from (("cameras", camera.no, "at", (camera.at,)) for camera in site.cameras)
    yield from (("posts", post.no, "at", (post.at,)) for post in site.posts)
    yield from (("guards", guard.no, "at", (guard.at,)) for guard in site.guards)
    yield from (("panels", panel.no, "at", (panel.at,)) for panel in site.panels)
    yield from (("zones", zone.no, "at", (zone.at,)) for zone in site.zones)
    yield from (("zones", zone.no, "beam", zone.beam) for zone in site.zones if zone.beam)


def _references(site: Site) -> Iterator[Complaint]:
    posts = {post.no for post in site.posts}
    panels = {panel.no for panel in site.panels}
    cameras = {camera.no for camera in site.cameras}
    for guard in site.guards:
        if guard.post is not None and guard.post not in posts:
            yield "guards", guard.no, "post", f"there is no post {guard.post}"
    for zone in site.zones:
        if zone.panel not in panels:
            yield "zones", zone.no, "panel", f"there is no panel {zone.panel}"
        for field, named in (("pinned", zone.pinned), ("added", zone.added)):
            for no in named:
                if no not in cameras:
                    yield "zones", zone.no, field, f"there is no camera {no}"


def _twice(site: Site) -> Iterator[Complaint]:
    accounts: dict[str, str] = {}
    for panel in site.panels:
        other = accounts.setdefault(panel.account, panel.no)
        if other != panel.no:
            yield "panels", panel.no, "account", f"{panel.account} is already panel {other}"
    wires: dict[tuple[str, int], str] = {}
    for zone in site.zones:
        held = wires.setdefault((zone.panel, zone.number), zone.no)
        if held != zone.no:
            yield "zones", zone.no, "number", f"{zone.number} of panel {zone.panel} is already zone {held}"
