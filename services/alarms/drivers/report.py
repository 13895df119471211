"""The small JSON in which buttons and other systems report by HTTP and MQTT.

The same as a JSON schema for those who build senders: resources/alarms/report.schema.json.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from services.alarms.drivers.base import Source
from services.core.ids import new_id
from services.domain.alarms import AlarmSource, Qualifier, Signal

MOST_REPORT_BYTES = 4096
MOST_RAW = 1000
_QUALIFIERS = {"new": Qualifier.NEW, "restore": Qualifier.RESTORE, "still": Qualifier.STILL}


class ReportKind(StrEnum):
    """What is reported; ALARM: whatever the zone stands for. ALIVE only says that the sender lives."""

    ALARM = "alarm"
    PANIC = "panic"
    FIRE = "fire"
    MEDICAL = "medical"
    INTRUSION = "intrusion"
    TAMPER = "tamper"
    FAULT = "fault"
    LOW_BATTERY = "low_battery"
    OFFLINE = "offline"
    TEST = "test"
    ALIVE = "alive"


class AlarmReport(BaseModel):
    """One report of a button, a sensor or another system."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Shouwang alarm report")

    kind: ReportKind = Field(
        default=ReportKind.ALARM,
        description="alarm: what the zone stands for, by the site file; alive: only a sign of life.",
    )
    state: Literal["new", "restore", "still"] = Field(
        default="new", description="new: it has just happened; restore: it is over; still: it goes on."
    )
    point: str = Field(
        default="",
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="The zone's `point` in the site file. May be left out where the panel has one zone.",
    )
    zone: int = Field(default=0, ge=0, le=9999, description="The zone's number, where it has no `point`.")
    id: str = Field(
        default="",
        max_length=64,
        pattern=r"^[\x21-\x7e]*$",
        description="The sender's own mark of this event; the same mark within 120 s is a repeat.",
    )
    at: AwareDatetime | None = Field(
        default=None, description="When it happened by the sender's clock, with its zone (ISO 8601)."
    )
    text: str = Field(default="", max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="Free text.")


class ReportRefused(Exception):
    """What was sent is no report; field: which part of it, "" for the whole."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def read_report(raw: bytes) -> AlarmReport:
    """Raises ReportRefused, whatever the bytes."""
    if len(raw) > MOST_REPORT_BYTES:
        raise ReportRefused("", f"longer than {MOST_REPORT_BYTES} bytes")
    try:
        return AlarmReport.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise ReportRefused(".".join(map(str, first["loc"])), first["msg"]) from None
    except (ValueError, RecursionError) as error:
        raise ReportRefused("", type(error).__name__) from None


def signals_of(
    report: AlarmReport, source: Source, by: AlarmSource, received_at: datetime, raw: bytes
) -> tuple[Signal, ...]:
    """What `report` of one of `source`'s senders says; nothing for a sign of life."""
    if report.kind is ReportKind.ALIVE:
        return ()
    point, number = _place(report, source)
    return (
        Signal(
            source=by,
            account=source.panel.account,
            code=f"{by.value}:{report.kind.value}",
            zone=number,
            qualifier=Qualifier.TEST if report.kind is ReportKind.TEST else _QUALIFIERS[report.state],
            received_at=received_at,
            fingerprint=_fingerprint(report, source, by),
            sequence=report.id,
            text=report.text,
            raw=raw.decode("utf-8", "replace")[:MOST_RAW],
            occurred_at=report.at,
            point=point,
        ),
    )


def _place(report: AlarmReport, source: Source) -> tuple[str, int]:
    """The point and number it names; a panel with one zone need not name it."""
    if not report.point and not report.zone and len(source.zones) == 1:
        return source.zones[0].point, source.zones[0].number
    named = next((zone.number for zone in source.zones if zone.point == report.point and zone.point), None)
    return report.point, report.zone if named is None else named


def _fingerprint(report: AlarmReport, source: Source, by: AlarmSource) -> str:
    """A sender that marks its events can send them again; of one that does not every report counts."""
    if not report.id:
        return f"{by.value}:{new_id()}"
    told = "\x1f".join(
        (source.panel.account, report.id, report.kind, report.state, report.point, str(report.zone))
    )
    return f"{by.value}:{hashlib.sha256(told.encode()).hexdigest()}"
