"""The streams behind one wall: what it shows becomes feeds that are open, each in the quality it deserves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.site import Camera
from services.domain.video import FeedStatus, StreamState
from services.video.quality import Pin, QualityController, Sight
from ui.tiles.feed import PictureFeed
from views.watch.feeds import OpenFeeds
from views.watch.ports import VideoPort
from views.watch.wall_plan import WallPlan

# Of one alarm's pictures so many come in their main stream, the best first; more would starve the wall.
MOST_ALARM_MAINS = 4


@dataclass(frozen=True, slots=True)
class OnShow:
    """What a wall shows: its plan, the stage beside it, and what comes in a moment.

    known: the site's cameras; a plan may still name others.
    """

    plan: WallPlan
    stage: tuple[str, ...]
    ahead: frozenset[str]
    known: Collection[str]

    @property
    def cameras(self) -> frozenset[str]:
        """All tiles of the layout, also behind a single one: the way back must be quick."""
        tiles = self.plan.cameras[: self.plan.count]
        return frozenset(no for no in (*tiles, *self.stage, *self.ahead) if no in self.known)


class WallStreams:
    """`renew` after every change of what is shown, `look` now and then."""

    def __init__(self, video: VideoPort, clock: Clock) -> None:
        self._clock = clock
        self._feeds = OpenFeeds(video, clock)
        self._quality = QualityController()
        self._high: frozenset[str] = frozenset()
        self._heights_px: tuple[int, ...] = ()
        self._alarmed: tuple[str, ...] = ()
        self._seen: dict[str, frozenset[str]] = {}
        self._refused_before: set[str] = set()

    def renew(self, show: OnShow) -> list[ServiceError]:
        """Open what is shown and close the rest; what could not be opened, once per camera and change."""
        self._high = self._wanted_high(show)
        self._feeds.want(show.cameras, self._high & show.cameras)
        self._feeds.emphasise(self._pinned(show))
        return self._new_refusals()

    def look(self, show: OnShow) -> bool:
        """Change streams where a tile's size, an alarm or a new picture says so; True when a tile changes."""
        was = self._high
        self._high = self._wanted_high(show)
        self._feeds.emphasise(self._pinned(show))
        if self._high != was:
            self._feeds.want(show.cameras, self._high & show.cameras)
            return True
        return self._feeds.is_waiting and self._feeds.look()

    def drop(self, camera_no: str) -> None:
        """Close what is open of a camera; the next `renew` opens it anew, where it is now."""
        self._feeds.drop(camera_no)

    def close(self) -> None:
        self._feeds.close()

    def note_heights(self, heights_px: Sequence[int]) -> None:
        """How tall the picture of each tile is, in device pixels; 0 = hidden behind another."""
        self._heights_px = tuple(heights_px)

    def note_seen(self, place: str, camera_nos: frozenset[str]) -> None:
        """What can be seen at one place that shows these streams; what no place sees is not decoded."""
        self._seen[place] = camera_nos
        self._feeds.see(frozenset().union(*self._seen.values()))

    def pin_alarmed(self, camera_nos: Sequence[str]) -> bool:
        """The cameras of the alarm in hand, the best first; True when they are other ones than before."""
        was, self._alarmed = self._alarmed, tuple(camera_nos[:MOST_ALARM_MAINS])
        return self._alarmed != was

    def best(self, camera_no: str) -> tuple[PictureFeed | None, str]:
        """The feed to show and the name of its stream."""
        return self._feeds.best(camera_no)

    def statuses(self) -> dict[str, FeedStatus]:
        """By camera number, of the streams that are shown."""
        return self._feeds.statuses()

    def seen_statuses(self) -> dict[str, FeedStatus]:
        """By camera number, of the streams whose pictures are looked at now."""
        return self._feeds.seen_statuses()

    def states(self) -> dict[str, StreamState]:
        """How the open streams are, by camera number."""
        return {no: status.state for no, status in self._feeds.statuses().items()}

    def _wanted_high(self, show: OnShow) -> frozenset[str]:
        return self._quality.decide(
            self._clock.monotonic(),
            self._sights(show),
            self._feeds.sub_heights_px(),
            is_strained=self._feeds.is_strained,
        )

    def _pinned(self, show: OnShow) -> frozenset[str]:
        """In an alarm, chosen or alone on the wall."""
        return frozenset(sight.camera_no for sight in self._sights(show) if sight.pin is not Pin.NONE)

    def _sights(self, show: OnShow) -> list[Sight]:
        tiles = [
            Sight(camera_no, self._height_px(index), self._pin(show.plan, index))
            for index, camera_no in enumerate(show.plan.cameras[: show.plan.count])
            if camera_no in show.known
        ]
        stage = [Sight(no, 0, Pin.ALARM if no in self._alarmed else Pin.NONE) for no in show.stage]
        return [*tiles, *stage]

    def _height_px(self, index: int) -> int:
        return self._heights_px[index] if index < len(self._heights_px) else 0

    def _pin(self, plan: WallPlan, index: int) -> Pin:
        if plan.single == index or plan.count == 1:
            return Pin.FULL
        if plan.cameras[index] in self._alarmed:
            return Pin.ALARM
        return Pin.FOCUSED if plan.chosen == index else Pin.NONE

    def _new_refusals(self) -> list[ServiceError]:
        refusals = self._feeds.refusals
        new = [error for camera_no, error in refusals.items() if camera_no not in self._refused_before]
        self._refused_before = set(refusals)
        return new


def is_elsewhere(camera: Camera, now: Camera) -> bool:
    """Its streams must be opened anew."""
    return any(
        getattr(camera, name) != getattr(now, name)
        for name in ("main_url", "sub_url", "credential", "transport", "engine")
    )
