"""The seat's windows on other monitors: opened, remembered, brought back, locked and closed together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QSignalMapper, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.monitor_rooms import Room, Seat, make_room
from services.core.errors import ServiceError
from services.domain.site import Site
from ui.monitors.menu import MonitorMenu, Offer, window_title
from ui.monitors.place import Monitor, WindowPlace, find_monitor, first_place, monitor_under, place_of, settle
from ui.monitors.plan import WindowKind, plan_from_plain, plan_to_plain
from ui.monitors.screens import Screens
from ui.monitors.window import MonitorWindow
from views.watch.wall_presenter import WallPresenter

PREFERENCE = "monitors.windows"
SAVE_AFTER_MS = 400
LIST_COMMA = " / "


class Monitors(QObject):
    """One window of each kind at most. What is remembered stays remembered while its monitor is away.

    Signals: said(ServiceError) when a window went or came with its monitor; changed() when other
    windows are open.
    """

    said = Signal(object)
    changed = Signal()

    def __init__(
        self,
        seat: Seat,
        site: Site,
        main: QWidget,
        screens: Screens | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seat = seat
        self._site = site
        self._main = main
        self._screens = screens or Screens(self)
        self._plan: dict[WindowKind, WindowPlace] = {}
        self._windows: dict[WindowKind, MonitorWindow] = {}
        self._rooms: dict[WindowKind, Room] = {}
        self._working_in: QWidget = main
        self._is_usable = True
        self._is_running = False
        self._closed = QSignalMapper(self)
        self._closed.mappedString.connect(self._on_closed_by_hand)
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self._note_places)
        self.menu = MonitorMenu(self._offer, self.show_on, self.put_away)
        self._screens.changed.connect(self._on_screens)
        seat.watch.wall.camera_selected.connect(self.follow)
        for wanted in (seat.watch.reason_wanted, seat.watch.dispatch_wanted, seat.watch.manual_wanted):
            wanted.connect(self._come_to_main)

    def start(self) -> None:
        """Read what stood where, then open it without touching the keyboard."""
        self._is_running = True
        self._seat.jobs.run(partial(self._seat.preferences.load, PREFERENCE), self._restore)

    def stop(self) -> None:
        """Close every window; where each stood is kept."""
        if self._save_timer.isActive():
            self._note_places()
        self._is_running = False
        for kind in list(self._windows):
            self._take_down(kind)
        self._tell_windows()
        self.menu.deleteLater()

    @property
    def plan(self) -> Mapping[WindowKind, WindowPlace]:
        """Where each window belongs, those whose monitors are away too."""
        return self._plan

    def window(self, kind: WindowKind) -> MonitorWindow | None:
        """The open window of this kind; None also while its monitor is away."""
        return self._windows.get(kind)

    @property
    def walls(self) -> list[WallPresenter]:
        """Those of the open windows."""
        return [room.wall for room in self._rooms.values() if room.wall is not None]

    def room(self, kind: WindowKind) -> Room | None:
        return self._rooms.get(kind)

    def show_on(self, kind: WindowKind, monitor: Monitor) -> None:
        """Open a window on a monitor, or move it there."""
        is_alone = monitor != self._main_monitor()
        self._plan[kind] = first_place(monitor, is_alone=is_alone)
        self._stand(kind)
        self._tell_windows()
        self._save()

    def put_away(self, kind: WindowKind) -> None:
        """Close a window for good: the next start does not open it."""
        self._plan.pop(kind, None)
        self._take_down(kind)
        self._tell_windows()
        self._save()

    def follow(self, camera_no: str) -> None:
        """Somebody selected this camera on a wall, in a list or on a map."""
        self._seat.watch.wall.follow_camera(camera_no)
        for room in self._rooms.values():
            room.follow(camera_no)

    def set_usable(self, is_usable: bool) -> None:
        """False while the seat is locked: everything is seen, nothing can be operated or closed."""
        self._is_usable = is_usable
        for window in self._windows.values():
            window.set_usable(is_usable)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self._site = site
        for room in self._rooms.values():
            room.use_site(site)

    # inside

    def _restore(self, plain: dict[str, object] | None) -> None:
        if not self._is_running:
            return
        self._plan = {**plan_from_plain(plain), **self._plan}
        for kind in list(self._plan):
            self._stand(kind)
        self._tell_windows()

    def _on_screens(self) -> None:
        """A monitor went: its windows go. It is back: they stand where they stood."""
        if not self._is_running:
            return
        before = set(self._windows)
        for kind in list(self._plan):
            self._stand(kind)
        self._tell_windows()
        for code, kinds in (
            ("monitors.gone", before - self._windows.keys()),
            ("monitors.back", self._windows.keys() - before),
        ):
            if kinds:
                titles = [window_title(kind) for kind in WindowKind if kind in kinds]
                self.said.emit(ServiceError(code, windows=LIST_COMMA.join(titles)))

    def _stand(self, kind: WindowKind) -> None:
        """Where the plan says; nowhere while that monitor is not connected."""
        place = self._plan[kind]
        present = self._screens.present()
        rect, monitor = settle(place, present), find_monitor(place.mark, present)
        if rect is None or monitor is None:
            self._take_down(kind)
            return
        window = self._windows.get(kind) or self._put_up(kind)
        active = QApplication.activeWindow()
        if active is not None and active is not window:
            self._working_in = active
        window.stand(rect, monitor.mark.name, is_full=place.is_full)

    def _put_up(self, kind: WindowKind) -> MonitorWindow:
        room = self._rooms[kind] = make_room(kind, self._seat, self._site)
        window = self._windows[kind] = MonitorWindow(room.content)
        window.setWindowTitle(window_title(kind))
        window.set_usable(self._is_usable)
        window.placed.connect(self._save)
        window.retitled.connect(self._retitle)
        window.activated_itself.connect(self._give_back)
        self._closed.setMapping(window, kind.value)
        window.closed_by_hand.connect(self._closed.map)
        if room.wall is not None:
            room.wall.refused.connect(self.said)
            if kind is not WindowKind.SPOT:
                room.wall.camera_selected.connect(self.follow)
        room.open()
        return window

    def _take_down(self, kind: WindowKind) -> None:
        window, room = self._windows.pop(kind, None), self._rooms.pop(kind, None)
        if window is not None and room is not None:
            window.hide()
            room.close()
            window.deleteLater()

    def _on_closed_by_hand(self, name: str) -> None:
        self.put_away(WindowKind(name))

    def _tell_windows(self) -> None:
        """What the rest of the seat has to know of the windows that are open now."""
        walls = [room.wall for room in self._rooms.values() if room.wall is not None]
        self._seat.watch.set_other_walls(walls)
        self._seat.watch.set_own_stage(WindowKind.ALARM in self._windows)
        self._seat.camera_list.set_walls([self._seat.watch.wall, *walls])
        self.changed.emit()

    def _save(self) -> None:
        self._save_timer.start()

    def _note_places(self) -> None:
        """Where the windows stand now, unless a window was moved only because its monitor went."""
        self._save_timer.stop()
        present = self._screens.present()
        for kind, window in self._windows.items():
            rect = window.geometry()
            monitor = monitor_under(rect, present)
            is_connected = find_monitor(self._plan[kind].mark, present) is not None
            if monitor is not None and is_connected and window.has_settled:
                self._plan[kind] = place_of(rect, monitor, is_full=window.isFullScreen())
        self._seat.jobs.run(partial(self._seat.preferences.save, PREFERENCE, plan_to_plain(self._plan)))

    def _offer(self) -> Offer:
        present = self._screens.present()
        used = {kind: find_monitor(self._plan[kind].mark, present) for kind in self._windows}
        return Offer(present, self._main_monitor(), used)

    def _main_monitor(self) -> Monitor | None:
        return monitor_under(self._main.geometry(), self._screens.present())

    def _come_to_main(self) -> None:
        """A key in another window asked for what only the main one has: the operator writes there."""
        if QApplication.activeWindow() in self._windows.values():
            self._main.raise_()
            self._main.activateWindow()

    def _give_back(self) -> None:
        """The keyboard stays where the operator worked when a window opened."""
        if isValid(self._working_in) and self._working_in.isVisible():
            self._working_in.activateWindow()

    def _retitle(self) -> None:
        for kind, window in self._windows.items():
            window.setWindowTitle(window_title(kind))
