from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.elided import ElidedLabel

PLACE = "East Gate Booth Panic Button, behind the second barrier"


def test_a_text_too_long_is_cut_and_told_whole_on_hover(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    label.setText(PLACE)
    assert label.shown_text.startswith("East Gate")
    assert label.shown_text.endswith("…")
    assert (label.toolTip(), label.text()) == (PLACE, PLACE)
    label.resize(1200, 20)
    assert (label.shown_text, label.toolTip()) == (PLACE, "")
