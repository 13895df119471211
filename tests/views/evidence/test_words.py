"""What a request and a check say, in the language of the moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from services.domain.evidence import CopyOptions
from services.evidence.checking import Fault
from ui.i18n import speak
from views.evidence.words import fault_words, options_words

FAULTS = [Fault(f"video/{number:02}.mp4", "内容被改动", "changed") for number in range(1, 8)]


@pytest.fixture
def in_english(qapp: QApplication) -> Iterator[None]:  # noqa: ARG001
    speak("en")
    yield
    speak("zh")


@pytest.mark.usefixtures("in_english")
def test_faults_stand_a_line_each_and_the_rest_is_counted() -> None:
    assert fault_words(FAULTS).splitlines() == [
        "video/01.mp4: changed",
        "video/02.mp4: changed",
        "video/03.mp4: changed",
        "video/04.mp4: changed",
        "video/05.mp4: changed",
        "… +2",
    ]


@pytest.mark.usefixtures("qapp")
def test_a_single_fault_is_all_that_is_said_of_it() -> None:
    assert fault_words(FAULTS[:1]) == "video/01.mp4：内容被改动"


@pytest.mark.usefixtures("in_english")
def test_options_are_set_apart_as_english_does() -> None:
    said = options_words(CopyOptions(has_watermark=True, is_encrypted=True))
    assert "、" not in said
    assert said.count(", ") == 1


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("where", ["RequestForm", "Evidence"])
def test_the_unit_and_the_person_are_named_as_those_who_ask(where: str) -> None:
    said = [QCoreApplication.translate(where, words) for words in ("申请单位", "申请人")]
    assert said == ["Asking unit", "Asked by"]
