"""Keeps open exactly the streams that some tile or the stage wants."""

from __future__ import annotations

from collections.abc import Iterable

from services.core.errors import ServiceError
from services.domain.video import FeedStatus
from ui.tiles.feed import PictureFeed
from views.watch.ports import MAIN, SUB, VideoPort

Wish = tuple[str, str]


class OpenFeeds:
    """One feed per (camera number, stream)."""

    def __init__(self, video: VideoPort) -> None:
        self._video = video
        self._feeds: dict[Wish, PictureFeed] = {}
        self.refusals: dict[str, ServiceError] = {}

    def want(self, wishes: Iterable[Wish]) -> None:
        """Open what is missing, close what nobody wants any more.

        While a main stream has no picture yet, an open sub stream is kept: the picture that is there
        stays until the better one has come.
        """
        wanted = set(wishes)
        for wish in wanted - self._feeds.keys():
            self._open(wish)
        wanted |= {(no, SUB) for no, stream in wanted if stream == MAIN and self._waits(no)}
        for wish in self._feeds.keys() - wanted:
            self._video.close(self._feeds.pop(wish))

    def best(self, camera_no: str, stream: str) -> tuple[PictureFeed | None, str]:
        """The feed to show for a wish and the name of its stream."""
        if stream == MAIN and self._waits(camera_no) and (camera_no, SUB) in self._feeds:
            return self._feeds[camera_no, SUB], SUB
        return self._feeds.get((camera_no, stream)), stream

    @property
    def is_waiting(self) -> bool:
        """Some main stream has no picture yet while its sub stream stands in."""
        return any(s == MAIN and self._waits(no) and (no, SUB) in self._feeds for no, s in self._feeds)

    @property
    def open_wishes(self) -> frozenset[Wish]:
        return frozenset(self._feeds)

    def statuses(self) -> list[FeedStatus]:
        return [feed.status() for feed in self._feeds.values()]

    def close(self) -> None:
        for feed in self._feeds.values():
            self._video.close(feed)
        self._feeds.clear()

    def _open(self, wish: Wish) -> None:
        camera_no, stream = wish
        try:
            self._feeds[wish] = self._video.open(camera_no, stream)
        except ServiceError as error:
            self.refusals[camera_no] = error
        else:
            self.refusals.pop(camera_no, None)

    def _waits(self, camera_no: str) -> bool:
        feed = self._feeds.get((camera_no, MAIN))
        return feed is not None and feed.latest(-1) is None
