"""What fills the seat's windows on other monitors: more walls, the spot picture, the alarm stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from services.core.clock import Clock
from services.domain.site import Site
from ui.jobs import UiJobs
from ui.monitors.plan import WALLS, WindowKind
from ui.preferences import Preferences
from views.watch.alarm_keys import AlarmKeys
from views.watch.alarm_page import AlarmPage
from views.watch.camera_list import CameraListPresenter
from views.watch.looking_back import LookingBack
from views.watch.ports import VideoPort
from views.watch.presenter import WatchPresenter
from views.watch.screen import WatchScreen
from views.watch.spot_page import SpotPage
from views.watch.steer_tools import SteerTools
from views.watch.steering import SteeringPresenter
from views.watch.wall_kit import WallKit
from views.watch.wall_library import WallLibrary
from views.watch.wall_plan import next_plan, single_plan
from views.watch.wall_presenter import WallPresenter


@dataclass(frozen=True, slots=True)
class Seat:
    """What the windows of one seat share. escape: what Esc leaves when the window itself has nothing."""

    watch: WatchPresenter
    camera_list: CameraListPresenter
    video: VideoPort
    preferences: Preferences
    jobs: UiJobs
    clock: Clock
    library: WallLibrary
    zone: tzinfo
    escape: Callable[[], None]
    steering: SteeringPresenter | None = None
    looking: LookingBack | None = None


class Room(QObject):
    """The inside of one window; `open` starts its streams, `close` ends them."""

    def __init__(
        self,
        seat: Seat,
        content: QWidget,
        wall: WallPresenter | None = None,
        kit: WallKit | None = None,
        leave: Leave = (),
        looking: LookingBack | None = None,
    ) -> None:
        """looking: of this window alone; ends with it."""
        super().__init__()
        self._looking = looking
        self._kit = kit
        self.content = content
        self.wall = wall
        self._leave = leave
        self._seat = seat
        self.keys = AlarmKeys(seat.watch, content, self._escape)

    def open(self) -> None:
        if self.wall is not None:
            self.wall.start()
        if isinstance(self.content, WatchScreen):
            # Else it would be on the first button of the window, which Space presses.
            self.content.wall.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """The content goes with its window."""
        if self._kit is not None:
            self._kit.stop()
            self._kit.deleteLater()
        if self._looking is not None:
            self._looking.stop()
        if self.wall is not None:
            self.wall.stop()
            self.wall.deleteLater()
        self.deleteLater()

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        if self.wall is not None:
            self.wall.use_site(site)
        if isinstance(self.content, WatchScreen):
            self.content.use_site(site)

    def follow(self, camera_no: str) -> None:
        """Somebody selected this camera."""
        if isinstance(self.content, SpotPage):
            self.content.follow(camera_no)
        elif self.wall is not None:
            self.wall.follow_camera(camera_no)

    def _escape(self) -> None:
        """Here first, then what the seat's main window has open."""
        if not any(leave() for leave in self._leave):
            self._seat.escape()


Leave = tuple[Callable[[], bool], ...]


def make_room(kind: WindowKind, seat: Seat, site: Site) -> Room:
    """The inside of a window of this kind; a wall remembers layout and cameras under the kind's name."""
    if kind is WindowKind.ALARM:
        return Room(seat, AlarmPage(seat.watch, clock=seat.clock))
    first = next_plan(WALLS.index(kind) + 2) if kind in WALLS else single_plan
    wall = WallPresenter(
        site, seat.video, seat.preferences, seat.jobs, preference=f"watch.{kind.value}", first=first
    )
    if kind is WindowKind.SPOT:
        return _spot_room(seat, wall)
    return _wall_room(seat, site, wall)


def _spot_room(seat: Seat, wall: WallPresenter) -> Room:
    spot = SpotPage(seat.watch, wall, clock=seat.clock)
    leave: Leave = (spot.surface.reset_zoom,)
    if seat.looking is None:
        return Room(seat, spot, wall, leave=leave)
    looking = seat.looking.apart(spot)
    spot.host_looking_back(looking)
    if spot.look_tools is not None:
        leave = (*leave, spot.look_tools.leave)
    return Room(seat, spot, wall, leave=leave, looking=looking)


def _wall_room(seat: Seat, site: Site, wall: WallPresenter) -> Room:
    """Everything that the main wall has, but no stage and no dispatch panel."""
    screen = WatchScreen(seat.watch, site, wall=wall, clock=seat.clock)
    kit = WallKit(
        wall=wall,
        watch=seat.watch,
        library=seat.library,
        preferences=seat.preferences,
        jobs=seat.jobs,
        clock=seat.clock,
        zone=seat.zone,
    )
    screen.host_tools(kit)
    screen.tree.follow(seat.camera_list)
    if seat.looking is not None:
        screen.host_looking_back(seat.looking)
    if seat.steering is not None:
        screen.tile_menu.add(SteerTools(screen.wall, seat.steering).table())
    leave: Leave = (screen.numbers.leave, screen.wall.reset_zoom, wall.leave_single)
    if screen.look_tools is not None:
        leave = (*leave, screen.look_tools.leave)
    room = Room(seat, screen, wall, kit, leave)
    room.keys.pressed.connect(screen.numbers.leave)
    return room
