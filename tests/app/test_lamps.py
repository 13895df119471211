"""The lamps tell the truth about the hub, and a dead hub is started again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.lamps import Lamps
from services.core.clock import SystemClock
from services.core.jobs import Jobs
from services.storage import Database
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


def opened(folder: Path) -> Database:
    url = new_sqlite(folder / "lamps.db")
    database = Database(url)
    database.open()
    return database
