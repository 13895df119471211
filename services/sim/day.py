"""Plays the story's signals through the panels, and keeps every panel's polls going."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog

from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.alarms import Qualifier
from services.domain.site import Panel, Site, Zone, ZoneKind
from services.sim.actors import Moment
from services.sim.firebox import FireBox, FireLine
from services.sim.modules import ModuleLine, ModuleWires
from services.sim.panels import Dialler, Line, Report
from services.sim.panels import Protocol as Speech
from services.sim.story import Story

POLL_LEAST_S = 20.0
POLL_MOST_S = 30.0
STOP_LIMIT_S = 8.0

log = structlog.get_logger(__name__)

# Contact ID code, SIA alarm, SIA restoral.
_CODES: Mapping[ZoneKind, tuple[str, str, str]] = {
    ZoneKind.PANIC_BUTTON: ("120", "PA", "PR"),
    ZoneKind.INFRARED_BEAM: ("131", "BA", "BR"),
    ZoneKind.SMOKE_DETECTOR: ("111", "FA", "FR"),
    ZoneKind.MANUAL_CALL_POINT: ("115", "FA", "FR"),
    ZoneKind.DOOR_CONTACT: ("134", "BA", "BR"),
    ZoneKind.TAMPER: ("137", "TA", "TR"),
}


AnyLine = Line | FireLine | ModuleLine


class Transmitter(Protocol):
    """What tells a receiver what the panel has to say."""

    def send(self, report: Report) -> bool: ...

    def poll(self) -> bool: ...


class Day:
    """One thread per panel, so that a panel without answer does not hold up the others.

    line_of: how a panel dials, None for one that has no part in the story. epoch_s: the monotonic time at
    which the story stood at 0, the same for cameras and panels, so that what a camera shows is what a panel
    reports; None = panels have nothing to tell but their polls until `begin`.
    """

    def __init__(
        self,
        site: Site,
        story: Story,
        line_of: Callable[[Panel], AnyLine | None],
        clock: Clock,
        epoch_s: float | None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._panels = [
            PanelDay(
                line,
                _moments_of(panel, site, story),
                story.period_s,
                clock,
                epoch_s,
                chance,
                is_repeated=story.is_repeated,
            )
            for panel in site.panels
            if (line := line_of(panel)) is not None
        ]
        self._workers = [Worker(f"sim-panel-{day.account}", day.run) for day in self._panels]

    def start(self) -> None:
        for worker in self._workers:
            worker.start()

    def begin(self, epoch_s: float) -> None:
        """The story stands at 0 at that monotonic time; any thread."""
        for panel in self._panels:
            panel.begin(epoch_s)

    def stop(self) -> None:
        for worker in self._workers:
            worker.request_stop()
        for worker in self._workers:
            worker.stop(STOP_LIMIT_S)


class PanelDay:
    """What one panel has to say during the story, in order, again and again."""

    def __init__(
        self,
        line: AnyLine,
        moments: list[tuple[Moment, Zone]],
        period_s: float,
        clock: Clock,
        epoch_s: float | None,
        chance: Callable[[], float],
        *,
        is_repeated: bool = True,
    ) -> None:
        self._line = line
        self._moments = sorted(moments, key=lambda item: item[0].at_s)
        self._period_s = period_s
        self._is_repeated = is_repeated
        self._clock = clock
        self._epoch_s = epoch_s
        self._chance = chance
        self._told_s = clock.monotonic()
        self._poll_s = clock.monotonic()

    @property
    def account(self) -> str:
        return self._line.account

    def begin(self, epoch_s: float) -> None:
        self._epoch_s = epoch_s

    def run(self, stop: threading.Event) -> None:
        dialler = self._transmitter(stop)
        try:
            while not dialler.rest(self._rest_s()):
                self.tell(dialler)
        finally:
            dialler.close()

    def tell(self, dialler: Transmitter) -> None:
        """Send what became due since the last call, then a poll if it is time for one."""
        now_s = self._clock.monotonic()
        for report in self._due(self._told_s, now_s):
            if not dialler.send(report):
                log.warning("day.report_lost", account=self.account, code=report.code, zone=report.zone)
        self._told_s = now_s
        if self._clock.monotonic() >= self._poll_s:
            dialler.poll()
            self._poll_s = (
                self._clock.monotonic() + POLL_LEAST_S + self._chance() * (POLL_MOST_S - POLL_LEAST_S)
            )

    def _due(self, after_s: float, until_s: float) -> list[Report]:
        """Reports with after_s < moment <= until_s, by monotonic time; of every round that has them."""
        epoch_s = self._epoch_s
        if epoch_s is None:
            return []
        due: list[tuple[float, Report]] = []
        for moment, zone in self._moments:
            round_no = int((after_s - epoch_s - moment.at_s) // self._period_s) + 1
            at_s = epoch_s + moment.at_s + round_no * self._period_s
            while at_s <= until_s:
                if at_s >= epoch_s and (self._is_repeated or at_s < epoch_s + self._period_s):
                    due.append((at_s, self._report(moment, zone)))
                at_s += self._period_s
        return [report for _, report in sorted(due, key=lambda item: item[0])]

    def _report(self, moment: Moment, zone: Zone) -> Report:
        qualifier = Qualifier(moment.qualifier)
        if isinstance(self._line, FireLine):
            return Report("fire", zone.number, qualifier, text=zone.name, point=zone.point)
        if isinstance(self._line, ModuleLine):
            return Report("alarm", zone.number, qualifier, point=zone.point)
        contact_id, sia, sia_restoral = _CODES[zone.kind]
        if self._line.protocol is Speech.ADM_CID:
            return Report(contact_id, zone.number, qualifier)
        return Report(sia_restoral if qualifier is Qualifier.RESTORE else sia, zone.number, qualifier)

    def _transmitter(self, stop: threading.Event) -> Dialler | FireBox | ModuleWires:
        if isinstance(self._line, FireLine):
            return FireBox(self._line, self._clock, stop)
        if isinstance(self._line, ModuleLine):
            return ModuleWires(self._line, stop)
        return Dialler(self._line, self._clock, stop)

    def _rest_s(self) -> float:
        """Until the next moment or poll; at most a second, so that a late start catches up soon."""
        now_s, epoch_s = self._clock.monotonic(), self._epoch_s
        waits = [max(0.0, self._poll_s - now_s), 1.0]
        if epoch_s is not None:
            waits += [
                self._period_s - (now_s - epoch_s - moment.at_s) % self._period_s
                for moment, _ in self._moments
            ]
        return min(waits)


def _moments_of(panel: Panel, site: Site, story: Story) -> list[tuple[Moment, Zone]]:
    """The story's moments at the zones of `panel`."""
    zones = {str(zone.no): zone for zone in site.zones if zone.panel == panel.no}
    return [(moment, zones[moment.zone]) for moment in story.moments if moment.zone in zones]
