"""Alarms and linkage: arming, isolation, notices, traces, linkage rules, outputs, their orders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_index("signal_account", "signal", ["account", "received_at"])
    _create_arming()
    _create_notices()
    _trace_signals()
    _create_rules()
    _create_outputs()
    _create_fire_requests()


def _create_arming() -> None:
    for table, key in (("zone_state", "zone"), ("arm_state", "arm_group")):
        op.create_table(
            table,
            sa.Column(key, sa.String(64), primary_key=True),
            sa.Column("row_version", sa.Integer, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
        )
    op.add_column("zone_state", sa.Column("is_held", sa.Boolean, nullable=False))


def _create_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("alarm", sa.String(32), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("notice_alarm", "notice", ["alarm", "level"], unique=True)


def _trace_signals() -> None:
    op.add_column("signal", sa.Column("trace", sa.Text))
    op.create_index("signal_received", "signal", ["received_at"])


def _create_rules() -> None:
    op.create_table(
        "linkage_rule",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "linkage_rule_version",
        sa.Column("rule", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    for column in (
        sa.Column("rule_version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("id", sa.String(32), nullable=False, server_default=""),
        sa.Column("state", sa.String(16), nullable=False, server_default="done"),
        sa.Column("row_version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("body", sa.Text, nullable=False, server_default=""),
    ):
        op.add_column("linkage_run", column)
    op.create_index("linkage_run_id", "linkage_run", ["id"])
    op.create_index("linkage_run_state", "linkage_run", ["state", "started_at"])
    op.create_index("linkage_run_started", "linkage_run", ["started_at"])


def _create_outputs() -> None:
    op.create_table(
        "output_state",
        sa.Column("output", sa.String(64), primary_key=True),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "output_order",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("output", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("is_pending", sa.Boolean, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("output_order_output", "output_order", ["output", "asked_at"])
    op.create_index("output_order_pending", "output_order", ["is_pending"])


def _create_fire_requests() -> None:
    op.create_table(
        "fire_request",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("panel", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("fire_request_state", "fire_request", ["state"])
    op.create_index("fire_request_asked", "fire_request", ["asked_at"])
