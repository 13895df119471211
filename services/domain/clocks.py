"""How long things may take, by priority; the defaults a site may change."""

from __future__ import annotations

from dataclasses import dataclass

from services.domain.classes import Priority


@dataclass(frozen=True, slots=True)
class Clocks:
    """Limits in seconds from `received_at` (claim, escalate, dispatch) or from the step before.

    escalate_s: when the shift leader, the security office and the college leader are told.
    offer_again_s: an owner silent for so long loses the alarm to the others. None = no limit.
    arrive_s: of a patrol; post_arrive_s, backup_arrive_s: of a post within reach and of called-up help
    where they differ (1-3-5). done_s: from sending to the order done.
    """

    claim_s: float
    escalate_s: tuple[float, ...]
    dispatch_s: float | None
    sign_s: float | None
    arrive_s: float | None
    offer_again_s: float | None
    post_arrive_s: float | None = None
    backup_arrive_s: float | None = None
    done_s: float | None = None


DEFAULT_CLOCKS: dict[Priority, Clocks] = {
    Priority.P1: Clocks(10, (20, 60, 180), 60, 20, 180, 120, 60, 300, 1800),
    Priority.P2: Clocks(30, (60, 180), 120, 60, 300, 300, done_s=3600),
    Priority.P3: Clocks(180, (600,), None, None, None, 900),
    Priority.P4: Clocks(1800, (28800,), None, None, None, None),
}
