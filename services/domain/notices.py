"""Who is told of an alarm that nobody answers, and that they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from services.domain.people import Role


class Rung(IntEnum):
    """The steps of the duty list; the number is the escalation level that reaches it."""

    SHIFT_LEADER = 1
    SECURITY_OFFICE = 2
    COLLEGE_LEADER = 3


# The college's leaders have no seat: the security office sees their notice and calls them.
ROLE_OF_RUNG: dict[Rung, Role] = {
    Rung.SHIFT_LEADER: Role.SHIFT_LEADER,
    Rung.SECURITY_OFFICE: Role.SUPERVISOR,
    Rung.COLLEGE_LEADER: Role.SUPERVISOR,
}


@dataclass(frozen=True, slots=True)
class DutyRung:
    """Who is told on one rung. users: log-in names, () = everyone of the rung's role. call: whom to
    telephone, name and number, for people without a seat."""

    rung: Rung
    users: tuple[str, ...] = ()
    call: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """That an alarm's escalation to `level` was told, once; seen_by: who said that they had read it."""

    alarm: str
    event_no: str
    level: int
    at: datetime
    role: Role
    users: tuple[str, ...] = ()
    call: str = ""
    seen_by: str = ""
    seen_by_name: str = ""
    seen_at: datetime | None = None

    def is_for(self, user: str, role: Role) -> bool:
        return user in self.users if self.users else role is self.role


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """What a site lays down for its watch 值班规定.

    sound_again_s: a silenced P1 alarm sounds again after so long without reset, 0 = never.
    sounds_until_reset: also after a verdict or a dispatch; else only while it is unanswered.
    """

    duty: tuple[DutyRung, ...] = tuple(DutyRung(rung) for rung in Rung)
    sound_again_s: float = 30.0
    sounds_until_reset: bool = True

    def rung(self, level: int) -> DutyRung:
        """Of an escalation level; a level beyond the last rung is the last one's."""
        wanted = Rung(min(max(level, 1), max(Rung)))
        return next((rung for rung in self.duty if rung.rung is wanted), DutyRung(wanted))
