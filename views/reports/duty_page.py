"""The duty report of a day, week, month or quarter: two charts over the tables that are exported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.domain.documents import Table, cell_text
from services.domain.periods import PeriodKind
from services.reports.duty import DutyFigures
from ui.charts import Bar, BarChart
from ui.file_asking import PAPER_KINDS, ask_file_to_save
from ui.line_table import LineTable
from views.reports.duty_tables import RING_MINUTES, translate
from views.reports.paper import SHORT_TITLES, TITLES, file_name, period_text, tables_of
from views.reports.presenter import ReportsPresenter

_CHART_PX = 120
_MOST_ROWS = 12
# So many columns still fit beside another table at 1366 pixels.
_NARROW = 6
_LABELS = 8
KEYS = {
    PeriodKind.DAY: "Alt+1",
    PeriodKind.WEEK: "Alt+2",
    PeriodKind.MONTH: "Alt+3",
    PeriodKind.QUARTER: "Alt+4",
}


class DutyPage(QWidget):
    """Reads when it is asked to; what it shows is what it exports."""

    def __init__(self, presenter: ReportsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.kind = PeriodKind.DAY
        self.kinds = {kind: QPushButton(self) for kind in PeriodKind}
        self.day = QDateEdit(QDate.currentDate(), self)
        self.back, self.forth, self.again = QPushButton(self), QPushButton(self), QPushButton(self)
        self.export_button = QPushButton(self)
        self.range = QLabel(self)
        self._load_title, self._rate_title = QLabel(self), QLabel(self)
        self.load, self.rates = BarChart(self), BarChart(self)
        self._scroll = QScrollArea(self)
        self.tables: list[LineTable] = []
        self._build()
        self._connect()
        self._retranslate()

    def read(self) -> None:
        chosen = self.day.date()
        self._presenter.read_duty(self.kind, date(chosen.year(), chosen.month(), chosen.day()))

    def show_present(self) -> None:
        figures = self._presenter.duty
        self.export_button.setEnabled(figures is not None)
        for kind, button in self.kinds.items():
            button.setChecked(kind is self.kind)
        if figures is None:
            return
        self.range.setText(period_text(figures.period))
        self.load.show_bars(load_bars(figures))
        self.rates.show_bars(rate_bars(figures))
        self._show_tables(tables_of(figures))

    def choose(self, kind: PeriodKind) -> None:
        self.kind = kind
        self.read()

    def ask_file(self) -> None:
        """Where to; the window beside it goes on."""
        figures = self._presenter.duty
        if figures is None:
            return
        ask_file_to_save(self, self.tr("导出报表"), PAPER_KINDS, f"{file_name(figures)}.pdf", self.export_to)

    def export_to(self, path: str) -> None:
        self._presenter.export_duty(Path(path))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        bar = QHBoxLayout()
        for button in self.kinds.values():
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            bar.addWidget(button)
        self.day.setDisplayFormat("yyyy-MM-dd")
        for widget in (self.back, self.day, self.forth, self.again):
            bar.addWidget(widget)
        self.range.setProperty("tone", "dim")
        self.range.setTextFormat(Qt.TextFormat.PlainText)
        bar.addWidget(self.range, 1)
        bar.addWidget(self.export_button)
        charts = QGridLayout()
        for column, (title, chart) in enumerate(
            ((self._load_title, self.load), (self._rate_title, self.rates))
        ):
            title.setProperty("tone", "title")
            chart.setFixedHeight(_CHART_PX)
            charts.addWidget(title, 0, column)
            charts.addWidget(chart, 1, column)
            charts.setColumnStretch(column, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.addLayout(bar)
        outer.addLayout(charts)
        outer.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self._presenter.duty_changed.connect(self.show_present)
        self.day.userDateChanged.connect(self.read)
        self.again.clicked.connect(self.read)
        self.back.clicked.connect(self._go_back)
        self.forth.clicked.connect(self._go_forth)
        self.export_button.clicked.connect(self.ask_file)
        for button in self.kinds.values():
            button.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.choose(next(kind for kind, button in self.kinds.items() if button is self.sender()))

    def _go_back(self) -> None:
        """To the day before the period that is shown."""
        figures = self._presenter.duty
        if figures is not None:
            self.day.setDate(_qdate(figures.period.first_on).addDays(-1))

    def _go_forth(self) -> None:
        figures = self._presenter.duty
        if figures is not None:
            self.day.setDate(_qdate(figures.period.last_on).addDays(1))

    def _show_tables(self, tables: list[Table]) -> None:
        """Anew each time: another kind has other tables."""
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setHorizontalSpacing(16)
        self.tables = []
        for table, (row, column, span) in zip(tables, places_of(tables), strict=True):
            title = QLabel(table.title, body)
            title.setProperty("tone", "title")
            title.setTextFormat(Qt.TextFormat.PlainText)
            shown = LineTable(body)
            shown.setAccessibleName(table.title)
            shown.show_lines(lines_of(table))
            shown.fit_height(_MOST_ROWS)
            grid.addWidget(title, 2 * row, column, 1, span)
            grid.addWidget(shown, 2 * row + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
            self.tables.append(shown)
        grid.setRowStretch(2 * len(tables), 1)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self._scroll.setWidget(body)

    def _retranslate(self) -> None:
        for kind, button in self.kinds.items():
            button.setText(translate("Duty", SHORT_TITLES[kind]))
            button.setToolTip(f"{translate('Duty', TITLES[kind])} ({KEYS[kind]})")
            button.setShortcut(KEYS[kind])
        self.day.setAccessibleName(self.tr("报表的日期"))
        self.back.setText(self.tr("上一期"))
        self.back.setToolTip(self.tr("上一期 (Alt+左)"))
        self.back.setShortcut("Alt+Left")
        self.forth.setText(self.tr("下一期"))
        self.forth.setToolTip(self.tr("下一期 (Alt+右)"))
        self.forth.setShortcut("Alt+Right")
        self.again.setText(self.tr("重新统计"))
        self.again.setToolTip(self.tr("重新统计 (Ctrl+R)"))
        self.again.setShortcut("Ctrl+R")
        self.export_button.setText(self.tr("导出"))
        self.export_button.setToolTip(self.tr("导出为 PDF、DOCX 或 XLSX (Ctrl+E)"))
        self._load_title.setText(self.tr("报警数"))
        self._rate_title.setText(self.tr("按时率（%）：接警 P1 到 P4，到场 1-3-5"))
        self.load.setAccessibleName(self.tr("报警数"))
        self.rates.setAccessibleName(self.tr("按时率"))
        self.show_present()


def places_of(tables: list[Table]) -> list[tuple[int, int, int]]:
    """Row, column and columns taken of each: two narrow ones that follow each other stand side by side."""
    places: list[tuple[int, int, int]] = []
    row, is_beside = 0, False
    for number, table in enumerate(tables):
        following = tables[number + 1] if number + 1 < len(tables) else None
        if is_beside:
            places.append((row, 1, 1))
            row, is_beside = row + 1, False
        elif following is not None and _is_narrow(table) and _is_narrow(following):
            places.append((row, 0, 1))
            is_beside = True
        else:
            places.append((row, 0, 2))
            row += 1
    return places


def _is_narrow(table: Table) -> bool:
    return len(table.columns) <= _NARROW


def lines_of(table: Table) -> list[list[str]]:
    """Headings first, as they are printed; one line says that there is nothing."""
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    return [list(table.columns), *(rows or [[table.empty]])]


def load_bars(figures: DutyFigures) -> list[Bar]:
    """Of a day by the hour, of all else by the day; a few of them say when."""
    if figures.period.kind is PeriodKind.DAY:
        return [Bar(count, f"{hour}" if hour % 3 == 0 else "") for hour, count in enumerate(figures.hours)]
    every = max(1, len(figures.days) // _LABELS)
    return [
        Bar(one.alarms, one.day.strftime("%m-%d") if number % every == 0 else "")
        for number, one in enumerate(figures.days)
    ]


def rate_bars(figures: DutyFigures) -> list[Bar]:
    """In percent; one without cases has no height and says so."""
    claims = [_rate_bar(one.claimed_in_time, one.alarms, f"P{one.priority:d}") for one in figures.on_time]
    rings = [_rate_bar(one.in_time, one.sent, RING_MINUTES[one.ring]) for one in figures.dispatches.rings]
    return [*claims, *rings]


def _rate_bar(part: int, whole: int, label: str) -> Bar:
    return Bar(100 * part / whole if whole else 0.0, f"{label} {part}/{whole}")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
