"""Recording: the index of what lies on disks, what is protected, marked, missing and taken away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "segment",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("camera", sa.String(64), nullable=False),
        sa.Column("stream", sa.String(16), nullable=False),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("cause", sa.String(16), nullable=False),
        sa.Column("disk", sa.String(64), nullable=False),
        sa.Column("path", sa.String(255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
    )
    op.create_index("segment_file", "segment", ["disk", "path"], unique=True)
    op.create_index("segment_camera", "segment", ["camera", "begins_at"])
    op.create_index("segment_disk", "segment", ["disk", "begins_at"])
    op.create_table(
        "segment_motion",
        sa.Column("disk", sa.String(64), primary_key=True),
        sa.Column("path", sa.String(255), primary_key=True),
        sa.Column("camera", sa.String(64), nullable=False),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("seconds", sa.Text, nullable=False),
    )
    op.create_index("segment_motion_camera", "segment_motion", ["camera", "begins_at"])
    for paper in ("protection", "recording_trouble", "bookmark", "evidence"):
        op.create_table(
            paper,
            sa.Column("id", sa.String(32), primary_key=True),
            sa.Column("subject", sa.String(64), nullable=False),
            sa.Column("state", sa.String(16), nullable=False),
            sa.Column("at", TIME, nullable=False),
            sa.Column("row_version", sa.Integer, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
        )
        op.create_index(f"{paper}_subject", paper, ["subject", "at"])
        op.create_index(f"{paper}_state", paper, ["state", "at"])
