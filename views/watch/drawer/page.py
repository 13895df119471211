"""What all editors have: a title, a name, something in the middle, and how to end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from services.domain.walls import LONGEST_NAME, WallItem
from ui.theme import Size


class EditorPage(QWidget):
    """Signals: save_asked(WallItem), left() when nothing is to be saved."""

    save_asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self.name = QLineEdit(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.keep = QPushButton(self)
        self.keep.setProperty("kind", "primary")
        self.cancel = QPushButton(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(Size.GAP_S)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_M, Size.GAP_M)
        box.setSpacing(Size.GAP_S)
        box.addWidget(self._title)
        box.addWidget(self.name)
        box.addLayout(self.body, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.keep)
        box.addLayout(row)
        self.keep.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.cancel.clicked.connect(self.left)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def item(self) -> WallItem:
        """What would be saved."""
        raise NotImplementedError

    def retranslate(self) -> None:
        self.name.setPlaceholderText(self.tr("名称"))
        self.name.setAccessibleName(self.tr("名称"))
        self.keep.setText(self.tr("保存"))
        self.keep.setToolTip(self.tr("保存（Ctrl+Return）"))
        self.keep.setShortcut("Ctrl+Return")
        self.cancel.setText(self.tr("取消"))

    def _save(self) -> None:
        self.save_asked.emit(self.item())
