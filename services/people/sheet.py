"""A week's roster as a table, XLSX or CSV, out and in again: one row a shift, and no row is lost silently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from services.core.cells import bare_cell
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.devices.tables import bad_cell, cell_text, read_rows, write_rows
from services.domain.names import TwoNames
from services.domain.roster import RosterSlot, SlotState, clash
from services.domain.site import Site

MOST_CELL = 200
MOST_HOURS = 24
_ID = re.compile(r"[0-9a-f]{32}")

HEADINGS: dict[str, TwoNames] = {
    "day": TwoNames("日期", "Date"),
    "guard": TwoNames("保安编号", "Guard no."),
    "guard_name": TwoNames("姓名", "Name"),
    "shift_name": TwoNames("班次", "Shift"),
    "shift": TwoNames("班次代号", "Shift code"),
    "begins": TwoNames("上班", "Begins"),
    "ends": TwoNames("下班", "Ends"),
    "post": TwoNames("岗位编号", "Post no."),
    "post_name": TwoNames("岗位", "Post"),
    "swapped_with": TwoNames("与谁换班", "Swapped with"),
    "note": TwoNames("备注", "Note"),
    "pattern": TwoNames("模板", "Template"),
    "state": TwoNames("状态", "State"),
    "id": TwoNames("记录号", "Record"),
}
_NEEDED = ("day", "guard", "begins", "ends")


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One row of the table. line: as the table's own program numbers it. error: what keeps it out."""

    line: int
    slot: RosterSlot | None
    said: str
    error: ServiceError | None = None


def write_roster(slots: Iterable[RosterSlot], site: Site, zone: tzinfo, file: Path) -> None:
    """Every shift that stands, as `read_roster` reads it. Raises file.cannot_write(file, reason)."""
    standing = sorted((s for s in slots if s.stands), key=lambda s: (s.begins_at, s.post, s.guard))
    lines = [[name for name, _ in HEADINGS.values()]]
    lines += [_cells(slot, site, zone) for slot in standing]
    write_rows(lines, file)


def read_roster(
    file: Path, site: Site, zone: tzinfo, known: Sequence[RosterSlot] = ()
) -> tuple[SlotRow, ...]:
    """Every row, good or not, checked against the site, what is planned and the rows before it.

    A row with the record number of a planned shift is that shift. Nothing is stored. Raises what `read_rows`
    raises.
    """
    by_id = {slot.id: slot for slot in known}
    rows = read_rows(file, HEADINGS, _NEEDED)
    named = {bare_cell(cells.get("id", "")) for _, cells in rows}
    # Shifts that the table does not mention stay planned, so they count; the others are as the table says.
    held = [slot for slot in known if slot.stands and slot.id not in named]
    return tuple(_row(line, cells, site, zone, by_id, held) for line, cells in rows)


def _cells(slot: RosterSlot, site: Site, zone: tzinfo) -> list[str]:
    guard, post = site.guard(slot.guard), site.post(slot.post) if slot.post else None
    told = {
        "day": slot.day,
        "guard": slot.guard,
        "guard_name": guard.name if guard else "",
        "shift_name": slot.shift_name,
        "shift": slot.shift,
        "begins": slot.begins_at.astimezone(zone).strftime("%H:%M"),
        "ends": slot.ends_at.astimezone(zone).strftime("%H:%M"),
        "post": slot.post,
        "post_name": post.name if post else "",
        "swapped_with": slot.swapped_with,
        "note": slot.note,
        "pattern": slot.pattern,
        "state": slot.state.value,
        "id": slot.id,
    }
    return [told[column] for column in HEADINGS]


def _row(
    line: int,
    cells: Mapping[str, str],
    site: Site,
    zone: tzinfo,
    by_id: Mapping[str, RosterSlot],
    held: list[RosterSlot],
) -> SlotRow:
    said = " ".join(cells.get(column, "")[:40] for column in ("day", "guard", "guard_name", "begins"))
    try:
        slot = _slot(cells, site, zone, by_id)
        other = clash(held, slot)
        if other is not None:
            raise ServiceError("roster.double", guard=slot.guard, day=other.day, shift=other.shift_name)
    except ServiceError as error:
        return SlotRow(line, None, said, error)
    held.append(slot)
    return SlotRow(line, slot, said)


def _slot(cells: Mapping[str, str], site: Site, zone: tzinfo, by_id: Mapping[str, RosterSlot]) -> RosterSlot:
    words = {column: cell_text(cell, HEADINGS[column], MOST_CELL) for column, cell in cells.items()}
    guard = _guard(words, site)
    post = _post(words, site)
    day = _day(words.get("day", ""))
    begins, ends = _time("begins", words.get("begins", "")), _time("ends", words.get("ends", ""))
    begins_at = datetime.combine(day, begins, zone)
    ends_at = datetime.combine(day if ends > begins else day + timedelta(days=1), ends, zone)
    told_id = words.get("id", "")
    own_id = told_id if _ID.fullmatch(told_id) else new_id()
    base = by_id.get(told_id) or RosterSlot(own_id, guard, "", "", "", "", begins_at, ends_at)
    return replace(
        base,
        guard=guard,
        day=str(day),
        shift=words.get("shift", ""),
        shift_name=words.get("shift_name", ""),
        post=post,
        begins_at=begins_at.astimezone(UTC),
        ends_at=ends_at.astimezone(UTC),
        swapped_with=words.get("swapped_with", ""),
        note=words.get("note", ""),
        pattern=words.get("pattern", ""),
        state=_state(words.get("state", "")),
    )


def _guard(words: Mapping[str, str], site: Site) -> str:
    """By number; a name beside it must be that guard's, else somebody has moved a column."""
    guard = site.guard(words.get("guard", ""))
    if guard is None:
        raise ServiceError("roster.no_guard", guard=words.get("guard", ""))
    name = words.get("guard_name", "")
    if name and name not in (guard.name, guard.name_en):
        raise ServiceError("roster.other_name", guard=guard.no, name=guard.name, said=name)
    return str(guard.no)


def _post(words: Mapping[str, str], site: Site) -> str:
    """By number, or by name where there is none; none at all is the reserve."""
    no, name = words.get("post", ""), words.get("post_name", "")
    if not no and name:
        no = next((str(post.no) for post in site.posts if name in (post.name, post.name_en)), name)
    if no and site.post(no) is None:
        raise ServiceError("roster.no_post", post=no)
    return no


def _day(text: str) -> date:
    """2026-11-24, 2026/11/24, or what a table program makes of it: 2026-11-24 00:00:00."""
    try:
        return datetime.fromisoformat(text.replace("/", "-").strip()).date()
    except ValueError:
        raise bad_cell(HEADINGS["day"]) from None


def _time(column: str, text: str) -> time:
    try:
        hour, minute = (int(part) for part in text.replace("：", ":").split(":")[:2])
        return time(hour % MOST_HOURS if hour == MOST_HOURS else hour, minute)
    except ValueError:
        raise bad_cell(HEADINGS[column]) from None


def _state(text: str) -> SlotState:
    if not text:
        return SlotState.PLANNED
    try:
        return SlotState(text)
    except ValueError:
        raise bad_cell(HEADINGS["state"]) from None
