"""The plans screen: the library, and in its place the editor or a file that is being read in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from views.plans.list_panel import PlanList
from views.plans.presenter import PlansPresenter
from views.plans.reader import PlanReader


class PlansScreen(QWidget):
    """Signals: run_wanted(plan_id) and drill_wanted(plan_id), offered once `offer_runs` was called."""

    run_wanted = Signal(str)
    drill_wanted = Signal(str)

    def __init__(self, presenter: PlansPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.list = PlanList(presenter, self)
        self.reader = PlanReader(presenter, self)
        self._build()
        self.reader.run_wanted.connect(self.run_wanted)
        self.reader.drill_wanted.connect(self.drill_wanted)

    def offer_runs(self) -> None:
        self.reader.offer_runs()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.refresh()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(self.reader)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
