"""What the processes of a measurement weigh as time goes by, and whether that grows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.bench.figures import own_mib, slope

# Pools and caches fill up first: streams that open, fonts, the interpreter's own free lists.
WARM_UP_S = 300.0
WEIGH_EVERY_S = 20.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """Memory of their own, without what is mapped from files, so long after the beginning."""

    after_s: float
    window_mib: float
    decoders_mib: float

    @property
    def all_mib(self) -> float:
        return self.window_mib + self.decoders_mib


def weigh(after_s: float, decoders: Sequence[int]) -> Weighed:
    """Now, this process and `decoders` (process numbers). Takes as long as some ticks of the wall: seldom."""
    window_mib = own_mib()
    return Weighed(after_s, window_mib, own_mib(decoders) - window_mib)


def memory_figures(weighed: Sequence[Weighed]) -> dict[str, object]:
    """Growth is judged after `WARM_UP_S` only; null when too little was weighed since then.

    memory_mib: (seconds, all, the window's process) of every weighing, the warm-up's too.
    """
    settled = [one for one in weighed if one.after_s >= WARM_UP_S]
    judged_s = settled[-1].after_s - settled[0].after_s if settled else 0.0
    return {
        "memory_slope_mib_per_hour": _per_hour([(one.after_s, one.all_mib) for one in settled]),
        "memory_window_slope_mib_per_hour": _per_hour([(one.after_s, one.window_mib) for one in settled]),
        "memory_judged_s": round(judged_s),
        "memory_mib": [
            (round(one.after_s), round(one.all_mib, 2), round(one.window_mib, 2)) for one in weighed
        ],
    }


def _per_hour(points: Sequence[tuple[float, float]]) -> float | None:
    per_s = slope(points)
    return None if math.isnan(per_s) else round(3600 * per_s, 2)
