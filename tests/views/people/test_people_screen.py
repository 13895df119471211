"""The people screen by mouse and keyboard on a real record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from services.core.jobs import Jobs
from services.devices.entries import EntryDesk
from services.dispatch.desk import Order
from services.dispatch.guards import seed_guards
from services.domain.lanes import Lane
from services.domain.people import GuardState, GuardStatus, Role, Session
from services.domain.roster import BUILT_IN
from services.domain.site import Guard, Team
from services.people.attendance import AttendanceDesk
from services.people.calls import DuressLine
from services.people.roster import RosterDesk
from services.people.statuses import StatusDesk
from tests.records import facts_after
from tests.ui.test_i18n import HAN
from tests.views.seat import OPERATOR, Campus
from ui.board import LiveBoard
from ui.entries.ticks import TickedWords
from ui.fonts import install_fonts
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.local_zone import local_zone
from ui.text.places import learn_names
from ui.theme import Size, font, tokens
from views.people.contacts_page import ContactsPage
from views.people.lane import MIME
from views.people.presenter import PeoplePresenter
from views.people.roster_grid import SLOT, WeekTable
from views.people.roster_presenter import RosterPresenter
from views.people.screen import PeopleScreen

SUPERVISOR = Session("zhang", "张处", Role.SUPERVISOR, "SEAT-3")
Wait = Callable[..., object]
OpenRoom = Callable[..., "Room"]


class Room:
    """One person's screen; `pull` brings what happened, as the feed does."""

    def __init__(self, campus: Campus, session: Session, jobs: UiJobs) -> None:
        self.campus = campus
        database, clock = campus.database, campus.clock
        duress = DuressLine(database, clock, lambda: campus.site, lambda: campus.center)
        self.desk = StatusDesk(database, clock, lambda: campus.site, duress)
        self.live = LiveBoard(database.read(lambda view: view.board()))
        self.seq = self.live.board.seq
        self.presenter = PeoplePresenter(
            live=self.live,
            site=campus.site,
            statuses=self.desk,
            attendance=AttendanceDesk(database, clock, lambda: campus.site),
            entries=EntryDesk(database, lambda tx, site: seed_guards(tx, site, clock.now())),
            session=session,
            jobs=jobs,
            clock=clock,
        )
        self.roster = RosterPresenter(
            live=self.live,
            site=campus.site,
            roster=RosterDesk(database, clock, lambda: campus.site, local_zone()),
            session=session,
            jobs=jobs,
            clock=clock,
        )
        self.screen = PeopleScreen(self.presenter, self.roster, clock=clock)

    def pull(self) -> None:
        self.seq, facts = facts_after(self.campus.database, self.seq)
        self.live.apply(facts)
        site = self.campus.database.read(lambda view: view.site())
        assert site is not None
        self.presenter.use_site(site)
        self.roster.use_site(site)
        self.screen.show_present()

    def state(self, guard: str) -> GuardState:
        return self.campus.database.read(lambda view: view.guards.get(guard))

    def focus(self, guard: str) -> QWidget:
        """The lane with this guard, their card current."""
        view = next(
            lane
            for lane in self.screen.now.lanes.values()
            if any(card.guard.no == guard for card in lane.cards.cards)
        )
        row = next(n for n, card in enumerate(view.cards.cards) if card.guard.no == guard)
        view.setFocus()
        view.setCurrentIndex(view.cards.index(row))
        return view

    def lane_of(self, guard: str) -> Lane | None:
        lanes = self.screen.now.lanes.items()
        return next((n for n, v in lanes if any(c.guard.no == guard for c in v.cards.cards)), None)


@pytest.fixture
def open_room(qapp: QApplication, campus: Campus, wait_until: Wait) -> Iterator[OpenRoom]:
    pool = Jobs("people-test", 2)
    jobs = UiJobs(pool)
    rooms: list[Room] = []

    def build(session: Session = OPERATOR, tab: int = 0) -> Room:
        learn_names(campus.site)
        room = Room(campus, session, jobs)
        rooms.append(room)
        room.screen.resize(962, 720)
        room.screen.tabs.setCurrentIndex(tab)
        room.screen.show()
        room.screen.activateWindow()
        wait_until(lambda: room.screen.isActiveWindow() and jobs.is_idle)
        return room

    yield build
    for room in rooms:
        room.screen.close()
        room.screen.deleteLater()
    jobs.close()
    pool.stop()
    speak("zh")
    qapp.processEvents()


def rows_in(image: QImage, ink: QColor) -> int:
    """How many rows of pixels have this very colour."""
    return sum(
        any(image.pixelColor(x, y) == ink for x in range(image.width())) for y in range(image.height())
    )


@pytest.fixture
def own_fonts(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    install_fonts(qapp)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("own_fonts")
def test_a_name_on_a_card_keeps_its_tails(open_room: OpenRoom, campus: Campus) -> None:
    room = open_room()
    guard = replace(campus.site.guards[0], name="Gjpqy")
    room.presenter.use_site(replace(campus.site, guards=(guard, *campus.site.guards[1:])))
    room.screen.show_present()
    view = room.focus(guard.no)
    view.clearSelection()
    QApplication.processEvents()
    alone = QImage(200, 60, QImage.Format.Format_RGB32)
    alone.fill(QColor(tokens().raised))
    painter = QPainter(alone)
    painter.setFont(font(Size.TEXT_M, bold=True))
    painter.setPen(QColor(tokens().text))
    painter.drawText(20, 40, guard.name)
    painter.end()

    card = view.viewport().grab(view.visualRect(view.cards.index(0))).toImage()
    assert rows_in(card, QColor(tokens().text)) == rows_in(alone, QColor(tokens().text)) > 10


def send(campus: Campus, guard: str) -> None:
    alarm = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm)
    campus.dispatches.send(OPERATOR, Order(guard, "去东门", alarm_id=alarm))


def test_a_digit_on_a_card_puts_the_guard_into_that_lane(open_room: OpenRoom, wait_until: Wait) -> None:
    room = open_room()
    QTest.keyClick(room.focus("G02"), Qt.Key.Key_5)
    wait_until(lambda: room.state("G02").status is GuardStatus.BREAK)
    room.pull()
    assert room.lane_of("G02") is Lane.BREAK


def drop(room: Room, guard: str, lane: Lane) -> bool:
    """Drag a card over a lane and let go of it; whether the lane would take it."""
    data = QMimeData()
    data.setData(MIME, guard.encode())
    view = room.screen.now.lanes[lane]
    where, no_keys = QPointF(20, 20), Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    over = QDragMoveEvent(where.toPoint(), Qt.DropAction.MoveAction, data, left, no_keys)
    view.dragMoveEvent(over)
    if over.isAccepted():
        view.dropEvent(QDropEvent(where, Qt.DropAction.MoveAction, data, left, no_keys))
    return over.isAccepted()


def test_a_card_is_dragged_where_the_table_allows_and_elsewhere_the_lane_says_why_not(
    open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room()
    assert drop(room, "G02", Lane.PATROL)
    wait_until(lambda: room.state("G02").status is GuardStatus.PATROLLING)
    assert not drop(room, "G03", Lane.SENT)
    assert "没有派警单" in room.screen.now.message.text()
    assert not drop(room, "G03", Lane.ON_SCENE)
    assert room.state("G03").status is GuardStatus.ON_POST


def test_who_has_an_order_is_told_to_end_it_first_and_shows_its_number(
    campus: Campus, open_room: OpenRoom
) -> None:
    send(campus, "G02")
    room = open_room()
    card = room.presenter.card("G02")
    assert card is not None
    assert card.dispatch_no.startswith("PJ")
    assert room.lane_of("G02") is Lane.SENT
    room.focus("G02")
    room.screen.now.moves[Lane.BREAK].setEnabled(True)
    room.screen.now.moves[Lane.BREAK].click()
    assert card.dispatch_no in room.screen.now.message.text()


def test_distress_by_key_is_an_alarm_and_its_end_asks_for_a_reason(
    campus: Campus, open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room()
    QTest.keyClick(room.focus("G05"), Qt.Key.Key_7)
    wait_until(lambda: room.state("G05").status is GuardStatus.DURESS)
    assert [a.name for a in campus.database.read(lambda view: view.alarms.open())] == ["保安遇险：周五"]
    room.pull()
    QTest.keyClick(room.focus("G05"), Qt.Key.Key_1)
    page = room.screen.now
    wait_until(page.reason.isVisible)
    assert room.state("G05").status is GuardStatus.DURESS
    QTest.keyClicks(page.reason, "misfire")
    QTest.keyClick(page.reason, Qt.Key.Key_Return)
    wait_until(lambda: room.state("G05").status is GuardStatus.ON_POST)
    assert not page.reason.isVisible()


def test_a_sign_of_life_and_signing_in_have_a_key_each(
    campus: Campus, open_room: OpenRoom, wait_until: Wait
) -> None:
    send(campus, "G02")
    room = open_room()
    before = room.state("G02").checkin_at
    QTest.keyClick(room.focus("G02"), Qt.Key.Key_C)
    wait_until(lambda: room.state("G02").checkin_at != before)
    QTest.keyClick(room.focus("G40"), Qt.Key.Key_S)
    wait_until(lambda: (card := room.presenter.card("G40")) is not None and card.came is not None)
    assert room.screen.now.message.text().endswith("已签到。")


def test_arrows_walk_from_lane_to_lane(open_room: OpenRoom) -> None:
    room = open_room()
    view = room.focus("G02")
    assert view is room.screen.now.lanes[Lane.ON_DUTY]
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert QApplication.focusWidget() is room.screen.now.lanes[Lane.PATROL]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert QApplication.focusWidget() is room.screen.now.lanes[Lane.ON_DUTY]


def test_a_post_below_its_minimum_is_said_in_words_too(campus: Campus, open_room: OpenRoom) -> None:
    for guard in ("G01", "G02"):
        campus.database.write(
            lambda tx, guard=guard: tx.guards.save(replace(tx.guards.get(guard), status=GuardStatus.BREAK))
        )
    room = open_room()
    assert "东门岗：1 人，应有 3 人，缺岗" in room.screen.now.coverage.accessibleName()
    assert "南门岗：3 人，应有 2 人" in room.screen.now.coverage.accessibleName()


def test_an_old_position_is_said_to_be_old(campus: Campus, open_room: OpenRoom) -> None:
    campus.dispatches.report_position("G36", (200.0, 180.0), "feed")
    old = campus.clock.now() - timedelta(minutes=7)
    campus.database.write(lambda tx: tx.guards.save(replace(tx.guards.get("G36"), position_at=old)))
    card = open_room().presenter.card("G36")
    assert card is not None
    assert card.is_stale


def test_a_supervisor_edits_a_guard_and_changes_no_status(
    campus: Campus, open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room(SUPERVISOR, 2)
    page = room.screen.contacts
    assert not room.screen.now.moves[Lane.BREAK].isVisibleTo(room.screen.now)
    page.table.selectRow(4)
    page.edit.click()
    name = page.form.widget("name")
    assert isinstance(name, QLineEdit)
    name.setText("周五一")
    page.form.save.click()
    wait_until(lambda: page.stack.currentWidget() is not page.form)
    site = campus.database.read(lambda view: view.site())
    assert site is not None
    assert site.guard("G05") == replace(campus.site.guard("G05") or site.guards[0], name="周五一")


def skills_of(page: ContactsPage, guard: str) -> TickedWords:
    page.table.selectRow(int(guard[1:]) - 1)
    page.edit.click()
    skills = page.form.widget("skills")
    assert isinstance(skills, TickedWords)
    return skills


def test_skills_are_ticked_by_their_names(open_room: OpenRoom, campus: Campus) -> None:
    page = open_room(SUPERVISOR, 2).screen.contacts
    skills = skills_of(page, "G42")
    boxes = skills.boxes.values()
    assert [box.text() for box in boxes if box.isChecked()] == ["消防", "急救"]
    assert skills.others.text() == ""
    speak("en")
    QApplication.processEvents()
    assert [box.text() for box in boxes] == ["fire fighting", "first aid", "driving", "riot control"]
    assert page.form.entry() == campus.site.guard("G42")


def test_a_skill_of_the_campus_is_typed_and_a_typed_name_is_the_skill_itself(open_room: OpenRoom) -> None:
    page = open_room(SUPERVISOR, 2).screen.contacts
    skills = skills_of(page, "G42")
    skills.boxes["fire"].setChecked(False)
    skills.others.setText("无人机、驾驶 无人机")
    guard = page.form.entry()
    assert isinstance(guard, Guard)
    assert guard.skills == ("first_aid", "无人机", "driving")
    page.form.open(guard, seen=guard)
    again = page.form.widget("skills")
    assert isinstance(again, TickedWords)
    assert (again.others.text(), again.boxes["driving"].isChecked()) == ("无人机", True)


def test_a_new_guard_stands_on_the_board_and_a_team_in_use_is_not_removed(
    open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room(SUPERVISOR, 2)
    middle = (100.0, 100.0)
    guard = Guard("", "新来", "New", "", "R900", (), None, middle, "T1")  # type: ignore[arg-type]
    room.presenter.save(None, guard)
    wait_until(lambda: room.campus.database.read(lambda view: len(view.guards.all())) == 45)
    room.pull()
    assert room.state("G45").status is GuardStatus.AVAILABLE
    team: Team = room.presenter.site.teams[0]
    refused: list[str] = []
    room.presenter.refused.connect(lambda error: refused.append(error.code))
    room.presenter.remove(team)
    wait_until(lambda: refused)
    assert refused == ["entry.in_use"]


def test_an_operator_sees_the_list_and_edits_nothing(open_room: OpenRoom) -> None:
    page = open_room(OPERATOR, 2).screen.contacts
    assert page.table.rowCount() == 44
    assert not page.new.isVisible()


def item_data(grid: WeekTable, place: tuple[int, int]) -> object:
    item = grid.item(*place)
    assert item is not None
    return item.data(SLOT)


def test_a_week_that_is_not_read_is_not_said_to_be_manned(open_room: OpenRoom, wait_until: Wait) -> None:
    room = open_room(SUPERVISOR, 1)
    page = room.screen.roster

    def said() -> set[str]:
        cells = (page.gaps.item(row, 1) for row in range(page.gaps.rowCount()))
        return {cell.text() for cell in cells if cell is not None}

    wait_until(lambda: room.roster.is_read and "…" not in said())
    room.roster.week = None
    page.show_present()
    assert said() == {"…"}


def test_a_week_is_planned_and_two_shifts_are_swapped_by_keyboard(
    open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room(SUPERVISOR, 1)
    page = room.screen.roster
    page.after.click()
    wait_until(lambda: room.roster.week is not None and room.roster.week.monday == room.roster.monday)
    wait_until(page.pattern.count)
    page.fill.click()
    wait_until(lambda: room.roster.week is not None and len(room.roster.week.slots) == 231)
    room.screen.show_present()
    grid = page.grid
    grid.setFocus()
    first = next(
        (r, c)
        for r in range(44)
        for c in range(1, 8)
        if (item := grid.item(r, c)) is not None and item.data(SLOT)
    )
    second = next(
        (r, first[1])
        for r in range(first[0] + 1, 44)
        if (item := grid.item(r, first[1])) is not None
        and item.data(SLOT)
        and room.presenter.site.guards[r].team == room.presenter.site.guards[first[0]].team
    )
    ids = [str(item_data(grid, place)) for place in (first, second)]
    for place in (first, second):
        grid.setCurrentCell(*place)
        QTest.keyClick(grid, Qt.Key.Key_X)
    wait_until(lambda: (slot := room.roster.slot(ids[0])) is not None and bool(slot.swapped_with))
    swapped = room.roster.slot(ids[1])
    assert swapped is not None
    assert swapped.guard == room.presenter.site.guards[first[0]].no


def test_filling_a_planned_week_asks_once(open_room: OpenRoom, wait_until: Wait) -> None:
    room = open_room(SUPERVISOR, 1)
    page = room.screen.roster
    page.after.click()
    wait_until(lambda: room.roster.week is not None and room.roster.week.monday == room.roster.monday)
    wait_until(page.pattern.count)
    page.fill.click()
    wait_until(lambda: room.roster.week is not None and bool(room.roster.week.slots))
    before = room.roster.week
    page.fill.click()
    assert "再按一次" in page.message.text()
    assert room.roster.week is before
    page.fill.click()
    wait_until(lambda: room.roster.week is not before)


def test_a_table_with_a_wrong_row_is_taken_in_not_at_all(
    open_room: OpenRoom, wait_until: Wait, tmp_path: Path
) -> None:
    room = open_room(SUPERVISOR, 1)
    table = tmp_path / "week.csv"
    table.write_text(
        "日期,保安编号,上班,下班,岗位编号\n2030-01-07,G01,08:00,16:00,P01\n2030-01-07,G99,08:00,16:00,P01\n",
        encoding="utf-8",
    )
    preview = room.screen.roster.preview
    room.roster.read_table(table)
    wait_until(preview.isVisible)
    assert not preview.take_in.isEnabled()
    line = preview.lines.item(0)
    assert line is not None
    assert "第 3 行" in line.text()
    speak("en")
    QApplication.processEvents()
    line = preview.lines.item(0)
    assert line is not None
    assert "Line 3" in line.text()
    speak("zh")


def test_a_table_of_guards_is_looked_at_then_taken_in(
    open_room: OpenRoom, wait_until: Wait, tmp_path: Path
) -> None:
    room = open_room(SUPERVISOR, 2)
    page = room.screen.contacts
    table = tmp_path / "guards.xlsx"
    room.presenter.export(table)
    wait_until(lambda: "guards.xlsx" in page.message.text())
    book = load_workbook(table)
    book.worksheets[0]["B6"] = "周五一"
    book.save(table)
    room.presenter.read_table(table)
    wait_until(page.preview.isVisible)
    page.preview.take_in.click()
    wait_until(lambda: not page.preview.isVisible())
    room.pull()
    guard = room.presenter.site.guard("G05")
    assert guard is not None
    assert guard.name == "周五一"


def test_a_pattern_that_is_opened_and_saved_unchanged_is_the_same(open_room: OpenRoom) -> None:
    form = open_room(SUPERVISOR, 1).screen.roster.pattern_form
    for pattern in BUILT_IN:
        form.open(pattern)
        assert form.pattern() == pattern


def test_a_pattern_is_read_as_people_write_it(open_room: OpenRoom) -> None:
    form = open_room(SUPERVISOR, 1).screen.roster.pattern_form
    form.open(None)
    form.name.setText("两班")
    form.shifts.setText("白 8：00～20:00；夜 20:00-24:00")
    form.cycle.setText("白白夜夜休休")
    made = form.pattern()
    assert [(s.code, s.begins, s.ends) for s in made.shifts] == [
        ("白", "08:00", "20:00"),
        ("夜", "20:00", "00:00"),
    ]
    assert made.cycle == ("白", "白", "夜", "夜", "", "")


def texts_of(window: QWidget) -> set[str]:
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        # Qt's own arrows of a tab bar, made once in the language of that moment.
        if widget.objectName().startswith("Scroll"):
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            found.add(widget.text())
        if isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
        found |= {widget.toolTip(), widget.accessibleName()}
    return {text for text in found if text}


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_every_page_speaks_english_wholly(open_room: OpenRoom, wait_until: Wait, tab: int) -> None:
    room = open_room(SUPERVISOR, tab)
    wait_until(lambda: room.roster.week is not None or tab != 1)
    speak("en")
    QApplication.processEvents()
    room.screen.show_present()
    assert {text for text in texts_of(room.screen) if HAN.search(text)} == set()


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_everything_that_takes_the_keyboard_can_be_read_aloud(open_room: OpenRoom, tab: int) -> None:
    room = open_room(SUPERVISOR, tab)
    mute = [
        type(widget).__name__
        for widget in room.screen.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, (QLineEdit, QComboBox, QSpinBox, QAbstractItemView, QAbstractButton))
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), (QComboBox, QSpinBox, QFrame))
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert mute == []


def test_the_screen_fits_a_small_monitor(open_room: OpenRoom) -> None:
    """962 × 678 are left of 1366 × 768 by the rail, the side, the top bar and the line for notices."""
    room = open_room(SUPERVISOR)
    for tab in range(3):
        room.screen.tabs.setCurrentIndex(tab)
        room.screen.show_present()
        assert room.screen.minimumSizeHint().width() <= 962
        assert room.screen.minimumSizeHint().height() <= 678
