"""Motion is looked for in the playback's page, by mouse or by keys alone, and what is found is gone to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.domain.motion import COLUMNS, Look
from services.domain.recordings import Segment
from services.recording.disks import look
from services.recording.files import DiskFiles
from services.recording.motion.sidefile import MotionIndex, write_index
from services.storage import Database
from tests.services.recording.conftest import AT, clip, database, packets, write_part
from tests.ui.test_i18n import HAN
from tests.views.playback.test_playback_screen import Room, folder, room, site, tick
from ui.i18n import speak
from views.playback.left import MOTION

__all__ = ["clip", "database", "folder", "packets", "room", "site", "write_part"]
Wait = Callable[..., object]
S = timedelta(seconds=1)
# Row 4, column 6: left of the middle, above it.
MOVED = 1 << (4 * COLUMNS + 6)


@pytest.fixture(name="indexed")
def _indexed(database: Database, folder: Path) -> list[Segment]:
    """In C01 something moved at the left from the second to the fourth second."""
    disk = look(folder)
    assert disk is not None
    pieces = database.read(lambda view: view.segments.of_disk(disk.place.disk))
    looks = tuple(Look(AT + number * S / 4, MOVED if 8 <= number < 16 else 0) for number in range(32))
    write_index(DiskFiles(), folder, next(one for one in pieces if one.camera == "C01"), MotionIndex(looks))
    return pieces


def open_panel(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    tick(room, "C01")
    room.presenter.frame(AT - 60 * S, AT + 60 * S)
    room.presenter.seek(AT + S)
    wait_until(lambda: room.presenter.tiles() and room.presenter.tiles()[0].feed)
    qtbot.keyClick(room.screen, Qt.Key.Key_M)


@pytest.mark.usefixtures("indexed")
def test_keys_alone_find_what_moved_and_go_to_it(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    open_panel(qtbot, room, wait_until)
    panel = room.screen.left.motion
    assert room.screen.left.currentIndex() == MOTION
    assert panel.region.hasFocus()
    wait_until(lambda: room.kit.motion.picture is not None)
    for _ in range(8):
        qtbot.keyClick(panel.region, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(panel.region, Qt.Key.Key_Space)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up) * 7:
        qtbot.keyClick(panel.region, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(panel.region, Qt.Key.Key_Space)
    panel.sensitivity.setCurrentIndex(2)
    qtbot.keyClick(panel.begin, Qt.Key.Key_Space)
    wait_until(lambda: panel.list.count() == 1 and not room.kit.motion.is_running)
    (lane,) = room.presenter.lanes()
    assert [(hit.since, hit.until) for hit in lane.hits] == [(AT + 2 * S, AT + 4 * S)]
    wait_until(lambda: not panel.list.item(0).icon().isNull())
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert room.presenter.playback.now() == AT + 2 * S
    qtbot.keyClick(panel.list, Qt.Key.Key_Escape)
    assert room.screen.hasFocus()


@pytest.mark.usefixtures("indexed")
def test_what_moved_elsewhere_is_not_found(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    open_panel(qtbot, room, wait_until)
    panel = room.screen.left.motion
    width, height = panel.region.width(), panel.region.height()
    button = Qt.MouseButton.LeftButton
    qtbot.mousePress(panel.region, button, pos=QPoint(width * 3 // 4, height // 2))
    qtbot.mouseMove(panel.region, QPoint(width - 10, height * 3 // 4))
    qtbot.mouseRelease(panel.region, button, pos=QPoint(width - 10, height * 3 // 4))
    assert panel.region.region
    panel.begin.click()
    wait_until(lambda: room.kit.motion.question and not room.kit.motion.is_running)
    assert panel.list.count() == 0
    assert panel.said.text().startswith("找到 0 处")


def test_pieces_without_an_index_are_said(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    open_panel(qtbot, room, wait_until)
    panel = room.screen.left.motion
    panel.begin.click()
    wait_until(lambda: room.kit.motion.question and not room.kit.motion.is_running, timeout_s=60.0)
    assert "关键帧" in panel.said.text()
    assert panel.bar.value() == panel.bar.maximum()


def test_a_search_that_is_stopped_says_so_and_another_may_begin(
    qtbot: QtBot, room: Room, indexed: list[Segment], database: Database, wait_until: Wait
) -> None:
    more = [
        replace(indexed[0], begins_at=AT + n * 8 * S, ends_at=AT + (n + 1) * 8 * S, path=f"C01/d/{n}.mp4")
        for n in range(1, 4)
    ]
    database.write(lambda tx: tx.segments.add_all(more))
    open_panel(qtbot, room, wait_until)
    panel = room.screen.left.motion
    panel.begin.click()
    assert not panel.begin.isEnabled()
    panel.cancel.click()
    wait_until(lambda: not room.kit.motion.is_running)
    assert panel.said.text().startswith("已停止")
    assert panel.begin.isEnabled()


def test_a_span_that_ends_before_it_begins_is_refused(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    refused: list[object] = []
    room.presenter.refused.connect(refused.append)
    open_panel(qtbot, room, wait_until)
    panel = room.screen.left.motion
    panel.until.setDateTime(panel.since.dateTime())
    panel.begin.click()
    wait_until(lambda: bool(refused))
    assert getattr(refused[0], "code", "") == "playback.span_invalid"
    assert panel.begin.isEnabled()


def test_an_answer_is_said_in_english_too(qtbot: QtBot, room: Room, wait_until: Wait) -> None:
    open_panel(qtbot, room, wait_until)
    panel = room.screen.left.motion
    panel.begin.click()
    wait_until(lambda: room.kit.motion.question and not room.kit.motion.is_running, timeout_s=60.0)
    speak("en")
    QApplication.processEvents()
    words = [panel.said.text(), panel.camera.text()]
    speak("zh")
    assert "key pictures" in words[0]
    assert [word for word in words if HAN.search(word)] == []
