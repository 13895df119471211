"""F5 in a storm: few transactions, an audit row for each alarm, and no alarm costs another its silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import SILENCED_AT_ONCE, AlarmDesk
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.alarms import AlarmId, Signal
from services.domain.audits import AuditSearch
from services.domain.classes import DUTY_CHECK
from services.domain.people import Limit, Permission, Role, Session
from services.storage import Database, Tx
from tests.alarms import PANIC

MakeSignal = Callable[..., Signal]
Result = TypeVar("Result")
EVER = AuditSearch(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
WANG = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")


def put(database: Database, count: int) -> list[str]:
    """That many alarms; their ids."""
    ids = [AlarmId(f"S{number:03}") for number in range(count)]

    def work(tx: Tx) -> None:
        for no in ids:
            tx.alarms.add_later(replace(PANIC, id=no, event_no=no, dedup_key=no))

    database.write(work)
    return [*ids]


def silent(database: Database, ids: list[str]) -> list[str]:
    found = database.read(lambda view: [view.alarms.get(alarm_id) for alarm_id in ids])
    return [alarm.id for alarm in found if alarm.silenced_at is not None]


def test_a_storm_is_silenced_in_few_transactions_each_alarm_with_an_audit_row_of_its_own(
    database: Database, clock: ManualClock
) -> None:
    """120 alarms, 50 in each transaction: 3."""
    assert SILENCED_AT_ONCE == 50
    ids, before, commits = put(database, 120), database.read(lambda view: view.seq), []
    end = database.after_commit(commits.append)
    assert AlarmDesk(database, clock).silence_all(WANG, ids) == {}
    end()
    assert len(commits) == 3
    assert silent(database, ids) == ids
    rows = database.read(lambda view: view.audit_rows.page(EVER, 500))
    assert sorted((row.object, row.action, row.actor) for row in rows) == [
        (alarm_id, "alarm.silenced", "wang") for alarm_id in ids
    ]
    facts = database.read(lambda view: view.changes_after(before, 500))
    assert [fact.kind for fact in facts] == ["AlarmChanged"] * 120


def test_one_that_cannot_be_silenced_costs_no_other_its_silence(
    database: Database, clock: ManualClock, center: AlarmCenter, signal: MakeSignal
) -> None:
    check = center.receive([signal(DUTY_CHECK, 0)])[0].alarm
    first, second = put(database, 2)
    refused = AlarmDesk(database, clock).silence_all(WANG, [check, first, "gone", second])
    codes = {alarm_id: error.code for alarm_id, error in refused.items()}
    assert codes == {check: "alarm.not_owner", "gone": "storage.not_found"}
    assert silent(database, [check, first, second]) == [first, second]


def test_one_at_a_barred_place_costs_no_other_its_silence(database: Database, clock: ManualClock) -> None:
    first, second = put(database, 2)
    database.write(lambda tx: tx.alarms.save(replace(tx.alarms.get(first), place="宿舍")))
    barred = replace(WANG, limits=(Limit(Permission.HANDLE_ALARM, ("宿舍",)),))
    refused = AlarmDesk(database, clock).silence_all(barred, [first, second])
    assert {alarm_id: error.code for alarm_id, error in refused.items()} == {first: "identity.barred"}
    assert silent(database, [first, second]) == [second]


class Contested(Database):
    """Somebody else is always faster with one of its alarms."""

    contested = ""

    def write(self, work: Callable[[Tx], Result], *, deadline_s: float = 5.0) -> Result:
        def beaten(tx: Tx) -> Result:
            result = work(tx)
            if tx.alarms.get(self.contested).silenced_at is not None:
                raise ServiceError("storage.conflict", kind="alarm", id=self.contested)
            return result

        return super().write(beaten, deadline_s=deadline_s)


def test_one_that_others_keep_changing_costs_no_other_its_silence(
    database: Database, clock: ManualClock
) -> None:
    first, second, third = put(database, 3)
    busy = Contested(database.url, clock)
    busy.contested = second
    busy.open()
    refused = AlarmDesk(busy, clock).silence_all(WANG, [first, second, third])
    busy.close()
    assert {alarm_id: error.code for alarm_id, error in refused.items()} == {second: "storage.conflict"}
    assert silent(database, [first, second, third]) == [first, third]


def test_who_may_not_handle_alarms_silences_none(database: Database, clock: ManualClock) -> None:
    (alarm_id,) = put(database, 1)
    with pytest.raises(ServiceError, match=r"identity\.forbidden"):
        AlarmDesk(database, clock).silence_all(replace(WANG, role=Role.GUARD), [alarm_id])
    assert silent(database, [alarm_id]) == []
