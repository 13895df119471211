from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.domain.alarms import APART, AlarmId, AlarmState
from services.domain.classes import Priority
from services.domain.people import PERMISSIONS, Permission, Role, Session
from tests.ui.queue.test_model import NOON, alarm
from ui.i18n import speak
from views.watch.plates import PlateBook, actions_for, allowed_actions, map_alarms, plate_of
from views.watch.staging import staged

ME = "wang"
SESSION = Session(ME, "王五", Role.OPERATOR, "SEAT-1")


@pytest.mark.parametrize(
    ("state", "owner", "actions"),
    [
        (AlarmState.NEW, "", ("claim", "dispatch", "silence", "shelve", "group")),
        (AlarmState.CLAIMED, ME, ("verify", "false", "dispatch", "silence", "transfer", "shelve", "group")),
        (AlarmState.VERIFYING, ME, ("verify", "false", "dispatch", "silence", "transfer", "shelve", "group")),
        (AlarmState.CONFIRMED, ME, ("dispatch", "silence", "reset", "transfer")),
        (AlarmState.LINKED, ME, ("dispatch", "silence", "reset", "transfer")),
        (AlarmState.FALSE, ME, ("silence", "reset")),
        (AlarmState.CLAIMED, "li", ("silence", "transfer")),
    ],
)
def test_what_may_be_done_by_state_and_owner(state: AlarmState, owner: str, actions: tuple[str, ...]) -> None:
    assert actions_for(alarm(1, state=state, owner=owner), ME) == actions


def test_a_silent_owners_alarm_may_be_claimed_again() -> None:
    offered = alarm(1, state=AlarmState.CLAIMED, owner="li", offered_at=NOON)
    assert actions_for(offered, ME)[0] == "claim"


def test_a_silenced_alarm_offers_no_silence() -> None:
    silenced = alarm(1, silenced_at=NOON + timedelta(seconds=9))
    assert "silence" not in actions_for(silenced, ME)


def test_a_dismissed_alarm_covers_no_picture() -> None:
    book = PlateBook(SESSION)
    assert book.by_camera([alarm(1, state=AlarmState.FALSE, owner=ME)]) == {}
    assert list(book.by_camera([alarm(1)])) == ["C05"]


def test_a_plate_is_made_once_per_state_and_language() -> None:
    book, first = PlateBook(SESSION), alarm(1)
    made = book.plate(first)
    assert book.plate(first) is made
    assert book.plate(replace(first, owner="li", owner_name="李")).owner == "李"


def test_a_plate_stays_the_same_when_nothing_on_it_changed() -> None:
    """That an alarm has been shown must not have the wall painted again."""
    book, first = PlateBook(SESSION), alarm(1)
    made = book.plate(first)
    assert book.plate(replace(first, displayed_at=NOON, row_version=2)) is made


@pytest.mark.usefixtures("qapp")
def test_a_plate_speaks_the_language_of_the_moment() -> None:
    book, first = PlateBook(SESSION), alarm(1)
    assert book.plate(first).class_text == "入侵报警"
    speak("en")
    english = book.plate(first)
    speak("zh")
    assert (english.class_text, english.place) == ("Intrusion", "North Wall Beam 1")


def test_the_stage_takes_what_no_tile_shows_the_highlighted_first() -> None:
    queue = [alarm(1), alarm(2), alarm(3, feeds=("C09",))]
    shown = staged(queue, visible={"C09"}, highlighted="a0002", put_aside=set(), user=ME)
    assert [a.id for a in shown] == ["a0002", "a0001"]


def test_an_urgent_alarm_without_a_camera_calls_from_the_stage_until_it_is_claimed() -> None:
    queue = [
        alarm(1, Priority.P1, feeds=()),
        alarm(2, Priority.P2, feeds=()),
        alarm(3, Priority.P3, feeds=()),
        alarm(4, Priority.P1, feeds=(), owner=ME, state=AlarmState.CLAIMED),
    ]
    shown = staged(queue, visible=set(), highlighted="", put_aside=set(), user=ME)
    assert [a.id for a in shown] == ["a0001", "a0002"]


def test_only_the_highlighted_alarms_plate_names_the_keys() -> None:
    book, queue = PlateBook(SESSION), [alarm(1), alarm(2)]
    first = book.by_camera(queue, "a0001")["C05"]
    assert [plate.has_keys for plate in first] == [True, False]
    assert [plate.has_keys for plate in book.by_camera(queue, "a0002")["C05"]] == [False, True]
    assert book.by_camera(queue, "a0001")["C05"][0] == first[0]


def test_the_stage_leaves_out_what_was_put_aside_and_what_others_handle() -> None:
    queue = [alarm(1), alarm(2, owner="li", state=AlarmState.CLAIMED)]
    assert staged(queue, visible=set(), highlighted="", put_aside={"a0001"}, user=ME) == []


def test_one_mark_per_point_of_the_plan_that_of_the_most_urgent() -> None:
    queue = [alarm(2, Priority.P1), alarm(1), alarm(3, at=None), alarm(4, at=(9.0, 9.0))]
    assert [(mark.alarm_id, mark.at) for mark in map_alarms(queue)] == [
        ("a0002", (1.0, 2.0)),
        ("a0004", (9.0, 9.0)),
    ]


def test_what_is_put_aside_or_handed_over_has_no_button_on_a_picture() -> None:
    mine = alarm(1, state=AlarmState.CLAIMED, owner=ME)
    assert plate_of(mine, SESSION).actions == ("verify", "false", "dispatch", "silence")


@pytest.mark.parametrize("state", [AlarmState.NEW, AlarmState.CLAIMED, AlarmState.CONFIRMED])
def test_who_may_not_handle_alarms_has_no_action_on_a_key_or_a_picture(state: AlarmState) -> None:
    office = Session(ME, "赵处", Role.SUPERVISOR, "SEAT-1")
    assert Permission.HANDLE_ALARM not in PERMISSIONS[office.role]
    theirs = alarm(1, state=state, owner="" if state is AlarmState.NEW else ME)
    assert actions_for(theirs, ME)
    assert allowed_actions(theirs, office) == ()
    assert plate_of(theirs, office).actions == ()


def test_the_sound_of_this_seat_alone_is_silenced_by_anybody() -> None:
    office = Session(ME, "赵处", Role.SUPERVISOR, "SEAT-1")
    assert allowed_actions(replace(alarm(1), id=AlarmId(f"{APART}1")), office) == ("silence",)


def test_a_locked_seats_plates_offer_nothing_to_press_until_it_is_unlocked() -> None:
    book, first = PlateBook(SESSION), alarm(1)
    open_plate = book.plate(first)
    book.show_buttons(False)
    assert book.plate(first) == replace(open_plate, actions=())
    book.show_buttons(True)
    assert book.plate(first) == open_plate
