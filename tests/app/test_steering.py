"""The seat's steering: wishes at the speed that is set, locks everybody sees, presets to click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.steering import SeatHelm, SeatSteering
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.secrets import Secrets
from services.devices.ptz import PtzDesk
from services.domain.people import Role, Session
from services.domain.site import Camera, Site
from services.storage import ChangeFeed
from services.video import Feed, StreamAddress
from services.video.shown import ShownStream
from tests.campus import read_demo_site
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit
from tests.views.seat import OPERATOR, Campus, StillVideo, StoredPreferences
from ui.board import LiveBoard
from ui.bridge import FactBridge
from ui.jobs import UiJobs
from ui.tiles.wall import WallSurface
from views.watch.preset_panel import tile_on_screen
from views.watch.steer_tools import SteerTools
from views.watch.wall_presenter import WallPresenter

LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "SEAT-2")
Wait = Callable[..., object]


def steerable(camera: Camera, url: str) -> Camera:
    return replace(camera, has_ptz=True, onvif_url=url, credential="cam")


class SceneFeeds:
    """Feeds without a decode process; `forgotten` = cameras whose scene is another from now on."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []

    def open(self, camera_no: str, _stream: str) -> Feed:
        clock = SystemClock()
        stream = ShownStream(1, StreamAddress("rtsp://127.0.0.1:1/none"), clock, lambda _stream: None)
        return Feed(stream, clock, lambda _stream: self.forgotten.append(camera_no))

    def close(self, _feed: object) -> None:
        return


class SteeringSeat:
    """One seat whose camera C14 is the simulated device P01, on a real record."""

    def __init__(self, campus: Campus, kit: DeviceKit) -> None:
        self.kit = kit
        self.clock = SystemClock()
        cameras = tuple(
            steerable(c, kit.url("P01")) if c.no == "C14" else replace(c, has_ptz=False)
            for c in read_demo_site().cameras
        )
        self.site: Site = replace(read_demo_site(), cameras=cameras)
        self.database = campus.database
        self.bus = Bus()
        self.feed = ChangeFeed(self.database, self.bus)
        self.bridge = FactBridge(self.bus)
        board = self.database.read(lambda view: view.board())
        self.live = LiveBoard(board)
        self.threads = Jobs("test-job", 2)
        self.jobs = UiJobs(self.threads)
        preferences = StoredPreferences(self.database, "wang@SEAT-1")
        self.wall = WallPresenter(self.site, StillVideo({c.no for c in cameras}), preferences, self.jobs)
        self.walls = [self.wall]
        secrets = Secrets(credentials={"cam": CREDENTIAL})
        helm = SeatHelm(self.database, OPERATOR, lambda: self.site, secrets, self.clock)
        self.owner = QObject()
        self.steering = SeatSteering(
            helm=helm,
            live=self.live,
            walls=lambda: self.walls,
            session=OPERATOR,
            jobs=self.jobs,
            preferences=preferences,
            clock=self.clock,
            parent=self.owner,
        )
        self.presenter = self.steering.presenter
        self.refused: list[ServiceError] = []
        self.said: list[str] = []
        self.presenter.refused.connect(self.refused.append)
        self.presenter.said.connect(self.said.append)
        self.bridge.facts_arrived.connect(self.live.apply)
        self.feed.start(board.seq)
        self.steering.start()

    def is_turning(self) -> bool:
        return self.kit.on_loop(lambda: self.kit.head.is_turning(self.kit.clock.monotonic()))

    def rate(self) -> float:
        return self.kit.on_loop(lambda: self.kit.head._pan.rate)

    def lock(self, camera_no: str = "C14") -> str:
        index = self.wall.plan.cameras.index(camera_no)
        content = self.wall.tile(index)
        assert content is not None
        return content.lock

    def close(self) -> None:
        self.feed.stop()
        self.bridge.close()
        self.steering.stop()
        self.wall.stop()
        self.jobs.close()
        self.threads.stop()
        self.owner.deleteLater()


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    made = Campus(tmp_path)
    yield made
    made.close()


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


@pytest.fixture
def seat(qapp: QApplication, campus: Campus, kit: DeviceKit) -> Iterator[SteeringSeat]:
    qapp.processEvents()
    seat = SteeringSeat(campus, kit)
    yield seat
    seat.close()


def test_the_speed_that_is_set_is_the_camera_s(seat: SteeringSeat, wait_until: Wait) -> None:
    seat.presenter.set_speed(7)
    seat.presenter.steer("C14", 1.0, 0.0, 0.0)
    wait_until(seat.is_turning)
    assert seat.rate() == pytest.approx(0.5)  # full speed of its motors
    seat.presenter.set_speed(1)
    seat.presenter.steer("C14", 1.0, 0.0, 0.0)
    wait_until(lambda: seat.rate() == pytest.approx(0.5 / 7, abs=0.01))
    seat.presenter.end("C14")
    wait_until(lambda: not seat.is_turning())


def test_who_steers_is_on_the_tile_of_every_seat(seat: SteeringSeat, wait_until: Wait) -> None:
    seat.presenter.steer("C14", 1.0, 0.0, 0.0)
    wait_until(lambda: "您在控制" in seat.lock())
    seat.presenter.end("C14")
    PtzDesk(seat.database, seat.clock).take(LEADER, "C14")
    wait_until(lambda: "李班长" in seat.lock())


def test_who_is_taken_over_is_told_and_stops_steering(seat: SteeringSeat, wait_until: Wait) -> None:
    seat.presenter.steer("C14", 1.0, 0.0, 0.0)
    wait_until(lambda: "您在控制" in seat.lock())
    PtzDesk(seat.database, seat.clock).take(LEADER, "C14")
    wait_until(lambda: any("李班长" in text and "C14" in text for text in seat.said))
    wait_until(lambda: not seat.is_turning())


def test_a_camera_that_another_holds_refuses_once_until_it_works_again(
    seat: SteeringSeat, wait_until: Wait
) -> None:
    PtzDesk(seat.database, seat.clock).take(LEADER, "C14")
    for _ in range(3):
        seat.presenter.steer("C14", 1.0, 0.0, 0.0)
    wait_until(lambda: [error.code for error in seat.refused] == ["ptz.held"])
    assert not seat.is_turning()


def test_a_notch_of_the_wheel_zooms_a_little_and_stops(seat: SteeringSeat, wait_until: Wait) -> None:
    seat.presenter.turn_lens("C14", 1.0)
    wait_until(lambda: seat.kit.on_loop(lambda: seat.kit.head.is_zooming(seat.kit.clock.monotonic())))
    wait_until(lambda: not seat.kit.on_loop(lambda: seat.kit.head.is_zooming(seat.kit.clock.monotonic())))


def test_a_camera_steered_on_another_monitor_s_wall_is_not_a_moved_one(
    seat: SteeringSeat, wait_until: Wait
) -> None:
    feeds = SceneFeeds()
    preferences = StoredPreferences(seat.database, "another wall")
    other = WallPresenter(seat.site, feeds, preferences, seat.jobs, seat.owner)
    seat.walls.append(other)
    other.start()
    other.show_camera("C14")
    wait_until(lambda: other.open_picture("C14"))
    feeds.forgotten.clear()
    seat.presenter.steer("C14", 1.0, 0.0, 0.0)
    assert feeds.forgotten == ["C14"]
    seat.presenter.end("C14")
    other.stop()


def test_leaving_the_seat_stops_what_moves(
    qapp: QApplication, campus: Campus, kit: DeviceKit, wait_until: Wait
) -> None:
    qapp.processEvents()
    seat = SteeringSeat(campus, kit)
    seat.presenter.steer("C14", 1.0, 0.0, 0.0)
    wait_until(seat.is_turning)
    seat.close()
    assert not seat.is_turning()


def test_only_a_camera_with_motors_and_an_address_can_be_turned(seat: SteeringSeat) -> None:
    shown = {no: seat.wall.tile(i) for i, no in enumerate(seat.wall.plan.cameras) if no}
    assert [no for no, content in shown.items() if content is not None and content.has_lens] == ["C14"]


def test_presets_are_saved_clicked_and_removed(seat: SteeringSeat, qtbot: QtBot, wait_until: Wait) -> None:
    jpeg = cv2.imencode(".jpg", np.full((360, 640, 3), 90, np.uint8))[1].tobytes()

    async def snapshot() -> bytes:
        return jpeg

    seat.kit.on_loop(lambda: setattr(seat.kit.ptz, "snapshot", snapshot))
    surface = WallSurface()
    qtbot.addWidget(surface)
    surface.resize(900, 600)
    surface.show()
    tools = SteerTools(surface, seat.presenter)
    panel = tools.panel
    panel.ask("C14", "C14 中心广场", tile_on_screen(surface, 0))
    panel.name.setText("北门")
    panel.save.click()
    wait_until(lambda: panel.list.count() == 1)
    item = panel.list.item(0)
    assert item.text() == "1 北门"
    assert not item.icon().isNull()
    seat.kit.on_loop(lambda: seat.kit.head.turn(1.0, 0.0, seat.kit.clock.monotonic()))
    seat.kit.on_loop(lambda: seat.kit.clock.advance(1.0))
    panel.list.setCurrentRow(0)
    panel.list.itemClicked.emit(item)
    wait_until(
        lambda: seat.rate() == pytest.approx(0.5) and seat.kit.on_loop(lambda: seat.kit.head._pan.target) == 0
    )
    panel.remove.click()
    wait_until(lambda: panel.list.count() == 0)
    assert seat.kit.on_loop(lambda: dict(seat.kit.ptz.presets)) == {}
    panel.close()


def test_a_new_alarm_closes_the_presets(seat: SteeringSeat, qtbot: QtBot) -> None:
    surface = WallSurface()
    qtbot.addWidget(surface)
    surface.show()
    panel = SteerTools(surface, seat.presenter).panel
    panel.ask("C14", "C14", tile_on_screen(surface, 0))
    assert panel.isVisible()
    surface.plate_painted.emit("alarm", 1.0)
    assert not panel.isVisible()
