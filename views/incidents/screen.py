"""The incidents board 警情: waiting, at work, people, log; the chosen one beside them, commands below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock, SystemClock
from services.domain.incidents import Incident
from ui.no_site import NoSiteNote
from ui.theme import Size
from ui.waiting_orders import WaitingOrders
from views.incidents.ageing import Ageing, ageing_of
from views.incidents.cards import Card, CardList
from views.incidents.columns import Column
from views.incidents.command_line import KEY, CommandLine
from views.incidents.detail import IncidentDetail, order_line
from views.incidents.guard_lane import GuardLane, free_count
from views.incidents.log_lane import LogLane
from views.incidents.presenter import IncidentsPresenter

NEW_KEY = "Ctrl+N"
TICK_MS = 1000
_ROOMY_PX = 900


class IncidentsScreen(QWidget):
    """Usable as a whole seat: everything here lives without the watch screen."""

    def __init__(
        self,
        presenter: IncidentsPresenter,
        *,
        has_site: bool = True,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._clock: Clock = clock or SystemClock()
        self.note = NoSiteNote(self)
        self.note.setVisible(not has_site)
        self.waiting_orders = WaitingOrders(self)
        self.waiting = CardList(self._clock, self)
        self.running = CardList(self._clock, self)
        self.guards = GuardLane(self)
        self.log = LogLane(self)
        lanes: tuple[QListWidget, ...] = (self.waiting, self.running, self.guards, self.log)
        self._titles = {lane: QLabel(self) for lane in lanes}
        self.ended = QPushButton(self)
        self.ended.setCheckable(True)
        self.ended.setProperty("kind", "chip")
        self.new = QPushButton(self)
        self.commands = CommandLine(presenter, self)
        self.detail = IncidentDetail(presenter, clock=clock, parent=self)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show_cards)
        self._build()
        self._connect()
        self.show_present()

    def show_present(self) -> None:
        self._show_cards()
        self.guards.show_guards(self._presenter.board, self._presenter.site)
        self.log.show_log(self._presenter.board)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _build(self) -> None:
        for title in self._titles.values():
            title.setProperty("tone", "title")
        lanes = _LaneGrid([(title, lane) for lane, title in self._titles.items()], self)
        tools = QHBoxLayout()
        tools.setContentsMargins(10, 8, 4, 0)
        tools.setSpacing(Size.GAP_S)
        tools.addWidget(self.new)
        tools.addWidget(self.ended)
        tools.addStretch(1)
        board = QWidget(self)
        left = QVBoxLayout(board)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(tools)
        left.addWidget(self.waiting_orders)
        left.addWidget(lanes, 1)
        left.addWidget(self.commands)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(board)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([620, 480])
        split.setChildrenCollapsible(False)
        self.detail.setMinimumWidth(380)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.note)
        outer.addWidget(split, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        for lane in (self.waiting, self.running):
            lane.incident_chosen.connect(presenter.choose)
            lane.guard_dropped.connect(presenter.ask_guard)
        self.log.incident_chosen.connect(presenter.choose)
        self.guards.guard_activated.connect(self._ask_guard)
        self.ended.toggled.connect(self.show_present)
        self.new.clicked.connect(self.detail.begin_new)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(NEW_KEY), self, context=within).activated.connect(self.detail.begin_new)
        QShortcut(QKeySequence(KEY), self, context=within).activated.connect(self.commands.line.setFocus)

    def _second_lane(self) -> list[Incident]:
        found = self._presenter.columns
        if self.ended.isChecked():
            return found[Column.ENDED]
        return [*found[Column.RUNNING], *found[Column.CONTAINED]]

    def _cards(self, incidents: list[Incident]) -> list[Card]:
        return [self._card(incident) for incident in incidents]

    def _card(self, incident: Incident) -> Card:
        presenter = self._presenter
        orders = presenter.dispatches_of(incident.id)
        alarm = presenter.board.alarms.get(incident.alarm)
        priority = alarm.priority if alarm is not None else None
        ageing = ageing_of(incident, orders, presenter.site.limits, priority, self._clock.now())
        wanted = incident.backup_wanted
        note = self.tr("增援 {count}").format(count=wanted) if wanted else ""
        return Card(incident, order_line(orders), ageing, note)

    def _ask_guard(self, guard_no: str) -> None:
        """To the chosen incident."""
        chosen = self._presenter.chosen
        if chosen is not None and chosen.is_open:
            self._presenter.ask_guard(chosen.id, guard_no)

    def _show_cards(self) -> None:
        """Ages grow with time, and with them the count of what is overdue."""
        chosen = self._presenter.chosen
        chosen_id = chosen.id if chosen is not None else ""
        waiting = self._cards(self._presenter.columns[Column.WAITING])
        self.waiting.show_cards(waiting, chosen_id)
        self.running.show_cards(self._cards(self._second_lane()), chosen_id)
        self._retitle(overdue=sum(card.ageing is Ageing.OVERDUE for card in waiting))

    def _retitle(self, *, overdue: int) -> None:
        free = free_count(self._presenter.board.guards)
        second = self.tr("已办结") if self.ended.isChecked() else self.tr("处置中")
        names: dict[QListWidget, tuple[str, str]] = {
            self.waiting: (self.tr("待派"), str(self.waiting.count())),
            self.running: (second, str(self.running.count())),
            self.guards: (self.tr("人员"), self.tr("可派 {count}").format(count=free)),
            self.log: (self.tr("日志"), ""),
        }
        for lane, (name, count) in names.items():
            late = self.tr("超时 {count}").format(count=overdue) if lane is self.waiting and overdue else ""
            self._titles[lane].setText("  ".join(filter(None, (name, count, late))))
            lane.setAccessibleName(name)
        self.waiting.empty.say(self.tr("没有待派的警情"))
        is_ended = self.ended.isChecked()
        self.running.empty.say(self.tr("没有已办结的警情") if is_ended else self.tr("没有处置中的警情"))
        self.guards.setToolTip(self.tr("拖到警情卡片上，或按回车派往所选警情"))
        self.ended.setText(self.tr("看已办结"))
        self.new.setText(self.tr("新警情 {key}").format(key=NEW_KEY))


class _LaneGrid(QWidget):
    """Lanes side by side where there is room, else two above two."""

    def __init__(self, lanes: list[tuple[QLabel, QListWidget]], parent: QWidget) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 8, 4, 8)
        self._grid.setSpacing(8)
        self._arrange(len(lanes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(self._lanes) if event.size().width() >= _ROOMY_PX else 2)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, (label, listed) in enumerate(self._lanes):
            row, column = 2 * (number // across), number % across
            self._grid.addWidget(label, row, column)
            self._grid.addWidget(listed, row + 1, column)
        for index in range(4):
            self._grid.setColumnStretch(index, int(index < across))
            self._grid.setRowStretch(index, index % 2)
