"""A document as DOCX, to be worked on further in Word or WPS."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from services.core.cells import writable_text
from services.domain.documents import (
    Block,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    SignatureLine,
    StampPlace,
    Table,
    cell_text,
    shares_of,
)

# Faces that every Chinese Windows has; Word takes another where they are missing.
BODY_FACE = "宋体"
HEAD_FACE = "黑体"
LATIN_FACE = "Times New Roman"
_MARGIN = Mm(20)
_PAGE = (Mm(210), Mm(297))
_GREY = RGBColor(0x60, 0x60, 0x60)


def docx_of(document: Document) -> bytes:
    paper = docx.Document()
    _set_page(paper, document.is_landscape)
    _set_faces(paper)
    paper.core_properties.title = writable_text(document.title)
    paper.core_properties.author = ""
    paper.core_properties.comments = ""
    title = paper.add_paragraph(writable_text(document.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if document.subtitle:
        _say(paper, document.subtitle).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_facts(paper, document.facts)
    for block in document.blocks:
        _add(paper, block)
    _add_footer(paper, document.footer)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _add(paper: Docx, block: Block) -> None:
    match block:
        case Heading():
            paper.add_heading(writable_text(block.text), level=block.level)
        case Paragraph():
            _add_paragraph(paper, block)
        case Facts():
            _add_facts(paper, block.pairs)
        case Table():
            _add_table(paper, block)
        case Picture():
            _add_picture(paper, block)
        case SignatureLine():
            _say(paper, _signature(block)).paragraph_format.space_before = Pt(14)
        case StampPlace():
            _add_stamp_place(paper, block)
        case PageBreak():
            paper.add_paragraph().paragraph_format.page_break_before = True


def _say(paper: Docx, text: str) -> DocxParagraph:
    return paper.add_paragraph(writable_text(text))


def _add_paragraph(paper: Docx, block: Paragraph) -> None:
    said = _say(paper, block.text)
    if block.is_note:
        for run in said.runs:
            run.font.size, run.font.color.rgb = Pt(9), _GREY


def _add_facts(paper: Docx, pairs: Sequence[tuple[str, str]]) -> None:
    if not pairs:
        return
    table = paper.add_table(rows=0, cols=4)
    for first in range(0, len(pairs), 2):
        cells = table.add_row().cells
        for number, (label, text) in enumerate(pairs[first : first + 2]):
            _fill(cells[2 * number].paragraphs[0], label, is_bold=True)
            _fill(cells[2 * number + 1].paragraphs[0], text)
    _share_width(paper, table, (2.0, 5.0, 2.0, 5.0))
    paper.add_paragraph()


def _add_table(paper: Docx, block: Table) -> None:
    if block.title:
        _fill(paper.add_paragraph(), block.title, is_bold=True)
    table = paper.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, text in zip(table.rows[0].cells, block.columns, strict=True):
        _fill(cell.paragraphs[0], text, is_bold=True)
    _repeat_head(table)
    for row in block.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _fill(cell.paragraphs[0], cell_text(value))
            if not isinstance(value, str):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if not block.rows:
        cells = table.add_row().cells
        _fill(cells[0].merge(cells[-1]).paragraphs[0], block.empty)
    _share_width(paper, table, shares_of(block))
    paper.add_paragraph()


def _add_picture(paper: Docx, block: Picture) -> None:
    section = paper.sections[0]
    room = (section.page_width or _PAGE[0]) - 2 * _MARGIN
    paper.add_picture(io.BytesIO(block.content), width=min(Mm(block.width_mm), room))
    paper.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    if block.caption:
        _say(paper, block.caption).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_stamp_place(paper: Docx, block: StampPlace) -> None:
    issuer = _say(paper, block.issuer)
    issuer.paragraph_format.space_before = Mm(30)
    for line in (issuer, _say(paper, block.date)):
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Mm(20)
        line.paragraph_format.keep_with_next = line is issuer


def _signature(line: SignatureLine) -> str:
    return f"{line.label}　{line.name or '_' * 20}　　{line.at or '_' * 16}"


def _fill(paragraph: DocxParagraph, text: str, *, is_bold: bool = False) -> None:
    run = paragraph.add_run(writable_text(text))
    run.bold = is_bold


def _share_width(paper: Docx, table: DocxTable, shares: Sequence[float]) -> None:
    width = (paper.sections[0].page_width or _PAGE[0]) - 2 * _MARGIN
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(width * share / sum(shares))
        for cell in column.cells:
            cell.width = int(width * share / sum(shares))


def _repeat_head(table: DocxTable) -> None:
    """The head comes again on every page that the table goes over."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _set_page(paper: Docx, is_landscape: bool) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = _PAGE[::-1] if is_landscape else _PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN


def _set_faces(paper: Docx) -> None:
    """Word chooses a face of its own for Chinese unless the East Asian one is named."""
    faces = {"Normal": (BODY_FACE, 10.5), "Title": (HEAD_FACE, 18.0), "Heading 1": (HEAD_FACE, 14.0)}
    faces["Heading 2"] = (HEAD_FACE, 12.0)
    for name, (face, size) in faces.items():
        style = paper.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = LATIN_FACE, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), face)


def _add_footer(paper: Docx, text: str) -> None:
    line = paper.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if text:
        line.add_run(writable_text(text) + "　")
    _add_field(line.add_run(), "PAGE")
    line.add_run(" / ")
    _add_field(line.add_run(), "NUMPAGES")


def _add_field(run: Run, code: str) -> None:
    """A number that Word counts itself."""
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)
