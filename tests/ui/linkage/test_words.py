"""A linkage record speaks to people: no key of ours stands in it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.linkage.sentence import notified


def test_a_notice_names_whom_it_went_to(qtbot: QtBot) -> None:
    assert qtbot is not None
    assert notified("shift_leader") == "班长"
    assert notified("all") == "所有席位"
