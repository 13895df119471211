"""Screens on the rail are told apart at a glance."""

from __future__ import annotations

from app.views_table import SCREENS
from ui.icons import _GLYPHS


def test_no_two_screens_have_the_same_name_or_the_same_picture() -> None:
    assert len({title() for _, title in SCREENS}) == len(SCREENS)
    assert len({_GLYPHS[spec.icon] for spec, _ in SCREENS}) == len(SCREENS)
