"""The plans screen: the library, and in its place the editor or a file that is being read in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.plans import Plan, PlanText
from services.domain.site import Site
from ui.file_asking import ask_file_to_open
from ui.text import sentence
from views.plans.editor import PlanEditor
from views.plans.editor_presenter import EditorPresenter
from views.plans.import_page import ImportPage, ImportPresenter
from views.plans.list_panel import PlanList
from views.plans.presenter import PlansPresenter
from views.plans.reader import PlanReader


class PlansScreen(QWidget):
    """Signals: run_wanted(plan_id) and drill_wanted(plan_id), offered once `offer_runs` was called."""

    run_wanted = Signal(str)
    drill_wanted = Signal(str)

    def __init__(
        self,
        presenter: PlansPresenter,
        editing: EditorPresenter,
        importing: ImportPresenter,
        site: Site,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._editing = editing
        self._importing = importing
        self.pages = QStackedWidget(self)
        self.library = QSplitter(Qt.Orientation.Horizontal, self)
        self.list = PlanList(presenter, self)
        self.reader = PlanReader(presenter, self)
        self.editor = PlanEditor(editing, site, self)
        self.import_page = ImportPage(importing, self)
        self._build()
        self._connect()

    def offer_runs(self) -> None:
        self.reader.offer_runs()

    def use_site(self, site: Site) -> None:
        self.editor.use_site(site)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.refresh()

    def _build(self) -> None:
        self.library.addWidget(self.list)
        self.library.addWidget(self.reader)
        self.library.setStretchFactor(1, 1)
        self.library.setChildrenCollapsible(False)
        for page in (self.library, self.editor, self.import_page):
            self.pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

    def _connect(self) -> None:
        self.reader.run_wanted.connect(self.run_wanted)
        self.reader.drill_wanted.connect(self.drill_wanted)
        self.reader.edit_wanted.connect(self._edit)
        self.list.new_wanted.connect(self._begin)
        self.list.import_wanted.connect(self.ask_file)
        self._importing.read.connect(self._show_import)
        self._importing.refused.connect(self._refuse_file)
        self.import_page.left.connect(self._show_library)
        self.import_page.taken.connect(self._take_import)
        self.editor.left.connect(self._show_library)
        self.editor.saved.connect(self._on_saved)

    def _edit(self) -> None:
        plan = self._presenter.chosen
        if plan is not None:
            self._editing.open(plan)
            self._show_editor()

    def _begin(self) -> None:
        self._editing.begin(PlanText(self.tr("新预案")))
        self._show_editor()

    def ask_file(self) -> None:
        ask_file_to_open(self, self.tr("选择预案文件"), ("DOCX, XLSX (*.docx *.xlsx)",), self.read_file)

    def read_file(self, path: str) -> None:
        self.reader.say(self.tr("正在读取…"), "dim")
        self._importing.open(Path(path))

    def _refuse_file(self, error: ServiceError) -> None:
        self.reader.say(sentence(error), "bad")

    def _show_import(self) -> None:
        self.reader.say("", "ok")
        self.pages.setCurrentWidget(self.import_page)
        self.import_page.take.setFocus()

    def _take_import(self) -> None:
        found = self._importing.found
        if found is not None:
            self._editing.begin(found.text)
            self._show_editor()

    def _show_editor(self) -> None:
        self.pages.setCurrentWidget(self.editor)
        self.editor.tabs.setCurrentIndex(0)
        self.editor.head.name.setFocus()

    def _show_library(self) -> None:
        self.pages.setCurrentWidget(self.library)
        self._presenter.refresh()
        self.list.table.setFocus()

    def _on_saved(self, plan: Plan) -> None:
        self._presenter.choose(plan.id)
        self._presenter.refresh()
