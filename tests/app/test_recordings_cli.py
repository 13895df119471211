"""`shouwang recordings` in a process of its own: days, gaps and a new disk."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Cause, Segment
from services.recording.disks import ID_FILE
from services.storage import Database, Tx, sqlite_url
from tests.app.command_line import ROOT, run

HOUR = timedelta(hours=1)


def test_days_and_gaps_are_told_as_a_table_to_reckon_with(data_dir: Path) -> None:
    assert run("site", "import", ROOT / "resources" / "sites" / "demo.toml").returncode == 0
    now = datetime.now(UTC)
    begins = [now - no * HOUR for no in range(1, 49) if no != 20]
    pieces = [
        Segment("C01", "main", at, at + HOUR, Cause.CONTINUOUS, "d", f"{at:%d%H}", 10**9) for at in begins
    ]
    away = RecordingTrouble("1" * 32, "C01", GapCause.CAMERA_AWAY, now - 20 * HOUR, now - 19 * HOUR)

    def fill(tx: Tx) -> None:
        tx.segments.add_all(pieces)
        tx.recording_troubles.add(away)

    database = Database(sqlite_url(data_dir / "shouwang.db"))
    database.open()
    database.write(fill)
    database.close()
    days = {row["camera"]: row for row in json.loads(run("recordings", "days", "--json").stdout)}
    assert (days["C01"]["state"], days["C01"]["days"], days["C01"]["wanted"]) == ("growing", 2.0, 30)
    assert days["C02"]["state"] == "nothing"
    (gap,) = json.loads(run("recordings", "days", "--gaps", "C01", "--json").stdout)
    assert (gap["cause"], gap["seconds"]) == ("camera_away", 3600)
    refused = run("recordings", "days", "--gaps", "C99")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "C99" in refused.stderr


def test_a_new_disk_is_taken_in_only_where_the_settings_name_it(data_dir: Path, tmp_path: Path) -> None:
    assert run("db", "upgrade").returncode == 0
    new = tmp_path / "rec"
    new.mkdir()
    assert run("recordings", "adopt", new).returncode == 2
    assert not (new / ID_FILE).exists()
    done = run("recordings", "adopt", new, "--json", SHOUWANG_RECORDING_DIRS=json.dumps([str(new)]))
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert json.loads((new / ID_FILE).read_text()) == {"disk": row["disk"]}
    database = Database(sqlite_url(data_dir / "shouwang.db"))
    database.open()
    assert database.read(lambda view: view.recording_folders()) == {str(new): row["disk"]}
    database.close()
