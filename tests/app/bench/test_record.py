"""The recorder's measurement: nothing is lost, and nothing that is lost could go unseen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.bench.broadcast import CLIP
from app.bench.clips import main_clip
from app.bench.record import intact

ROOT = Path(__file__).resolve().parents[3]
KEYS = {
    "cameras",
    "seconds",
    "packets_sent",
    "packets_written",
    "lost_packets",
    "cpu_cores",
    "sim_cpu_cores",
    "write_ms_p99",
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.bench", "record", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_every_picture_that_was_sent_is_in_the_files(tmp_path: Path) -> None:
    file = tmp_path / "out" / "record.json"
    folder = tmp_path / "disk"
    done = run("--cameras", "3", "--seconds", "2", "--folder", str(folder), "--json", str(file))

    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures.keys() == KEYS
    assert figures["lost_packets"] == 0
    assert figures["packets_written"] == figures["packets_sent"] >= 3 * 2 * 25
    assert list(folder.iterdir()) == []


def test_a_picture_with_one_changed_bit_does_not_count(tmp_path: Path) -> None:
    whole = main_clip(CLIP).read_bytes()
    changed = tmp_path / "changed.mp4"
    # The pictures of the clip lie in its middle; the last bytes are its index.
    at = len(whole) // 2
    changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

    assert intact(main_clip(CLIP)) == 200
    assert intact(changed) == 199


@pytest.mark.parametrize(
    ("arguments", "word"), [(["--cameras", "0"], "--cameras"), (["--seconds", "x"], "--seconds")]
)
def test_bad_arguments_are_refused_by_name(arguments: list[str], word: str) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert word in done.stderr
