"""Shift patterns, roster slots and attendance as they lie in the database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from services.domain.roster import Attendance, RosterSlot, ShiftPattern
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)

SLOT = paper_shape(schema.roster_slot, RosterSlot, lambda s: (s.id, s.guard, s.state.value, s.begins_at))
PATTERN = paper_shape(schema.shift_pattern, ShiftPattern, lambda p: (p.id, p.id, "", _ALWAYS))
ATTENDANCE = paper_shape(
    schema.attendance, Attendance, lambda a: (a.id, a.guard, "out" if a.out_at else "in", a.in_at)
)


class SlotRows(PaperRows[RosterSlot]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, SLOT)


class SavedSlots(SlotRows, SavedPapers[RosterSlot]):
    """Slots inside a transaction."""


class PatternRows(PaperRows[ShiftPattern]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, PATTERN)

    def all(self) -> list[ShiftPattern]:
        return self.in_states([""])


class SavedPatterns(PatternRows, SavedPapers[ShiftPattern]):
    """Patterns inside a transaction."""


class AttendanceRows(PaperRows[Attendance]):
    """By the moment of signing in."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, ATTENDANCE)

    def open(self) -> list[Attendance]:
        """Those who have not signed out yet."""
        return self.in_states(["in"])


class SavedAttendance(AttendanceRows, SavedPapers[Attendance]):
    """Attendance inside a transaction."""
