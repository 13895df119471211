"""Writes a document as the kind of file that its name says."""

from __future__ import annotations

from pathlib import Path

from services.domain.documents import Document
from services.evidence.inventory import document as list_of
from services.evidence.manifest import Manifest
from services.reports import documents
from ui.printing import pdf_of, save_pdf


def save_paper(document: Document, path: Path) -> None:
    """PDF, DOCX or XLSX; blocks. Raises ServiceError: file.unknown_kind, file.cannot_write."""
    if path.suffix.lower() == ".pdf":
        save_pdf(document, path)
    else:
        documents.save(document, path)


def list_pdf(manifest: Manifest) -> bytes:
    """The list 清单 of a package; from any thread, while a QGuiApplication lives."""
    return pdf_of(list_of(manifest))
