"""Tables of zones come in checked row by row, and go out as they came."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.devices.zone_sheet import Effect, read_zones, write_zone_template, write_zones
from services.domain.classes import AlarmClass, Priority
from services.domain.site import Site, ZoneKind

HEAD = "编号,主机,防区号,名称,探测器,类别,位置,东 (米),北 (米),级别,布防组"


def table(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = folder / "zones.csv"
    file.write_bytes("\r\n".join([HEAD, *lines]).encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_row_as_people_write_it_is_a_zone(tmp_path: Path, site: Site, encoding: str) -> None:
    (row,) = read_zones(table(tmp_path, ",A1,900,北墙对射,红外对射,,北墙,40,30,p3,", encoding=encoding), site)
    assert row.error is None
    zone = row.zone
    assert (zone.kind, zone.alarm_class, zone.priority) == (
        ZoneKind.INFRARED_BEAM,
        AlarmClass.INTRUSION,
        Priority.P3,
    )
    assert (zone.panel, zone.number, zone.at) == ("A1", 900, (40.0, 30.0))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",A1,900,按钮,红外对射,火灾,北墙,40,30,,", "entry.invalid"),
        (",A1,900,按钮,一键报警按钮,,北墙,40,30,4,", "entry.invalid"),  # panic is never lowered
        (",A1,900,按钮,一键报警按钮,,北墙,40,30,,G1", "entry.invalid"),  # nor disarmed
        (",A99,900,对射,红外对射,,北墙,40,30,,", "entry.invalid"),
        (",A1,1,对射,红外对射,,北墙,40,30,,", "entry.invalid"),  # a panic button's wire
        ("Z01,A1,2,按钮,一键报警按钮,,北墙,40,30,,", "entry.invalid"),  # another zone's wire
        (",A1,900,对射,激光剑,,北墙,40,30,,", "sheet.bad_cell"),
        (",A1,九,对射,红外对射,,北墙,40,30,,", "sheet.bad_cell"),
        (",A1,900,对射,红外对射,,北墙,nan,30,,", "entry.invalid"),
        (",A1,900,=1+1,红外对射,,北墙,40,30,,", "sheet.bad_cell"),
        (",A1,900,对射,红外对射,,北墙,99999,30,,", "entry.invalid"),
    ],
)
def test_a_wrong_row_says_why_beside_the_good_ones(tmp_path: Path, site: Site, line: str, code: str) -> None:
    good = ",A1,901,对射,红外对射,,北墙,40,30,,"
    wrong, right = read_zones(table(tmp_path, line, good), site)
    assert wrong.error is not None
    assert (wrong.line, wrong.error.code) == (2, code)
    assert right.error is None


def test_the_same_wire_twice_in_one_table_is_refused_once(tmp_path: Path, site: Site) -> None:
    line = ",A1,900,对射,红外对射,,北墙,40,30,,"
    first, second = read_zones(table(tmp_path, line, line), site)
    assert (first.error is None, second.error is None) == (True, False)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_what_goes_out_comes_back_the_same(tmp_path: Path, site: Site, name: str) -> None:
    file = tmp_path / name
    write_zones(site.zones, file)
    bare = Site(site.code, site.name, site.name_en, site.width_m, site.height_m)
    empty = replace(bare, panels=site.panels, arm_groups=site.arm_groups, cameras=site.cameras)
    back = [row.zone for row in read_zones(file, empty)]
    assert back == [
        replace(zone, beam=None, added=(), debounce_ms=0, is_normally_closed=False) for zone in site.zones
    ]


def row_of(site: Site, no: str, **cells: str) -> str:
    """The row that the site's own table has for a zone, with some cells others."""
    zone = site.zone(no)
    assert zone is not None
    words = {
        "编号": str(zone.no), "主机": str(zone.panel), "防区号": str(zone.number), "名称": zone.name,
        "探测器": zone.kind.value, "类别": zone.alarm_class.value, "位置": zone.place,
        "东 (米)": f"{zone.at[0]:g}", "北 (米)": f"{zone.at[1]:g}",
        "级别": "" if zone.priority is None else f"{zone.priority:d}", "布防组": zone.arm_group,
    }  # fmt: skip
    return ",".join({**words, **cells}[head] for head in HEAD.split(","))


def test_a_row_adds_changes_or_leaves_and_says_what_is_other(tmp_path: Path, site: Site) -> None:
    lines = (
        row_of(site, "Z11"),
        row_of(site, "Z12", 名称="北墙对射 2", 级别="3"),
        ",A1,900,对射,红外对射,,北墙,40,30,,",
    )
    same, other, new = read_zones(table(tmp_path, *lines), site)
    assert [row.effect for row in (same, other, new)] == [Effect.LEAVE, Effect.CHANGE, Effect.ADD]
    before = site.zone("Z12")
    assert before is not None
    level = "" if before.priority is None else f"{before.priority:d}"
    assert other.differences() == [("名称", before.name, "北墙对射 2"), ("级别", level, "3")]
    assert other.differences(1)[0][0] == "Name"


def test_what_the_table_has_no_column_for_stays_as_it_is(tmp_path: Path, site: Site) -> None:
    zone = site.zone("Z11")
    assert zone is not None
    full = replace(zone, name_en="North", added=(site.cameras[0].no,), debounce_ms=50, entry_delay_s=0.0)
    zones = tuple(full if one.no == "Z11" else one for one in site.zones)
    (row,) = read_zones(table(tmp_path, row_of(site, "Z11", 名称="新名")), replace(site, zones=zones))
    assert row.zone == replace(full, name="新名")


def test_a_row_without_a_number_is_the_zone_of_its_kind_on_its_wire(tmp_path: Path, site: Site) -> None:
    (row,) = read_zones(table(tmp_path, row_of(site, "Z11", 编号="", 名称="新名")), site)
    assert (row.effect, row.zone.no) == (Effect.CHANGE, "Z11")


def test_two_zones_may_change_places_on_the_wire_in_one_table(tmp_path: Path, site: Site) -> None:
    one, two = site.zone("Z11"), site.zone("Z12")
    assert one is not None
    assert two is not None
    lines = (
        row_of(site, "Z11", 主机=str(two.panel), 防区号=str(two.number)),
        row_of(site, "Z12", 主机=str(one.panel), 防区号=str(one.number)),
    )
    rows = read_zones(table(tmp_path, *lines), site)
    assert [row.effect for row in rows] == [Effect.CHANGE, Effect.CHANGE]


def test_a_zone_named_twice_is_refused_once(tmp_path: Path, site: Site) -> None:
    rows = read_zones(table(tmp_path, row_of(site, "Z11"), row_of(site, "Z11", 名称="新名")), site)
    assert rows[0].error is None
    assert rows[1].error is not None
    assert rows[1].error.code == "entry.number_taken"


def test_what_breaks_the_rest_of_the_site_stands_in_the_row_to_blame(tmp_path: Path, site: Site) -> None:
    output = next(output for output in site.outputs if output.feedback)
    changed = row_of(site, output.feedback, 探测器="panic_button", 类别="panic", 级别="", 布防组="")
    good, wrong = read_zones(table(tmp_path, row_of(site, "Z11", 名称="新名"), changed), site)
    assert (good.error, wrong.effect) == (None, Effect.WRONG)


def test_the_template_reads(tmp_path: Path, site: Site) -> None:
    file = tmp_path / "template.xlsx"
    write_zone_template(file)
    assert len(read_zones(file, site)) == 1
