"""A document as PDF, in our own Chinese face; any thread, asks for no screen and no printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from services.core.wholefile import write_whole
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
from ui.fonts import chinese_family
from ui.theme import Paper

DPI = 300
MARGIN_MM = 18.0
_FOOTER_MM = 10.0
_STAMP_MM = 42.0
_PROBE_PX = 100.0
_INK, _GREY, _LINE, _HEAD = QColor(Paper.INK), QColor(Paper.DIM), QColor(Paper.LINE), QColor(Paper.HEAD)
_CENTRE, _RIGHT, _LEFT = (
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignLeft,
)


def save_pdf(document: Document, path: Path) -> None:
    """Blocks: run it in a job. Raises ServiceError("file.cannot_write", file, reason)."""
    write_whole(path, pdf_of(document))


def pdf_of(document: Document) -> bytes:
    """A4; needs a QGuiApplication that lives, and the bundled fonts loaded."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = _writer_into(buffer, document)
    room = QSizeF(writer.width(), writer.height() - _dots(_FOOTER_MM))
    text = QTextDocument()
    text.setUndoRedoEnabled(False)
    text.documentLayout().setPaintDevice(writer)
    text.setDefaultFont(_face(10))
    text.setDocumentMargin(0)
    text.setPageSize(room)
    pen = _Pen(text, room.width() / _dots(1), _format_px_per_mm(writer))
    pen.write(document)
    _keep_with_next(text, pen.headings, room.height())
    _paint(text, writer, room, document.footer)
    buffer.close()
    return bytes(buffer.data().data())


class _Pen:
    """Writes blocks to the end of a text; everything is plain text, whatever it holds."""

    def __init__(self, text: QTextDocument, width_mm: float, px_per_mm: float) -> None:
        self._text = text
        self._cursor = QTextCursor(text)
        self._width_mm = width_mm
        self._px_per_mm = px_per_mm
        self._pictures = 0
        self.headings: list[int] = []
        self._is_empty = True

    def write(self, document: Document) -> None:
        self._line(document.title, size_pt=18, is_bold=True, align=_CENTRE, below_mm=2)
        if document.subtitle:
            self._line(document.subtitle, size_pt=12, align=_CENTRE, below_mm=3)
        self._facts(document.facts)
        for block in document.blocks:
            self._block(block)

    def _px(self, mm: float) -> float:
        return mm * self._px_per_mm

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._line(
                    block.text, size_pt=13 if block.level == 1 else 11, is_bold=True, above_mm=4, below_mm=1.5
                )
                self.headings.append(self._cursor.position())
            case Paragraph():
                ink, size_pt = (_GREY, 8.5) if block.is_note else (_INK, 10)
                for line in block.text.splitlines() or [""]:
                    self._line(line, size_pt=size_pt, ink=ink, below_mm=1)
            case Facts():
                self._facts(block.pairs)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)
            case SignatureLine():
                name, at = block.name or "_" * 20, block.at or "_" * 16
                self._line(f"{block.label}　{name}　　{at}", above_mm=6)
            case StampPlace():
                self._line(block.issuer, align=_RIGHT, above_mm=_STAMP_MM - 14, right_mm=20)
                self._line(block.date, align=_RIGHT, right_mm=20)
            case PageBreak():
                self._line("", breaks=True)

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        if not pairs:
            return
        rows = []
        for first in range(0, len(pairs), 2):
            both = [*pairs[first : first + 2], ("", "")][:2]
            rows.append(tuple(text for pair in both for text in pair))
        table = self._begin_table(len(rows), 4, (2.0, 5.0, 2.0, 5.0), border_mm=0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                at = table.cellAt(number, column).firstCursorPosition()
                _put(at, cell, _GREY if column % 2 == 0 else _INK)
        self._end_table()

    def _table(self, block: Table) -> None:
        if block.title:
            self._line(block.title, is_bold=True, above_mm=2, below_mm=1)
            self.headings.append(self._cursor.position())
        table = self._begin_table(
            1 + max(1, len(block.rows)), len(block.columns), shares_of(block), border_mm=0.27, head_rows=1
        )
        shade = QTextTableCellFormat()
        shade.setBackground(QBrush(_HEAD))
        for column, text in enumerate(block.columns):
            table.cellAt(0, column).setFormat(shade)
            _put(table.cellAt(0, column).firstCursorPosition(), text, _INK, is_bold=True)
        for number, row in enumerate(block.rows, 1):
            for column, cell in enumerate(row):
                align = _LEFT if isinstance(cell, str) else _RIGHT
                _put(table.cellAt(number, column).firstCursorPosition(), cell_text(cell), _INK, align=align)
        if not block.rows:
            table.mergeCells(1, 0, 1, len(block.columns))
            _put(table.cellAt(1, 0).firstCursorPosition(), block.empty, _GREY)
        self._end_table()

    def _begin_table(
        self, rows: int, columns: int, shares: Sequence[float], *, border_mm: float, head_rows: int = 0
    ) -> QTextTable:
        shape = QTextTableFormat()
        shape.setHeaderRowCount(head_rows)
        shape.setCellSpacing(0)
        shape.setCellPadding(self._px(0.8))
        shape.setBorder(self._px(border_mm))
        shape.setBorderBrush(QBrush(_LINE))
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderCollapse(True)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        kind = QTextLength.Type.PercentageLength
        if shares:
            whole = sum(shares)
            shape.setColumnWidthConstraints([QTextLength(kind, 100 * share / whole) for share in shares])
        return self._cursor.insertTable(rows, columns, shape)

    def _end_table(self) -> None:
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _picture(self, block: Picture) -> None:
        image = QImage.fromData(block.content)
        if image.isNull():
            self._line(block.caption, align=_CENTRE)
            return
        self._pictures += 1
        name = f"picture:{self._pictures}"
        self._text.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
        self._line("", align=_CENTRE, above_mm=2)
        shown = QTextImageFormat()
        shown.setName(name)
        width_px = self._px(min(block.width_mm, self._width_mm))
        shown.setWidth(width_px)
        shown.setHeight(width_px * image.height() / image.width())
        self._cursor.insertImage(shown)
        if block.caption:
            self._line(block.caption, size_pt=9, ink=_GREY, align=_CENTRE, below_mm=2)

    def _line(
        self,
        text: str,
        *,
        size_pt: float = 10,
        is_bold: bool = False,
        ink: QColor = _INK,
        align: Qt.AlignmentFlag = _LEFT,
        above_mm: float = 0,
        below_mm: float = 0,
        right_mm: float = 0,
        breaks: bool = False,
    ) -> None:
        block = QTextBlockFormat()
        block.setAlignment(align)
        block.setTopMargin(self._px(above_mm))
        block.setBottomMargin(self._px(below_mm))
        block.setRightMargin(self._px(right_mm))
        if breaks:
            block.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        if self._is_empty:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._is_empty = False
        self._cursor.insertText(text, _letters(size_pt, ink, is_bold))


def _keep_with_next(text: QTextDocument, headings: Sequence[int], page_px: float) -> None:
    """No heading stays alone at the foot of a page. headings: where they stand in the text."""
    layout = text.documentLayout()
    for position in headings:
        heading = text.findBlock(position)
        below = heading.next()
        tops = [layout.blockBoundingRect(block).top() for block in (heading, below)]
        if below.isValid() and tops[0] // page_px != tops[1] // page_px:
            cursor, shape = QTextCursor(heading), heading.blockFormat()
            shape.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            cursor.setBlockFormat(shape)


def _put(
    at: QTextCursor, text: str, ink: QColor, *, is_bold: bool = False, align: Qt.AlignmentFlag = _LEFT
) -> None:
    block = QTextBlockFormat()
    block.setAlignment(align)
    at.setBlockFormat(block)
    at.insertText(text, _letters(9, ink, is_bold))


def _letters(size_pt: float, ink: QColor, is_bold: bool) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFont(_face(size_pt, is_bold=is_bold))
    letters.setForeground(QBrush(ink))
    return letters


def _face(size_pt: float, *, is_bold: bool = False) -> QFont:
    face = QFont(chinese_family())
    face.setPointSizeF(size_pt)
    face.setBold(is_bold)
    # The screen's pixels have no say in where letters stand on paper.
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


def _format_px_per_mm(writer: QPdfWriter) -> float:
    """Qt takes lengths in a text's formats for pixels of the screen and scales them to the paper. By how much
    is measured: asking for the screen itself is for the window's thread, and there may be none."""
    probe = QTextDocument()
    probe.documentLayout().setPaintDevice(writer)
    probe.setDocumentMargin(0)
    probe.setPageSize(QSizeF(writer.width(), writer.height()))
    cursor, shape = QTextCursor(probe), QTextBlockFormat()
    cursor.insertBlock(shape)
    bare = probe.documentLayout().blockBoundingRect(cursor.block()).top()
    shape.setTopMargin(_PROBE_PX)
    cursor.setBlockFormat(shape)
    top: float = probe.documentLayout().blockBoundingRect(cursor.block()).top() - bare
    return _dots(1) * _PROBE_PX / top


def _dots(mm: float) -> float:
    return mm * DPI / 25.4


def _writer_into(buffer: QBuffer, document: Document) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(document.title)
    writer.setCreator("Shouwang")
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape if document.is_landscape else QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    return writer


def _paint(text: QTextDocument, writer: QPdfWriter, room: QSizeF, footer: str) -> None:
    pages = text.pageCount()
    painter = QPainter(writer)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, _INK)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * room.height())
        page = QRectF(0, number * room.height(), room.width(), room.height())
        # A picture that begins on the next page would leave its first line here.
        painter.setClipRect(page.adjusted(0, 0, 0, -1))
        context.clip = page
        text.documentLayout().draw(painter, context)
        painter.restore()
        _paint_footer(painter, room, footer, f"{number + 1} / {pages}")
    painter.end()


def _paint_footer(painter: QPainter, room: QSizeF, footer: str, page: str) -> None:
    painter.setFont(_face(8.5))
    painter.setPen(_GREY)
    strip = QRectF(0, room.height() + _dots(3), room.width(), _dots(_FOOTER_MM - 3))
    painter.drawText(strip, int(_LEFT | Qt.AlignmentFlag.AlignVCenter), footer)
    painter.drawText(strip, int(_RIGHT | Qt.AlignmentFlag.AlignVCenter), page)
