"""The zones: searched, filtered, put to test, isolated; walked, imported and exported from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.arming import ZoneCondition
from services.domain.classes import DISARMABLE
from services.domain.people import Permission
from services.domain.site import Zone
from ui.file_asking import TABLE_KINDS, ask_file_to_save
from ui.own_escape import OwnEscape
from ui.sorted_table import Line
from ui.text import sentence
from ui.text.names import name_of
from ui.theme import Size
from views.zones.cells import zone_cells, zone_headings
from views.zones.entry_page import EntryPage
from views.zones.presenter import ZonesPresenter

_SEARCH_PX = 250


class Hold(StrEnum):
    """What is being asked for the chosen zones."""

    TEST = "test"
    ISOLATE = "isolate"


# What may be asked for, in minutes; the longest is the law's.
_MINUTES = {Hold.TEST: (15, 30, 60, 120, 480), Hold.ISOLATE: (60, 240, 480, 1440, 4320, 10080)}


class HoldBar(QFrame):
    """Reason and how long, on one line. Signals: wanted(reason, minutes); left()."""

    wanted = Signal(str, int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self.hold = Hold.TEST
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(200)
        self.lasts = QComboBox(self)
        self.go = QPushButton(self)
        self.go.setProperty("kind", "primary")
        self.leave = QPushButton(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_M, Size.GAP_S)
        line.addWidget(self.title)
        line.addWidget(self.reason, 1)
        line.addWidget(self.lasts)
        line.addWidget(self.go)
        line.addWidget(self.leave)
        self.go.clicked.connect(self._go)
        self.reason.returnPressed.connect(self._go)
        self.leave.clicked.connect(self.left)
        OwnEscape(self, self.left.emit)
        self.hide()

    def open(self, hold: Hold, zones: Sequence[str]) -> None:
        self.hold = hold
        self.reason.setVisible(hold is Hold.ISOLATE)
        self.reason.clear()
        self.lasts.clear()
        for minutes in _MINUTES[hold]:
            self.lasts.addItem(self._length(minutes), minutes)
        self.lasts.setCurrentIndex(1)
        self.retranslate(zones)
        self.show()
        first = self.reason if hold is Hold.ISOLATE else self.go
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, zones: Sequence[str]) -> None:
        names = " ".join(zones[:6]) + ("…" if len(zones) > 6 else "")
        words = self.tr("测试 {zones}") if self.hold is Hold.TEST else self.tr("隔离 {zones}")
        self.title.setText(words.format(zones=names))
        self.reason.setPlaceholderText(self.tr("原因（必填），例如：对射被树枝挡住，已报修"))
        self.reason.setAccessibleName(self.tr("隔离原因"))
        self.lasts.setAccessibleName(self.tr("多久"))
        for index in range(self.lasts.count()):
            self.lasts.setItemText(index, self._length(self.lasts.itemData(index)))
        self.go.setText(self.tr("开始"))
        self.leave.setText(self.tr("取消"))

    def _length(self, minutes: int) -> str:
        if minutes < 60:
            return self.tr("{count} 分钟").format(count=minutes)
        if minutes < 1440:
            return self.tr("{count} 小时").format(count=minutes // 60)
        return self.tr("{count} 天").format(count=minutes // 1440)

    def _go(self) -> None:
        self.wanted.emit(self.reason.text(), self.lasts.currentData())


class ZonePage(EntryPage):
    """Signals: walk_wanted(zone numbers); import_wanted(); export_wanted(Path); map_wanted(zone)."""

    walk_wanted = Signal(list)
    import_wanted = Signal()
    export_wanted = Signal(object)

    def __init__(
        self, presenter: ZonesPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        self.search = QLineEdit()
        self.condition = QComboBox()
        self.summary = QLabel()
        self.test = QPushButton()
        self.isolate = QPushButton()
        self.end_hold = QPushButton()
        self.walk = QPushButton()
        self.import_button = QPushButton()
        self.export = QPushButton()
        self.hold_bar = HoldBar()
        self._asks = False
        super().__init__(
            presenter, Zone, zone_headings, self._zone_lines, takes_many=True, clock=clock, parent=parent
        )
        self._fill_bars()
        self._connect_holds()

    def show_buttons(self) -> None:
        super().show_buttons()
        presenter, chosen = self.presenter, self._chosen_zones()
        may_hold = bool(chosen) and all(zone.alarm_class in DISARMABLE for zone in chosen)
        self.test.setEnabled(may_hold and presenter.may(Permission.TEST_ZONES))
        self.isolate.setEnabled(may_hold and len(chosen) == 1 and presenter.may(Permission.ISOLATE))
        self.walk.setEnabled(bool(chosen) and presenter.may(Permission.TEST_ZONES))
        why = "" if may_hold or not chosen else self.tr("一键报警、火灾、医疗求助、防拆和故障始终有效")
        self.test.setToolTip(why)
        self.isolate.setToolTip(why)
        rows = [row for zone in chosen if (row := presenter.zone_row(zone.no))]
        self.end_hold.setEnabled(any(r.state and (r.state.isolation or r.state.test) for r in rows))
        self.import_button.setVisible(presenter.may(Permission.EDIT_SITE))

    def show_present(self) -> None:
        super().show_present()
        counts: dict[ZoneCondition, int] = {}
        for row in self.presenter.all_zone_rows():
            counts[row.condition] = counts.get(row.condition, 0) + 1
        shown = [f"{name_of(one)} {counts[one]}" for one in ZoneCondition if one in counts]
        self.summary.setText("  ".join(shown))

    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("编号、名称、位置 (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("搜索防区"))
        self.condition.setAccessibleName(self.tr("只看"))
        self.condition.setItemText(0, self.tr("全部状态"))
        for index, condition in enumerate(ZoneCondition, 1):
            self.condition.setItemText(index, name_of(condition))
        self.test.setText(self.tr("测试…"))
        self.isolate.setText(self.tr("隔离…"))
        self.end_hold.setText(self.tr("恢复"))
        self.end_hold.setToolTip(self.tr("取消隔离和测试"))
        self.walk.setText(self.tr("步行测试…"))
        self.import_button.setText(self.tr("导入…"))
        self.export.setText(self.tr("导出…"))
        self.table.setAccessibleName(self.tr("防区"))
        if self.hold_bar.isVisible():
            self.hold_bar.retranslate(self.table.chosen)
        super().retranslate()

    def ask_hold(self, hold: Hold) -> None:
        if self.table.chosen:
            self.hold_bar.open(hold, self.table.chosen)

    def _fill_bars(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_PX)
        self.condition.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.summary.setProperty("tone", "dim")
        for widget in (self.search, self.condition):
            self.head.addWidget(widget)
        self.head.addWidget(self.summary, 1)
        for button in (self.import_button, self.export):
            self.head.addWidget(button)
        self.beside.addWidget(self.hold_bar)
        for at, button in enumerate((self.test, self.isolate, self.end_hold, self.walk), 1):
            self.below.insertWidget(at, button)
        self.condition.addItems([""] * (1 + len(ZoneCondition)))
        self.retranslate()

    def _connect_holds(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.condition.currentIndexChanged.connect(self._filter)
        self.test.clicked.connect(self._ask_test)
        self.isolate.clicked.connect(self._ask_isolate)
        self.end_hold.clicked.connect(self._end_holds)
        self.walk.clicked.connect(self._walk)
        self.import_button.clicked.connect(self.import_wanted)
        self.export.clicked.connect(self.ask_file)
        self.hold_bar.wanted.connect(self._hold)
        self.hold_bar.left.connect(self._close_bar)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), self, context=within).activated.connect(self.search.setFocus)
        QShortcut(QKeySequence("Ctrl+E"), self, context=within).activated.connect(self.ask_file)

    def ask_file(self) -> None:
        """Where to; the window beside it goes on."""
        ask_file_to_save(self, self.tr("导出防区表"), TABLE_KINDS, "zones.xlsx", self._export)

    def _export(self, path: str) -> None:
        self.export_wanted.emit(Path(path))

    def _zone_lines(self) -> list[Line]:
        return [(row.zone.no, zone_cells(row)) for row in self.presenter.zone_rows()]

    def _chosen_zones(self) -> list[Zone]:
        found = (self.presenter.site.zone(no) for no in self.table.chosen)
        return [zone for zone in found if zone is not None]

    def _filter(self) -> None:
        index = self.condition.currentIndex()
        condition = list(ZoneCondition)[index - 1] if index > 0 else None
        self.presenter.set_filter(self.search.text(), condition)

    def _ask_test(self) -> None:
        self.ask_hold(Hold.TEST)

    def _ask_isolate(self) -> None:
        self.ask_hold(Hold.ISOLATE)

    def _hold(self, reason: str, minutes: int) -> None:
        lasts, zones = timedelta(minutes=minutes), self.table.chosen
        self._asks = bool(zones)
        if not zones:
            self.say(self.tr("先在表中选防区"), "bad")
        elif self.hold_bar.hold is Hold.TEST:
            self.presenter.test(zones, lasts)
        else:
            self.presenter.isolate(zones[0], reason, lasts)

    def _end_holds(self) -> None:
        self._asks = True
        self.presenter.end_holds(self.table.chosen)

    def _walk(self) -> None:
        self.walk_wanted.emit(self.table.chosen)

    def _close_bar(self) -> None:
        self.hold_bar.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_accepted(self, what: str) -> None:
        super()._on_accepted(what)
        if self._asks and what in ("test", "isolated", "hold_ended"):
            self._asks = False
            self._close_bar()
            self.say("")

    def _on_refused(self, error: ServiceError) -> None:
        super()._on_refused(error)
        if self._asks:
            self._asks = False
            self.say(sentence(error), "bad")
