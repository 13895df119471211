"""Processor time of the alarm bench, by process: figures that hold on a machine shared with others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from app.bench.figures import cpu_s, cpu_s_of


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds. hub_s, window_s: at the end of a run without what they take when nothing comes."""

    hub_s: float
    window_s: float
    decoders_s: float
    elapsed_s: float

    def per_alarm_ms(self, alarms: int) -> dict[str, object]:
        """decoder_cores: how many cores decoding took meanwhile."""
        count = max(1, alarms)
        return {
            "hub_cpu_ms": round(self.hub_s * 1000 / count, 2),
            "window_cpu_ms": round(self.window_s * 1000 / count, 2),
            "decoder_cores": round(self.decoders_s / self.elapsed_s, 2),
        }


class Cost:
    """Made when everything is quiet; `begin` when the load begins."""

    def __init__(self, hub_pid: int, decoder_pids: Sequence[int]) -> None:
        self._hub_pid, self._decoder_pids = hub_pid, tuple(decoder_pids)
        self._quiet = Spent(0.0, 0.0, 0.0, 1.0)
        self._since = self._look()

    def begin(self) -> None:
        now = self._look()
        self._quiet, self._since = _between(self._since, now), now

    def end(self) -> Spent:
        run, quiet = _between(self._since, self._look()), self._quiet
        share = run.elapsed_s / quiet.elapsed_s
        hub_s, window_s = run.hub_s - quiet.hub_s * share, run.window_s - quiet.window_s * share
        return Spent(hub_s, window_s, run.decoders_s, run.elapsed_s)

    def _look(self) -> Spent:
        decoders_s = cpu_s_of(self._decoder_pids)
        return Spent(cpu_s_of([self._hub_pid]), cpu_s(), decoders_s, time.monotonic())


def _between(since: Spent, now: Spent) -> Spent:
    return Spent(
        now.hub_s - since.hub_s,
        now.window_s - since.window_s,
        now.decoders_s - since.decoders_s,
        now.elapsed_s - since.elapsed_s,
    )
