"""What a line of the handover says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.domain.handovers import HandoverItem, ItemKind
from ui.i18n import speak
from views.handover.words import item_cells


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    speak("zh")


@pytest.mark.parametrize(("language", "steps"), [("zh", "封闭东门；通知校医"), ("en", "封闭东门; 通知校医")])
def test_the_steps_of_now_of_a_plan_stand_in_one_line(language: str, steps: str) -> None:
    speak(language)
    run = HandoverItem(ItemKind.PLAN_RUN, "1", "", "火灾", state="running", detail="封闭东门\n通知校医")
    assert item_cells(run)[-1] == steps


def test_what_people_wrote_keeps_its_lines() -> None:
    note = HandoverItem(ItemKind.NOTE, "1", "", "钥匙", detail="一把\n在抽屉")
    assert item_cells(note)[-1] == "一把\n在抽屉"


@pytest.mark.parametrize(("language", "said"), [("zh", "未反馈的派警单"), ("en", "Orders without feedback")])
def test_an_order_that_was_carried_out_is_listed_as_one_without_feedback(language: str, said: str) -> None:
    speak(language)
    order = HandoverItem(ItemKind.DISPATCH, "1", "PJ1", "王保安", state="done")
    assert item_cells(order)[0] == said
