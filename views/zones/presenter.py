"""How zones, panels and groups stand now, and what a person may do about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.arm_hours import Edge, next_edge
from services.domain.arming import CLOCKS_APART, ArmState, ZoneCondition, ZoneState, arming_of, condition_of
from services.domain.classes import AlarmClass
from services.domain.facts import AlarmChanged, AlarmRaised, AlarmRepeated, ArmChanged, Fact, ZoneChanged
from services.domain.people import Permission, Session
from services.domain.site import ArmGroup, Panel, Site, SiteEntry, Zone
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering
from ui.search import matches
from ui.text.places import local
from views.zones.ports import ArmingCommands, EntryCommands

_TOUCHING = (AlarmRaised, AlarmRepeated, AlarmChanged, ArmChanged, ZoneChanged)


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A zone and how it stands."""

    zone: Zone
    condition: ZoneCondition
    state: ZoneState | None
    arming: ArmState | None

    @property
    def until_at(self) -> datetime | None:
        """When its isolation or test ends by itself."""
        if self.state is None:
            return None
        match self.condition:
            case ZoneCondition.ISOLATED:
                return self.state.isolation.until_at if self.state.isolation else None
            case ZoneCondition.TEST:
                return self.state.test.until_at if self.state.test else None
        return None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """An arm group. edge: what its schedule does next."""

    group: ArmGroup
    arming: ArmState
    zones: int
    edge: Edge | None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A panel. silent: its open communications alarm. heard_at: the last signal of any of its zones."""

    panel: Panel
    zones: int
    silent: Alarm | None
    heard_at: datetime | None


class ZonesPresenter(QObject):
    """Signals: changed(); site_changed(); accepted(what) and refused(ServiceError), a command's answers;
    unread(ServiceError): the last signals could not be read."""

    changed = Signal()
    site_changed = Signal()
    accepted = Signal(str)
    refused = Signal(object)
    unread = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        arming: ArmingCommands,
        entries: EntryCommands,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        zone: tzinfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self.site = site
        self._arming = arming
        self._entries = entries
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._local = zone
        self._states: dict[str, ZoneState] = {}
        self._is_shown = False
        self._is_reading = False
        self.is_busy = False
        self._query = ""
        self._condition: ZoneCondition | None = None
        live.applied.connect(self._follow)

    # what is shown

    def use_site(self, site: Site) -> None:
        self.site = site
        self.site_changed.emit()
        self.changed.emit()

    def may(self, permission: Permission) -> bool:
        return self._session.may(permission)

    def show(self, is_shown: bool) -> None:
        self._is_shown = is_shown
        if is_shown:
            self.refresh()

    def refresh(self) -> None:
        """Read what no fact tells: when each zone was last heard."""
        if not self._is_reading:
            self._is_reading = True
            self._jobs.run(self._arming.states, self._take, self._miss, self._end_reading)

    def set_filter(self, query: str, condition: ZoneCondition | None) -> None:
        self._query, self._condition = query, condition
        self.changed.emit()

    def zone_rows(self) -> list[ZoneRow]:
        """Those that the filter lets through, in the site's order."""
        return [row for row in self.all_zone_rows() if self._passes(row)]

    def all_zone_rows(self) -> list[ZoneRow]:
        now = self._clock.now()
        active = {alarm.zone for alarm in self._live.board.alarms.values() if alarm.source_active}
        armings = {row.group.no: row.arming for row in self.group_rows()}
        return [
            self._row(zone, armings.get(zone.arm_group), zone.no in active, now) for zone in self.site.zones
        ]

    def zone_row(self, no: str) -> ZoneRow | None:
        return next((row for row in self.all_zone_rows() if row.zone.no == no), None)

    def group_rows(self) -> list[GroupRow]:
        now, stored = self._clock.now(), self._live.board.arming
        return [
            GroupRow(
                group,
                arming_of(group, stored.get(group.no), now, CLOCKS_APART, self._local),
                sum(zone.arm_group == group.no for zone in self.site.zones),
                next_edge(group.schedule, now, self._local),
            )
            for group in self.site.arm_groups
        ]

    def panel_rows(self) -> list[PanelRow]:
        alarms = self._live.board.alarms.values()
        silent = {a.panel: a for a in alarms if a.alarm_class is AlarmClass.COMMS and a.source_active}
        return [
            PanelRow(
                panel,
                sum(zone.panel == panel.no for zone in self.site.zones),
                silent.get(panel.no),
                max(
                    (s.signal_at for z in self.site.zones if z.panel == panel.no
                     if (s := self._states.get(z.no)) and s.signal_at),
                    default=None,
                ),
            )
            for panel in self.site.panels
        ]  # fmt: skip

    def states(self) -> list[ZoneState]:
        """The board follows holds at once, the reading carries the last signals."""
        known = dict(self._states)
        for no, live in self._live.board.zones.items():
            read = known.get(no)
            if read is None or live.row_version > read.row_version:
                known[no] = live
        return list(known.values())

    # what people do

    def set_armed(self, groups: Sequence[str], is_armed: bool) -> None:
        command = self._arming.arm if is_armed else self._arming.disarm
        self._do("armed" if is_armed else "disarmed", partial(command, self._session, groups))

    def isolate(self, zone: str, reason: str, lasts: timedelta) -> None:
        until_at = self._clock.now() + lasts
        self._do("isolated", partial(self._arming.isolate, self._session, zone, reason, until_at))

    def test(self, zones: Sequence[str], lasts: timedelta) -> None:
        until_at = self._clock.now() + lasts
        self._do("test", partial(self._arming.test, self._session, zones, until_at))

    def end_holds(self, zones: Sequence[str]) -> None:
        """Isolation and test of these zones, whichever there is."""
        rows = [row for row in self.all_zone_rows() if row.zone.no in zones and row.state is not None]
        tested = [row.zone.no for row in rows if row.state and row.state.test]
        isolated = [row.zone.no for row in rows if row.state and row.state.isolation]
        if tested:
            self._do("hold_ended", partial(self._arming.end_test, self._session, tested))
        for no in isolated:
            self._do("hold_ended", partial(self._arming.end_isolation, self._session, no))

    def begin_walk(self, zones: Sequence[str], lasts: timedelta) -> None:
        until_at = self._clock.now() + lasts
        self._do("walk_begun", partial(self._arming.begin_walk, self._session, zones, until_at))

    def end_walk(self, walk_id: str) -> None:
        self._do("walk_ended", partial(self._arming.end_walk, self._session, walk_id))

    def save(self, seen: SiteEntry | None, entry: SiteEntry) -> None:
        """seen None: a new one."""
        if seen is None:
            self._do("saved", partial(self._entries.add, self._session, entry))
        else:
            self._do("saved", partial(self._entries.change, self._session, seen, entry))

    def remove(self, seen: SiteEntry) -> None:
        self._do("removed", partial(self._entries.remove, self._session, seen))

    # inside

    def _row(self, zone: Zone, arming: ArmState | None, is_active: bool, now: datetime) -> ZoneRow:
        read, live = self._states.get(zone.no), self._live.board.zones.get(zone.no)
        newer = live if live and (read is None or live.row_version >= read.row_version) else read
        condition = condition_of(zone, newer, arming, now, is_active=is_active)
        return ZoneRow(zone, condition, newer, arming)

    def _passes(self, row: ZoneRow) -> bool:
        if self._condition is not None and row.condition is not self._condition:
            return False
        zone = row.zone
        known = (zone.no, zone.name, zone.name_en, zone.place, local(zone.place), zone.panel, zone.arm_group)
        return not self._query.strip() or matches(self._query, " ".join(known))

    def _do(self, what: str, work: Callable[[], object]) -> None:
        self.is_busy = True
        self._jobs.run(partial(answering, what, work), self._on_done, self._on_refused)

    def _on_done(self, what: str) -> None:
        self.is_busy = False
        self.accepted.emit(what)
        self.refresh()

    def _on_refused(self, error: ServiceError) -> None:
        self.is_busy = False
        self.refused.emit(error)

    def _follow(self, facts: list[Fact]) -> None:
        if self._is_shown and any(isinstance(fact, _TOUCHING) for fact in facts):
            self.changed.emit()

    def _take(self, found: tuple[list[ZoneState], list[ArmState]]) -> None:
        self._is_reading = False
        self._states = {state.zone: state for state in found[0]}
        self.changed.emit()

    def _miss(self, error: ServiceError) -> None:
        self._is_reading = False
        self.unread.emit(error)

    def _end_reading(self, _mistake: Exception) -> None:
        """The next one is tried all the same."""
        self._is_reading = False
