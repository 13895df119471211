"""A linkage record speaks to people: no key of ours stands in it."""

from __future__ import annotations

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from services.domain.linkage import Action, ActionKind
from services.domain.linkage_runs import ActionRun, LinkageRun
from ui.i18n import speak
from ui.linkage.sentence import notified
from ui.linkage.words import chip_words

# Letters that half the column beside the wall has room for, with sign and milliseconds.
LONGEST_CHIP = 9
RUN = LinkageRun("run-1", "alarm-1", "rule-1", 1, "东门", "", datetime(2026, 3, 1, tzinfo=UTC), ())


def test_a_notice_names_whom_it_went_to(qtbot: QtBot) -> None:
    assert qtbot is not None
    assert notified("shift_leader") == "班长"
    assert notified("all") == "所有席位"


def test_a_chip_names_each_action_in_its_own_short_english(qtbot: QtBot) -> None:
    assert qtbot is not None
    speak("en")
    names = [chip_words(RUN, ActionRun(Action(kind)))[0].partition(" ")[2] for kind in ActionKind]
    speak("zh")
    assert len(set(names)) == len(ActionKind)
    assert [name for name in names if not name.isascii() or len(name) > LONGEST_CHIP] == []
