"""The library screen over a real record with the sample plans in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.papers import save_paper
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.people import Role, Session
from services.plans.drafts import PlanDrafts
from services.plans.editing import PlanDesk
from services.plans.importing_files import read_plan
from services.plans.library import PlanLibrary
from services.plans.samples import sample_plans
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_sqlite
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from views.plans.editor_presenter import EditorPresenter
from views.plans.import_page import ImportPresenter
from views.plans.presenter import PlansPresenter
from views.plans.screen import PlansScreen

START_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
CHEN = Session("chen", "陈处长", Role.SUPERVISOR, "SEAT-1")
LIN = Session("lin", "林科长", Role.SUPERVISOR, "SEAT-2")
WANG = Session("wang", "王值班", Role.OPERATOR, "SEAT-3")
LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "SEAT-4")
Wait = Callable[..., object]


class Office:
    """One seat on the plans screen; `as_` opens it for somebody else."""

    def __init__(self, folder: Path) -> None:
        url = new_sqlite(folder / "plans.db")
        self.folder = folder
        self.site = read_demo_site()
        self.clock = ManualClock(START_AT)
        self.database = Database(url, self.clock)
        self.database.open()
        self.desk = PlanDesk(self.database, self.clock)
        self.library = PlanLibrary(self.database)
        self.pool = Jobs("plans-screen")
        self.jobs = UiJobs(self.pool)
        self.screens: list[PlansScreen] = []
        self.refused: list[ServiceError] = []

    def as_(self, session: Session) -> PlansScreen:
        live = LiveBoard(self.database.read(lambda view: view.board()))
        presenter = PlansPresenter(
            live=live,
            library=self.library,
            commands=self.desk,
            samples=sample_plans,
            save=save_paper,
            session=session,
            jobs=self.jobs,
            clock=self.clock,
        )
        presenter.refused.connect(self.refused.append)
        editing = EditorPresenter(
            library=self.library,
            commands=self.desk,
            drafts=PlanDrafts(self.folder / session.workstation),
            session=session,
            jobs=self.jobs,
        )
        editing.refused.connect(self.refused.append)
        importing = ImportPresenter(read_plan, self.jobs)
        screen = PlansScreen(presenter, editing, importing, self.site)
        editing.setParent(screen)
        importing.setParent(screen)
        live.setParent(screen)
        presenter.setParent(screen)
        screen.resize(1366, 768)
        screen.show()
        self.screens.append(screen)
        return screen

    def close(self) -> None:
        for screen in self.screens:
            screen.close()
            screen.deleteLater()
        self.jobs.close()
        self.pool.stop()
        self.database.close()
        QApplication.processEvents()


@pytest.fixture
def empty_office(qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    qapp.processEvents()
    made = Office(tmp_path)
    yield made
    made.close()
    speak("zh")


@pytest.fixture
def office(empty_office: Office) -> Office:
    empty_office.desk.take_samples(CHEN, sample_plans(), in_force=True)
    return empty_office
