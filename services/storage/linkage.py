"""Linkage rules with all their versions, and the runs, as they lie in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from services.domain.alarms import OPEN_STATES
from services.domain.linkage import Action, ActionKind, Rule
from services.domain.linkage_runs import UNFINISHED, ActionRun, LinkageRun, Result, RunState
from services.storage import schema
from services.storage.ledger import to_json
from services.storage.rows import Rows, SavedRows, Shape, readable

LINKAGE_RUN = Shape(
    "linkage_run",
    schema.linkage_run,
    LinkageRun,
    "id",
    lambda run: {
        "id": run.id,
        "alarm": run.alarm,
        "rule": run.rule,
        "rule_version": run.rule_version,
        "state": run.state.value,
        "started_at": run.received_at,
        "total_ms": run.total_ms,
        "actions": "[]",
    },
)
RULE = Shape(
    "linkage_rule",
    schema.linkage_rule,
    Rule,
    "id",
    lambda rule: {"id": rule.id, "state": "enabled" if rule.is_enabled else "disabled"},
)
_RUN = schema.linkage_run.c


class LinkageRunRows(Rows[LinkageRun]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, LINKAGE_RUN)

    def of_alarm(self, alarm: str) -> list[LinkageRun]:
        """In the order they began."""
        return self._of([alarm]).get(alarm, [])

    def of_incident(self, incident: str) -> dict[str, list[LinkageRun]]:
        """By alarm, of all alarms that belong to it."""
        alarms = select(schema.alarm.c.id).where(schema.alarm.c.incident == incident)
        return self._by_alarm(select(schema.linkage_run).where(_RUN.alarm.in_(alarms)))

    def of_open_alarms(self) -> dict[str, list[LinkageRun]]:
        """By alarm."""
        alarms = select(schema.alarm.c.id).where(schema.alarm.c.state.in_(OPEN_STATES))
        return self._by_alarm(select(schema.linkage_run).where(_RUN.alarm.in_(alarms)))

    def waiting(self, limit: int) -> list[LinkageRun]:
        """Not begun by the hub, the oldest first."""
        return self._in_state([RunState.WAITING], limit)

    def unfinished(self, limit: int, before: datetime | None = None) -> list[LinkageRun]:
        """The oldest first; before: of those whose alarm came earlier."""
        return self._in_state(UNFINISHED, limit, before)

    def some(self, ids: Iterable[str]) -> list[LinkageRun]:
        """Those that exist and that this version can read."""
        return self._some(list(ids))

    def since(self, at: datetime, limit: int) -> list[LinkageRun]:
        """The newest first."""
        query = self._select().where(_RUN.started_at >= at, _RUN.body != "")
        return self._readable(query.order_by(_RUN.number.desc()).limit(limit))

    def _in_state(
        self, states: Iterable[RunState], limit: int, before: datetime | None = None
    ) -> list[LinkageRun]:
        query = self._select().where(_RUN.state.in_([state.value for state in states]))
        if before is not None:
            query = query.where(_RUN.started_at < before)
        return self._readable(query.order_by(_RUN.number).limit(limit))

    def _of(self, alarms: list[str]) -> dict[str, list[LinkageRun]]:
        return self._by_alarm(select(schema.linkage_run).where(_RUN.alarm.in_(alarms)))

    def _by_alarm(self, query: Select[*tuple[object, ...]]) -> dict[str, list[LinkageRun]]:
        found: dict[str, list[LinkageRun]] = {}
        for row in self._ready().execute(query.order_by(_RUN.number)):
            run = readable(LinkageRun, row.body) if row.body else _of_first_release(row)
            if run is not None:
                found.setdefault(run.alarm, []).append(run)
        return found


class RuleRows(Rows[Rule]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, RULE)

    def all(self) -> list[Rule]:
        """In the order made; without those that this version cannot read."""
        return self._readable(self._select().order_by(schema.linkage_rule.c.id))

    def stamp(self) -> tuple[int, int, int]:
        """Another one whenever any rule is another one; cheap to ask."""
        columns = schema.linkage_rule.c
        query = select(func.count(), func.coalesce(func.sum(columns.row_version), 0))
        count, versions = self._connection.execute(query.select_from(schema.linkage_rule)).one()
        # Versions stay when a rule goes: one removed and one made in its place still count.
        kept = self._connection.execute(select(func.count()).select_from(schema.linkage_rule_version))
        return int(count), int(versions), int(kept.scalar_one())

    def versions_of(self, rule: str) -> list[tuple[datetime, Rule]]:
        """When it was saved, and as what; the newest first."""
        table = schema.linkage_rule_version
        query = select(table.c.at, table.c.body).where(table.c.rule == rule)
        rows = self._connection.execute(query.order_by(table.c.version.desc()))
        return [(at, saved) for at, body in rows if (saved := readable(Rule, body)) is not None]

    def last_version(self, rule: str) -> int:
        """0 when it was never saved; also of one that is gone."""
        table = schema.linkage_rule_version
        query = select(func.coalesce(func.max(table.c.version), 0)).where(table.c.rule == rule)
        return int(self._connection.execute(query).scalar_one())


class SavedRules(RuleRows, SavedRows[Rule]):
    """Rules inside a transaction."""

    def keep_version(self, rule: Rule, at: datetime) -> None:
        """For ever: a run names its version."""
        values = {"rule": rule.id, "version": rule.version, "at": at, "body": to_json(rule)}
        self._connection.execute(insert(schema.linkage_rule_version).values(values))

    def remove(self, rule: str) -> None:
        """Its versions stay."""
        self._connection.execute(delete(schema.linkage_rule).where(schema.linkage_rule.c.id == rule))


def _of_first_release(row: Row[*tuple[object, ...]]) -> LinkageRun:
    """Which pictures were called up, and how soon; nothing else was written down then."""
    ended_at = row.started_at
    received_at = ended_at - timedelta(milliseconds=row.total_ms)
    return LinkageRun(
        id=f"first-{row.number}",
        alarm=row.alarm,
        rule=row.rule,
        rule_version=row.rule_version,
        rule_name="报警画面",
        rule_name_en="Alarm pictures",
        received_at=received_at,
        actions=tuple(
            ActionRun(Action(ActionKind.FEEDS, str(plain["camera"])), Result.OK, received_at, ended_at)
            for plain in json.loads(row.actions)
            if isinstance(plain, dict) and "camera" in plain
        ),
        state=RunState.DONE,
    )
