"""Where the presets of a camera open: whoever keeps a position has to see it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize

from views.watch.preset_panel import beside

PANEL = QSize(560, 400)
SCREEN = QRect(0, 0, 1366, 768)
RIGHT_SCREEN = QRect(1366, 0, 1920, 1080)


def nine(screen: QRect) -> list[QRect]:
    """The tiles of a wall of nine that fills a screen but for a column of 340 px at its right."""
    width, height = (screen.width() - 340) // 3, (screen.height() - 120) // 3
    top_left = screen.topLeft() + QPoint(0, 120)
    return [
        QRect(top_left + QPoint(x * width, y * height), QSize(width, height))
        for y in range(3)
        for x in range(3)
    ]


def test_the_panel_is_whole_and_leaves_its_camera_s_tile_free_on_any_wall_of_nine() -> None:
    for screen in (SCREEN, RIGHT_SCREEN):
        for tile in nine(screen):
            panel = QRect(beside(tile, PANEL, screen), PANEL)
            assert screen.contains(panel), tile
            assert not panel.intersects(tile), tile


def test_over_a_single_tile_it_lies_in_the_far_corner() -> None:
    panel = QRect(beside(QRect(64, 100, 1200, 660), PANEL, SCREEN), PANEL)
    assert panel.bottomRight() == SCREEN.bottomRight()
