"""The panel's picture is of the stream that is open now, whatever the wall shows meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from tests.views.seat import OPERATOR, Campus, Seat, StillVideo
from ui.text.sentences import reason_text
from ui.tiles.feed import TileContent
from views.dispatch.screen import DispatchPanel

Wait = Callable[..., object]


@dataclass
class Opened:
    """A panel that is open for a panic alarm, what it asked for, and what is open by camera number."""

    panel: DispatchPanel
    camera_no: str
    wanted: list[tuple[str, ...]]
    streams: dict[str, TileContent] = field(default_factory=dict)

    def put(self, detail: str) -> TileContent:
        """Another stream of the camera is open from now on."""
        feed = StillVideo({self.camera_no}).open(self.camera_no, detail)
        content = TileContent(self.camera_no, "gate", feed, detail, reason_text)
        self.streams[self.camera_no] = content
        self.panel.renew_picture()
        return content

    @property
    def shown(self) -> TileContent | None:
        return self.panel._tile.content(0)


@pytest.fixture
def opened(campus: Campus, seat: Seat, qtbot: QtBot, wait_until: Wait) -> Opened:
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    wait_until(lambda: seat.live.board.alarms.get(alarm_id) and seat.live.board.alarms[alarm_id].owner)
    streams: dict[str, TileContent] = {}
    panel = DispatchPanel(seat.dispatch, campus.site, streams.get)
    qtbot.addWidget(panel)
    wanted: list[tuple[str, ...]] = []
    panel.cameras_wanted.connect(wanted.append)
    seat.dispatch.open_alarm(alarm_id)
    wait_until(panel.isVisible)
    return Opened(panel, seat.live.board.alarms[alarm_id].feeds[0], wanted, streams)


def test_its_camera_is_opened_for_it_and_let_go_with_it(opened: Opened) -> None:
    assert opened.wanted == [(opened.camera_no,)]
    assert opened.shown is None
    assert opened.panel.leave()
    assert opened.wanted == [(opened.camera_no,), ()]


def test_it_follows_the_stream_that_is_open(opened: Opened) -> None:
    """From a main stream that is closed to the sub-stream, and to one that is opened anew."""
    for detail in ("main", "sub", "sub"):
        content = opened.put(detail)
        assert opened.shown == content
        assert opened.shown is not None
        assert opened.shown.feed is content.feed
    opened.streams.clear()
    opened.panel.renew_picture()
    assert opened.shown is None


def test_a_panel_that_is_closed_shows_nothing_of_it(opened: Opened) -> None:
    opened.panel.leave()
    opened.put("sub")
    assert opened.shown is None


def test_the_wall_keeps_a_camera_open_for_a_second_place(seat: Seat) -> None:
    seat.wall.set_layout("1")
    hidden = seat.wall.plan.cameras[1]
    assert seat.wall.open_picture(hidden) is None
    seat.wall.want_beside((hidden, "C99"))
    assert seat.wall.open_picture(hidden) is not None
    seat.wall.want_beside(())
    assert seat.wall.open_picture(hidden) is None
