"""What the shell is told: its screens, its lamps, how loud its banner is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LampState(StrEnum):
    """How a part of the system is; each has its own shape and word."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    UNKNOWN = "unknown"
    ABSENT = "absent"


class Severity(StrEnum):
    """How loud the banner is: only what stops alarms or dispatching may look like an alarm."""

    NOTICE = "notice"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One line of the rail. name: stable id; icon: a name that `ui.icons.icon` knows."""

    name: str
    icon: str
