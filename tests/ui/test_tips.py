"""Names are letters: no tool tip takes them for markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from tests.campus import read_demo_site
from ui.elided import ElidedLabel
from ui.tips import plain_tip
from views.devices.camera_table import CameraTable
from views.watch.camera_model import CameraModel

HOSTILE = ["<b>东门</b>", '<img src="file:///etc/passwd">', "<a href='http://x/'>A & B</a>\n第二行", "<qt>x"]


def shown_by(tip: str) -> str:
    """What Qt puts on the screen for a tool tip."""
    if not Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("name", [*HOSTILE, "东门 <1>", "a < b & c", "", "1 号楼\n2 层"])
@pytest.mark.usefixtures("qapp")
def test_a_tool_tip_shows_every_letter_of_a_name(name: str) -> None:
    assert shown_by(plain_tip(name)) == name


@pytest.mark.parametrize("name", HOSTILE)
def test_a_cut_name_is_told_whole_and_as_letters(name: str, qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(10, 20)
    label.setText(name)
    assert shown_by(label.toolTip()) == name


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.usefixtures("qapp")
def test_the_lists_of_cameras_tell_a_name_as_letters(name: str) -> None:
    camera = replace(read_demo_site().cameras[0], name=name, name_en="", main_url=f"rtsp://host/{name}")
    model = CameraModel([camera])
    tip = model.index(0, 0, model.index(0, 0)).data(Qt.ItemDataRole.ToolTipRole)
    assert name in shown_by(tip)
    table = CameraTable()
    table.show_cameras([camera])
    assert name in shown_by(table.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert name in shown_by(table.index(0, 3).data(Qt.ItemDataRole.ToolTipRole))
