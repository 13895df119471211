"""The wall's measurement says what it promises and refuses what makes no sense."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from app.bench.figures import Spread, jain, percentile, slope
from app.bench.floor import Floors
from app.bench.memory import WARM_UP_S, Weighed, memory_figures
from app.bench.wall import beside_floors

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
    "memory_slope_mib_per_hour",
    "memory_window_slope_mib_per_hour",
    "memory_mib",
    "first_pictures_s",
    "layout_change_ms",
    "floor_paced_cpu_ms",
    "ratio_to_paced_floor",
    "floor_together_cpu_ms",
    "ratio_to_floor_together",
    "floor_unfiltered_cpu_ms",
    "ratio_to_unfiltered_floor",
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


def test_memory_that_grows_only_while_the_program_warms_up_is_flat() -> None:
    warming = [Weighed(second, 60.0, 100.0 + second) for second in range(0, int(WARM_UP_S), 20)]
    settled = [Weighed(WARM_UP_S + second, 60.0, 400.0) for second in range(0, 600, 20)]

    figures = memory_figures([*warming, *settled])

    assert figures["memory_slope_mib_per_hour"] == pytest.approx(0.0, abs=0.01)
    assert figures["memory_judged_s"] == 580


def test_memory_that_goes_on_growing_is_told_by_the_hour_and_whose_it_is() -> None:
    # Of 3 MiB an hour 1 is the window's.
    grown = [Weighed(s, 60.0 + s / 3600, 400.0 + 2 * s / 3600) for s in range(0, 1800, 20)]

    figures = memory_figures(grown)

    assert figures["memory_slope_mib_per_hour"] == pytest.approx(3.0, abs=0.01)
    assert figures["memory_window_slope_mib_per_hour"] == pytest.approx(1.0, abs=0.01)


def test_a_short_run_claims_nothing_about_memory() -> None:
    figures = memory_figures([Weighed(second, 60.0, 400.0 + second) for second in range(10)])

    assert figures["memory_slope_mib_per_hour"] is None
    assert figures["memory_mib"] == [(second, 460.0 + second, 60.0) for second in range(10)]


def test_each_ratio_is_to_its_own_floor_half_way_between_before_and_after() -> None:
    before = Floors(alone=0.4, together=0.5, unfiltered=0.45, paced=0.8)
    after = Floors(alone=0.6, together=0.7, unfiltered=0.55, paced=1.0)

    figures = beside_floors(0.9, before.mean(after))

    assert figures["ratio_to_floor"] == pytest.approx(1.8)
    assert figures["ratio_to_floor_together"] == pytest.approx(1.5)
    assert figures["ratio_to_unfiltered_floor"] == pytest.approx(1.8)
    assert figures["ratio_to_paced_floor"] == pytest.approx(1.0)
    assert beside_floors(math.nan, before)["ratio_to_floor"] is None


def test_a_spread_gives_the_percentiles_of_what_was_added() -> None:
    spread = Spread()
    assert spread.percentile_s(0.5) == 0.0
    for ms in range(1, 21):
        spread.add(ms / 1000 - 0.00005)
    assert spread.percentile_s(0.95) == pytest.approx(0.019)
    spread.add(3600.0)
    assert spread.percentile_s(1.0) == pytest.approx(Spread.MOST_S)
