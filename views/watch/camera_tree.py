"""The list of cameras by place, with a filter; drag one onto a tile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from services.domain.site import Camera
from ui.icons import icon
from ui.search import matches
from ui.text.places import local, local_name
from ui.tiles.wall import camera_mime

_ICON_PX = 16
_NO = Qt.ItemDataRole.UserRole


class _Tree(QTreeWidget):
    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        return camera_mime(str(items[0].data(0, _NO) or "")) if items else QMimeData()


class CameraTree(QWidget):
    """Signals: camera_chosen(camera_no) on Enter or double click."""

    camera_chosen = Signal(str)

    def __init__(self, cameras: Sequence[Camera], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cameras = cameras
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._filter = QLineEdit(self)
        self._filter.setClearButtonEnabled(True)
        self._tree = _Tree(self)
        self._tree.setHeaderHidden(True)
        self._tree.setDragEnabled(True)
        self._tree.setIndentation(14)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.setSpacing(6)
        box.addWidget(self._filter)
        box.addWidget(self._tree, 1)
        self._filter.textChanged.connect(self._apply_filter)
        self._filter.returnPressed.connect(self._choose_first)
        self._tree.itemActivated.connect(self._choose)
        self._retranslate()

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        self._cameras = cameras
        self._fill()

    def shown_numbers(self) -> list[str]:
        """Camera numbers that the filter lets through, from the top."""
        return [no for no, item in self._items.items() if not item.isHidden()]

    def set_filter(self, text: str) -> None:
        self._filter.setText(text)

    def focus_filter(self) -> None:
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._retranslate()

    def _fill(self) -> None:
        self._tree.clear()
        self._groups = {}
        self._items = {}
        # A tree asks for the "on" look of its icons, which is meant for checked buttons.
        picture = QIcon(icon("camera").pixmap(_ICON_PX))
        for camera in self._cameras:
            group = self._groups.get(camera.place)
            if group is None:
                group = self._groups[camera.place] = QTreeWidgetItem(self._tree, [local(camera.place)])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = self._items[camera.no] = QTreeWidgetItem(group, [f"{camera.no} {local_name(camera)}"])
            item.setData(0, _NO, camera.no)
            item.setIcon(0, picture)
        self._tree.expandAll()
        self._apply_filter(self._filter.text())

    def _apply_filter(self, text: str) -> None:
        for camera in self._cameras:
            known = f"{camera.no} {camera.name} {camera.name_en} {camera.place} {local(camera.place)}"
            self._items[camera.no].setHidden(not matches(text, known))
        for place, group in self._groups.items():
            inside = (self._items[camera.no] for camera in self._cameras if camera.place == place)
            group.setHidden(all(item.isHidden() for item in inside))

    def _choose_first(self) -> None:
        numbers = self.shown_numbers()
        if numbers:
            self.camera_chosen.emit(numbers[0])

    def _choose(self, item: QTreeWidgetItem) -> None:
        number = item.data(0, _NO)
        if number:
            self.camera_chosen.emit(str(number))

    def _retranslate(self) -> None:
        self._filter.setPlaceholderText(self.tr("筛选摄像机：名称、拼音或首字母"))
        self._filter.setAccessibleName(self.tr("筛选摄像机"))
        self._tree.setAccessibleName(self.tr("摄像机列表"))
        self._fill()
