"""Recordings taken away at one seat: the screen's presenter, the thread that copies, the papers with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from threading import Event

import structlog
from PySide6.QtCore import QObject, QTimer

from app.papers import list_pdf, save_paper
from app.seat_services import SeatServices
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.documents import Document
from services.domain.evidence import EvidenceRequest
from services.domain.people import Session
from services.evidence.checking import PackageCheck
from services.evidence.exporting import Bench, Exporter, ExportOrder, ExportProgress
from services.evidence.keys import SigningKeys
from services.review.desk import ReviewDesk
from services.storage import Database
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.printing import pdf_of
from ui.text.places import local_name
from views.evidence.mask_presenter import MaskPresenter
from views.evidence.papers import request_paper
from views.evidence.presenter import EvidencePresenter
from views.review.document import review_document

EXPORTS_FOLDER = "exports"
STOP_LIMIT_S = 10.0
SETTLE_EVERY_MS = 60_000

log = structlog.get_logger(__name__)


class SeatEvidence(QObject):
    """presenter: of the screen; drawing: of what is masked in copies."""

    def __init__(self, services: SeatServices, live: LiveBoard, jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        # A thread of its own: a copy of many hours must keep nobody's command waiting.
        self._thread = Jobs("evidence", threads=1)
        self._slow_jobs = UiJobs(self._thread, self)
        self._slow_jobs.crashed.connect(jobs.crashed)
        self.folder = services.data_dir / EXPORTS_FOLDER
        bench = Bench(
            locate=services.recordings.locate,
            make_key=SigningKeys(services.secrets, services.data_dir, services.clock).current,
            software=_software(),
            make_paper=list_pdf,
            tapes=services.recorders.tape,
        )
        self._exporter = Exporter(services.database, services.clock, bench)
        settle = partial(self._exporter.settle, services.session.workstation, self.folder)
        self._settling = Settling(settle, self._slow_jobs, self)
        papers = Papers(services)
        self.presenter = EvidencePresenter(
            live=live,
            site=services.site,
            commands=services.evidence,
            exports=ExportsWithPapers(self._exporter, papers),
            check=PackageCheck(services.database, services.clock).check,
            session=services.session,
            jobs=jobs,
            slow_jobs=self._slow_jobs,
            clock=services.clock,
            save=save_paper,
            parent=self,
        )
        self.drawing = MaskPresenter(services.recordings, services.session, jobs, self)

    def start(self) -> None:
        """What exports of a seat that died left is ended, now or when the record is back; what still runs is
        let be."""
        self._settling.start()

    def stop(self) -> None:
        """An export that runs is given up; nothing half-made is left."""
        self._settling.stop()
        self.presenter.stop()
        self._slow_jobs.close()
        self._thread.stop(STOP_LIMIT_S)


class Settling(QObject):
    """`settle` at the start and each minute, one at a time: while a copy of many hours has the thread, each
    minute would add one more."""

    def __init__(self, settle: Callable[[], object], jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._settle = settle
        self._jobs = jobs
        self._is_asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(SETTLE_EVERY_MS)
        self._timer.timeout.connect(self.ask)

    def start(self) -> None:
        self.ask()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def ask(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self._jobs.run(self._settle, self._end, self._wait_for_record, self._end)

    def _end(self, _outcome: object) -> None:
        self._is_asked = False

    def _wait_for_record(self, error: ServiceError) -> None:
        """Nobody asked for it: it is tried again with the next tick."""
        self._is_asked = False
        log.info("evidence.not_settled", code=error.code)


class Papers:
    """What goes into a package beside the recordings; in the language of the moment. Blocks."""

    def __init__(self, services: SeatServices) -> None:
        self._site = services.present_site
        self._clock: Clock = services.clock
        self._database: Database = services.database
        self._reviews: ReviewDesk = services.reviews

    def of(self, session: Session, request: EvidenceRequest) -> dict[str, bytes]:
        """The approved request, and of an incident its review as it stands, by file name."""
        issuer = local_name(self._site())
        papers = {"request.pdf": request_paper(request, self._site(), issuer, self._clock.now())}
        review = self._review_of(session, request, issuer)
        if review is not None:
            papers["incident.pdf"] = review
        return {name: pdf_of(paper) for name, paper in papers.items()}

    def _review_of(self, session: Session, request: EvidenceRequest, issuer: str) -> Document | None:
        """None while the incident goes on: nobody has told it yet."""
        if not request.incident:
            return None
        review = self._database.read(lambda view: view.reviews.last_of(request.incident))
        if review is None:
            return None
        return review_document(self._reviews.story(session, review.id), issuer, self._clock.now())


class ExportsWithPapers:
    """Exports in a job's thread, the papers of the request with it."""

    def __init__(self, exporter: Exporter, papers: Papers) -> None:
        self._exporter = exporter
        self._papers = papers

    def export(
        self,
        session: Session,
        request: EvidenceRequest,
        order: ExportOrder,
        tell: Callable[[ExportProgress], None],
        stop: Event,
    ) -> EvidenceRequest:
        order = replace(order, attached=self._papers.of(session, request))
        return self._exporter.export(session, request, order, tell, stop)


def _software() -> str:
    """A packaged build carries no metadata."""
    try:
        return f"Shouwang {version('shouwang')}"
    except PackageNotFoundError:
        return "Shouwang"
