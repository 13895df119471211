from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.domain.drills import DRILL_OVER, DRILL_PLAYER
from services.domain.site import Place, Post, PostKind, PostNo, Site
from ui.i18n import speak
from ui.text.places import learn_names, local

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
