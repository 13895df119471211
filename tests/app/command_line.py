"""Runs the product's command line as a person would: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT_S = 90


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "app", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """This machine's, on a screen nobody sees, without a database from outside."""
    inherited = {key: value for key, value in os.environ.items() if key != "SHOUWANG_DATABASE"}
    return {**inherited, "QT_QPA_PLATFORM": "offscreen", **more}


def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """`shouwang ARGUMENTS` to its end; `more` are environment variables."""
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )


def descendants(pid: int) -> list[int]:
    """All living processes below `pid`, by /proc."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except (OSError, ValueError):
            continue
        if state not in "ZX":
            parents[int(stat.parent.name)] = int(parent)
    return _below(pid, parents)


def _below(pid: int, parents: dict[int, int]) -> list[int]:
    children = [child for child, parent in parents.items() if parent == pid]
    return [*children, *(below for child in children for below in _below(child, parents))]


def alive(pids: Sequence[int]) -> list[int]:
    """Those that still run; a zombie does not."""
    found = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            found.append(pid)
    return found
