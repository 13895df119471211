"""The figures of a duty report as tables: the screen shows them and the paper is made of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.documents import Cell, Table
from services.reports.alarms import Spread
from services.reports.duty import DutyFigures
from services.reports.response import Leg, Ring
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name
from views.reports.alarm_tables import STEP_NAMES

NONE = "–"
# Of places and zones only the first are worth a line.
MOST_LINES = 15
translate = QCoreApplication.translate
LEG_NAMES: dict[Leg, str] = {
    Leg.SIGN: QT_TRANSLATE_NOOP("Duty", "派出到签收"),
    Leg.ARRIVE: QT_TRANSLATE_NOOP("Duty", "派出到到场"),
    Leg.DONE: QT_TRANSLATE_NOOP("Duty", "派出到完毕"),
}
RING_NAMES: dict[Ring, str] = {
    Ring.POST: QT_TRANSLATE_NOOP("Duty", "岗位（1 分钟）"),
    Ring.PATROL: QT_TRANSLATE_NOOP("Duty", "巡逻（3 分钟）"),
    Ring.BACKUP: QT_TRANSLATE_NOOP("Duty", "增援（5 分钟）"),
}
RING_MINUTES: dict[Ring, str] = {Ring.POST: "1′", Ring.PATROL: "3′", Ring.BACKUP: "5′"}


def totals_table(figures: DutyFigures) -> Table:
    now, was = figures.totals, figures.before
    rows: tuple[tuple[Cell, ...], ...] = (
        (translate("Duty", "报警"), now.alarms, was.alarms),
        (translate("Duty", "其中属实"), now.genuine, was.genuine),
        (translate("Duty", "其中误报"), now.false, was.false),
        (translate("Duty", "警情"), now.incidents, was.incidents),
        (translate("Duty", "派警"), now.dispatches, was.dispatches),
    )
    heads = (translate("Duty", "指标"), translate("Duty", "本期"), translate("Duty", "上期"))
    return Table(heads, rows, translate("Duty", "总数（不含演练）"))


def drills_table(figures: DutyFigures) -> Table:
    drills = figures.drills
    heads = (translate("Duty", "演练报警"), translate("Duty", "演练警情"), translate("Duty", "演练派警"))
    counts = (drills.alarms, drills.incidents, drills.dispatches)
    return Table(heads, (counts,), translate("Duty", "演练计数"))


def on_time_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "级别"),
        translate("Duty", "报警"),
        translate("Duty", "接警时限（秒）"),
        translate("Duty", "按时接警"),
        translate("Duty", "接警按时率"),
        translate("Duty", "派警时限（秒）"),
        translate("Duty", "派警"),
        translate("Duty", "按时派警"),
        translate("Duty", "派警按时率"),
    )
    rows = tuple(
        (
            f"P{one.priority:d}",
            one.alarms,
            one.claim_limit_s,
            one.claimed_in_time,
            percent(one.claimed_in_time, one.alarms),
            NONE if one.dispatch_limit_s is None else one.dispatch_limit_s,
            one.sent,
            one.sent_in_time,
            percent(one.sent_in_time, one.sent),
        )
        for one in figures.on_time
    )
    return Table(heads, rows, translate("Duty", "接警和派警按时率"))


def times_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "用时（秒）"),
        translate("Duty", "次数"),
        translate("Duty", "中位数"),
        translate("Duty", "95%"),
        translate("Duty", "最长"),
    )
    rows = [
        (translate("Figures", STEP_NAMES[step]), *_spread(spread)) for step, spread in figures.alarms.steps
    ]
    rows += [(translate("Duty", LEG_NAMES[leg]), *_spread(spread)) for leg, spread in figures.dispatches.legs]
    return Table(heads, tuple(rows), translate("Duty", "处置用时"))


def rings_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "力量"),
        translate("Duty", "应到"),
        translate("Duty", "按时到场"),
        translate("Duty", "迟到"),
        translate("Duty", "未到"),
        translate("Duty", "按时率"),
    )
    rows = tuple(
        (
            translate("Duty", RING_NAMES[one.ring]),
            one.sent,
            one.in_time,
            one.late,
            one.never,
            percent(one.in_time, one.sent),
        )
        for one in figures.dispatches.rings
    )
    return Table(heads, rows, translate("Duty", "1-3-5 到场"))


def orders_table(figures: DutyFigures) -> Table:
    one = figures.dispatches
    heads = (
        translate("Duty", "派警"),
        translate("Duty", "校外力量"),
        translate("Duty", "增援"),
        translate("Duty", "退单"),
        translate("Duty", "取消"),
        translate("Duty", "按推荐派出"),
    )
    row = (one.total, one.outside, one.backup, one.returned, one.cancelled, one.as_recommended)
    return Table(heads, (row,), translate("Duty", "派警"))


def classes_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "类型"),
        translate("Duty", "报警"),
        translate("Duty", "属实"),
        translate("Duty", "误报"),
    )
    rows = tuple((name_of(c.alarm_class), c.alarms, c.genuine, c.false) for c in figures.classes)
    return Table(heads, rows, translate("Duty", "报警类型"), nothing())


def days_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "日期"),
        translate("Duty", "报警"),
        translate("Duty", "警情"),
        translate("Duty", "派警"),
    )
    rows = tuple((one.day.isoformat(), one.alarms, one.incidents, one.dispatches) for one in figures.days)
    return Table(heads, rows, translate("Duty", "逐日"))


def hours_table(figures: DutyFigures) -> Table:
    heads = (translate("Duty", "时段"), translate("Duty", "报警"))
    rows = tuple((f"{hour:02d}:00", count) for hour, count in enumerate(figures.hours))
    return Table(heads, rows, translate("Duty", "一天中的时段"))


def places_table(figures: DutyFigures) -> Table:
    heads = (translate("Duty", "位置"), translate("Duty", "警情"), translate("Duty", "报警"))
    rows = tuple((local(one.place) or NONE, one.incidents, one.alarms) for one in figures.places[:MOST_LINES])
    return Table(heads, rows, translate("Duty", "多发的位置"), nothing())


def zones_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "防区"),
        translate("Duty", "名称"),
        translate("Duty", "报警"),
        translate("Duty", "次数"),
        translate("Duty", "已研判"),
        translate("Duty", "误报"),
        translate("Duty", "误报率"),
    )
    rows = tuple(
        (
            one.zone or NONE,
            local_name(one),
            one.alarms,
            one.occurrences,
            one.judged,
            one.false,
            percent(one.false, one.judged),
        )
        for one in figures.alarms.zones[:MOST_LINES]
    )
    return Table(heads, rows, translate("Duty", "响得最多的防区"), nothing())


def operators_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "值班员"),
        translate("Duty", "处理"),
        translate("Duty", "全时段每 10 分钟"),
        translate("Duty", "最忙 10 分钟"),
    )
    rows = tuple((o.name or o.user, o.handled, round(o.mean, 2), o.busiest) for o in figures.alarms.operators)
    return Table(heads, rows, translate("Duty", "值班员"), nothing())


def guards_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "单位"),
        translate("Duty", "派警"),
        translate("Duty", "退单"),
        translate("Duty", "签收中位数（秒）"),
        translate("Duty", "到场中位数（秒）"),
        translate("Duty", "按时到场"),
        translate("Duty", "迟到或未到"),
        translate("Duty", "按时率"),
    )
    rows = tuple(
        (
            local(one.name),
            one.orders,
            one.returned,
            NONE if one.sign is None else one.sign,
            NONE if one.arrive is None else one.arrive,
            one.in_time,
            one.late,
            percent(one.in_time, one.in_time + one.late),
        )
        for one in figures.dispatches.guards
    )
    return Table(heads, rows, translate("Duty", "出警考核"), nothing())


def percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else NONE


def nothing() -> str:
    return translate("Duty", "无")


def _spread(spread: Spread) -> tuple[Cell, Cell, Cell, Cell]:
    p50, p95, most = (
        NONE if value is None else round(value, 1) for value in (spread.p50, spread.p95, spread.most)
    )
    return spread.count, p50, p95, most
