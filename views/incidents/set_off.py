"""What the alarms of one incident set off by themselves, and who was told of them; read when looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.facts import Fact, LinkageRunChanged, NoticeGiven
from services.domain.incidents import Incident
from services.domain.linkage_runs import LinkageRun
from services.domain.notices import Notice
from ui.jobs import UiJobs

# Of an incident, by alarm; blocks.
RunsOf = Callable[[str], dict[str, list[LinkageRun]]]
NoticesOf = Callable[[str], list[Notice]]


class SetOff(QObject):
    """runs, notices: of the incident that is followed, as far as they are read.

    Signals: changed(); refused(ServiceError).
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        runs_of: RunsOf | None,
        notices_of: NoticesOf | None,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runs_of = runs_of
        self._notices_of = notices_of
        self._jobs = jobs
        self._incident = ""
        self.runs: list[LinkageRun] = []
        self.notices: list[Notice] = []

    def follow(self, incident: Incident | None) -> None:
        """None changes nothing: there is nothing else to look at."""
        if incident is not None and incident.id != self._incident:
            self._incident, self.runs, self.notices = incident.id, [], []
            self._read_runs()
            self._read_notices()

    def apply(self, facts: Sequence[Fact], incident: Incident | None) -> None:
        """incident: the one that is looked at."""
        alarms = {incident.alarm, *(run.alarm for run in self.runs)} if incident is not None else set()
        if any(isinstance(fact, LinkageRunChanged) and fact.run.alarm in alarms for fact in facts):
            self._read_runs()
        if any(isinstance(fact, NoticeGiven) for fact in facts):
            self._read_notices()

    def _read_runs(self) -> None:
        if self._runs_of is not None:
            self._jobs.run(partial(_runs_of, self._runs_of, self._incident), self._take_runs, self._refuse)

    def _read_notices(self) -> None:
        if self._notices_of is not None:
            read = partial(_notices_of, self._notices_of, self._incident)
            self._jobs.run(read, self._take_notices, self._refuse)

    def _take_runs(self, found: tuple[str, list[LinkageRun]]) -> None:
        incident_id, runs = found
        if incident_id == self._incident and runs != self.runs:
            self.runs = runs
            self.changed.emit()

    def _take_notices(self, found: tuple[str, list[Notice]]) -> None:
        incident_id, notices = found
        if incident_id == self._incident and notices != self.notices:
            self.notices = notices
            self.changed.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _runs_of(runs_of: RunsOf, incident_id: str) -> tuple[str, list[LinkageRun]]:
    found = runs_of(incident_id)
    return incident_id, [run for runs in found.values() for run in runs]


def _notices_of(notices_of: NoticesOf, incident_id: str) -> tuple[str, list[Notice]]:
    return incident_id, notices_of(incident_id)
