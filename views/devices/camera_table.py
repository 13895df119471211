"""The site's cameras as rows for a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from services.domain.site import Camera
from ui.text.places import local, local_name
from ui.tips import plain_tip
from views.devices.draft import host_of

Index = QModelIndex | QPersistentModelIndex
COLUMNS = 5


class CameraTable(QAbstractTableModel):
    """Number, name, place, address, on the map or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cameras: Sequence[Camera] = ()

    def show_cameras(self, cameras: Sequence[Camera]) -> bool:
        """False when these are shown already."""
        if list(cameras) == list(self._cameras):
            return False
        self.beginResetModel()
        self._cameras = tuple(cameras)
        self.endResetModel()
        return True

    def camera_at(self, row: int) -> Camera | None:
        return self._cameras[row] if 0 <= row < len(self._cameras) else None

    def row_of(self, camera_no: str) -> int:
        """-1 when it is not among them."""
        return next((row for row, camera in enumerate(self._cameras) if camera.no == camera_no), -1)

    def retranslate(self) -> None:
        if self._cameras:
            last = self.index(len(self._cameras) - 1, COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._cameras)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        camera = self.camera_at(index.row())
        if camera is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        texts = (
            camera.no,
            local_name(camera),
            " · ".join(_where(camera)),
            camera.main_url if role == Qt.ItemDataRole.ToolTipRole else host_of(camera.main_url) or "–",
            _placed() if camera.is_placed else _unplaced(),
        )
        text = texts[index.column()]
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            QCoreApplication.translate("CameraTable", "编号"),
            QCoreApplication.translate("CameraTable", "名称"),
            QCoreApplication.translate("CameraTable", "位置"),
            QCoreApplication.translate("CameraTable", "地址"),
            QCoreApplication.translate("CameraTable", "地图"),
        )[section]


def _placed() -> str:
    return QCoreApplication.translate("CameraTable", "已标")


def _unplaced() -> str:
    return QCoreApplication.translate("CameraTable", "未标")


def _where(camera: Camera) -> list[str]:
    """Place, building and floor; what is called like the place it stands for is not said twice."""
    parts = (camera.place, camera.building, camera.floor)
    return [local(part) for part in dict.fromkeys(parts) if part]
