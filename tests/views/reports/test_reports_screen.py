"""The reports screen: what it shows is what it exports, number by number."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.table import Table
from openpyxl import load_workbook
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.papers import save_paper
from services.alarms.desk import Display
from services.domain.alarms import AlarmId, Verdict
from services.domain.periods import PeriodKind
from services.reports.alarms import AlarmReports
from services.reports.duty import DutyReports
from tests.ui.test_i18n import HAN
from tests.views.seat import OPERATOR, Campus, Seat
from tests.views.test_screens import texts_of
from ui.fonts import load_fonts
from ui.i18n import speak
from ui.line_table import LineTable
from ui.local_zone import local_zone
from ui.text.places import learn_names
from views.reports import alarm_tables
from views.reports.paper import tables_of
from views.reports.presenter import ReportsPresenter
from views.reports.screen import FIGURES, ReportsScreen

Wait = Callable[..., object]


class Kit:
    def __init__(self, campus: Campus, seat: Seat) -> None:
        learn_names(campus.site)
        self.presenter = ReportsPresenter(
            alarms=AlarmReports(campus.database, campus.clock),
            duty=DutyReports(campus.database, campus.clock, local_zone()),
            site=campus.site,
            session=OPERATOR,
            jobs=seat.jobs,
            save=save_paper,
        )
        self.screen = ReportsScreen(self.presenter)
        self.screen.resize(1286, 708)


@pytest.fixture
def open_reports(qapp: QApplication, campus: Campus, seat: Seat) -> Iterator[Callable[..., Kit]]:
    made: list[Kit] = []

    def build(page: int = 0) -> Kit:
        kit = Kit(campus, seat)
        made.append(kit)
        kit.screen.show_page(page)
        kit.screen.show()
        return kit

    yield build
    speak("zh")
    for kit in made:
        kit.screen.close()
        kit.screen.deleteLater()
    qapp.processEvents()


def handle(campus: Campus, zone: str, verdict: Verdict) -> None:
    alarm_id = campus.ring(zone)
    campus.alarms.claim(OPERATOR, alarm_id)
    campus.alarms.verify(OPERATOR, alarm_id)
    campus.alarms.decide(OPERATOR, alarm_id, verdict, "已查")
    campus.alarms.report_displays([Display(AlarmId(alarm_id), campus.clock.now(), campus.clock.now())])


def test_the_figures_of_today_come_up_with_their_page(
    campus: Campus, open_reports: Callable[..., Kit], wait_until: Wait
) -> None:
    handle(campus, "Z11", Verdict.FALSE_REPORT)
    handle(campus, "Z01", Verdict.GENUINE)
    kit = open_reports(FIGURES)
    wait_until(lambda: kit.presenter.figures and kit.presenter.figures.total == 2)
    page = kit.screen.figures
    assert page.zones.rowCount() == 2
    assert sum(bar.value for bar in page.load.bars) == 2
    rates = {page.zones.item(row, 0).text(): page.zones.item(row, 7).text() for row in range(2)}
    assert rates == {"Z11": "100%", "Z01": "0%"}
    assert page.times.rowCount() == 5


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_alarm_figures_are_exported_as_they_are_shown(
    campus: Campus, open_reports: Callable[..., Kit], wait_until: Wait, tmp_path: Path, ending: str
) -> None:
    handle(campus, "Z11", Verdict.FALSE_REPORT)
    kit = open_reports(FIGURES)
    wait_until(lambda: kit.presenter.figures)
    file = tmp_path / f"figures.{ending}"
    kit.screen.figures.export_to(str(file))
    wait_until(lambda: "figures" in kit.screen.message.text())
    assert kit.presenter.figures is not None
    wanted = [line for line in alarm_tables.all_lines(kit.presenter.figures) if line]
    assert [line for line in read(file) if any(line)] == wanted


def read(file: Path) -> list[list[str]]:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return [list(line) for line in csv.reader(opened)]
    rows = load_workbook(file).active.iter_rows(values_only=True)
    return [[str(cell) for cell in row if cell is not None] for row in rows]


def shown_lines(table: LineTable) -> list[list[str]]:
    heads = [table.horizontalHeaderItem(n) for n in range(table.columnCount())]
    lines = [[head.text() if head else "" for head in heads]]
    for row in range(table.rowCount()):
        cells = [table.item(row, column) for column in range(table.columnCount())]
        lines.append([cell.text() for cell in cells if cell is not None])
    return lines


def work_a_night(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    """One false intrusion; one panic alarm to which a guard is sent."""
    handle(campus, "Z11", Verdict.FALSE_REPORT)
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    wait_until(lambda: alarm_id in seat.live.board.alarms)
    seat.watch.act_on(alarm_id, "dispatch")
    wait_until(lambda: seat.dispatch.candidates)
    seat.dispatch.send()
    wait_until(lambda: seat.dispatch.dispatches)


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_screen_docx_xlsx_and_pdf_say_the_same(
    campus: Campus,
    seat: Seat,
    open_reports: Callable[..., Kit],
    wait_until: Wait,
    tmp_path: Path,
    kind: PeriodKind,
) -> None:
    load_fonts()
    work_a_night(campus, seat, wait_until)
    kit = open_reports()
    page = kit.screen.duty
    page.choose(kind)
    wait_until(lambda: kit.presenter.duty and kit.presenter.duty.period.kind is kind, 30.0)
    wait_until(lambda: page.tables, 30.0)
    for ending in ("docx", "xlsx", "pdf"):
        page.export_to(str(tmp_path / f"report.{ending}"))
        wait_until(lambda ending=ending: f"report.{ending}" in kit.screen.message.text(), 30.0)
    shown = [shown_lines(table) for table in page.tables]
    read = docx.Document(str(tmp_path / "report.docx"))
    # The first table is the facts under the title; one merged cell says that there is nothing.
    written = [
        [["无"] if set(line) == {"无"} else line for line in lines_of(table)] for table in read.tables[1:]
    ]
    assert written == shown
    assert kit.presenter.duty is not None
    book = load_workbook(tmp_path / "report.xlsx")
    for table in tables_of(kit.presenter.duty):
        assert list(book[table.title].values) == [table.columns, *table.rows]
    assert_in_pdf(tmp_path / "report.pdf", [cell for table in shown for line in table for cell in line])


def lines_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def assert_in_pdf(file: Path, texts: list[str]) -> None:
    buffer = QBuffer()
    buffer.setData(file.read_bytes())
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    pdf = QPdfDocument()
    pdf.load(buffer)
    pages = "".join("".join(pdf.getAllText(n).text().split()) for n in range(pdf.pageCount()))
    pdf.close()
    # The face has one glyph for both dashes.
    pages = pages.replace("\u2012", "–")
    assert [text for text in texts if "".join(text.split()) not in pages] == []


def test_the_charts_show_the_numbers_of_the_tables(
    campus: Campus, seat: Seat, open_reports: Callable[..., Kit], wait_until: Wait
) -> None:
    work_a_night(campus, seat, wait_until)
    kit = open_reports()
    wait_until(lambda: kit.presenter.duty and kit.presenter.duty.totals.alarms == 2)
    page = kit.screen.duty
    assert sum(bar.value for bar in page.load.bars) == 2
    assert page.rates.bars[0].label == "P1 1/1"
    assert page.rates.bars[0].value == 100


def test_the_kind_and_the_day_are_chosen_by_key(open_reports: Callable[..., Kit], wait_until: Wait) -> None:
    kit = open_reports()
    page = kit.screen.duty
    wait_until(lambda: kit.presenter.duty)
    QTest.keyClick(kit.screen, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    wait_until(lambda: kit.presenter.duty.period.kind is PeriodKind.MONTH)
    first = kit.presenter.duty.period.first_on
    page.back.click()
    wait_until(lambda: kit.presenter.duty.period.last_on < first)
    page.forth.click()
    wait_until(lambda: kit.presenter.duty.period.first_on == first)
    assert first == date.today().replace(day=1)


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_the_screen_speaks_english_wholly(
    campus: Campus,
    seat: Seat,
    open_reports: Callable[..., Kit],
    wait_until: Wait,
    kind: PeriodKind,
) -> None:
    work_a_night(campus, seat, wait_until)
    kit = open_reports()
    speak("en")
    kit.screen.duty.choose(kind)
    wait_until(lambda: kit.presenter.duty and kit.presenter.duty.period.kind is kind, 30.0)
    wait_until(lambda: kit.screen.duty.tables, 30.0)
    QApplication.processEvents()
    cells = {text for table in kit.screen.duty.tables for line in shown_lines(table) for text in line}
    allowed = {"王值班"}
    assert {text for text in texts_of(kit.screen) | cells if HAN.search(text)} <= allowed
