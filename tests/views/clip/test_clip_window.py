"""The window of a film on real files: opened, dropped, played by key, kept as a picture; refusals said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from services.core.clock import SystemClock
from services.core.jobs import Jobs
from services.domain.people import Role, Session
from services.playback.clip_desk import ClipDesk
from services.playback.players import FFMPEG
from services.storage import Database
from services.wall.snapshots import Snapshots
from tests.services.playback.test_clips import FORMS, SIZE_PX, made
from tests.services.recording.conftest import database
from tests.ui.test_i18n import HAN
from ui.i18n import speak
from ui.jobs import UiJobs
from views.clip.presenter import ClipPresenter, place_text
from views.clip.window import ClipWindow

__all__ = ["database"]
Wait = Callable[..., object]
LEADER = Session("wang", "王五", Role.SHIFT_LEADER, "SEAT-1")


class Room:
    def __init__(self, database: Database, folder: Path, jobs: UiJobs) -> None:
        clock = SystemClock()
        self.presenter = ClipPresenter(
            clips=ClipDesk(database, clock),
            keeper=Snapshots(database, folder / "shots"),
            session=LEADER,
            jobs=jobs,
            clock=clock,
        )
        self.window = ClipWindow(self.presenter, clock=clock)

    @property
    def position_s(self) -> float:
        return self.presenter.player.position_s if self.presenter.player is not None else -1.0


@pytest.fixture
def room(qtbot: QtBot, database: Database, tmp_path: Path, wait_until: Wait) -> Iterator[Room]:
    pool = Jobs("ui-job", 2)
    jobs = UiJobs(pool)
    room = Room(database, tmp_path, jobs)
    qtbot.addWidget(room.window)
    yield room
    room.window.close()
    room.presenter.stop()
    wait_until(lambda: jobs.is_idle)
    jobs.close()
    pool.stop()


def opened(room: Room, path: Path, wait_until: Wait) -> None:
    room.window.open(path)
    wait_until(lambda: room.presenter.player is not None)
    wait_until(lambda: room.window.surface.has_picture(0))


def test_a_film_plays_when_it_is_opened_and_obeys_the_keys(
    qtbot: QtBot, room: Room, tmp_path: Path, wait_until: Wait
) -> None:
    opened(room, made(tmp_path, *FORMS[1]), wait_until)
    wait_until(lambda: room.position_s > 0.1)
    qtbot.keyClick(room.window, Qt.Key.Key_Space)
    assert not room.presenter.is_playing
    room.presenter.seek(2.01)
    wait_until(lambda: room.presenter.player.feed.shown_at is not None)  # type: ignore[union-attr]
    qtbot.keyClick(room.window, Qt.Key.Key_Right)
    wait_until(lambda: abs(room.position_s - 2.04) < 0.001)
    qtbot.keyClick(room.window, Qt.Key.Key_Left)
    wait_until(lambda: abs(room.position_s - 2.0) < 0.001)
    qtbot.keyClick(room.window, Qt.Key.Key_R)
    assert room.presenter.speed == -1.0
    assert FFMPEG in room.window.told.text()


def test_at_its_end_a_film_stands_and_begins_anew_by_the_key(
    qtbot: QtBot, room: Room, tmp_path: Path, wait_until: Wait
) -> None:
    opened(room, made(tmp_path, *FORMS[0]), wait_until)
    room.presenter.seek(3.9)
    wait_until(lambda: not room.presenter.is_playing)
    qtbot.keyClick(room.window, Qt.Key.Key_Space)
    assert room.presenter.is_playing
    assert room.position_s < 1.0


def test_a_picture_is_kept_in_the_films_own_size_with_its_hash(
    qtbot: QtBot, room: Room, tmp_path: Path, wait_until: Wait, database: Database
) -> None:
    path = made(tmp_path, *FORMS[2])
    opened(room, path, wait_until)
    with qtbot.waitSignal(room.presenter.saved, timeout=60_000) as saved:
        qtbot.keyClick(room.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (file,) = (tmp_path / "shots").iterdir()
    assert file.name in saved.args[0]
    row = next(
        row
        for row in database.read(lambda view: view.trail.of([path.name]))
        if row.action == "camera.snapshot"
    )
    assert len(str(row.after["sha256"])) == 64
    assert room.presenter.player.facts.size_px == SIZE_PX  # type: ignore[union-attr]


def test_what_cannot_be_opened_is_said_and_the_film_before_plays_on(
    room: Room, tmp_path: Path, wait_until: Wait
) -> None:
    opened(room, made(tmp_path, *FORMS[1]), wait_until)
    player = room.presenter.player
    broken = tmp_path / "broken.dav"
    broken.write_bytes(b"")
    room.window.open(broken)
    wait_until(lambda: "broken.dav" in room.window.told.text() and "…" not in room.window.told.text())
    assert room.presenter.player is player


def test_a_dropped_file_is_opened(room: Room, tmp_path: Path, wait_until: Wait) -> None:
    path = made(tmp_path, *FORMS[1])
    room.window.show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    room.window.dropEvent(drop)
    wait_until(lambda: room.presenter.player is not None)


def test_a_closed_window_plays_nothing(room: Room, tmp_path: Path, wait_until: Wait) -> None:
    opened(room, made(tmp_path, *FORMS[1]), wait_until)
    room.window.close()
    assert room.presenter.player is None


def test_the_window_speaks_english_completely(room: Room) -> None:
    speak("en")
    QApplication.processEvents()
    window = room.window
    words = [part.toolTip() for part in window.findChildren(QPushButton)]
    words += [window.windowTitle(), window.told.text(), window.place.accessibleName()]
    words += [window.engine.itemText(row) for row in range(window.engine.count())]
    speak("zh")
    assert [word for word in words if HAN.search(word)] == []


def test_a_place_is_said_to_the_millisecond() -> None:
    assert place_text(3723.456) == "1:02:03.456"
    assert place_text(-1.0) == "0:00:00.000"
