"""The playback's measurement says what it promises and refuses what makes no sense."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KEYS = {
    "cameras",
    "seek_ms_p50",
    "seek_ms_p95",
    "exact_ms_p50",
    "exact_ms_p95",
    "seek_cpu_ms",
    "scrub_fps",
    "drift_ms_max",
    "gui_gap_ms_p99",
    "shown_fps",
    "reverse_fps",
    "cpu_cores",
    "speeds",
    "rss_mib",
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app.bench", "playback", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)


def test_a_short_run_gives_every_figure(tmp_path: Path) -> None:
    file = tmp_path / "out" / "playback.json"
    done = run("--cameras", "1", "--seconds", "1", "--json", str(file))
    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures.keys() >= KEYS
    assert figures["speeds"].keys() == {"1", "-1", "0.1", "2", "4", "8", "32", "-8"}
    assert 0 < figures["seek_ms_p50"] <= figures["exact_ms_p50"]
    assert 0 < figures["shown_fps"][0] <= 27


@pytest.mark.parametrize("arguments", [("--cameras", "10"), ("--cameras", "0"), ("--seconds", "0")])
def test_bad_arguments_are_refused_by_name(arguments: tuple[str, str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert arguments[0] in done.stderr
    assert "Traceback" not in done.stderr
