"""Why the workstation does not start, in a window: whoever started it by its icon sees no terminal."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout

_WIDTH_PX = 560
_GAP_PX = 28


class RefusalWindow(QDialog):
    """sentences: in every language of the program, for nobody has said theirs yet; close: the button."""

    def __init__(self, title: str, sentences: str, close: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.text = QLabel(sentences, self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setWordWrap(True)
        self.button = QPushButton(close, self)
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self.accept)
        self.setAccessibleName(sentences)
        box = QVBoxLayout(self)
        box.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        box.setSpacing(_GAP_PX)
        box.addWidget(self.text)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(_WIDTH_PX)
