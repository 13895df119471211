from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from ui.theme import Size, font
from views.dispatch.candidate_list import far_text

pytestmark = pytest.mark.usefixtures("qapp")
NAME = "1. Xiang Wushisan"


def width_px(text: str) -> int:
    return QFontMetrics(font(Size.TEXT_M, bold=True)).horizontalAdvance(text)


def test_distance_and_time_stand_beside_a_name_that_fits() -> None:
    # 150 m at 1.5 m/s are 100 s.
    assert far_text(width_px(NAME) + width_px("150 米 · 约 100 秒") + 12, NAME, 150) == "150 米 · 约 100 秒"


def test_the_time_gives_way_to_the_name() -> None:
    assert far_text(width_px(NAME) + width_px("150 米") + 12, NAME, 150) == "150 米"


def test_the_name_keeps_at_least_sixty_per_cent() -> None:
    for room_px in range(60, 400, 7):
        assert width_px(far_text(room_px, NAME * 3, 150)) <= room_px * 0.4
