"""The cameras of the site, those that are shown ticked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.text.places import local_name
from views.playback.presenter import MOST_CAMERAS, PlaybackPresenter

_ROLE = Qt.ItemDataRole.UserRole


class CameraChoice(QListWidget):
    """Space or a click ticks; Enter or a double click puts a camera in the place of the chosen tile.

    Signals: replace_asked(camera_no).
    """

    replace_asked = Signal(str)

    def __init__(self, presenter: PlaybackPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._is_filling = False
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._choose)
        self.itemActivated.connect(self._ask_replace)
        presenter.site_changed.connect(self.show_site)
        presenter.chosen_changed.connect(self.show_ticks)
        self._retranslate()
        self.show_site()

    def show_site(self) -> None:
        self._is_filling = True
        self.clear()
        for camera in self._presenter.site_cameras:
            item = QListWidgetItem(f"{camera.no} {local_name(camera)}")
            item.setData(_ROLE, str(camera.no))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.addItem(item)
        self._is_filling = False
        self.show_ticks()

    def show_ticks(self) -> None:
        self._is_filling = True
        for row in range(self.count()):
            item = self.item(row)
            is_shown = item.data(_ROLE) in self._presenter.cameras
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
        self._is_filling = False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_site()

    def _choose(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        no = str(item.data(_ROLE))
        chosen = [camera for camera in self._presenter.cameras if camera != no]
        if item.checkState() is Qt.CheckState.Checked:
            if len(chosen) >= MOST_CAMERAS:
                self.show_ticks()
                return
            chosen.append(no)
        self._presenter.choose(chosen)

    def _ask_replace(self, item: QListWidgetItem) -> None:
        self.replace_asked.emit(str(item.data(_ROLE)))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("要回放的摄像机"))
        self.setToolTip(self.tr("勾选 1 到 9 台；回车换到选中的画面上，时刻不变"))
