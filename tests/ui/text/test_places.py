from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.alarms.drivers.gb26875_words import COMPONENTS
from services.alarms.placing import words_in_names
from services.domain.drills import DRILL_OVER, DRILL_PLAYER
from services.domain.people import SIMULATED_GUARDS
from services.domain.site import Place, Post, PostKind, PostNo, Site
from ui.i18n import speak
from ui.text.places import learn_more, learn_names, local, local_lines

SITE = Site(
    "any",
    "小院",
    "Yard",
    100.0,
    100.0,
    posts=(Post(PostNo("P1"), "东门", "East Gate Post", PostKind.GATE, (1.0, 2.0)),),
    places=(Place("东门", "East Gate"), Place("东围墙", "East Wall")),
)


@pytest.fixture
def known(qapp: object) -> Iterator[None]:
    assert qapp is not None
    learn_names(SITE)
    yield
    speak("zh")
    learn_names(Site("", "", "", 1.0, 1.0))


@pytest.mark.usefixtures("known")
def test_a_place_in_a_record_is_read_in_the_language_of_the_moment() -> None:
    assert local("东围墙") == "东围墙"
    speak("en")
    # What the site says of a place goes before a namesake's English; an unknown one stays as it is.
    assert [local(name) for name in ("东围墙", "东门", "后山")] == ["East Wall", "East Gate", "后山"]


@pytest.mark.usefixtures("known")
def test_what_the_program_itself_writes_into_records_is_read_in_english_too() -> None:
    speak("en")
    assert [local(word) for word in (DRILL_OVER, DRILL_PLAYER)] == ["The drill is over", "Drill player"]
    assert [local(word) for word in ("是", "否")] == ["Yes", "No"]
    assert local(SIMULATED_GUARDS) == "Simulated guard"


@pytest.mark.usefixtures("known")
def test_a_name_that_says_what_is_the_matter_is_read_in_english_where_both_parts_are_known() -> None:
    words = words_in_names()
    learn_more(words)
    assert local("东门：通信中断") == "东门：通信中断"
    speak("en")
    assert local("东门：通信中断") == "East Gate: communication lost"
    assert [local(name) for name in ("后山：通信中断", "东门：坏了")] == ["后山：通信中断", "东门：坏了"]
    assert [name for name in words if not local(f"东门：{name}").isascii()] == []


@pytest.mark.usefixtures("known")
def test_what_a_device_says_is_read_however_many_colons_it_is() -> None:
    speak("en")
    said = "：" * 1000
    assert local_lines(said) == [said]


@pytest.mark.usefixtures("known")
def test_every_coded_component_is_read_in_english_before_the_device_s_own_words() -> None:
    note = "感烟火灾探测器 一层走廊\n东门"
    assert local_lines(note) == note.splitlines()
    speak("en")
    assert local_lines(note) == ["Smoke detector 一层走廊", "East Gate"]
    assert [name for name in COMPONENTS.values() if not local(name).isascii()] == []
