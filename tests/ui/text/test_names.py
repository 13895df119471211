from __future__ import annotations

from enum import Enum

import pytest

from services.domain.alarms import AlarmState
from ui.text import times
from ui.text.names import NAMED_KINDS, name_of, name_of_value


@pytest.mark.parametrize("kind", NAMED_KINDS, ids=lambda kind: kind.__name__)
def test_every_member_has_a_name_of_its_own(kind: type[Enum]) -> None:
    names = [name_of(member) for member in kind]
    assert all(names)
    assert len(set(names)) == len(names)


def test_an_unknown_stored_value_is_shown_as_it_is() -> None:
    assert name_of_value(AlarmState, "new") == "待接警"
    assert name_of_value(AlarmState, "from_the_future") == "from_the_future"


def test_ages_read_as_people_say_them() -> None:
    # 59 s; 60 s = 1 min 0 s; 3725 s = 1 h 2 min 5 s.
    assert [times.age(seconds) for seconds in (0, 59.9, 60, 3725)] == ["0 秒", "59 秒", "1:00", "1:02:05"]


def test_distances_and_walking_times() -> None:
    # At 1.5 m/s: 150 m = 100 s; 450 m = 300 s = 5 min.
    assert times.distance(55.4) == "55 米"
    assert times.distance(1240) == "1.2 公里"
    assert times.walking_time(150) == "约 100 秒"
    assert times.walking_time(450) == "约 5 分钟"


def test_no_time_has_its_own_look() -> None:
    assert times.clock_time(None) == times.date_time(None) == "–"
