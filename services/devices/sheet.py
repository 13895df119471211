"""Cameras as a table: CSV or XLSX in and out, one row a camera; passwords come in, never go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from services.core.cells import bare_cell
from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.cameras import check_camera
from services.devices.keeping import NO_LOGINS, Logins
from services.devices.tables import cell_number, cell_text, read_rows, write_rows
from services.domain.names import TwoNames
from services.domain.site import UNPLACED, Camera, CameraNo, Site

MOST_CELL = 400
PASSWORD, USER = "password", "username"
RECORDER_PASSWORD, RECORDER_USER = "recorder_password", "recorder_username"
_LOGINS = (USER, PASSWORD, RECORDER_USER, RECORDER_PASSWORD)

# Column headings as they are written; English ones and field names are read too.
HEADINGS: dict[str, TwoNames] = {
    "no": TwoNames("编号", "No."),
    "name": TwoNames("名称", "Name"),
    "name_en": TwoNames("英文名称", "English name"),
    "place": TwoNames("位置", "Place"),
    "building": TwoNames("楼栋", "Building"),
    "floor": TwoNames("楼层", "Floor"),
    "main_url": TwoNames("主码流地址", "Main stream"),
    "sub_url": TwoNames("子码流地址", "Sub-stream"),
    "onvif_url": TwoNames("ONVIF 地址", "ONVIF address"),
    USER: TwoNames("用户名", "User name"),
    PASSWORD: TwoNames("密码", "Password"),
    "x": TwoNames("东 (米)", "East (m)"),
    "y": TwoNames("北 (米)", "North (m)"),
    "height_m": TwoNames("高度 (米)", "Height (m)"),
    "heading_deg": TwoNames("朝向 (度)", "Heading (deg)"),
    "fov_deg": TwoNames("视角 (度)", "Field of view (deg)"),
    "range_m": TwoNames("距离 (米)", "Range (m)"),
    "recorder_url": TwoNames("录像机地址", "Recorder address"),
    "recorder_channel": TwoNames("录像机通道", "Recorder channel"),
    RECORDER_USER: TwoNames("录像机用户名", "Recorder user name"),
    RECORDER_PASSWORD: TwoNames("录像机密码", "Recorder password"),
}
_NUMBERS = {"x": 0.0, "y": 0.0, "height_m": 4.0, "heading_deg": 0.0, "fov_deg": 70.0, "range_m": 30.0}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One camera of the table. line: as the table's own program numbers it. error: what keeps it out.

    logins: of the optional columns; their passwords are not shown.
    """

    line: int
    camera: Camera
    logins: Logins = NO_LOGINS
    error: ServiceError | None = None


def read_table(file: Path, site: Site) -> tuple[SheetRow, ...]:
    """Every row, good or not; nothing is stored. Raises what `read_rows` raises."""
    rows = read_rows(file, HEADINGS, ("name", "main_url"))
    taken = {str(camera.no) for camera in site.cameras}
    return tuple(_row(line, cells, site, taken) for line, cells in rows)


def write_table(cameras: Iterable[Camera], file: Path) -> None:
    """All cameras, XLSX or CSV (UTF-8 with a mark, as Excel wants it) by the file's ending.

    No password is in it, and no cell that a table program would take for a formula. Raises
    ServiceError("file.cannot_write", file, reason).
    """
    columns = [column for column in HEADINGS if column not in _LOGINS]
    lines = [[HEADINGS[column].name for column in columns]]
    lines += [[_cell(camera, column) for column in columns] for camera in cameras]
    write_rows(lines, file)


def write_template(file: Path) -> None:
    """The headings and one row to go by."""
    example = {
        "name": "操场北", "place": "操场", "main_url": "rtsp://192.168.1.64/Streaming/Channels/101",
        "sub_url": "rtsp://192.168.1.64/Streaming/Channels/102", USER: "admin",
    }  # fmt: skip
    write_rows([[name for name, _ in HEADINGS.values()], [example.get(key, "") for key in HEADINGS]], file)


def _cell(camera: Camera, column: str) -> str:
    if column in ("x", "y"):
        return f"{camera.at[column == 'y']:g}" if camera.is_placed else ""
    value = getattr(camera, column)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _row(line: int, cells: dict[str, str], site: Site, taken: set[str]) -> SheetRow:
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
    logins = Logins(_login(cells, USER, PASSWORD), _login(cells, RECORDER_USER, RECORDER_PASSWORD))
    return SheetRow(line, camera, logins)


def _camera(cells: dict[str, str], site: Site) -> Camera:
    words = {
        column: cell_text(cell, HEADINGS[column], MOST_CELL)
        for column, cell in cells.items()
        if column not in _LOGINS
    }
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
        recorder_url=words.get("recorder_url", ""),
        recorder_channel=words.get("recorder_channel", ""),
    )


_NOTHING = Camera(CameraNo(""), "", "", "", (0.0, 0.0), 4.0, 0.0, 70.0, 30.0, "", "")


def _number(column: str, text: str) -> float:
    return cell_number(text, HEADINGS[column], float) if text else _NUMBERS[column]


def _login(cells: dict[str, str], user: str, password: str) -> Credential | None:
    username = bare_cell(cells.get(user, ""))
    return Credential(username, cells.get(password, "")) if username else None
