"""Opens the files in which plans are handed round, whoever made them: nothing in them is run, followed or
trusted, and none is unpacked beyond its measure."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

from openpyxl import load_workbook

from services.core.errors import ServiceError
from services.plans.importing import ReadPlan, SourceLine
from services.plans.importing_docx import lines_of_docx
from services.plans.importing_text import understand

MOST_BYTES = 8_000_000
MOST_UNPACKED_BYTES = 60_000_000
# A page of Word packs to a tenth; what packs to a thousandth is made to burst.
MOST_RATIO = 200
MOST_PARTS = 3000
MOST_LINES = 3000
MOST_SHEETS = 20
MOST_ROWS = 2000
MOST_COLUMNS = 64
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCX, _XLSX = "word/document.xml", "xl/workbook.xml"


def read_plan(path: Path) -> ReadPlan:
    """Blocks. Raises ServiceError: plans.file_unreadable(file, reason), plans.file_too_big(file, most),
    plans.file_encrypted(file), plans.file_old(file), plans.file_macros(file), plans.file_wrong_kind(file),
    plans.file_damaged(file), plans.file_too_long(file, most), plans.file_empty(file).
    """
    name = path.name
    content = _content(path)
    parts = _parts(content, name)
    try:
        lines = lines_of_docx(content) if _DOCX in parts else _lines_of_xlsx(content)
    except ServiceError:
        raise
    except Exception:  # noqa: BLE001 - a damaged or hostile file raises anything; none of it may be shown
        raise ServiceError("plans.file_damaged", file=name) from None
    if len(lines) > MOST_LINES:
        raise ServiceError("plans.file_too_long", file=name, most=MOST_LINES)
    if not any(line.text.strip() for line in lines):
        raise ServiceError("plans.file_empty", file=name)
    return understand(lines, name)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ServiceError("plans.file_too_big", file=path.name, most=MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except OSError as error:
        raise ServiceError("plans.file_unreadable", file=path.name, reason=error.strerror) from None


def _parts(content: bytes, name: str) -> set[str]:
    """The names of its parts, after everything that would make it dangerous to open was looked for."""
    if content.startswith(_OLE):
        # Word and Excel put what has a password into the container of their old formats.
        is_encrypted = _ENCRYPTED in content
        raise ServiceError("plans.file_encrypted" if is_encrypted else "plans.file_old", file=name)
    if not content.startswith(b"PK"):
        raise ServiceError("plans.file_wrong_kind", file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            found = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise ServiceError("plans.file_damaged", file=name) from None
    _refuse_bomb(found, name)
    if any(part.flag_bits & 0x1 for part in found):
        raise ServiceError("plans.file_encrypted", file=name)
    names = {part.filename for part in found}
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise ServiceError("plans.file_macros", file=name)
    if not {_DOCX, _XLSX} & names:
        raise ServiceError("plans.file_wrong_kind", file=name)
    return names


def _refuse_bomb(parts: list[zipfile.ZipInfo], name: str) -> None:
    """What a part says of its size is binding: zipfile reads no further."""
    whole = sum(part.file_size for part in parts)
    is_too_much = whole > MOST_UNPACKED_BYTES or len(parts) > MOST_PARTS
    is_burst = any(part.file_size > MOST_RATIO * max(part.compress_size, 1000) for part in parts)
    if is_too_much or is_burst:
        raise ServiceError("plans.file_too_big", file=name, most=MOST_BYTES // 1_000_000)


def _lines_of_xlsx(content: bytes) -> list[SourceLine]:
    """Every filled row of every sheet; a formula is its text, and never calculated."""
    lines: list[SourceLine] = []
    with warnings.catch_warnings():
        # What openpyxl leaves out of foreign books does not concern us.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            for number, sheet in enumerate(book.worksheets[:MOST_SHEETS]):
                sheet.reset_dimensions()
                rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=MOST_COLUMNS)
                for row, values in enumerate(rows, 1):
                    lines += _row(f"{sheet.title}:{row}", number, values)
        finally:
            book.close()
    return lines


def _row(where: str, table: int, values: tuple[object, ...]) -> list[SourceLine]:
    cells = ["" if value is None else _cell(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        return []
    return [SourceLine(where, " | ".join(cell for cell in cells if cell), cells=tuple(cells), table=table)]


def _cell(value: object) -> str:
    """12 for a cell that holds the number 12.0."""
    return (f"{value:g}" if isinstance(value, float) else str(value)).strip()
