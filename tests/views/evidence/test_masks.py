"""What a copy must not show is boxed in on the recording's own picture, by mouse or by keys alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QListWidget, QSlider

from services.domain.audits import AuditSearch
from services.domain.evidence import Mask, MaskKey
from services.domain.people import Limit, Permission, Session
from services.storage import Database
from tests.services.evidence.sealed.conftest import AT
from tests.services.evidence.test_desk import OPERATOR, SUPERVISOR
from tests.ui.test_i18n import HAN
from tests.views.evidence.conftest import Place
from tests.views.evidence.test_evidence_screen import ask
from ui.i18n import speak
from views.evidence.mask_panel import MaskPanel
from views.evidence.mask_presenter import MaskPresenter
from views.evidence.presenter import Prefill

Wait = Callable[..., object]
Open = Callable[[Session], Place]
Key = Qt.Key
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton
S, DAY = timedelta(seconds=1), timedelta(days=1)
SPAN = Prefill(("C01", "C02"), AT + S, AT + 7 * S)

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture(autouse=True)
def _known_disk(disk: Path) -> None:
    """The disk that the pieces of `record` say they lie on."""
    (disk / "shouwang-disk.json").write_text(json.dumps({"disk": "disk"}), encoding="utf-8")


def draw(place: Place, wait_until: Wait) -> MaskPanel:
    """From the request's form to the first picture."""
    place.presenter.begin_form(SPAN)
    place.screen.activateWindow()
    wait_until(place.screen.isActiveWindow)
    place.screen.form.draw.click()
    seen(place, wait_until)
    return place.screen.masks


def seen(place: Place, wait_until: Wait) -> MaskPresenter:
    wait_until(lambda: not place.drawing.is_waiting and place.drawing.picture is not None, 20.0)
    return place.drawing


def press(panel: MaskPanel, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(panel.picture, key, modifier)


def at(panel: MaskPanel, x: float, y: float) -> QPoint:
    """That part of the picture, which lies in the middle of its widget."""
    width = min(panel.picture.width(), panel.picture.height() * 16 / 9)
    left, top = (panel.picture.width() - width) / 2, (panel.picture.height() - width * 9 / 16) / 2
    return QPoint(round(left + x * width), round(top + y * width * 9 / 16))


def drag(panel: MaskPanel, begin: QPoint, end: QPoint) -> None:
    QTest.mousePress(panel.picture, LEFT, NONE, begin)
    QTest.mouseMove(panel.picture, end)
    QTest.mouseRelease(panel.picture, LEFT, NONE, end)


def box_of(key: MaskKey) -> tuple[float, float, float, float]:
    return key.left, key.top, key.width, key.height


def test_keys_alone_lead_a_box_along_and_the_request_carries_it(open_place: Open, wait_until: Wait) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    assert panel.picture.hasFocus()
    press(panel, Key.Key_Space)
    press(panel, Key.Key_Right, SHIFT, 2)
    press(panel, Key.Key_Down, SHIFT, 4)
    press(panel, Key.Key_Space)
    press(panel, Key.Key_PageDown, times=2)
    seen(place, wait_until)
    # Two far steps to the left, one near one up.
    press(panel, Key.Key_Left, ALT | SHIFT, 2)
    press(panel, Key.Key_Up, ALT)
    press(panel, Key.Key_Escape)
    form = place.screen.form
    assert form.isVisible()
    (mask,) = form.wanted().options.masks
    assert [(one.at, box_of(one)) for one in mask.keys] == [
        (AT + S, (0.5, 0.5, 0.125, 0.25)),
        (AT + 3 * S, (0.375, 0.5 - 1 / 128, 0.125, 0.25)),
    ]
    # Beside the originals a mask would hide nothing; who wants it otherwise says so.
    assert not form.wanted().options.keeps_originals
    form.only_copies.setChecked(False)
    assert form.wanted().options.keeps_originals


def test_a_request_keeps_what_was_drawn_in_the_record(
    open_place: Open, wait_until: Wait, database: Database
) -> None:
    place = open_place(SUPERVISOR)
    masks = (Mask("C02", (MaskKey(AT + S, 0.25, 0.25, 0.5, 0.125),)),)
    place.presenter.form_wanted.connect(lambda: place.screen.form.take_masks(masks))
    asked = ask(place, wait_until)
    assert database.read(lambda view: view.evidence.get(asked.id)).options.masks == masks


def test_a_box_is_drawn_dragged_and_drawn_over_by_mouse(open_place: Open, wait_until: Wait) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    drag(panel, at(panel, 0.25, 0.25), at(panel, 0.5, 0.75))
    assert box_of(place.drawing.masks[0].keys[0]) == pytest.approx((0.25, 0.25, 0.25, 0.5), abs=0.01)
    QTest.mouseClick(panel.steps[4], LEFT)
    seen(place, wait_until)
    drag(panel, at(panel, 0.375, 0.5), at(panel, 0.625, 0.5))
    drag(panel, at(panel, 0.1, 0.1), at(panel, 0.2, 0.2))
    (mask,) = place.drawing.masks
    assert [one.at for one in mask.keys] == [AT + S, AT + 2 * S]
    assert box_of(mask.keys[1]) == pytest.approx((0.1, 0.1, 0.1, 0.1), abs=0.01)


def test_a_dragged_box_stays_inside_the_picture_as_large_as_it_is(open_place: Open, wait_until: Wait) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    place.drawing.set_box(0.25, 0.25, 0.5, 0.5)
    drag(panel, at(panel, 0.3, 0.3), at(panel, 0.9, 0.3))
    drag(panel, at(panel, 0.8, 0.3), at(panel, 0.99, 0.3))
    assert box_of(place.drawing.masks[0].keys[0]) == pytest.approx((0.75, 0.25, 0.25, 0.25), abs=0.01)


def test_another_box_is_taken_by_the_hand_but_a_new_one_may_be_drawn_over_it(
    open_place: Open, wait_until: Wait
) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    place.drawing.set_box(0.25, 0.25, 0.5, 0.5)
    place.drawing.choose(-1)
    drag(panel, at(panel, 0.375, 0.375), at(panel, 0.75, 0.75))
    assert len(place.drawing.masks) == 2
    drag(panel, at(panel, 0.3, 0.3), at(panel, 0.2, 0.3))
    first, second = (box_of(mask.keys[0]) for mask in place.drawing.masks)
    assert first == pytest.approx((0.15, 0.25, 0.25, 0.25), abs=0.01)
    assert second == pytest.approx((0.375, 0.375, 0.375, 0.375), abs=0.01)
    assert panel.boxes.currentRow() == 0


def test_keys_and_boxes_are_removed_one_by_one(open_place: Open, wait_until: Wait) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    place.drawing.set_box(0.0, 0.0, 0.25, 0.25)
    press(panel, Key.Key_PageDown)
    seen(place, wait_until)
    place.drawing.move_box(0.5, 0.0)
    press(panel, Key.Key_Insert)
    place.drawing.set_box(0.5, 0.5, 0.75, 0.75)
    assert [len(mask.keys) for mask in place.drawing.masks] == [2, 1]
    panel.boxes.setCurrentRow(0)
    press(panel, Key.Key_BracketLeft)
    seen(place, wait_until)
    assert panel.keys.currentRow() == 0
    press(panel, Key.Key_Delete)
    # Between keys, or after the last, there is none to remove.
    press(panel, Key.Key_Delete)
    assert [[one.at for one in mask.keys] for mask in place.drawing.masks] == [[AT + 2 * S], [AT + 2 * S]]
    press(panel, Key.Key_Delete, CTRL)
    assert [one.keys[0].left for one in place.drawing.masks] == [0.5]
    press(panel, Key.Key_BracketRight)
    seen(place, wait_until)
    press(panel, Key.Key_Delete)
    assert place.drawing.masks == ()


def test_a_box_drawn_before_the_next_picture_is_there_belongs_to_the_one_in_front(
    open_place: Open, wait_until: Wait
) -> None:
    place = open_place(SUPERVISOR)
    draw(place, wait_until)
    place.drawing.step(3 * S)
    assert place.drawing.is_waiting
    place.drawing.set_box(0.25, 0.25, 0.5, 0.5)
    seen(place, wait_until)
    place.drawing.set_box(0.5, 0.25, 0.75, 0.5)
    assert [one.at for one in place.drawing.masks[0].keys] == [AT + S, AT + 4 * S]


def test_a_key_stands_at_the_time_of_its_picture_not_of_the_slider(
    open_place: Open, wait_until: Wait
) -> None:
    """Pictures come every 40 ms: 1.250 s shows that of 1.240 s."""
    place = open_place(SUPERVISOR)
    draw(place, wait_until)
    place.drawing.go(AT + 1.25 * S)
    seen(place, wait_until).set_box(0.25, 0.25, 0.5, 0.5)
    assert place.drawing.masks[0].keys[0].at == AT + 1.24 * S
    assert place.drawing.at == AT + 1.25 * S


def test_each_camera_has_its_boxes_and_those_of_one_not_asked_for_wait(
    open_place: Open, wait_until: Wait
) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    for camera in ("C01", "C02"):
        place.drawing.use_camera(camera)
        seen(place, wait_until).set_box(0.25, 0.25, 0.5, 0.5)
        assert panel.boxes.count() == 1
    press(panel, Key.Key_Return, CTRL)
    form = place.screen.form
    assert [mask.camera for mask in form.wanted().options.masks] == ["C01", "C02"]
    form.tick(["C02"])
    assert [mask.camera for mask in form.wanted().options.masks] == ["C02"]
    form.tick(["C01", "C02"])
    assert {mask.camera for mask in form.wanted().options.masks} == {"C01", "C02"}


def test_originals_are_never_given_beside_masks_but_by_hand(open_place: Open) -> None:
    place = open_place(SUPERVISOR)
    place.presenter.begin_form(SPAN)
    form = place.screen.form
    masks = (Mask("C02", (MaskKey(AT + S, 0.25, 0.25, 0.5, 0.125),)),)
    form.take_masks(masks)
    # The list of cameras is made anew when the site or the language is another.
    form.show_site()
    assert not form.wanted().options.keeps_originals
    form.tick(["C01"])
    assert form.wanted().options.keeps_originals
    form.tick(["C01", "C02"])
    assert form.wanted().options.masks == masks
    assert not form.wanted().options.keeps_originals
    form.only_copies.setChecked(False)
    form.show_site()
    assert form.wanted().options.keeps_originals


def test_the_picture_can_be_seen_as_the_copy_will_show_it(open_place: Open, wait_until: Wait) -> None:
    """The pictures are of one grey each: a corner is made black to be told from it."""
    place = open_place(SUPERVISOR)
    draw(place, wait_until)
    picture = place.drawing.picture
    assert picture is not None
    picture.setPixelColor(10, 10, Qt.GlobalColor.black)
    place.drawing.set_box(0.0, 0.0, 0.5, 0.5)
    place.drawing.veil(True)
    veiled = place.drawing.picture
    assert veiled is not None
    assert veiled.pixelColor(10, 10).value() > 10
    assert picture.pixelColor(10, 10).value() == 0


def test_where_nothing_was_recorded_it_is_said(open_place: Open, wait_until: Wait) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    place.drawing.open(["C01"], AT - 10 * S, AT - 5 * S, ())
    wait_until(lambda: not place.drawing.is_waiting)
    assert place.drawing.picture is None
    assert "没有录像" in panel.moment.text()
    assert "没有录像" in panel.picture.absent


def test_each_camera_looked_at_is_in_the_audit_once(
    open_place: Open, wait_until: Wait, database: Database
) -> None:
    place = open_place(SUPERVISOR)
    draw(place, wait_until)
    for work in (partial(place.drawing.step, S), partial(place.drawing.use_camera, "C02")):
        work()
        seen(place, wait_until)
    search = AuditSearch(AT - 400 * DAY, AT + 400 * DAY, action="recording.viewed")
    rows = database.read(lambda view: view.audit_rows.page(search, 20))
    assert [(row.actor, row.object) for row in rows] == [("zhou", "C02"), ("zhou", "C01")]


def test_a_camera_that_is_barred_shows_no_picture_and_says_why(open_place: Open, wait_until: Wait) -> None:
    barred = replace(SUPERVISOR, limits=(Limit(Permission.WATCH, cameras=("C02",)),))
    place = open_place(barred)
    panel = draw(place, wait_until)
    place.drawing.use_camera("C02")
    wait_until(lambda: not place.drawing.is_waiting)
    assert place.drawing.picture is None
    assert panel.said.text()
    assert panel.picture.absent == panel.said.text()


def test_who_may_not_review_is_not_led_to_the_picture(open_place: Open, wait_until: Wait) -> None:
    place = open_place(OPERATOR)
    place.presenter.begin_form(SPAN)
    form = place.screen.form
    wait_until(form.isVisible)
    assert not form.draw.isEnabled()
    assert "复核" in form.draw.toolTip()


def test_a_new_request_cannot_be_begun_by_a_slip_of_the_hand_while_drawing(
    open_place: Open, wait_until: Wait
) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    place.drawing.set_box(0.25, 0.25, 0.5, 0.5)
    press(panel, Key.Key_N, CTRL)
    assert panel.isVisible()
    assert len(place.drawing.masks) == 1


def test_every_control_is_named_and_english_leaves_no_chinese(
    open_place: Open, wait_until: Wait, qapp: QApplication
) -> None:
    place = open_place(SUPERVISOR)
    panel = draw(place, wait_until)
    speak("en")
    qapp.processEvents()
    seen(place, wait_until).set_box(0.25, 0.25, 0.5, 0.5)
    for kind in (QAbstractButton, QComboBox, QListWidget, QSlider):
        for widget in panel.findChildren(kind):
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    shown = [label.text() for label in panel.findChildren(QLabel)]
    shown += [button.text() for button in panel.findChildren(QAbstractButton)]
    shown += [panel.boxes.item(0).text(), panel.picture.accessibleName()]
    assert [text for text in shown if HAN.search(text)] == []


# Two boxes of C02, one of which moves; what the second seat must see and cannot change.
MASKS = (
    Mask("C02", (MaskKey(AT + 2 * S, 0.25, 0.25, 0.5, 0.125), MaskKey(AT + 4 * S, 0.375, 0.25, 0.5, 0.125))),
    Mask("C02", (MaskKey(AT + 2 * S, 0.0, 0.5, 0.25, 0.25),)),
)


def look(asker: Place, approver: Place, wait_until: Wait) -> MaskPanel:
    """Asked for at one seat with MASKS, looked at from the other's page of the request."""
    asker.presenter.form_wanted.connect(lambda: asker.screen.form.take_masks(MASKS))
    asked = ask(asker, wait_until)
    approver.presenter.refresh()
    wait_until(lambda: approver.is_idle)
    approver.presenter.choose(asked.id)
    approver.screen.activateWindow()
    wait_until(approver.screen.isActiveWindow)
    QTest.keyClick(approver.screen.chosen, Key.Key_B, CTRL)
    wait_until(approver.screen.masks.isVisible)
    seen(approver, wait_until)
    return approver.screen.masks


def test_who_decides_sees_where_the_boxes_lie_beginning_with_a_camera_that_has_some(
    open_place: Open, wait_until: Wait
) -> None:
    approver = open_place(SUPERVISOR)
    panel = look(open_place(OPERATOR), approver, wait_until)
    drawing = approver.drawing
    assert (drawing.camera, drawing.cameras) == ("C02", ("C02", "C01"))
    asked = approver.presenter.chosen
    assert asked is not None
    assert (drawing.since, drawing.until) == (asked.takes[0].since, asked.takes[0].until)
    assert drawing.box is not None
    assert box_of(drawing.box) == (0.25, 0.25, 0.5, 0.125)
    assert [box_of(one) for one in drawing.others] == [(0.0, 0.5, 0.25, 0.25)]
    # Half-way between two keys the box is half-way between its two places.
    press(panel, Key.Key_PageDown)
    seen(approver, wait_until)
    wait_until(lambda: drawing.seen_at > AT + 2 * S)
    box = drawing.box
    assert box is not None
    share = (drawing.seen_at - AT - 2 * S) / (2 * S)
    assert box.left == pytest.approx(0.25 + 0.125 * share, abs=1e-6)


def test_who_decides_changes_nothing_by_mouse_or_key(open_place: Open, wait_until: Wait) -> None:
    approver = open_place(SUPERVISOR)
    panel = look(open_place(OPERATOR), approver, wait_until)
    picture = panel.picture
    drag(panel, at(panel, 0.5, 0.3), at(panel, 0.6, 0.6))
    drag(panel, at(panel, 0.8, 0.7), at(panel, 0.95, 0.9))
    picture.setFocus()
    for key, held in (
        (Key.Key_Space, NONE),
        (Key.Key_Right, SHIFT),
        (Key.Key_Space, NONE),
        (Key.Key_Delete, NONE),
        (Key.Key_Delete, CTRL),
        (Key.Key_Insert, NONE),
        (Key.Key_Left, ALT),
    ):
        press(panel, key, held)
    approver.drawing.set_box(0.1, 0.1, 0.5, 0.5)
    approver.drawing.remove_key()
    approver.drawing.remove_box()
    assert approver.drawing.masks == MASKS
    assert not any(one.isVisible() for one in (panel.add, panel.remove_box, panel.remove_key))
    # A click on another box tells its keys.
    QTest.mouseClick(picture, LEFT, NONE, at(panel, 0.1, 0.6))
    assert approver.drawing.chosen == MASKS[1]
    press(panel, Key.Key_Escape)
    assert approver.screen.split.isVisible()


def test_looking_takes_nothing_from_a_request_that_is_being_written(
    open_place: Open, wait_until: Wait
) -> None:
    approver = open_place(SUPERVISOR)
    own = (Mask("C01", (MaskKey(AT + 2 * S, 0.5, 0.5, 0.25, 0.25),)),)
    approver.presenter.begin_form(SPAN)
    approver.screen.form.take_masks(own)
    panel = look(open_place(OPERATOR), approver, wait_until)
    press(panel, Key.Key_Escape)
    assert approver.screen.form.masks == own
    approver.screen.form.draw.click()
    assert panel.add.isVisible()
    assert approver.drawing.masks == own


def test_without_boxes_or_without_the_right_there_is_nothing_to_look_at(
    open_place: Open, wait_until: Wait
) -> None:
    operator, approver = open_place(OPERATOR), open_place(SUPERVISOR)
    bare = ask(operator, wait_until)
    for place in (operator, approver):
        place.presenter.refresh()
        wait_until(lambda one=place: one.is_idle)
        place.presenter.choose(bare.id)
        assert not place.screen.chosen.buttons["masks"].isVisible()
    operator.presenter.form_wanted.connect(lambda: operator.screen.form.take_masks(MASKS))
    boxed = ask(operator, wait_until)
    operator.presenter.choose(boxed.id)
    assert boxed.options.masks == MASKS
    assert not operator.screen.chosen.buttons["masks"].isVisible()
