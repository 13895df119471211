from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pictures import manual_clock
from ui.fonts import install_fonts
from ui.i18n import speak
from ui.shell import LampState, ScreenEntry, Severity, Shell
from ui.shell.elided import ElidedLabel
from ui.shell.rail import Rail
from ui.text.sentence_table import SENTENCES
from ui.theme import style_sheet, tokens


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    made = Shell(clock=manual_clock())
    qtbot.addWidget(made)
    made.set_screens([ScreenEntry("watch", "watch"), ScreenEntry("incidents", "incidents")])
    made.label_screen("watch", "值守")
    made.label_screen("incidents", "警情")
    made.add_screen("watch", QLabel("watch"))
    made.add_screen("incidents", QLabel("incidents"))
    made.show_screen("watch")
    made.show()
    return made


def test_the_rail_brings_a_screen_to_the_front(qtbot: QtBot, shell: Shell) -> None:
    button = shell.rail._buttons["incidents"]
    with qtbot.waitSignal(shell.screen_chosen, timeout=60_000) as chosen:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (chosen.args, shell.front_screen, button.accessibleName()) == (["incidents"], "incidents", "警情")


def test_screens_without_room_on_the_rail_are_behind_its_last_button(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    names = [f"screen{number}" for number in range(9)]
    rail.set_entries([ScreenEntry(name, "watch") for name in names])
    for name in names:
        rail.label(name, name)
    rail.resize(rail.width(), 5 * 58 + 16)
    rail.show()

    def on_rail() -> list[str]:
        return [name for name in names if rail._buttons[name].isVisible()]

    def behind() -> list[str]:
        return [action.text() for action in rail._others.actions()]

    assert (on_rail(), behind()) == (names[:4], names[4:])
    with qtbot.waitSignal(rail.screen_chosen, timeout=60_000) as chosen:
        rail._others.actions()[2].trigger()
    assert chosen.args == ["screen6"]
    rail.mark("screen6")
    assert sorted(on_rail() + behind()) == names
    assert on_rail() == [*names[:3], "screen6"]
    rail.resize(rail.width(), 9 * 58 + 16)
    assert (on_rail(), behind(), rail._more.isVisible()) == (names, [], False)


def test_an_unknown_screen_is_refused(shell: Shell) -> None:
    with pytest.raises(KeyError):
        shell.show_screen("nowhere")


def test_lamps_say_in_words_what_their_colour_shows(shell: Shell) -> None:
    shell.set_lamp("database", LampState.BAD, "数据库连不上")
    shell.set_lamp("recording", LampState.ABSENT)
    shell.set_cameras(23, 24)
    assert shell.top_bar.lamp("database").text == "数据库 故障"
    assert shell.top_bar.lamp("database").toolTip() == "数据库连不上"
    assert shell.top_bar.lamp("recording").text == "录像 未启用"
    assert shell.top_bar.lamp("cameras").text == "摄像机 23/24"
    assert shell.top_bar.lamp("cameras").state is LampState.WARNING


def test_lamps_differ_in_shape(shell: Shell) -> None:
    lamp = shell.top_bar.lamp("receiver")
    seen = set()
    for state in (LampState.GOOD, LampState.WARNING, LampState.BAD, LampState.UNKNOWN):
        lamp.show_state(state, "")
        image = lamp.grab().toImage()
        ground = image.pixelColor(0, 0)
        seen.add(tuple(image.pixelColor(x, y) == ground for x in range(12) for y in range(10, 24)))
    assert len(seen) == 4


def test_trouble_stays_until_dismissed_and_can_be_copied(qtbot: QtBot, shell: Shell) -> None:
    shell.say("数据库暂时连不上")
    assert shell.banner.isVisible()
    copy, close = shell.banner.findChildren(QPushButton)
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "数据库暂时连不上"
    with qtbot.waitSignal(shell.banner.dismissed, timeout=60_000):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not shell.banner.isVisible()


def test_what_a_notice_said_can_be_read_after_it_has_gone(shell: Shell) -> None:
    last = shell.notices.last
    assert last.text() == ""
    shell.say("数据库暂时连不上")
    assert not last.isVisible()
    shell.say("")
    assert last.isVisible()
    assert last.text().endswith("  数据库暂时连不上")
    shell.say("已保存")
    shell.banner.findChildren(QPushButton)[1].click()
    assert last.isVisible()
    assert last.text().endswith("  已保存")


@pytest.mark.parametrize("is_full", [False, True])
def test_a_notice_moves_nothing_as_it_comes_and_goes(
    shell: Shell, qapp: QApplication, *, is_full: bool
) -> None:
    shell.resize(1366, 768)
    if is_full:
        shell.toggle_full()
    screen = shell.front
    assert screen is not None
    places = []
    for sentence in ("", "数据库暂时连不上，报警仍在接收。" * 4, ""):
        shell.say(sentence)
        qapp.processEvents()
        places.append(QRect(screen.mapToGlobal(QPoint(0, 0)), screen.size()))
        assert shell.banner.isVisible() == bool(sentence)
    assert places == places[:1] * 3


@pytest.mark.parametrize("is_full", [False, True])
def test_a_notice_lies_on_nothing_that_is_looked_at_or_pressed(
    shell: Shell, qapp: QApplication, *, is_full: bool
) -> None:
    shell.resize(1366, 768)
    shell.set_side(QLabel("queue"))
    if is_full:
        shell.toggle_full()
    shell.say("数据库暂时连不上")
    qapp.processEvents()

    def place(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(shell, QPoint(0, 0)), widget.size())

    notice, front = place(shell.banner), shell.front
    assert front is not None
    assert notice.width() > notice.height() > 0
    for beneath in (front, shell._side, *filter(QWidget.isVisible, (shell.rail, shell.top_bar))):
        assert not notice.intersects(place(beneath))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_sentence_of_an_error_is_cut_on_the_smallest_screen(
    shell: Shell, qapp: QApplication, language: str
) -> None:
    install_fonts(qapp)
    shell.setStyleSheet(style_sheet(tokens()))
    shell.set_side(QLabel("queue"))
    shell.resize(1366, 768)
    speak(language)
    qapp.processEvents()
    cut = []
    for source in SENTENCES.values():
        shell.say(qapp.translate("Errors", source))
        (label,) = shell.banner.findChildren(QLabel)
        room = label.contentsRect()
        wrapped = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, label.text())
        if wrapped.height() > room.height() or label.text() != shell.banner.text:
            cut.append(label.text())
    speak("zh")
    assert cut == []


def test_what_a_narrow_window_cuts_ends_in_a_sign_and_is_copied_whole(
    shell: Shell, qapp: QApplication, qtbot: QtBot
) -> None:
    install_fonts(qapp)
    shell.setStyleSheet(style_sheet(tokens()))
    shell.resize(1024, 640)
    sentence = "数据库暂时连不上，报警仍在接收，请立即告诉管理员。" * 12
    shell.say(sentence)
    qapp.processEvents()
    (label,) = shell.banner.findChildren(QLabel)
    room = label.contentsRect()
    wrapped = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, label.text())
    assert wrapped.height() <= room.height()
    assert label.text().endswith("…")
    assert sentence.startswith(label.text()[:-1])
    assert len(label.text()) > 40
    assert shell.banner.text == sentence
    qtbot.mouseClick(shell.banner.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == sentence
    shell.resize(3000, 640)
    qapp.processEvents()
    assert label.text() == sentence


def test_only_trouble_that_stops_alarms_is_as_red_as_one(shell: Shell) -> None:
    shell.setStyleSheet(style_sheet(tokens()))
    grounds = {}
    for severity in (Severity.NOTICE, Severity.TROUBLE, Severity.NOTICE):
        shell.say("没有声音设备", severity)
        grounds[severity] = shell.banner.grab().toImage().pixelColor(3, 3).name()
    assert grounds == {Severity.NOTICE: tokens().warn_fill, Severity.TROUBLE: tokens().bad_fill}


def test_trouble_never_takes_the_keyboard(shell: Shell) -> None:
    before = QApplication.focusWidget()
    shell.say("数据库暂时连不上")
    assert QApplication.focusWidget() is before


def test_the_window_comes_back_as_it_was_left(shell: Shell) -> None:
    shell.resize(1024, 690)  # the offscreen platform's display is 800 x 800, Qt keeps windows inside it
    shell.show_screen("incidents")
    place = shell.save_place()
    shell.resize(1024, 640)
    shell.show_screen("watch")
    shell.restore_place(place)
    assert (shell.height(), shell.front_screen) == (690, "incidents")


def test_a_broken_saved_place_changes_nothing(shell: Shell) -> None:
    before = shell.geometry()
    shell.restore_place({"geometry": "garbage", "columns": "%%", "screen": "nowhere"})
    assert (shell.geometry(), shell.front_screen) == (before, "watch")


def test_the_shell_fits_the_smallest_screen(shell: Shell) -> None:
    shell.set_site("示范校区")
    shell.set_demo(True)
    shell.set_user("王晓明", "班长")
    assert shell.minimumSizeHint().width() <= 1366
    assert shell.minimumSizeHint().height() <= 768


def test_long_names_are_shortened_before_anything_else_is_cut(shell: Shell) -> None:
    shell.setStyleSheet(style_sheet(tokens()))
    shell.set_site("South China Normal University of Science and Technology, Eastern Campus")
    shell.set_demo(True)
    shell.set_user("Alexander Wolfeschlegelsteinhausen", "Shift leader")
    for name in ("recording", "database", "receiver"):
        shell.set_lamp(name, LampState.ABSENT)
    bar = shell.top_bar
    assert bar.minimumSizeHint().width() <= 960
    bar.resize(1302, bar.height())  # 1366 px less the rail
    QApplication.processEvents()
    inner = [child for child in bar.findChildren(QWidget) if child.isVisibleTo(bar)]
    for child in inner:
        assert bar.rect().contains(child.geometry())
        if not isinstance(child, ElidedLabel):
            assert child.width() >= child.minimumSizeHint().width()
    for one, other in pairwise(sorted((child.geometry() for child in inner), key=QRect.x)):
        assert not one.intersects(other)


def test_a_change_of_language_reaches_every_part(shell: Shell) -> None:
    QApplication.sendEvent(shell, QEvent(QEvent.Type.LanguageChange))
    assert shell.windowTitle() == "守望 校园指挥中心"
