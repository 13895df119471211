"""How old a position is reads as an age, never as a time of day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.domain.people import GuardState, GuardStatus
from services.domain.site import GuardNo
from ui.text.positions import position_text

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age_s", "said"),
    [(12, "定位 12 秒前"), (59.9, "定位 59 秒前"), (60, "定位 1 分前"), (760, "定位 12 分前")],
)
@pytest.mark.usefixtures("qapp")
def test_an_age_is_said_as_an_age(age_s: float, said: str) -> None:
    at = NOW - timedelta(seconds=age_s)
    state = GuardState(GuardNo("G01"), GuardStatus.PATROLLING, (1.0, 1.0), "feed", at)
    assert position_text(state, NOW).startswith(said)
