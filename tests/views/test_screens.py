"""Every screen opens, retranslates and closes; keys and pointers reach what they should."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from services.domain.alarms import AlarmState, Verdict
from services.domain.incidents import DispatchState
from tests.ui.test_i18n import HAN
from tests.views.seat import OPERATOR, OTHER, Campus, Seat
from ui.i18n import speak
from ui.text import sentence
from views.dispatch.screen import LEAST_HEIGHT_PX
from views.manual.screen import ManualWindow

Wait = Callable[..., object]
OpenSeat = Callable[..., Seat]


def press(seat: Seat, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or seat.shell, key)


def test_f1_f4_enter_claims_and_sends_the_recommended_guard(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.highlighted)
    press(seat, Qt.Key.Key_F1)
    wait_until(lambda: seat.watch.queue[0].owner == "wang")
    press(seat, Qt.Key.Key_F4)
    wait_until(lambda: seat.panel.isVisible() and seat.dispatch.candidates)
    best = seat.dispatch.candidates[0].guard.no
    press(seat, Qt.Key.Key_Return)
    wait_until(lambda: seat.dispatch.dispatches)
    assert (seat.dispatch.dispatches[0].guard, seat.refusals) == (best, [])
    stored = campus.database.read(lambda view: view.alarms.get(alarm_id))
    assert stored.incident


def test_the_panic_alarm_is_painted_over_the_east_gate_and_reported(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    campus.ring("Z01")
    wait_until(lambda: seat.watch.queue and seat.watch.queue[0].first_frame_at)
    alarm = seat.watch.queue[0]
    assert alarm.displayed_at is not None
    assert alarm.linkage_ms is not None
    assert seat.screen.wall.content(seat.wall.plan.cameras.index("C01")) is not None
    assert not seat.column_is_staged


def test_a_single_view_elsewhere_brings_the_stage_and_keeps_the_focus(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    seat.wall.put_camera(0, "C24")
    seat.wall.set_layout("1")
    seat.screen.bar.show_list(True)
    seat.screen.tree.focus_filter()
    before = QApplication.focusWidget()
    campus.ring("Z01")
    wait_until(lambda: seat.column_is_staged)
    assert QApplication.focusWidget() is before
    wait_until(lambda: seat.watch.queue[0].displayed_at)


def test_escape_leaves_reason_then_panel_then_the_picked_alarm(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.highlighted)
    seat.watch.act_on(alarm_id, "dispatch")
    wait_until(seat.panel.isVisible)
    wait_until(lambda: seat.watch.queue[0].owner == "wang")  # only its owner may call it false
    press(seat, Qt.Key.Key_F3)
    wait_until(seat.side.reason.isVisible)
    press(seat, Qt.Key.Key_Escape)
    assert (seat.side.reason.isVisible(), seat.panel.isVisible()) == (False, True)
    press(seat, Qt.Key.Key_Escape)
    assert not seat.panel.isVisible()


def test_digits_recall_layouts_but_stay_text_in_a_text_field(open_seat: OpenSeat, wait_until: Wait) -> None:
    seat = open_seat()
    press(seat, Qt.Key.Key_2)
    wait_until(lambda: seat.wall.plan.layout == "4")
    seat.screen.bar.show_list(True)
    seat.screen.tree.focus_filter()
    press(seat, Qt.Key.Key_1)
    assert seat.wall.plan.layout == "4"
    assert seat.screen.tree.shown_numbers()[0].find("1") > 0


def test_the_camera_list_is_filtered_by_initials(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.screen.tree.set_filter("tsg")
    assert seat.screen.tree.shown_numbers() == ["C16"]
    seat.screen.tree.set_filter("")
    assert len(seat.screen.tree.shown_numbers()) == 24


def test_double_click_shows_one_picture_and_escape_goes_back(open_seat: OpenSeat) -> None:
    seat = open_seat()
    wall = seat.screen.wall
    QTest.mouseDClick(wall, Qt.MouseButton.LeftButton, pos=wall.tile_rect(1).center())
    assert wall.single == 1
    press(seat, Qt.Key.Key_Escape)
    assert wall.single is None


def test_a_claim_elsewhere_is_seen_here_with_the_owners_name(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.queue)
    campus.alarms.claim(OTHER, alarm_id)
    wait_until(lambda: seat.watch.queue[0].owner_name == "李值班")
    assert seat.watch.plates["C01"][0].owner == "李值班"
    assert seat.side.queue.shown_ids() == []


def test_ten_alarms_at_once_are_all_kept_and_told_apart(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    raised = {campus.ring(zone.no) for zone in campus.site.zones[:12]}
    wait_until(lambda: len(seat.watch.queue) == len(raised))
    assert set(seat.side.queue.reachable_ids()) == raised
    priorities = [alarm.priority for alarm in seat.watch.queue]
    assert priorities == sorted(priorities)


def test_feedback_on_the_second_seat_ends_the_order(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.queue)
    seat.watch.act_on(alarm_id, "dispatch")
    wait_until(lambda: seat.dispatch.candidates)
    seat.dispatch.send()
    wait_until(lambda: seat.incidents.dispatches)
    seat.shell.show_screen("incidents")
    dispatch_id = seat.incidents.dispatches[0].id
    card = seat.board.detail.orders.card(dispatch_id)
    for _ in range(4):
        was = seat.incidents.dispatches[0].state
        card.advance_button.click()
        wait_until(lambda was=was: seat.incidents.dispatches[0].state is not was)
    assert seat.incidents.dispatches[0].state is DispatchState.DONE
    card.feedback.result.setText("学生误按，已教育")
    card.feedback.send.click()
    wait_until(lambda: seat.incidents.dispatches[0].state is DispatchState.CLOSED)


def test_the_small_map_shows_all_again_when_the_alarm_it_was_brought_to_has_ended(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    whole = seat.side.map.px_per_m
    alarm_id = campus.ring("Z11")
    wait_until(lambda: seat.watch.highlighted)
    seat.side.queue.alarm_opened.emit(alarm_id)
    assert seat.side.map.px_per_m > whole
    campus.alarms.claim(OPERATOR, alarm_id)
    campus.alarms.decide(OPERATOR, alarm_id, Verdict.FALSE_REPORT, "野猫")
    campus.alarms.reset(OPERATOR, alarm_id, "现场已查看")
    wait_until(lambda: not seat.watch.queue)
    wait_until(lambda: seat.side.map.px_per_m == whole)


def test_the_dispatch_panel_leaves_the_wall_the_greater_part(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    seat.shell.resize(1366, 768)
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.highlighted)
    seat.watch.act_on(alarm_id, "dispatch")
    wait_until(lambda: seat.panel.isVisible() and seat.dispatch.candidates)
    wait_until(lambda: seat.panel.height() <= max(LEAST_HEIGHT_PX, 0.42 * seat.screen.height()))


def test_hostile_names_are_shown_as_plain_text(campus: Campus, open_seat: OpenSeat, wait_until: Wait) -> None:
    seat = open_seat()
    campus.ring("Z01")
    wait_until(lambda: seat.watch.queue)
    labels = [label for label in seat.shell.findChildren(QLabel) if label.text()]
    shows_data = [label for label in labels if "东门" in label.text()]
    assert shows_data
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in shows_data)


@pytest.mark.parametrize("screen", ["watch", "incidents"])
def test_a_screen_speaks_english_wholly_and_chinese_again(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait, screen: str
) -> None:
    seat = open_seat()
    campus.ring("Z01")
    wait_until(lambda: seat.watch.queue)
    seat.shell.show_screen(screen)
    chinese = texts_of(seat.shell)
    speak("en")
    QApplication.processEvents()
    ours = {text for text in texts_of(seat.shell) if HAN.search(text)}
    names = {campus.site.name, "中文", seat.session.display_name}
    assert {text for text in ours if not any(name in text for name in names)} <= {"派警", "值守", "警情"}
    speak("zh")
    QApplication.processEvents()
    assert texts_of(seat.shell) == chinese


def texts_of(window: QWidget) -> set[str]:
    """All texts of labels, buttons, hints and accessible names that a person could meet."""
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        # Qt's own arrows of a tab bar, made once in the language of that moment and never shown here.
        if widget.objectName().startswith("Scroll"):
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            found.add(widget.text())
        if isinstance(widget, (QLineEdit, QPlainTextEdit)):
            found.add(widget.placeholderText())
        found |= {widget.toolTip(), widget.accessibleName()}
    # The clock goes on while we look.
    return {text for text in found if text and not re.search(r"\d\d:\d\d:\d\d", text)}


def test_everything_that_takes_the_keyboard_can_be_read_aloud(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.queue)
    seat.watch.act_on(alarm_id, "dispatch")
    wait_until(seat.panel.isVisible)
    mute = [
        type(widget).__name__
        for widget in seat.shell.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, (QLineEdit, QPlainTextEdit, QAbstractItemView, QAbstractButton))
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert mute == []


def test_the_manual_opens_in_both_languages_and_leaves_nothing(qapp: QApplication) -> None:
    window = ManualWindow()
    window.show()
    assert "接警" in window.browser.toPlainText()
    speak("en")
    qapp.processEvents()
    assert "claim" in window.browser.toPlainText()
    speak("zh")
    window.close()
    window.deleteLater()


def test_a_refusal_is_a_sentence_not_a_box(campus: Campus, open_seat: OpenSeat, wait_until: Wait) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.queue)
    seat.watch.reset(alarm_id)
    wait_until(lambda: seat.refusals)
    assert "还没有研判结论" in sentence(seat.refusals[0])
    assert QApplication.activeModalWidget() is None
    assert campus.database.read(lambda view: view.alarms.get(alarm_id)).state is AlarmState.NEW
