"""The demo campus with so many more alarm points that no two presses of a run fall into one alarm."""

from __future__ import annotations

from dataclasses import replace

from services.campus.sitefile import parse_site
from services.core.paths import resource
from services.domain.classes import AlarmClass
from services.domain.site import PanelNo, Point, Site, Zone, ZoneKind, ZoneNo
from services.sim.panels import Line, Protocol, Transport

HOST = "127.0.0.1"
FIRST_NUMBER = 100
LAST_NUMBER = 999
ZONES_PER_PANEL = LAST_NUMBER - FIRST_NUMBER + 1

# One panel of each kind: panel number, what hangs on it, how it dials, Contact ID or SIA code.
KINDS = (
    ("A1", ZoneKind.PANIC_BUTTON, AlarmClass.PANIC, Transport.TCP, Protocol.ADM_CID, "120"),
    ("A2", ZoneKind.INFRARED_BEAM, AlarmClass.INTRUSION, Transport.UDP, Protocol.ADM_CID, "131"),
    ("A3", ZoneKind.SMOKE_DETECTOR, AlarmClass.FIRE, Transport.UDP, Protocol.SIA_DCS, "FA"),
)


def crowded_site() -> Site:
    """2700 more zones, each at the place of one of the campus's own zones, so that cameras see them."""
    site = parse_site(resource("sites", "demo.toml").read_text(encoding="utf-8"), "demo.toml")
    more: list[Zone] = []
    for panel, kind, alarm_class, *_ in KINDS:
        for number in range(FIRST_NUMBER, LAST_NUMBER + 1):
            like = site.zones[number % len(site.zones)]
            more.append(_zone(panel, number, kind, alarm_class, like.at, like.place))
    panels = tuple(replace(panel, supervision_s=0.0) for panel in site.panels)
    return replace(site, panels=panels, zones=site.zones + tuple(more))


def line_of(kind: int, account: str, port: int, key: bytes | None) -> Line:
    """How a panel of KINDS[kind] dials the hub at `port`."""
    _, _, _, transport, protocol, _ = KINDS[kind]
    return Line(account, HOST, port, transport, protocol, key, answer_s=5.0, retry_s=0.5)


def _zone(panel: str, number: int, kind: ZoneKind, alarm_class: AlarmClass, at: Point, place: str) -> Zone:
    return Zone(
        no=ZoneNo(f"{panel}-{number}"),
        panel=PanelNo(panel),
        number=number,
        name=f"压测 {panel} {number}",
        name_en=f"Bench {panel} {number}",
        kind=kind,
        alarm_class=alarm_class,
        place=place,
        at=at,
    )
