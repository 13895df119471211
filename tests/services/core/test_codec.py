"""Whatever a domain dataclass holds comes back equal from JSON."""

from __future__ import annotations

import json
import math
import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core.codec import from_json, from_plain, to_json, to_plain
from services.domain.alarms import Alarm, Signal
from services.domain.facts import FACTS, subject_of
from services.domain.incidents import Dispatch, Feedback, Incident, TimelineEntry
from services.domain.people import GuardState, Role, Session, User
from services.domain.site import Area, Camera, Gate, Guard, Panel, Path, Post, Site, Wall, Zone

KINDS = [
    Alarm,
    Signal,
    Incident,
    Dispatch,
    Feedback,
    TimelineEntry,
    GuardState,
    User,
    Session,
    Area,
    Camera,
    Gate,
    Guard,
    Panel,
    Path,
    Post,
    Site,
    Wall,
    Zone,
    *FACTS.values(),
]
WORDS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=8)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])


def values(hint: object) -> st.SearchStrategy[object]:
    """Values of a type hint, written apart from the codec that is under test."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, typing.NewType):
        return values(hint.__supertype__)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if one is type(None) else values(one) for one in inner))
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(one) for one in inner))
    if origin is dict:
        return st.dictionaries(WORDS, WORDS, max_size=2)
    if is_dataclass(hint):
        # Deferred, because a condition holds conditions.
        return st.deferred(lambda: things(typing.cast(type, hint)))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return {
        str: WORDS,
        int: st.integers(),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        datetime: st.datetimes(timezones=ZONES),
    }[typing.cast(type, hint)]


@cache
def things(kind: type) -> st.SearchStrategy[object]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: values(hints[field.name]) for field in fields(kind)})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_an_entity_survives_json(kind: type, data: st.DataObject) -> None:
    entity = data.draw(things(kind))

    assert from_plain(kind, json.loads(json.dumps(to_plain(entity)))) == entity


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_its_text_is_canonical_and_reads_back(kind: type, data: st.DataObject) -> None:
    entity = data.draw(things(kind))
    plain = to_plain(entity)

    text = to_json(entity)
    assert from_json(kind, text) == entity
    read = json.loads(text)
    assert from_plain(kind, read) == from_plain(kind, plain) == entity
    assert list(read) == sorted(read)


@dataclass(frozen=True, slots=True)
class Place:
    at: tuple[float, float]
    word: str = ""


def test_a_number_without_end_is_refused_from_files_and_read_from_old_rows() -> None:
    for number in (math.inf, -math.inf, math.nan):
        with pytest.raises(ValueError, match="finite"):
            from_plain(Place, {"at": [1.0, number]})
    assert from_json(Place, '{"at":[1.0,Infinity]}') == Place((1.0, math.inf))
    assert from_json(Place, '{"at":[1.0,2.0],"word":"a\\ud800"}') == Place((1.0, 2.0), "a\ud800")


def test_what_older_versions_wrote_reads_on() -> None:
    at = datetime(2026, 11, 24, 14, 32, 7, 123456, tzinfo=UTC)

    assert from_json(datetime, '"2026-11-24T14:32:07.123456+00:00"') == at
    assert from_plain(datetime, at.isoformat()) == at


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name":7}', "null"])
def test_a_text_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  whatever its words
        from_json(User, text)


def test_a_time_keeps_its_microseconds_and_its_offset() -> None:
    at = datetime(2026, 11, 24, 14, 32, 7, 123456, tzinfo=timezone(timedelta(hours=8)))

    assert to_plain(at) == "2026-11-24T14:32:07.123456+08:00"


def test_what_hashes_are_made_of_is_as_it_always_was() -> None:
    at = datetime(2026, 11, 24, 6, 32, 7, tzinfo=UTC)

    assert to_plain({"at": at, "all": (Role.OPERATOR, at)}) == {
        "at": "2026-11-24T06:32:07+00:00",
        "all": ["operator", "2026-11-24T06:32:07+00:00"],
    }
    assert to_json({"b": at, "a": (1,)}) == '{"a":[1],"b":"2026-11-24T06:32:07Z"}'


def test_an_unknown_key_is_ignored_and_a_missing_one_takes_its_default() -> None:
    newer = {"name": "zhang", "display_name": "张", "role": "operator", "badge": 7}

    assert from_plain(User, newer) == User("zhang", "张", Role.OPERATOR)


@pytest.mark.parametrize(
    "plain",
    [
        {"name": 7, "display_name": "张", "role": "operator"},
        {"name": "zhang", "display_name": "张", "role": "king"},
        {"name": "zhang", "display_name": "张", "role": "operator", "is_active": "yes"},
        {"name": "zhang"},
        ["zhang"],
        None,
    ],
)
def test_what_does_not_fit_is_refused(plain: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        from_plain(User, plain)


@pytest.mark.parametrize("kind", FACTS.values(), ids=lambda kind: kind.__name__)
@settings(max_examples=5)
@given(data=st.data())
def test_every_fact_says_what_it_is_about(kind: type, data: st.DataObject) -> None:
    fact = data.draw(things(kind))
    subject = subject_of(typing.cast("typing.Any", fact))
    assert json.dumps(subject) in json.dumps(to_plain(fact))
