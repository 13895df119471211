"""A linkage record speaks to people: no key of ours stands in it."""

from __future__ import annotations

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from services.domain.linkage import Action, ActionKind
from services.domain.linkage_runs import ActionRun, LinkageRun
from tests.campus import read_demo_site
from ui.i18n import speak
from ui.linkage.sentence import action_words, notified
from ui.linkage.words import chip_words

# Letters that half the column beside the wall has room for, with sign and milliseconds.
LONGEST_CHIP = 9
RUN = LinkageRun("run-1", "alarm-1", "rule-1", 1, "东门", "", datetime(2026, 3, 1, tzinfo=UTC), ())


def test_a_notice_names_whom_it_went_to(qtbot: QtBot) -> None:
    assert qtbot is not None
    assert notified("shift_leader") == "班长"
    assert notified("all") == "所有席位"


def test_an_action_says_what_its_alarm_will_bring_and_how_far_a_motor_turns(qtbot: QtBot) -> None:
    assert qtbot is not None
    site = read_demo_site()
    notice = Action(ActionKind.NOTIFY, "all", text="火灾：{place}，{name}", text_en="Fire: {place}, {name}")
    aim = Action(ActionKind.PTZ_AIM, option="170")
    assert action_words(notice, site) == "通知席位（所有席位，火灾：〔地点〕，〔报警名称〕）"
    assert action_words(aim, site) == "云台对准现场（左右各能转 170 度）"
    speak("en")
    assert action_words(notice, site) == "Notify workstations (all workstations, Fire: [place], [alarm])"
    speak("zh")


def test_a_chip_names_each_action_in_its_own_short_english(qtbot: QtBot) -> None:
    assert qtbot is not None
    speak("en")
    names = [chip_words(RUN, ActionRun(Action(kind)))[0].partition(" ")[2] for kind in ActionKind]
    speak("zh")
    assert len(set(names)) == len(ActionKind)
    assert [name for name in names if not name.isascii() or len(name) > LONGEST_CHIP] == []
