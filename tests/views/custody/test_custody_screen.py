"""The screen of kept recordings on a real record: days, gaps, protected spans, export, both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.papers import save_paper
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.facts import ProtectionChanged
from services.domain.people import Role, Session
from services.domain.recording_days import DiskCondition, DiskState, RecordingDisks
from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Cause, Segment
from services.domain.site import Site
from services.recording.custody import CustodyDesk
from services.storage import Database, Tx
from tests.campus import read_demo_site
from tests.records import new_record
from tests.ui.test_i18n import HAN
from tests.ui.working import ui_jobs
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.line_table import LineTable
from ui.text.places import learn_names
from views.custody.camera_table import CameraTable
from views.custody.presenter import CustodyPresenter
from views.custody.screen import CustodyScreen

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
GB = 10**9
LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "SEAT-1")
OPERATOR = Session("zhang", "张三", Role.OPERATOR, "SEAT-1")
Wait = Callable[..., object]


def fill(tx: Tx) -> None:
    """C01 has two days with one hole by the camera; C02 lost what is older than a day for want of room."""
    for camera, hours in (("C01", 48), ("C02", 24)):
        begins = [AT - no * HOUR for no in range(1, hours + 1) if (camera, no) != ("C01", 20)]
        tx.segments.add_all(
            Segment(camera, "main", at, at + HOUR, Cause.CONTINUOUS, "d1", f"{camera}/{at:%d%H}", GB)
            for at in begins
        )
    away = (AT - 20 * HOUR, AT - 19 * HOUR)
    tx.recording_troubles.add(RecordingTrouble("1" * 32, "C01", GapCause.CAMERA_AWAY, *away, "video.timeout"))
    went = (AT - 900 * HOUR, AT - 24 * HOUR)
    tx.recording_troubles.add(RecordingTrouble("2" * 32, "C02", GapCause.MADE_ROOM, *went))
    disks = (
        DiskState("/srv/rec1", "d1", DiskCondition.WELL, 50 * GB, 99_000 * GB, True),
        DiskState("/srv/rec2", "d2", DiskCondition.AWAY),
    )
    tx.put_recording_disks(RecordingDisks(disks, AT))


class Room:
    """The screen of one session, and the record behind it."""

    def __init__(self, database: Database, site: Site, session: Session, jobs: UiJobs) -> None:
        self.clock = ManualClock(AT)
        self.desk = CustodyDesk(database, self.clock)
        self.live = LiveBoard(database.read(lambda view: view.board()))
        self.presenter = CustodyPresenter(
            live=self.live,
            site=site,
            desk=self.desk,
            session=session,
            jobs=jobs,
            clock=self.clock,
            save_paper=save_paper,
        )
        self.screen = CustodyScreen(self.presenter, clock=self.clock)

    def choose(self, *cameras: str) -> None:
        table = self.screen.cameras
        table.clearSelection()
        for row in range(table.rowCount()):
            item = table.item(row, 1)
            if item is not None and item.text().split()[0] in cameras:
                table.selectRow(row) if len(cameras) == 1 else _select(table, row)


def _select(table: CameraTable, row: int) -> None:
    for column in range(table.columnCount()):
        item = table.item(row, column)
        assert item is not None
        item.setSelected(True)


def cells(table: LineTable, column: int) -> list[str]:
    found = [table.item(row, column) for row in range(table.rowCount())]
    return [item.text() for item in found if item is not None]


@pytest.fixture
def site() -> Site:
    site = read_demo_site()
    learn_names(site)
    return site


@pytest.fixture
def make_room(tmp_path: Path, site: Site, qtbot: QtBot) -> Iterator[Callable[[Session], Room]]:
    with new_record(tmp_path / "record.db") as database, ui_jobs() as jobs:
        database.write(lambda tx: tx.replace_site(site))
        database.write(fill)
        rooms: list[Room] = []

        def make(session: Session) -> Room:
            room = Room(database, site, session, jobs)
            qtbot.addWidget(room.screen)
            room.screen.resize(1300, 690)
            room.screen.show()
            qtbot.waitUntil(lambda: room.presenter.overview is not None, timeout=60_000)
            rooms.append(room)
            return room

        yield make
        for room in rooms:
            room.screen.hide()


MakeRoom = Callable[[Session], Room]


def test_the_worst_cameras_stand_first_with_days_rate_and_outlook(make_room: MakeRoom) -> None:
    room = make_room(OPERATOR)
    states, names = cells(room.screen.cameras, 0), cells(room.screen.cameras, 1)
    of = dict(zip((name.split()[0] for name in names), states, strict=True))
    assert (of["C01"], of["C02"], of["C03"]) == ("将不足", "天数不足", "没有录像")
    assert states.index("没有录像") < states.index("天数不足") < states.index("将不足")
    row = [name.split()[0] for name in names].index("C01")
    line = [cells(room.screen.cameras, column)[row] for column in range(2, 8)]
    assert line[0] == "2.0 / 30"
    assert (line[4], line[5]) == ("23.5 GB", "47.0 GB")
    # Full in 50 / 47.5 days; then 121 GB hold 2.5 days of both.
    assert line[1] == "2026-11-25 起不足，最多到 3 天"


def test_a_chosen_camera_tells_its_gaps_with_their_cause(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(OPERATOR)
    room.choose("C01")
    qtbot.waitUntil(lambda: bool(room.presenter.gaps), timeout=60_000)
    assert cells(room.screen.gaps, 3) == ["摄像机不在线"]
    assert cells(room.screen.gaps, 2) == ["01:00:00"]
    assert "1 处缺口" in room.screen.gaps_label.text()
    for label in (room.screen.gaps_label, room.screen.protections.cameras_label):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_an_operator_looks_and_keeps_nothing(make_room: MakeRoom) -> None:
    room = make_room(OPERATOR)
    room.screen.pages.setCurrentIndex(1)
    assert not room.screen.protections.protect_button.isVisible()
    assert cells(room.screen.disks, 1) == ["正常", "不在"]


def test_a_span_is_protected_for_all_chosen_cameras_extended_and_released(
    make_room: MakeRoom, qtbot: QtBot
) -> None:
    room = make_room(LEADER)
    page = room.screen.protections
    room.screen.pages.setCurrentIndex(1)
    room.choose("C01", "C02")
    page.propose_span(AT - 5 * HOUR, AT - 4 * HOUR)
    assert not page.protect_button.isEnabled()
    page.reason.setText("打架，派出所要调")
    assert page.protect_button.isEnabled()
    page.protect_button.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=60_000)
    assert {one.camera for one in room.presenter.protections} == {"C01", "C02"}
    assert {(one.since, one.until) for one in room.presenter.protections} == {(AT - 5 * HOUR, AT - 4 * HOUR)}
    assert page.reason.text() == ""

    page.table.selectRow(0)
    page.reason.setText("案件还没有结")
    page.kept.setCurrentIndex(page.kept.findData(90))
    page.extend_button.click()
    qtbot.waitUntil(
        lambda: any(one.expires_at == AT + timedelta(days=90) for one in room.presenter.protections),
        timeout=60_000,
    )
    page.table.selectRow(0)
    page.reason.setText("已交派出所")
    qtbot.waitUntil(page.release_button.isEnabled, timeout=60_000)
    page.release_button.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=60_000)


def test_what_is_refused_is_said_and_what_was_typed_stays(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(LEADER)
    room.choose("C01")
    page = room.screen.protections
    page.propose_span(AT, AT)
    page.reason.setText("打架")
    refused: list[ServiceError] = []
    room.presenter.refused.connect(refused.append)
    page.protect_button.click()
    qtbot.waitUntil(lambda: bool(refused), timeout=60_000)
    assert "结束时间" in room.screen.message.text()
    assert page.reason.text() == "打架"


def test_a_gap_proposes_its_span_and_another_seat_is_followed(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(LEADER)
    room.choose("C01")
    qtbot.waitUntil(lambda: bool(room.presenter.gaps), timeout=60_000)
    room.screen.gaps.selectRow(0)
    since = room.screen.protections.since.dateTime().toSecsSinceEpoch()
    assert since == round((AT - 20 * HOUR).timestamp())
    other = make_room(LEADER)
    other.choose("C02")
    other.screen.protections.reason.setText("联动之外")
    other.screen.protections.protect_button.click()
    qtbot.waitUntil(lambda: len(other.presenter.protections) == 1, timeout=60_000)
    room.live.apply([ProtectionChanged(other.presenter.protections[0], "protected")])
    qtbot.waitUntil(lambda: len(room.presenter.protections) == 1, timeout=60_000)


def test_all_of_it_is_a_workbook_with_a_sheet_for_each_table(
    make_room: MakeRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    room = make_room(LEADER)
    room.choose("C01")
    qtbot.waitUntil(lambda: bool(room.presenter.gaps), timeout=60_000)
    with qtbot.waitSignal(room.presenter.saved, timeout=60_000):
        room.screen.export_to(str(tmp_path / "kept.xlsx"))
    book = load_workbook(tmp_path / "kept.xlsx")
    assert {"保管天数", "C01 的缺口", "录像保护", "录像硬盘"} <= set(book.sheetnames)
    assert "C02 南门" in [row[1].value for row in book["保管天数"].iter_rows()]


def test_in_english_no_chinese_is_left_but_what_people_typed(make_room: MakeRoom, qtbot: QtBot) -> None:
    speak("en")
    try:
        room = make_room(LEADER)
        room.choose("C01")
        qtbot.waitUntil(lambda: bool(room.presenter.gaps), timeout=60_000)
        tables = (room.screen.cameras, room.screen.gaps, room.screen.disks)
        said = [
            room.screen.summary.text(),
            room.screen.gaps_label.text(),
            *(
                text
                for table in tables
                for column in range(table.columnCount())
                for text in cells(table, column)
            ),
        ]
        assert [text for text in said if HAN.search(text)] == []
    finally:
        speak("zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_the_least_monitor_the_outlook_is_read_without_scrolling(
    make_room: MakeRoom, language: str, qtbot: QtBot
) -> None:
    speak(language)
    room = make_room(LEADER)
    room.screen.resize(962, 690)
    qtbot.waitUntil(lambda: room.screen.cameras.rowCount() > 0, timeout=60_000)
    table = room.screen.cameras
    titles = [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]  # type: ignore[union-attr]
    column = titles.index({"zh": "预计", "en": "Outlook"}[language])
    speak("zh")
    assert any(cells(table, column))
    assert table.sizeHintForColumn(column) <= table.columnWidth(column)
    right_px = table.columnViewportPosition(column) + table.columnWidth(column)
    assert right_px <= table.viewport().width()
