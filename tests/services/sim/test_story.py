"""The story file, and where its actors are."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.errors import ServiceError
from services.core.paths import resource
from services.sim.actors import Actor, Look, Mark, Pose
from services.sim.crowd import strollers
from services.sim.story import PERIOD_S, Story
from services.sim.storyfile import read_story
from tests.services.sim.camera_kit import small_site

GOOD = """
[story]
name = "n"
starts_at = 2026-09-01T08:30:00
[[moment]]
t = 12.0
zone = "Z01"
qualifier = "new"
[[actor]]
no = "a"
colour = "#ff0010"
track = [{ t = 0, at = [10, 20] }, { t = 10, at = [20, 20], pose = "wave" }, { t = 20, at = [20, 20] }]
"""


def story_of(text: str) -> Story:
    return Story.from_file(read_story(tomllib.loads(text), small_site(), PERIOD_S, "s.toml"), small_site())


def test_an_actor_walks_evenly_between_its_marks() -> None:
    placed = story_of(GOOD).placed_at(5.0)[0]
    assert placed.point == (15.0, 20.0)
    assert placed.heading_deg == pytest.approx(90.0)
    assert placed.pose is Pose.WALK


def test_an_actor_waves_where_the_file_says_and_faces_where_it_came() -> None:
    placed = story_of(GOOD).placed_at(15.0)[0]
    assert (placed.point, placed.pose, placed.heading_deg) == ((20.0, 20.0), Pose.WAVE, 90.0)


def test_an_actor_is_gone_after_its_last_mark_and_back_in_the_next_round() -> None:
    story = story_of(GOOD)
    assert story.placed_at(30.0) == []
    assert story.placed_at(PERIOD_S + 5.0) == story.placed_at(5.0)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('zone = "Z01"', 'zone = "Z99"', "moment[1].zone"),
        ('qualifier = "new"', 'qualifier = "old"', "moment[1].qualifier"),
        ("t = 12.0", "t = 121.0", "moment[1].t"),
        ("t = 12.0", "t = true", "moment[1].t"),
        ("t = 10,", "t = 0,", "actor[1].track"),
        ("[20, 20], pose", "[20], pose", "actor[1].track[2].at"),
        ('pose = "wave"', 'pose = "fly"', "actor[1].track[2].pose"),
        ('"#ff0010"', '"red"', "actor[1].colour"),
        ('no = "a"', "no = 5", "actor[1].no"),
        ("[story]", "[novel]", "story"),
        ("starts_at = 2026-09-01T08:30:00", 'starts_at = "now"', "story.starts_at"),
        ('name = "n"', 'name = "n"\nrepeats = "no"', "story.repeats"),
    ],
)
def test_a_wrong_story_is_refused_with_its_place(old: str, new: str, where: str) -> None:
    assert old in GOOD
    with pytest.raises(ServiceError) as refusal:
        story_of(GOOD.replace(old, new))
    assert refusal.value.code == "sim.story_invalid"
    assert refusal.value.params["where"] == where


def test_a_file_that_is_not_toml_is_refused(tmp_path: Any) -> None:
    path = tmp_path / "story.toml"
    path.write_text("[story")
    with pytest.raises(ServiceError) as refusal:
        Story.load(path, small_site())
    assert refusal.value.params["file"] == "story.toml"


def test_strollers_end_where_they_began() -> None:
    for actor in strollers(small_site(), PERIOD_S, 12, 3):
        first, last = actor.marks[0], actor.marks[-1]
        assert (first.at_s, last.at_s) == (0.0, PERIOD_S)
        assert first.point == pytest.approx(last.point, abs=0.05)


def test_the_same_seed_gives_the_same_crowd() -> None:
    assert strollers(small_site(), PERIOD_S, 6, 3) == strollers(small_site(), PERIOD_S, 6, 3)
    assert strollers(small_site(), PERIOD_S, 6, 3) != strollers(small_site(), PERIOD_S, 6, 4)


@given(st.floats(-1000.0, 1000.0))
def test_nobody_jumps(position_s: float) -> None:
    """No actor moves more than 0.3 m in a 25th of a second (27 km/h)."""
    actor = Actor("x", Look.PERSON, (Mark(0.0, (0.0, 0.0)), Mark(60.0, (60.0, 0.0)), Mark(120.0, (0.0, 0.0))))
    now, then = actor.placed_at(position_s % 120), actor.placed_at((position_s + 0.04) % 120)
    assert now is not None
    assert then is not None
    assert abs(now.point[0] - then.point[0]) < 0.3


def test_the_demo_story_fits_the_demo_site() -> None:
    from services.campus.sitefile import parse_site

    path = resource("sites", "demo.toml")
    site = parse_site(path.read_text(encoding="utf-8"), path.name)
    story = Story.load(None, site)
    assert {m.zone for m in story.moments} >= {"Z01", "Z11"}
    assert [m.at_s for m in story.moments if (m.zone, m.qualifier) == ("Z01", "new")] == [12.0]


def test_the_night_fits_the_demo_site_and_comes_once() -> None:
    from services.campus.sitefile import parse_site

    path = resource("sites", "demo.toml")
    site = parse_site(path.read_text(encoding="utf-8"), path.name)
    story = Story.load(resource("sites", "demo_night.toml"), site)
    assert not story.is_repeated
    raised = [moment for moment in story.moments if moment.qualifier == "new"]
    zones = [site.zone(moment.zone) for moment in raised]
    assert [(zone.alarm_class.value, zone.place) for zone in zones if zone is not None] == [
        ("intrusion", "北围墙"),
        ("panic", "第一食堂"),
        ("fire", "3 号宿舍楼"),
    ]
