"""What an administrator does to the cameras is on every running seat at once, without a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from services.core.heldsecrets import SecretsFile
from services.core.secrets import Credential
from services.devices.cameras import CameraDesk
from services.dispatch.desk import import_site
from services.domain.people import Session
from services.domain.site import Camera, CameraNo
from services.domain.video import FeedStatus, StreamState
from tests.end_to_end.conftest import Cameras
from tests.end_to_end.watch_kit import Watch, Workplace

Wait = Callable[..., Any]
NEW = Camera(
    CameraNo(""), "操场北", "", "操场", (40.0, 30.0), 4.0, 90.0, 70.0, 30.0, "rtsp://127.0.0.1:1/n/main",
    "rtsp://127.0.0.1:1/n/sub",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_cameras_here(expected_log: Callable[..., None]) -> None:
    """Whether a picture comes is not what these tests are about."""
    expected_log("video.refused")


def administrator(watch: Watch) -> Session:
    return watch.log_in("admin", "OFFICE")


def cameras_on_map(workplace: Workplace) -> set[str]:
    site = workplace.desk.screens.map_screen.canvas.site
    return set() if site is None else {str(camera.no) for camera in site.cameras}


def test_a_new_camera_is_in_list_map_and_search_of_a_running_seat(
    make_watch: Callable[..., Watch], sit_down: Callable[..., Workplace], wait_until: Wait
) -> None:
    watch = make_watch()
    seat = sit_down(watch, "wang", "SEAT-1")
    added = CameraDesk(watch.database).add(administrator(watch), NEW)
    wait_until(lambda: added.no in seat.desk.screens.watch_screen.tree.shown_numbers())
    assert added.no in cameras_on_map(seat)
    assert f"camera:{added.no}" in {entry.id for entry in seat.desk.screens.commands.entries()}
    seat.desk.presenters.wall.put_camera(0, added.no)
    content = seat.desk.screens.watch_screen.wall.content(0)
    assert content is not None
    assert content.title == "操场北"


def test_a_replaced_camera_is_opened_anew_and_a_removed_one_leaves_its_tile(
    make_watch: Callable[..., Watch], sit_down: Callable[..., Workplace], wait_until: Wait
) -> None:
    watch = make_watch()
    seat = sit_down(watch, "wang", "SEAT-1")
    wall, desk = seat.desk.screens.watch_screen.wall, CameraDesk(watch.database)
    wait_until(lambda: (content := wall.content(0)) is not None and content.feed)
    before = [wall.content(index) for index in range(2)]
    first = watch.site.cameras[0]
    now = desk.replace(administrator(watch), first, replace(first, sub_url="rtsp://127.0.0.1:2/x"))
    wait_until(lambda: wall.content(0) != before[0])
    assert wall.content(1) == before[1]
    desk.remove(administrator(watch), now, unpin=True)
    wait_until(lambda: wall.content(0) is None)
    assert now.no not in cameras_on_map(seat)


def test_a_whole_new_site_is_taken_over_by_a_running_seat(
    make_watch: Callable[..., Watch], sit_down: Callable[..., Workplace], wait_until: Wait
) -> None:
    watch = make_watch()
    seat = sit_down(watch, "wang", "SEAT-1")
    new = replace(watch.site, name="新校区", cameras=watch.site.cameras[:3], zones=())
    import_site(watch.database, administrator(watch), new)
    wait_until(lambda: len(seat.desk.screens.watch_screen.tree.shown_numbers()) == 3)
    assert len(cameras_on_map(seat)) == 3
    assert "新校区" in {label.text() for label in seat.desk.shell.top_bar.findChildren(QLabel)}


def test_a_log_in_that_is_set_outside_of_a_running_seat_brings_its_pictures(
    cameras: Cameras,
    make_watch: Callable[..., Watch],
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.unauthorized")
    watch = make_watch("", cameras)
    command_line = SecretsFile(watch.data_dir / "secrets.toml")
    command_line.set_credential("demo", Credential("shouwang", "a wrong one"))
    seat = sit_down(watch, "wang", "SEAT-1")

    def status() -> FeedStatus | None:
        content = seat.desk.screens.watch_screen.wall.content(0)
        return content.feed.status() if content is not None and content.feed else None

    wait_until(lambda: (now := status()) and now.error == "video.unauthorized")
    right = cameras.secrets.credential("demo")
    assert right is not None
    command_line.set_credential("demo", right)
    seat.desk.secret_watch.look()
    wait_until(lambda: (now := status()) and now.state is StreamState.LIVE, timeout_s=60)
