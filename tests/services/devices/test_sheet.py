"""Tables of cameras come in checked row by row and go out without passwords or formulas."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from services.core.secrets import Credential
from services.devices.sheet import (
    HEADINGS,
    read_table,
    write_table,
    write_template,
)
from services.devices.tables import MOST_ROWS, write_rows
from services.domain.site import Site
from tests.services.devices.conftest import new_camera, refused

HEAD = "编号,名称,主码流地址,子码流地址,用户名,密码,东 (米),北 (米)"
GOOD = ",操场北,rtsp://10.1.2.3/a,,admin,p@ss,40,30"


def table(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "t.csv") -> Path:
    file = folder / name
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def book(folder: Path, *rows: list[object]) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    made.save(folder / "t.xlsx")
    return folder / "t.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_of_any_chinese_excel_is_read(tmp_path: Path, site: Site, encoding: str) -> None:
    (row,) = read_table(table(tmp_path, HEAD, GOOD, encoding=encoding), site)
    assert row.error is None
    assert (row.camera.name, row.camera.main_url, row.camera.at) == (
        "操场北",
        "rtsp://10.1.2.3/a",
        (40.0, 30.0),
    )
    assert row.camera.sub_url == row.camera.main_url
    assert row.logins.camera is not None
    assert (row.logins.camera.username, row.logins.camera.password) == ("admin", "p@ss")
    assert "p@ss" not in repr(row)


def test_an_xlsx_is_read_and_its_numbers_are_not_spoilt(tmp_path: Path, site: Site) -> None:
    file = book(tmp_path, ["Name", "Main stream", "Password", "User name"], ["A", "rtsp://h/1", 12345.0, "u"])
    (row,) = read_table(file, site)
    assert row.logins.camera is not None
    assert row.logins.camera.password == "12345"
    assert not row.camera.is_placed


def test_every_bad_row_says_its_line_and_reason_and_the_good_ones_stay(tmp_path: Path, site: Site) -> None:
    rows = read_table(
        table(
            tmp_path,
            HEAD,
            GOOD,
            ",,rtsp://10.1.2.3/a,,,,,",
            "C01,重号,rtsp://10.1.2.3/a,,,,,",
            "C77,一,rtsp://10.1.2.3/a,,,,,",
            "C77,二,rtsp://10.1.2.3/a,,,,,",
            ",带密码,rtsp://admin:pw@10.1.2.3/a,,,,,",
            ",字母,rtsp://10.1.2.3/a,,,,east,30",
            ",在图外,rtsp://10.1.2.3/a,,,,99999,30",
            ",=cmd|' /C calc'!A0,rtsp://10.1.2.3/a,,,,,",
        ),
        site,
    )
    found = [(row.line, row.error.code if row.error else "") for row in rows]
    assert found == [
        (2, ""),
        (3, "camera.invalid"),
        (4, "camera.number_taken"),
        (5, ""),
        (6, "camera.number_taken"),
        (7, "camera.invalid"),
        (8, "sheet.bad_cell"),
        (9, "camera.invalid"),
        (10, "sheet.bad_cell"),
    ]


def test_a_formula_is_refused_not_calculated(tmp_path: Path, site: Site) -> None:
    file = book(tmp_path, ["名称", "主码流地址"], ['=HYPERLINK("http://x","y")', "rtsp://h/1"])
    (row,) = read_table(file, site)
    assert row.error is not None
    assert row.error.code == "sheet.bad_cell"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty"),
        ("名称,主码流地址\r\n".encode(), "sheet.empty"),
        ("编号,位置\r\nC1,x\r\n".encode(), "sheet.no_columns"),
        (b"PK\x03\x04 not a book", "sheet.unreadable"),
        (b"\xff\xfe\x00\x81\xff", "sheet.unreadable"),
        (b"x" * 4_000_001, "sheet.too_big"),
    ],
)
def test_what_is_no_table_is_refused_whole(tmp_path: Path, site: Site, content: bytes, code: str) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(content)
    assert refused(lambda: read_table(file, site)).code == code


def test_a_book_that_unpacks_to_more_than_it_should_is_refused(tmp_path: Path, site: Site) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 41_000_000)
    assert refused(lambda: read_table(file, site)).code == "sheet.too_big"


def test_more_rows_than_a_site_has_cameras_are_refused(tmp_path: Path, site: Site) -> None:
    file = table(tmp_path, HEAD, *[GOOD] * (MOST_ROWS + 1))
    assert refused(lambda: read_table(file, site)).code == "sheet.too_many_rows"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_exported_table_reads_back_equal_and_holds_no_formula(
    tmp_path: Path, site: Site, ending: str
) -> None:
    file = tmp_path / f"out.{ending}"
    hostile = replace(new_camera("C50", "=1+1"), place="@SUM(A1)", credential="gate")
    write_table([hostile], file)
    cells = _cells(file)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "gate" not in cells
    assert not any("密码" in cell or "password" in cell.lower() for cell in cells)
    (row,) = read_table(file, site)
    assert row.camera == replace(hostile, credential="")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_control_characters_in_a_table_are_left_out_and_lose_nothing_else(
    tmp_path: Path, ending: str
) -> None:
    write_rows([["离线\x07\x00了", "=1"]], tmp_path / f"out.{ending}")
    assert _cells(tmp_path / f"out.{ending}") == ["离线了", "'=1"]


def test_the_template_names_every_column_and_is_itself_readable(tmp_path: Path, site: Site) -> None:
    for ending in ("csv", "xlsx"):
        file = tmp_path / f"template.{ending}"
        write_template(file)
        assert [name for name, _ in HEADINGS.values()] == _cells(file)[: len(HEADINGS)]
        (row,) = read_table(file, site)
        assert row.error is None


def _cells(file: Path) -> list[str]:
    if file.suffix == ".csv":
        rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))
        return [cell for row in rows for cell in row]
    sheet = load_workbook(file).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_recorder_of_a_camera_comes_in_with_its_login_and_goes_out_without(
    tmp_path: Path, site: Site
) -> None:
    head = "名称,主码流地址,Recorder address,录像机通道,录像机用户名,录像机密码"
    row = "东门,rtsp://10.0.0.1/a,http://10.0.0.8/onvif/device_service,3,nvr,word 9"
    (read,) = read_table(table(tmp_path, head, row), site)
    assert read.error is None
    assert (read.camera.recorder_url, read.camera.recorder_channel) == (
        "http://10.0.0.8/onvif/device_service",
        "3",
    )
    assert read.logins.camera is None
    assert read.logins.recorder == Credential("nvr", "word 9")
    out = tmp_path / "out.csv"
    write_table([read.camera], out)
    text = out.read_text(encoding="utf-8-sig")
    assert "http://10.0.0.8/onvif/device_service" in text
    assert "word 9" not in text
