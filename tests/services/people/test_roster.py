"""The roster in a real record: filled, swapped, refused, out as a table and in again; who came and went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import DispatchDesk
from services.domain.coverage import coverage
from services.domain.incidents import Dispatch
from services.domain.people import GuardState, GuardStatus, Session
from services.domain.roster import RosterSlot, Shift, ShiftPattern, SlotState
from services.domain.site import Site
from services.people.attendance import AttendanceDesk
from services.people.holidays_cn import DayKind, calendar_day, calendar_week
from services.people.roster import RosterDesk
from services.people.sheet import read_roster, write_roster
from services.people.statuses import StatusDesk
from services.storage import Database

SHANGHAI = timezone(timedelta(hours=8))
NEXT = date(2026, 11, 30)
TEAMS = ("T1", "T2", "T3", "T4")


@pytest.fixture
def roster(database: Database, clock: ManualClock, site: Site) -> RosterDesk:
    return RosterDesk(database, clock, lambda: site, SHANGHAI)


@pytest.fixture
def attendance(database: Database, clock: ManualClock, site: Site) -> AttendanceDesk:
    return AttendanceDesk(database, clock, lambda: site)


def state_of(database: Database, guard: str) -> GuardState:
    return database.read(lambda view: view.guards.get(guard))


def test_a_week_is_filled_from_a_pattern_and_what_is_missing_is_marked(
    roster: RosterDesk, supervisor: Session, site: Site
) -> None:
    # 44 guards, each off one day in four, seven days: 44 · 7 · 3/4 = 231 shifts.
    assert roster.fill(supervisor, NEXT, "four-teams-8h", TEAMS) == 231
    week = roster.week(supervisor, NEXT)
    assert len(week.slots) == 231
    assert {slot.shift for slot in week.slots} == {"早", "中", "夜"}
    short = {gap.post for gap in week.gaps}
    assert short
    assert short <= {str(post.no) for post in site.posts}
    assert all(gap.have < gap.wanted for gap in week.gaps)


def test_filling_again_replaces_the_plan_and_keeps_what_has_begun(
    roster: RosterDesk, supervisor: Session, clock: ManualClock
) -> None:
    this_week = date(2026, 11, 23)
    roster.fill(supervisor, this_week, "four-teams-8h", TEAMS)
    clock.advance(24 * 3600)
    before = {s.id for s in roster.week(supervisor, this_week).slots if s.begins_at <= clock.now()}
    roster.fill(supervisor, this_week, "four-teams-12h", TEAMS)
    after = roster.week(supervisor, this_week).slots
    assert before <= {slot.id for slot in after}
    assert {slot.shift for slot in after if slot.begins_at > clock.now()} == {"白", "夜"}
    for guard in {slot.guard for slot in after}:
        own = sorted((s for s in after if s.guard == guard), key=lambda s: s.begins_at)
        assert all(one.ends_at <= other.begins_at for one, other in pairwise(own))


def test_two_guards_take_each_others_shift(roster: RosterDesk, supervisor: Session) -> None:
    roster.fill(supervisor, NEXT, "four-teams-8h", TEAMS)
    slots = roster.week(supervisor, NEXT).slots
    one = next(slot for slot in slots if slot.guard == "G01")
    other = next(s for s in slots if s.day == one.day and s.guard[-1] in "26" and s.post != one.post)
    roster.swap(supervisor, one.id, other.id)
    swapped = {slot.id: slot for slot in roster.week(supervisor, NEXT).slots}
    assert (swapped[one.id].guard, swapped[one.id].swapped_with) == (other.guard, "G01")
    assert (swapped[other.id].guard, swapped[other.id].post) == ("G01", other.post)
    assert swapped[one.id].state is SlotState.SWAPPED


def test_a_swap_that_would_have_somebody_work_twice_at_once_changes_nothing(
    roster: RosterDesk, supervisor: Session
) -> None:
    roster.fill(supervisor, NEXT, "four-teams-8h", TEAMS)
    before = roster.week(supervisor, NEXT).slots
    one = next(slot for slot in before if slot.guard == "G01")
    # Somebody who works at that time too gives another shift for this one.
    other = next(
        slot
        for slot in before
        if slot.guard != "G01"
        and any(s.guard == slot.guard and s.overlaps(one) for s in before)
        and not slot.overlaps(one)
    )
    with pytest.raises(ServiceError) as refused:
        roster.swap(supervisor, one.id, other.id)
    assert refused.value.code == "roster.double"
    assert roster.week(supervisor, NEXT).slots == before


def test_what_was_worked_is_a_record_and_not_changed(
    roster: RosterDesk, supervisor: Session, clock: ManualClock
) -> None:
    roster.fill(supervisor, NEXT, "four-teams-8h", TEAMS)
    slot = roster.week(supervisor, NEXT).slots[0]
    clock.advance(14 * 24 * 3600)
    for change in (
        lambda: roster.remove(supervisor, slot.id),
        lambda: roster.put(supervisor, replace(slot, guard="G44")),
    ):
        with pytest.raises(ServiceError) as refused:
            change()
        assert refused.value.code == "roster.past"


def test_operators_plan_nothing(roster: RosterDesk, operator: Session) -> None:
    with pytest.raises(ServiceError) as refused:
        roster.fill(operator, NEXT, "four-teams-8h", TEAMS)
    assert refused.value.code == "identity.forbidden"


def test_a_pattern_of_the_colleges_own_is_kept_and_a_wrong_one_refused_by_field(
    roster: RosterDesk, supervisor: Session
) -> None:
    shift = Shift("甲", "甲班", "A", "07:00", "19:00")
    own = ShiftPattern("own", "两班", "Two", (shift,), ("甲", ""))
    roster.save_pattern(supervisor, own)
    assert [p.id for p in roster.week(supervisor, NEXT).patterns][-1] == "own"
    wrong = {
        "name": replace(own, name=" "),
        "shifts": replace(own, shifts=(replace(shift, begins="25:00"),)),
        "cycle": replace(own, cycle=("乙",)),
    }
    for field, pattern in wrong.items():
        with pytest.raises(ServiceError) as refused:
            roster.save_pattern(supervisor, pattern)
        assert (refused.value.code, refused.value.params["field"]) == ("roster.bad_pattern", field)


def test_a_week_goes_out_as_a_table_and_comes_back_the_same(
    roster: RosterDesk, supervisor: Session, site: Site, tmp_path: Path
) -> None:
    roster.fill(supervisor, NEXT, "four-teams-8h", TEAMS)
    first = roster.week(supervisor, NEXT).slots
    roster.put(supervisor, replace(first[0], note="=SUM(1) 顶班"))
    roster.swap(supervisor, first[1].id, next(s for s in first if s.guard != first[1].guard and s.day == first[1].day and s.id != first[0].id).id)  # fmt: skip  # noqa: E501
    before = roster.week(supervisor, NEXT).slots
    for name in ("week.xlsx", "week.csv"):
        write_roster(before, site, SHANGHAI, tmp_path / name)
        rows = read_roster(tmp_path / name, site, SHANGHAI, before)
        assert [row.error for row in rows if row.error] == []
        back = {row.slot.id: row.slot for row in rows if row.slot}
        assert back == {slot.id: slot for slot in before}
        roster.put_all(supervisor, tuple(back.values()))
        assert roster.week(supervisor, NEXT).slots == before


def test_into_an_empty_record_the_table_brings_the_whole_week(
    roster: RosterDesk, supervisor: Session, site: Site, tmp_path: Path, database: Database
) -> None:
    roster.fill(supervisor, NEXT, "four-teams-12h", TEAMS)
    before = roster.week(supervisor, NEXT).slots
    write_roster(before, site, SHANGHAI, tmp_path / "week.xlsx")
    for slot in before:
        roster.remove(supervisor, slot.id)
    rows = read_roster(tmp_path / "week.xlsx", site, SHANGHAI)
    assert len(rows) == len(before)
    fresh = tuple(replace(row.slot, id=f"{n:032x}") for n, row in enumerate(rows) if row.slot)
    roster.put_all(supervisor, fresh)
    after = roster.week(supervisor, NEXT).slots
    assert {replace(slot, id="", row_version=1) for slot in after} == {
        replace(slot, id="", row_version=1) for slot in before
    }
    assert database.read(lambda view: view.slots.get(before[0].id)).state is SlotState.REMOVED


def test_each_bad_row_is_named_with_its_line_and_what_is_wrong(
    roster: RosterDesk, supervisor: Session, site: Site, tmp_path: Path
) -> None:
    roster.fill(supervisor, NEXT, "four-teams-8h", TEAMS)
    slots = roster.week(supervisor, NEXT).slots[:1]
    write_roster(slots, site, SHANGHAI, tmp_path / "week.xlsx")
    book = load_workbook(tmp_path / "week.xlsx")
    sheet = book.worksheets[0]
    good = [cell.value for cell in sheet[2]]

    def row(**changes: object) -> list[object]:
        heads = ("day", "guard", "guard_name", "shift_name", "shift", "begins", "ends", "post", "post_name")
        cells = dict(zip(heads, good, strict=False)) | {"id": None} | changes
        return [cells.get(head) for head in heads]

    for changes in (
        {"guard": "G99", "guard_name": ""},
        {"guard_name": "别人"},
        {"post": "P77"},
        {"day": "明天"},
        {"begins": "8点"},
        {},
        {"day": "2026-12-20"},
    ):
        sheet.append(row(**changes))
    book.save(tmp_path / "week.xlsx")
    rows = read_roster(tmp_path / "week.xlsx", site, SHANGHAI, slots)
    assert [(r.line, r.error.code if r.error else "") for r in rows] == [
        (2, ""),
        (3, "roster.no_guard"),
        (4, "roster.other_name"),
        (5, "roster.no_post"),
        (6, "sheet.bad_cell"),
        (7, "sheet.bad_cell"),
        # The same guard at the same time as line 2.
        (8, "roster.double"),
        (9, ""),
    ]


def test_holidays_and_substituted_days_of_2026_are_those_of_the_state_council() -> None:
    """国办发明电〔2025〕7 号: National Day 1 to 7 October, 20 September and 10 October are worked."""
    kinds = {day: calendar_day(date(2026, *day)).kind for day in ((10, 1), (10, 7), (10, 10), (9, 20))}
    assert kinds == {
        (10, 1): DayKind.HOLIDAY,
        (10, 7): DayKind.HOLIDAY,
        (10, 10): DayKind.SHIFTED_WORK,
        (9, 20): DayKind.SHIFTED_WORK,
    }
    assert all(day.is_settled for day in calendar_week(date(2026, 9, 28)))


def test_of_a_year_whose_arrangement_is_not_known_it_says_so() -> None:
    assert not calendar_day(date(2050, 10, 1)).is_settled
    assert calendar_day(date(2050, 10, 1)).kind is DayKind.HOLIDAY


def test_office_hours_are_not_planned_on_a_holiday_and_are_on_a_substituted_day(
    roster: RosterDesk, supervisor: Session, clock: ManualClock
) -> None:
    clock.set_wall((datetime(2026, 9, 1, tzinfo=SHANGHAI) - clock.now()).total_seconds())
    roster.fill(supervisor, date(2026, 9, 28), "weekdays", ("T1",))
    roster.fill(supervisor, date(2026, 10, 5), "weekdays", ("T1",))
    days = {s.day for monday in (date(2026, 9, 28), date(2026, 10, 5)) for s in roster.week(supervisor, monday).slots}  # fmt: skip  # noqa: E501
    assert days == {"2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"}


def plan_now(
    roster: RosterDesk, supervisor: Session, clock: ManualClock, guard: str, post: str
) -> RosterSlot:
    """A shift of eight hours that begins in ten minutes."""
    begins = clock.now() + timedelta(minutes=10)
    slot = RosterSlot("f" * 32, guard, "2026-11-24", "早", "早班", post, begins, begins + timedelta(hours=8))
    return roster.put(supervisor, slot)


def test_signing_in_puts_the_guard_on_the_post_of_the_shift_and_coverage_follows(
    database: Database,
    roster: RosterDesk,
    attendance: AttendanceDesk,
    supervisor: Session,
    operator: Session,
    clock: ManualClock,
    site: Site,
) -> None:
    def have() -> int:
        covered = coverage(site, database.read(lambda view: view.guards.all()))
        return next(one.have for no, one in covered.items() if no == "P11")

    attendance_before = have()
    plan_now(roster, supervisor, clock, "G34", "P11")
    came = attendance.sign_in(operator, "G34")
    assert (came.post, came.late_s) == ("P11", 0)
    state = state_of(database, "G34")
    assert (state.status, state.post, state.position_source) == (GuardStatus.ON_POST, "P11", "post")
    assert have() == attendance_before + 1
    clock.advance(3600)
    left = attendance.sign_out(operator, "G34")
    assert left.early_s == 7 * 3600 + 600
    assert (state_of(database, "G34").status, state_of(database, "G34").post) == (GuardStatus.OFF, "")
    assert have() == attendance_before


def test_back_from_an_order_a_guard_is_on_the_post_of_the_shift(
    database: Database,
    roster: RosterDesk,
    attendance: AttendanceDesk,
    dispatches: DispatchDesk,
    supervisor: Session,
    operator: Session,
    clock: ManualClock,
    site: Site,
    send: Callable[[str], Dispatch],
) -> None:
    plan_now(roster, supervisor, clock, "G34", "P11")
    attendance.sign_in(operator, "G34")
    sent = send("G34")
    dispatches.cancel(operator, sent.id, "误报")
    post = site.post("P11")
    assert post is not None
    dispatches.report_position("G34", (post.at[0] + 5, post.at[1]), "feed")
    assert state_of(database, "G34").status is GuardStatus.ON_POST


def test_who_comes_late_is_marked_and_until_then_missed(
    roster: RosterDesk,
    attendance: AttendanceDesk,
    supervisor: Session,
    operator: Session,
    clock: ManualClock,
) -> None:
    slot = plan_now(roster, supervisor, clock, "G34", "P11")
    clock.advance(10 * 60 + 12 * 60)
    assert attendance.now(operator).absent == (slot,)
    assert attendance.sign_in(operator, "G34").late_s == 12 * 60
    assert attendance.now(operator).absent == ()
    with pytest.raises(ServiceError) as refused:
        attendance.sign_in(operator, "G34")
    assert refused.value.code == "people.signed_in"


def test_nobody_signs_out_in_the_middle_of_an_order_or_in_distress(
    database: Database,
    attendance: AttendanceDesk,
    desk: StatusDesk,
    operator: Session,
    send: Callable[[str], Dispatch],
) -> None:
    attendance.sign_in(operator, "G34")
    send("G34")
    with pytest.raises(ServiceError) as refused:
        attendance.sign_out(operator, "G34")
    assert refused.value.code == "people.on_dispatch"
    desk.set_status(operator, "G34", GuardStatus.DURESS)
    with pytest.raises(ServiceError) as refused:
        attendance.sign_out(operator, "G34")
    assert refused.value.code == "people.in_distress"
    assert state_of(database, "G34").status is GuardStatus.DURESS
    with pytest.raises(ServiceError) as refused:
        attendance.sign_out(operator, "G35")
    assert refused.value.code == "people.not_signed_in"
