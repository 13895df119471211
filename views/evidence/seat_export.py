"""The export that runs at this seat: one at a time, so that its disks are read once."""

from __future__ import annotations

from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.errors import ServiceError
from services.domain.evidence import EvidenceRequest
from services.domain.people import Session
from services.evidence.exporting import ExportOrder, ExportProgress
from ui.jobs import UiJobs
from views.evidence.ports import Exports

PROGRESS_MS = 200


class SeatExport(QObject):
    """Signals: moved() when it began, went on or is over; done(); failed(ServiceError), both after the last
    moved()."""

    moved = Signal()
    done = Signal()
    failed = Signal(object)

    def __init__(self, exports: Exports, session: Session, jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._exports = exports
        self._session = session
        self._jobs = jobs
        self._request = ""
        self._progress: ExportProgress | None = None
        self._stop = Event()
        self._look = QTimer(self)
        self._look.setInterval(PROGRESS_MS)
        self._look.timeout.connect(self.moved)

    @property
    def request(self) -> str:
        """The id of the request that is exported; "" for none."""
        return self._request

    @property
    def progress(self) -> ExportProgress | None:
        """None also before the first word of it."""
        return self._progress

    def begin(self, request: EvidenceRequest, order: ExportOrder) -> None:
        """Nothing while another one runs."""
        if self._request:
            return
        self._request, self._progress, self._stop = request.id, None, Event()
        self._look.start()
        work = partial(self._exports.export, self._session, request, order, self._note, self._stop)
        self._jobs.run(work, self._end, self._fail)
        self.moved.emit()

    def give_up(self) -> None:
        """Its request is approved as before, once the export has noticed."""
        self._stop.set()

    def stop(self) -> None:
        """The same, and nobody follows it any more."""
        self.give_up()
        self._look.stop()

    def _note(self, progress: ExportProgress) -> None:
        """From the export's thread: the timer reads it."""
        self._progress = progress

    def _end(self, _request: EvidenceRequest) -> None:
        self._leave()
        self.done.emit()

    def _fail(self, error: ServiceError) -> None:
        self._leave()
        self.failed.emit(error)

    def _leave(self) -> None:
        self._look.stop()
        self._request, self._progress = "", None
        self.moved.emit()
