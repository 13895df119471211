"""The walk test: who answers while a guard walks from detector to detector, and who did not at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from services.alarms.walking import WalkReport, newest_walk, report_of
from services.domain.arming import ZoneState
from services.domain.classes import DISARMABLE
from services.domain.people import Permission
from services.domain.site import Zone
from ui.sorted_table import Cell, Line, SortedTable
from ui.text.places import local, local_name
from ui.text.times import clock_time, date_time
from ui.theme import Size, tokens
from views.zones.presenter import ZonesPresenter

_MINUTES = (30, 60, 120, 240, 480)


class WalkPage(QWidget):
    """Signals: export_wanted(lines): the report as it stands."""

    export_wanted = Signal(list)

    def __init__(self, presenter: ZonesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._chosen: list[str] = []
        self._report: WalkReport | None = None
        self.state = QLabel(self)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.scope = QComboBox(self)
        self.lasts = QComboBox(self)
        self.begin = QPushButton(self)
        self.begin.setProperty("kind", "primary")
        self.end = QPushButton(self)
        self.export = QPushButton(self)
        self.table = SortedTable(len(self._headings()), parent=self)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self._build()
        self.begin.clicked.connect(self._begin)
        self.end.clicked.connect(self._end)
        self.export.clicked.connect(self._export)
        self._retranslate()

    @property
    def report(self) -> WalkReport | None:
        """Of the walk that began last, ended or not."""
        return self._report

    def offer(self, zones: Sequence[str]) -> None:
        """Zones that were chosen elsewhere."""
        self._chosen = list(zones)
        self._fill_scope()
        if self._chosen:
            self.scope.setCurrentIndex(1)
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_present(self) -> None:
        states = self._presenter.states()
        walk = newest_walk(states)
        self._report = report_of(states, walk.id) if walk is not None else None
        report = self._report
        is_running = report is not None and report.ended_at is None
        may = self._presenter.may(Permission.TEST_ZONES)
        self.begin.setEnabled(may and not is_running and bool(self._zones()))
        self.scope.setEnabled(not is_running)
        self.lasts.setEnabled(not is_running)
        self.end.setEnabled(may and is_running)
        self.export.setEnabled(report is not None)
        self.table.show_lines(self._lines(states, report) if report is not None else [])
        answered = len(report.answered) if report else 0
        self.progress.setMaximum(max(1, answered + (len(report.silent) if report else 0)))
        self.progress.setValue(answered)
        self.progress.setAccessibleName(self.tr("已应答"))
        self.state.setText(self._state(report))

    def lines(self) -> list[list[str]]:
        """For the export: the state, then the table."""
        return [[self.state.text()], *self.table.texts()]

    def use_site(self) -> None:
        self._fill_scope()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        top = QHBoxLayout()
        for widget in (self.scope, self.lasts, self.begin, self.end):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.export)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addLayout(top)
        box.addWidget(self.state)
        box.addWidget(self.progress)
        box.addWidget(self.table, 1)

    def _zones(self) -> list[str]:
        """What a walk begun now would ask."""
        site, scope = self._presenter.site, self.scope.currentData()
        match scope:
            case "chosen":
                return self._chosen
            case None | "all":
                return [str(zone.no) for zone in site.zones]
        return [str(z.no) for z in site.zones if scope in (f"group:{z.arm_group}", f"panel:{z.panel}")]

    def _begin(self) -> None:
        self._presenter.begin_walk(self._zones(), timedelta(minutes=self.lasts.currentData()))

    def _end(self) -> None:
        if self._report is not None:
            self._presenter.end_walk(self._report.id)

    def _export(self) -> None:
        self.export_wanted.emit(self.lines())

    def _lines(self, states: Sequence[ZoneState], report: WalkReport) -> list[Line]:
        codes = {state.zone: state.signal_code for state in states}
        site = self._presenter.site
        lines = [(no, self._cells(no, site.zone(no), at, codes[no])) for no, at in report.answered]
        return lines + [(no, self._cells(no, site.zone(no), None, "–")) for no in report.silent]

    def _cells(self, no: str, zone: Zone | None, at: datetime | None, code: str) -> list[Cell]:
        """at: when it answered."""
        theme = tokens()
        word = self.tr("未应答") if at is None else self.tr("已应答")
        sounds = zone is not None and zone.alarm_class not in DISARMABLE
        return [
            Cell(word, (at is not None,), ink=QColor(theme.bad if at is None else theme.ok)),
            Cell(no),
            Cell(local_name(zone) if zone else "–"),
            Cell(local(zone.place) if zone else "–"),
            Cell(clock_time(at), (at.timestamp() if at else 0.0,)),
            Cell(code),
            Cell(self.tr("照常报警") if sounds else ""),
        ]

    def _state(self, report: WalkReport | None) -> str:
        if report is None:
            return self.tr(
                "选范围和时长，按“开始”，请保安逐个触发探测器。入侵和门禁防区期间只记录；一键报警、火灾、医疗求助、防拆照常报警。"
            )
        answered, total = len(report.answered), len(report.answered) + len(report.silent)
        if report.ended_at is None:
            text = self.tr("{owner} 的步行测试进行中：{answered}/{total} 已应答，最晚 {time} 结束。")
            time = clock_time(report.until_at)
        else:
            text = self.tr("{owner} 的步行测试已结束：{answered}/{total} 已应答，{time}。")
            time = date_time(report.ended_at)
        return text.format(owner=report.owner_name, answered=answered, total=total, time=time)

    def _headings(self) -> list[str]:
        return [
            self.tr("应答"),
            self.tr("编号"),
            self.tr("名称"),
            self.tr("位置"),
            self.tr("时间"),
            self.tr("信号"),
            self.tr("说明"),
        ]

    def _fill_scope(self) -> None:
        was = self.scope.currentData()
        site = self._presenter.site
        self.scope.clear()
        self.scope.addItem(self.tr("全部防区（{count}）").format(count=len(site.zones)), "all")
        if self._chosen:
            self.scope.addItem(self.tr("选中的防区（{count}）").format(count=len(self._chosen)), "chosen")
        for group in site.arm_groups:
            self.scope.addItem(f"{group.no} {local_name(group)}", f"group:{group.no}")
        for panel in site.panels:
            self.scope.addItem(f"{panel.no} {local_name(panel)}", f"panel:{panel.no}")
        self.scope.setCurrentIndex(max(0, self.scope.findData(was)))

    def _retranslate(self) -> None:
        self._fill_scope()
        minutes = self.lasts.currentData() or _MINUTES[1]
        self.lasts.clear()
        for one in _MINUTES:
            text = self.tr("{count} 分钟") if one < 60 else self.tr("{count} 小时")
            self.lasts.addItem(text.format(count=one if one < 60 else one // 60), one)
        self.lasts.setCurrentIndex(self.lasts.findData(minutes))
        self.scope.setAccessibleName(self.tr("测试范围"))
        self.lasts.setAccessibleName(self.tr("多久"))
        self.begin.setText(self.tr("开始"))
        self.end.setText(self.tr("结束并出报告"))
        self.export.setText(self.tr("导出报告…"))
        self.table.setAccessibleName(self.tr("步行测试"))
        self.table.setHorizontalHeaderLabels(self._headings())
        self.show_present()
