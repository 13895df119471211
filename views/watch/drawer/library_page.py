"""Everything that is kept of the wall: use, change, share, delete."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.walls import WallItem, WallItemKind
from ui.icons import icon
from ui.theme import Size
from ui.tiles.pictogram import layout_icon
from views.watch.wall_library import WallLibrary

_ID = Qt.ItemDataRole.UserRole


class LibraryPage(QWidget):
    """Signals: use_asked(WallItem), edit_asked(WallItem), left()."""

    use_asked = Signal(object)
    edit_asked = Signal(object)
    left = Signal()

    def __init__(self, library: WallLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._doomed = ""
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self._empty = QLabel(self)
        self.list = QListWidget(self)
        self.use = QPushButton(self)
        self.change = QPushButton(self)
        self.share = QPushButton(self)
        self.delete = QPushButton(self)
        self.close_button = QPushButton(self)
        self._build()
        self._connect()
        self._retranslate()

    @property
    def chosen(self) -> WallItem | None:
        if self.list.currentRow() < 0:
            return None
        return self._library.find(str(self.list.currentItem().data(_ID)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self._empty.setWordWrap(True)
        self._empty.setProperty("tone", "dim")
        buttons = QGridLayout()
        buttons.setSpacing(Size.GAP_XS)
        for at, button in enumerate((self.use, self.change, self.share, self.delete)):
            buttons.addWidget(button, at // 2, at % 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_M, Size.GAP_M)
        box.setSpacing(Size.GAP_S)
        box.addWidget(self._title)
        box.addWidget(self._empty)
        box.addWidget(self.list, 1)
        box.addLayout(buttons)
        box.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)

    def _connect(self) -> None:
        self._library.changed.connect(self._fill)
        self.list.currentRowChanged.connect(self._show_buttons)
        self.list.itemActivated.connect(self._use)
        self.use.clicked.connect(self._use)
        self.change.clicked.connect(self._change)
        self.share.clicked.connect(self._share)
        self.delete.clicked.connect(self._delete)
        self.close_button.clicked.connect(self.left)

    def _fill(self) -> None:
        kept = self.chosen.id if self.chosen is not None else ""
        self.list.clear()
        for kind in WallItemKind:
            for item in self._library.items(kind):
                row = QListWidgetItem(self._icon(item), self._line(item))
                row.setData(_ID, item.id)
                self.list.addItem(row)
                if item.id == kept:
                    self.list.setCurrentItem(row)
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._empty.setVisible(self.list.count() == 0)
        self._show_buttons()

    def _line(self, item: WallItem) -> str:
        kinds = {
            WallItemKind.LAYOUT: self.tr("布局"),
            WallItemKind.PRESET: self.tr("预设"),
            WallItemKind.TOUR: self.tr("轮巡"),
        }
        text = self.tr("{kind} · {name} · 共享") if item.is_shared else self.tr("{kind} · {name}")
        return text.format(kind=kinds[item.kind], name=item.name)

    def _icon(self, item: WallItem) -> QIcon:
        if item.layout is not None:
            return layout_icon(item.layout)
        return layout_icon(item.preset.cells) if item.preset is not None else icon("tour")

    def _show_buttons(self) -> None:
        item = self.chosen
        may_change = item is not None and self._library.may_change(item)
        self._doomed = ""
        self.use.setEnabled(item is not None)
        self.change.setEnabled(item is not None)
        self.delete.setEnabled(may_change)
        self.share.setEnabled(may_change and self._library.may_share)
        self.change.setText(self.tr("修改") if may_change or item is None else self.tr("另存为我的"))
        is_shared = item is not None and item.is_shared
        self.share.setText(self.tr("取消共享") if is_shared else self.tr("共享给所有席位"))
        self.delete.setText(self.tr("删除"))
        self.delete.setProperty("kind", "")
        self.delete.style().polish(self.delete)

    def _use(self) -> None:
        if self.chosen is not None:
            self.use_asked.emit(self.chosen)

    def _change(self) -> None:
        item = self.chosen
        if item is not None:
            may = self._library.may_change(item)
            self.edit_asked.emit(item if may else self._library.copy_of(item))

    def _share(self) -> None:
        item = self.chosen
        if item is not None:
            self._library.share(item, not item.is_shared)

    def _delete(self) -> None:
        """The button asks once, by its own words."""
        item = self.chosen
        if item is None:
            return
        if self._doomed != item.id:
            self._doomed = item.id
            self.delete.setText(self.tr("确认删除"))
            self.delete.setProperty("kind", "danger")
            self.delete.style().polish(self.delete)
            return
        self._library.delete(item)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("布局、预设和轮巡"))
        self._empty.setText(self.tr("还没有保存过。用“布局”“预设”“轮巡”菜单新建。"))
        self.list.setAccessibleName(self.tr("布局、预设和轮巡"))
        self.use.setText(self.tr("使用"))
        self.close_button.setText(self.tr("关闭"))
        self._fill()
