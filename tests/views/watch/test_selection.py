from __future__ import annotations

from ui.settling import SETTLE_S
from views.watch.selection import Selection


def test_the_highlight_follows_the_top_until_somebody_picks() -> None:
    selection = Selection()
    selection.follow(["b"], 0.0)
    assert selection.highlighted == "b"
    selection.follow(["a", "b"], 10.0)
    assert selection.highlighted == "a"


def test_a_picked_alarm_stays_when_a_more_urgent_one_arrives() -> None:
    selection = Selection()
    selection.follow(["b"], 0.0)
    selection.pick("b")
    assert not selection.follow(["a", "b"], 1.0)
    assert selection.highlighted == "b"


def test_when_the_picked_alarm_ends_the_top_takes_its_place() -> None:
    selection = Selection()
    selection.follow(["b", "c"], 0.0)
    selection.pick("b")
    selection.follow(["c"], 5.0)
    assert (selection.highlighted, selection.is_held) == ("c", False)


def test_a_key_pressed_just_after_the_highlight_moved_by_itself_is_not_settled() -> None:
    selection = Selection()
    selection.follow(["b"], 0.0)
    selection.follow(["a", "b"], 10.0)
    assert not selection.is_settled(10.0 + SETTLE_S - 0.01)
    assert selection.is_settled(10.0 + SETTLE_S)


def test_the_first_alarm_may_be_answered_at_once() -> None:
    selection = Selection()
    selection.follow([], 0.0)
    selection.follow(["a"], 10.0)
    assert selection.is_settled(10.0)


def test_a_pick_is_settled_at_once() -> None:
    selection = Selection()
    selection.follow(["b"], 0.0)
    selection.follow(["a", "b"], 10.0)
    selection.pick("b")
    assert selection.is_settled(10.0)


def test_letting_go_leads_back_to_the_top() -> None:
    selection = Selection()
    selection.pick("b")
    selection.let_go(["a", "b"])
    assert (selection.highlighted, selection.is_held) == ("a", False)
    selection.let_go([])
    assert selection.highlighted == ""
