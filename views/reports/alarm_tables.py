"""The figures as tables of texts: the same for the screen and for the file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.reports.alarms import LINKAGE_LIMIT_MS, AlarmFigures, Spread, Step
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name_of
from ui.text.times import date_time

NONE = "–"
STEP_NAMES: dict[Step, str] = {
    Step.CLAIM: QT_TRANSLATE_NOOP("Figures", "到接警"),
    Step.VERIFY: QT_TRANSLATE_NOOP("Figures", "到核实"),
    Step.DISPATCH: QT_TRANSLATE_NOOP("Figures", "到派警"),
    Step.CLOSE: QT_TRANSLATE_NOOP("Figures", "到复位"),
}
translate = QCoreApplication.translate
Lines = list[list[str]]


def time_lines(figures: AlarmFigures) -> Lines:
    """Headings first; the linkage time is the last line."""
    lines = [
        [
            translate("Figures", "用时"),
            translate("Figures", "条数"),
            translate("Figures", "中位数"),
            translate("Figures", "95%"),
            translate("Figures", "最长"),
        ]
    ]
    for step, spread in figures.steps:
        lines.append([translate("Figures", STEP_NAMES[step]), *_cells(spread, _SECONDS)])
    lines.append([translate("Figures", "到首幅画面"), *_cells(figures.linkage, _MILLISECONDS)])
    return lines


def operator_lines(figures: AlarmFigures) -> Lines:
    lines = [
        [
            translate("Figures", "值班员"),
            translate("Figures", "处理"),
            translate("Figures", "全时段每 10 分钟"),
            translate("Figures", "最忙 10 分钟"),
        ]
    ]
    for one in figures.operators:
        lines.append([one.name or one.user, str(one.handled), f"{one.mean:.2f}", str(one.busiest)])
    return lines


def zone_lines(figures: AlarmFigures) -> Lines:
    lines = [
        [
            translate("Figures", "防区"),
            translate("Figures", "名称"),
            translate("Figures", "位置"),
            translate("Figures", "报警"),
            translate("Figures", "次数"),
            translate("Figures", "已研判"),
            translate("Figures", "误报"),
            translate("Figures", "误报率"),
        ]
    ]
    for zone in figures.zones:
        rate = NONE if zone.false_rate is None else f"{zone.false_rate:.0%}"
        lines.append(
            [
                zone.zone or NONE,
                local_name_of(zone.name, zone.name_en),
                local(zone.place),
                str(zone.alarms),
                str(zone.occurrences),
                str(zone.judged),
                str(zone.false),
                rate,
            ]
        )
    return lines


def summary(figures: AlarmFigures) -> str:
    text = translate("Figures", "报警 {total} 条；{within} / {count} 条在 {limit} 秒内出画面")
    return text.format(
        total=figures.total,
        within=figures.within_limit,
        count=figures.linkage.count,
        limit=LINKAGE_LIMIT_MS // 1000,
    )


def load_lines(figures: AlarmFigures) -> Lines:
    """Only the tens of minutes in which anything came."""
    lines = [[translate("Figures", "十分钟起点"), translate("Figures", "报警")]]
    return lines + [[date_time(load.begins_at), str(load.count)] for load in figures.loads if load.count]


def all_lines(figures: AlarmFigures) -> Lines:
    """Everything, one table below the other, as it goes into a file."""
    lines: Lines = [[date_time(figures.since), date_time(figures.until)], [summary(figures)]]
    for table in (time_lines, operator_lines, zone_lines, load_lines):
        lines += [[], *table(figures)]
    return lines


def _cells(spread: Spread, unit: str) -> list[str]:
    values = (spread.p50, spread.p95, spread.most)
    return [str(spread.count), *(NONE if value is None else unit.format(value) for value in values)]


_SECONDS = "{:.1f} s"
_MILLISECONDS = "{:.0f} ms"
