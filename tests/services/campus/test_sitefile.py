"""A site file is read whole or refused with line, field and reason."""

from __future__ import annotations

import math
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.campus import entry, sitefile
from services.campus.sitefile import SiteFileError, dump_site, parse_site
from services.domain.classes import AlarmClass, Priority
from services.domain.clocks import DEFAULT_CLOCKS, Clocks
from services.domain.recording_hours import OUTSIDE_HOURS
from services.domain.recordings import RecordingMode
from services.domain.site import (
    Area,
    AreaKind,
    Camera,
    CameraNo,
    Guard,
    GuardNo,
    Panel,
    PanelNo,
    Place,
    Point,
    Post,
    PostKind,
    PostNo,
    Site,
    Zone,
    ZoneKind,
    ZoneNo,
)

SMALL = """\
[site]
code = "small"
name = "小院"
width_m = 100
height_m = 80.0

[areas]
B1 = { kind = "building", name = "楼", outline = [[10, 10], [20, 10], [20, 20]], height_m = 9 }
G1 = { kind = "green", name = "草地", outline = [[30, 10], [40, 10], [40, 20]] }

[cameras.C1]
name = "门口"
place = "门口"
at = [5, 5]
height_m = 5
heading_deg = 90
fov_deg = 60
range_m = 40
main_url = "rtsp://127.0.0.1:8554/C1/main"
sub_url = "rtsp://127.0.0.1:8554/C1/sub"

[posts]
P1 = { kind = "gate", name = "门岗", at = [1, 2] }

[guards]
G1 = { name = "赵一", at = [1, 2], post = "P1" }

[panels]
A1 = { account = "1001", name = "主机", at = [1, 2] }

[zones.Z1]
panel = "A1"
number = 1
name = "按钮"
kind = "panic_button"
place = "门口"
at = [3, 4]
pinned = ["C1"]

[zones.Z2]
panel = "A1"
number = 2
name = "门磁"
kind = "door_contact"
alarm_class = "access"
place = "门口"
at = [3, 4]
"""


def refusal(text: str) -> tuple[int, str, str]:
    with pytest.raises(SiteFileError) as caught:
        parse_site(text, "small.toml")
    assert caught.value.code == "site.invalid"
    params = caught.value.params
    assert params["file"] == "small.toml"
    return int(str(params["line"])), str(params["field"]), str(params["reason"])


def line_refused(text: str) -> int:
    """0 when the text is a site; anything but a refusal flies on."""
    try:
        parse_site(text, "any.toml")
    except SiteFileError as error:
        return int(str(error.params["line"]))
    return 0


def test_a_small_site_is_read() -> None:
    site = parse_site(SMALL, "small.toml")
    assert (site.code, site.name, site.name_en) == ("small", "小院", "")
    assert site.areas[1] == Area("G1", "草地", "", AreaKind.GREEN, ((30, 10), (40, 10), (40, 20)))
    assert site.cameras[0].width_px == 1920
    assert site.guards[0].post == "P1"
    assert site.zones[0].alarm_class is AlarmClass.PANIC
    assert site.zones[1].alarm_class is AlarmClass.ACCESS


def test_places_are_read_with_their_english_in_their_order() -> None:
    site = parse_site(SMALL + '\n[places]\n"门口" = "Doorway"\n"后 \\"院\\"" = "Yard"\n', "small.toml")
    assert site.places == (Place("门口", "Doorway"), Place('后 "院"', "Yard"))
    assert parse_site(SMALL, "small.toml").places == ()


# old text, new text, expected line, field and a part of the reason
WRONG = (
    ("width_m = 100", "width_m = 0", 4, "site.width_m", "from 1 to"),
    ("width_m = 100", "wide_m = 100", 1, "site.width_m", "missing"),
    ("width_m = 100", "width_m = 100\ncolour = 1", 5, "site.colour", "not known"),
    ("[panels]", "[alarms]", 28, "alarms", "not known"),
    ("fov_deg = 60", "fov_deg = nan", 17, "cameras.C1.fov_deg", "from 1 to 170"),
    ("fov_deg = 60", "fov_deg = inf", 17, "cameras.C1.fov_deg", "from 1 to 170"),
    ("range_m = 40", 'range_m = 40\nrecording = "scheduled"', 11, "cameras.C1.recording_hours", "is missing"),
    (
        "range_m = 40",
        'range_m = 40\nrecording_hours = ["mon 8-9"]',
        19,
        "cameras.C1.recording_hours",
        "is not like",
    ),
    (
        "range_m = 40",
        'range_m = 40\nrecorder_url = "ftp://nvr/"',
        19,
        "cameras.C1.recorder_url",
        "must begin with one of http",
    ),
    (
        "range_m = 40",
        'range_m = 40\nrecording_outside = "continuous"',
        19,
        "cameras.C1.recording_outside",
        "must be one of motion, alarm, off",
    ),
    ("range_m = 40", "range_m = -4", 18, "cameras.C1.range_m", "from 1 to"),
    ("range_m = 40", "range_m = true", 18, "cameras.C1.range_m", "must be a number"),
    ("range_m = 40", 'range_m = "40"', 18, "cameras.C1.range_m", "must be a number"),
    ("height_m = 9", "height_m = 0", 8, "areas.B1.height_m", "from 1 to"),
    ('kind = "green"', 'kind = "wood"', 9, "areas.G1.kind", "must be one of building"),
    ("[40, 20]] }", "[40, 20]], height_m = 3 }", 9, "areas.G1.height_m", "from 0 to 0"),
    ("[[10, 10], [20, 10], [20, 20]]", "[[1, 1], [2, 2]]", 8, "areas.B1.outline", "3 to"),
    ("at = [5, 5]", "at = [5, 500]", 14, "cameras.C1.at", "outside the plan"),
    ("at = [5, 5]", "at = [5, nan]", 14, "cameras.C1.at", "outside any plan"),
    ("at = [5, 5]", "at = [5]", 14, "cameras.C1.at", "point [x, y]"),
    ("at = [5, 5]", 'at = ["a", "b"]', 14, "cameras.C1.at", "point [x, y]"),
    ('name = "门口"\n', "", 11, "cameras.C1.name", "missing"),
    ('name = "门口"\n', 'name = " "\n', 12, "cameras.C1.name", "not be empty"),
    ('name = "门口"\n', 'name = "a\\u0007b"\n', 12, "cameras.C1.name", "printable"),
    ('name = "门口"\n', "naem = 3\n", 11, "cameras.C1.name", "missing"),
    ('post = "P1"', 'post = "P9"', 26, "guards.G1.post", "no post P9"),
    ('panel = "A1"', 'panel = "A9"', 32, "zones.Z1.panel", "no panel A9"),
    ('pinned = ["C1"]', 'pinned = ["C9"]', 38, "zones.Z1.pinned", "no camera C9"),
    ('pinned = ["C1"]', 'pinned = ["C1", "C1"]', 38, "zones.Z1.pinned", "twice"),
    ("number = 2", "number = 1", 42, "zones.Z2.number", "already zone Z1"),
    ("number = 2", "number = 2.5", 42, "zones.Z2.number", "whole number"),
    ('account = "1001"', 'account = "xyz"', 29, "panels.A1.account", "hexadecimal"),
    ('pinned = ["C1"]', "priority = 5", 38, "zones.Z1.priority", "from 1 to 4"),
    ('pinned = ["C1"]', "priority = 3", 38, "zones.Z1.priority", "must not be lowered"),
    ('pinned = ["C1"]', 'alarm_class = "test"', 38, "zones.Z1.alarm_class", "panic, medical"),
    ('pinned = ["C1"]', "beam = [[1, 1], [2, 2]]", 38, "zones.Z1.beam", "infrared_beam only"),
    ('pinned = ["C1"]', "bypass = false", 38, "zones.Z1.bypass", "always armed"),
    ('alarm_class = "access"', "bypass = true", 45, "zones.Z2.bypass", "not known"),
    ("G1 = { name", '"G 1" = { name', 26, "guards.G 1", "1 to 24 letters"),
    ("P1 = { kind", "P1 = 3 # { kind", 23, "posts.P1", "must be an entry"),
    ("[panels]", '[places]\n"门口" = 3\n[panels]', 29, "places.门口", "text in quotes"),
    ("[panels]", '[places]\n"门口" = { name_en = "Door" }\n[panels]', 29, "places.门口", "text in quotes"),
    ("[panels]", '[places]\n"门口" = " "\n[panels]', 29, "places.门口", "not be empty"),
    ("[panels]", '[places]\n"门口" = "a\\u0007"\n[panels]', 29, "places.门口", "printable"),
    ("[panels]", '[places]\n" " = "Door"\n[panels]', 28, "places", "a place is printable"),
    ("[panels]", '[[places]]\nx = "Door"\n[panels]', 1, "places", "must be a section"),
)


@pytest.mark.parametrize(("old", "new", "line", "field", "reason"), WRONG)
def test_a_wrong_entry_is_refused_with_line_field_and_reason(
    old: str, new: str, line: int, field: str, reason: str
) -> None:
    assert old in SMALL
    found_line, found_field, found_reason = refusal(SMALL.replace(old, new, 1))
    assert (found_line, found_field) == (line, field)
    assert reason in found_reason


@pytest.mark.parametrize("kind", ["panic_button", "smoke_detector", "manual_call_point", "tamper"])
@pytest.mark.parametrize("word", ["bypass", "disarm", "arming", "schedule", "enabled", "auto_reset"])
def test_panic_fire_and_tamper_zones_take_no_exception_from_arming(kind: str, word: str) -> None:
    text = SMALL.replace('kind = "panic_button"', f'kind = "{kind}"\n{word} = true')
    assert refusal(text)[1] == f"zones.Z1.{word}"
    assert "always armed" in refusal(text)[2]


@pytest.mark.parametrize(
    "url",
    ["rtsp://admin:12345@10.0.0.1/main", "rtsp://admin@10.0.0.1/main", "rtsp://:x@10.0.0.1/main"],
)
def test_credentials_in_an_address_are_refused_and_not_repeated(url: str) -> None:
    line, field, reason = refusal(SMALL.replace("rtsp://127.0.0.1:8554/C1/main", url))
    assert (line, field) == (19, "cameras.C1.main_url")
    assert "put them in secrets" in reason
    assert "12345" not in reason


@pytest.mark.parametrize("url", ["ftp://10.0.0.1/x", "javascript:alert(1)", "10.0.0.1", "rtsp://[::1/x"])
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    assert refusal(SMALL.replace("rtsp://127.0.0.1:8554/C1/main", url))[1] == "cameras.C1.main_url"


def test_broken_toml_is_refused_with_its_line() -> None:
    line, _field, reason = refusal(SMALL.replace('code = "small"', 'code = "small'))
    assert line == 2
    assert reason


def test_the_same_number_twice_is_refused() -> None:
    assert refusal(SMALL + '\n[zones.Z1]\npanel = "A1"\n')[0] == 49


def test_a_file_that_is_too_long_or_too_deep_is_refused() -> None:
    assert "longer than" in refusal("#" * (sitefile.MOST_CHARACTERS + 1))[2]
    assert refusal("x = " + "[" * 100_000)[2]
    assert refusal("x = 1" + "0" * 10_000)[2]


def test_too_many_points_are_refused() -> None:
    outline = "[" + "[1, 1], " * (entry.MOST_POINTS + 1) + "]"
    assert "points" in refusal(SMALL.replace("[[10, 10], [20, 10], [20, 20]]", outline))[2]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert line_refused(text) >= 0


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_site_file_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SMALL)))
    end = data.draw(st.integers(start, min(len(SMALL), start + 60)))
    text = SMALL[:start] + data.draw(st.text(max_size=30)) + SMALL[end:]
    assert 0 <= line_refused(text) <= len(text.splitlines()) + 1


CLOCKS = "[clocks]\nP1 = { claim_s = 15, escalate_s = [20, 60], sign_s = 30 }\n"


def test_a_site_has_the_response_limits_of_its_file_and_the_defaults_for_the_rest() -> None:
    site = parse_site(SMALL + CLOCKS, "small.toml")
    assert site.limits[Priority.P1] == Clocks(15.0, (20.0, 60.0), None, 30.0, None, None)
    assert site.limits[Priority.P2] == DEFAULT_CLOCKS[Priority.P2]
    assert parse_site(dump_site(site), "again.toml") == site


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("P1 = { escalate_s = [20] }", "clocks.P1.claim_s"),
        ("P1 = { claim_s = 0, escalate_s = [20] }", "clocks.P1.claim_s"),
        ("P1 = { claim_s = 61, escalate_s = [70] }", "clocks.P1.claim_s"),
        ("P1 = { claim_s = 10, escalate_s = [] }", "clocks.P1.escalate_s"),
        ("P1 = { claim_s = 10, escalate_s = [5, true] }", "clocks.P1.escalate_s"),
        ("P1 = { claim_s = 10, escalate_s = 20 }", "clocks.P1.escalate_s"),
        ("P1 = { claim_s = 10, escalate_s = [60, 20] }", "clocks.P1.escalate_s"),
        ("P5 = { claim_s = 10, escalate_s = [20] }", "clocks.P5"),
        ("P1 = { claim_s = 10, escalate_s = [20], enabled = false }", "clocks.P1.enabled"),
    ],
)
def test_limits_that_no_site_may_have_are_refused_by_line_and_field(line: str, field: str) -> None:
    with pytest.raises(SiteFileError) as refused:
        parse_site(f"{SMALL}[clocks]\n{line}\n", "small.toml")
    assert (refused.value.params["field"], refused.value.params["line"]) == (
        field,
        len(SMALL.splitlines()) + 2,
    )


def test_the_demo_site_survives_writing_and_reading(demo: Site) -> None:
    assert parse_site(dump_site(demo), "again.toml") == demo


names = st.text(
    st.characters(categories=["L", "N", "P", "S"], include_characters=" "), min_size=1, max_size=20
).filter(lambda text: text.strip() and text.isprintable())
metres = st.floats(0, 100, allow_nan=False)
points: st.SearchStrategy[Point] = st.tuples(metres, metres)
numbers = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=12)


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Sites with one of each and any names and places."""
    camera = Camera(
        CameraNo(draw(numbers)),
        draw(names),
        draw(names),
        draw(names),
        draw(points),
        draw(st.floats(1, 20)),
        draw(st.floats(0, 359)),
        draw(st.floats(1, 170)),
        draw(st.floats(1, 500)),
        "rtsp://h/main",
        "rtsp://h/sub",
        draw(st.sampled_from(["", "demo"])),
        draw(st.integers(160, 8000)),
        recording=draw(st.sampled_from(RecordingMode)),
        keep_days=draw(st.integers(1, 3650)),
        keep_gb=draw(st.integers(0, 1000)),
        recording_hours=("mon-fri 08:00-18:00", draw(st.sampled_from(["sat 9:00-12:00", "sun 22:00-06:00"]))),
        recording_outside=draw(st.sampled_from(OUTSIDE_HOURS)),
        before_s=draw(st.floats(0, 120)),
        after_alarm_s=draw(st.floats(5, 3600)),
        after_motion_s=draw(st.floats(5, 600)),
        recorder_url=draw(
            st.sampled_from(["", "http://nvr/onvif/device_service", "mediamtx+https://m:9996"])
        ),
        recorder_channel=draw(st.sampled_from(["", "campus/east"])),
        recorder_credential=draw(st.sampled_from(["", "nvr"])),
    )
    post = Post(PostNo(draw(numbers)), draw(names), "", draw(st.sampled_from(PostKind)), draw(points), 2)
    panel = Panel(PanelNo(draw(numbers)), "1001", draw(names), "", draw(points), 0.0, draw(st.booleans()))
    zone = Zone(
        ZoneNo(draw(numbers)),
        panel.no,
        draw(st.integers(1, 9999)),
        draw(names),
        "",
        ZoneKind.INFRARED_BEAM,
        AlarmClass.INTRUSION,
        draw(names),
        draw(points),
        draw(st.sampled_from([None, *Priority])),
        draw(st.sampled_from([None, ((1.0, 2.0), (3.0, 4.0))])),
        (camera.no,) if draw(st.booleans()) else (),
    )
    guard = Guard(
        GuardNo(draw(numbers)),
        draw(names),
        "",
        draw(st.sampled_from(["", "内线 801"])),
        "",
        tuple(sorted(draw(st.sets(names, max_size=3)))),
        post.no if draw(st.booleans()) else None,
        draw(points),
    )
    words = draw(st.dictionaries(names, names, max_size=3))
    return Site(
        "any",
        draw(names),
        draw(names),
        100.0,
        100.0,
        cameras=(camera,),
        posts=(post,),
        guards=(guard,),
        panels=(panel,),
        zones=(zone,),
        places=tuple(Place(name, name_en) for name, name_en in words.items()),
    )


@settings(max_examples=150, deadline=None)
@given(sites())
def test_any_site_survives_writing_and_reading(site: Site) -> None:
    assert parse_site(dump_site(site), "any.toml") == site


def test_the_written_file_holds_no_address_with_credentials(demo: Site) -> None:
    leaky = replace(demo.cameras[0], main_url="rtsp://admin:12345@10.0.0.1/x")
    text = dump_site(replace(demo, cameras=(leaky, *demo.cameras[1:])))
    assert "12345" not in text


def test_no_number_of_the_demo_site_is_beyond_reason(demo: Site) -> None:
    assert all(math.isfinite(value) for camera in demo.cameras for value in camera.at)
