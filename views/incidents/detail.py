"""One incident in full: facts, orders with their steps, timeline, and what may be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock, SystemClock
from services.domain.incidents import Dispatch, DispatchId, Feedback, Incident, IncidentState, TimelineEntry
from ui.linkage.record import LinkageRecord
from ui.progress import ProgressList
from ui.text.names import name_of
from ui.text.places import local
from ui.text.timeline import timeline_text
from ui.text.times import clock_time, date_time
from views.incidents.presenter import IncidentsPresenter


class IncidentDetail(QFrame):
    """Shows the presenter's chosen incident. One line of text serves note, contain and close."""

    def __init__(
        self, presenter: IncidentsPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "side")
        self._presenter = presenter
        self._clock: Clock = clock or SystemClock()
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self._facts = QLabel(self)
        self._facts.setProperty("tone", "dim")
        for label in (self._title, self._facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.orders = ProgressList(self)
        self._orders_title = QLabel(self)
        self._orders_title.setProperty("tone", "title")
        self._timeline_title = QLabel(self)
        self._timeline_title.setProperty("tone", "title")
        self.linkage = LinkageRecord(self)
        self.timeline = QListWidget(self)
        self.text = QLineEdit(self)
        self.text.setMaxLength(1000)
        self.note = QPushButton(self)
        self.contain = QPushButton(self)
        self.end = QPushButton(self)
        self.dispatch = QPushButton(self)
        self.plan = QPushButton(self)
        self._build()
        self._connect()
        self.show_present()

    def show_present(self) -> None:
        incident = self._presenter.chosen
        self._show_words(incident)
        self._enable(incident)
        self.orders.show_dispatches(self._presenter.dispatches)
        self.linkage.show_runs(self._presenter.runs)
        self._show_timeline(self._presenter.timeline)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _build(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.orders)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.timeline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.timeline.setWordWrap(True)
        self.timeline.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.timeline.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QHBoxLayout()
        for button in (self.note, self.contain, self.end):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.plan)
        buttons.addWidget(self.dispatch)
        self.dispatch.setProperty("kind", "primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.addWidget(self._title)
        box.addWidget(self._facts)
        box.addWidget(self._orders_title)
        box.addWidget(scroll, 2)
        box.addWidget(self.linkage)
        box.addWidget(self._timeline_title)
        box.addWidget(self.timeline, 3)
        box.addWidget(self.text)
        box.addLayout(buttons)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.accepted.connect(self._clear_text)
        self.note.clicked.connect(self._add_note)
        self.text.returnPressed.connect(self._add_note)
        self.contain.clicked.connect(self._contain)
        self.end.clicked.connect(self._close_incident)
        self.dispatch.clicked.connect(self._presenter.ask_dispatch)
        self.plan.clicked.connect(self._presenter.ask_plan)
        self.orders.advance_asked.connect(self._presenter.advance)
        self.orders.feedback_given.connect(self._give_feedback)

    def _add_note(self) -> None:
        self._presenter.add_note(self.text.text())

    def _contain(self) -> None:
        self._presenter.contain(self.text.text())

    def _close_incident(self) -> None:
        """A close without a result would say nothing to the one who reads it next year."""
        if self.text.text().strip():
            self._presenter.close_incident(self.text.text())
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.text.setPlaceholderText(self.tr("办结须写明结果"))

    def _clear_text(self, action: str) -> None:
        if action in ("note", "contain", "close"):
            self.text.clear()

    def _give_feedback(self, dispatch_id: str, result: str, counts: tuple[int, int, int]) -> None:
        session = self._presenter.session
        rescued, injured, caught = counts
        self._presenter.give_feedback(
            Feedback(
                dispatch=DispatchId(dispatch_id),
                at=self._clock.now(),
                by=session.user,
                by_name=session.display_name,
                result=result,
                rescued=rescued,
                injured=injured,
                caught=caught,
            )
        )

    def _show_words(self, incident: Incident | None) -> None:
        self.note.setText(self.tr("加备注"))
        self.contain.setText(self.tr("已控制"))
        self.end.setText(self.tr("办结"))
        self.dispatch.setText(self.tr("派警"))
        self.plan.setText(self.tr("预案"))
        self.text.setPlaceholderText(self.tr("备注、控制情况或办结结果"))
        self.text.setAccessibleName(self.tr("备注、控制情况或办结结果"))
        self.timeline.setAccessibleName(self.tr("时间线，最新在前"))
        self._orders_title.setText(self.tr("派警单"))
        self._timeline_title.setText(self.tr("时间线"))
        if incident is None:
            self._title.setText(self.tr("没有警情"))
            self._facts.setText(self.tr("派警后会自动立警情，并出现在左侧。"))
            return
        self._title.setText(f"{incident.incident_no}  {local(incident.title)}")
        self._facts.setText(
            self.tr("{state} · {place} · 接报 {received} · 负责人 {owner}").format(
                state=name_of(incident.state),
                place=local(incident.place) or "–",
                received=date_time(incident.received_at),
                owner=incident.owner_name or "–",
            )
        )

    def _enable(self, incident: Incident | None) -> None:
        is_open = incident is not None and incident.is_open
        is_contained = incident is not None and incident.state in (
            IncidentState.CONTAINED,
            IncidentState.REVIEW,
        )
        self.note.setEnabled(is_open)
        self.contain.setEnabled(is_open and not is_contained)
        self.end.setEnabled(is_open)
        self.dispatch.setEnabled(is_open)
        self.plan.setEnabled(incident is not None and (is_open or bool(incident.plan_run)))
        self.text.setEnabled(is_open)

    def _show_timeline(self, entries: Sequence[TimelineEntry]) -> None:
        while self.timeline.count() > len(entries):
            self.timeline.takeItem(self.timeline.count() - 1)
        while self.timeline.count() < len(entries):
            self.timeline.addItem(QListWidgetItem())
        for row, entry in enumerate(entries):
            said = f"{clock_time(entry.at)}  {entry.actor_name or '–'}  {timeline_text(entry)}"
            item = self.timeline.item(row)
            if item.text() != said:
                item.setText(said)


def order_line(dispatches: Sequence[Dispatch]) -> str:
    """Who is on it and how far, for a card."""
    return "  ".join(f"{local(dispatch.guard_name)} {name_of(dispatch.state)}" for dispatch in dispatches)
