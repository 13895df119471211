"""Writes a document into a file of the kind that its name says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from services.core.errors import ServiceError
from services.core.wholefile import write_whole
from services.domain.documents import Document
from services.reports.docx import docx_of
from services.reports.xlsx import xlsx_of

WRITERS: dict[str, Callable[[Document], bytes]] = {".docx": docx_of, ".xlsx": xlsx_of}


def save(document: Document, path: Path) -> None:
    """Blocks. PDF is `ui.printing`'s: only Qt has what it takes.

    Raises ServiceError: file.unknown_kind(file), file.cannot_write(file, reason).
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ServiceError("file.unknown_kind", file=path.name)
    write_whole(path, write(document))
