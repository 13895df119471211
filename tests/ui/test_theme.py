from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from services.domain.classes import Priority
from services.domain.video import StreamState
from ui.icons import icon, priority_shape, state_shape
from ui.theme import DAY, NIGHT, THEMES, Tokens, contrast, style_sheet, text_pairs, tokens

LEAST = 4.5  # WCAG 2.2, 1.4.3, normal text


def test_contrast_is_the_ratio_of_wcag() -> None:
    # Black on white is 21:1 by definition; #777777 on white is the textbook 4.48:1.
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground_it_is_drawn_on(theme: Tokens) -> None:
    weak = {
        f"{text} on {ground}": round(contrast(getattr(theme, text), getattr(theme, ground)), 2)
        for text, ground in text_pairs(theme)
        if contrast(getattr(theme, text), getattr(theme, ground)) < LEAST
    }
    assert weak == {}


@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=lambda theme: theme.name)
@pytest.mark.parametrize("priority", list(Priority))
def test_an_alarm_plate_can_be_read(theme: Tokens, priority: Priority) -> None:
    colours = theme.priority(priority)
    assert contrast(colours.on_fill, colours.fill) >= LEAST
    assert contrast(colours.mark, theme.panel) >= LEAST


@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=lambda theme: theme.name)
def test_no_theme_uses_pure_black_or_white(theme: Tokens) -> None:
    sheet = style_sheet(theme).lower()
    assert "#000000" not in sheet
    assert "#ffffff" not in sheet


def test_the_style_sheet_has_no_token_left_unfilled() -> None:
    for theme in THEMES.values():
        assert "$" not in style_sheet(theme)


@pytest.mark.usefixtures("qapp")
def test_priorities_differ_in_shape_and_not_only_in_colour() -> None:
    shapes = {str(priority_shape(p, QRectF(0, 0, 20, 20)).toFillPolygon().toList()) for p in Priority}
    assert len(shapes) == len(Priority)


@pytest.mark.usefixtures("qapp")
def test_stream_states_differ_in_shape_and_not_only_in_colour() -> None:
    shapes = {str(state_shape(s, QRectF(0, 0, 10, 10)).toFillPolygon().toList()) for s in StreamState}
    assert len(shapes) == len(StreamState)


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_drawn() -> None:
    assert not icon("watch").pixmap(24, 24).isNull()
    assert tokens() is NIGHT
