"""The presets of a camera with a lens: pictures to click, the speed, the way home."""

from __future__ import annotations

import base64

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSlider,
    QVBoxLayout,
)

from services.domain.ptz import PtzPreset
from ui.theme import Size
from ui.tiles.wall import WallSurface
from views.watch.steering import SPEEDS, SteeringPresenter

_PICTURE = QSize(160, 90)
_WIDE_PX = 560
_HIGH_PX = 400


class PresetPanel(QFrame):
    """Opens beside a tile; closes by Esc, a click elsewhere, or an alarm that comes up."""

    def __init__(self, wall: WallSurface, presenter: SteeringPresenter) -> None:
        super().__init__(wall, Qt.WindowType.Popup)
        self._presenter = presenter
        self._camera_no = ""
        self._presets: list[PtzPreset] = []
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._empty = QLabel(self)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list = QListWidget(self)
        self.name = QLineEdit(self)
        self.save = QPushButton(self)
        self.remove = QPushButton(self)
        self.home = QPushButton(self)
        self._speed_label = QLabel(self)
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self._build()
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        self.list.currentRowChanged.connect(self._renew_buttons)
        self.name.textChanged.connect(self._renew_buttons)
        self.name.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self._remove)
        self.home.clicked.connect(self._go_home)
        self.speed.valueChanged.connect(presenter.set_speed)
        presenter.presets_changed.connect(self._show)
        # A new alarm takes the screen back: its plate must not lie under a panel.
        wall.plate_painted.connect(self.close)
        self._retranslate()

    def ask(self, camera_no: str, title: str, tile: QRect) -> None:
        """Open for this camera beside its tile, given in global pixels: one has to see where it points."""
        self._camera_no = camera_no
        self._title.setText(title)
        self.list.clear()
        self._presets = []
        self.name.clear()
        self.speed.blockSignals(True)
        self.speed.setValue(self._presenter.speed)
        self.speed.blockSignals(False)
        self._presenter.read_presets(camera_no)
        self._renew_buttons()
        self.move(beside(tile, self.size(), self.screen().availableGeometry()))
        self.show()
        self.list.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self.setFixedSize(_WIDE_PX, _HIGH_PX)
        self.setProperty("surface", "raised")
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setIconSize(_PICTURE)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setSpacing(Size.GAP_XS)
        self.speed.setRange(1, SPEEDS)
        self.speed.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.speed.setPageStep(1)
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.save)
        first.addWidget(self.remove)
        last.addWidget(self._speed_label)
        last.addWidget(self.speed, 1)
        last.addWidget(self.home)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_M, Size.GAP_M, Size.GAP_M, Size.GAP_M)
        box.addWidget(self._title)
        box.addWidget(self._empty, 1)
        box.addWidget(self.list, 1)
        box.addLayout(first)
        box.addLayout(last)

    def _show(self, camera_no: str, presets: list[PtzPreset]) -> None:
        if camera_no != self._camera_no:
            return
        self.list.clear()
        self._presets = list(presets)
        for number, preset in enumerate(presets, start=1):
            item = QListWidgetItem(_icon(preset), f"{number} {preset.name}", self.list)
            item.setSizeHint(QSize(_PICTURE.width() + Size.GAP_M, _PICTURE.height() + 2 * Size.GAP_L))
        self._renew_buttons()

    def _chosen(self) -> PtzPreset | None:
        row = self.list.currentRow()
        return self._presets[row] if 0 <= row < len(self._presets) else None

    def _renew_buttons(self) -> None:
        self._empty.setVisible(self.list.count() == 0)
        self.list.setVisible(self.list.count() > 0)
        self.save.setEnabled(bool(self.name.text().strip()))
        self.remove.setEnabled(self._chosen() is not None)

    def _go(self, _item: QListWidgetItem) -> None:
        preset = self._chosen()
        if preset is not None:
            self._presenter.go_to(preset.camera, preset.token)

    def _go_home(self) -> None:
        self._presenter.go_home(self._camera_no)

    def _save(self) -> None:
        """The name of one that is there replaces it."""
        name = self.name.text().strip()
        if not name:
            return
        token = next((preset.token for preset in self._presets if preset.name == name), "")
        self._presenter.save_preset(self._camera_no, name, token)
        self.name.clear()

    def _remove(self) -> None:
        preset = self._chosen()
        if preset is not None:
            self._presenter.remove_preset(preset)

    def _retranslate(self) -> None:
        self._empty.setText(self.tr("还没有预置位。把画面转到要记住的位置，写上名称，然后保存。"))
        self.name.setPlaceholderText(self.tr("预置位名称"))
        self.name.setAccessibleName(self.tr("预置位名称"))
        self.list.setAccessibleName(self.tr("预置位"))
        self.save.setText(self.tr("保存当前位置"))
        self.remove.setText(self.tr("删除"))
        self.home.setText(self.tr("回守望位"))
        self._speed_label.setText(self.tr("速度"))
        self.speed.setAccessibleName(self.tr("云台速度"))


def _icon(preset: PtzPreset) -> QIcon:
    """Its picture, or an empty field."""
    pixmap = QPixmap(_PICTURE)
    pixmap.fill(Qt.GlobalColor.black)
    if preset.thumbnail:
        seen = QPixmap()
        if seen.loadFromData(base64.b64decode(preset.thumbnail)):
            pixmap = seen
    return QIcon(pixmap)


def tile_on_screen(wall: WallSurface, index: int) -> QRect:
    """A tile's picture in global pixels."""
    picture = wall.picture_rect(index)
    return QRect(wall.mapToGlobal(picture.topLeft()), picture.size())


def beside(tile: QRect, panel: QSize, screen: QRect) -> QPoint:
    """Right, left, below or above a tile, whole; over its far corner where it leaves no room."""
    x = max(screen.left(), min(tile.left(), screen.right() + 1 - panel.width()))
    y = max(screen.top(), min(tile.top(), screen.bottom() + 1 - panel.height()))
    places = (
        QPoint(tile.right() + Size.GAP_S, y),
        QPoint(tile.left() - Size.GAP_S - panel.width(), y),
        QPoint(x, tile.bottom() + Size.GAP_S),
        QPoint(x, tile.top() - Size.GAP_S - panel.height()),
    )
    corner = screen.bottomRight() + QPoint(1 - panel.width(), 1 - panel.height())
    return next((place for place in places if screen.contains(QRect(place, panel))), corner)
