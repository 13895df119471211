"""A document as a workbook: the paper on the first sheet, each table on one of its own to reckon with."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from services.core.cells import safe_cell, writable_text
from services.domain.documents import (
    Cell,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    SignatureLine,
    StampPlace,
    Table,
    width_of,
)

FONT = "宋体"
MOST_SHEET_NAME = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60
_NARROWEST = 8
_HEAD_FILL = PatternFill("solid", fgColor="FFE7ECF2")


def xlsx_of(document: Document) -> bytes:
    book = Workbook()
    paper = book.worksheets[0]
    paper.title = _sheet_name(document.title, [])
    paper.page_setup.orientation = "landscape" if document.is_landscape else "portrait"
    paper.page_setup.paperSize = 9  # A4
    paper.page_setup.fitToHeight = 0
    paper.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _Paper(paper).write(document)
    for table in document.blocks:
        if isinstance(table, Table) and table.title:
            _write_table(book.create_sheet(_sheet_name(table.title, book.sheetnames)), table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class _Paper:
    """The sheet that reads like the printed paper."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    def write(self, document: Document) -> None:
        self._line([document.title], size=16, is_bold=True)
        if document.subtitle:
            self._line([document.subtitle], size=12)
        self._facts(document.facts)
        for block in document.blocks:
            self._block(block)
        _fit_columns(self._sheet)

    def _block(
        self,
        block: Heading | Paragraph | Facts | Table | Picture | SignatureLine | StampPlace | PageBreak,
    ) -> None:
        match block:
            case Heading():
                self._gap()
                self._line([block.text], size=14 if block.level == 1 else 12, is_bold=True)
            case Paragraph():
                self._line([block.text])
            case Facts():
                self._facts(block.pairs)
            case Table():
                self._table(block)
            case Picture():
                # A workbook is for figures; what a picture shows is said.
                self._line([block.caption])
            case SignatureLine():
                self._gap()
                self._line([block.label, block.name, block.at])
            case StampPlace():
                self._gap()
                self._line([block.issuer])
                self._line([block.date])
            case PageBreak():
                self._gap()

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        for label, text in pairs:
            self._line([label, text])

    def _table(self, table: Table) -> None:
        if table.title:
            self._line([table.title], is_bold=True)
        self._line(table.columns, is_bold=True, is_head=True)
        for row in table.rows:
            self._line(row)
        if not table.rows:
            self._line([table.empty])
        self._gap()

    def _line(
        self, cells: Sequence[Cell], *, size: int = 11, is_bold: bool = False, is_head: bool = False
    ) -> None:
        _append(self._sheet, cells, size=size, is_bold=is_bold, is_head=is_head)

    def _gap(self) -> None:
        self._sheet.append([""])


def _write_table(sheet: Worksheet, table: Table) -> None:
    _append(sheet, table.columns, is_bold=True, is_head=True)
    for row in table.rows:
        _append(sheet, row)
    sheet.freeze_panes = "A2"
    if table.rows:
        sheet.auto_filter.ref = sheet.dimensions
    _fit_columns(sheet)


def _append(
    sheet: Worksheet,
    cells: Sequence[Cell],
    *,
    size: int = 11,
    is_bold: bool = False,
    is_head: bool = False,
) -> None:
    sheet.append([safe_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(name=FONT, size=size, bold=is_bold)
        cell.alignment = Alignment(vertical="top", wrap_text=len(cells) > 1)
        if is_head:
            cell.fill = _HEAD_FILL


def _fit_columns(sheet: Worksheet) -> None:
    """As wide as the longest cell of a row with more than one; titles run over to the right."""
    widths: dict[int, float] = {}
    for row in sheet.iter_rows():
        filled = [cell for cell in row if cell.value is not None]
        if len(filled) > 1:
            for cell in filled:
                widths[cell.column] = max(widths.get(cell.column, 0), width_of(str(cell.value)))
    for column, width in widths.items():
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = min(_WIDEST, max(_NARROWEST, width + 2))


def _sheet_name(wanted: str, taken: Sequence[str]) -> str:
    bare = _NOT_IN_SHEET_NAME.sub(" ", writable_text(wanted)).strip(" '")[:MOST_SHEET_NAME] or "1"
    name, number = bare, 2
    while name.casefold() in {one.casefold() for one in taken}:
        tail = f" {number}"
        name, number = bare[: MOST_SHEET_NAME - len(tail)] + tail, number + 1
    return name
