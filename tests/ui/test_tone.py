"""A tone is something to see, also of a label that has been shown in another one."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.theme import style_sheet, tokens
from ui.theme_sheet import SHEET
from ui.tone import Tone, set_tone


@pytest.mark.parametrize("tone", get_args(Tone))
def test_the_style_sheet_knows_every_tone(tone: str) -> None:
    assert f'QLabel[tone="{tone}"]' in SHEET.template


def test_a_label_that_is_shown_takes_another_tone_at_once(qtbot: QtBot) -> None:
    label = QLabel("3 台离线")
    qtbot.addWidget(label)
    label.setStyleSheet(style_sheet(tokens()))
    label.show()
    for tone, colour in (("ok", tokens().ok), ("bad", tokens().bad), ("dim", tokens().text_dim)):
        set_tone(label, tone)
        assert label.palette().windowText().color().name() == colour
