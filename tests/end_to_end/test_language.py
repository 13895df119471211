"""The language of a whole desk, switched while it works: no word is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTreeWidget, QWidget

from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.sim.panels import Dialler, Line, Report
from tests.end_to_end.watch_kit import HOST, Watch, Workplace

HAN = re.compile(r"[㐀-鿿]+")
# The button that leads back says so in the language it leads to.
LANGUAGE_NAME = "中文"
Wait = Callable[..., Any]


def test_a_switched_desk_speaks_english_throughout_and_chinese_again(
    make_watch: Callable[..., Watch], sit_down: Callable[..., Workplace], wait_until: Wait
) -> None:
    watch = make_watch()
    watch.start_hub()
    seat = sit_down(watch, "wang", "SEAT-1", "incidents")
    desk = seat.desk
    panel = Dialler(Line("1001", HOST, watch.dc09_port), SystemClock())
    assert panel.send(Report("120", 1))
    assert panel.send(Report("120", 2))
    panel.close()
    wait_until(lambda: len(desk.watch.queue) == 2, timeout_s=20)
    _send_somebody(seat, wait_until)
    desk.say(ServiceError("hub.not_running"))
    names = proper_names(watch)
    chinese = {screen: texts_of(seat, screen) for screen in ("incidents", "map")}
    assert all(any(HAN.search(text) for text in texts) for texts in chinese.values())

    desk.shell.language_asked.emit()
    for screen in chinese:
        left = [text for text in texts_of(seat, screen) if HAN.search(_without(text, names))]
        assert left == [], screen

    desk.shell.language_asked.emit()
    assert {screen: _lasting(texts_of(seat, screen)) for screen in chinese} == {
        screen: _lasting(texts) for screen, texts in chinese.items()
    }


def _send_somebody(seat: Workplace, wait_until: Wait) -> None:
    """An incident with a guard on the way, so that its words are on the screens too."""
    desk = seat.desk
    alarm = desk.watch.queue[0]
    desk.watch.act_on(alarm.id, "claim")
    wait_until(lambda: desk.live.board.alarms[alarm.id].owner == "wang", timeout_s=20)
    desk.dispatch.open_alarm(alarm.id)
    wait_until(lambda: desk.dispatch.chosen, timeout_s=20)
    desk.dispatch.send()
    wait_until(lambda: desk.dispatch.dispatches, timeout_s=20)


def texts_of(seat: Workplace, screen: str) -> list[str]:
    """Every text a person can read or hear read on the window, in the order of its widgets."""
    desk = seat.desk
    desk.shell.show_screen(screen)
    seat.press(Qt.Key.Key_Shift)  # lets the layout and the deferred words settle
    widgets = [desk.shell, *desk.shell.findChildren(QWidget)]
    return [text for widget in widgets if widget.isVisible() for text in _texts(widget) if text]


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.accessibleName()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QTreeWidget):
        header = widget.headerItem()
        yield from (header.text(column) for column in range(widget.columnCount()))


def proper_names(watch: Watch) -> list[str]:
    """Every text of the site file and the names of the people, longest first."""
    found = {LANGUAGE_NAME, "管理员", "王值班", "李值班"}
    _collect(watch.site, found)
    board = watch.database.read(lambda view: view.board())
    for incident in board.incidents.values():
        # Written by a person or kept as it was recorded.
        found |= {incident.title, incident.content}
    for dispatch in board.dispatches.values():
        found |= {dispatch.order_text, dispatch.why}
    return sorted((name for name in found if HAN.search(name)), key=len, reverse=True)


def _collect(value: object, found: set[str]) -> None:
    if isinstance(value, str):
        found.add(value)
    elif isinstance(value, tuple):
        for one in value:
            _collect(one, found)
    elif is_dataclass(value):
        for field in fields(value):
            _collect(getattr(value, field.name), found)


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def _lasting(texts: list[str]) -> list[str]:
    """Without what grows by itself: clocks and ages."""
    return [re.sub(r"\d+", "#", text) for text in texts]
