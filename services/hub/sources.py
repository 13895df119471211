"""Which panels of the site are asked or subscribed to, each with what is needed for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TypeVar

from services.alarms.drivers.base import Source
from services.core.secrets import HeldSecrets
from services.domain.site import Output, PanelProtocol, Site, Zone

_OfPanel = TypeVar("_OfPanel", Zone, Output)


def sources_of(site: Site, secrets: HeldSecrets, protocols: Collection[PanelProtocol]) -> dict[str, Source]:
    """By panel number; touches no disk. A camera's log-in is its own unless the panel names another."""
    zones, outputs = _by_panel(site.zones), _by_panel(site.outputs)
    found = {}
    for panel in site.panels:
        if panel.protocol not in protocols:
            continue
        camera = site.camera(panel.address) if panel.protocol is PanelProtocol.ONVIF else None
        login = panel.credential or (camera.credential if camera else "")
        found[str(panel.no)] = Source(
            panel,
            tuple(zones[panel.no]),
            tuple(outputs[panel.no]),
            secrets.credential(login) if login else None,
            camera,
            site.code,
        )
    return found


def _by_panel(parts: Iterable[_OfPanel]) -> defaultdict[str, list[_OfPanel]]:
    found: defaultdict[str, list[_OfPanel]] = defaultdict(list)
    for part in parts:
        found[part.panel].append(part)
    return found
