"""The list of guards as a table, XLSX or CSV, out and in again: one row a guard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from services.core.errors import ServiceError
from services.devices.entries import check_entry
from services.devices.tables import bad_cell, cell_number, cell_text, read_rows, write_rows
from services.domain.names import TwoNames
from services.domain.site import Guard, GuardNo, Point, PostNo, Site

MOST_CELL = 200

HEADINGS: dict[str, TwoNames] = {
    "no": TwoNames("编号", "No."),
    "name": TwoNames("姓名", "Name"),
    "name_en": TwoNames("英文姓名", "English name"),
    "team": TwoNames("班组", "Team"),
    "post": TwoNames("岗位", "Post"),
    "radio_id": TwoNames("对讲机", "Radio"),
    "phone": TwoNames("电话", "Phone"),
    "skills": TwoNames("技能", "Skills"),
    "x": TwoNames("东 (米)", "East (m)"),
    "y": TwoNames("北 (米)", "North (m)"),
}
_NEEDED = ("name",)


@dataclass(frozen=True, slots=True)
class GuardRow:
    """One row of the table. line: as the table's own program numbers it. error: what keeps it out."""

    line: int
    guard: Guard | None
    said: str
    error: ServiceError | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What a table would do to the list: guards as they are and as they shall be, and new ones."""

    changes: tuple[tuple[Guard, Guard], ...]
    new: tuple[Guard, ...]


def intake_of(rows: Iterable[GuardRow], site: Site) -> Intake:
    """Of rows without an error; a guard whom the table leaves as they are is no change."""
    guards = [row.guard for row in rows if row.guard is not None]
    known = [(seen, guard) for guard in guards if (seen := site.guard(guard.no)) is not None]
    new = tuple(guard for guard in guards if site.guard(guard.no) is None)
    return Intake(tuple(pair for pair in known if pair[0] != pair[1]), new)


def write_guards(guards: Iterable[Guard], file: Path) -> None:
    """As `read_guards` reads them. Raises file.cannot_write(file, reason)."""
    lines = [[name for name, _ in HEADINGS.values()]]
    lines += [[_cell(guard, column) for column in HEADINGS] for guard in guards]
    write_rows(lines, file)


def read_guards(file: Path, site: Site) -> tuple[GuardRow, ...]:
    """Every row, good or not, checked against the site and the rows before it; nothing is stored.

    A row with a known number is that guard with other words; one without gets the next number. Raises what
    `read_rows` raises.
    """
    taken: set[str] = set()
    return tuple(_row(line, cells, site, taken) for line, cells in read_rows(file, HEADINGS, _NEEDED))


def _cell(guard: Guard, column: str) -> str:
    if column in ("x", "y"):
        return f"{guard.at[column == 'y']:g}"
    value = getattr(guard, column)
    return " ".join(value) if isinstance(value, tuple) else str(value or "")


def _row(line: int, cells: Mapping[str, str], site: Site, taken: set[str]) -> GuardRow:
    said = " ".join(cells.get(column, "")[:40] for column in ("no", "name"))
    try:
        guard = _guard(cells, site)
        if guard.no and guard.no in taken:
            raise ServiceError("entry.number_taken", no=guard.no)
        # A row without a number gets one when it is stored; until then it stands for itself.
        check_entry(replace(guard, no=guard.no or GuardNo("new")), site)
    except ServiceError as error:
        return GuardRow(line, None, said, error)
    taken.add(str(guard.no))
    return GuardRow(line, guard, said)


def _guard(cells: Mapping[str, str], site: Site) -> Guard:
    words = {column: cell_text(cell, HEADINGS[column], MOST_CELL) for column, cell in cells.items()}
    known = site.guard(words.get("no", ""))
    post = _named("post", words.get("post", ""), {str(p.no): (p.name, p.name_en) for p in site.posts})
    team = _named("team", words.get("team", ""), {str(t.no): (t.name, t.name_en) for t in site.teams})
    return Guard(
        no=GuardNo(words.get("no", "")),
        name=words.get("name", ""),
        name_en=words.get("name_en", ""),
        phone=words.get("phone", ""),
        radio_id=words.get("radio_id", ""),
        skills=tuple(dict.fromkeys(words.get("skills", "").replace("、", " ").replace(",", " ").split())),
        post=PostNo(post) if post else None,
        at=_place(words, site, known, post),
        team=team,
    )


def _named(column: str, word: str, names: Mapping[str, tuple[str, str]]) -> str:
    """By number or by name in either language; "" for an empty cell."""
    found = next((no for no, both in names.items() if word in (no, *both)), "") if word else ""
    if word and not found:
        raise bad_cell(HEADINGS[column])
    return found


def _place(words: Mapping[str, str], site: Site, known: Guard | None, post: str) -> Point:
    """As it says; else where the guard was, at the post, or in the middle of the plan."""
    if words.get("x") or words.get("y"):
        return (_metres("x", words.get("x", "")), _metres("y", words.get("y", "")))
    if known is not None:
        return known.at
    stands_at = site.post(post) if post else None
    return stands_at.at if stands_at else (round(site.width_m / 2, 1), round(site.height_m / 2, 1))


def _metres(column: str, text: str) -> float:
    return cell_number(text, HEADINGS[column], float)
