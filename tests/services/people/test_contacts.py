"""The list of guards as a table: the same when it comes back, all rows or none, wrong ones named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.devices.entries import EntryDesk
from services.domain.people import Session
from services.domain.site import Site
from services.people.contacts import intake_of, read_guards, write_guards
from services.storage import Database


def stored(database: Database) -> Site:
    site = database.read(lambda view: view.site())
    assert site is not None
    return site


@pytest.mark.parametrize("name", ["guards.xlsx", "guards.csv"])
def test_the_list_comes_back_the_same(site: Site, tmp_path: Path, name: str) -> None:
    odd = replace(site.guards[0], name="=HYPERLINK(1)", phone="+86 10", skills=())
    guards = (odd, *site.guards[1:])
    write_guards(guards, tmp_path / name)
    rows = read_guards(tmp_path / name, site)
    assert [row.error for row in rows if row.error] == []
    assert tuple(row.guard for row in rows) == guards
    assert intake_of(rows, site).changes == ((site.guards[0], odd),)


def test_known_numbers_are_changed_and_others_added_in_one_transaction(
    database: Database, site: Site, supervisor: Session, tmp_path: Path
) -> None:
    table = tmp_path / "guards.csv"
    table.write_text(
        "编号,姓名,班组,岗位,对讲机\nG05,周五一,甲班,南门岗,R805\n,新来,T2,,R900\n", encoding="utf-8"
    )
    rows = read_guards(table, site)
    wanted = intake_of(rows, site)
    EntryDesk(database).put_all(supervisor, wanted.changes, wanted.new)
    after = stored(database)
    changed, new = after.guard("G05"), after.guard("G45")
    assert changed is not None
    assert new is not None
    assert (changed.name, changed.post, changed.team) == ("周五一", "P02", "T1")
    # What the table does not mention: the place is kept, the phone's column was not there.
    assert changed.at == (site.guard("G05") or changed).at
    assert (new.name, new.team, new.post) == ("新来", "T2", None)
    assert len(after.guards) == 45


def test_each_wrong_row_is_named_and_none_comes_in(
    database: Database, site: Site, supervisor: Session, tmp_path: Path
) -> None:
    table = tmp_path / "guards.csv"
    table.write_text(
        "编号,姓名,班组,岗位,东 (米),北 (米)\n"
        "G05,周五,甲班,南门岗,1,1\n"
        "G05,周五,甲班,南门岗,1,1\n"
        "G06,,甲班,南门岗,1,1\n"
        "G07,郑七,戊班,南门岗,1,1\n"
        "G08,王八,甲班,月亮岗,1,1\n"
        "G09,冯九,甲班,南门岗,东,1\n"
        "G10,陈十,甲班,南门岗,9000,1\n",
        encoding="utf-8",
    )
    found = [(row.line, row.error.code if row.error else "") for row in read_guards(table, site)]
    assert found == [
        (2, ""),
        (3, "entry.number_taken"),
        (4, "entry.invalid"),
        (5, "sheet.bad_cell"),
        (6, "sheet.bad_cell"),
        (7, "sheet.bad_cell"),
        (8, "entry.invalid"),
    ]
    broken = replace(site.guards[1], team="T9")
    with pytest.raises(ServiceError):
        EntryDesk(database).put_all(
            supervisor,
            [(site.guards[0], replace(site.guards[0], name="改名")), (site.guards[1], broken)],
            [],
        )
    assert stored(database) == site


def test_operators_bring_in_nobody(database: Database, site: Site, operator: Session) -> None:
    with pytest.raises(ServiceError) as refused:
        EntryDesk(database).put_all(operator, [], site.guards[:1])
    assert refused.value.code == "identity.forbidden"
