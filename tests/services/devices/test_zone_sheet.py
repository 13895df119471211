"""Tables of zones come in checked row by row, and go out as they came."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.devices.zone_sheet import read_zones, write_zone_template, write_zones
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
        (",A1,1,对射,红外对射,,北墙,40,30,,", "entry.invalid"),  # the wire is taken
        ("Z01,A1,900,对射,红外对射,,北墙,40,30,,", "entry.number_taken"),
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


def test_the_template_reads(tmp_path: Path, site: Site) -> None:
    file = tmp_path / "template.xlsx"
    write_zone_template(file)
    assert len(read_zones(file, site)) == 1
