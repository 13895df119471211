"""A stream as those who show it know it: its pictures, and what they may claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

import structlog

from services.core.clock import Clock
from services.domain.video import FAILED_STATES, Economy, FeedStatus, Importance, StreamState
from services.video.address import StreamAddress
from services.video.decoder import Size
from services.video.economy import Effort
from services.video.messages import StreamReport, Wish
from services.video.picture import Picture
from services.video.shelf import ShelfPlace, ShelfReader
from services.video.state import state_of

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Demand:
    """What one feed wants."""

    size: Size = (0, 0)
    is_watched: bool = True
    importance: Importance = Importance.ORDINARY


class ShownStream:
    """Made by the engine; its pictures come from a decode process, whichever that is at the moment.

    changed: called, from any thread, when the wish is another.
    """

    def __init__(
        self, number: int, address: StreamAddress, clock: Clock, changed: Callable[[ShownStream], None]
    ) -> None:
        self.number = number
        self.key = f"{number}"
        self.address = address
        self.report = StreamReport()
        self._clock = clock
        self._changed = changed
        self._opened_s = clock.monotonic()
        self._demands: dict[int, _Demand] = {}
        self._wish = Wish()
        self._shelf: ShelfReader | None = None
        self._has_process = False
        self._was_connected = False
        self._is_replaceable = False
        self._is_too_much = False
        self._picture: Picture | None = None
        self._lock = Lock()

    @property
    def wish(self) -> Wish:
        return self._wish

    @property
    def attempts(self) -> int:
        """How often it was tried to open the source."""
        return self.report.attempts

    @property
    def newest_number(self) -> int:
        """Of the newest picture, taken or not."""
        shelf, picture = self._shelf, self._picture
        return max(shelf.number if shelf else 0, picture.number if picture else 0)

    def demand(
        self,
        feed: int,
        *,
        size: Size | None = None,
        is_watched: bool | None = None,
        importance: Importance | None = None,
    ) -> None:
        """What one feed wants; None leaves it as it was. Decoded is once, for the most demanding."""
        with self._lock:
            demand = self._demands.setdefault(feed, _Demand())
            demand.size = demand.size if size is None else size
            demand.is_watched = demand.is_watched if is_watched is None else is_watched
            demand.importance = demand.importance if importance is None else importance
        self._weigh()

    def forget(self, feed: int) -> None:
        """That feed is gone."""
        with self._lock:
            self._demands.pop(feed, None)
        self._weigh()

    def effort(self) -> Effort | None:
        """How it does, for the ladder; None for one that shows nothing or that nobody watches."""
        report, wish = self.report, self._wish
        if not (report.is_connected and wish.is_watched and self._has_process):
            return None
        return Effort(
            report.lag_s,
            report.lost,
            report.decoded_fps,
            is_important=wish.is_important,
            is_replaceable=self._is_replaceable,
        )

    def economise(self, economy: Economy, *, asks_relief: bool = False) -> None:
        """asks_relief: whoever can show a sub-stream in its place shall do so."""
        self._is_too_much = asks_relief and self._is_replaceable
        if economy is not self._wish.economy:
            with self._lock:
                self._wish = replace(self._wish, economy=economy)
            self._changed(self)

    def _weigh(self) -> None:
        with self._lock:
            demands = list(self._demands.values())
            wish = Wish(
                size=(
                    max((demand.size[0] for demand in demands), default=0),
                    max((demand.size[1] for demand in demands), default=0),
                ),
                is_watched=any(demand.is_watched for demand in demands),
                is_important=any(demand.importance is Importance.IMPORTANT for demand in demands),
                economy=self._wish.economy,
            )
            kinds = {demand.importance for demand in demands}
            self._is_replaceable = kinds == {Importance.REPLACEABLE}
            is_new, self._wish = wish != self._wish, wish
        if is_new:
            self._changed(self)

    def hang(self, place: ShelfPlace) -> None:
        """Its pictures are there from now on; those lent out from the old shelf stay."""
        try:
            shelf = ShelfReader(place)
        except OSError:
            # The process that made it has gone, or has already made another.
            log.info("video.shelf_gone", feed=self.key)
            return
        with self._lock:
            self._shelf, self._has_process = shelf, True

    def lose_process(self) -> None:
        """Its decode process died: what is on the screen is not the present."""
        self._has_process = False

    def take(self, after: int) -> Picture | None:
        """The newest picture when its number is greater than `after`; the same object for everybody."""
        shelf, picture = self._shelf, self._picture
        if shelf is not None and shelf.number > (picture.number if picture else 0):
            with self._lock:
                picture = self._newest(shelf)
        return picture if picture is not None and picture.number > after else None

    def _newest(self, shelf: ShelfReader) -> Picture | None:
        if self._picture is None or shelf.number > self._picture.number:
            self._picture = shelf.take() or self._picture
        return self._picture

    def status(self, shown_fps: float) -> FeedStatus:
        now_s = self._clock.monotonic()
        report, shelf = self.report, self._shelf
        is_standing = self._has_process and shelf is not None and shelf.is_standing
        # The first picture may be there a moment before the report that tells what it is.
        self._was_connected = self._was_connected or report.is_connected
        age_s = self._age_s(now_s) if self._was_connected else None
        state = state_of(
            age_s=age_s,
            open_for_s=now_s - self._opened_s,
            is_connected=is_standing and report.is_connected,
            error=report.error,
            seen=report.seen,
            is_recorded=self.address.is_recorded,
        )
        if state is StreamState.FROZEN and report.changed_s is not None:
            age_s = max(0.0, now_s - report.changed_s)
        return FeedStatus(
            state=state,
            age_s=age_s,
            source_fps=report.source_fps,
            shown_fps=shown_fps,
            dropped=report.dropped,
            width_px=report.size[0],
            height_px=report.size[1],
            codec=report.codec,
            error=report.error if state in FAILED_STATES else "",
            economy=self._wish.economy,
            bit_rate=report.bit_rate,
            is_too_much=self._is_too_much,
            is_unverified=self.address.is_unverified,
        )

    def _age_s(self, now_s: float) -> float | None:
        shelf, picture = self._shelf, self._picture
        if shelf is not None and shelf.number:
            return max(0.0, now_s - shelf.arrived_s)
        return None if picture is None else max(0.0, now_s - picture.arrived_s)
