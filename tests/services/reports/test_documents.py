from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from services.core.errors import ServiceError
from services.domain.documents import Document, Heading, Table
from services.reports.documents import save
from tests.services.reports.papers import HOSTILE, paper, small_files


def texts_of(file: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(file)).paragraphs if paragraph.text]


def test_what_a_document_says_is_read_back_from_docx_in_order(tmp_path: Path) -> None:
    save(paper(), tmp_path / "a.docx")

    assert texts_of(tmp_path / "a.docx") == [
        "交接班记录",
        "示范学院保卫处",
        "未结报警",
        "未结报警",
        "借出物品",
        "东门道闸待修<b>不是粗体</b>",
        "由程序准备",
        "东门",
        "交班人　王某　　2026-11-28 20:00:01",
        "接班人　____________________　　________________",
        "示范学院保卫处",
        "2026年11月28日",
    ]
    facts, alarms, lent, _ = docx.Document(str(tmp_path / "a.docx")).tables
    assert [cell.text for cell in facts.rows[0].cells] == ["编号", "JJ20261128-0001", "制作", "王某"]
    assert [[cell.text for cell in row.cells] for row in alarms.rows] == [
        ["报警号", "次数", "误报率"],
        ["BJ20261128-0001", "12", "33.3"],
        [HOSTILE, "3", "0"],
    ]
    assert lent.rows[1].cells[0].text == "没有借出的物品"
    assert len(docx.Document(str(tmp_path / "a.docx")).inline_shapes) == 1


def test_docx_names_a_face_for_chinese_and_counts_pages(tmp_path: Path) -> None:
    save(paper(), tmp_path / "a.docx")

    read = docx.Document(str(tmp_path / "a.docx"))
    faces = {name: read.styles[name].element.rPr.rFonts for name in ("Normal", "Title", "Heading 1")}
    assert {name: fonts.get(qn("w:eastAsia")) for name, fonts in faces.items()} == {
        "Normal": "宋体",
        "Title": "黑体",
        "Heading 1": "黑体",
    }
    assert all(fonts.get(qn("w:eastAsiaTheme")) is None for fonts in faces.values())
    footer = read.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("示范学院 交接班")
    assert [code.text for code in footer._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_a_wide_document_lies_on_its_side(tmp_path: Path) -> None:
    save(replace(paper(), is_landscape=True), tmp_path / "a.docx")

    section = docx.Document(str(tmp_path / "a.docx")).sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)


def test_xlsx_has_the_paper_and_a_sheet_to_reckon_with_for_each_table(tmp_path: Path) -> None:
    save(paper(), tmp_path / "a.xlsx")

    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["交接班记录", "未结报警", "借出物品"]
    assert list(book["未结报警"].values) == [
        ("报警号", "次数", "误报率"),
        ("BJ20261128-0001", 12, 33.333),
        ("'" + HOSTILE, 3, 0),
    ]
    said = [row[0] for row in book["交接班记录"].values if row[0]]
    assert said[:4] == ["交接班记录", "示范学院保卫处", "编号", "制作"]
    assert ("交班人", "王某", "2026-11-28 20:00:01") in list(book["交接班记录"].values)


def test_no_cell_of_xlsx_is_a_formula(tmp_path: Path) -> None:
    starts = ("=1+1", "+1", "-1", "@A1", "\t=1", "\r=1")
    table = Table(starts, (starts,), "=title")
    save(Document("=2+2", blocks=(Heading("=3"), table)), tmp_path / "a.xlsx")

    cells = [
        cell
        for sheet in load_workbook(tmp_path / "a.xlsx")
        for row in sheet
        for cell in row
        if cell.value is not None
    ]
    # On the paper title, heading, title of the table, 6 heads, 6 values; on its own sheet 12 again.
    assert len(cells) == 27
    assert all(cell.data_type == "s" and str(cell.value).startswith("'") for cell in cells)


def test_sheets_of_one_name_or_of_impossible_names_are_told_apart(tmp_path: Path) -> None:
    names = ("a/b:c", "a b c", "x" * 40, "x" * 40, "''")
    save(Document("t", blocks=tuple(Table(("c",), (), name) for name in names)), tmp_path / "a.xlsx")

    assert load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "t",
        "a b c",
        "a b c 2",
        "x" * 31,
        "x" * 29 + " 2",
        "1",
    ]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")

    with small_files(), pytest.raises(ServiceError) as caught:
        save(paper(), tmp_path / "a.docx")

    assert caught.value.code == "file.cannot_write"
    assert (tmp_path / "a.docx").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.docx"]


def test_a_finished_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    save(paper(), tmp_path / "a.docx")

    assert os.listdir(tmp_path) == ["a.docx"]


def test_a_file_of_a_kind_nobody_can_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="unknown_kind"):
        save(paper(), tmp_path / "a.odt")
