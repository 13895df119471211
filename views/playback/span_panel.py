"""What people wrote about spans of the line of time: a list of it, and below it one line to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.own_escape import OwnEscape
from ui.theme import Size
from ui.wrapped_lines import wrap_lines

_ROLE = Qt.ItemDataRole.UserRole


class SpanPanel(QWidget):
    """Enter on a line goes there.

    Signals: chosen(what stands on the line) when a person goes to one; left() by Esc, and when the form is
    closed.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, most_text: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        wrap_lines(self.list)
        self.empty, self.what = QLabel(self), QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("tone", "dim")
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.what.setWordWrap(True)
        self.text = QLineEdit(self)
        self.text.setMaxLength(most_text)
        self.save, self.cancel = QPushButton(self), QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.form = QWidget(self)
        self.list.itemActivated.connect(self._go)
        self.text.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close_form)
        OwnEscape(self, self._leave)

    @property
    def current(self) -> object:
        """What stands on the chosen line; None without one."""
        row = self.list.currentRow()
        return self.list.item(row).data(_ROLE) if row >= 0 else None

    def show_lines(self, lines: Iterable[tuple[str, object]]) -> None:
        """Of each line its words and what they are about; the row chosen stays."""
        row = self.list.currentRow()
        self.list.clear()
        for words, about in lines:
            item = QListWidgetItem(words)
            item.setData(_ROLE, about)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.empty.setVisible(not self.list.count())

    def open_form(self) -> None:
        self._say()
        self.form.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        self._forget()
        self.form.hide()
        self.left.emit()

    def _leave(self) -> None:
        """First the form, then the panel."""
        if self.form.isVisible():
            self.close_form()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self.list.hasFocus() and self._begin_by_key(event.key())):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _arrange(
        self,
        *,
        above: Sequence[QWidget] = (),
        below: Sequence[QWidget] = (),
        fields: Sequence[QWidget] = (),
        buttons: Sequence[QWidget] = (),
    ) -> None:
        """above, below: of the list. fields: under the line to write. buttons: between saving and leaving."""
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_XS)
        for button in (self.save, *buttons, self.cancel):
            row.addWidget(button)
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Size.GAP_XS)
        for part in (self.what, self.text, *fields):
            form.addWidget(part)
        form.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_XS, 0, 0)
        box.setSpacing(Size.GAP_XS)
        for part in (*above, self.empty):
            box.addWidget(part)
        box.addWidget(self.list, 1)
        for part in (*below, self.form):
            box.addWidget(part)
        self.form.hide()

    def _go(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ROLE))

    def _begin_by_key(self, key: int) -> bool:
        """Whether it opened the form for the chosen line, or would have, had one been chosen."""
        raise NotImplementedError

    def _say(self) -> None:
        """What is being written, in words above the line."""
        raise NotImplementedError

    def _save(self) -> None:
        raise NotImplementedError

    def _forget(self) -> None:
        """Nothing is being written any more."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        self.cancel.setText(self.tr("取消"))
        self._say()
