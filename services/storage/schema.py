"""The tables, as the newest migration leaves them; a test holds this and the migrations equal."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from services.core.errors import ServiceError

# Four digits, one up per migration, so that "newer" can be told from "older" without Alembic.
SCHEMA_REVISION = "0005"

CHANGE_COUNTER = "change"
AUDIT_COUNTER = "audit"
APPEND_ONLY = ("audit", "change", "signal", "camera_event")


class UtcTime(TypeDecorator[datetime]):
    """Aware UTC with microseconds; SQLite keeps it as fixed-width text, so it sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


Number = BigInteger().with_variant(Integer, "sqlite")
metadata = MetaData()

site = Table(
    "site",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("code", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("imported_at", UtcTime, nullable=False),
    Column("row_version", Integer, nullable=False),
)

alarm = Table(
    "alarm",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("event_no", String(32), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("panel", String(64), nullable=False),
    Column("zone_number", Integer, nullable=False),
    Column("alarm_class", String(16), nullable=False),
    Column("incident", String(32), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("alarm_state", "state"),
    Index("alarm_zone", "panel", "zone_number"),
    Index("alarm_incident", "incident"),
    Index("alarm_received", "received_at", "id"),
)

signal = Table(
    "signal",
    metadata,
    Column("number", Number, primary_key=True),
    Column("fingerprint", String(128), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("account", String(64), nullable=False),
    Column("alarm", String(32), nullable=False),
    Column("outcome", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("trace", Text),
    Index("signal_fingerprint", "fingerprint", "received_at"),
    Index("signal_alarm", "alarm"),
    Index("signal_account", "account", "received_at"),
    Index("signal_received", "received_at"),
)

incident = Table(
    "incident",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("incident_no", String(32), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("incident_state", "state"),
    Index("incident_received", "received_at", "id"),
)

dispatch = Table(
    "dispatch",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("dispatch_no", String(32), nullable=False, unique=True),
    Column("incident", String(32), ForeignKey("incident.id"), nullable=False),
    Column("guard", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("dispatch_incident", "incident"),
    Index("dispatch_state", "state"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("number", Number, primary_key=True),
    Column("dispatch", String(32), ForeignKey("dispatch.id"), nullable=False),
    Column("body", Text, nullable=False),
    Index("feedback_dispatch", "dispatch"),
)

timeline = Table(
    "timeline",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("incident", String(32), ForeignKey("incident.id"), nullable=False),
    Column("body", Text, nullable=False),
    Index("timeline_incident", "incident"),
)

guard_state = Table(
    "guard_state",
    metadata,
    Column("no", String(32), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("display_name", String(128), nullable=False),
    Column("role", String(32), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcTime),
    Column("row_version", Integer, nullable=False),
)

preference = Table(
    "preference",
    metadata,
    Column("scope", String(128), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("body", Text, nullable=False),
    Column("row_version", Integer, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("payload", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    Column("workstation", String(128), nullable=False),
    Column("action", String(64), nullable=False),
    Column("object", String(128), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_object", "object", "at"),
)

linkage_run = Table(
    "linkage_run",
    metadata,
    Column("number", Number, primary_key=True),
    Column("alarm", String(32), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("actions", Text, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("total_ms", Integer, nullable=False),
    Column("rule_version", Integer, nullable=False, server_default="0"),
    # Rows of the first release have none of these; what they say is in `actions`.
    Column("id", String(32), nullable=False, server_default=""),
    Column("state", String(16), nullable=False, server_default="done"),
    Column("row_version", Integer, nullable=False, server_default="1"),
    Column("body", Text, nullable=False, server_default=""),
    Index("linkage_run_alarm", "alarm"),
    Index("linkage_run_id", "id"),
    Index("linkage_run_state", "state", "started_at"),
    Index("linkage_run_started", "started_at"),
)

# Isolation, test mode and walk test of a zone; whether a group is armed.
zone_state = Table(
    "zone_state",
    metadata,
    Column("zone", String(64), primary_key=True),
    Column("is_held", Boolean, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

arm_state = Table(
    "arm_state",
    metadata,
    Column("arm_group", String(64), primary_key=True),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# That an alarm's escalation to a level was told, once.
notice = Table(
    "notice",
    metadata,
    Column("number", Number, primary_key=True),
    Column("alarm", String(32), nullable=False),
    Column("level", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index("notice_alarm", "alarm", "level", unique=True),
)

linkage_rule = Table(
    "linkage_rule",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# Every rule as it was ever saved: a run names its version.
linkage_rule_version = Table(
    "linkage_rule_version",
    metadata,
    Column("rule", String(32), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
)

output_state = Table(
    "output_state",
    metadata,
    Column("output", String(64), primary_key=True),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# is_pending: somebody still has to act on it: confirm, send, wait for the feedback, or tell its fault.
output_order = Table(
    "output_order",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("output", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("is_pending", Boolean, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("output_order_output", "output", "asked_at"),
    Index("output_order_pending", "is_pending"),
)

# What people ask of fire transmission devices.
fire_request = Table(
    "fire_request",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("panel", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("fire_request_state", "state"),
    Index("fire_request_asked", "asked_at"),
)

# Layouts, presets and tours of the video wall; owner "" = shared by all seats.
wall_item = Table(
    "wall_item",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("wall_item_kind", "kind", "owner"),
)

camera_event = Table(
    "camera_event",
    metadata,
    Column("number", Number, primary_key=True),
    Column("camera", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index("camera_event_camera", "camera", "number"),
    Index("camera_event_at", "at"),
)

camera_health = Table(
    "camera_health",
    metadata,
    Column("camera", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# Who steers a camera at the moment.
ptz_control = Table(
    "ptz_control",
    metadata,
    Column("camera", String(64), primary_key=True),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

ptz_preset = Table(
    "ptz_preset",
    metadata,
    Column("camera", String(64), primary_key=True),
    Column("token", String(64), primary_key=True),
    Column("row_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

hub_beat = Table(
    "hub_beat",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("hub", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
)


def _paper_table(name: str) -> Table:
    """A table of papers: what people write, sign and hand on.

    subject: what it is about (an incident, a guard, a plan, a day); at: when it counts from.
    """
    return Table(
        name,
        metadata,
        Column("id", String(32), primary_key=True),
        Column("subject", String(64), nullable=False),
        Column("state", String(16), nullable=False),
        Column("at", UtcTime, nullable=False),
        Column("row_version", Integer, nullable=False),
        Column("body", Text, nullable=False),
        Index(f"{name}_subject", "subject", "at"),
        Index(f"{name}_state", "state", "at"),
    )


# People: who is planned for which shift, who came and went, what was handed over and lent.
roster_slot = _paper_table("roster_slot")
shift_pattern = _paper_table("shift_pattern")
attendance = _paper_table("attendance")
handover = _paper_table("handover")
lent_item = _paper_table("lent_item")
# Command: calls made and taken, a guard's own way in.
call = _paper_table("call")
guard_link = _paper_table("guard_link")
# Plans, their runs, drills; what was learnt afterwards.
plan = _paper_table("plan")
plan_version = _paper_table("plan_version")
plan_run = _paper_table("plan_run")
drill = _paper_table("drill")
review = _paper_table("review")
lesson = _paper_table("lesson")


# What lies on the disks of recorders: a row for each finished file.
segment = Table(
    "segment",
    metadata,
    Column("number", Number, primary_key=True),
    Column("camera", String(64), nullable=False),
    Column("stream", String(16), nullable=False),
    Column("begins_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("cause", String(16), nullable=False),
    Column("disk", String(64), nullable=False),
    Column("path", String(255), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Index("segment_file", "disk", "path", unique=True),
    Index("segment_camera", "camera", "begins_at"),
    Index("segment_disk", "disk", "begins_at"),
)
# In which seconds of such a file something moved: bit n, in hexadecimal, is second n from its beginning.
segment_motion = Table(
    "segment_motion",
    metadata,
    Column("disk", String(64), primary_key=True),
    Column("path", String(255), primary_key=True),
    Column("camera", String(64), nullable=False),
    Column("begins_at", UtcTime, nullable=False),
    Column("seconds", Text, nullable=False),
    Index("segment_motion_camera", "camera", "begins_at"),
)
# Spans of recording that nothing deletes.
protection = _paper_table("protection")
# Why a recording has a gap: what kept a recorder from writing, from when until when.
recording_trouble = _paper_table("recording_trouble")
# Moments and spans that a person marked on the timeline.
bookmark = _paper_table("bookmark")
# Requests for recordings to be taken away, with their approval, export and handing over.
evidence = _paper_table("evidence")


def fitting(column: Column[str], value: str) -> str:
    """`value`, for what people choose freely: SQLite would take any length, PostgreSQL would not.

    Raises ServiceError("storage.too_long", field, longest), the same on both.
    """
    longest = column.type.length if isinstance(column.type, String) else None
    if longest is not None and len(value) > longest:
        raise ServiceError("storage.too_long", field=column.name, longest=longest)
    return value
