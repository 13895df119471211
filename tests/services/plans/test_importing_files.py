"""Files of Word and Excel are read as they are shown, and hostile ones refused with their reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from services.core.errors import ServiceError
from services.core.paths import resource
from services.domain.documents import Document, Heading, Table
from services.domain.plans import PlanCategory
from services.plans.importing_files import MOST_BYTES, MOST_LINES, read_plan
from services.reports.docx import docx_of


def test_a_word_file_is_read_with_headings_numbers_and_tables(tmp_path: Path) -> None:
    book = docx.Document()
    book.add_heading("宿舍火灾预案", 0)
    book.add_heading("处置步骤", 1)
    for words in ("查看画面", "拨打 119"):
        book.add_paragraph(words, style="List Number")
    book.add_paragraph("不要加粗的说明")
    book.add_heading("联系电话", 1)
    table = book.add_table(rows=2, cols=2)
    for at, words in enumerate(("单位", "电话", "消防", "119")):
        table.cell(at // 2, at % 2).text = words
    path = tmp_path / "宿舍.docx"
    book.save(str(path))
    read = read_plan(path)

    assert read.text.name == "宿舍火灾预案"
    assert [step.title for step in read.text.steps] == ["查看画面", "拨打 119"]
    assert read.text.steps[1].text == "不要加粗的说明"
    assert [(call.who, call.number) for call in read.text.call_tree] == [("消防", "119")]
    assert read.left_out == ()


def test_numbers_that_word_writes_by_itself_are_counted(tmp_path: Path) -> None:
    book = docx.Document()
    numbering = book.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
            '<w:lvlText w:val="%1、"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            '<w:lvlText w:val="%2."/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def add(words: str, level: int) -> None:
        paragraph = book.add_paragraph(words)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )

    book.add_paragraph("停电预案")
    add("目的", 0)
    book.add_paragraph("稳住人。")
    add("处置程序", 0)
    add("联系电工", 1)
    add("查电梯", 1)
    path = tmp_path / "a.docx"
    book.save(str(path))
    read = read_plan(path)

    assert [one.line.text for one in read.lines] == [
        "停电预案",
        "一、 目的",
        "稳住人。",
        "二、 处置程序",
        "1. 联系电工",
        "2. 查电梯",
    ]
    assert [step.title for step in read.text.steps] == ["联系电工", "查电梯"]


def test_what_this_program_writes_it_can_read_again(tmp_path: Path) -> None:
    rows = (("1", "拨打 119", "值班员", "1 分钟"), ("2", "广播", "值班员", "2 分钟"))
    paper = Document("火灾预案", blocks=(Heading("步骤"), Table(("步", "做什么", "谁", "时限"), rows)))
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of(paper))
    read = read_plan(path)

    assert [(step.title, step.deadline_s) for step in read.text.steps] == [
        ("拨打 119", 60.0),
        ("广播", 120.0),
    ]


def test_every_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    for row in (["防汛预案"], ["步骤", "责任人", "时限"], ["断电", "电工", "10分钟"], ["=1+1", "班长", 30.0]):
        first.append(row)
    second = book.create_sheet("通讯录")
    for row in (["单位", "电话"], ["供电", 95598]):
        second.append(row)
    path = tmp_path / "防汛.xlsx"
    book.save(path)
    read = read_plan(path)

    assert (read.text.name, read.text.category) == ("防汛预案", PlanCategory.FLOOD)
    assert [(step.title, step.deadline_s) for step in read.text.steps] == [("断电", 600.0), ("=1+1", 30.0)]
    assert [(call.who, call.number) for call in read.text.call_tree] == [("供电", "95598")]
    assert [one.line.where for one in read.lines] == [
        "Sheet:1",
        "Sheet:2",
        "Sheet:3",
        "Sheet:4",
        "通讯录:1",
        "通讯录:2",
    ]


# hostile files


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()


def encrypted_zip() -> bytes:
    content = bytearray(zipped({"word/document.xml": word("")}))
    # The flag of the first entry, in its own head and in the directory.
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


ENTITIES = b"<!DOCTYPE a [<!ENTITY b 'x'>]>" + word("&b;")
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "plans.file_wrong_kind"),
    "a picture": (lambda: b"\x89PNG\r\n", "plans.file_wrong_kind"),
    "a pdf": (lambda: b"%PDF-1.7", "plans.file_wrong_kind"),
    "old word": (lambda: OLE, "plans.file_old"),
    "with password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "plans.file_encrypted"),
    "encrypted zip": (encrypted_zip, "plans.file_encrypted"),
    "another zip": (lambda: zipped({"a.txt": b"x"}), "plans.file_wrong_kind"),
    "cut off": (lambda: zipped({"word/document.xml": word("")})[:60], "plans.file_damaged"),
    "no xml": (lambda: zipped({"word/document.xml": b"<<<"}), "plans.file_damaged"),
    "entities": (lambda: zipped({"word/document.xml": ENTITIES}), "plans.file_damaged"),
    "empty": (lambda: zipped({"word/document.xml": word("")}), "plans.file_empty"),
    "macros": (
        lambda: zipped({"word/document.xml": word(""), "word/vbaProject.bin": b"x"}),
        "plans.file_macros",
    ),
    "bomb": (lambda: zipped({"word/document.xml": bytes(20_000_000)}), "plans.file_too_big"),
    "many parts": (
        lambda: zipped({"word/document.xml": word(""), **{f"{at}": b"" for at in range(3001)}}),
        "plans.file_too_big",
    ),
    "huge": (lambda: b"PK" + bytes(MOST_BYTES), "plans.file_too_big"),
    "endless": (
        lambda: zipped({"word/document.xml": word("<w:p><w:r><w:t>行</w:t></w:r></w:p>" * (MOST_LINES + 1))}),
        "plans.file_too_long",
    ),
    "broken workbook": (lambda: zipped({"xl/workbook.xml": b"<x/>"}), "plans.file_damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    content, code = HOSTILE[name]
    path = tmp_path / "预案.docx"
    path.write_bytes(content())
    with pytest.raises(ServiceError) as caught:
        read_plan(path)

    assert (caught.value.code, caught.value.params["file"]) == (code, "预案.docx")


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(ServiceError) as caught:
        read_plan(tmp_path / "gone.docx")

    assert caught.value.code == "plans.file_unreadable"


def test_paragraphs_nested_without_end_do_not_fail(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
    path = tmp_path / "deep.docx"
    path.write_bytes(zipped({"word/document.xml": word(f"<w:p><w:r><w:t>名</w:t></w:r></w:p>{deep}")}))

    assert read_plan(path).text.name == "名"


def test_the_samples_are_no_word_files() -> None:
    with pytest.raises(ServiceError) as caught:
        read_plan(resource("plans", "fire.toml"))

    assert caught.value.code == "plans.file_wrong_kind"
