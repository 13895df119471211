"""A paper on the screen: the same document that is printed and exported, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from services.domain.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    SignatureLine,
    StampPlace,
    Table,
    cell_text,
    shares_of,
)
from ui.theme import tokens

_MARGIN_PX = 14.0
_CELL_PX = 4.0


class DocumentPage(QTextEdit):
    """Read, scrolled and copied from, never written. Pictures, page breaks and places for stamps are for
    paper only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = Document("")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        # Lines are broken at its width; Qt would show a bar for the width that it had before.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN_PX)
        self.document().setUndoRedoEnabled(False)

    def show_document(self, document: Document) -> None:
        """Scrolled to its beginning, unless it is the same paper in another language or colour."""
        is_another = document.title != self._document.title
        self._document = document
        kept = 0 if is_another else self.verticalScrollBar().value()
        self.clear()
        _write(self.textCursor(), document)
        # It went to the end with what was written, and the page would follow it at the next resize.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(kept)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._document.title:
            self.show_document(self._document)


def _write(cursor: QTextCursor, document: Document) -> None:
    theme = tokens()
    ink, dim = QColor(theme.text), QColor(theme.text_dim)
    _line(cursor, document.title, ink, size=1.5, is_bold=True, is_first=True)
    if document.subtitle:
        _line(cursor, document.subtitle, dim)
    _facts(cursor, document.facts, ink, dim)
    for block in document.blocks:
        _block(cursor, block, ink, dim)


def _block(cursor: QTextCursor, block: Block, ink: QColor, dim: QColor) -> None:
    match block:
        case Heading():
            _line(cursor, block.text, ink, size=1.2 if block.level == 1 else 1.0, is_bold=True, above=10)
        case Paragraph():
            for line in block.text.splitlines():
                _line(cursor, line, dim if block.is_note else ink)
        case Facts():
            _facts(cursor, block.pairs, ink, dim)
        case Table():
            _table(cursor, block, ink, dim)
        case SignatureLine():
            if block.name:
                _line(cursor, f"{block.label}　{block.name}　{block.at}", ink)
        case StampPlace():
            _line(cursor, f"{block.issuer}　{block.date}", dim)
        case _:
            pass


def _facts(cursor: QTextCursor, pairs: tuple[tuple[str, str], ...], ink: QColor, dim: QColor) -> None:
    if not pairs:
        return
    table = cursor.insertTable(len(pairs), 2, _shape((1.0, 4.0), border=0))
    for row, (label, text) in enumerate(pairs):
        _cell(table.cellAt(row, 0).firstCursorPosition(), label, dim)
        _cell(table.cellAt(row, 1).firstCursorPosition(), text, ink)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _table(cursor: QTextCursor, block: Table, ink: QColor, dim: QColor) -> None:
    if not block.rows:
        _line(cursor, block.empty, dim)
        return
    shape = _shape(shares_of(block), border=1)
    shape.setHeaderRowCount(1)
    table = cursor.insertTable(len(block.rows) + 1, len(block.columns), shape)
    for column, text in enumerate(block.columns):
        _cell(table.cellAt(0, column).firstCursorPosition(), text, dim)
    for row, cells in enumerate(block.rows, 1):
        for column, cell in enumerate(cells):
            _cell(table.cellAt(row, column).firstCursorPosition(), cell_text(cell), ink)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _shape(shares: tuple[float, ...], *, border: int) -> QTextTableFormat:
    shape = QTextTableFormat()
    shape.setCellSpacing(0)
    shape.setCellPadding(_CELL_PX)
    shape.setBorder(border)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(QColor(tokens().line)))
    shape.setBorderCollapse(True)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    whole = sum(shares)
    kind = QTextLength.Type.PercentageLength
    shape.setColumnWidthConstraints([QTextLength(kind, 100 * share / whole) for share in shares])
    return shape


def _cell(cursor: QTextCursor, text: str, ink: QColor) -> None:
    look = QTextCharFormat()
    look.setForeground(QBrush(ink))
    cursor.insertText(text, look)


def _line(
    cursor: QTextCursor,
    text: str,
    ink: QColor,
    *,
    size: float = 1.0,
    is_bold: bool = False,
    is_first: bool = False,
    above: float = 2,
) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(above)
    block.setBottomMargin(2)
    look = QTextCharFormat()
    look.setForeground(QBrush(ink))
    look.setProperty(QTextCharFormat.Property.FontSizeAdjustment, round((size - 1.0) * 4))
    if is_bold:
        look.setFontWeight(QFont.Weight.DemiBold)
    if is_first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    cursor.insertText(text, look)
