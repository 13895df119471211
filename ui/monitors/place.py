"""Which monitor a window belongs to and where it stands there; pure.

A monitor is known by what it says of itself (maker, model, serial number), because its name (HDMI-1)
is that of the socket and its position changes when another one is switched off. One that says
nothing, as behind some splitters, is known by its name, best at the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from services.core.codec import from_plain, to_plain

# A window smaller than this cannot be found or taken hold of again.
LEAST_SIZE = QSize(240, 160)
_FAR_AWAY_PX = 1_000_000


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor as it is now. area and free (without task bars) are in the desktop's coordinates."""

    mark: MonitorMark
    area: QRect
    free: QRect


@dataclass(frozen=True, slots=True)
class MonitorMark:
    """By what a monitor is known again; left, top, width, height are those of its area."""

    maker: str = ""
    model: str = ""
    serial: str = ""
    name: str = ""
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0

    @property
    def identity(self) -> tuple[str, str, str] | None:
        """What it says of itself, None when that is nothing."""
        said = (self.maker, self.model, self.serial)
        return said if any(said) else None

    @property
    def area(self) -> tuple[int, int, int, int]:
        return (self.left, self.top, self.width, self.height)


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """left, top, width, height: the window in its monitor's area. is_full: it covers the monitor."""

    mark: MonitorMark
    left: int
    top: int
    width: int
    height: int
    is_full: bool = False


def find_monitor(mark: MonitorMark, monitors: Sequence[Monitor]) -> Monitor | None:
    """The monitor that is meant, None when it is not connected.

    Several that say the same of themselves are told apart by name, then by place.
    """
    if mark.identity is not None:
        alike = [monitor for monitor in monitors if monitor.mark.identity == mark.identity]
    else:
        alike = [m for m in monitors if m.mark.identity is None and m.mark.name == mark.name]
    return max(alike, key=lambda monitor: _likeness(mark, monitor.mark), default=None)


def settle(place: WindowPlace, monitors: Sequence[Monitor]) -> QRect | None:
    """Where the window is to stand now, None while its monitor is away."""
    monitor = find_monitor(place.mark, monitors)
    if monitor is None:
        return None
    if place.is_full:
        return QRect(monitor.area)
    wanted = QRect(
        monitor.area.topLeft() + QPoint(place.left, place.top),
        QSize(place.width, place.height).expandedTo(LEAST_SIZE),
    )
    return fitted(wanted, monitor.free)


def fitted(window: QRect, free: QRect) -> QRect:
    """`window` made no larger than `free` and moved into it."""
    size = window.size().boundedTo(free.size())
    left = max(free.left(), min(window.left(), free.left() + free.width() - size.width()))
    top = max(free.top(), min(window.top(), free.top() + free.height() - size.height()))
    return QRect(QPoint(left, top), size)


def place_of(window: QRect, monitor: Monitor, *, is_full: bool) -> WindowPlace:
    """What to remember of a window that stands so on this monitor."""
    offset = window.topLeft() - monitor.area.topLeft()
    return WindowPlace(monitor.mark, offset.x(), offset.y(), window.width(), window.height(), is_full)


def monitor_under(window: QRect, monitors: Sequence[Monitor]) -> Monitor | None:
    """The monitor that shows most of the window; None when none shows any of it."""
    most = max(monitors, key=lambda monitor: _surface(monitor.area & window), default=None)
    return most if most is not None and _surface(most.area & window) else None


def first_place(monitor: Monitor, *, is_alone: bool) -> WindowPlace:
    """A new window fills its monitor, unless the seat's main window is there too (is_alone False)."""
    free = monitor.free
    if is_alone:
        return place_of(monitor.area, monitor, is_full=True)
    size = QSize(free.width() * 2 // 3, free.height() * 2 // 3)
    middle = QRect(free.center() - QPoint(size.width() // 2, size.height() // 2), size)
    return place_of(fitted(middle, free), monitor, is_full=False)


def place_to_plain(place: WindowPlace) -> object:
    return to_plain(place)


def place_from_plain(plain: object) -> WindowPlace | None:
    """None for anything that `place_to_plain` cannot have written of a window somebody saw."""
    try:
        place = from_plain(WindowPlace, plain)
    except (ValueError, TypeError, KeyError):
        return None
    lengths = (place.left, place.top, place.width, place.height, *place.mark.area)
    return place if all(abs(length) < _FAR_AWAY_PX for length in lengths) else None


def _likeness(mark: MonitorMark, other: MonitorMark) -> tuple[bool, bool]:
    return (mark.name == other.name, mark.area == other.area)


def _surface(rect: QRect) -> int:
    return 0 if rect.isEmpty() else rect.width() * rect.height()
