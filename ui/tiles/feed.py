"""What a tile shows and what an alarm writes over it; plain values and the seam to the video path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt

from services.domain.classes import Priority
from services.domain.video import FeedStatus, Importance, PictureFormat

CAMERA_MIME = "application/x-shouwang-camera"


class FeedPicture(Protocol):
    """One decoded picture; never written to again, so a surface may draw it without copying.

    pixels: (height_px, width_px, 4) uint8 BGRA, C-contiguous; of a planar format the planes one after the
    other (see `planes`). number grows. arrived_s: monotonic.
    """

    @property
    def pixels(self) -> npt.NDArray[np.uint8]: ...
    @property
    def width_px(self) -> int: ...
    @property
    def height_px(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def arrived_s(self) -> float: ...
    @property
    def format(self) -> PictureFormat: ...


class PictureFeed(Protocol):
    """An open stream as the wall sees it; every call returns at once."""

    def status(self) -> FeedStatus: ...

    def latest(self, after: int) -> FeedPicture | None:
        """The newest picture whose number is greater than `after`."""
        ...

    def ask_size(self, width_px: int, height_px: int) -> None:
        """Say how large this stream is shown, in device pixels."""
        ...

    def set_watched(self, is_watched: bool) -> None:
        """Whether anybody can see it: a stream that nobody watches stays connected and is not decoded."""
        ...

    def set_importance(self, importance: Importance) -> None:
        """An important stream gives way last when the machine cannot decode everything."""
        ...


@dataclass(frozen=True, slots=True)
class TileContent:
    """A camera on a tile; `detail` names the stream (main or sub) as shown on demand.

    reason: turns `FeedStatus.error` into a sentence for people. has_lens: the wheel turns the camera's own
    lens, and Ctrl+wheel zooms into the picture. lock: who steers it now, in words, "" = nobody. behind: of a
    recorded picture how far it lies behind the present, "" = not told.
    """

    camera_no: str
    title: str
    feed: PictureFeed | None = None
    detail: str = ""
    reason: Callable[[str], str] = str
    has_lens: bool = False
    lock: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class AlarmPlate:
    """What is written over a tile for one alarm.

    actions: names out of ACTION_KEYS, in the order of the buttons. owner: display name, "" while
    nobody owns it. received_at: aware UTC. has_keys: the keys act on this alarm, so the buttons name them.
    """

    alarm_id: str
    priority: Priority
    class_text: str
    place: str
    received_at: datetime
    owner: str = ""
    is_claimed: bool = False
    actions: tuple[str, ...] = ("claim", "false", "dispatch", "silence")
    has_keys: bool = True
    is_drill: bool = False
    is_fire: bool = False


ACTION_KEYS: dict[str, str] = {
    "claim": "F1",
    "verify": "F2",
    "false": "F3",
    "dispatch": "F4",
    "silence": "F5",
    "transfer": "F6",
    "shelve": "F7",
    "reset": "F8",
    "group": "F10",
}


def most_urgent_first(plates: tuple[AlarmPlate, ...]) -> tuple[AlarmPlate, ...]:
    """Real ones before a drill's; most urgent first, unclaimed before claimed, fires, then the oldest."""

    def rank(plate: AlarmPlate) -> tuple[bool, Priority, bool, bool, datetime, str]:
        return (
            plate.is_drill,
            plate.priority,
            plate.is_claimed,
            not plate.is_fire,
            plate.received_at,
            plate.alarm_id,
        )

    return tuple(sorted(plates, key=rank))
