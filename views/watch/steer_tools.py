"""Ties one wall's hands to the seat's steering: keys, mouse, wheel, menu and presets."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.tiles.menu import TileAction
from ui.tiles.wall import WallSurface
from views.watch.preset_panel import PresetPanel, tile_on_screen
from views.watch.steering import SteeringPresenter

PRESETS_KEY = "Y"


class SteerTools(QObject):
    """For one wall."""

    def __init__(self, wall: WallSurface, presenter: SteeringPresenter) -> None:
        super().__init__(wall)
        self._wall = wall
        self._presenter = presenter
        self.panel = PresetPanel(wall, presenter)
        hand = wall.steer_hand
        hand.steered.connect(presenter.steer)
        hand.ended.connect(presenter.end)
        hand.speed_stepped.connect(presenter.step_speed)
        hand.presets_asked.connect(self._ask_for_camera)
        wall.lens_turned.connect(self._turn_lens)

    def table(self) -> tuple[TileAction, ...]:
        return (
            TileAction(self._presets_text, self._ask, PRESETS_KEY, self._has_lens),
            TileAction(self._home_text, self._go_home, is_offered=self._has_lens),
        )

    def _presets_text(self, _index: int) -> str:
        return self.tr("云台预置位和速度…")

    def _home_text(self, _index: int) -> str:
        return self.tr("云台回守望位")

    def _has_lens(self, index: int) -> bool:
        content = self._wall.content(index)
        return content is not None and content.has_lens

    def _ask(self, index: int) -> None:
        content = self._wall.content(index)
        if content is not None:
            title = f"{content.camera_no} {content.title}"
            self.panel.ask(content.camera_no, title, tile_on_screen(self._wall, index))

    def _ask_for_camera(self, camera_no: str) -> None:
        chosen = self._wall.chosen
        content = self._wall.content(chosen) if chosen is not None else None
        if chosen is not None and content is not None and content.camera_no == camera_no:
            self._ask(chosen)

    def _go_home(self, index: int) -> None:
        content = self._wall.content(index)
        if content is not None:
            self._presenter.go_home(content.camera_no)

    def _turn_lens(self, index: int, steps: float) -> None:
        content = self._wall.content(index)
        if content is not None:
            self._presenter.turn_lens(content.camera_no, steps)
