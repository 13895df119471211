"""Which cameras to show for an alarm, chosen ahead for every zone, and the record that they were."""

from __future__ import annotations

from collections.abc import Callable

from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.site import CameraNo, Site, Zone
from services.storage import LinkageRun, Tx

FEEDS_RULE = "feeds"

FeedsFor = Callable[[Zone], tuple[CameraNo, ...]]


class FeedChoice:
    """The cameras of every zone, worked out once per site: an alarm must not wait for geometry."""

    def __init__(self, site: Site, feeds_for: FeedsFor) -> None:
        self._feeds = {zone.no: feeds_for(zone) for zone in site.zones}

    def choose(self, zone: Zone) -> tuple[CameraNo, ...]:
        """Best first; empty when no camera sees the zone."""
        return self._feeds.get(zone.no, ())


class FeedLinkage:
    """Writes down, with the alarm and in its transaction, which pictures it called up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def record(self, tx: Tx, alarm: Alarm) -> None:
        """An alarm without cameras is recorded too: its run has no action."""
        now = self._clock.now()
        actions: tuple[dict[str, object], ...] = tuple(
            {"kind": "view", "camera": camera, "order": order} for order, camera in enumerate(alarm.feeds, 1)
        )
        took_ms = max(0, round((now - alarm.received_at).total_seconds() * 1000))
        tx.add_linkage_run(LinkageRun(alarm.id, FEEDS_RULE, actions, now, took_ms))
