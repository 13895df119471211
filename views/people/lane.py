"""One lane of guards: cards that are dragged into another lane, or sent there by a digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from services.core.errors import ServiceError
from services.domain.lanes import Lane
from ui.text.names import name_of
from ui.text.places import local_name
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, Size, font, tokens
from ui.tips import plain_tip
from views.people.presenter import GuardCard
from views.people.words import shift_name

MIME = "application/x-shouwang-guard"
CARD_PX, CARD_WIDTH_PX = 76, 102
LANES = tuple(Lane)
_CARD = Qt.ItemDataRole.UserRole
# The name's line is bold and larger: below 20 a "g" loses its tail.
_INSET, _NAME_LINE, _LINE = 6, 20, 16
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class LaneModel(QAbstractListModel):
    """The cards of one lane."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[GuardCard] = []

    def show_cards(self, cards: Sequence[GuardCard]) -> None:
        """Rows that stay are repainted only, so that a drag or the focus in them goes on."""
        if [card.guard.no for card in cards] == [card.guard.no for card in self.cards]:
            self.cards = list(cards)
            if cards:
                self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
            return
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.cards[index.row()]
        if role == _CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(card)
        return plain_tip(spoken(card)) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, _index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(MIME, QByteArray(self.cards[indexes[0].row()].guard.no.encode()))
        return data


class LaneView(QListView):
    """Signals: chosen(guard), moved(guard, Lane), checked_in(guard), signed(guard), menu_wanted(guard, at);
    left(step): the next lane is wanted; hinted(ServiceError or None): why a card cannot be let go here.
    """

    chosen = Signal(str)
    moved = Signal(str, object)
    checked_in = Signal(str)
    signed = Signal(str)
    menu_wanted = Signal(str, QPoint)
    left = Signal(int)
    hinted = Signal(object)

    def __init__(
        self, lane: Lane, why_not: Callable[[str, Lane], ServiceError | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lane = lane
        self._why_not = why_not
        self.cards = LaneModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(_CardDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMinimumSize(CARD_WIDTH_PX + 8, CARD_PX)

    @property
    def current_guard(self) -> str:
        index = self.currentIndex()
        return self.cards.cards[index.row()].guard.no if index.isValid() else ""

    def show_cards(self, cards: Sequence[GuardCard], chosen: str) -> None:
        self.cards.show_cards(cards)
        for row, card in enumerate(cards):
            if card.guard.no == chosen and self.current_guard != chosen:
                self.setCurrentIndex(self.cards.index(row))
        if all(card.guard.no != chosen for card in cards):
            self.clearSelection()

    def currentChanged(self, current: Index, previous: Index) -> None:
        assert isinstance(current, QModelIndex)
        assert isinstance(previous, QModelIndex)
        super().currentChanged(current, previous)
        if self.hasFocus() and self.current_guard:
            self.chosen.emit(self.current_guard)

    def mousePressEvent(self, event: object) -> None:
        super().mousePressEvent(event)  # type: ignore[arg-type]
        if self.current_guard:
            self.chosen.emit(self.current_guard)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        guard, key = self.current_guard, event.key()
        digit = key - Qt.Key.Key_1
        if guard and 0 <= digit < len(LANES) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(guard, LANES[digit])
        elif guard and key == Qt.Key.Key_C and not event.modifiers():
            self.checked_in.emit(guard)
        elif guard and key == Qt.Key.Key_S and not event.modifiers():
            self.signed.emit(guard)
        elif guard and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            at = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(guard, self.viewport().mapToGlobal(at))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._leaves(key):
            self.left.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.menu_wanted.emit(self.cards.cards[index.row()].guard.no, event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        guard = _dragged(event.mimeData())
        # A copy: the row leaves this lane when the record says so, not when the mouse does.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if guard:
            self.moved.emit(guard, self.lane)

    def _judge(self, event: QDragMoveEvent | QDragEnterEvent) -> None:
        guard = _dragged(event.mimeData())
        refusal = self._why_not(guard, self.lane) if guard else None
        self.hinted.emit(refusal)
        if guard and refusal is None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def _leaves(self, key: int) -> bool:
        """There is no card farther on in this direction."""
        step = 1 if key == Qt.Key.Key_Right else -1
        here = self.currentIndex()
        beside = self.cards.index(here.row() + step) if here.isValid() else _NO_PARENT
        return not beside.isValid() or self.visualRect(beside).top() != self.visualRect(here).top()


def spoken(card: GuardCard) -> str:
    """A card as one line, for tips and screen readers."""
    parts = [f"{card.guard.no} {local_name(card.guard)}", card.guard.radio_id, name_of(card.state.status)]
    parts.append(local_name(card.post) if card.post else "")
    parts += [card.position, card.dispatch_no]
    return " · ".join(filter(None, parts))


def _dragged(data: QMimeData) -> str:
    return bytes(data.data(MIME).data()).decode() if data.hasFormat(MIME) else ""


class _CardDelegate(QStyledItemDelegate):
    """Name and number; radio and post; source and age of the position; the order."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        view = option.widget
        assert isinstance(view, LaneView)
        room = view.viewport().width() - 1
        columns = max(1, room // (CARD_WIDTH_PX + 4))
        return QSize(room // columns, CARD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(_CARD)
        assert isinstance(card, GuardCard)
        painter.save()
        box = option.rect.adjusted(2, 2, -2, -2)
        _paint_ground(painter, box, card, option)
        inside = box.adjusted(_INSET + 3, 3, -_INSET, -3)
        _paint_words(painter, inside, card)
        painter.restore()


def _paint_ground(painter: QPainter, box: QRect, card: GuardCard, option: QStyleOptionViewItem) -> None:
    theme = tokens()
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.line), 2 if is_chosen else 1))
    painter.setBrush(QColor(theme.hover if is_chosen else theme.raised))
    painter.drawRoundedRect(box, Size.RADIUS, Size.RADIUS)
    bar = _bar_ink(card)
    if bar:
        painter.fillRect(QRect(box.left() + 1, box.top() + 4, 3, box.height() - 8), QColor(bar))


def _bar_ink(card: GuardCard) -> str:
    theme = tokens()
    if card.lane is Lane.DURESS or card.state.overdue > 1:
        return theme.p1.mark
    return theme.warn if card.state.overdue or card.missed else ""


def _paint_words(painter: QPainter, box: QRect, card: GuardCard) -> None:
    theme = tokens()
    small = font(Size.TEXT_S)
    number_px = QFontMetrics(small).horizontalAdvance(card.guard.no) + 4
    _line(painter, box, 0, local_name(card.guard), font(Size.TEXT_M, bold=True), theme.text, number_px)
    painter.setFont(small)
    painter.setPen(QColor(theme.text_dim))
    painter.drawText(QRect(box.left(), box.top(), box.width(), _NAME_LINE), ALIGN_RIGHT, card.guard.no)
    place = " ".join(filter(None, (card.guard.radio_id, local_name(card.post) if card.post else "")))
    _line(painter, box, 1, place, small, theme.text_dim)
    _line(painter, box, 2, card.position, small, theme.warn if card.is_stale else theme.text_dim)
    text, ink = _last_line(card)
    # Of an order's number the end tells it apart.
    cut = Qt.TextElideMode.ElideLeft if text == card.dispatch_no else Qt.TextElideMode.ElideRight
    _line(painter, box, 3, text, small, ink, cut=cut)


def _last_line(card: GuardCard) -> tuple[str, str]:
    """What matters most of the guard's duty."""
    theme = tokens()
    if card.state.overdue:
        words = QCoreApplication.translate("People", "未报平安 {order}").format(order=card.dispatch_no)
        return words, theme.bad if card.state.overdue > 1 else theme.warn
    if card.dispatch_no:
        return card.dispatch_no, theme.accent
    if card.missed is not None:
        return QCoreApplication.translate("People", "未签到 {shift}").format(
            shift=shift_name(card.missed)
        ), theme.warn
    if card.came is not None and card.came.late_s:
        minutes = card.came.late_s // 60
        return QCoreApplication.translate("People", "迟到 {minutes} 分").format(minutes=minutes), theme.warn
    return name_of(card.state.status), theme.text_dim


def _line(
    painter: QPainter,
    box: QRect,
    row: int,
    text: str,
    face: QFont,
    ink: str,
    spare_px: int = 0,
    *,
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.setFont(face)
    painter.setPen(QColor(ink))
    room = box.width() - spare_px
    shown = painter.fontMetrics().elidedText(text, cut, room)
    top, height = (0, _NAME_LINE) if row == 0 else (_NAME_LINE + (row - 1) * _LINE, _LINE)
    painter.drawText(QRect(box.left(), box.top() + top, room, height), ALIGN_LEFT, shown)
