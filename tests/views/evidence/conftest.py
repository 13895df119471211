"""The screen of requests at two seats of one record, with real recordings on a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.papers import save_paper
from services.core.clock import ManualClock
from services.core.jobs import Jobs
from services.domain.people import Session
from services.evidence.checking import PackageCheck
from services.evidence.desk import EvidenceDesk
from services.evidence.exporting import Bench, Exporter
from services.evidence.signing import SigningKey
from services.playback.desk import PlaybackDesk
from services.storage import Database
from tests.campus import read_demo_site
from tests.services.evidence.conftest import clock, database, desk
from tests.services.evidence.sealed.conftest import AT, SEED, Record, disk, record
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from views.evidence.mask_presenter import MaskPresenter
from views.evidence.presenter import EvidencePresenter
from views.evidence.screen import EvidenceScreen

__all__ = ["clock", "database", "desk", "disk", "record"]
ISSUER = "示范学院保卫处"


@dataclass
class Place:
    """One person's screen."""

    presenter: EvidencePresenter
    drawing: MaskPresenter
    screen: EvidenceScreen
    jobs: UiJobs
    slow_jobs: UiJobs
    pools: tuple[Jobs, Jobs]

    @property
    def is_idle(self) -> bool:
        return self.jobs.is_idle and self.slow_jobs.is_idle

    def close(self) -> None:
        self.presenter.stop()
        self.screen.close()
        self.screen.deleteLater()
        self.jobs.close()
        self.slow_jobs.close()
        for pool in self.pools:
            pool.stop()


@pytest.fixture
def recorded(database: Database, record: Record) -> None:
    """C01 and C02 for eight seconds from AT."""
    pieces = [record(4, AT + timedelta(seconds=more), camera=no) for no in ("C01", "C02") for more in (0, 4)]
    database.write(lambda tx: tx.segments.add_all(pieces))


@pytest.fixture
def open_place(
    qapp: QApplication,
    database: Database,
    clock: ManualClock,
    desk: EvidenceDesk,
    disk: Path,
    tmp_path: Path,
    wait_until: Callable[..., object],
) -> Iterator[Callable[[Session], Place]]:
    """`open_place(session)`: their screen, shown."""
    places: list[Place] = []
    bench = Bench(lambda segment: disk / segment.path, lambda: SigningKey(SEED), "Shouwang 0.1.0")

    def build(session: Session) -> Place:
        pools = Jobs("evidence-test", 2), Jobs("evidence-slow", 1)
        jobs, slow_jobs = UiJobs(pools[0]), UiJobs(pools[1])
        presenter = EvidencePresenter(
            live=LiveBoard(database.read(lambda view: view.board())),
            site=read_demo_site(),
            commands=desk,
            exports=Exporter(database, clock, bench),
            check=PackageCheck(database, clock).check,
            session=session,
            jobs=jobs,
            slow_jobs=slow_jobs,
            clock=clock,
            save=save_paper,
        )
        drawing = MaskPresenter(PlaybackDesk(database, clock, [disk]), session, jobs)
        screen = EvidenceScreen(presenter, drawing, tmp_path / "exports", ISSUER)
        place = Place(presenter, drawing, screen, jobs, slow_jobs, pools)
        places.append(place)
        screen.resize(1180, 660)
        screen.show()
        wait_until(lambda: place.is_idle)
        return place

    yield build
    for place in places:
        place.close()
    speak("zh")
    qapp.processEvents()
