"""What hangs over the line of time while a pointer rests there: the picture of that moment, and words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.theme import Size

PICTURE_PX = (192, 108)


class TimeCard(QFrame):
    """Lies in the window, takes neither pointer nor keyboard."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("surface", "raised")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_XS, Size.GAP_XS, Size.GAP_XS, Size.GAP_XS)
        box.setSpacing(Size.GAP_XS)
        box.addWidget(self.picture)
        box.addWidget(self.words)
        self.hide()

    def tell(self, words: str, image: QImage | None, above: QPoint) -> None:
        """above: in the window's coordinates; the card stands over that point and inside the window."""
        self.words.setText(words)
        self.picture.setVisible(image is not None)
        if image is not None:
            self.picture.setPixmap(QPixmap.fromImage(image))
        self.adjustSize()
        room = self._window.rect()
        x_px = max(0, min(above.x() - self.width() // 2, room.width() - self.width()))
        self.move(x_px, max(0, above.y() - self.height() - 4))
        self.show()
        self.raise_()
