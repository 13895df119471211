"""The arithmetic of a measurement and the machine it was taken on."""

from __future__ import annotations

import math
import os
import platform
import resource
import statistics
import time
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import av
import numpy as np
import PySide6


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: the smallest value that at least `share` (0 to 1) of all do not exceed; 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


_OWN = ("Pss_Anon:", "Pss_Shmem:")


class Spread:
    """Times as a histogram, so that measuring for an hour takes no more memory than for a minute.

    Up to `MOST_S`, to `STEP_S`; what is longer counts as the longest.
    """

    STEP_S = 0.0001
    MOST_S = 20.0

    def __init__(self) -> None:
        self._counts = np.zeros(round(self.MOST_S / self.STEP_S), np.int64)

    def add(self, seconds: float) -> None:
        self._counts[min(max(0, int(seconds / self.STEP_S)), len(self._counts) - 1)] += 1

    def percentile_s(self, share: float) -> float:
        """The nearest rank's, as `percentile` of all that were added; 0 for none."""
        gone = np.cumsum(self._counts)
        if not gone[-1]:
            return 0.0
        return float(np.searchsorted(gone, math.ceil(share * gone[-1])) + 1) * self.STEP_S


def jain(values: Sequence[float]) -> float:
    """Jain's fairness index: 1 when all are equal, 1/n when one has everything; 0 when nobody has any."""
    squares = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * squares) if squares else 0.0


def slope(points: Sequence[tuple[float, float]]) -> float:
    """How fast the second of each pair grows with the first, by least squares; NaN for fewer than three."""
    if len(points) < 3:
        return math.nan
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def rss_mib(others: Iterable[int] = ()) -> float:
    """Memory of this process and `others`, shared parts counted once; without /proc the most this had."""
    try:
        return sum(_proportional_kib(pid) for pid in ("self", *map(str, others))) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def own_mib(others: Iterable[int] = ()) -> float:
    """The same without what is mapped from files: how much of a library counts for this process changes
    with every other program that loads or leaves it."""
    try:
        return sum(_proportional_kib(pid, _OWN) for pid in ("self", *map(str, others))) / 1024
    except OSError:
        return rss_mib()


def _proportional_kib(pid: str, kinds: Collection[str] = ("Pss:",)) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(tuple(kinds)))


def cpu_s(others: Iterable[int] = ()) -> float:
    """Processor time of this process and of `others` since they began; without /proc this process alone."""
    return time.process_time() + cpu_s_of(others)


def cpu_s_of(processes: Iterable[int]) -> float:
    """Processor time of these processes since they began; 0 without /proc."""
    return sum(map(_cpu_s, processes))


def _cpu_s(pid: int) -> float:
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "cpu": _cpu_name(),
        "cores": os.cpu_count() or 0,
        "system": platform.platform(),
        "python": platform.python_version(),
        "pyav": av.__version__,
        "pyside": PySide6.__version__,
        "load_before": round(os.getloadavg()[0], 2),
    }


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
