"""The language of a whole desk, switched while it works: no word is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.domain.linkage import ActionKind
from services.sim.panels import Dialler, Line, Report
from tests.end_to_end.watch_kit import HOST, Watch, Workplace

HAN = re.compile(r"[㐀-鿿]+")
# The button that leads back says so in the language it leads to.
LANGUAGE_NAME = "中文"
TROUBLE = ServiceError("wall.incomplete")
Wait = Callable[..., Any]


def test_a_switched_desk_speaks_english_throughout_and_chinese_again(
    make_watch: Callable[..., Watch],
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.refused")  # this watch has no cameras behind its addresses
    watch = make_watch()
    watch.start_hub()
    seat = sit_down(watch, "wang", "SEAT-1", "incidents")
    desk = seat.desk
    panel = Dialler(Line("1001", HOST, watch.dc09_port), SystemClock())
    assert panel.send(Report("120", 1))
    assert panel.send(Report("120", 2))
    panel.close()
    wait_until(lambda: len(desk.presenters.watch.queue) == 2)
    _send_somebody(seat, wait_until)
    _let_linkage_end(seat, wait_until)
    # Until then the queue says that it has something not yet shown.
    wait_until(lambda: all(alarm.displayed_at for alarm in desk.presenters.watch.queue))
    desk.say(TROUBLE)
    names = chinese_by_right(watch)
    chinese = {screen: texts_of(seat, screen) for screen in ("incidents", "map", "watch")}
    assert all(any(HAN.search(text) for text in texts) for texts in chinese.values())

    desk.shell.language_asked.emit()
    english = {screen: texts_of(seat, screen) for screen in chinese}
    for screen, texts in english.items():
        left = [text for text in texts if HAN.search(_without(text, names))]
        assert left == [], screen

    # The watch goes on meanwhile: terms pass, lamps go out. What was said in English only must be gone.
    desk.shell.language_asked.emit()
    for screen in chinese:
        only_english = set(_lasting(english[screen])) - set(_lasting(chinese[screen]))
        assert only_english, screen
        assert [text for text in _lasting(texts_of(seat, screen)) if text in only_english] == [], screen


def _send_somebody(seat: Workplace, wait_until: Wait) -> None:
    """An incident with a guard on the way, so that its words are on the screens too."""
    desk = seat.desk
    alarm = desk.presenters.watch.queue[0]
    desk.presenters.watch.act_on(alarm.id, "claim")
    wait_until(lambda: desk.live.board.alarms[alarm.id].owner == "wang")
    desk.presenters.dispatch.open_alarm(alarm.id)
    wait_until(lambda: desk.presenters.dispatch.chosen)
    desk.presenters.dispatch.send()
    wait_until(lambda: desk.presenters.dispatch.dispatches)


def _let_linkage_end(seat: Workplace, wait_until: Wait) -> None:
    """All that linkage writes on the screens is there, but for the pictures, which never come here."""
    desk = seat.desk
    desk.shell.show_screen("map")  # an alarm is located when a map shows it

    def has_ended() -> bool:
        linkage = desk.live.board.linkage
        runs = [run for alarm in desk.presenters.watch.queue for run in linkage.get(alarm.id, ())]
        left = {one.action.kind for run in runs for one in run.actions if not one.is_over}
        return bool(runs) and left <= {ActionKind.FEEDS}

    wait_until(has_ended)


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
        yield from (item.text(0) for item in _items(widget.invisibleRootItem()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        indexes = (model.index(row, 0) for row in range(model.rowCount()))
        yield from (str(model.data(index) or "") for index in indexes)


def _items(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    """All below `item`."""
    for number in range(item.childCount()):
        yield item.child(number)
        yield from _items(item.child(number))


def chinese_by_right(watch: Watch) -> list[str]:
    """The names of the operators and what was written down in Chinese, longest first.

    Nothing of the site is among them: it gives the English of all its names.
    """
    found = {LANGUAGE_NAME, "管理员", "王值班", "李值班"}
    board = watch.database.read(lambda view: view.board())
    found |= {incident.content for incident in board.incidents.values()}
    for dispatch in board.dispatches.values():
        found |= {dispatch.order_text, dispatch.why, *(one.why for one in dispatch.ranks)}
    return sorted((name for name in found if HAN.search(name)), key=len, reverse=True)


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def _lasting(texts: list[str]) -> list[str]:
    """Without what grows by itself: clocks and ages."""
    return [re.sub(r"\d+", "#", text) for text in texts]
