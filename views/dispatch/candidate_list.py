"""The guards to choose from, best first, each with distance, time, status and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from services.dispatch.orders import Candidate
from services.domain.people import READY
from ui.plain_key import UnsearchedLines
from ui.text import times
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.reasons import reason_words
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, Size, font, tokens

_CANDIDATE = Qt.ItemDataRole.UserRole
_ROW_PX = 54
_GAP_PX = 10
_NAME_SHARE = 0.6


class CandidateList(UnsearchedLines, QListWidget):
    """Signals: guard_chosen(guard_no) when a person moved to a row."""

    guard_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._choose)

    def show_candidates(self, candidates: Sequence[Candidate], chosen: Candidate | None) -> None:
        """Rows in the order given, the chosen one marked."""
        self._is_filling = True
        while self.count() > len(candidates):
            self.takeItem(self.count() - 1)
        while self.count() < len(candidates):
            self.addItem(QListWidgetItem())
        for row, candidate in enumerate(candidates):
            item = self.item(row)
            item.setData(_CANDIDATE, candidate)
            item.setText(spoken(candidate, row))
            if chosen is not None and candidate.guard.no == chosen.guard.no:
                self.setCurrentRow(row)
        self._is_filling = False

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._is_filling:
            self.guard_chosen.emit(item.data(_CANDIDATE).guard.no)


def spoken(candidate: Candidate, row: int) -> str:
    """The row for a screen reader."""
    parts = [str(row + 1), local_name(candidate.guard), name_of(candidate.state.status)]
    return ", ".join([*parts, *more_reasons(candidate)])


def more_reasons(candidate: Candidate) -> list[str]:
    """Reasons beside distance and status, which have their own places in the row."""
    return [reason_words(r.code, r.params) for r in candidate.reasons if r.code not in ("distance", "status")]


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        candidate = index.data(_CANDIDATE)
        if not isinstance(candidate, Candidate):
            return
        theme, rect = tokens(), QRect(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(
            rect.adjusted(1, 1, -1, -1), QColor(theme.accent_fill if is_chosen else theme.raised)
        )
        ink, dim = (theme.on_accent, theme.on_accent) if is_chosen else (theme.text, theme.text_dim)
        inner = rect.adjusted(10, 5, -10, -5)
        half = inner.height() // 2
        top = QRect(inner.x(), inner.y(), inner.width(), half)
        bottom = top.translated(0, half)
        name = f"{index.row() + 1}. {local_name(candidate.guard)}"
        _line(painter, top, name, far_text(top.width(), name, candidate.distance_m), ink, bold=True)
        is_ready = candidate.state.status in READY
        status = name_of(candidate.state.status)
        warn = theme.on_accent if is_chosen else theme.warn
        short = theme.bad if candidate.leaves_post_empty and not is_chosen else warn
        why_ink = short if candidate.leaves_post_short else dim
        why = " · ".join(more_reasons(candidate))
        _line(painter, bottom, why, status, why_ink, right_ink=dim if is_ready else warn)
        painter.restore()


def far_text(width_px: int, name: str, distance_m: float) -> str:
    """Distance and walking time beside `name`, or what of them leaves it room: who goes matters most."""
    metrics = QFontMetrics(font(Size.TEXT_M, bold=True))
    far = times.distance(distance_m)
    left_px = max(width_px - metrics.horizontalAdvance(name), round(width_px * (1 - _NAME_SHARE)))
    texts = (f"{far} · {times.walking_time(distance_m)}", far)
    return next((text for text in texts if metrics.horizontalAdvance(text) + _GAP_PX <= left_px), "")


def _line(
    painter: QPainter, box: QRect, left: str, right: str, ink: str, *, right_ink: str = "", bold: bool = False
) -> None:
    face = font(Size.TEXT_M if bold else Size.TEXT_S, bold=bold)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    painter.setPen(QColor(right_ink or ink))
    painter.drawText(box, ALIGN_RIGHT, right)
    room = box.width() - metrics.horizontalAdvance(right) - _GAP_PX
    painter.setPen(QColor(ink))
    painter.drawText(box, ALIGN_LEFT, metrics.elidedText(left, Qt.TextElideMode.ElideRight, max(0, room)))
