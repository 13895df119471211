"""Zones as a table: CSV or XLSX in and out, one row a zone; names of kinds in Chinese, English or code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from services.campus.entries import CLASSES_OF_KIND
from services.core.cells import bare_cell
from services.core.errors import ServiceError
from services.devices.entries import check_entry
from services.devices.tables import read_rows, write_rows
from services.domain.classes import AlarmClass, Priority
from services.domain.site import CameraNo, PanelNo, Site, Zone, ZoneKind, ZoneNo

MOST_CELL = 400

HEADINGS: dict[str, tuple[str, str]] = {
    "no": ("编号", "No."),
    "panel": ("主机", "Panel"),
    "number": ("防区号", "Zone number"),
    "name": ("名称", "Name"),
    "name_en": ("英文名称", "English name"),
    "kind": ("探测器", "Detector"),
    "alarm_class": ("类别", "Class"),
    "place": ("位置", "Place"),
    "x": ("东 (米)", "East (m)"),
    "y": ("北 (米)", "North (m)"),
    "priority": ("级别", "Priority"),
    "arm_group": ("布防组", "Arm group"),
    "entry_delay_s": ("进入延时 (秒)", "Entry delay (s)"),
    "pinned": ("指定摄像机", "Pinned cameras"),
    "point": ("点位", "Point"),
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
Number = TypeVar("Number")


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """One zone of the table. line: as the table's own program numbers it. error: what keeps it out."""

    line: int
    zone: Zone
    error: ServiceError | None = None


def read_zones(file: Path, site: Site) -> tuple[ZoneRow, ...]:
    """Every row, good or not, checked against `site` and the rows before it; nothing is stored.

    Raises what `read_rows` raises.
    """
    taken = {str(zone.no) for zone in site.zones}
    wires = {(str(zone.panel), zone.number): str(zone.no) for zone in site.zones}
    return tuple(_row(line, cells, site, taken, wires) for line, cells in read_rows(file, HEADINGS, _NEEDED))


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


def _row(
    line: int, cells: Mapping[str, str], site: Site, taken: set[str], wires: dict[tuple[str, int], str]
) -> ZoneRow:
    try:
        zone = _zone(cells)
        if zone.no and zone.no in taken:
            raise ServiceError("entry.number_taken", no=zone.no)
        held = wires.get((str(zone.panel), zone.number))
        if held is not None:
            reason = f"{zone.number} of panel {zone.panel} is already zone {held}"
            raise ServiceError("entry.invalid", no=zone.no, field="number", reason=reason)
        # A row without a number gets one when it is stored; until then it stands for itself.
        check_entry(replace(zone, no=zone.no or ZoneNo("new")), site)
    except ServiceError as error:
        return ZoneRow(line, _stub(cells), error)
    if zone.no:
        taken.add(str(zone.no))
    wires[str(zone.panel), zone.number] = str(zone.no) or f"({line})"
    return ZoneRow(line, zone)


def _zone(cells: Mapping[str, str]) -> Zone:
    words = {column: _word(column, cell) for column, cell in cells.items()}
    kind = _choice("kind", words.get("kind", ""), ZoneKind, KIND_WORDS)
    class_word = words.get("alarm_class", "")
    alarm_class = CLASSES_OF_KIND[kind][0]
    if class_word:
        alarm_class = _choice("alarm_class", class_word, AlarmClass, CLASS_WORDS)
    priority = words.get("priority", "").upper().removeprefix("P")
    return Zone(
        no=ZoneNo(words.get("no", "")),
        panel=PanelNo(words.get("panel", "")),
        number=_number("number", words.get("number", ""), int),
        name=words.get("name", ""),
        name_en=words.get("name_en", ""),
        kind=kind,
        alarm_class=alarm_class,
        place=words.get("place", ""),
        at=(_number("x", words.get("x", ""), float), _number("y", words.get("y", ""), float)),
        priority=_number("priority", priority, _priority) if priority else None,
        pinned=tuple(CameraNo(no) for no in words.get("pinned", "").replace(",", " ").split()),
        arm_group=words.get("arm_group", ""),
        entry_delay_s=_number("entry_delay_s", words.get("entry_delay_s") or "0", float),
        point=words.get("point", ""),
    )


def _priority(text: str) -> Priority:
    return Priority(int(text))


def _stub(cells: Mapping[str, str]) -> Zone:
    """Enough of a wrong row to find it in the table."""
    return Zone(
        ZoneNo(cells.get("no", "")[:24]),
        PanelNo(cells.get("panel", "")[:24]), _digits(cells.get("number", "")),
        cells.get("name", "")[:MOST_CELL], "", ZoneKind.DIGITAL_INPUT, AlarmClass.DEVICE, "", (0.0, 0.0),
    )  # fmt: skip


def _digits(text: str) -> int:
    return int(text[:6]) if text.isascii() and text.isdigit() else 0


def _cell(zone: Zone, column: str) -> str:
    match column:
        case "x" | "y":
            return f"{zone.at[column == 'y']:g}"
        case "kind":
            return KIND_WORDS[zone.kind][0]
        case "alarm_class":
            return CLASS_WORDS[zone.alarm_class][0] if zone.alarm_class in CLASS_WORDS else zone.alarm_class
        case "priority":
            return "" if zone.priority is None else f"{zone.priority:d}"
        case "pinned":
            return " ".join(zone.pinned)
        case "entry_delay_s":
            return f"{zone.entry_delay_s:g}" if zone.entry_delay_s else ""
        case _:
            return str(getattr(zone, column))


def _word(column: str, cell: str) -> str:
    """A formula is refused, not calculated; so is what no zone needs."""
    text = bare_cell(cell)
    if cell.startswith("=") or len(text) > MOST_CELL:
        raise _bad(column)
    return text


def _choice(column: str, text: str, kind: type[Choice], words: Mapping[Choice, tuple[str, str]]) -> Choice:
    wanted = text.strip().lower()
    for one in kind:
        if wanted in (one.value, *(word.lower() for word in words.get(one, ()))):
            return one
    raise _bad(column)


def _number(column: str, text: str, kind: Callable[[str], Number]) -> Number:
    try:
        return kind(text)
    except ValueError:
        raise _bad(column) from None


def _bad(column: str) -> ServiceError:
    return ServiceError("sheet.bad_cell", column=HEADINGS[column][0])
