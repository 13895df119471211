"""One incident in full, and what may be done with it: an overview, and in its place the form of one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.core.ids import new_id
from services.dispatch.sheet import IncidentSheet, sheet_of
from services.domain.calls import Call, CallKind
from services.domain.incidents import Dispatch, Incident, IncidentState, TimelineEntry
from services.domain.notices import Notice
from ui.file_asking import PAPER_KINDS, ask_file_to_save
from ui.jobs import Answered
from ui.linkage.record import LinkageRecord
from ui.menu_button import BETWEEN, MenuButton, MenuLine
from ui.progress import ProgressList
from ui.queue.notices import notice_line
from ui.text.names import name_of
from ui.text.places import local
from ui.text.timeline import timeline_text
from ui.text.times import clock_time
from ui.text.titles import incident_title
from views.incidents.act_form import ActForm
from views.incidents.acts import Act, Filled, acts_of
from views.incidents.call_card import CallCard
from views.incidents.facts import act_names, fact_lines, other_incidents, parts_of, units_of
from views.incidents.police_paper import police_paper
from views.incidents.presenter import IncidentsPresenter
from views.incidents.sheet_form import SheetForm

_CARDS = {
    Act.POLICE: CallKind.POLICE,
    Act.FIRE_BRIGADE: CallKind.FIRE_BRIGADE,
    Act.AMBULANCE: CallKind.AMBULANCE,
    Act.CALL: CallKind.OTHER,
}
_AT_HAND = (Act.EDIT, Act.POLICE, Act.FIRE_BRIGADE, Act.AMBULANCE, Act.BACKUP)
_FURTHER = (
    *(Act.UNIT, Act.CALL, None, Act.LINK, Act.MERGE, Act.SPLIT, None),
    *(Act.DISMISS, Act.TRANSFER, Act.REOPEN, None, Act.POLICE_REF, Act.PRINT, None),
    *(Act.REVIEW, Act.PLAYBACK, Act.EVIDENCE),
)
# The form of a feedback may be higher; it is scrolled.
_ORDER_MOST_PX = 160


class IncidentDetail(QFrame):
    """Shows the presenter's chosen incident, and holds it while it is seen.

    One line of text serves note, contain and close; what is typed stays with its incident.
    """

    def __init__(
        self, presenter: IncidentsPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "side")
        self._presenter = presenter
        self._of = ""
        # By incident.
        self._typed: dict[str, str] = {}
        # Commands given with the line of text, by number: of which incident, and the words.
        self._words_sent: dict[int, tuple[str, str]] = {}
        self._form_of = ""
        self._is_new = False
        # Commands that the form in front gave, by number: what it said then.
        self._form_sent: dict[int, object] = {}
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self._facts = QLabel(self)
        self._facts.setProperty("tone", "dim")
        for label in (self._title, self._facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = {act: QPushButton(self) for act in _AT_HAND}
        self.more = MenuButton(self)
        self.pages = QStackedWidget(self)
        self._overview = QWidget(self)
        self.sheet = SheetForm(self)
        self.card = CallCard(presenter.site, presenter.session, clock=clock, parent=self)
        self.form = ActForm(self)
        self.orders = ProgressList(self)
        self._orders_room = QScrollArea(self)
        self._orders_title = QLabel(self)
        self._orders_title.setProperty("tone", "title")
        self._timeline_title = QLabel(self)
        self._timeline_title.setProperty("tone", "title")
        self.linkage = LinkageRecord(self)
        # Many rules ran for some alarms; the orders and the time line beside them stay readable.
        self._linkage_room = QScrollArea(self)
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
        if self.isVisible():
            self._presenter.hold()
        incident = self._presenter.chosen
        if (incident.id if incident else "") != self._of:
            self._turn_to(incident.id if incident else "")
        self._show_words(incident)
        self._enable(incident)
        self.orders.show_dispatches(self._presenter.dispatches)
        frame_px = 2 * self._orders_room.frameWidth()
        self._orders_room.setMinimumHeight(min(self.orders.first_px() + frame_px, _ORDER_MOST_PX))
        self.linkage.show_runs(self._presenter.runs)
        self._linkage_room.setVisible(bool(self._presenter.runs))
        self._show_timeline(self._presenter.timeline, self._presenter.notices)

    def begin(self, act: Act) -> None:
        """Open the form of an act on the chosen incident, if it is allowed now."""
        incident = self._presenter.chosen
        if incident is None or act not in acts_of(incident, self._presenter.session.role):
            return
        if act is Act.PRINT:
            self._ask_file(incident)
        elif act is Act.REVIEW:
            self._presenter.ask_review()
        elif act is Act.EVIDENCE:
            self._presenter.ask_evidence()
        elif act is Act.PLAYBACK:
            self._presenter.ask_playback()
        else:
            self._begin_form(incident.id)
            self._open_form(act, incident)

    def begin_new(self) -> None:
        """The form of an incident that came without an alarm."""
        # One id as long as the form is there: asking again after a time-out enters it once.
        self._begin_form(new_id(), is_new=True)
        self.pages.setCurrentWidget(self.sheet)
        self.sheet.show_sheet(IncidentSheet("", "other", ""))

    def leave_form(self) -> bool:
        """Back to the overview; False when it is shown already."""
        self._begin_form("")
        if self.pages.currentWidget() is self._overview:
            return False
        self.pages.setCurrentWidget(self._overview)
        return True

    def print_to(self, incident_id: str, path: str) -> None:
        write = partial(police_paper, site=self._presenter.site)
        self._presenter.save_paper(incident_id, Path(path), write)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.hold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _build(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(4)
        for button in self.buttons.values():
            button.setProperty("kind", "chip")
            acts.addWidget(button)
        acts.addWidget(self.more)
        acts.addStretch(1)
        self._build_overview()
        for page in (self._overview, self.sheet, self.card, self.form):
            self.pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.addWidget(self._title)
        box.addWidget(self._facts)
        box.addLayout(acts)
        box.addWidget(self.pages, 1)

    def _build_overview(self) -> None:
        self._orders_room.setWidgetResizable(True)
        self._orders_room.setWidget(self.orders)
        self._orders_room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._linkage_room.setWidgetResizable(True)
        self._linkage_room.setWidget(self.linkage)
        for room, inside in ((self._orders_room, self.orders), (self._linkage_room, self.linkage)):
            # On the ground of this column, not of the window.
            room.viewport().setAutoFillBackground(False)
            inside.setAutoFillBackground(False)
        self._linkage_room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.timeline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.timeline.setWordWrap(True)
        self.timeline.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.timeline.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.note, self.contain, self.end):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.plan)
        buttons.addWidget(self.dispatch)
        self.dispatch.setProperty("kind", "primary")
        box = QVBoxLayout(self._overview)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._orders_title)
        box.addWidget(self._orders_room, 2)
        box.addWidget(self._linkage_room, 2)
        box.addWidget(self._timeline_title)
        box.addWidget(self.timeline, 3)
        box.addWidget(self.text)
        box.addLayout(buttons)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.answered.connect(self._on_answered)
        self.text.textChanged.connect(self._keep_words)
        self.note.clicked.connect(self._add_note)
        self.text.returnPressed.connect(self._add_note)
        self.contain.clicked.connect(self._contain)
        self.end.clicked.connect(self._close_incident)
        self.dispatch.clicked.connect(presenter.ask_dispatch)
        self.plan.clicked.connect(presenter.ask_plan)
        self.orders.advance_asked.connect(presenter.advance)
        self.orders.feedback_given.connect(presenter.give_feedback)
        self.orders.return_asked.connect(presenter.return_order)
        self.orders.cancel_asked.connect(presenter.cancel)
        self.orders.send_again_asked.connect(presenter.send_again)
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self.begin, act))
        self.more.chosen.connect(self._begin_named)
        self.sheet.saved.connect(self._save_sheet)
        self.card.logged.connect(self._log_call)
        self.form.done.connect(self._act)
        for page in (self.sheet, self.card, self.form):
            page.left.connect(self.leave_form)

    def _open_form(self, act: Act, incident: Incident) -> None:
        if act is Act.EDIT:
            self.pages.setCurrentWidget(self.sheet)
            self.sheet.show_sheet(sheet_of(incident))
        elif act in _CARDS:
            self.pages.setCurrentWidget(self.card)
            self.card.use_site(self._presenter.site)
            self.card.open(_CARDS[act], incident)
        else:
            board = self._presenter.board
            self.pages.setCurrentWidget(self.form)
            is_unit = act is Act.UNIT
            others = units_of(board, self._presenter.site) if is_unit else other_incidents(board, incident)
            self.form.open(act, others=others, parts=parts_of(board, incident))

    def _save_sheet(self, before: IncidentSheet, after: IncidentSheet, why_lower: str) -> None:
        of, presenter = self._form_of, self._presenter
        given = (
            presenter.open_incident(of, after)
            if self._is_new
            else presenter.save_sheet(of, before, after, why_lower)
        )
        self._form_sent[given] = self._filled()

    def _log_call(self, call: Call) -> None:
        self._form_sent[self._presenter.log_call(call)] = self._filled()

    def _act(self, filled: Filled) -> None:
        self._form_sent[self._presenter.act(self._form_of, filled)] = self._filled()

    def _begin_named(self, name: str) -> None:
        self.begin(Act(name))

    def _turn_to(self, incident_id: str) -> None:
        """Another incident is shown: what was being filled in belonged to the one before."""
        self._of = incident_id
        self.text.setText(self._typed.get(incident_id, ""))
        if incident_id != self._form_of and not self._is_new:
            self.leave_form()

    def _begin_form(self, of: str, *, is_new: bool = False) -> None:
        """Of which incident the form is from now on; what an earlier one sent does not close it."""
        self._form_of, self._is_new = of, is_new
        self._form_sent.clear()
        self._show_head(self._presenter.chosen)

    def _filled(self) -> object:
        """What the form in front says; nothing of a call, which is logged once, whatever is typed later."""
        page = self.pages.currentWidget()
        if page is self.sheet:
            return self.sheet.sheet(), self.sheet.why_lower.text()
        return self.form.filled() if page is self.form else None

    def _keep_words(self, words: str) -> None:
        self._typed[self._of] = words

    def _add_note(self) -> None:
        if self.note.isEnabled():
            self._send_words(self._presenter.add_note)

    def _contain(self) -> None:
        self._send_words(self._presenter.contain)

    def _send_words(self, give: Callable[[str, str], int]) -> None:
        words = self.text.text()
        self._words_sent[give(self._of, words)] = self._of, words

    def _close_incident(self) -> None:
        """A close without a result would say nothing to the one who reads it next year."""
        if self.text.text().strip():
            self._send_words(self._presenter.close_incident)
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.text.setPlaceholderText(self.tr("办结须写明结果"))

    def _on_answered(self, answer: Answered[int]) -> None:
        sent = self._words_sent.pop(answer.of, None)
        if answer.error is not None:
            return
        if sent is not None:
            self._forget_words(*sent)
        if answer.of in self._form_sent:
            self._end_form(self._form_sent[answer.of], answer.result)

    def _forget_words(self, incident_id: str, words: str) -> None:
        """Unless others were typed meanwhile."""
        if self._typed.get(incident_id) == words:
            del self._typed[incident_id]
            if incident_id == self._of:
                self.text.clear()
                self.text.setEnabled(self.note.isEnabled())

    def _end_form(self, filled: object, result: object) -> None:
        """What was typed since it was sent is still to be sent."""
        if self._filled() == filled:
            self.leave_form()
        elif self.pages.currentWidget() is self.sheet and isinstance(result, Incident):
            self._begin_form(result.id)
            self.sheet.go_on_from(sheet_of(result))

    def _ask_file(self, incident: Incident) -> None:
        """Where to; the window beside it goes on."""
        ask_file_to_save(
            self,
            self.tr("保存 110 移交单"),
            PAPER_KINDS,
            f"{incident.incident_no}-110.pdf",
            partial(self.print_to, incident.id),
        )

    def _show_words(self, incident: Incident | None) -> None:
        names = act_names()
        for act, button in self.buttons.items():
            button.setText(names[act])
        self.more.setText(self.tr("更多"))
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
        self._show_head(incident)

    def _show_head(self, incident: Incident | None) -> None:
        """What stands above overview or form: a new incident's form is not one of the incident in front."""
        if self._is_new:
            self._title.setText(self.tr("新警情"))
            self._facts.setText(self.tr("没有报警的警情：填好并保存后出现在左侧。"))
            return
        if incident is None:
            self._title.setText(self.tr("没有警情"))
            self._facts.setText(self.tr("派警后会自动立警情，并出现在左侧。"))
            return
        self._title.setText(f"{incident.incident_no}  {incident_title(incident)}")
        self._facts.setText("\n".join(fact_lines(incident, self._presenter.board.incidents)))

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
        # Ended by somebody else meanwhile: what was typed can still be read and copied.
        self.text.setReadOnly(not is_open)
        self.text.setEnabled(is_open or bool(self.text.text()))
        allowed = acts_of(incident, self._presenter.session.role)
        for act, button in self.buttons.items():
            button.setEnabled(act in allowed)
        names = act_names()
        further = [act for act in _FURTHER if act is None or act in allowed]
        lines = [BETWEEN if act is None else MenuLine(act.value, names[act]) for act in further]
        self.more.show_lines(_without_empty_groups(lines))
        self.more.setEnabled(any(line.id for line in lines))

    def _show_timeline(self, entries: Sequence[TimelineEntry], notices: Sequence[Notice]) -> None:
        """What was done and who was told, newest first."""
        lines = [
            (entry.at, f"{clock_time(entry.at)}  {local(entry.actor_name) or '–'}  {timeline_text(entry)}")
            for entry in entries
        ]
        lines += [(notice.at, self._told(notice)) for notice in notices]
        # Of the same moment the entries keep their order.
        lines.sort(key=lambda line: line[0], reverse=True)
        while self.timeline.count() > len(lines):
            self.timeline.takeItem(self.timeline.count() - 1)
        while self.timeline.count() < len(lines):
            self.timeline.addItem(QListWidgetItem())
        for row, (_, said) in enumerate(lines):
            item = self.timeline.item(row)
            if item.text() != said:
                item.setText(said)

    def _told(self, notice: Notice) -> str:
        return self.tr("{event_no} 升级：{told}").format(event_no=notice.event_no, told=notice_line(notice))


def _without_empty_groups(lines: list[MenuLine]) -> list[MenuLine]:
    kept: list[MenuLine] = []
    for line in lines:
        if line.id or (kept and kept[-1].id):
            kept.append(line)
    while kept and not kept[-1].id:
        kept.pop()
    return kept


def order_line(dispatches: Sequence[Dispatch]) -> str:
    """Who is on it and how far, for a card."""
    return "  ".join(f"{local(dispatch.guard_name)} {name_of(dispatch.state)}" for dispatch in dispatches)
