"""Taking a report by keyboard and map: one alarm per form, likenesses shown, attaching when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from services.alarms.reporting import ReportDesk, ReportKind
from services.campus.sight import Sight
from services.core.jobs import Jobs
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from tests.ui.test_i18n import HAN
from tests.views.seat import OPERATOR, Campus
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.map.canvas import MapCanvas
from ui.text.places import learn_names
from views.calltaking.dialog import CallDialog
from views.calltaking.presenter import CallPresenter

Wait = Callable[..., object]


class Room:
    """The form on a real record; `done` = what it raised or attached to."""

    def __init__(self, campus: Campus, jobs: UiJobs) -> None:
        self.campus = campus
        desk = ReportDesk(campus.database, campus.clock, campus.site, Sight(campus.site).feeds_for)
        self.presenter = CallPresenter(campus.site, desk, OPERATOR, jobs)
        self.dialog = CallDialog(self.presenter, clock=campus.clock)
        self.done: list[Alarm] = []
        self.presenter.done.connect(self.done.append)

    def alarms(self) -> list[Alarm]:
        return self.campus.database.read(lambda view: view.alarms.open())


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, wait_until: Wait) -> Iterator[Room]:
    campus = Campus(tmp_path)
    learn_names(campus.site)
    pool = Jobs("calls", threads=2)
    jobs = UiJobs(pool)
    made = Room(campus, jobs)
    qtbot.addWidget(made.dialog)
    yield made
    wait_until(lambda: jobs.is_idle)
    jobs.close()
    pool.stop()
    campus.close()
    speak("zh")


def press(key: Qt.Key, room: Room, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(QApplication.focusWidget() or room.dialog, key, held)


def test_a_call_is_taken_with_the_keyboard_alone(room: Room, wait_until: Wait) -> None:
    dialog = room.dialog
    dialog.open_at()
    wait_until(dialog.isActiveWindow)
    press(Qt.Key.Key_2, room, Qt.KeyboardModifier.AltModifier)
    assert dialog.kind is ReportKind.FIRE
    QTest.keyClicks(dialog.place, "x")
    dialog.place.setText("图书馆")
    press(Qt.Key.Key_Tab, room)
    QTest.keyClicks(QApplication.focusWidget(), "smoke")
    press(Qt.Key.Key_Return, room, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: room.done)
    (alarm,) = room.alarms()
    assert (alarm.alarm_class, alarm.place, alarm.note) == (AlarmClass.FIRE, "图书馆", "smoke")
    assert alarm.at is not None  # the place's own spot
    assert alarm.feeds
    assert not dialog.isVisible()


def test_a_click_on_the_plan_names_the_place_and_leaves_what_a_person_wrote(room: Room) -> None:
    dialog = room.dialog
    library = room.presenter.spot_of("图书馆")
    assert library is not None
    dialog.open_at(library)
    assert dialog.place.text() == "图书馆"
    dialog.place.setText("图书馆三楼")
    dialog.picker.set_point((10.0, 10.0))
    dialog.picker.placed.emit(10.0, 10.0)
    assert dialog.place.text() == "图书馆三楼"


def test_what_is_like_it_is_shown_and_can_be_attached_to(room: Room, wait_until: Wait) -> None:
    first = room.campus.ring("Z07")  # the panic button of the library
    dialog = room.dialog
    dialog.open_at(room.presenter.spot_of("图书馆"))
    wait_until(dialog.attach.isVisible)
    assert "图书馆" in dialog.similar.item(0).text()
    dialog.text.setPlainText("电话报警")
    dialog.attach.click()
    wait_until(lambda: room.done)
    (alarm,) = room.alarms()
    assert (alarm.id, alarm.occurrence_count, alarm.note) == (first, 2, "电话报警")


def test_it_can_be_raised_anyway(room: Room, wait_until: Wait) -> None:
    room.campus.ring("Z07")
    dialog = room.dialog
    dialog.open_at(room.presenter.spot_of("图书馆"))
    wait_until(dialog.attach.isVisible)
    dialog.send.click()
    wait_until(lambda: room.done)
    assert len(room.alarms()) == 2


def test_pressing_twice_reports_once_and_a_refusal_keeps_what_was_typed(room: Room, wait_until: Wait) -> None:
    dialog = room.dialog
    dialog.open_at()
    dialog.text.setPlainText("打架")
    dialog.send.click()
    wait_until(lambda: "还没有写位置" in dialog.message.text())
    assert dialog.text.toPlainText() == "打架"
    dialog.place.setText("校外路口")
    dialog.send.click()
    dialog.send.click()
    wait_until(lambda: room.done)
    (alarm,) = room.alarms()
    assert (alarm.at, alarm.feeds, alarm.occurrence_count) == (None, (), 1)


def test_the_next_form_is_empty(room: Room, wait_until: Wait) -> None:
    dialog = room.dialog
    dialog.open_at(room.presenter.spot_of("图书馆"))
    dialog.phone.setText("110")
    dialog.send.click()
    wait_until(lambda: room.done)
    dialog.open_at()
    assert (dialog.place.text(), dialog.phone.text(), dialog.picker.point) == ("", "", None)


def test_the_form_never_stands_in_the_way(room: Room) -> None:
    room.dialog.open_at()
    assert not room.dialog.isModal()


def test_the_plan_offers_it_only_where_it_was_offered(qtbot: QtBot, room: Room) -> None:
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 420)
    canvas.set_site(room.campus.site)
    wanted: list[tuple[float, float]] = []
    canvas.report_wanted.connect(lambda x, y: wanted.append((x, y)))
    middle = QPoint(300, 210)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, canvas.mapToGlobal(middle))
    canvas.contextMenuEvent(event)
    assert canvas.findChildren(QMenu) == []
    canvas.offer_report()
    canvas.contextMenuEvent(event)
    (menu,) = canvas.findChildren(QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert [(round(x), round(y)) for x, y in wanted] == [(250, 175)]


def test_the_form_speaks_english_wholly(room: Room) -> None:
    dialog = room.dialog
    dialog.open_at()
    speak("en")
    QApplication.processEvents()
    texts = {w.text() for kind in (QLabel, QPushButton) for w in dialog.findChildren(kind)}
    texts |= {dialog.windowTitle(), dialog.place.placeholderText(), dialog.text.placeholderText()}
    assert {text for text in texts if HAN.search(text)} == set()
