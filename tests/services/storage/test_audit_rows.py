"""What the audit is asked for by its words is found, all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from services.domain.alarms import AlarmId
from services.domain.audits import AuditSearch
from services.storage import Database, Tx
from tests.alarms import PANIC
from tests.services.storage.conftest import AT

ALARMS = 700
ALL_TIME = {"since": AT - timedelta(days=9999), "until": AT + timedelta(days=9999)}


def test_all_rows_about_the_alarms_of_one_day_are_found_by_the_day_in_their_numbers(
    url: str, open_database: Callable[[str], Database]
) -> None:
    database = open_database(url)

    def write(tx: Tx) -> None:
        for number in range(ALARMS):
            alarm = replace(PANIC, id=AlarmId(f"a{number}"), event_no=f"BJ20261124-{number:04}")
            tx.alarms.add(alarm)
            tx.audit(None, "alarm.escalated", alarm.id)
        tx.audit(None, "alarm.escalated", "of another day")

    database.write(write, deadline_s=60.0)
    search = AuditSearch(**ALL_TIME, object="20261124")
    found = database.read(lambda view: view.audit_rows.page(search, 2 * ALARMS))
    assert {entry.object for entry in found} == {f"a{number}" for number in range(ALARMS)}
