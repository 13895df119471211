"""kill -9 of a workstation: the next start shows the same wall, the same alarms and the begun order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.core.clock import SystemClock
from services.sim.panels import Dialler, Line, Report
from tests.end_to_end.conftest import Cameras
from tests.end_to_end.watch_kit import HOST, PASSWORD, Watch, Workplace

ROOT = Path(__file__).parents[2]
OPERATOR_PROCESS = Path(__file__).with_name("operator_process.py")
SCOPE = "SEAT-1/wang"
OPERATOR_LIMIT_S = 180
WRITTEN = "go to the gate and call back"
Wait = Callable[..., Any]


def test_a_killed_workstation_comes_back_with_its_wall_its_alarms_and_the_begun_order(
    postgres: str,
    cameras: Cameras,
    make_watch: Callable[..., Watch],
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    tmp_path: Path,
) -> None:
    watch = make_watch(postgres, cameras)
    watch.start_hub()
    panel = Dialler(Line("1001", HOST, watch.dc09_port), SystemClock())
    for number in (1, 2, 3):
        assert panel.send(Report("120", number))
    panel.close()
    said = tmp_path / "operator.txt"
    with said.open("wb") as writing:
        process = subprocess.Popen(
            [sys.executable, OPERATOR_PROCESS, str(watch.data_dir), "wang", PASSWORD],
            cwd=ROOT,
            env={**os.environ, **watch.environment, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
            stdout=writing,
            stderr=writing,
        )
    with process:
        try:
            ends_at = time.monotonic() + OPERATOR_LIMIT_S
            while not _kept(watch):
                assert process.poll() is None, said.read_text()
                assert time.monotonic() < ends_at, (_kept_things(watch), said.read_text())
                time.sleep(0.1)
        finally:
            os.kill(process.pid, signal.SIGKILL)
    before = {alarm.id: alarm.owner for alarm in watch.database.read(lambda view: view.alarms.open())}
    assert sorted(before.values()) == ["", "", "wang"]

    seat = sit_down(watch, "wang", "SEAT-1")
    desk, wall = seat.desk, seat.desk.screens.watch_screen.wall
    wait_until(lambda: wall.tile_count == 16 and wall.content(0) is not None)
    numbers = [content.camera_no if (content := wall.content(i)) else "" for i in range(16)]
    # Dropping C20 on tile 0 put C01, which was there, on the tile where C20 was (19, out of sight).
    expected = ["C20", *(f"C{n:02}" for n in range(2, 17))]
    expected[5] = "C24"
    assert numbers == expected
    assert {alarm.id: alarm.owner for alarm in desk.presenters.watch.queue} == before
    (claimed,) = [alarm_id for alarm_id, owner in before.items() if owner == "wang"]
    wait_until(lambda: _reopened(seat, claimed))


def _kept_things(watch: Watch) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    """The wall and the drafts in the database."""
    return watch.database.read(
        lambda view: (view.preference(SCOPE, "watch.wall"), view.preference(SCOPE, "dispatch.drafts"))
    )


def _kept(watch: Watch) -> bool:
    """Wall and order have reached the database, as they do half a second after the last touch."""
    wall, drafts = _kept_things(watch)
    is_wall_kept = wall is not None and wall["layout"] == "16" and "C24" in wall["cameras"][:16]  # type: ignore[index]
    return is_wall_kept and WRITTEN in str(drafts)


def _reopened(seat: Workplace, alarm_id: str) -> bool:
    seat.desk.presenters.dispatch.open_alarm(alarm_id)
    return seat.desk.screens.panel.order.text.toPlainText() == WRITTEN
