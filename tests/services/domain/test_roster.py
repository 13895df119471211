"""Shift patterns, weeks, gaps and late marks by pure rules; expected numbers by hand."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from services.domain.moves import IllegalMove, check_move
from services.domain.roster import (
    BUILT_IN,
    SLOT_MOVES,
    Attendance,
    Gap,
    RosterSlot,
    SlotState,
    absent,
    clash,
    code_on,
    early_s,
    gaps,
    late_s,
    plan_week,
    shift_times,
    slot_now,
)
from services.domain.site import Guard, GuardNo, Post, PostKind, PostNo, Site, Team, TeamNo

SHANGHAI = timezone(timedelta(hours=8))
MONDAY = date(2026, 11, 23)
FOUR, LONG, OFFICE = BUILT_IN


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """By the wall clock of the site, as UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def slot(guard: str, begins: datetime, hours: float, post: str = "P01", **more: object) -> RosterSlot:
    ends = begins + timedelta(hours=hours)
    name = f"{guard}{begins:%d%H}"
    return RosterSlot(name, guard, str(begins.date()), "早", "早班", post, begins, ends, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", [MONDAY + timedelta(days=n) for n in range(16)])
def test_four_teams_cover_each_shift_of_each_day_once_and_one_is_off(day: date) -> None:
    assert sorted(code_on(FOUR, team, 4, day) for team in range(4)) == sorted(["早", "中", "夜", ""])
    assert sorted(code_on(LONG, team, 4, day) for team in range(4)) == sorted(["白", "夜", "", ""])


def test_a_cycle_goes_on_over_the_end_of_week_month_and_year() -> None:
    days = [date(2026, 12, 20) + timedelta(days=n) for n in range(24)]
    codes = [code_on(FOUR, 0, 4, day) for day in days]
    assert codes[:8] == codes[8:16] == codes[16:]
    assert "早早中中夜夜休休" in "".join(code or "休" for code in codes)


def test_office_hours_follow_the_calendar_of_working_days() -> None:
    worked = {MONDAY + timedelta(days=5)}
    assert code_on(OFFICE, 0, 1, MONDAY, worked.__contains__) == ""
    assert code_on(OFFICE, 0, 1, MONDAY + timedelta(days=5), worked.__contains__) == "日"


def test_a_night_shift_ends_on_the_next_day() -> None:
    night = LONG.shift("夜")
    assert night is not None
    begins_at, ends_at = shift_times(night, MONDAY, SHANGHAI)
    assert (begins_at.astimezone(UTC), ends_at.astimezone(UTC)) == (at(23, 20), at(24, 8))


def site() -> Site:
    """Two posts, three guards of team A (one of them the reserve), one of team B."""
    here = (1.0, 1.0)
    posts = (
        Post(PostNo("P01"), "东门", "East", PostKind.GATE, here, 2),
        Post(PostNo("P02"), "西门", "West", PostKind.GATE, here, 1),
    )
    teams = (Team(TeamNo("TA"), "甲", "A"), Team(TeamNo("TB"), "乙", "B"))
    guards = tuple(
        Guard(GuardNo(no), no, no, "", "", (), PostNo(post) if post else None, here, team)
        for no, post, team in (
            ("G1", "P01", "TA"),
            ("G2", "P02", "TA"),
            ("G3", "", "TA"),
            ("G4", "P01", "TB"),
        )
    )
    return Site("t", "t", "t", 10.0, 10.0, posts=posts, teams=teams, guards=guards)


def test_the_reserve_fills_the_post_that_would_be_short() -> None:
    planned = plan_week(site(), FOUR, ["TA"], MONDAY)
    planned = [one for one in planned if one.day == planned[0].day]
    assert {(one.guard, one.post) for one in planned} == {("G1", "P01"), ("G2", "P02"), ("G3", "P01")}


def test_gaps_are_found_by_the_minute_and_neighbours_are_one() -> None:
    slots = [
        slot("G1", at(23, 8), 8),
        slot("G4", at(23, 12), 4),
        slot("G2", at(23, 0), 24, "P02"),
        slot("G3", at(23, 8), 8, state=SlotState.REMOVED),
    ]
    found = gaps(site().posts, slots, at(23, 0), at(24, 0))
    assert found == [
        Gap("P01", at(23, 0), at(23, 8), 0, 2),
        Gap("P01", at(23, 8), at(23, 12), 1, 2),
        Gap("P01", at(23, 16), at(24, 0), 0, 2),
    ]


def test_two_shifts_that_touch_do_not_clash_and_two_that_overlap_do() -> None:
    early, late = slot("G1", at(23, 8), 8), slot("G1", at(23, 16), 8)
    assert clash([early], late) is None
    overlapping = slot("G1", at(23, 15, 59), 8)
    assert clash([early], overlapping) is early
    assert clash([early], slot("G2", at(23, 8), 8)) is None
    assert clash([early], early) is None


def test_late_is_more_than_five_minutes_after_the_begin() -> None:
    planned = slot("G1", at(23, 8), 8)
    assert [late_s(planned, at(23, 7, 30)), late_s(planned, at(23, 8, 5)), late_s(planned, at(23, 8, 6))] == [
        0,
        0,
        360,
    ]
    assert [early_s(planned, at(23, 15, 55)), early_s(planned, at(23, 15, 0))] == [0, 3600]
    assert late_s(None, at(23, 12)) == 0


def test_one_may_sign_in_an_hour_before_and_until_the_end() -> None:
    planned = slot("G1", at(23, 8), 8)
    found = [slot_now([planned], "G1", now) for now in (at(23, 6, 59), at(23, 7), at(23, 15, 59), at(23, 16))]
    assert found == [None, planned, planned, None]


def test_absent_is_whose_shift_runs_and_who_has_not_come() -> None:
    slots = [slot("G1", at(23, 8), 8), slot("G2", at(23, 8), 8), slot("G3", at(23, 16), 8)]
    came = [Attendance("a", "G2", slots[1].id, "P01", at(23, 8))]
    assert absent(slots, came, at(23, 8, 5)) == []
    assert absent(slots, came, at(23, 8, 6)) == [slots[0]]
    assert absent(slots, came, at(23, 16, 1)) == []


@pytest.mark.parametrize(("was", "wanted"), list(itertools.product(SlotState, SlotState)))
def test_each_pair_of_slot_states_is_allowed_or_refused_as_written(was: SlotState, wanted: SlotState) -> None:
    written = {("planned", "swapped"), ("planned", "removed"), ("swapped", "removed")}
    if (was.value, wanted.value) in written:
        check_move(SLOT_MOVES, was, wanted)
    else:
        with pytest.raises(IllegalMove):
            check_move(SLOT_MOVES, was, wanted)
