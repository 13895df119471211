"""The first watch: alarms, incidents, dispatches, guards, users, the feed and the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
APPEND_ONLY = ("audit", "change", "signal")

POSTGRES_REFUSE = """
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$
"""
POSTGRES_NOTIFY = """
CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('shouwang_change', '');
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    _create_watch()
    _create_response()
    _create_people()
    _create_chains()
    _create_indexes()
    counters = sa.table("counters", sa.column("name", sa.String), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": "change", "value": 0}, {"name": "audit", "value": 0}])
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def _create_watch() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("imported_at", TIME, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("event_no", sa.String(32), nullable=False, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("panel", sa.String(64), nullable=False),
        sa.Column("zone_number", sa.Integer, nullable=False),
        sa.Column("alarm_class", sa.String(16), nullable=False),
        sa.Column("incident", sa.String(32), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "signal",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("alarm", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "linkage_run",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("alarm", sa.String(32), nullable=False),
        sa.Column("rule", sa.String(64), nullable=False),
        sa.Column("actions", sa.Text, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("total_ms", sa.Integer, nullable=False),
    )


def _create_response() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("incident_no", sa.String(32), nullable=False, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "dispatch",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("dispatch_no", sa.String(32), nullable=False, unique=True),
        sa.Column("incident", sa.String(32), sa.ForeignKey("incident.id"), nullable=False),
        sa.Column("guard", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("dispatch", sa.String(32), sa.ForeignKey("dispatch.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "timeline",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("incident", sa.String(32), sa.ForeignKey("incident.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "guard_state",
        sa.Column("no", sa.String(32), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _create_people() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("display_name", sa.String(128), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", TIME),
        sa.Column("row_version", sa.Integer, nullable=False),
    )
    op.create_table(
        "preference",
        sa.Column("scope", sa.String(128), primary_key=True),
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
    )
    op.create_table(
        "hub_beat",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hub", sa.String(64), nullable=False),
        sa.Column("at", TIME, nullable=False),
    )


def _create_chains() -> None:
    op.create_table(
        "change",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("workstation", sa.String(128), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("object", sa.String(128), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _create_indexes() -> None:
    op.create_index("alarm_state", "alarm", ["state"])
    op.create_index("alarm_zone", "alarm", ["panel", "zone_number"])
    op.create_index("alarm_incident", "alarm", ["incident"])
    op.create_index("alarm_received", "alarm", ["received_at", "id"])
    op.create_index("signal_fingerprint", "signal", ["fingerprint", "received_at"])
    op.create_index("signal_alarm", "signal", ["alarm"])
    op.create_index("incident_state", "incident", ["state"])
    op.create_index("incident_received", "incident", ["received_at", "id"])
    op.create_index("dispatch_incident", "dispatch", ["incident"])
    op.create_index("dispatch_state", "dispatch", ["state"])
    op.create_index("feedback_dispatch", "feedback", ["dispatch"])
    op.create_index("timeline_incident", "timeline", ["incident"])
    op.create_index("linkage_run_alarm", "linkage_run", ["alarm"])


def _guard_sqlite() -> None:
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _guard_postgres() -> None:
    op.execute(POSTGRES_REFUSE)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()"
        )
    op.execute(POSTGRES_NOTIFY)
    op.execute(
        "CREATE TRIGGER change_tells AFTER INSERT ON change FOR EACH STATEMENT EXECUTE FUNCTION tell_change()"
    )
