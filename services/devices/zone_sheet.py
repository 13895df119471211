"""Zones as a table: CSV or XLSX in and out, one row a zone; names of kinds in Chinese, English or code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from services.campus.entries import CLASSES_OF_KIND
from services.campus.sitecheck import first_complaint
from services.core.errors import ServiceError
from services.devices.entries import check_entry, with_entries
from services.devices.tables import Number, bad_cell, cell_number, cell_text, read_rows, write_rows
from services.domain.classes import AlarmClass, Priority
from services.domain.names import TwoNames
from services.domain.site import CameraNo, PanelNo, Site, Zone, ZoneKind, ZoneNo

MOST_CELL = 400

HEADINGS: dict[str, TwoNames] = {
    "no": TwoNames("编号", "No."),
    "panel": TwoNames("主机", "Panel"),
    "number": TwoNames("防区号", "Zone number"),
    "name": TwoNames("名称", "Name"),
    "name_en": TwoNames("英文名称", "English name"),
    "kind": TwoNames("探测器", "Detector"),
    "alarm_class": TwoNames("类别", "Class"),
    "place": TwoNames("位置", "Place"),
    "x": TwoNames("东 (米)", "East (m)"),
    "y": TwoNames("北 (米)", "North (m)"),
    "priority": TwoNames("级别", "Priority"),
    "arm_group": TwoNames("布防组", "Arm group"),
    "entry_delay_s": TwoNames("进入延时 (秒)", "Entry delay (s)"),
    "pinned": TwoNames("指定摄像机", "Pinned cameras"),
    "point": TwoNames("点位", "Point"),
}
_NEEDED = ("panel", "number", "name", "kind", "place", "x", "y")
# As words in a table; the code's own names are read too.
KIND_WORDS: dict[ZoneKind, tuple[str, str]] = {
    ZoneKind.PANIC_BUTTON: ("一键报警按钮", "panic button"),
    ZoneKind.INFRARED_BEAM: ("红外对射", "infrared beam"),
    ZoneKind.SMOKE_DETECTOR: ("烟感", "smoke detector"),
    ZoneKind.MANUAL_CALL_POINT: ("手动报警按钮", "manual call point"),
    ZoneKind.HEAT_DETECTOR: ("感温探测器", "heat detector"),
    ZoneKind.FIRE_DEVICE: ("消防设备", "fire device"),
    ZoneKind.DOOR_CONTACT: ("门磁", "door contact"),
    ZoneKind.CAMERA_RULE: ("摄像机规则", "camera rule"),
    ZoneKind.DIGITAL_INPUT: ("开关量输入", "digital input"),
    ZoneKind.TAMPER: ("防拆开关", "tamper switch"),
}
CLASS_WORDS: dict[AlarmClass, tuple[str, str]] = {
    AlarmClass.PANIC: ("一键报警", "panic"),
    AlarmClass.INTRUSION: ("入侵", "intrusion"),
    AlarmClass.FIRE: ("火灾", "fire"),
    AlarmClass.MEDICAL: ("急救", "medical"),
    AlarmClass.ACCESS: ("门禁", "access"),
    AlarmClass.TAMPER: ("防拆", "tamper"),
    AlarmClass.VIDEO: ("视频", "video"),
    AlarmClass.DEVICE: ("设备", "device"),
}

Choice = TypeVar("Choice", bound=StrEnum)


class Effect(StrEnum):
    """What a row does to the site; a table never removes a zone."""

    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """One zone of the table. line: as the table's own program numbers it. before: the zone of the site that
    it is, None for a new one. error: what keeps it out."""

    line: int
    zone: Zone
    before: Zone | None = None
    error: ServiceError | None = None

    @property
    def effect(self) -> Effect:
        if self.error is not None:
            return Effect.WRONG
        if self.before is None:
            return Effect.ADD
        return Effect.LEAVE if self.before == self.zone else Effect.CHANGE

    def differences(self, language: int = 0) -> list[tuple[str, str, str]]:
        """Heading, the site's cell and the table's, where they differ; language 0: Chinese, 1: English."""
        if self.before is None or self.error is not None:
            return []
        old, new = (
            [_cell(zone, column, language) for column in HEADINGS] for zone in (self.before, self.zone)
        )
        heads = (both[language] for both in HEADINGS.values())
        return [line for line in zip(heads, old, new, strict=True) if line[1] != line[2]]


def read_zones(file: Path, site: Site) -> tuple[ZoneRow, ...]:
    """Every row, good or not, checked against `site` and the rows before it; nothing is stored.

    A row is the zone of its number; without one, the zone of the same kind on its wire, or a new one. What
    the table has no column for stays as it is. Raises what `read_rows` raises.
    """
    rows = [_row(line, cells, site) for line, cells in read_rows(file, HEADINGS, _NEEDED)]
    judged = _judged_apart(rows, site)
    return judged if any(row.error for row in judged) else _judged_together(judged, site)


def write_zones(zones: Iterable[Zone], file: Path) -> None:
    """All zones, XLSX or CSV by the file's ending, as `read_zones` reads them."""
    lines = [[name for name, _ in HEADINGS.values()]]
    lines += [[_cell(zone, column) for column in HEADINGS] for zone in zones]
    write_rows(lines, file)


def write_zone_template(file: Path) -> None:
    """The headings and one row to go by."""
    example = {
        "panel": "A1", "number": "12", "name": "北围墙对射 3", "kind": "红外对射", "place": "北围墙",
        "x": "120", "y": "330", "arm_group": "G1",
    }  # fmt: skip
    write_rows([[name for name, _ in HEADINGS.values()], [example.get(key, "") for key in HEADINGS]], file)


def _row(line: int, cells: Mapping[str, str], site: Site) -> ZoneRow:
    try:
        zone = _zone(cells, site.zone(cells.get("no", "")))
    except ServiceError as error:
        return ZoneRow(line, _stub(cells), error=error)
    before = site.zone(zone.no) if zone.no else site.zone_on_wire(zone.panel, zone.number)
    if before is None or (not zone.no and before.kind is not zone.kind):
        return ZoneRow(line, zone)
    return ZoneRow(line, zone if zone.no else _zone(cells, before), before)


def _judged_apart(rows: Iterable[ZoneRow], site: Site) -> tuple[ZoneRow, ...]:
    """Each row against the zones that the table leaves alone, and the rows above it: two zones may change
    places in one table."""
    rows = tuple(rows)
    named = {row.before.no for row in rows if row.before is not None}
    rest = tuple(zone for zone in site.zones if zone.no not in named)
    # What names zones is judged when all rows are in.
    alone = replace(site, zones=rest, outputs=(), interlocks=())
    wires = {(zone.panel, zone.number): str(zone.no) for zone in rest}
    taken: set[str] = set()
    return tuple(_judged(row, alone, taken, wires) for row in rows)


def _judged(row: ZoneRow, site: Site, taken: set[str], wires: dict[tuple[PanelNo, int], str]) -> ZoneRow:
    if row.error is not None:
        return row
    zone, wire = row.zone, (row.zone.panel, row.zone.number)
    try:
        if zone.no and zone.no in taken:
            raise ServiceError("entry.number_taken", no=zone.no)
        if wire in wires:
            reason = f"{zone.number} of panel {zone.panel} is already zone {wires[wire]}"
            raise ServiceError("entry.invalid", no=zone.no, field="number", reason=reason)
        check_entry(_numbered(row), site)
    except ServiceError as error:
        return replace(row, error=error)
    taken.add(str(zone.no))
    wires[wire] = str(zone.no) or f"({row.line})"
    return row


def _judged_together(rows: tuple[ZoneRow, ...], site: Site) -> tuple[ZoneRow, ...]:
    """The site as the table would make it; what it complains of stands in the row that is to blame."""
    after = with_entries(site, [_numbered(row) for row in rows])
    complaint = first_complaint(after)
    if complaint is None:
        return rows
    _section, no, field, reason = complaint
    output = after.output(no)
    blamed = {no, output.feedback if output is not None else ""}
    error = ServiceError("entry.invalid", no=no, field=field, reason=reason)
    found = [row for row in rows if str(_numbered(row).no) in blamed] or rows[-1:]
    return tuple(replace(row, error=error) if row in found else row for row in rows)


def _numbered(row: ZoneRow) -> Zone:
    """A row without a number gets one when it is stored; until then it stands for itself."""
    return row.zone if row.zone.no else replace(row.zone, no=ZoneNo(f"new-{row.line}"))


def _zone(cells: Mapping[str, str], before: Zone | None) -> Zone:
    """before: whose values hold where the table has no column."""
    words = {column: cell_text(cell, HEADINGS[column], MOST_CELL) for column, cell in cells.items()}
    kind = _choice("kind", words["kind"], ZoneKind, KIND_WORDS)
    zone = before or Zone(
        ZoneNo(""), PanelNo(""), 0, "", "", kind, CLASSES_OF_KIND[kind][0], "", (0.0, 0.0)
    )  # fmt: skip
    changes: dict[str, object] = {column: _READERS[column](word) for column, word in words.items()}
    east, north = changes.pop("x"), changes.pop("y")
    changes |= {"kind": kind, "at": (east, north)}
    if before is not None:
        changes["no"] = before.no
    if not words.get("alarm_class") and ("alarm_class" in words or kind is not zone.kind):
        changes["alarm_class"] = CLASSES_OF_KIND[kind][0]
    return replace(zone, **changes)  # type: ignore[arg-type]


def _number(column: str, kind: Callable[[str], Number]) -> Callable[[str], Number]:
    return lambda text: cell_number(text, HEADINGS[column], kind)


def _read_priority(text: str) -> Priority | None:
    digit = text.upper().removeprefix("P")
    return _number("priority", lambda word: Priority(int(word)))(digit) if digit else None


def _read_class(text: str) -> AlarmClass | None:
    return _choice("alarm_class", text, AlarmClass, CLASS_WORDS) if text else None


def _read_delay(text: str) -> float:
    return _number("entry_delay_s", float)(text or "0")


def _read_cameras(text: str) -> tuple[CameraNo, ...]:
    return tuple(CameraNo(no) for no in text.replace(",", " ").split())


_READERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("no", "panel", "name", "name_en", "kind", "place", "arm_group", "point"), str),
    "number": _number("number", int),
    "x": _number("x", float),
    "y": _number("y", float),
    "alarm_class": _read_class,
    "priority": _read_priority,
    "pinned": _read_cameras,
    "entry_delay_s": _read_delay,
}


def _stub(cells: Mapping[str, str]) -> Zone:
    """Enough of a wrong row to find it in the table."""
    return Zone(
        ZoneNo(cells.get("no", "")[:24]),
        PanelNo(cells.get("panel", "")[:24]), _digits(cells.get("number", "")),
        cells.get("name", "")[:MOST_CELL], "", ZoneKind.DIGITAL_INPUT, AlarmClass.DEVICE, "", (0.0, 0.0),
    )  # fmt: skip


def _digits(text: str) -> int:
    return int(text[:6]) if text.isascii() and text.isdigit() else 0


def _cell(zone: Zone, column: str, language: int = 0) -> str:
    match column:
        case "x" | "y":
            return f"{zone.at[column == 'y']:.10g}"
        case "kind":
            return KIND_WORDS[zone.kind][language]
        case "alarm_class":
            return (
                CLASS_WORDS[zone.alarm_class][language]
                if zone.alarm_class in CLASS_WORDS
                else zone.alarm_class
            )
        case "priority":
            return "" if zone.priority is None else f"{zone.priority:d}"
        case "pinned":
            return " ".join(zone.pinned)
        case "entry_delay_s":
            return f"{zone.entry_delay_s:g}" if zone.entry_delay_s else ""
        case _:
            return str(getattr(zone, column))


def _choice(column: str, text: str, kind: type[Choice], words: Mapping[Choice, tuple[str, str]]) -> Choice:
    wanted = text.strip().lower()
    for one in kind:
        if wanted in (one.value, *(word.lower() for word in words.get(one, ()))):
            return one
    raise bad_cell(HEADINGS[column])
