"""What another recorder has is on the line of time and in the tile, as soon as it has answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from av.video.frame import VideoFrame
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.core.jobs import Jobs
from services.devices.recorders.shelf import RecorderShelf
from services.domain.motion import Sensitivity
from services.domain.site import Site
from services.domain.video import StreamState
from services.storage import Database
from tests.services.devices.recorders.recorder_kit import SIZE_PX, RecorderKit, at, number_in
from tests.services.devices.recorders.site_kit import Logins
from tests.services.recording.conftest import AT, clip, database, packets, write_part
from tests.views.playback.test_playback_screen import NOW, Room, folder, site, tick
from ui.jobs import UiJobs

__all__ = ["clip", "database", "folder", "packets", "site", "write_part"]
Wait = Callable[..., object]


@pytest.fixture
def kit() -> Iterator[RecorderKit]:
    """It has C01 from 0 s to 12 s and from 20 s to 30 s; ours has its first eight seconds."""
    kit = RecorderKit()
    yield kit
    kit.stop()


@pytest.fixture
def room(
    qtbot: QtBot, kit: RecorderKit, database: Database, site: Site, folder: Path, wait_until: Wait
) -> Iterator[Room]:
    recorded = tuple(
        replace(one, recorder_url=kit.onvif_url, recorder_credential="nvr") if one.no == "C01" else one
        for one in site.cameras
    )
    shelf = RecorderShelf(lambda: replace(site, cameras=recorded), Logins(), ManualClock(NOW))
    pool = Jobs("ui-job", 2)
    jobs = UiJobs(pool)
    room = Room(database, site, folder, jobs, shelf, shelf.tape)
    qtbot.addWidget(room.screen)
    room.screen.resize(1200, 700)
    room.screen.show()
    yield room
    room.screen.hide()
    room.kit.stop()
    wait_until(lambda: jobs.is_idle)
    jobs.close()
    pool.stop()
    shelf.stop()


def test_the_recorder_fills_the_line_and_plays(room: Room, wait_until: Wait) -> None:
    room.presenter.seek(at(25))
    tick(room, "C01")
    wait_until(lambda: room.state() is StreamState.RECORDED)
    (lane,) = room.presenter.lanes()
    ends_at = AT + timedelta(seconds=8)
    assert [(band.since, band.until, band.is_elsewhere) for band in lane.bands] == [
        (at(0), AT, True),
        (AT, ends_at, False),
        (ends_at, at(12), True),
        (at(20), at(30), True),
    ]
    feed = room.presenter.tiles()[0].feed
    assert feed is not None
    feed.ask_size(*SIZE_PX)

    def is_there() -> bool:
        shown = feed.latest(-1)
        return shown is not None and number_in(VideoFrame.from_ndarray(shown.pixels, "bgra")) == 625

    wait_until(is_there)


def test_motion_is_drawn_on_the_recorders_picture_and_looked_for_there(room: Room, wait_until: Wait) -> None:
    room.presenter.seek(at(25))
    tick(room, "C01")
    wait_until(lambda: room.state() is StreamState.RECORDED)
    motion = room.kit.motion
    motion.use_camera("C01")
    wait_until(lambda: motion.picture is not None)
    motion.begin((), at(20), at(30), Sensitivity.HIGH, timedelta(0))
    wait_until(lambda: not motion.is_running)
    assert motion.answer.elsewhere == timedelta(seconds=10)
    panel = room.screen.left.motion
    panel.show_state()
    assert "其中 10 秒 在录像机上。" in panel.said.text()
