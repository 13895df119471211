"""A full disk costs nothing acknowledged and is said once; with room again all goes on.

Needs the right to mount.
"""

from __future__ import annotations

import itertools
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.site import Site
from services.hub import Hub
from services.sim.panels import Dialler, Line, Report, Transport
from services.storage import Database, verify_audit
from tests.records import new_record

Wait = Callable[..., object]
# How often each zone of a panel was pressed.
Pressed = Counter[tuple[str, int]]
DISK_MB = 16
PANELS = (("1001", "A1", Transport.TCP), ("1009", "A9", Transport.UDP), ("5001", "A5", Transport.TCP))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Memory that is full after a few megabytes, as a disk would be."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "none", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    yield folder
    # Also while a hub that failed still holds files there.
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (2**20, 4096, 512):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return ballast


def press_until(stop: threading.Event, port: int, panel: tuple[str, str, Transport], told: Pressed) -> None:
    """Each press is repeated until it is acknowledged, as a panel does."""
    account, no, transport = panel
    line = Line(account, "127.0.0.1", port, transport, answer_s=0.5, retry_s=0.05, tries=10_000)
    dialler = Dialler(line, SystemClock())
    for zone in itertools.cycle(range(1, 51)):
        if stop.is_set():
            break
        assert dialler.send(Report("120", zone))
        told[(no, zone)] += 1
        stop.wait(0.01)
    dialler.close()


def counted(database: Database) -> Pressed:
    alarms = database.read(lambda view: view.alarms.open())
    ours = {no for _, no, _ in PANELS}
    found = ((one.panel, one.zone_number, one.occurrence_count) for one in alarms if one.zone_number)
    return Counter({(panel, zone): count for panel, zone, count in found if panel in ours})


def test_a_full_disk_costs_no_acknowledged_alarm_and_is_said_once(
    small_disk: Path,
    settings: Settings,
    site: Site,
    expected_log: Callable[..., None],
    wait_until: Wait,
    log_events: list[dict[str, object]],
) -> None:
    expected_log("shelter.apart", "shelter.still_away", "intake.not_stored", "rounds.failing")
    acknowledged: Pressed = Counter()
    stop = threading.Event()

    def refusals() -> int:
        told = ("intake.not_stored", "storage.full")
        return sum((one["event"], one.get("code")) == told for one in log_events)

    with new_record(small_disk / "shouwang.db") as database:
        database.write(lambda tx: tx.replace_site(site))
        hub = Hub(settings.model_copy(update={"data_dir": small_disk}), Secrets())
        hub.start()
        threads = [
            threading.Thread(target=press_until, args=(stop, hub.dc09_port, panel, acknowledged))
            for panel in PANELS
        ]
        for thread in threads:
            thread.start()
        try:
            for times in (1, 2):
                before = acknowledged.total()
                wait_until(lambda before=before: acknowledged.total() > before + 30, timeout_s=60)
                ballast = fill(small_disk)
                wait_until(lambda times=times: refusals() == times, timeout_s=60)
                stop.wait(2.0)  # many more are refused meanwhile
                ballast.unlink()
        finally:
            (small_disk / "ballast").unlink(missing_ok=True)
            stop.set()
            for thread in threads:
                thread.join()
        wait_until(lambda: counted(database).total() >= acknowledged.total())
        hub.stop()
        assert counted(database) == acknowledged
        assert verify_audit(database).fault == ""
    assert refusals() == 2
