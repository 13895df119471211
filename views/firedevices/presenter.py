"""Which fire transmission devices there are, what they were asked, and what may be asked now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.alarms.fire_requests import permission_for
from services.alarms.meaning import POLLING_LOST
from services.core.errors import ServiceError
from services.domain.facts import Fact, FireRequestChanged
from services.domain.fire_requests import FireRequest, FireRequestKind, point_for
from services.domain.people import Session
from services.domain.site import Panel, PanelProtocol, Site
from ui.board import LiveBoard
from ui.jobs import UiJobs

MOST_SHOWN = 200


class FireRequestDesk(Protocol):
    """What this screen asks of `services.alarms.fire_requests.FireRequests`; it blocks."""

    def ask(self, session: Session, panel_no: str, kind: FireRequestKind, point: str = "") -> FireRequest: ...
    def newest(self, most: int) -> list[FireRequest]: ...


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """is_lost: it has been silent for longer than the site allows. alarms: its open ones."""

    panel: Panel
    is_lost: bool
    alarms: int


class FireDevicesPresenter(QObject):
    """Signals: changed(); refused(ServiceError)."""

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        desk: FireRequestDesk,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._site = site
        self._desk = desk
        self._session = session
        self._jobs = jobs
        self._requests: dict[str, FireRequest] = {}
        self._chosen = ""
        self._point = ""
        self._is_shown = False
        live.applied.connect(self._follow)

    @property
    def chosen(self) -> str:
        """The number of the chosen device; the only one is chosen by itself."""
        devices = [str(panel.no) for panel in self._devices()]
        if self._chosen in devices:
            return self._chosen
        return devices[0] if len(devices) == 1 else ""

    def use_site(self, site: Site) -> None:
        self._site = site
        self.changed.emit()

    def show(self, is_shown: bool) -> None:
        """Nothing is read while nobody looks."""
        self._is_shown = is_shown
        if is_shown:
            self._jobs.run(partial(self._desk.newest, MOST_SHOWN), self._take, self._refuse)

    def choose(self, panel_no: str) -> None:
        self._chosen = panel_no
        self.changed.emit()

    def use_point(self, point: str) -> None:
        """Of the system or component that is asked about."""
        self._point = point
        self.changed.emit()

    def points(self) -> list[str]:
        """Components of the chosen device that the site knows, in its order."""
        chosen = self.chosen
        return [zone.point for zone in self._site.zones if zone.panel == chosen and zone.point]

    def devices(self) -> list[DeviceRow]:
        """In the site's order."""
        return [self._row(panel) for panel in self._devices()]

    def requests(self) -> list[FireRequest]:
        """Newest first."""
        return sorted(self._requests.values(), key=lambda request: request.asked_at, reverse=True)[
            :MOST_SHOWN
        ]

    def panel(self, no: str) -> Panel | None:
        return next((panel for panel in self._site.panels if panel.no == no), None)

    def may_ask(self, kind: FireRequestKind) -> bool:
        """A device is chosen, and a point where one is needed, the role may, the same is not under way."""
        about = point_for(kind, self._point)
        if not self.chosen or about is None or not self.is_permitted(kind):
            return False
        same = (self.chosen, kind, about)
        return not any(r.is_open and (r.panel, r.kind, r.point) == same for r in self._requests.values())

    def is_permitted(self, kind: FireRequestKind) -> bool:
        return self._session.may(permission_for(kind))

    def ask(self, kind: FireRequestKind) -> None:
        if self.may_ask(kind):
            asking = partial(self._desk.ask, self._session, self.chosen, kind, self._point)
            self._jobs.run(asking, self._add, self._refuse)

    def _devices(self) -> list[Panel]:
        return [panel for panel in self._site.panels if panel.protocol is PanelProtocol.GB26875]

    def _row(self, panel: Panel) -> DeviceRow:
        alarms = [alarm for alarm in self._live.board.alarms.values() if alarm.panel == panel.no]
        is_lost = any(alarm.code_raw == POLLING_LOST and alarm.source_active for alarm in alarms)
        return DeviceRow(panel, is_lost, sum(alarm.is_open for alarm in alarms))

    def _follow(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            if isinstance(fact, FireRequestChanged):
                self._put(fact.request)
        if self._is_shown:
            self.changed.emit()

    def _take(self, requests: list[FireRequest]) -> None:
        for request in requests:
            self._put(request)
        self.changed.emit()

    def _add(self, request: FireRequest) -> None:
        self._put(request)
        self.changed.emit()

    def _put(self, request: FireRequest) -> None:
        """The newest of what was read and what the feed brought."""
        known = self._requests.get(request.id)
        if known is None or known.row_version <= request.row_version:
            self._requests[request.id] = request

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
