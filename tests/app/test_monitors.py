"""The seat's windows on other monitors: opened, restored, unplugged, locked; with alarms and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.monitor_rooms import Seat as Shared
from app.monitors import PREFERENCE, Monitors
from services.core.errors import ServiceError
from services.domain.alarms import AlarmState
from services.playback.desk import PlaybackDesk
from tests.views.seat import Campus, Seat
from ui.i18n import speak
from ui.monitors.place import Monitor, MonitorMark
from ui.monitors.plan import WindowKind
from ui.monitors.screens import Screens
from ui.monitors.window import MonitorWindow
from ui.text.sentences import sentence
from views.watch.alarm_page import AlarmPage
from views.watch.looking_back import LookingBack
from views.watch.screen import WatchScreen
from views.watch.spot_page import SpotPage

Wait = Callable[..., object]


def monitor(name: str, left: int, serial: str = "") -> Monitor:
    area = QRect(left, 0, 1920, 1080)
    mark = MonitorMark("DEL", "U2412M", serial, name, left, 0, 1920, 1080)
    return Monitor(mark, area, area)


LEFT, RIGHT, FAR = monitor("DP-1", 0, "A"), monitor("DP-2", 1920, "B"), monitor("DP-3", 3840, "C")


class Desk(Screens):
    """Monitors that a test plugs in and out."""

    def __init__(self, *monitors: Monitor) -> None:
        super().__init__()
        self._monitors = list(monitors)

    def present(self) -> list[Monitor]:
        return list(self._monitors)

    def plug(self, *monitors: Monitor) -> None:
        self._monitors = list(monitors)
        self.changed.emit()


class Place:
    """A seat with its main window on the left monitor, and its other windows."""

    def __init__(self, campus: Campus, *present: Monitor) -> None:
        self.is_closed = False
        self.seat = Seat(campus)
        self.main = self.seat.open_screens()
        self.main.setGeometry(0, 0, 1366, 768)
        self.desk = Desk(*present)
        seat = self.seat
        recordings = PlaybackDesk(campus.database, seat.clock, [])
        self.looking = LookingBack(recordings, seat.session, seat.jobs, seat.clock)
        shared = Shared(
            watch=seat.watch,
            camera_list=seat.camera_list,
            video=seat.video,
            preferences=seat.preferences,
            jobs=seat.jobs,
            clock=seat.clock,
            library=seat.library,
            zone=UTC,
            escape=seat.side.escape,
            looking=self.looking,
        )
        self.monitors = Monitors(shared, campus.site, self.main, self.desk)
        self.monitors.changed.connect(self._share_stage)
        self.said: list[ServiceError] = []
        self.monitors.said.connect(self.said.append)
        self.main.show()
        seat.start()
        self.monitors.start()
        self.main.activateWindow()

    def _share_stage(self) -> None:
        self.seat.screen.host_stage(self.monitors.window(WindowKind.ALARM) is None)

    def close(self) -> None:
        """Once."""
        if self.is_closed:
            return
        self.is_closed = True
        self.monitors.stop()
        self.looking.stop()
        self.seat.close()
        self.monitors.deleteLater()
        self.desk.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def campus(tmp_path: object) -> Iterator[Campus]:
    made = Campus(tmp_path)  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def sit(qapp: QApplication, campus: Campus, wait_until: Wait) -> Iterator[Callable[..., Place]]:
    """`sit(*monitors)`: a seat whose machine has these; closed in the end, or by `close` before."""
    places: list[Place] = []

    def make(*present: Monitor) -> Place:
        place = Place(campus, *present)
        places.append(place)
        wait_until(lambda: place.seat.jobs.is_idle and place.main.isActiveWindow())
        return place

    yield make
    for place in places:
        place.close()
    speak("zh")
    qapp.processEvents()


def wall_of(place: Place, kind: WindowKind = WindowKind.WALL_2) -> WatchScreen:
    room = place.monitors.room(kind)
    assert room is not None
    assert isinstance(room.content, WatchScreen)
    return room.content


def test_a_second_wall_fills_the_other_monitor_with_the_cameras_that_follow(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    before = QApplication.focusWidget()
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    screen = wall_of(place)
    wait_until(lambda: screen.wall.content(0) is not None)
    assert place.monitors.plan[WindowKind.WALL_2].mark == RIGHT.mark
    window = place.monitors.window(WindowKind.WALL_2)
    assert window is not None
    assert window.isFullScreen()
    numbers = [content.camera_no if (content := screen.wall.content(at)) else "" for at in range(9)]
    assert numbers == [f"C{n:02}" for n in range(10, 19)]
    wait_until(lambda: ("C10", "sub") in place.seat.video.keys)
    wait_until(place.main.isActiveWindow)
    assert QApplication.focusWidget() is before


def test_a_window_on_the_main_windows_monitor_does_not_cover_it_whole(sit: Callable[..., Place]) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.SPOT, LEFT)
    window = place.monitors.window(WindowKind.SPOT)
    assert window is not None
    assert not window.isFullScreen()
    assert LEFT.area.contains(window.geometry())
    assert window.width() < LEFT.area.width()


def test_windows_layout_and_cameras_are_there_again_after_a_restart(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT, FAR)
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    place.monitors.show_on(WindowKind.ALARM, FAR)
    wait_until(lambda: wall_of(place).wall.content(0) is not None)
    room = place.monitors.room(WindowKind.WALL_2)
    assert room is not None
    assert room.wall is not None
    room.wall.set_layout("4")
    room.wall.put_camera(1, "C24")
    place.close()
    later = sit(LEFT, RIGHT, FAR)
    wait_until(lambda: later.monitors.room(WindowKind.ALARM))
    screen = wall_of(later)
    wait_until(lambda: screen.wall.tile_count == 4 and screen.wall.content(1))
    content = screen.wall.content(1)
    assert content is not None
    assert content.camera_no == "C24"
    for kind, where in ((WindowKind.WALL_2, RIGHT), (WindowKind.ALARM, FAR)):
        assert later.monitors.plan[kind].mark == where.mark
        window = later.monitors.window(kind)
        assert window is not None
        assert window.isFullScreen()
    wait_until(later.main.isActiveWindow)


def test_a_window_goes_with_its_monitor_and_comes_back_with_it_in_another_socket(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    standing = place.monitors.window(WindowKind.WALL_2)
    assert standing is not None
    standing.toggle_full()
    standing.setGeometry(2020, 50, 1000, 700)
    wait_until(lambda: place.monitors.plan[WindowKind.WALL_2].width == 1000)
    wait_until(lambda: wall_of(place).wall.content(0) is not None)
    place.desk.plug(LEFT)
    assert place.monitors.window(WindowKind.WALL_2) is None
    assert "电视墙 2 已收起" in sentence(place.said[-1])
    # What only the second wall showed is not decoded for nobody.
    assert ("C18", "sub") not in place.seat.video.keys
    place.desk.plug(LEFT, monitor("HDMI-7", -1920, "B"))
    window = place.monitors.window(WindowKind.WALL_2)
    assert window is not None
    assert window.geometry() == QRect(-1820, 50, 1000, 700)
    assert place.said[-1].code == "monitors.back"
    wait_until(place.main.isActiveWindow)


def test_a_window_whose_monitor_is_away_at_the_start_waits_for_it(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.SPOT, RIGHT)
    place.close()
    later = sit(LEFT)
    wait_until(lambda: later.seat.jobs.is_idle)
    assert later.monitors.window(WindowKind.SPOT) is None
    later.desk.plug(LEFT, RIGHT)
    assert later.monitors.window(WindowKind.SPOT) is not None


def test_a_window_that_a_person_closed_stays_closed(sit: Callable[..., Place], wait_until: Wait) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.WALL_3, RIGHT)
    window = place.monitors.window(WindowKind.WALL_3)
    assert window is not None
    window.close()
    assert place.monitors.window(WindowKind.WALL_3) is None
    wait_until(lambda: place.seat.preferences.load(PREFERENCE) == {})


def test_where_a_person_moves_a_window_is_remembered_at_once(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.SPOT, LEFT)
    window = place.monitors.window(WindowKind.SPOT)
    assert window is not None
    window.setGeometry(2000, 100, 640, 480)

    def kept() -> object:
        spot = (place.seat.preferences.load(PREFERENCE) or {}).get("spot")
        return isinstance(spot, dict) and (spot["left"], spot["width"], spot["mark"]["serial"])

    wait_until(lambda: kept() == (80, 640, "B"))


def test_alarm_plates_and_alarm_keys_are_the_same_in_every_window(
    campus: Campus, sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    screen, window = wall_of(place), place.monitors.window(WindowKind.WALL_2)
    assert window is not None
    wait_until(lambda: screen.wall.content(0) is not None)
    room = place.monitors.room(WindowKind.WALL_2)
    assert room is not None
    assert room.wall is not None
    room.wall.put_camera(0, "C01")
    place.seat.wall.set_layout("1")
    place.seat.wall.put_camera(0, "C20")
    campus.ring("Z01")
    wait_until(lambda: place.seat.watch.plates.get("C01"))
    # The second wall shows the place, so the main wall keeps its pictures.
    assert not place.seat.column_is_staged
    window.activateWindow()
    wait_until(window.isActiveWindow)
    QTest.keyClick(screen.wall, Qt.Key.Key_F1)
    wait_until(lambda: place.seat.watch.queue[0].state is AlarmState.CLAIMED)
    place.desk.plug(LEFT)
    wait_until(lambda: place.seat.column_is_staged)


def test_a_key_that_asks_for_a_reason_brings_the_main_window_forward(
    campus: Campus, sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    window = place.monitors.window(WindowKind.WALL_2)
    assert window is not None
    alarm_id = campus.ring("Z01")
    wait_until(lambda: place.seat.watch.highlighted)
    place.seat.watch.act_on(alarm_id, "claim")
    wait_until(lambda: place.seat.watch.queue[0].state is AlarmState.CLAIMED)
    window.activateWindow()
    wait_until(window.isActiveWindow)
    QTest.keyClick(wall_of(place).wall, Qt.Key.Key_F3)
    wait_until(lambda: place.main.isActiveWindow() and place.seat.side.reason.isVisible())


def test_a_number_typed_in_a_window_brings_the_camera_to_its_own_tile(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    window, screen = place.monitors.window(WindowKind.WALL_2), wall_of(place)
    assert window is not None
    wait_until(lambda: screen.wall.content(0) is not None)
    before = place.seat.wall.plan
    window.activateWindow()
    wait_until(window.isActiveWindow)
    for key in (Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_Return):
        QTest.keyClick(screen.wall, key)
    content = screen.wall.content(0)
    assert content is not None
    assert content.camera_no == "C24"
    assert place.seat.wall.plan == before


def test_every_alarm_opens_on_the_alarm_monitor_which_is_calm_before_and_after(
    campus: Campus, sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.ALARM, RIGHT)
    room = place.monitors.room(WindowKind.ALARM)
    assert room is not None
    page = room.content
    assert isinstance(page, AlarmPage)
    assert page.calm.isVisible()
    assert page.calm.words[0] == "没有未结束的报警"
    before = QApplication.focusWidget()
    # C01 is on the main wall; with a monitor of its own the stage shows the alarm all the same.
    alarm_id = campus.ring("Z01")
    wait_until(lambda: not page.calm.isVisible() and page.stage.scene)
    scene = page.stage.scene
    assert scene is not None
    assert scene.contents
    assert not place.seat.column_is_staged
    wait_until(place.main.isActiveWindow)
    assert QApplication.focusWidget() is before
    page.stage.put_away_asked.emit()
    assert page.calm.isVisible()
    assert "待接 1" in page.calm.words[1]
    speak("en")
    QApplication.processEvents()
    assert page.calm.words[0] == "No alarm needs looking at"
    place.monitors.put_away(WindowKind.ALARM)
    place.seat.wall.set_layout("1")
    place.seat.wall.put_camera(0, "C20")
    place.seat.watch.pick(alarm_id)
    wait_until(lambda: place.seat.column_is_staged)


def test_the_spot_picture_follows_the_selection_of_wall_and_list(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.SPOT, RIGHT)
    room = place.monitors.room(WindowKind.SPOT)
    assert room is not None
    page = room.content
    assert isinstance(page, SpotPage)
    wait_until(lambda: page.surface.content(0) is not None and place.seat.jobs.is_idle)

    def shown() -> str:
        content = page.surface.content(0)
        return content.camera_no if content is not None else ""

    place.seat.wall.choose(4)
    assert shown() == "C05"
    place.monitors.follow("C21")
    assert shown() == "C21"
    wait_until(lambda: ("C21", "main") in place.seat.video.keys)
    # A camera may be on the wall and on the spot picture at once; neither takes it from the other.
    assert place.seat.wall.plan.cameras[4] == "C05"


def spot_of(place: Place, wait_until: Wait) -> SpotPage:
    """Open, with the keyboard."""
    place.monitors.show_on(WindowKind.SPOT, RIGHT)
    room, window = place.monitors.room(WindowKind.SPOT), place.monitors.window(WindowKind.SPOT)
    assert room is not None
    assert window is not None
    assert isinstance(room.content, SpotPage)
    take_keyboard(window, wait_until)
    wait_until(lambda: place.seat.jobs.is_idle)
    return room.content


def take_keyboard(window: MonitorWindow, wait_until: Wait) -> None:
    """A new window gives it back once: nobody changes windows so soon."""

    def has_it() -> bool:
        window.activateWindow()
        return window.isActiveWindow()

    wait_until(has_it)


def behind(page: SpotPage) -> str:
    content = page.surface.content(0)
    return content.behind if content is not None else ""


def test_space_on_the_spot_picture_looks_back_there_and_nowhere_else(
    sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.seat.screen.host_looking_back(place.looking)
    page = spot_of(place, wait_until)
    place.monitors.follow("C05")
    QTest.keyClick(page.surface, Qt.Key.Key_Space)
    wait_until(lambda: behind(page) == "−0:30")
    assert not place.looking.is_past("C05")
    QTest.keyClick(page.surface, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    wait_until(lambda: behind(page) == "−1:00")
    # A locked seat shows what it showed.
    place.monitors.set_usable(False)
    QTest.keyClick(page.surface, Qt.Key.Key_Space)
    assert behind(page) == "−1:00"
    place.monitors.set_usable(True)
    QTest.keyClick(page.surface, Qt.Key.Key_Escape)
    assert behind(page) == ""


def test_the_spot_picture_is_live_again_with_another_camera_or_a_new_alarm(
    campus: Campus, sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    page = spot_of(place, wait_until)
    place.monitors.follow("C05")
    QTest.keyClick(page.surface, Qt.Key.Key_Space)
    wait_until(lambda: behind(page) != "")
    place.monitors.follow("C21")
    assert behind(page) == ""
    place.monitors.follow("C05")
    assert behind(page) == ""
    QTest.keyClick(page.surface, Qt.Key.Key_Space)
    wait_until(lambda: behind(page) != "")
    campus.ring("Z11")
    wait_until(lambda: "C05" in place.seat.watch.plates and behind(page) == "")


def test_space_on_a_tile_of_another_wall_looks_back(sit: Callable[..., Place], wait_until: Wait) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    screen, window = wall_of(place), place.monitors.window(WindowKind.WALL_2)
    assert window is not None
    take_keyboard(window, wait_until)
    wait_until(lambda: screen.wall.content(0) is not None)
    screen.wall.choose(1)
    QTest.keyClick(screen.wall, Qt.Key.Key_Space)

    def told() -> list[str]:
        return [one.behind if (one := screen.wall.content(at)) is not None else "" for at in range(3)]

    wait_until(lambda: told() == ["", "−0:30", ""])


def test_a_locked_seats_windows_can_be_seen_but_neither_operated_nor_closed(
    campus: Campus, sit: Callable[..., Place], wait_until: Wait
) -> None:
    place = sit(LEFT, RIGHT)
    place.monitors.show_on(WindowKind.WALL_2, RIGHT)
    window = place.monitors.window(WindowKind.WALL_2)
    assert window is not None
    campus.ring("Z01")
    wait_until(lambda: place.seat.watch.highlighted)
    place.monitors.set_usable(False)
    window.activateWindow()
    wait_until(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert not window.close()
    assert window.isVisible()
    place.seat.jobs.run(lambda: None)
    wait_until(lambda: place.seat.jobs.is_idle)
    assert place.seat.watch.queue[0].state is AlarmState.NEW
    place.monitors.set_usable(True)
    QTest.keyClick(window, Qt.Key.Key_F1)
    wait_until(lambda: place.seat.watch.queue[0].state is AlarmState.CLAIMED)


def test_the_menu_names_every_window_and_every_monitor_and_opens_what_is_chosen(
    sit: Callable[..., Place],
) -> None:
    place = sit(LEFT, RIGHT)
    menu = place.monitors.menu
    menu.fill()
    assert [action.text() for action in menu.actions()] == [
        "电视墙 2",
        "电视墙 3",
        "电视墙 4",
        "焦点画面",
        "报警监视",
    ]
    spot = menu.actions()[3].menu()
    assert [action.text() for action in spot.actions()] == [
        "显示器 1（主窗口所在）  DEL U2412M  1920×1080",
        "显示器 2  DEL U2412M  1920×1080",
    ]
    spot.actions()[1].trigger()
    assert place.monitors.window(WindowKind.SPOT) is not None
    menu.fill()
    spot = menu.actions()[3].menu()
    assert [action.isChecked() for action in spot.actions()[:2]] == [False, True]
    spot.actions()[-1].trigger()
    assert place.monitors.window(WindowKind.SPOT) is None


def test_the_machines_own_monitors_are_seen(qapp: QApplication) -> None:
    screens = Screens()
    assert [found.area for found in screens.present()] == [s.geometry() for s in QGuiApplication.screens()]
    assert qapp.primaryScreen().name() in {found.mark.name for found in screens.present()}
    screens.deleteLater()
