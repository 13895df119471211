"""What a fresh installation says where a campus would be: which command to run next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.theme import Size


class NoSiteNote(QFrame):
    """Stands at the top of a screen while no site is imported; the command can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self.command = QLabel(self)
        self.command.setProperty("tone", "title")
        self.command.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._hint = QLabel(self)
        self._hint.setProperty("tone", "dim")
        self._hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_L, Size.GAP_M, Size.GAP_L, Size.GAP_M)
        for label in (self._title, self._text, self.command, self._hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            box.addWidget(label)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("还没有导入校区"))
        self._text.setText(
            self.tr("导入之前没有摄像机、防区和保安。请管理员在终端运行下面的命令，然后重新打开本程序：")
        )
        self.command.setText(self.tr("shouwang site import 校区文件.toml"))
        self.command.setAccessibleName(self.tr("导入校区的命令"))
        self._hint.setText(self.tr("想先看一看：运行 shouwang demo，会打开一个完整的示范校区。"))
