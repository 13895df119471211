"""A span protected on the line of time: by marks, with a reason, seen by all, released by who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from services.domain.facts import ProtectionChanged
from services.domain.recordings import Protection
from services.recording.custody import CustodyDesk, Wanted
from services.storage import Database
from tests.services.recording.conftest import AT, clip, database, packets, write_part
from tests.views.playback.test_playback_screen import NOW, Room, folder, room, site, tick
from tests.views.playback.test_ways import OFFICE, refusals
from views.playback.left import KEEPING

__all__ = ["clip", "database", "folder", "packets", "room", "site", "write_part"]
Wait = Callable[..., object]
SECOND = timedelta(seconds=1)


def mark(qtbot: QtBot, room: Room, since: timedelta, until: timedelta) -> None:
    for at, key in ((since, Qt.Key.Key_I), (until, Qt.Key.Key_O)):
        room.presenter.seek(AT + at)
        qtbot.keyClick(room.screen, key)


def standing(database: Database) -> list[Protection]:
    return database.read(lambda view: view.protections.in_states(["standing"]))


def protect(room: Room, database: Database, *cameras: str) -> list[Protection]:
    """By the office, for the first eight seconds, until somebody releases it."""
    wanted = Wanted(cameras, AT, AT + 8 * SECOND, "police")
    return CustodyDesk(database, room.clock).protect(OFFICE, wanted)


def kept(room: Room) -> list[list[str]]:
    return [[one.text for one in lane.kept] for lane in room.presenter.lanes()]


def test_a_marked_span_is_protected_by_keys_on_every_camera_shown(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    tick(room, "C01", "C02")
    mark(qtbot, room, 2 * SECOND, 6 * SECOND)
    qtbot.keyClick(room.screen, Qt.Key.Key_K)
    panel = room.screen.left.keeping
    assert (room.screen.left.currentIndex(), panel.form.isVisible()) == (KEEPING, True)
    qtbot.keyClicks(panel.text, "asked for by the police")
    panel.kept.setCurrentIndex(1)
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    wait_until(lambda: len(standing(database)) == 2)
    spans = {(one.camera, one.since, one.until) for one in standing(database)}
    assert spans == {(no, AT + 2 * SECOND, AT + 6 * SECOND) for no in ("C01", "C02")}
    assert {one.expires_at for one in standing(database)} == {NOW + timedelta(days=90)}
    assert {one.reason for one in standing(database)} == {"asked for by the police"}
    wait_until(lambda: [len(one) for one in kept(room)] == [1, 1])
    assert "王五：asked for by the police" in room.screen.timeline.words_at(AT + 4 * SECOND)
    assert "asked for" not in room.screen.timeline.words_at(AT + 7 * SECOND)
    steps = database.read(lambda view: view.trail.of(["C01"]))
    assert [one.reason for one in steps if one.action == "recording.protected"] == ["asked for by the police"]
    assert not panel.form.isVisible()


def test_without_a_reason_nothing_is_protected(qtbot: QtBot, room: Room, database: Database) -> None:
    tick(room, "C01")
    room.screen.left.begin_keeping()
    panel = room.screen.left.keeping
    qtbot.keyClicks(panel.text, "   ")
    assert not panel.save.isEnabled()
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    assert (standing(database), panel.form.isVisible()) == ([], True)


def test_marks_are_seen_and_can_be_set_anew_until_they_are_used(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    tick(room, "C01")
    mark(qtbot, room, 2 * SECOND, 6 * SECOND)
    qtbot.keyClick(room.screen, Qt.Key.Key_K)
    assert room.screen.timeline.marked == (AT + 2 * SECOND, AT + 6 * SECOND)
    room.presenter.seek(AT + 5 * SECOND)
    room.kit.marks.mark_out()
    panel = room.screen.left.keeping
    qtbot.keyClicks(panel.text, "a fight")
    panel.save.click()
    wait_until(lambda: room.screen.timeline.marked == (None, None))
    assert [(one.since, one.until) for one in standing(database)] == [(AT + 2 * SECOND, AT + 5 * SECOND)]


def test_what_others_protect_is_seen_at_once_and_only_who_may_release_is_offered_it(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    """A shift leader may release their own only."""
    tick(room, "C01")
    room.screen.left.setCurrentIndex(KEEPING)
    wait_until(lambda: room.presenter.lanes()[0].bands)
    # Now the line of time asks no more by itself.
    room.presenter.rest()
    (made,) = protect(room, database, "C01")
    room.live.applied.emit([ProtectionChanged(made, "protected")])
    panel = room.screen.left.keeping
    wait_until(lambda: panel.list.count() == 1)
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert (panel.begin_release.isEnabled(), panel.form.isVisible()) == (False, False)


def test_one_s_own_is_released_with_a_reason_and_gone_from_the_line(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    tick(room, "C01")
    mark(qtbot, room, SECOND, 3 * SECOND)
    qtbot.keyClick(room.screen, Qt.Key.Key_K)
    panel = room.screen.left.keeping
    qtbot.keyClicks(panel.text, "a fight")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    wait_until(lambda: panel.list.count() == 1)
    panel.list.setCurrentRow(0)
    panel.begin_release.click()
    qtbot.keyClicks(panel.text, "settled")
    panel.save.click()
    wait_until(lambda: panel.list.count() == 0)
    assert (standing(database), kept(room)) == ([], [[]])
    steps = database.read(lambda view: view.trail.of(["C01"]))
    assert [one.reason for one in steps if one.action == "recording.released"] == ["settled"]


def test_a_protection_is_gone_to_with_its_camera(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    protect(room, database, "C01")
    tick(room, "C01", "C02")
    room.presenter.seek(AT + 7 * SECOND)
    panel = room.screen.left.keeping
    room.screen.left.setCurrentIndex(KEEPING)
    wait_until(lambda: panel.list.count() == 1)
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert room.presenter.playback.now() == AT
    assert room.presenter.cameras == ("C01", "C02")


def test_what_has_run_out_holds_nothing_and_is_not_shown(
    room: Room, database: Database, wait_until: Wait
) -> None:
    short = Wanted(("C01",), AT, AT + 8 * SECOND, "short", NOW + timedelta(hours=1))
    CustodyDesk(database, room.clock).protect(OFFICE, short)
    tick(room, "C01")
    wait_until(lambda: kept(room) and len(kept(room)[0]) == 1)
    room.clock.advance(3601)
    room.presenter.refresh()
    wait_until(lambda: kept(room) == [[]])


def test_what_was_released_meanwhile_is_refused_and_what_was_typed_stays(
    qtbot: QtBot, room: Room, database: Database, wait_until: Wait
) -> None:
    tick(room, "C01")
    mark(qtbot, room, SECOND, 3 * SECOND)
    qtbot.keyClick(room.screen, Qt.Key.Key_K)
    panel, told = room.screen.left.keeping, refusals(room)
    qtbot.keyClicks(panel.text, "a fight")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    wait_until(lambda: panel.list.count() == 1)
    CustodyDesk(database, room.clock).release(OFFICE, standing(database)[0], "settled")
    panel.list.setCurrentRow(0)
    panel.begin_release.click()
    qtbot.keyClicks(panel.text, "mine")
    panel.save.click()
    wait_until(lambda: told == ["custody.already_ended"])
    assert (panel.form.isVisible(), panel.text.text()) == (True, "mine")
