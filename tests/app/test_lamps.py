"""The lamps tell the truth about the hub, and a dead hub is started again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.attach import hub_is_alive
from app.lamps import Lamps, Pulse
from services.core.clock import ManualClock, SystemClock
from services.core.jobs import Jobs
from services.storage import Database, HubBeat
from tests.records import new_sqlite
from ui.jobs import UiJobs
from ui.shell import LampState, Shell


class NoWall:
    """A wall without streams."""

    def statuses(self) -> list[object]:
        return []


def test_a_missing_hub_is_shown_and_revived_once_per_pause(
    qtbot: QtBot, tmp_path: Path, wait_until: Callable[..., object]
) -> None:
    database = opened(tmp_path)
    pool = Jobs("lamps-test", 1)
    jobs, shell = UiJobs(pool), Shell()
    qtbot.addWidget(shell)
    revived: list[float] = []
    wall: Any = NoWall()
    lamps = Lamps(shell, database, jobs, wall, lambda: revived.append(SystemClock().monotonic()))
    told: list[str] = []
    lamps.trouble.connect(lambda error: told.append(error.code))
    lamps.recovered.connect(lambda: told.append("recovered"))

    lamps.look()
    wait_until(lambda: revived and jobs.is_idle)
    assert shell.top_bar.lamp("receiver").state is LampState.BAD
    lamps.look()
    wait_until(lambda: jobs.is_idle)
    assert len(revived) == 1

    database.write(lambda tx: tx.beat("here:1:a", SystemClock().now()))
    lamps.look()
    wait_until(lambda: shell.top_bar.lamp("receiver").state is LampState.GOOD)
    assert told == ["hub.not_running", "recovered"]

    lamps.stop()
    jobs.close()
    pool.stop()
    database.close()


@pytest.mark.parametrize("off_s", [-7200.0, 7200.0])
def test_a_hub_is_alive_while_its_row_changes_however_wrong_its_clock_is(off_s: float) -> None:
    clock = ManualClock(datetime(2026, 11, 24, 6, tzinfo=UTC))
    pulse, felt = Pulse(clock), []
    beat_at = clock.now() + timedelta(seconds=off_s)
    for beats in (0, 1, 2, 2, 2, 2, 3):
        felt.append(pulse.is_felt(HubBeat("there:1:a", beat_at + timedelta(seconds=beats))))
        clock.advance(2)
    # At first sight it looks dead; then the row changes, stays the same for 6 s, and changes.
    assert felt == [False, True, True, True, True, False, True]
    assert not pulse.is_felt(HubBeat("", clock.now())), "it said goodbye"


def test_a_hub_that_died_with_its_clock_ahead_is_shown_as_dead(tmp_path: Path) -> None:
    database = opened(tmp_path)
    ahead = SystemClock().now() + timedelta(hours=2)
    database.write(lambda tx: tx.beat("there:1:a", ahead))
    assert not hub_is_alive(database)
    database.close()


def opened(folder: Path) -> Database:
    url = new_sqlite(folder / "lamps.db")
    database = Database(url)
    database.open()
    return database
