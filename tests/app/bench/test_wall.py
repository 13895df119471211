"""The wall's measurement says what it promises and refuses what makes no sense."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from app.bench.figures import Spread, jain, percentile, slope

ROOT = Path(__file__).resolve().parents[3]
KEYS = {
    "tiles",
    "wanted_fps",
    "shown_fps",
    "cpu_ms_per_shown_frame",
    "floor_cpu_ms_per_frame",
    "ratio_to_floor",
    "frame_age_ms_p95",
    "gui_gap_ms_p99",
    "repaints_per_s",
    "min_tile_fps",
    "fairness_jain",
    "rss_mib",
    "rss_slope_mib_per_h",
    "first_pictures_s",
    "layout_change_ms",
    "floor_paced_cpu_ms",
    "ratio_to_paced_floor",
    "economy",
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.bench", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def test_a_short_replay_gives_every_figure(tmp_path: Path) -> None:
    file = tmp_path / "out" / "wall.json"
    done = run("wall", "--tiles", "4", "--source", "replay", "--seconds", "2", "--json", str(file))

    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures.keys() >= KEYS
    assert figures["wanted_fps"] == 100
    assert 0 < figures["shown_fps"] <= 110
    assert figures["machine"]["cores"] >= 1
    assert "shown_fps" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["wall", "--tiles", "0"], "--tiles"),
        (["wall", "--tiles", "many"], "--tiles"),
        (["wall", "--seconds", "0"], "--seconds"),
        (["wall", "--source", "gopher://x/y"], "--source"),
        (["wall", "--clip", "/no/such.mp4"], "--clip"),
        (["nothing"], "usage"),
        ([], "usage"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments: list[str], word: str) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_percentile_is_the_nearest_rank() -> None:
    # Rank ceil(0.95 * 20) = 19 of 1..20.
    assert percentile(list(range(1, 21)), 0.95) == 19
    assert percentile([7.0], 0.99) == 7.0
    assert percentile([], 0.5) == 0.0


def test_fairness_is_one_for_equals_and_one_nth_for_a_single_winner() -> None:
    assert jain([25.0] * 36) == pytest.approx(1.0)
    assert jain([25.0, 0.0, 0.0, 0.0]) == pytest.approx(0.25)
    assert jain([0.0, 0.0]) == 0.0


def test_a_slope_is_that_of_the_line_through_the_points() -> None:
    # 2 MiB in every 10 s, whatever lies off the line evenly on both sides.
    assert slope([(0.0, 100.0), (10.0, 102.0), (20.0, 104.0)]) == pytest.approx(0.2)
    assert math.isnan(slope([(0.0, 100.0), (10.0, 102.0)]))


def test_a_spread_gives_the_percentiles_of_what_was_added() -> None:
    spread = Spread()
    assert spread.percentile_s(0.5) == 0.0
    for ms in range(1, 21):
        spread.add(ms / 1000 - 0.00005)
    assert spread.percentile_s(0.95) == pytest.approx(0.019)
    spread.add(3600.0)
    assert spread.percentile_s(1.0) == pytest.approx(Spread.MOST_S)
