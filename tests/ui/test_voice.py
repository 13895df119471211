"""A voice says whether it can be understood: an engine without the seat's language speaks nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ui.i18n import speak
from ui.voice import Voice

# The toolkit's own engine for tests: it has English, Norwegian and Finnish, and no Chinese.
WESTERN = "mock"


@pytest.fixture
def voice(qapp: object) -> Iterator[Voice]:
    assert qapp
    made = Voice(engine=WESTERN)
    yield made
    speak("zh")
    made.stop()
    made.deleteLater()


def test_an_engine_without_chinese_cannot_speak_at_a_chinese_seat(voice: Voice) -> None:
    speak("zh")
    assert not voice.say("东门一键报警")
    # Asked again it has not learned it.
    assert not voice.say("东门一键报警")


def test_the_same_engine_speaks_at_an_english_seat(voice: Voice) -> None:
    speak("en")
    assert voice.say("Panic alarm, east gate")
