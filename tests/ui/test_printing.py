from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from services.core.errors import ServiceError
from services.domain.documents import Document, Heading, Paragraph, Table
from tests.services.reports.papers import HOSTILE, paper, small_files
from ui.fonts import load_fonts
from ui.printing import DPI, _format_px_per_mm, pdf_of, save_pdf


@pytest.fixture(autouse=True)
def _faces(qapp: QApplication) -> None:  # noqa: ARG001 - faces belong to it
    load_fonts()


def pages_of(pdf: bytes) -> list[str]:
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    read = QPdfDocument()
    read.load(buffer)
    pages = [read.getAllText(number).text() for number in range(read.pageCount())]
    read.close()
    return pages


def test_the_printed_text_is_the_documents_text() -> None:
    first, second = pages_of(pdf_of(paper()))

    for said in ("交接班记录", "示范学院保卫处", "JJ20261128-0001", "BJ20261128-0001 12 33.3", HOSTILE):
        assert said in first
    assert "<b>不是粗体</b>" in first
    assert "没有借出的物品" in first
    assert "交班人" in second
    assert "2026-11-28 20:00:01" in second
    assert "2026年11月28日" in second


def test_every_page_has_its_number_and_the_footer() -> None:
    pages = pages_of(pdf_of(paper()))

    assert [f"{number} / 2" in page for number, page in enumerate(pages, 1)] == [True, True]
    assert all("示范学院 交接班" in page for page in pages)


def test_a_long_table_loses_no_row_and_repeats_its_head() -> None:
    table = Table(("序号", "地点"), tuple((number, f"楼{number:04d}") for number in range(200)))
    # Where a reader sees a space is its own affair.
    pages = ["".join(page.split()) for page in pages_of(pdf_of(Document("台账", blocks=(table,))))]

    assert len(pages) > 3
    assert all("序号地点" in page for page in pages)
    together = "".join(pages)
    assert [together.count(f"楼{number:04d}") for number in range(200)] == [1] * 200


def test_no_heading_stays_alone_at_the_foot_of_a_page() -> None:
    lines = [Paragraph(f"第{number}行") for number in range(60)]
    made = [Document("t", blocks=(*lines[:count], Heading("标题在此"), lines[-1])) for count in range(30, 60)]
    pages = [pages_of(pdf_of(document)) for document in made]

    # Somewhere among the lengths the heading would have been the last line of the first page.
    assert {len(one) for one in pages} == {1, 2}
    alone = [one for one in pages if "标题在此" in one[0] and "第59行" not in one[0]]
    assert alone == []


def test_the_embedded_face_is_our_own_and_no_other() -> None:
    pdf = pdf_of(paper())

    named = {line.split(b"/BaseFont /")[1] for line in pdf.splitlines() if b"/BaseFont /" in line}
    assert named == {b"ShouwangSansSC-Regular", b"ShouwangSansSC-Bold"}
    assert pdf.count(b"/FontFile") == 2


def test_papers_are_printed_by_jobs_side_by_side() -> None:
    wanted = [replace(paper(), title=f"第{number}张") for number in range(4)]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(pdf_of, wanted))

    assert ["".join(pages_of(pdf)).count(one.title) for one, pdf in zip(wanted, made, strict=True)] == [1] * 4


def test_a_wide_document_lies_on_its_side(tmp_path: Path) -> None:
    save_pdf(replace(paper(), is_landscape=True), tmp_path / "a.pdf")

    read = QPdfDocument()
    read.load(str(tmp_path / "a.pdf"))
    size = read.pagePointSize(0)
    read.close()
    assert (round(size.width()), round(size.height())) == (842, 595)  # A4: 297 x 210 mm at 72 points an inch


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")

    with small_files(), pytest.raises(ServiceError) as caught:
        save_pdf(Document("t", blocks=(Paragraph("x"),)), tmp_path / "a.pdf")

    assert caught.value.code == "file.cannot_write"
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_a_margin_on_paper_is_as_long_as_asked_for_without_asking_for_a_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QGuiApplication, "primaryScreen", lambda: None)
    texts = (Document("甲", blocks=(Paragraph("上"), Paragraph("下"))), paper())
    with ThreadPoolExecutor(1) as pool:
        plain, whole = pool.map(pdf_of, texts)

    assert len(pages_of(whole)) == 2
    assert "下" in pages_of(plain)[0]
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    assert _format_px_per_mm(writer) == pytest.approx(96 / 25.4, rel=0.01)
