"""The keys and menu lines of looking back, on the chosen tile of one wall; the only one is always chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.plain_key import PlainKey
from ui.tiles.menu import TileAction
from ui.tiles.wall import WallSurface
from views.watch.looking_back import FURTHER_KEY, KEY, LookingBack


class LookTools(QObject):
    def __init__(self, wall: WallSurface, looking: LookingBack, host: QWidget) -> None:
        super().__init__(host)
        self._wall = wall
        self._looking = looking
        if looking.is_allowed:
            for key, act in ((KEY, self.toggle_chosen), (FURTHER_KEY, self._further_chosen)):
                PlainKey(key, host, act).setAutoRepeat(False)

    def table(self) -> tuple[TileAction, ...]:
        return (
            TileAction(self._text, self._toggle, KEY, self._has_camera),
            TileAction(self._further_text, self._further, FURTHER_KEY, self._is_past),
        )

    def toggle_chosen(self) -> None:
        self._looking.toggle(self._camera(self._chosen))

    def leave(self) -> bool:
        """The chosen tile back to live; False when it is live already."""
        return self._looking.leave(self._camera(self._chosen))

    @property
    def _chosen(self) -> int | None:
        return 0 if self._wall.tile_count == 1 else self._wall.chosen

    def _further_chosen(self) -> None:
        self._looking.further(self._camera(self._chosen))

    def _camera(self, index: int | None) -> str:
        content = self._wall.content(index) if index is not None else None
        return content.camera_no if content is not None else ""

    def _text(self, index: int) -> str:
        is_past = self._looking.is_past(self._camera(index))
        return self.tr("回到实时") if is_past else self.tr("在这一格回看 30 秒")

    def _further_text(self, _index: int) -> str:
        return self.tr("再往前 30 秒")

    def _toggle(self, index: int) -> None:
        self._looking.toggle(self._camera(index))

    def _further(self, index: int) -> None:
        self._looking.further(self._camera(index))

    def _has_camera(self, index: int) -> bool:
        return self._looking.is_allowed and bool(self._camera(index))

    def _is_past(self, index: int) -> bool:
        return self._looking.is_past(self._camera(index))
