"""What became of a signal and why, so that "no alarm came up" can be answered for any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.domain.alarms import Qualifier, Signal
from services.domain.classes import AlarmClass, Priority


class OutcomeKind(StrEnum):
    """What was done with a signal."""

    RAISED = "raised"
    REPEATED = "repeated"
    RESTORED = "restored"
    DUPLICATE = "duplicate"
    RECORDED = "recorded"
    DISARMED = "disarmed"
    ISOLATED = "isolated"
    TEST = "test"
    DELAYED = "delayed"


COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class SignalTrace:
    """How a signal was understood when it came: the site may be another one today.

    panel: number in the site, "?" for an account it does not know, "" for the hub itself. zone: "" when the
    signal names none or the site has no such one. kind, label: what the code table says of the code.
    alarm_class, priority: what an alarm of it has, None where the code is only worth a record.
    qualifier: of code and signal together. arming: the `OutcomeKind` by which arming, isolation or a test
    held it, COUNTED when they let it count, "" when they were not asked.
    """

    panel: str = ""
    panel_name: str = ""
    zone: str = ""
    name: str = ""
    place: str = ""
    kind: str = ""
    label: str = ""
    alarm_class: AlarmClass | None = None
    priority: Priority | None = None
    qualifier: Qualifier = Qualifier.NEW
    arming: str = ""


@dataclass(frozen=True, slots=True)
class KeptSignal:
    """One row of the record of signals. outcome: an `OutcomeKind` in one word; trace: None for rows of
    older versions."""

    number: int
    signal: Signal
    outcome: str
    alarm: str
    trace: SignalTrace | None = None


@dataclass(frozen=True, slots=True)
class SignalSearch:
    """Which signals are looked for; "" = any. account: how it begins."""

    since: datetime
    until: datetime
    account: str = ""
    outcome: str = ""
