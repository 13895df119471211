"""Puts the record of camera health beside the site's cameras; decides what the table shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.devices.tables import write_rows
from services.domain.devices import CameraEvent, CameraHealth, HealthState
from services.domain.facts import CameraHealthChanged, Fact
from services.domain.site import Camera, Site
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering

Overview = tuple[list[CameraHealth], dict[str, float]]


class HealthRecord(Protocol):
    """What this screen asks of `services.devices.health.HealthDesk`; it blocks."""

    def overview(self) -> Overview: ...
    def events_of(self, camera: str) -> list[CameraEvent]: ...


@dataclass(frozen=True, slots=True)
class HealthRow:
    """health None: nobody ever reported this camera. uptime: 0 to 1 over the last 24 h."""

    camera: Camera
    health: CameraHealth | None
    uptime: float | None

    @property
    def state(self) -> HealthState:
        return self.health.state if self.health else HealthState.UNKNOWN

    @property
    def is_troubled(self) -> bool:
        return self.health is not None and self.health.is_troubled


class HealthPresenter(QObject):
    """Signals: changed(); events_changed(); export_refused(ServiceError); exported(str path)."""

    changed = Signal()
    events_changed = Signal()
    export_refused = Signal(object)
    exported = Signal(str)

    def __init__(
        self, live: LiveBoard, site: Site, record: HealthRecord, jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._site = site
        self._record = record
        self._jobs = jobs
        self._health: dict[str, CameraHealth] = {}
        self._uptimes: dict[str, float] = {}
        self._filter = ""
        self._only_troubled = False
        self._chosen = ""
        self.events: Sequence[CameraEvent] = ()
        self._has_read_events = False
        self._is_unread = False
        self._is_reading = False
        self._reads_again = False
        self._is_shown = False
        live.applied.connect(self._follow)

    @property
    def site(self) -> Site:
        return self._site

    @property
    def chosen(self) -> str:
        return self._chosen

    @property
    def is_unread(self) -> bool:
        """The last reading failed: what is shown is what an earlier one found."""
        return self._is_unread

    @property
    def has_no_events(self) -> bool:
        """Read, and there are none for the chosen camera."""
        return self._has_read_events and not self.events

    def use_site(self, site: Site) -> None:
        self._site = site
        self.changed.emit()

    def show(self, is_shown: bool) -> None:
        """Nothing is read while nobody looks."""
        self._is_shown = is_shown
        if is_shown:
            self.refresh()

    def refresh(self) -> None:
        """Read rates and ages; asked for while reading, once more afterwards."""
        if self._is_reading:
            self._reads_again = True
            return
        self._is_reading, self._reads_again = True, False
        self._jobs.run(self._record.overview, self._take, self._miss, self._miss)

    def rows(self) -> list[HealthRow]:
        """The cameras that pass the filter, in the site's order."""
        return [row for row in self._all_rows() if self._passes(row)]

    def counts(self) -> tuple[int, int, int]:
        """Cameras of the site: in trouble, well, never reported."""
        rows = self._all_rows()
        unknown = sum(row.state is HealthState.UNKNOWN for row in rows)
        troubled = sum(row.is_troubled for row in rows)
        return troubled, len(rows) - troubled - unknown, unknown

    def set_filter(self, text: str, *, only_troubled: bool) -> None:
        self._filter, self._only_troubled = text.strip().lower(), only_troubled
        self.changed.emit()

    def choose(self, camera_no: str) -> None:
        self._chosen = camera_no
        self.events, self._has_read_events = (), False
        self.events_changed.emit()
        self._read_events()

    def export(self, file: Path, lines: Sequence[Sequence[str]]) -> None:
        """As the table shows it: XLSX or CSV, by the file's ending."""
        work = partial(answering, str(file), partial(write_rows, lines, file))
        self._jobs.run(work, self._tell_exported, self._refuse_export)

    def _all_rows(self) -> list[HealthRow]:
        live = self._live.board.cameras
        return [
            HealthRow(camera, self._newer(live.get(no), self._health.get(no)), self._uptimes.get(no))
            for camera in self._site.cameras
            for no in (str(camera.no),)
        ]

    def _newer(self, live: CameraHealth | None, read: CameraHealth | None) -> CameraHealth | None:
        """The board follows states at once, the reading carries the rates."""
        if live is None or read is None:
            return live or read
        return read if read.row_version >= live.row_version else live

    def _passes(self, row: HealthRow) -> bool:
        if self._only_troubled and not row.is_troubled:
            return False
        camera = row.camera
        words = (camera.no, camera.name, camera.name_en, camera.place, camera.building, camera.floor)
        return not self._filter or any(self._filter in word.lower() for word in words)

    def _follow(self, facts: list[Fact]) -> None:
        changed = {fact.health.camera for fact in facts if isinstance(fact, CameraHealthChanged)}
        if changed and self._is_shown:
            self.changed.emit()
            if self._chosen in changed:
                self._read_events()

    def _read_events(self) -> None:
        if self._chosen:
            read = partial(_events, self._record, self._chosen)
            self._jobs.run(read, self._take_events, self._miss_events, self._miss_events)

    def _take(self, overview: Overview) -> None:
        was_unread, self._is_unread = self._is_unread, False
        self._end_reading()
        healths, self._uptimes = overview
        self._health = {health.camera: health for health in healths}
        self.changed.emit()
        if was_unread:
            self._read_events()

    def _take_events(self, found: tuple[str, list[CameraEvent]]) -> None:
        camera_no, events = found
        if camera_no == self._chosen:
            self.events, self._has_read_events = events, True
            self.events_changed.emit()

    def _end_reading(self) -> None:
        self._is_reading = False
        if self._reads_again:
            self.refresh()

    def _miss(self, _error: Exception) -> None:
        self._is_unread = True
        self._end_reading()
        self.changed.emit()

    def _miss_events(self, _error: Exception) -> None:
        """They are read again after the next reading that goes well."""
        self._is_unread = True
        self.changed.emit()

    def _tell_exported(self, path: str) -> None:
        self.exported.emit(path)

    def _refuse_export(self, error: ServiceError) -> None:
        self.export_refused.emit(error)


def _events(record: HealthRecord, camera_no: str) -> tuple[str, list[CameraEvent]]:
    return camera_no, record.events_of(camera_no)
