"""A duty report as a paper with the college's name and room for its stamp."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from services.domain.documents import Document, Paragraph, SignatureLine, StampPlace, Table
from services.domain.periods import Period, PeriodKind
from services.reports.duty import DutyFigures
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.times import date_time
from views.reports import duty_lists as lists
from views.reports import duty_tables as tables

translate = QCoreApplication.translate
Part = Callable[[DutyFigures], Table]

TITLES: dict[PeriodKind, str] = {
    PeriodKind.DAY: QT_TRANSLATE_NOOP("Duty", "值班日报"),
    PeriodKind.WEEK: QT_TRANSLATE_NOOP("Duty", "周检查报告"),
    PeriodKind.MONTH: QT_TRANSLATE_NOOP("Duty", "月调度报告"),
    PeriodKind.QUARTER: QT_TRANSLATE_NOOP("Duty", "季考核报告"),
}
# Where there is little room.
SHORT_TITLES: dict[PeriodKind, str] = {
    PeriodKind.DAY: QT_TRANSLATE_NOOP("Duty", "日报"),
    PeriodKind.WEEK: QT_TRANSLATE_NOOP("Duty", "周检查"),
    PeriodKind.MONTH: QT_TRANSLATE_NOOP("Duty", "月调度"),
    PeriodKind.QUARTER: QT_TRANSLATE_NOOP("Duty", "季考核"),
}
PARTS: dict[PeriodKind, tuple[Part, ...]] = {
    PeriodKind.DAY: (
        tables.totals_table,
        tables.drills_table,
        lists.drills_held_table,
        lists.incidents_table,
        tables.on_time_table,
        tables.times_table,
        tables.rings_table,
        lists.late_table,
        lists.cameras_table,
        lists.handovers_table,
    ),
    PeriodKind.WEEK: (
        tables.totals_table,
        tables.drills_table,
        tables.days_table,
        tables.classes_table,
        tables.zones_table,
        lists.cameras_table,
        lists.late_table,
        lists.lessons_table,
    ),
    PeriodKind.MONTH: (
        tables.totals_table,
        tables.drills_table,
        lists.drills_held_table,
        tables.days_table,
        tables.hours_table,
        tables.places_table,
        tables.on_time_table,
        tables.rings_table,
        tables.orders_table,
        lists.staff_table,
        lists.owners_table,
        lists.lessons_table,
    ),
    PeriodKind.QUARTER: (
        tables.totals_table,
        tables.drills_table,
        lists.drills_held_table,
        tables.on_time_table,
        tables.times_table,
        tables.rings_table,
        tables.orders_table,
        tables.operators_table,
        tables.guards_table,
        lists.staff_table,
        lists.owners_table,
        lists.lessons_table,
    ),
}
# Who signs a printed one: first who made it, then who answers for it.
_SIGNERS: dict[PeriodKind, tuple[str, str]] = {
    PeriodKind.DAY: (QT_TRANSLATE_NOOP("Duty", "值班员"), QT_TRANSLATE_NOOP("Duty", "审核人")),
    PeriodKind.WEEK: (QT_TRANSLATE_NOOP("Duty", "检查人"), QT_TRANSLATE_NOOP("Duty", "审核人")),
    PeriodKind.MONTH: (QT_TRANSLATE_NOOP("Duty", "主持人"), QT_TRANSLATE_NOOP("Duty", "记录人")),
    PeriodKind.QUARTER: (QT_TRANSLATE_NOOP("Duty", "考核人"), QT_TRANSLATE_NOOP("Duty", "审核人")),
}


def tables_of(figures: DutyFigures) -> list[Table]:
    """What a report of this kind shows, in order."""
    return [part(figures) for part in PARTS[figures.period.kind]]


def paper_of(figures: DutyFigures, college: str, by: str) -> Document:
    """In the language of the moment. by: who made it."""
    kind = figures.period.kind
    title = translate("Duty", TITLES[kind])
    drills = translate("Duty", "演练单独计数，不在其他数字中。迟到：到场时已过时限；未到：始终没有到场。")
    return Document(
        title,
        college,
        (
            (translate("Duty", "时段"), period_text(figures.period)),
            (translate("Duty", "制表"), f"{date_time(figures.made_at)} {by}"),
        ),
        (
            *tables_of(figures),
            Paragraph(drills, is_note=True),
            *(SignatureLine(translate("Duty", who)) for who in _SIGNERS[kind]),
            StampPlace(college, _day_text(figures.made_at)),
        ),
        footer=f"{college} {title} {period_text(figures.period)}",
    )


def period_text(period: Period) -> str:
    first, last = period.first_on.isoformat(), period.last_on.isoformat()
    return first if first == last else f"{first} – {last}"


def file_name(figures: DutyFigures) -> str:
    """Without an ending; sorts by time in a folder."""
    return f"{figures.period.kind.value}-{figures.period.first_on.isoformat()}"


def _day_text(at: datetime) -> str:
    day = at.astimezone()
    text = translate("Duty", "{year} 年 {month} 月 {day} 日")
    return text.format(year=day.year, month=day.month, day=day.day)
