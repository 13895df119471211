"""The measurements of motion: hits are found in what was made, and cameras are looked at as often as said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.bench", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=180
    )


def test_a_search_finds_in_all_pieces_what_moves_in_one(tmp_path: Path) -> None:
    file = tmp_path / "out" / "search.json"
    done = run("search", "--hours", "0.1", "--folder", str(tmp_path), "--json", str(file))
    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures["hours"] == 0.1
    assert figures["hits"] >= 6  # at least one in each minute
    assert figures["by_keys_minutes"] == 6.0
    assert {"seconds", "times_real_time", "by_keys_times_real_time", "index_bytes_per_hour"} <= figures.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_small_streams_are_looked_at_no_more_than_four_times_a_second(tmp_path: Path) -> None:
    file = tmp_path / "motion.json"
    done = run("motion", "--cameras", "2", "--seconds", "6", "--json", str(file))
    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures["cameras"] == 2
    # A second more or less at the ends of so short a run; a busy machine looks less often.
    assert 0 < figures["looks_per_s_least"] <= 5.5
    assert figures["cpu_percent_per_camera"] > 0


def test_bad_arguments_are_refused() -> None:
    assert run("search", "--hours", "0").returncode == 2
    assert run("motion", "--cameras", "0").returncode == 2
