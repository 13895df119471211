"""What people keep of the video wall: own layouts, presets and tours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.domain.layouts import MOST_TILES, Layout, is_whole
from services.domain.people import Permission, Session

LONGEST_NAME = 40
MOST_STOPS = 200
# Of one person, and of what is shared: every seat reads all of them when it starts.
MOST_ITEMS = 200
LEAST_DWELL_S = 3
MOST_DWELL_S = 3600
DAY_MINUTES = 24 * 60


class WallItemKind(StrEnum):
    LAYOUT = "layout"
    PRESET = "preset"
    TOUR = "tour"


class StopKind(StrEnum):
    CAMERA = "camera"
    PRESET = "preset"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Slot:
    """When a preset comes up by itself, in local time.

    weekdays: 0 = Monday, the day on which it begins. An end that is not after the start is on the next day.
    """

    weekdays: tuple[int, ...]
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class Preset:
    """A whole wall: the layout (key, and how it is cut) and the camera of each tile, "" = empty.

    hotspot: index of the tile that follows the chosen camera, -1 = none.
    """

    layout: str
    cells: Layout
    cameras: tuple[str, ...]
    hotspot: int = -1
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """target: a camera's number, a preset's or own layout's id, or the key of a ready layout."""

    kind: StopKind
    target: str
    dwell_s: int


@dataclass(frozen=True, slots=True)
class Tour:
    stops: tuple[Stop, ...]

    @property
    def is_of_cameras(self) -> bool:
        """It runs on one tile; any other runs on the whole wall."""
        return all(stop.kind is StopKind.CAMERA for stop in self.stops)


@dataclass(frozen=True, slots=True)
class WallItem:
    """Exactly the part that `kind` names is there. owner: "" = shared by all seats. author: who made it."""

    id: str
    kind: WallItemKind
    name: str
    owner: str
    author: str
    layout: Layout | None = None
    preset: Preset | None = None
    tour: Tour | None = None
    row_version: int = 1

    @property
    def is_shared(self) -> bool:
        return self.owner == ""


def may_see(item: WallItem, session: Session) -> bool:
    return item.owner in ("", session.user)


def may_change(item: WallItem, session: Session) -> bool:
    """One's own; what is shared only by who may share."""
    if item.is_shared:
        return may_share(session)
    return item.owner == session.user


def may_share(session: Session) -> bool:
    return session.may(Permission.SHARE_WALL)


def fault_of(item: WallItem) -> str:
    """What is wrong with it, as the last part of an error code; "" for nothing."""
    if not item.name.strip() or len(item.name) > LONGEST_NAME or not item.name.isprintable():
        return "name_invalid"
    parts = {
        WallItemKind.LAYOUT: item.layout,
        WallItemKind.PRESET: item.preset,
        WallItemKind.TOUR: item.tour,
    }
    if [kind for kind, part in parts.items() if part is not None] != [item.kind]:
        return "incomplete"
    if item.layout is not None:
        return "" if is_whole(item.layout) else "layout_invalid"
    if item.preset is not None:
        return _fault_of_preset(item.preset)
    return _fault_of_tour(item.tour) if item.tour is not None else "incomplete"


def _fault_of_preset(preset: Preset) -> str:
    if not is_whole(preset.cells) or len(preset.cameras) > MOST_TILES:
        return "layout_invalid"
    if not -1 <= preset.hotspot < len(preset.cells.cells):
        return "layout_invalid"
    return "" if all(_is_slot(slot) for slot in preset.slots) else "slot_invalid"


def _is_slot(slot: Slot) -> bool:
    are_days = bool(slot.weekdays) and all(0 <= day <= 6 for day in slot.weekdays)
    return are_days and 0 <= slot.start_minute < DAY_MINUTES and 0 <= slot.end_minute < DAY_MINUTES


def _fault_of_tour(tour: Tour) -> str:
    if not 1 <= len(tour.stops) <= MOST_STOPS:
        return "tour_empty"
    kinds = {stop.kind is StopKind.CAMERA for stop in tour.stops}
    if len(kinds) != 1:
        return "tour_mixed"
    is_timely = all(LEAST_DWELL_S <= stop.dwell_s <= MOST_DWELL_S for stop in tour.stops)
    return "" if is_timely else "dwell_invalid"
