"""The search line: any command or camera by name, pinyin or initials (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.search import matches

_ID = Qt.ItemDataRole.UserRole
MOST_SHOWN = 12
_ROW_PX = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to find. id: what `entry_chosen` carries; key: the shortcut as text, "" for none."""

    id: str
    text: str
    key: str = ""


class Palette(QLineEdit):
    """A search field with its list below it; `entries` is asked anew at every opening.

    Signals: entry_chosen(id); opening() before it takes the keyboard, for it may be hidden then; left()
    when the keyboard is elsewhere again. Ctrl+K works anywhere in `parent`.
    """

    entry_chosen = Signal(str)
    opening = Signal()
    left = Signal()

    def __init__(self, entries: Callable[[], Sequence[Entry]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask_entries = entries
        self._entries: Sequence[Entry] = ()
        self._before: QWidget | None = None
        self._list = QListWidget(self)
        self._list.setWindowFlags(Qt.WindowType.ToolTip)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.hide()
        self.setClearButtonEnabled(True)
        # A shortcut of a hidden field is dead, and a full screen hides this one.
        shortcut = QShortcut(QKeySequence("Ctrl+K"), self if parent is None else parent)
        shortcut.activated.connect(self.open)
        self.textChanged.connect(self._find)
        self.returnPressed.connect(self._choose_current)
        self._list.itemClicked.connect(self._choose)
        self._retranslate()

    def open(self) -> None:
        """Take the keyboard; Esc gives it back. Nothing on a locked seat."""
        if not self.isEnabled():
            return
        self.opening.emit()
        self._before = self.window().focusWidget()
        self._entries = self._ask_entries()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._find(self.text())

    def found(self) -> list[str]:
        """Ids in the list now, from the top."""
        return [str(self._list.item(row).data(_ID)) for row in range(self._list.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self._list.currentRow() + by
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the search while it has the keyboard, not to the screen's shortcut."""
        if isinstance(event, QKeyEvent) and event.key() == int(Qt.Key.Key_Escape):
            return self._answer_escape(event)
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self._list.hide()
            if event.reason() is not Qt.FocusReason.PopupFocusReason:
                self.left.emit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _answer_escape(self, event: QKeyEvent) -> bool:
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self._leave()
        return True

    def _find(self, text: str) -> None:
        if not self.hasFocus():
            return
        self._list.clear()
        hits = [entry for entry in self._entries if matches(text, entry.text)][:MOST_SHOWN]
        for entry in hits:
            item = QListWidgetItem(f"{entry.text}    {entry.key}" if entry.key else entry.text)
            item.setData(_ID, entry.id)
            self._list.addItem(item)
        if hits:
            self._list.setCurrentRow(0)
            self._list.resize(max(320, self.width()), _ROW_PX * len(hits) + 6)
            self._list.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
            self._list.show()
        else:
            self._list.hide()

    def _choose_current(self) -> None:
        if self._list.isVisible() and self._list.currentRow() >= 0:
            self._choose(self._list.currentItem())

    def _choose(self, item: QListWidgetItem) -> None:
        chosen = str(item.data(_ID))
        self._leave()
        self.entry_chosen.emit(chosen)

    def _leave(self) -> None:
        self._list.hide()
        self.clear()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def _retranslate(self) -> None:
        self.setPlaceholderText(self.tr("搜索（Ctrl+K）"))
        self.setToolTip(self.tr("找命令、摄像机、地点：汉字、拼音或首字母"))
        self.setAccessibleName(self.tr("搜索"))
