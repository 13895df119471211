"""The figures of a range of days: load against what one operator can take, bad zones, times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, QEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.reports.alarms import FLOOD_IN_TEN_MINUTES, STEADY_IN_TEN_MINUTES, AlarmFigures
from ui.charts import Bar, BarChart, Limit
from ui.file_asking import TABLE_KINDS, ask_file_to_save
from ui.line_table import LineTable
from ui.text.places import local_name_of
from views.reports import alarm_tables as tables
from views.reports.presenter import ReportsPresenter

_CHART_PX = 130
_TIMES_PX = 196
_WORST = 8
_LABELS = 6
RANGES_DAYS = (1, 7, 30)


class FiguresPage(QWidget):
    def __init__(self, presenter: ReportsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.since, self.until = QDateEdit(self), QDateEdit(self)
        self.ranges = {days: QPushButton(self) for days in RANGES_DAYS}
        self.export_button = QPushButton(self)
        self.summary = QLabel(self)
        self._load_title, self._zone_title = QLabel(self), QLabel(self)
        self.load, self.worst = BarChart(self), BarChart(self)
        self.times, self.operators, self.zones = LineTable(self), LineTable(self), LineTable(self)
        self._build()
        self._connect()
        self._set_days(RANGES_DAYS[0])
        self._retranslate()

    def read(self) -> None:
        """The chosen days, whole, in local time."""
        since, until = _midnight(self.since.date()), _midnight(self.until.date().addDays(1))
        if since < until:
            self._presenter.read_figures(since, until)

    def show_present(self) -> None:
        figures = self._presenter.figures
        self.export_button.setEnabled(figures is not None)
        if figures is None:
            return
        self.summary.setText(tables.summary(figures))
        self.times.show_lines(tables.time_lines(figures))
        self.operators.show_lines(tables.operator_lines(figures))
        self.zones.show_lines(tables.zone_lines(figures))
        self.load.show_bars(
            load_bars(figures),
            [Limit(STEADY_IN_TEN_MINUTES, "warn"), Limit(FLOOD_IN_TEN_MINUTES, "bad")],
        )
        self.worst.show_bars(zone_bars(figures))

    def ask_file(self) -> None:
        """Where to; the window beside it goes on."""
        ask_file_to_save(self, self.tr("导出报警统计"), TABLE_KINDS, "alarm-figures.xlsx", self.export_to)

    def export_to(self, path: str) -> None:
        figures = self._presenter.figures
        if figures is not None:
            self._presenter.export_lines(Path(path), tables.all_lines(figures))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        bar = QHBoxLayout()
        for edit in (self.since, self.until):
            edit.setDisplayFormat("yyyy-MM-dd")
            bar.addWidget(edit)
        for chip in self.ranges.values():
            chip.setProperty("kind", "chip")
            bar.addWidget(chip)
        bar.addWidget(self.summary, 1)
        bar.addWidget(self.export_button)
        for title in (self._load_title, self._zone_title):
            title.setProperty("tone", "title")
        for chart in (self.load, self.worst):
            chart.setFixedHeight(_CHART_PX)
        grid = QGridLayout()
        grid.addWidget(self._load_title, 0, 0)
        grid.addWidget(self._zone_title, 0, 1)
        grid.addWidget(self.load, 1, 0)
        grid.addWidget(self.worst, 1, 1)
        grid.addWidget(self.times, 2, 0)
        grid.addWidget(self.operators, 2, 1)
        grid.addWidget(self.zones, 3, 0, 1, 2)
        self.times.setMinimumHeight(_TIMES_PX)
        grid.setRowStretch(2, 0)
        grid.setRowStretch(3, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.addLayout(bar)
        outer.addLayout(grid, 1)

    def _connect(self) -> None:
        self._presenter.figures_changed.connect(self.show_present)
        self.since.userDateChanged.connect(self.read)
        self.until.userDateChanged.connect(self.read)
        self.export_button.clicked.connect(self.ask_file)
        self.ranges[1].clicked.connect(self._today)
        self.ranges[7].clicked.connect(self._week)
        self.ranges[30].clicked.connect(self._month)

    def _today(self) -> None:
        self._set_days(1)
        self.read()

    def _week(self) -> None:
        self._set_days(7)
        self.read()

    def _month(self) -> None:
        self._set_days(30)
        self.read()

    def _set_days(self, days: int) -> None:
        for edit, date in (
            (self.since, QDate.currentDate().addDays(1 - days)),
            (self.until, QDate.currentDate()),
        ):
            edit.blockSignals(True)
            edit.setDate(date)
            edit.blockSignals(False)

    def _retranslate(self) -> None:
        self.since.setAccessibleName(self.tr("从哪一天"))
        self.until.setAccessibleName(self.tr("到哪一天"))
        words = {1: self.tr("今天"), 7: self.tr("7 天"), 30: self.tr("30 天")}
        for days, chip in self.ranges.items():
            chip.setText(words[days])
        self.export_button.setText(self.tr("导出"))
        self.export_button.setToolTip(self.tr("导出为 XLSX 或 CSV (Ctrl+E)"))
        self._load_title.setText(
            self.tr("每 10 分钟报警数（参考线：{steady} 和 {flood}）").format(
                steady=STEADY_IN_TEN_MINUTES, flood=FLOOD_IN_TEN_MINUTES
            )
        )
        self._zone_title.setText(self.tr("响得最多的防区（黄色：误报）"))
        self.times.setAccessibleName(self.tr("处置用时"))
        self.operators.setAccessibleName(self.tr("值班员负荷"))
        self.zones.setAccessibleName(self.tr("防区误报率"))
        self.load.setAccessibleName(self.tr("每 10 分钟报警数"))
        self.worst.setAccessibleName(self.tr("响得最多的防区"))
        self.show_present()


def load_bars(figures: AlarmFigures) -> list[Bar]:
    """Every ten minutes of the range; a few of them say when."""
    every = max(1, len(figures.loads) // _LABELS)
    is_one_day = figures.until - figures.since <= timedelta(days=1)
    form = "%H:%M" if is_one_day else "%m-%d"
    return [
        Bar(load.count, load.begins_at.astimezone().strftime(form) if number % every == 0 else "")
        for number, load in enumerate(figures.loads)
    ]


def zone_bars(figures: AlarmFigures) -> list[Bar]:
    """Occurrences of the worst; the false part of them, as far as it was judged."""
    return [
        Bar(
            zone.occurrences,
            zone.zone or local_name_of(zone.name, zone.name_en)[:6],
            zone.occurrences * (zone.false_rate or 0.0),
        )
        for zone in figures.zones[:_WORST]
    ]


def _midnight(day: QDate) -> datetime:
    return datetime(day.year(), day.month(), day.day()).astimezone().astimezone(UTC)
