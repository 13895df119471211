"""Cameras as a table: CSV or XLSX in and out, one row a camera; passwords come in, never go out."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.cameras import check_camera
from services.domain.site import UNPLACED, Camera, CameraNo, Site

MOST_ROWS = 2000
MOST_BYTES = 4_000_000
# 2000 cameras are 4 MB of XML; of a sheet that hides its size openpyxl reads all, 1.7 MB/s.
MOST_UNPACKED_BYTES = 12_000_000
MOST_CELL = 400
PASSWORD, USER = "password", "username"

# Column headings as they are written; English ones and field names are read too.
HEADINGS: dict[str, tuple[str, str]] = {
    "no": ("编号", "No."),
    "name": ("名称", "Name"),
    "name_en": ("英文名称", "English name"),
    "place": ("位置", "Place"),
    "building": ("楼栋", "Building"),
    "floor": ("楼层", "Floor"),
    "main_url": ("主码流地址", "Main stream"),
    "sub_url": ("子码流地址", "Sub-stream"),
    "onvif_url": ("ONVIF 地址", "ONVIF address"),
    USER: ("用户名", "User name"),
    PASSWORD: ("密码", "Password"),
    "x": ("东 (米)", "East (m)"),
    "y": ("北 (米)", "North (m)"),
    "height_m": ("高度 (米)", "Height (m)"),
    "heading_deg": ("朝向 (度)", "Heading (deg)"),
    "fov_deg": ("视角 (度)", "Field of view (deg)"),
    "range_m": ("距离 (米)", "Range (m)"),
}
_NUMBERS = {"x": 0.0, "y": 0.0, "height_m": 4.0, "heading_deg": 0.0, "fov_deg": 70.0, "range_m": 30.0}
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One camera of the table. line: as the table's own program numbers it. error: what keeps it out.

    login: of the optional columns; its password is not shown.
    """

    line: int
    camera: Camera
    login: Credential | None = field(default=None, repr=False)
    error: ServiceError | None = None


def read_table(file: Path, site: Site) -> tuple[SheetRow, ...]:
    """Every row, good or not; nothing is stored.

    Raises ServiceError: sheet.unreadable(file, reason), sheet.too_big(file, most), sheet.no_columns(file,
    missing), sheet.too_many_rows(most), sheet.empty(file).
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ServiceError("sheet.too_big", file=file.name, most=MOST_BYTES // 1_000_000)
        content = file.read_bytes()
    except OSError as error:
        raise ServiceError("sheet.unreadable", file=file.name, reason=error.strerror) from None
    rows = _from_xlsx(content, file.name) if content[:2] == b"PK" else _from_csv(content, file.name)
    return _cameras(rows, file.name, site)


def write_table(cameras: Iterable[Camera], file: Path) -> None:
    """All cameras, XLSX or CSV (UTF-8 with a mark, as Excel wants it) by the file's ending.

    No password is in it, and no cell that a table program would take for a formula. Raises
    ServiceError("sheet.cannot_write", file, reason).
    """
    columns = [column for column in HEADINGS if column not in (USER, PASSWORD)]
    lines = [[HEADINGS[column][0] for column in columns]]
    lines += [[_safe(_cell(camera, column)) for column in columns] for camera in cameras]
    _write(lines, file)


def write_cells(lines: Iterable[Sequence[str]], file: Path) -> None:
    """Any table of texts, with the same care and the same errors as `write_table`."""
    _write([[_safe(cell) for cell in line] for line in lines], file)


def write_template(file: Path) -> None:
    """The headings and one row to go by."""
    example = {
        "name": "操场北", "place": "操场", "main_url": "rtsp://192.168.1.64/Streaming/Channels/101",
        "sub_url": "rtsp://192.168.1.64/Streaming/Channels/102", USER: "admin",
    }  # fmt: skip
    _write([[name for name, _ in HEADINGS.values()], [example.get(key, "") for key in HEADINGS]], file)


def _write(lines: Sequence[Sequence[str]], file: Path) -> None:
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        if file.suffix.lower() == ".xlsx":
            book = Workbook(write_only=True)
            sheet = book.create_sheet("cameras")
            for line in lines:
                sheet.append(line)
            book.save(unfinished)
        else:
            text = io.StringIO(newline="")
            csv.writer(text).writerows(lines)
            unfinished.write_bytes(text.getvalue().encode("utf-8-sig"))
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ServiceError("sheet.cannot_write", file=file.name, reason=error.strerror) from None


def _safe(text: str) -> str:
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _bare(text: str) -> str:
    """A cell that `_safe` marked, as it was."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_STARTS_FORMULA) else text


def _cell(camera: Camera, column: str) -> str:
    if column in ("x", "y"):
        return f"{camera.at[column == 'y']:g}" if camera.is_placed else ""
    value = getattr(camera, column)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _from_csv(content: bytes, name: str) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [list(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
        except csv.Error:
            raise ServiceError("sheet.unreadable", file=name, reason="CSV") from None
    raise ServiceError("sheet.unreadable", file=name, reason="UTF-8 / GBK")


def _from_xlsx(content: bytes, name: str) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise ServiceError("sheet.too_big", file=name, most=MOST_BYTES // 1_000_000)
        with warnings.catch_warnings():
            # What openpyxl leaves out of foreign books does not concern us.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()
                rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=64)
                return [["" if value is None else _text(value) for value in row] for row in rows]
            finally:
                book.close()
    except ServiceError:
        raise
    except Exception:  # noqa: BLE001 - a damaged or hostile book raises anything; none of it may be shown
        raise ServiceError("sheet.unreadable", file=name, reason="XLSX") from None


def _text(value: object) -> str:
    """12 for a cell that holds the number 12.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _cameras(rows: list[list[str]], name: str, site: Site) -> tuple[SheetRow, ...]:
    filled = [(line, row) for line, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not filled:
        raise ServiceError("sheet.empty", file=name)
    columns = _columns(filled[0][1])
    missing = [HEADINGS[column][0] for column in ("name", "main_url") if column not in columns.values()]
    if missing:
        raise ServiceError("sheet.no_columns", file=name, missing="、".join(missing))
    if len(filled) - 1 > MOST_ROWS:
        raise ServiceError("sheet.too_many_rows", most=MOST_ROWS)
    if len(filled) == 1:
        raise ServiceError("sheet.empty", file=name)
    taken = {str(camera.no) for camera in site.cameras}
    return tuple(_row(line, row, columns, site, taken) for line, row in filled[1:])


def _columns(heads: Sequence[str]) -> dict[int, str]:
    known = {word.strip().lower(): column for column, both in HEADINGS.items() for word in (*both, column)}
    found = ((index, known.get(head.strip().lower())) for index, head in enumerate(heads))
    return {index: column for index, column in found if column is not None}


def _row(line: int, row: Sequence[str], columns: dict[int, str], site: Site, taken: set[str]) -> SheetRow:
    cells = {column: row[index].strip() for index, column in columns.items() if index < len(row)}
    try:
        camera = _camera(cells, site)
        if camera.no and camera.no in taken:
            raise ServiceError("camera.number_taken", camera=camera.no)
        # A row without a number gets one when it is stored; until then it stands for itself.
        check_camera(replace(camera, no=camera.no or CameraNo("C00")), site)
    except ServiceError as error:
        named = replace(
            _NOTHING, no=CameraNo(cells.get("no", "")[:24]), name=cells.get("name", "")[:MOST_CELL]
        )
        return SheetRow(line, named, error=error)
    if camera.no:
        taken.add(str(camera.no))
    return SheetRow(line, camera, _login(cells))


def _camera(cells: dict[str, str], site: Site) -> Camera:
    words = {column: _word(column, cell) for column, cell in cells.items() if column not in (USER, PASSWORD)}
    numbers = {column: _number(column, words.pop(column, "")) for column in _NUMBERS}
    is_placed = bool(cells.get("x") and cells.get("y"))
    at = (numbers.pop("x"), numbers.pop("y")) if is_placed else (site.width_m / 2, site.height_m / 2)
    return Camera(
        no=CameraNo(words.get("no", "")),
        name=words.get("name", ""),
        name_en=words.get("name_en", ""),
        place=words.get("place") or UNPLACED,
        at=at,
        height_m=numbers["height_m"],
        heading_deg=numbers["heading_deg"] % 360.0,
        fov_deg=numbers["fov_deg"],
        range_m=numbers["range_m"],
        main_url=words.get("main_url", ""),
        sub_url=words.get("sub_url") or words.get("main_url", ""),
        building=words.get("building", ""),
        floor=words.get("floor", ""),
        onvif_url=words.get("onvif_url", ""),
        is_placed=is_placed,
    )


_NOTHING = Camera(CameraNo(""), "", "", "", (0.0, 0.0), 4.0, 0.0, 70.0, 30.0, "", "")


def _word(column: str, cell: str) -> str:
    """A formula is refused, not calculated; so is what no camera needs."""
    text = _bare(cell)
    if cell.startswith("=") or len(text) > MOST_CELL:
        raise ServiceError("sheet.bad_cell", column=HEADINGS[column][0])
    return text


def _number(column: str, text: str) -> float:
    if not text:
        return _NUMBERS[column]
    try:
        return float(text)
    except ValueError:
        raise ServiceError("sheet.bad_cell", column=HEADINGS[column][0]) from None


def _login(cells: dict[str, str]) -> Credential | None:
    username = _bare(cells.get(USER, ""))
    return Credential(username, cells.get(PASSWORD, "")) if username else None
