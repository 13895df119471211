"""Tables of texts from and into CSV and XLSX, whoever made them; nothing in them is ever calculated."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook, load_workbook

from services.core.cells import bare_cell, safe_cell
from services.core.errors import ServiceError
from services.core.wholefile import write_whole
from services.domain.names import TwoNames

MOST_ROWS = 2000
MOST_BYTES = 4_000_000
# 2000 cameras are 4 MB of XML; of a sheet that hides its size openpyxl reads all, 1.7 MB/s.
MOST_UNPACKED_BYTES = 12_000_000

Numbered = tuple[int, dict[str, str]]
Number = TypeVar("Number")


def read_rows(file: Path, headings: Mapping[str, TwoNames], needed: Sequence[str]) -> list[Numbered]:
    """Line number (as the table's own program counts) and cells by column of every filled row.

    headings: of each column; its own name is read too. needed: columns that must be
    there. Raises ServiceError: sheet.unreadable(file, reason), sheet.too_big(file, most),
    sheet.no_columns(file, missing), sheet.too_many_rows(most), sheet.empty(file).
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ServiceError("sheet.too_big", file=file.name, most=MOST_BYTES // 1_000_000)
        content = file.read_bytes()
    except OSError as error:
        raise ServiceError("sheet.unreadable", file=file.name, reason=error.strerror) from None
    rows = _from_xlsx(content, file.name) if content[:2] == b"PK" else _from_csv(content, file.name)
    filled = [(line, row) for line, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not filled:
        raise ServiceError("sheet.empty", file=file.name)
    columns = _columns(filled[0][1], headings)
    missing = [headings[column] for column in needed if column not in columns.values()]
    if missing:
        raise ServiceError("sheet.no_columns", file=file.name, missing=tuple(missing))
    if len(filled) - 1 > MOST_ROWS:
        raise ServiceError("sheet.too_many_rows", most=MOST_ROWS)
    if len(filled) == 1:
        raise ServiceError("sheet.empty", file=file.name)
    return [(line, _cells(row, columns)) for line, row in filled[1:]]


def write_rows(lines: Iterable[Sequence[str]], file: Path) -> None:
    """XLSX or CSV (UTF-8 with a mark, as Excel wants it) by the file's ending; no cell is a formula.

    Raises ServiceError("file.cannot_write", file, reason).
    """
    _write([[safe_cell(cell) for cell in line] for line in lines], file)


def cell_text(cell: str, heading: TwoNames, most: int) -> str:
    """As it was typed. A formula is refused, not calculated; so is what is longer than `most` characters.

    Raises sheet.bad_cell(column).
    """
    text = bare_cell(cell)
    if cell.startswith("=") or len(text) > most:
        raise bad_cell(heading)
    return text


def cell_number(text: str, heading: TwoNames, kind: Callable[[str], Number]) -> Number:
    """kind: int, float and the like. Raises sheet.bad_cell(column)."""
    try:
        return kind(text)
    except ValueError:
        raise bad_cell(heading) from None


def bad_cell(heading: TwoNames) -> ServiceError:
    return ServiceError("sheet.bad_cell", column=heading)


def _columns(heads: Sequence[str], headings: Mapping[str, TwoNames]) -> dict[int, str]:
    known = {word.strip().lower(): column for column, both in headings.items() for word in (*both, column)}
    found = ((index, known.get(head.strip().lower())) for index, head in enumerate(heads))
    return {index: column for index, column in found if column is not None}


def _cells(row: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    return {column: row[index].strip() for index, column in columns.items() if index < len(row)}


def _write(lines: Sequence[Sequence[str]], file: Path) -> None:
    if file.suffix.lower() == ".xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet("cameras")
        for line in lines:
            sheet.append(line)
        packed = io.BytesIO()
        book.save(packed)
        write_whole(file, packed.getvalue())
    else:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(lines)
        write_whole(file, text.getvalue().encode("utf-8-sig"))


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
