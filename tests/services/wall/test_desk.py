"""Layouts, presets and tours: own and shared, written down, told to all seats, never overwritten unseen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from services.core.clock import ManualClock
from services.core.codec import from_plain
from services.core.errors import ServiceError
from services.domain.facts import WallItemRemoved, WallItemSaved
from services.domain.layouts import Cell, Layout, grid
from services.domain.people import Role, Session
from services.domain.walls import (
    MOST_ITEMS,
    Preset,
    Slot,
    Stop,
    StopKind,
    Tour,
    WallItem,
    WallItemKind,
    may_see,
)
from services.storage import AuditReport, Database, Tx, schema, verify_audit
from services.storage.ledger import to_json
from services.wall import WallDesk
from tests.records import new_sqlite

WANG = Session("wang", "王某", Role.OPERATOR, "seat-1")
LI = Session("li", "李某", Role.OPERATOR, "seat-2")
LEADER = Session("zhao", "赵某", Role.SHIFT_LEADER, "seat-3")
OWN = WallItem("", WallItemKind.LAYOUT, "门区", "", "", layout=Layout(2, 1, (Cell(0, 0, 2, 1),)))
PRESET = WallItem(
    "",
    WallItemKind.PRESET,
    "夜间",
    "",
    "",
    preset=Preset("4", grid(2, 2), ("C01", "C02", "", "C03"), 3, (Slot((0, 4), 1320, 360),)),
)


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value.code


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    is_sqlite = request.param == "sqlite"
    url = new_sqlite(tmp_path / "watch.db") if is_sqlite else str(request.getfixturevalue("postgres_record"))
    with closing(Database(url, ManualClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC)))) as opened:
        opened.open()
        yield opened


@pytest.fixture
def desk(database: Database) -> WallDesk:
    return WallDesk(database)


def stored(database: Database) -> list[WallItem]:
    return database.read(lambda view: view.wall_items.all())


def test_a_new_item_is_its_makers_own_and_comes_back_equal(database: Database, desk: WallDesk) -> None:
    saved = desk.save(WANG, PRESET)
    assert saved == replace(PRESET, id=saved.id, owner="wang", author="wang")
    assert stored(database) == [saved]
    assert (may_see(saved, WANG), may_see(saved, LI)) == (True, False)


@pytest.mark.parametrize("body", ["{{{", "[]", '{"id": "x", "kind": "carousel"}', "[" * 100_000])
def test_an_item_that_a_newer_version_wrote_keeps_no_seat_from_starting(
    body: str, database: Database, desk: WallDesk, expected_log: Callable[..., None]
) -> None:
    expected_log("storage.unreadable_row")
    kept, spoilt = desk.save(WANG, OWN), desk.save(WANG, PRESET)
    spoil(database, spoilt, body)
    assert list(database.read(lambda view: view.board()).wall_items) == [kept.id]
    assert desk.rename(WANG, kept, "北门").name == "北门"


def test_a_layout_that_no_wall_can_show_is_not_read(database: Database, desk: WallDesk) -> None:
    saved = desk.save(WANG, OWN)
    spoil(database, saved, to_json(replace(saved, layout=Layout(1_000_000, 1, ()))))
    assert stored(database) == []


def test_nobody_keeps_so_many_that_seats_could_not_start(database: Database, desk: WallDesk) -> None:
    def fill(tx: Tx) -> None:
        for number in range(MOST_ITEMS):
            tx.wall_items.add(replace(OWN, id=f"{number:032}", name=f"布局 {number}", owner="zhao"))

    database.write(fill)
    assert code_of(lambda: desk.save(LEADER, PRESET)) == "wall.too_many"
    assert desk.save(WANG, PRESET).owner == "wang"
    first = stored(database)[0]
    assert desk.share(LEADER, first, True).is_shared
    assert desk.save(LEADER, PRESET).owner == "zhao"


def spoil(database: Database, item: WallItem, body: str) -> None:
    """Write over the stored item past all commands, as a hand or another version would."""
    engine = create_engine(database.url)
    with engine.begin() as connection:
        connection.execute(update(schema.wall_item).where(schema.wall_item.c.id == item.id), {"body": body})
    engine.dispose()


def test_every_change_is_a_fact_and_an_audit_row(database: Database, desk: WallDesk) -> None:
    saved = desk.save(LEADER, OWN)
    renamed = desk.rename(LEADER, saved, "北门")
    shared = desk.share(LEADER, renamed, True)
    desk.delete(LEADER, shared)
    rows = database.read(lambda view: view.changes_after(0, 10))
    facts = [
        from_plain(
            {"WallItemSaved": WallItemSaved, "WallItemRemoved": WallItemRemoved}[row.kind],
            json.loads(row.payload),
        )
        for row in rows
    ]
    assert facts == [
        WallItemSaved(saved),
        WallItemSaved(renamed),
        WallItemSaved(shared),
        WallItemRemoved(shared),
    ]
    assert [row.subject for row in rows] == [saved.id] * 4
    assert verify_audit(database) == AuditReport(4)


def test_an_operator_may_not_share_and_not_touch_what_is_shared(database: Database, desk: WallDesk) -> None:
    own = desk.save(WANG, OWN)
    assert code_of(lambda: desk.share(WANG, own, True)) == "identity.forbidden"
    shared = desk.share(LEADER, desk.save(LEADER, PRESET), True)
    assert may_see(shared, WANG)
    assert code_of(lambda: desk.rename(WANG, shared, "我的")) == "wall.not_yours"
    assert code_of(lambda: desk.delete(WANG, shared)) == "wall.not_yours"
    assert code_of(lambda: desk.delete(LI, own)) == "wall.not_yours"
    assert stored(database) == [own, shared]


def test_what_another_seat_changed_meanwhile_is_a_conflict(database: Database, desk: WallDesk) -> None:
    seen = desk.share(LEADER, desk.save(LEADER, OWN), True)
    other = desk.rename(replace(LEADER, user="qian"), seen, "别名")
    assert code_of(lambda: desk.save(LEADER, replace(seen, layout=grid(2, 2)))) == "storage.conflict"
    assert code_of(lambda: desk.share(LEADER, seen, False)) == "storage.conflict"
    assert code_of(lambda: desk.delete(LEADER, seen)) == "storage.conflict"
    assert stored(database) == [other]


def test_an_item_shared_no_more_goes_back_to_its_author(desk: WallDesk) -> None:
    shared = desk.share(LEADER, desk.save(LEADER, OWN), True)
    assert desk.share(replace(LEADER, user="qian"), shared, False).owner == "zhao"


def test_one_name_is_used_once_among_ones_own_but_others_may_use_it_too(desk: WallDesk) -> None:
    desk.save(WANG, OWN)
    assert code_of(lambda: desk.save(WANG, OWN)) == "wall.name_taken"
    desk.save(LI, OWN)
    desk.save(WANG, replace(PRESET, name=OWN.name))


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (replace(OWN, name=" "), "wall.name_invalid"),
        (replace(OWN, name="长" * 41), "wall.name_invalid"),
        (replace(OWN, layout=None), "wall.incomplete"),
        (replace(OWN, preset=PRESET.preset), "wall.incomplete"),
        (replace(OWN, layout=Layout(2, 1, (Cell(0, 0),))), "wall.layout_invalid"),
        (replace(PRESET, preset=Preset("4", grid(2, 2), (), 4)), "wall.layout_invalid"),
        (replace(PRESET, preset=Preset("4", grid(2, 2), (), -1, (Slot((), 0, 60),))), "wall.slot_invalid"),
        (replace(PRESET, preset=Preset("4", grid(2, 2), (), -1, (Slot((7,), 0, 60),))), "wall.slot_invalid"),
        (
            replace(PRESET, preset=Preset("4", grid(2, 2), (), -1, (Slot((1,), 0, 1440),))),
            "wall.slot_invalid",
        ),
    ],
)
def test_what_makes_no_sense_is_not_stored(
    database: Database, desk: WallDesk, item: WallItem, fault: str
) -> None:
    assert code_of(lambda: desk.save(WANG, item)) == fault
    assert stored(database) == []


@pytest.mark.parametrize(
    ("stops", "fault"),
    [
        ((), "wall.tour_empty"),
        ((Stop(StopKind.CAMERA, "C01", 2),), "wall.dwell_invalid"),
        ((Stop(StopKind.CAMERA, "C01", 9), Stop(StopKind.LAYOUT, "9", 9)), "wall.tour_mixed"),
    ],
)
def test_a_tour_of_nothing_too_fast_or_mixed_is_not_stored(
    desk: WallDesk, stops: tuple[Stop, ...], fault: str
) -> None:
    assert (
        code_of(lambda: desk.save(WANG, WallItem("", WallItemKind.TOUR, "t", "", "", tour=Tour(stops))))
        == fault
    )
