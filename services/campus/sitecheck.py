"""What must hold between the entries of a site: references, unique numbers, points inside the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from services.domain.classes import NEVER_DISARMED
from services.domain.clocks import ClockComplaint, ClockFault, complaint_of
from services.domain.inputs import read_input
from services.domain.site import PanelProtocol, Point, Site

# section, number, field, reason
Complaint = tuple[str, str, str, str]


def first_complaint(site: Site) -> Complaint | None:
    """The first thing wrong between the entries, None when all is well."""
    checks: tuple[Callable[[Site], Iterator[Complaint]], ...] = (
        _outside,
        _references,
        _twice,
        _wires,
        _clocks,
    )
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
    yield from (("outputs", output.no, "at", (output.at,)) for output in site.outputs)


def _references(site: Site) -> Iterator[Complaint]:
    posts = {post.no for post in site.posts}
    panels = {panel.no for panel in site.panels}
    cameras = {camera.no for camera in site.cameras}
    for guard in site.guards:
        if guard.post is not None and guard.post not in posts:
            yield "guards", guard.no, "post", f"there is no post {guard.post}"
    yield from _teams(site)
    groups = {group.no for group in site.arm_groups}
    zones = {str(zone.no): zone for zone in site.zones}
    for output in site.outputs:
        if output.panel not in panels:
            yield "outputs", output.no, "panel", f"there is no panel {output.panel}"
        if output.feedback and output.feedback not in zones:
            yield "outputs", output.no, "feedback", f"there is no zone {output.feedback}"
        elif output.feedback and zones[output.feedback].alarm_class in NEVER_DISARMED:
            yield "outputs", output.no, "feedback", f"zone {output.feedback} is an alarm that is always armed"
    yield from _interlocks(site)
    for zone in site.zones:
        if zone.panel not in panels:
            yield "zones", zone.no, "panel", f"there is no panel {zone.panel}"
        if zone.arm_group and zone.arm_group not in groups:
            yield "zones", zone.no, "arm_group", f"there is no arm group {zone.arm_group}"
        for field, named in (("pinned", zone.pinned), ("added", zone.added)):
            for no in named:
                if no not in cameras:
                    yield "zones", zone.no, field, f"there is no camera {no}"


def _teams(site: Site) -> Iterator[Complaint]:
    teams = {team.no for team in site.teams}
    guards = {guard.no for guard in site.guards}
    for guard in site.guards:
        if guard.team and guard.team not in teams:
            yield "guards", guard.no, "team", f"there is no team {guard.team}"
    for team in site.teams:
        if team.leader and team.leader not in guards:
            yield "teams", team.no, "leader", f"there is no guard {team.leader}"


def _interlocks(site: Site) -> Iterator[Complaint]:
    outputs = {output.no for output in site.outputs}
    for line in site.interlocks:
        for field, no in (("output", line.output), ("other", line.other)):
            if no not in outputs:
                yield "interlocks", line.no, field, f"there is no output {no}"
        if line.output == line.other:
            yield "interlocks", line.no, "other", "must be another output"


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
    points: dict[tuple[str, str], str] = {}
    for zone in site.zones:
        held = points.setdefault((zone.panel, zone.point), zone.no) if zone.point else zone.no
        if held != zone.no:
            yield "zones", zone.no, "point", f"{zone.point} of panel {zone.panel} is already zone {held}"
    for output in site.outputs:
        wire = output.panel, output.number, output.point
        if any(wire == (o.panel, o.number, o.point) and o.no != output.no for o in site.outputs):
            yield "outputs", output.no, "number", f"of panel {output.panel} is already another output"


def _wires(site: Site) -> Iterator[Complaint]:
    """What panels that we ask need to be found, and their zones to be told apart."""
    for panel in site.panels:
        if panel.protocol in (PanelProtocol.MODBUS, PanelProtocol.MQTT) and not panel.address:
            yield "panels", panel.no, "address", f"is needed by a {panel.protocol.value} panel"
        if panel.protocol is PanelProtocol.ONVIF and site.camera(panel.address) is None:
            yield "panels", panel.no, "address", f"must be the number of a camera: {panel.address} is none"
    modules = {panel.no for panel in site.panels if panel.protocol is PanelProtocol.MODBUS}
    for zone in site.zones:
        if zone.panel in modules and read_input(zone.point, zone.number) is None:
            yield "zones", zone.no, "point", "must be an input such as di3, co3, ir5.2 or ir5:line"


def _clocks(site: Site) -> Iterator[Complaint]:
    for clocks in site.clocks:
        found = complaint_of(clocks.priority, clocks)
        if found is not None:
            yield "clocks", clocks.no, found.field.value, _words(found)


def _words(complaint: ClockComplaint) -> str:
    match complaint.fault:
        case ClockFault.RANGE:
            return f"must be a number from {complaint.least_s:g} to {complaint.most_s:g}"
        case ClockFault.LEVELS:
            return "must name one to three levels"
        case ClockFault.RISING:
            return "each level must be told later than the one before"
        case ClockFault.BEFORE_CLAIM:
            return "must not be told before claim_s is over"
