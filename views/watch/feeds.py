"""Keeps open what wall and stage show; a better picture takes the place of one, never of none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.video import FeedStatus, Importance, StreamState
from ui.tiles.feed import PictureFeed
from views.watch.ports import MAIN, SUB, VideoPort

# A main stream nobody needs stays connected so long: a second double click must not wait for it.
LINGER_S = 10.0
# What nobody can see is decoded so long: a look at the map and back must not wait for a key frame.
IDLE_AFTER_S = 10.0
# What has no picture of now.
_ABSENT = frozenset({StreamState.CONNECTING, StreamState.LATE, StreamState.RECONNECTING, StreamState.OFFLINE})


@dataclass(slots=True)
class _Pair:
    """The streams of one camera. shown: the one on the tiles now. unwanted_s: since when main may go.

    unseen_s: since when no tile that can be seen shows it. rests: therefore nothing of it is decoded.
    """

    sub: PictureFeed | None = None
    main: PictureFeed | None = None
    shown: str = SUB
    wants_main: bool = False
    unwanted_s: float | None = None
    unseen_s: float | None = None
    rests: bool = False

    @property
    def feed(self) -> PictureFeed | None:
        return self.main if self.shown == MAIN else self.sub


class OpenFeeds:
    """The sub-stream of every camera that is shown, and the main stream of those that deserve it.

    The sub-stream stays connected beside the main one, so that going back needs no new connection; what is
    not shown is not decoded, nor what nobody has been able to see for IDLE_AFTER_S. `look` must be called
    now and then while `is_waiting`.
    """

    def __init__(self, video: VideoPort, clock: Clock) -> None:
        self._video = video
        self._clock = clock
        self._pairs: dict[str, _Pair] = {}
        self._seen: frozenset[str] | None = None
        self.refusals: dict[str, ServiceError] = {}

    def want(self, shown: Collection[str], high: Collection[str]) -> None:
        """shown: cameras to keep open. high: those of them whose main stream is wanted."""
        cameras = set(shown) | set(high)
        for camera_no in self._pairs.keys() - cameras:
            self._close(self._pairs.pop(camera_no))
        for camera_no in sorted(cameras):
            pair = self._pairs.setdefault(camera_no, _Pair())
            if pair.sub is None:
                pair.sub = self._open(camera_no, SUB)
            pair.wants_main = camera_no in high
            if pair.wants_main and pair.main is None:
                pair.main = self._open(camera_no, MAIN)
        self.look()

    def see(self, camera_nos: frozenset[str] | None) -> None:
        """The cameras on tiles that can be seen now; those that come back are decoded at once. None: all."""
        self._seen = camera_nos
        self.look()

    def emphasise(self, camera_nos: Collection[str]) -> None:
        """These keep their pictures longest when the machine cannot decode everything."""
        for camera_no, pair in self._pairs.items():
            is_important = camera_no in camera_nos
            if pair.sub is not None:
                pair.sub.set_importance(Importance.IMPORTANT if is_important else Importance.ORDINARY)
            if pair.main is not None:
                otherwise = Importance.REPLACEABLE if _comes(pair.sub) else Importance.ORDINARY
                pair.main.set_importance(Importance.IMPORTANT if is_important else otherwise)

    @property
    def is_strained(self) -> bool:
        """The machine cannot decode everything: a main stream shall give way, or something is left out."""
        feeds = (pair.feed for pair in self._pairs.values() if not pair.rests)
        statuses = (feed.status() for feed in feeds if feed is not None)
        return any(status.economy or status.is_too_much for status in statuses)

    def look(self) -> bool:
        """Change over where the other stream has a picture, close what lingered; True when a tile changes."""
        now_s = self._clock.monotonic()
        for camera_no, pair in self._pairs.items():
            self._note_unseen(camera_no, pair, now_s)
        changes = [self._settle(pair, now_s) for pair in self._pairs.values()]
        return any(changes)

    def best(self, camera_no: str) -> tuple[PictureFeed | None, str]:
        """The feed to show and the name of its stream."""
        pair = self._pairs.get(camera_no)
        return (pair.feed, pair.shown) if pair is not None else (None, SUB)

    @property
    def is_waiting(self) -> bool:
        """A camera has a main stream beside its sub-stream or is out of sight: both change by themselves."""
        return any(
            pair.main is not None or (pair.unseen_s is not None and not pair.rests)
            for pair in self._pairs.values()
        )

    def sub_heights_px(self) -> dict[str, int]:
        """How tall the sub-streams are, as far as pictures have told."""
        heights = {no: pair.sub.status().height_px for no, pair in self._pairs.items() if pair.sub}
        return {no: height_px for no, height_px in heights.items() if height_px}

    def statuses(self) -> dict[str, FeedStatus]:
        """By camera, of the stream that is shown."""
        return {no: _status(pair, pair.feed) for no, pair in self._pairs.items() if pair.feed is not None}

    def seen_statuses(self) -> dict[str, FeedStatus]:
        """By camera, of the streams that are decoded: only those know how their pictures are."""
        pairs = self._pairs.items()
        return {no: pair.feed.status() for no, pair in pairs if pair.feed is not None and not pair.rests}

    def drop(self, camera_no: str) -> None:
        """Close what is open of a camera; the next `want` opens it anew, where it is now."""
        pair = self._pairs.pop(camera_no, None)
        if pair is not None:
            self._close(pair)
        self.refusals.pop(camera_no, None)

    def close(self) -> None:
        for pair in self._pairs.values():
            self._close(pair)
        self._pairs.clear()

    def _note_unseen(self, camera_no: str, pair: _Pair, now_s: float) -> None:
        if self._seen is None or camera_no in self._seen:
            pair.unseen_s = None
        elif pair.unseen_s is None:
            pair.unseen_s = now_s
        rested = pair.rests
        pair.rests = pair.unseen_s is not None and now_s - pair.unseen_s >= IDLE_AFTER_S
        if pair.rests != rested and pair.sub is not None:
            # Beside a main stream this is weighed once more below.
            pair.sub.set_watched(not pair.rests)

    def _settle(self, pair: _Pair, now_s: float) -> bool:
        was = pair.shown
        if pair.main is not None:
            if not pair.rests:
                pair.shown = self._better(pair, pair.main)
            self._share_watch(pair)
            self._linger(pair, now_s)
        return pair.shown != was

    def _better(self, pair: _Pair, main: PictureFeed) -> str:
        """What is shown stays until the other one has a picture of now, too."""
        if pair.sub is None:
            return MAIN
        has_main, has_sub = _is_present(main), _is_present(pair.sub)
        if pair.wants_main:
            return MAIN if has_main or (pair.shown == MAIN and not has_sub) else SUB
        return SUB if has_sub or not has_main else pair.shown

    def _share_watch(self, pair: _Pair) -> None:
        """Decode what is shown, and what is about to be."""
        assert pair.main is not None
        wanted = MAIN if pair.wants_main else SUB
        pair.main.set_watched(not pair.rests and MAIN in (pair.shown, wanted))
        if pair.sub is not None:
            is_needed = pair.shown == SUB or wanted == SUB or not _is_present(pair.main)
            pair.sub.set_watched(not pair.rests and is_needed)

    def _linger(self, pair: _Pair, now_s: float) -> None:
        if pair.wants_main or pair.shown == MAIN:
            pair.unwanted_s = None
        elif pair.unwanted_s is None:
            pair.unwanted_s = now_s
        elif now_s - pair.unwanted_s >= LINGER_S and pair.main is not None:
            self._video.close(pair.main)
            pair.main, pair.unwanted_s = None, None

    def _open(self, camera_no: str, stream: str) -> PictureFeed | None:
        try:
            feed = self._video.open(camera_no, stream)
        except ServiceError as error:
            self.refusals[camera_no] = error
            return None
        self.refusals.pop(camera_no, None)
        return feed

    def _close(self, pair: _Pair) -> None:
        for feed in (pair.sub, pair.main):
            if feed is not None:
                self._video.close(feed)


def _status(pair: _Pair, feed: PictureFeed) -> FeedStatus:
    """A camera that is not decoded shows no new pictures, but one whose stream still comes is no lost one."""
    status = feed.status()
    is_coming = pair.rests and status.source_fps > 0 and not status.error
    return replace(status, state=StreamState.LIVE) if is_coming else status


def _comes(feed: PictureFeed | None) -> bool:
    """Its stream arrives, decoded or not."""
    if feed is None:
        return False
    status = feed.status()
    return status.source_fps > 0 and not status.error


def _is_present(feed: PictureFeed) -> bool:
    """It has a picture of now; one that was not watched has only an old one, which is late or worse."""
    return feed.status().state not in _ABSENT
