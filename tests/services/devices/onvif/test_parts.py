from __future__ import annotations

from datetime import UTC, datetime

import pytest
from defusedxml.ElementTree import fromstring

from services.devices.onvif.events import bare_topic, told_time
from services.devices.onvif.mending import declare_prefixes
from services.devices.onvif.profiles import main_and_sub, profile_of
from services.devices.onvif.seam import Profile


def _profile(token: str, width: int, height: int, codec: str = "H264") -> Profile:
    return Profile(token, token, codec, width, height, 25.0, False)


@pytest.mark.parametrize(
    ("profiles", "main", "sub"),
    [
        ([("a", 1920, 1080), ("b", 640, 360)], "a", "b"),
        ([("b", 640, 360), ("a", 2560, 1440), ("c", 352, 288)], "a", "b"),
        ([("a", 1280, 720)], "a", "a"),
        ([("a", 3840, 2160), ("b", 1920, 1080)], "a", "b"),
        ([("a", 704, 576), ("b", 352, 288)], "a", "b"),
    ],
)
def test_the_largest_is_main_and_the_largest_small_one_is_sub(
    profiles: list[tuple[str, int, int]], main: str, sub: str
) -> None:
    chosen = main_and_sub(tuple(_profile(*p) for p in profiles))
    assert chosen is not None
    assert (chosen[0].token, chosen[1].token) == (main, sub)


def test_a_jpeg_profile_is_not_chosen_where_another_is() -> None:
    chosen = main_and_sub((_profile("j", 3840, 2160, "JPEG"), _profile("a", 1920, 1080)))
    assert chosen is not None
    assert chosen[0].token == "a"


def test_a_device_without_profiles_has_no_streams() -> None:
    assert main_and_sub(()) is None


@pytest.mark.parametrize("said", ["HEVC", "H.265", "h265"])
def test_all_names_of_h265_are_one(said: str) -> None:
    assert profile_of({"token": "a", "video_encoder": {"encoding": said, "width": None}}).codec == "H265"


def test_topics_lose_their_prefixes() -> None:
    assert bare_topic(" tns1:RuleEngine/tnsaxis:FieldDetector/ObjectsInside ") == (
        "RuleEngine/FieldDetector/ObjectsInside"
    )


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-11-24T08:00:00Z", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        ("2026-11-24T08:00:00", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        ("2026-11-24T08:00:29+08:00:29", datetime(2026, 11, 24, tzinfo=UTC)),
        ("0001-01-01T00:00:00+08:00", None),
        ("None", None),
        ("yesterday", None),
    ],
)
def test_a_cameras_time_is_kept_in_utc(said: str, at: datetime | None) -> None:
    told = told_time(said)
    assert told == at
    assert told is None or told.tzinfo is UTC


def test_a_forgotten_prefix_is_declared_and_others_stay() -> None:
    broken = '<?xml version="1.0"?><s:E xmlns:s="urn:s"><ptz:A b:c="1">a b:c d</ptz:A></s:E>'
    mended = fromstring(declare_prefixes(broken))
    assert mended[0].tag == "{urn:undeclared:ptz}A"
    assert mended[0].text == "a b:c d"
    whole = '<s:E xmlns:s="urn:s" xml:lang="en"/>'
    assert declare_prefixes(whole) == whole
    assert declare_prefixes("no: xml") == "no: xml"
