"""What hangs on the simulated relays: fans and pumps that take a moment to move, and say that they did."""

from __future__ import annotations

import threading

from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.inputs import ModbusTable, read_input
from services.domain.site import Panel, Site
from services.sim.modules import IoModule

LOOK_S = 0.1
MOVES_AFTER_S = 1.2


class LinkageModule:
    """A module whose inputs follow its relays after `moves_after_s`, as the site's feedback zones say."""

    def __init__(
        self,
        site: Site,
        panel: Panel,
        clock: Clock,
        *,
        port: int = 0,
        moves_after_s: float = MOVES_AFTER_S,
    ) -> None:
        self.module = IoModule(port=port)
        self._clock = clock
        self._moves_after_s = moves_after_s
        self._pairs = _pairs(site, panel)
        self._since: dict[int, tuple[bool, float]] = {}
        self._worker = Worker("sim-linkage", self._run)

    def start(self) -> None:
        """Raises ServiceError("sim.port_taken", host, port)."""
        self.module.start()
        self._worker.start()

    def stop(self) -> None:
        self._worker.stop()
        self.module.stop()

    def _run(self, stop: threading.Event) -> None:
        while not stop.wait(LOOK_S):
            for relay, inputs in self._pairs.items():
                self._follow(relay, inputs)

    def _follow(self, relay: int, inputs: tuple[int, ...]) -> None:
        is_on, now_s = self.module.relay(relay), self._clock.monotonic()
        was_on, since_s = self._since.get(relay, (False, now_s))
        if was_on is not is_on:
            since_s = now_s
        self._since[relay] = (is_on, since_s)
        if now_s - since_s >= self._moves_after_s:
            for number in inputs:
                self.module.set_input(number, is_on)


def _pairs(site: Site, panel: Panel) -> dict[int, tuple[int, ...]]:
    """Inputs by the relay that moves them."""
    found: dict[int, tuple[int, ...]] = {}
    for output in site.outputs:
        zone = site.zone(output.feedback) if output.panel == panel.no else None
        wire = read_input(zone.point, zone.number) if zone is not None else None
        if wire is not None and wire.table is ModbusTable.INPUTS:
            found[output.number] = (*found.get(output.number, ()), wire.address)
    return found
