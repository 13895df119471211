"""Which cameras to show for an alarm, chosen ahead for every zone."""

from __future__ import annotations

from collections.abc import Callable

from services.domain.site import CameraNo, Site, Zone

FeedsFor = Callable[[Zone], tuple[CameraNo, ...]]


class FeedChoice:
    """The cameras of every zone, worked out once per site: an alarm must not wait for geometry."""

    def __init__(self, site: Site, feeds_for: FeedsFor) -> None:
        self._feeds = {zone.no: feeds_for(zone) for zone in site.zones}

    def choose(self, zone: Zone) -> tuple[CameraNo, ...]:
        """Best first; empty when no camera sees the zone."""
        return self._feeds.get(zone.no, ())
