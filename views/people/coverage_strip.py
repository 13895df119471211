"""Every post with how many it has against how many it needs; short ones in red, in words too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from services.domain.coverage import Coverage
from ui.text.places import local_name
from ui.theme import ALIGN_CENTRE, Size, font, tokens

CHIP_PX, LEAST_CHIP_PX = 42, 84


class CoverageStrip(QWidget):
    """Chips in as many rows as the width asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._covered: list[Coverage] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CHIP_PX)
        self.setMouseTracking(True)

    def show_coverage(self, covered: Sequence[Coverage]) -> None:
        words = "; ".join(chip_words(one) for one in covered)
        if words != self.accessibleName():
            self._covered = list(covered)
            self.setAccessibleName(words)
            self._fit()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, one in enumerate(self._covered):
            _paint_chip(painter, self._box(place), one)
        painter.end()

    def mouseMoveEvent(self, event: object) -> None:
        at = event.position().toPoint()  # type: ignore[attr-defined]
        found = next((o for n, o in enumerate(self._covered) if self._box(n).contains(at)), None)
        QToolTip.showText(self.mapToGlobal(at), chip_words(found) if found else "", self)

    def _fit(self) -> None:
        # Before it is laid out it is narrow; that must not become a column as high as the screen.
        rows = -(-len(self._covered) // self._columns(max(self.width(), 6 * LEAST_CHIP_PX)))
        self.setFixedHeight(max(1, rows) * CHIP_PX)

    def _columns(self, width: int) -> int:
        fitting = max(1, width // LEAST_CHIP_PX)
        rows = -(-len(self._covered) // fitting) or 1
        return max(1, -(-len(self._covered) // rows))

    def _box(self, place: int) -> QRect:
        columns = self._columns(self.width())
        width = self.width() // columns
        row, column = divmod(place, columns)
        return QRect(column * width + 2, row * CHIP_PX + 2, width - 4, CHIP_PX - 4)


def chip_words(one: Coverage) -> str:
    """A post as a sentence: what it has, and what a dispatch from it would leave."""
    counts = {"post": local_name(one.post), "have": one.have, "wanted": one.post.min_staff, "left": one.left}
    if one.is_short:
        return QCoreApplication.translate("People", "{post}：{have} 人，应有 {wanted} 人，缺岗").format(
            **counts
        )
    if one.is_at_limit:
        return QCoreApplication.translate(
            "People", "{post}：{have} 人，派出一人后剩 {left} 人，应有 {wanted} 人"
        ).format(**counts)
    return QCoreApplication.translate("People", "{post}：{have} 人，应有 {wanted} 人").format(**counts)


def _paint_chip(painter: QPainter, box: QRect, one: Coverage) -> None:
    theme = tokens()
    ground, ink, edge = theme.raised, theme.text, theme.line
    if one.is_short:
        ground, ink, edge = theme.bad_fill, theme.on_bad, theme.bad
    elif one.is_at_limit:
        edge = theme.bad if one.would_be_empty else theme.warn
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, Size.RADIUS, Size.RADIUS)
    painter.setFont(font(Size.TEXT_S))
    painter.setPen(QColor(ink if one.is_short else theme.text_dim))
    half = box.height() // 2
    name = painter.fontMetrics().elidedText(
        local_name(one.post), Qt.TextElideMode.ElideRight, box.width() - 8
    )
    painter.drawText(QRect(box.left(), box.top() + 2, box.width(), half), ALIGN_CENTRE, name)
    counts = f"{one.have}/{one.post.min_staff}"
    if one.is_short:
        counts = QCoreApplication.translate("People", "缺 {count}  {counts}").format(
            count=one.post.min_staff - one.have, counts=counts
        )
    elif one.would_be_empty:
        counts = QCoreApplication.translate("People", "{counts} 派即空").format(counts=counts)
    elif one.is_at_limit:
        counts = QCoreApplication.translate("People", "{counts} 派即缺").format(counts=counts)
    painter.setFont(font(Size.TEXT_S, bold=True))
    painter.setPen(QColor(_counts_ink(one)))
    fitted = painter.fontMetrics().elidedText(counts, Qt.TextElideMode.ElideRight, box.width() - 4)
    painter.drawText(QRect(box.left(), box.top() + half - 2, box.width(), half), ALIGN_CENTRE, fitted)


def _counts_ink(one: Coverage) -> str:
    theme = tokens()
    if one.is_short:
        return theme.on_bad
    if one.would_be_empty:
        return theme.bad
    return theme.warn if one.is_at_limit else theme.text
