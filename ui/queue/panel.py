"""The queue as operators use it: tabs, cards, counters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QTabBar, QVBoxLayout, QWidget

from services.core.clock import Clock, SystemClock
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from services.domain.clocks import Clocks
from services.domain.floods import AlarmGroup
from ui.plain_key import UnsearchedLines
from ui.queue.chips import QueueChips
from ui.queue.delegate import CARD_PX, CardDelegate
from ui.queue.lists import Row, Tab, of_tab, only, rows_of
from ui.queue.model import QueueModel
from ui.queue.turns import TurnStrip
from ui.theme import Size

TICK_MS = 1000
# Longer than a paint takes, so that only what the list has no room for is shown in turn.
SETTLE_MS = 300
# While more wait than one turn holds, turns are so short: a flood must not outrun the strip for ever.
HURRIED_MS = 75
LEAST_CARDS = 2
WAITING, MINE, ALL, SHELVED = Tab


class _CardView(UnsearchedLines, QListView):
    """Tells cursor moves by key apart from those Qt makes when rows come and go."""

    row_keyed = Signal(QModelIndex)
    row_entered = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_entered.emit(self.currentIndex())
        was = self.currentIndex().row()
        super().keyPressEvent(event)
        if self.currentIndex().isValid() and self.currentIndex().row() != was:
            self.row_keyed.emit(self.currentIndex())


class QueuePanel(QWidget):
    """Signals: alarm_picked(alarm_id) when a person chose a card; alarm_opened(alarm_id) on double click
    or Enter; card_painted(alarm_id, monotonic s) once per alarm.
    """

    alarm_picked = Signal(str)
    alarm_opened = Signal(str)
    card_painted = Signal(str, float)

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._alarms: list[Alarm] = []
        self._user = ""
        self._highlighted = ""
        self._opened: set[str] = set()
        self._clock: Clock = clock or SystemClock()
        self._tabs = QTabBar(self)
        self.chips = QueueChips(self)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._model = QueueModel(self)
        self._view = _CardView(self)
        self._delegate = CardDelegate(self, clock=clock)
        self.turns = TurnStrip(self._delegate.is_told, self, clock=clock)
        self._empty = QLabel(self)
        self._empty.setProperty("tone", "dim")
        self._empty.setWordWrap(True)
        self._empty.setMargin(Size.GAP_M)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._build()
        self._retranslate()

    def set_user(self, user: str) -> None:
        """Whose alarms the tab 我的 shows."""
        self._user = user
        self._refresh()

    def use_limits(self, limits: Mapping[Priority, Clocks]) -> None:
        """The site's response limits, by which ages change their colour."""
        self._delegate.use_limits(limits)
        self._view.viewport().update()

    def set_alarms(self, alarms: Sequence[Alarm]) -> None:
        """All open alarms in the queue's order."""
        self._alarms = list(alarms)
        self._delegate.forget_all_but({alarm.id for alarm in alarms})
        self._refresh()
        if not self._settling.isActive():
            # Not those alone that a turn leaves over: what comes while one is shown would wait for the clock.
            if len(self.turns.unseen_of(alarms)) > self.turns.room:
                self._settling.start(HURRIED_MS)
            elif not self.turns.rows:
                self._settling.start(SETTLE_MS)

    def highlight(self, alarm_id: str) -> None:
        """Show which alarm the keys act on; does not emit."""
        if alarm_id == self._highlighted:
            return
        self._highlighted = alarm_id
        self._select_row()

    @property
    def view(self) -> QListView:
        return self._view

    def show_tab(self, tab: int) -> None:
        self._tabs.setCurrentIndex(tab)

    def shown_ids(self) -> list[str]:
        """The rows of the present tab, from the top."""
        return [self._model.row(row).id for row in range(self._model.rowCount())]

    def reachable_ids(self) -> list[str]:
        """Every alarm of the present tab, those of closed groups too."""
        rows = [self._model.row(row) for row in range(self._model.rowCount())]
        found = [a.id for row in rows for a in (row.alarms if isinstance(row, AlarmGroup) else (row,))]
        return list(dict.fromkeys(found))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._settling.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for _ in Tab:
            self._tabs.addTab("")
        self._view.setModel(self._model)
        self._view.setItemDelegate(self._delegate)
        self._view.setUniformItemSizes(True)
        self._view.setMinimumHeight(LEAST_CARDS * CARD_PX)
        self._view.setMouseTracking(True)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._tabs)
        box.addWidget(self.chips)
        box.addWidget(self._empty)
        box.addWidget(self._view, 1)
        box.addWidget(self.turns)
        self._tabs.currentChanged.connect(self._refresh)
        self._view.clicked.connect(self._click)
        self._view.row_entered.connect(self._enter)
        self._view.row_keyed.connect(self._pick)
        self._view.activated.connect(self._open)
        self._delegate.card_painted.connect(self.card_painted)
        self.chips.changed.connect(self._refresh)
        self.turns.row_painted.connect(self._delegate.tell)
        self.turns.alarm_picked.connect(self.alarm_picked)
        self._settling.timeout.connect(self.turn)
        self._timer.timeout.connect(self._tick)

    def turn(self) -> None:
        """Show the next alarms that no paint of list or strip has reached, whatever tab is chosen."""
        self.turns.turn(self._alarms, has_groups=self.chips.has_groups)
        if self.turns.is_behind and self.isVisible():
            self._settling.start(HURRIED_MS)

    def _tick(self) -> None:
        """Ages grow, a flood ebbs though nothing happens, and the next ones have their turn."""
        self.turn()
        if self.chips.look(self._alarms, self._clock.now()):
            self._refresh()
        self._view.viewport().update()

    def _of_tab(self, tab: int) -> list[Alarm]:
        return of_tab(self._alarms, Tab(tab), self._user)

    def _refresh(self) -> None:
        now, tab = self._clock.now(), Tab(self._tabs.currentIndex())
        self.chips.look(self._alarms, now)
        shown: list[Row] = [*only(self._of_tab(tab), self.chips.chosen, now)]
        if self.chips.has_groups and tab is not SHELVED:
            shown = rows_of(only(self._of_tab(tab), self.chips.chosen, now), self._opened)
        self._model.show(shown, frozenset(self._opened))
        self._empty.setText(self._empty_words())
        self._empty.setVisible(not shown)
        self._view.setVisible(bool(shown))
        self._title_tabs()
        self._select_row()

    def _select_row(self) -> None:
        row = self._model.row_with(self._highlighted)
        selection = self._view.selectionModel()
        if row < 0:
            selection.clearSelection()
            return
        index = self._model.index(row)
        if not selection.isSelected(index):
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._view.scrollTo(index)

    def _pick(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if not isinstance(row, AlarmGroup):
            self.alarm_picked.emit(row.id)

    def _click(self, index: QModelIndex) -> None:
        """A group opens and closes by a click; its first alarm is what the keys act on then."""
        row = self._model.row(index.row())
        if isinstance(row, AlarmGroup):
            self._toggle(row)
        else:
            self.alarm_picked.emit(row.id)

    def _toggle(self, group: AlarmGroup) -> None:
        self._opened ^= {group.id}
        self._refresh()
        self.alarm_picked.emit(group.alarms[0].id)

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if not isinstance(row, AlarmGroup):
            self.alarm_opened.emit(row.id)

    def _enter(self, index: QModelIndex) -> None:
        """Enter on a group opens it; a double click has done so by its first click."""
        row = self._model.row(index.row())
        if isinstance(row, AlarmGroup):
            self._toggle(row)

    def _empty_words(self) -> str:
        """Why this tab has no card, as others may have some."""
        if self.chips.chosen is not None:
            return self.tr("这一栏没有所选的这类报警。再按一次上面的按钮，列出全部。")
        match Tab(self._tabs.currentIndex()):
            case Tab.WAITING:
                return self.tr("没有待处理的报警。新的报警会出现在这里，并在画面上弹出。")
            case Tab.MINE:
                return self.tr("您手上没有报警。在“待处理”中按 F1 接警。")
            case Tab.ALL:
                return self.tr("没有报警。新的报警会出现在这里，并在画面上弹出。")
            case Tab.SHELVED:
                return self.tr("没有搁置的报警。")

    def _title_tabs(self) -> None:
        names = (self.tr("待处理"), self.tr("我的"), self.tr("全部"), self.tr("已搁置"))
        for tab, name in enumerate(names):
            text = f"{name} {len(self._of_tab(tab))}"
            if self._tabs.tabText(tab) != text:
                self._tabs.setTabText(tab, text)

    def _retranslate(self) -> None:
        self._empty.setText(self._empty_words())
        self._view.setAccessibleName(self.tr("报警队列"))
        self._tabs.setAccessibleName(self.tr("报警队列的分类"))
        self._title_tabs()
        self._view.viewport().update()
