"""A camera nobody knows yet is found, tried, saved and live on the wall, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.desk import OperatorDesk
from services.devices.diagnosis import Cause
from services.domain.video import StreamState
from services.sim.cameras import CameraFarm
from services.sim.film import Stream
from tests.end_to_end.hand import KEY_S, MIND_S, Hand
from tests.end_to_end.watch_kit import Watch, Workplace
from tests.services.devices.new_device import new_device
from tests.services.sim.camera_kit import PASSWORD, USER
from views.devices.form_presenter import Step
from views.devices.workbench import Workbench

Wait = Callable[..., Any]
ENTER = Qt.Key.Key_Return
# A person's time by the keystroke-level model; what the machine takes beside it is reported.
MOST_S = 60.0


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CameraFarm]:
    """A camera as it comes out of its box, on this machine, with a password."""
    with new_device(tmp_path_factory.mktemp("device")) as farm:
        yield farm


@pytest.fixture
def office(
    make_watch: Callable[..., Watch],
    sit_down: Callable[..., Workplace],
    expected_log: Callable[..., None],
) -> Workplace:
    """The administrator's seat on the demo campus, whose other cameras are not there."""
    expected_log("video.refused", "video.timeout")
    workplace = sit_down(make_watch(), "admin", "SEAT-1", "devices")
    workplace.desk.shell.activateWindow()
    QApplication.processEvents()
    return workplace


class Hands:
    """Types and counts what is pressed; text counts by its characters, apart.

    human_s: by the keystroke-level model. Before every key but those that move on, one makes up one's mind.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.keys = 0
        self.characters = 0
        self.human_s = 0.0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        is_modified = modifier is not Qt.KeyboardModifier.NoModifier
        moves_on = key in (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Right)
        self.human_s += KEY_S * (1 + is_modified) + (0.0 if moves_on else MIND_S)
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifier)

    def type(self, text: str) -> None:
        self.characters += len(text)
        self.human_s += MIND_S + KEY_S * len(text)
        QTest.keyClicks(QApplication.focusWidget() or self._window, text)


def workbench(workplace: Workplace) -> Workbench:
    bench: Workbench = workplace.desk.screens.devices_screen.workbench
    return bench


def is_live_on_wall(workplace: Workplace, camera_no: str) -> bool:
    wall = workplace.desk.screens.watch_screen.wall
    shown = [wall.content(index) for index in range(wall.tile_count)]
    return any(
        content is not None
        and content.camera_no == camera_no
        and content.feed is not None
        and content.feed.status().state is StreamState.LIVE
        for content in shown
    )


def test_by_keyboard_a_camera_is_found_by_its_address_tried_saved_and_live(
    office: Workplace,
    device: CameraFarm,
    wait_until: Wait,
    log_events: list[dict[str, object]],
    record_property: Callable[[str, object], None],
) -> None:
    hands, desk, bench = Hands(office.desk.shell), office.desk, workbench(office)
    form = desk.presenters.devices.form
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.type(USER)
    hands.press(Qt.Key.Key_Tab)
    hands.type(PASSWORD)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Right)  # from discovery to the range of addresses
    hands.press(Qt.Key.Key_Tab)
    hands.type("127.0.0.1-3")
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type(str(device.port))
    hands.press(ENTER)
    wait_until(lambda: bench.range.list.count() and not desk.presenters.devices.finding.is_scanning)
    hands.press(ENTER)
    assert form.draft.main_url == f"rtsp://127.0.0.1:{device.port}/stream1"
    hands.type("North pitch")
    hands.press(ENTER)
    wait_until(lambda: form.step is Step.TRIED)
    assert bench.trial.picture.has_picture
    assert "H.264  1920×1080" in bench.trial.facts.text()
    hands.press(ENTER)
    wait_until(lambda: form.step is Step.SAVED)
    hands.press(ENTER)
    wait_until(lambda: is_live_on_wall(office, "C25"))
    assert desk.shell.front_screen == "watch"
    stored = office.prepared.database.read(lambda view: view.site()).camera("C25")
    assert (stored.name, stored.place, stored.is_placed) == ("North pitch", "未安置", False)
    (took,) = [event for event in log_events if event["event"] == "devices.camera_on_wall"]
    record_property("took_s", took["took_s"])
    record_property("keys", hands.keys)
    record_property("human_s", round(hands.human_s, 1))
    assert (hands.keys, took["camera"]) == (12, "C25")
    assert hands.human_s < MOST_S
    assert "North pitch" in {c.name for c in desk.presenters.devices.site.cameras}


def test_by_keyboard_a_camera_that_answers_discovery_needs_no_address_at_all(
    office: Workplace,
    device: CameraFarm,
    wait_until: Wait,
    log_events: list[dict[str, object]],
    record_property: Callable[[str, object], None],
) -> None:
    hands, desk, bench = Hands(office.desk.shell), office.desk, workbench(office)
    form = desk.presenters.devices.form
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.type(USER)
    hands.press(Qt.Key.Key_Tab)
    hands.type(PASSWORD)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    wait_until(lambda: found_here(desk, device) and not desk.presenters.devices.finding.is_discovering)
    row = [finding.onvif_url for finding in desk.presenters.devices.finding.devices].index(
        device.onvif_url("C99")
    )
    for _ in range(row):
        hands.press(Qt.Key.Key_Down)
    hands.press(ENTER)
    assert form.draft.main_url == ""
    hands.press(ENTER)
    wait_until(lambda: form.step is Step.TRIED, timeout_s=60)
    assert bench.fields.main_url.text() == device.url("C99", Stream.MAIN)
    assert "Shouwang" in bench.trial.facts.text()
    hands.press(ENTER)
    wait_until(lambda: form.step is Step.SAVED)
    hands.press(ENTER)
    wait_until(lambda: is_live_on_wall(office, "C25"))
    (took,) = [event for event in log_events if event["event"] == "devices.camera_on_wall"]
    record_property("took_s", took["took_s"])
    record_property("human_s", round(hands.human_s, 1))
    assert hands.keys == 8 + row
    assert hands.human_s < MOST_S


def found_here(desk: OperatorDesk, device: CameraFarm) -> bool:
    return device.onvif_url("C99") in {
        finding.onvif_url for finding in desk.presenters.devices.finding.devices
    }


def test_by_mouse_a_camera_that_answers_discovery_is_tried_saved_and_live(
    office: Workplace,
    device: CameraFarm,
    wait_until: Wait,
    record_property: Callable[[str, object], None],
) -> None:
    """The keyboard is for name and password only; what is found has its addresses already."""
    hand, desk, bench = Hand(office), office.desk, workbench(office)
    finding, form = desk.presenters.devices.finding, desk.presenters.devices.form
    hand.think()
    hand.click(desk.screens.devices_screen.add)
    hand.click(bench.login.username)
    hand.think()
    hand.type(USER)
    hand.click(bench.login.password)
    hand.think()
    hand.type(PASSWORD)
    hand.until(wait_until, lambda: found_here(desk, device) and not finding.is_discovering)
    hand.think()
    row = [found.onvif_url for found in finding.devices].index(device.onvif_url("C99"))
    hand.open_row(bench.discovery.list, row)
    hand.think()
    hand.click(bench.next_button)
    hand.until(wait_until, lambda: form.step is Step.TRIED)
    hand.think()
    hand.click(bench.next_button)
    hand.until(wait_until, lambda: form.step is Step.SAVED)
    hand.think()
    hand.click(bench.next_button)
    hand.until(wait_until, lambda: is_live_on_wall(office, "C25"))
    assert desk.shell.front_screen == "watch"
    hand.report("new_camera_by_mouse", record_property)
    assert hand.human_s < MOST_S


def test_by_mouse_a_camera_is_added_by_its_address_and_put_on_the_map(
    office: Workplace, device: CameraFarm, wait_until: Wait
) -> None:
    desk, bench, screen = office.desk, workbench(office), office.desk.screens.devices_screen
    click(screen.add)
    click(bench.login.username)
    QTest.keyClicks(bench.login.username, USER)
    click(bench.login.password)
    QTest.keyClicks(bench.login.password, PASSWORD)
    click(bench.fields.main_url)
    QTest.keyClicks(bench.fields.main_url, f"rtsp://127.0.0.1:{device.port}/stream1")
    click(bench.next_button)
    wait_until(lambda: desk.presenters.devices.form.step is Step.TRIED)
    where = bench.map.rect().center()
    QTest.mousePress(bench.map, Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseMove(bench.map, where + QPoint(80, 0))
    QTest.mouseRelease(bench.map, Qt.MouseButton.LeftButton, pos=where + QPoint(80, 0))
    click(bench.next_button)
    wait_until(lambda: desk.presenters.devices.form.step is Step.SAVED)
    click(bench.next_button)
    wait_until(lambda: is_live_on_wall(office, "C25"))
    camera = desk.screens.map_screen.canvas.site.camera("C25")
    site = office.prepared.site
    # The middle of the plan, looking to where the hand went: east.
    assert camera.at == pytest.approx((site.width_m / 2, site.height_m / 2), abs=3.0)
    assert camera.heading_deg == pytest.approx(90.0, abs=1.0)
    assert camera.name == "摄像机 127.0.0.1"


def test_a_wrong_password_is_named_then_put_right_and_lies_in_no_file_readably(
    office: Workplace, device: CameraFarm, wait_until: Wait, data_dir: Path
) -> None:
    desk, bench = office.desk, workbench(office)
    hands, form = Hands(desk.shell), desk.presenters.devices.form
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.type(USER)
    hands.press(Qt.Key.Key_Tab)
    hands.type("wrong")
    bench.fields.main_url.setFocus()
    hands.type(f"rtsp://127.0.0.1:{device.port}/stream1")
    hands.press(ENTER)
    wait_until(lambda: form.step is Step.FAILED)
    assert form.report.worst.cause is Cause.WRONG_LOGIN
    assert "密码" in bench.trial.verdict.text()
    assert "锁定" in bench.trial.next.text()
    bench.login.password.setFocus()
    bench.login.password.selectAll()
    hands.type(PASSWORD)
    hands.press(ENTER)
    wait_until(lambda: form.step is Step.TRIED)
    hands.press(ENTER)
    wait_until(lambda: form.step is Step.SAVED)
    camera = form.stored
    secrets = office.prepared.secrets
    assert secrets.credential(camera.credential).password == PASSWORD
    for file in data_dir.rglob("*"):
        if file.is_file():
            assert PASSWORD.encode() not in file.read_bytes(), file.name


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
