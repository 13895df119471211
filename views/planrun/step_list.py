"""All steps of a run with their state, to look at any of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from services.domain.plan_runs import PlanRun, StepState
from ui.text.times import clock_time
from ui.theme import tokens
from views.planrun.presenter import PlanRunPresenter
from views.planrun.words import MARKS, order_words, result_words, said_words, step_title


class StepList(QListWidget):
    """Signals: step_chosen(place)."""

    step_chosen = Signal(int)

    def __init__(self, presenter: PlanRunPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        presenter.changed.connect(self.show_present)
        self.show_present()

    def show_present(self) -> None:
        run = self._presenter.run
        places = self._places(run) if run is not None else []
        while self.count() > len(places):
            self.takeItem(self.count() - 1)
        while self.count() < len(places):
            self.addItem(QListWidgetItem())
        for row, at in enumerate(places):
            assert run is not None
            item, text = self.item(row), self._line(run, at)
            if item.text() != text:
                item.setText(text)
            item.setForeground(QBrush(QColor(self._ink(run, at))))
            item.setSelected(at == self._presenter.at)
        self._shown = places
        self.setAccessibleName(self.tr("预案的各个步骤"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _places(self, run: PlanRun) -> list[int]:
        """What was taken in the order it began, then what may still come."""
        taken = [at for at, one in enumerate(run.steps) if one.began_at is not None]
        taken.sort(key=lambda at: (run.steps[at].began_at, at))
        return taken + [at for at, one in enumerate(run.steps) if one.began_at is None]

    def _line(self, run: PlanRun, at: int) -> str:
        one, step = run.steps[at], run.step_at(at)
        late = self.tr("超时") if one.is_late else ""
        orders = order_words(self._presenter.dispatches_of(one))
        when = clock_time(one.ended_at) if one.ended_at else ""
        said = "" if one.state is StepState.ACTIVE else said_words(run, at)
        more = " · ".join(
            filter(None, (when, late, said, orders, result_words(one), one.reason, one.by_name))
        )
        head = f"{MARKS[one.state]} {step_title(step)}"
        return f"{head}\n    {more}" if more else head

    def _ink(self, run: PlanRun, at: int) -> str:
        one, theme = run.steps[at], tokens()
        if one.state is StepState.FAILED or one.is_late:
            return theme.bad
        if one.state is StepState.SKIPPED:
            return theme.warn
        return theme.text_dim if one.state in (StepState.PENDING, StepState.DONE) else theme.text

    def _choose(self, item: QListWidgetItem) -> None:
        self.step_chosen.emit(self._shown[self.row(item)])
