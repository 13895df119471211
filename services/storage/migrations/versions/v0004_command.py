"""Command and dispatch: rosters, handover, calls, guards' links, plans, drills, reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PAPERS = (
    "roster_slot",
    "shift_pattern",
    "attendance",
    "handover",
    "lent_item",
    "call",
    "guard_link",
    "plan",
    "plan_version",
    "plan_run",
    "drill",
    "review",
    "lesson",
)


def upgrade() -> None:
    op.create_index("audit_object", "audit", ["object", "at"])
    for name in PAPERS:
        op.create_table(
            name,
            sa.Column("id", sa.String(32), primary_key=True),
            sa.Column("subject", sa.String(64), nullable=False),
            sa.Column("state", sa.String(16), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("row_version", sa.Integer, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
        )
        op.create_index(f"{name}_subject", name, ["subject", "at"])
        op.create_index(f"{name}_state", name, ["state", "at"])
