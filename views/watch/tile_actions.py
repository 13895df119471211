"""What the menu of a wall's tile offers of the wall's own."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.tiles.menu import TileAction
from ui.tiles.wall import WallSurface
from ui.tiles.zoom import WHOLE
from views.watch.wall_hand import WallHand
from views.watch.wall_presenter import WallPresenter


class WallActions(QObject):
    """One wall and its surface; the screen, the seat or a device screen add lines of theirs."""

    def __init__(self, surface: WallSurface, wall: WallPresenter, hand: WallHand, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._wall = wall
        self._hand = hand

    def table(self) -> tuple[TileAction, ...]:
        return (
            TileAction(self._single_text, self._wall.toggle_single, is_offered=self._can_be_single),
            TileAction(self._zoom_text, self._show_whole, "Num 0", self._is_zoomed),
            TileAction(self._empty_text, self._empty, "Delete", self._has_camera),
            TileAction(self._hotspot_text, self._hand.toggle_hotspot, "H"),
            TileAction(self._back_text, self._back, "Alt+←", self._wall.history.can_go_back),
            TileAction(self._forward_text, self._forward, "Alt+→", self._wall.history.can_go_forward),
        )

    def _single_text(self, _index: int) -> str:
        is_single = self._wall.plan.single is not None
        return self.tr("返回多画面") if is_single else self.tr("单画面放大")

    def _can_be_single(self, index: int) -> bool:
        return self._wall.plan.count > 1 and self._has_camera(index)

    def _zoom_text(self, _index: int) -> str:
        return self.tr("还原数字变焦")

    def _show_whole(self, index: int) -> None:
        self._surface.set_zoom(index, WHOLE)

    def _is_zoomed(self, index: int) -> bool:
        return not self._surface.zoom(index).is_whole

    def _empty_text(self, _index: int) -> str:
        return self.tr("清空此格")

    def _empty(self, index: int) -> None:
        self._wall.put_camera(index, "")

    def _hotspot_text(self, index: int) -> str:
        if self._wall.plan.hotspot == index:
            return self.tr("取消热点格")
        return self.tr("设为热点格（总是显示最后选中的摄像机）")

    def _back_text(self, _index: int) -> str:
        return self.tr("此格上一台摄像机")

    def _forward_text(self, _index: int) -> str:
        return self.tr("此格下一台摄像机")

    def _back(self, index: int) -> None:
        self._wall.choose(index)
        self._hand.back()

    def _forward(self, index: int) -> None:
        self._wall.choose(index)
        self._hand.forward()

    def _has_camera(self, index: int) -> bool:
        return self._surface.content(index) is not None
