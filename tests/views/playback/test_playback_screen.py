"""The playback's page on real files: cameras ticked, moments sought by hand, alarms found, both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import Alarm
from services.domain.audits import AuditSearch
from services.domain.board import Board
from services.domain.people import Role, Session
from services.domain.site import Site
from services.domain.video import StreamState
from services.playback.bookmarks import BookmarkDesk
from services.playback.clock import SPEEDS
from services.playback.desk import PlaybackDesk
from services.playback.elsewhere import Elsewhere
from services.playback.footage import NO_RECORDING
from services.playback.lanes import Band, Lane
from services.playback.motion_search import MotionSearchDesk
from services.playback.tapes import Tapes, no_tapes
from services.playback.track import Track
from services.recording.custody import CustodyDesk
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter
from services.storage import Database
from services.wall.snapshots import Snapshots
from tests.campus import read_demo_site
from tests.services.recording.conftest import AT, BEGUN, clip, database, packets, write_part
from tests.services.storage.conftest import make_alarm
from tests.ui.test_i18n import HAN
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.text.places import learn_names
from ui.theme import style_sheet, tokens
from ui.time_paint import NAME_PX, TOP_PX
from views.playback.absent import absent_words
from views.playback.kit import PlaybackKit
from views.playback.screen import PlaybackScreen

__all__ = ["clip", "database", "make_alarm", "packets", "write_part"]
Wait = Callable[..., object]
LEADER = Session("wang", "王五", Role.SHIFT_LEADER, "SEAT-1")
NOW = AT + timedelta(minutes=10)


class Room:
    """The screen with its presenter; the clock stands at NOW until it is moved."""

    def __init__(
        self,
        database: Database,
        site: Site,
        folder: Path,
        jobs: UiJobs,
        elsewhere: Elsewhere | None = None,
        tapes: Tapes = no_tapes,
    ) -> None:
        self.clock = ManualClock(NOW)
        self.live = LiveBoard(Board())
        self.kit = PlaybackKit(
            site=site,
            recordings=PlaybackDesk(database, self.clock, [folder], elsewhere),
            bookmarks=BookmarkDesk(database, self.clock),
            searches=MotionSearchDesk(database, [folder], tapes),
            keeping=CustodyDesk(database, self.clock),
            keeper=Snapshots(database, folder.parent / "shots"),
            live=self.live,
            session=LEADER,
            jobs=jobs,
            clock=self.clock,
        )
        self.presenter = self.kit.playback
        self.screen = PlaybackScreen(self.kit, clock=self.clock)

    def state(self, index: int = 0) -> StreamState | None:
        tiles = self.presenter.tiles()
        feed = tiles[index].feed if index < len(tiles) else None
        return feed.status().state if feed is not None else None


@pytest.fixture
def site() -> Site:
    site = read_demo_site()
    learn_names(site)
    return site


@pytest.fixture
def folder(
    tmp_path: Path,
    database: Database,
    write_part: Callable[..., SegmentWriter],
) -> Path:
    """Eight seconds of two cameras, from AT on."""
    folder = tmp_path / "disk"
    place = prepare(DiskFiles(), folder)
    for camera in ("C01", "C02"):
        writer = write_part(folder, 200, DiskFiles(), Begun(camera, "main", AT, BEGUN.cause))
        segment = writer.finish(AT + timedelta(seconds=8), place.disk)
        assert segment is not None
        database.write(lambda tx, one=segment: tx.segments.add_all([one]))  # type: ignore[misc]
    return folder


@pytest.fixture
def room(qtbot: QtBot, database: Database, site: Site, folder: Path, wait_until: Wait) -> Iterator[Room]:
    pool = Jobs("ui-job", 2)
    jobs = UiJobs(pool)
    room = Room(database, site, folder, jobs)
    qtbot.addWidget(room.screen)
    room.screen.resize(1200, 700)
    room.screen.show()
    yield room
    room.screen.hide()
    room.kit.stop()
    wait_until(lambda: jobs.is_idle)
    jobs.close()
    pool.stop()


def tick(room: Room, *cameras: str) -> None:
    for row in range(room.screen.left.cameras.count()):
        item = room.screen.left.cameras.item(row)
        if str(item.data(Qt.ItemDataRole.UserRole)) in cameras:
            item.setCheckState(Qt.CheckState.Checked)


def test_ticked_cameras_show_the_same_moment_and_say_that_it_is_past(room: Room, wait_until: Wait) -> None:
    room.presenter.seek(AT + timedelta(seconds=3))
    tick(room, "C01", "C02")
    wait_until(lambda: (room.state(0), room.state(1)) == (StreamState.RECORDED,) * 2)

    def are_there() -> bool:
        """First comes the key picture before the moment, then its own."""
        shown = [tile.feed.shown_at for tile in room.presenter.tiles()]  # type: ignore[union-attr]
        wanted = AT + timedelta(seconds=3)
        return shown[0] == shown[1] and abs(shown[0] - wanted) < timedelta(milliseconds=41)

    wait_until(are_there)


def test_where_nothing_was_recorded_the_tile_says_so(room: Room, wait_until: Wait) -> None:
    room.presenter.seek(AT + timedelta(minutes=2))
    tick(room, "C01")
    wait_until(lambda: room.state() is StreamState.MISSING)
    (lane,) = room.presenter.lanes()
    assert [(band.since, band.until) for band in lane.bands] == [(AT, AT + timedelta(seconds=8))]


def said_of_nothing(room: Room, index: int) -> str:
    tile = room.presenter.tiles()[index]
    assert tile.feed is not None
    return tile.reason(tile.feed.status().error)


def test_a_moment_without_recording_says_where_the_nearest_is_and_g_goes_there(
    room: Room, wait_until: Wait
) -> None:
    """However far the line of time is from it."""
    room.presenter.seek(AT - timedelta(days=3))
    tick(room, "C01", "C03")
    wait_until(lambda: (room.state(0), room.state(1)) == (StreamState.MISSING,) * 2)
    local = AT.astimezone()
    assert said_of_nothing(room, 0) == f"录像从 {local:%Y-%m-%d %H:%M:%S} 才开始（G 键前往）"
    assert said_of_nothing(room, 1) == "这台摄像机还没有录像"
    room.screen.setFocus()
    QTest.keyClick(room.screen, Qt.Key.Key_G)
    assert room.presenter.playback.now() == AT
    wait_until(lambda: room.state() is StreamState.RECORDED)
    room.presenter.seek(AT + timedelta(minutes=5))
    wait_until(lambda: room.state() is StreamState.MISSING)
    ends = (AT + timedelta(seconds=8)).astimezone()
    assert said_of_nothing(room, 0) == f"最近的录像到 {ends:%H:%M:%S} 为止（G 键前往）"


def test_between_two_recordings_both_are_named() -> None:
    one, other = AT, AT + timedelta(hours=1)
    lane = Lane("C01", (), (Band(one, one + timedelta(minutes=1)), Band(other, other + timedelta(minutes=1))))
    said = absent_words(NO_RECORDING, lane, None, AT + timedelta(minutes=30))
    ends, begins = ((at).astimezone() for at in (one + timedelta(minutes=1), other))
    assert said == f"之前的录像到 {ends:%H:%M:%S}，之后的从 {begins:%H:%M:%S} 起（G 键前往）"
    assert absent_words("playback.no_file", lane, None, AT) == "录像文件不在本机能到的硬盘上"


def test_looking_at_a_recording_is_in_the_audit(room: Room, database: Database, wait_until: Wait) -> None:
    tick(room, "C01")
    wait_until(
        lambda: any(
            row.action == "recording.viewed" and row.actor == "wang"
            for row in database.read(lambda view: view.trail.of(["C01"]))
        ),
    )


def test_another_time_of_the_same_cameras_is_in_the_audit_too(
    room: Room, database: Database, wait_until: Wait
) -> None:
    room.presenter.seek(AT)
    tick(room, "C01")
    wait_until(lambda: moments_viewed(database) == [AT.isoformat()])
    room.presenter.seek(AT - timedelta(days=3))
    wait_until(lambda: len(moments_viewed(database)) == 2)
    assert moments_viewed(database)[1] == (AT - timedelta(days=3)).isoformat()


def moments_viewed(database: Database) -> list[object]:
    days = timedelta(days=9999)
    search = AuditSearch(AT - days, AT + days, action="recording.viewed")
    rows = database.read(lambda view: view.audit_rows.page(search, 10))
    return [json.loads(row.after) for row in reversed(rows) if row.after]


def test_what_could_not_be_written_down_is_not_shown(
    room: Room, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    room.presenter.refused.connect(lambda error: told.append(error.code))

    def full(*_args: object) -> None:
        raise ServiceError("storage.unreachable")

    monkeypatch.setattr(PlaybackDesk, "open", full)
    tick(room, "C01")
    wait_until(lambda: told == ["storage.unreachable"])
    # As the line of time asks again by itself.
    room.presenter.start()
    wait_until(lambda: len(told) == 2)
    assert [tile.feed for tile in room.presenter.tiles()] == [None]


def test_keys_play_pause_step_and_change_the_speed(qtbot: QtBot, room: Room) -> None:
    playback = room.presenter.playback
    room.presenter.seek(AT + timedelta(seconds=3))
    qtbot.keyClick(room.screen, Qt.Key.Key_Space)
    room.clock.advance(1.0)
    assert playback.now() == AT + timedelta(seconds=4)
    qtbot.keyClick(room.screen, Qt.Key.Key_Right)
    assert (playback.speed, playback.now()) == (0.0, AT + timedelta(seconds=4.04))
    qtbot.keyClick(room.screen, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert playback.now() == AT + timedelta(seconds=-5.96)
    qtbot.keyClick(room.screen, Qt.Key.Key_Plus)
    qtbot.keyClick(room.screen, Qt.Key.Key_R)
    qtbot.keyClick(room.screen, Qt.Key.Key_Space)
    assert playback.speed == -SPEEDS[SPEEDS.index(1.0) + 1]


def test_a_click_on_the_line_of_time_seeks(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    tick(room, "C01")
    wait_until(lambda: room.screen.timeline.scale is not None)
    timeline = room.screen.timeline
    timeline.show_span(AT, AT + timedelta(seconds=20))
    qtbot.mouseClick(
        timeline, Qt.MouseButton.LeftButton, pos=QPoint((timeline.width() + NAME_PX) // 2, TOP_PX + 8)
    )
    assert abs(room.presenter.playback.now() - (AT + timedelta(seconds=10))) < timedelta(seconds=0.2)


def test_the_line_of_time_is_made_shorter_and_longer_by_key(
    qtbot: QtBot, room: Room, wait_until: Wait
) -> None:
    tick(room, "C01")
    wait_until(lambda: room.screen.timeline.scale is not None)
    room.screen.timeline.show_span(AT, AT + timedelta(minutes=8))
    for key, minutes in ((Qt.Key.Key_Up, 4), (Qt.Key.Key_Down, 8), (Qt.Key.Key_Down, 16)):
        qtbot.keyClick(room.screen, key)
        scale = room.screen.timeline.scale
        assert scale is not None
        assert round((scale.until - scale.since).total_seconds() / 60) == minutes


def test_alarms_of_the_cameras_shown_are_found_before_and_after(
    room: Room,
    database: Database,
    make_alarm: Callable[..., Alarm],
    wait_until: Wait,
) -> None:
    for number, seconds in ((1, 2), (2, 60)):
        alarm = make_alarm(
            f"BJ20261124-000{number}", received_at=AT + timedelta(seconds=seconds), feeds=("C01",)
        )
        database.write(lambda tx, one=alarm: tx.alarms.add(one))  # type: ignore[misc]
    room.presenter.seek(AT + timedelta(seconds=30))
    tick(room, "C01")
    wait_until(lambda: len(room.presenter.marks()) == 2)
    for key, seconds in ((Qt.Key.Key_N, 60), (Qt.Key.Key_P, 2)):
        QTest.keyClick(room.screen, key)
        there = AT + timedelta(seconds=seconds)
        wait_until(lambda at=there: room.presenter.playback.now() == at)


def test_nobody_plays_into_the_future(room: Room) -> None:
    room.presenter.seek(NOW + timedelta(hours=1))
    assert room.presenter.playback.now() == NOW


def test_the_page_speaks_english_completely(room: Room) -> None:
    speak("en")
    QApplication.processEvents()
    words = [
        room.screen._empty.text(),
        room.screen.left.cameras.item(0).text(),
        room.screen.timeline.words_at(AT),
    ]
    for part in room.screen.findChildren(QWidget):
        if isinstance(part.parent(), QTabBar):
            continue  # Qt's own buttons, hidden while all tabs have room, keep the language of the start
        words += [part.toolTip(), part.accessibleName()]
        words += [part.text()] if isinstance(part, (QLabel, QPushButton)) else []
        words += [part.placeholderText()] if isinstance(part, QLineEdit) else []
        words += [part.itemText(row) for row in range(part.count())] if isinstance(part, QComboBox) else []
    words += [room.screen.left.tabText(page) for page in range(room.screen.left.count())]
    speak("zh")
    assert [word for word in words if HAN.search(word)] == []


def test_nobody_looks_unless_the_audit_took_it(room: Room, qtbot: QtBot) -> None:
    room.presenter._session = Session("li", "李四", Role.OPERATOR, "SEAT-2")
    with qtbot.waitSignal(room.presenter.refused, timeout=60_000) as refused:
        tick(room, "C01")
    assert refused.args[0].code == "identity.forbidden"
    assert [tile.feed for tile in room.presenter.tiles()] == [None]


def test_a_hidden_page_decodes_nothing(room: Room, wait_until: Wait) -> None:
    room.presenter.seek(AT + timedelta(seconds=1))
    tick(room, "C01")
    wait_until(lambda: room.state() is StreamState.RECORDED)
    room.screen.hide()
    (tile,) = room.presenter.tiles()
    assert tile.feed is not None
    feed = tile.feed
    assert isinstance(feed, Track)
    assert not feed.is_watched
    room.screen.show()
    wait_until(lambda: feed.is_watched)


def test_a_camera_that_left_the_site_leaves_the_page(room: Room, wait_until: Wait) -> None:
    tick(room, "C01", "C02")
    wait_until(lambda: all(tile.feed is not None for tile in room.presenter.tiles()))
    site = replace(
        room.presenter._site, cameras=tuple(c for c in room.presenter._site.cameras if c.no != "C01")
    )
    room.presenter.use_site(site)
    assert [tile.camera_no for tile in room.presenter.tiles()] == ["C02"]
    texts = [room.screen.left.cameras.item(row).text() for row in range(room.screen.left.cameras.count())]
    assert not any(text.startswith("C01 ") for text in texts)


def test_from_a_live_tile_it_plays_from_half_a_minute_ago(room: Room, wait_until: Wait) -> None:
    room.presenter.open_at(["C02"], AT + timedelta(seconds=2))
    assert room.presenter.cameras == ("C02",)
    assert room.presenter.is_playing
    wait_until(lambda: room.state() is StreamState.RECORDED)


def test_a_step_goes_to_the_picture_that_is_really_there(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    """Pictures came at AT + n/25 s; between two of them the next is less than 40 ms away."""
    room.presenter.seek(AT + timedelta(seconds=3.01))
    tick(room, "C01")
    wait_until(lambda: _shows(room, AT + timedelta(seconds=3)))
    for key, seconds in ((Qt.Key.Key_Right, 3.04), (Qt.Key.Key_Left, 3.0), (Qt.Key.Key_Left, 2.96)):
        qtbot.keyClick(room.screen, key)
        wanted = AT + timedelta(seconds=seconds)
        wait_until(lambda at=wanted: room.presenter.playback.now() == at)
        wait_until(lambda at=wanted: _shows(room, at))


def _shows(room: Room, at: datetime) -> bool:
    (tile,) = room.presenter.tiles()
    return isinstance(tile.feed, Track) and tile.feed.shown_at == at


class NoSpeaker:
    """A machine without a sound device."""

    def start(self) -> int:
        return 0

    def room_bytes(self) -> int:
        return -1

    def play(self, data: bytes) -> None: ...
    def set_volume(self, volume: float) -> None: ...
    def stop(self) -> None: ...


def test_without_a_sound_device_the_key_says_so(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    room.kit.listening._speaker = NoSpeaker()
    tick(room, "C01")
    wait_until(lambda: room.state() is not None)
    with qtbot.waitSignal(room.presenter.refused, timeout=60_000) as refused:
        qtbot.keyClick(room.screen, Qt.Key.Key_A)
    assert refused.args[0].code == "listen.no_device"


@pytest.fixture
def back_to_chinese() -> Iterator[None]:
    yield
    speak("zh")


@pytest.mark.usefixtures("back_to_chinese")
@pytest.mark.parametrize("said", ["zh", "en"])
# What the rail and the column of the alarms leave of windows 1180 and 1366 wide.
@pytest.mark.parametrize("width_px", [800, 930])
def test_in_a_narrow_window_nothing_lies_on_the_moment_and_no_page_name_is_cut(
    room: Room, qapp: QApplication, said: str, width_px: int
) -> None:
    screen, transport, tabs = room.screen, room.screen.transport, room.screen.left.tabBar()
    screen.setStyleSheet(style_sheet(tokens()))
    speak(said)
    screen.setMinimumSize(1, 1)
    screen.resize(width_px, 640)
    qapp.processEvents()
    assert screen.minimumSizeHint().width() <= screen.width() == width_px
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()
    parts = [transport.moment, transport.kind, transport.speed, *transport.buttons.values()]
    places = [part.geometry() for part in parts]
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    assert all(transport.rect().contains(place) for place in places)
