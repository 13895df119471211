"""The wall: saved layouts, presets and tours, the health of cameras, who steers which camera."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_wall()
    _create_health()
    _create_ptz()
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER camera_event_refuses_{event.lower()} BEFORE {event} ON camera_event "
                "BEGIN SELECT RAISE(ABORT, 'camera_event is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER camera_event_refuses_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON camera_event "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()"
        )


def _create_wall() -> None:
    op.create_table(
        "wall_item",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("wall_item_kind", "wall_item", ["kind", "owner"])


def _create_health() -> None:
    op.create_table(
        "camera_event",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("camera", sa.String(64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("camera_event_camera", "camera_event", ["camera", "number"])
    op.create_index("camera_event_at", "camera_event", ["at"])
    op.create_table(
        "camera_health",
        sa.Column("camera", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _create_ptz() -> None:
    op.create_table(
        "ptz_control",
        sa.Column("camera", sa.String(64), primary_key=True),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "ptz_preset",
        sa.Column("camera", sa.String(64), primary_key=True),
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
