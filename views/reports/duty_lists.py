"""The lists of a duty report as tables: incidents, late orders, faults, people, responsibilities."""

from __future__ import annotations

from services.domain.documents import Table
from services.domain.reviews import LessonState
from services.reports.duty import DutyFigures
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name
from ui.text.times import date_time
from views.reports.duty_tables import NONE, nothing, translate

LATE_NAMES: dict[str, str] = {
    "sign": QT_TRANSLATE_NOOP("Duty", "签收"),
    "arrive": QT_TRANSLATE_NOOP("Duty", "到场"),
    "done": QT_TRANSLATE_NOOP("Duty", "完毕"),
}


def incidents_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "警情号"),
        translate("Duty", "内容"),
        translate("Duty", "位置"),
        translate("Duty", "级别"),
        translate("Duty", "接到"),
        translate("Duty", "控制"),
        translate("Duty", "状态"),
        translate("Duty", "结果"),
    )
    rows = tuple(
        (
            one.incident_no,
            local(one.title),
            local(one.place),
            one.level,
            date_time(one.received_at),
            date_time(one.contained_at),
            name_of(one.state),
            one.result or NONE,
        )
        for one in figures.incidents
    )
    return Table(heads, rows, translate("Duty", "警情"), nothing(), (3.6, 3.4, 2.4, 1.2, 2.6, 2.6, 1.8, 3.4))


def late_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "派警号"),
        translate("Duty", "警情号"),
        translate("Duty", "单位"),
        translate("Duty", "派出"),
        translate("Duty", "超时的环节"),
    )
    rows = tuple(
        (
            one.dispatch.dispatch_no,
            one.incident.incident_no,
            local(one.dispatch.guard_name),
            date_time(one.dispatch.sent_at),
            listed(translate("Duty", LATE_NAMES.get(name, name)) for name in one.dispatch.late),
        )
        for one in figures.late_orders
    )
    return Table(heads, rows, translate("Duty", "超时的派警"), nothing())


def cameras_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "摄像机"),
        translate("Duty", "名称"),
        translate("Duty", "位置"),
        translate("Duty", "故障次数"),
        translate("Duty", "期末状态"),
    )
    rows = tuple(
        (
            one.camera,
            local_name(one),
            local(one.place),
            one.faults,
            translate("Duty", "故障") if one.is_troubled else translate("Duty", "正常"),
        )
        for one in figures.cameras
    )
    return Table(heads, rows, translate("Duty", "摄像机故障"), nothing())


def handovers_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "交接班"),
        translate("Duty", "状态"),
        translate("Duty", "交班人"),
        translate("Duty", "交班时间"),
        translate("Duty", "接班人"),
        translate("Duty", "接班时间"),
    )
    rows = tuple(
        (
            one.handover_no,
            name_of(one.state),
            one.given.name if one.given else NONE,
            date_time(one.given.at if one.given else None),
            one.taken.name if one.taken else NONE,
            date_time(one.taken.at if one.taken else None),
        )
        for one in figures.handovers
    )
    return Table(heads, rows, translate("Duty", "交接班"), nothing())


def staff_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "保安"),
        translate("Duty", "班组"),
        translate("Duty", "排班"),
        translate("Duty", "到岗"),
        translate("Duty", "缺勤"),
        translate("Duty", "迟到"),
        translate("Duty", "早退"),
        translate("Duty", "工时"),
    )
    rows = tuple(
        (local_name(s), s.team or NONE, s.planned, s.came, s.missed, s.late, s.early, round(s.hours, 1))
        for s in figures.staff
    )
    return Table(heads, rows, translate("Duty", "出勤"), nothing())


def owners_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "责任部门或责任人"),
        translate("Duty", "未完成"),
        translate("Duty", "已完成"),
        translate("Duty", "逾期"),
    )
    rows = tuple((one.owner, one.open, one.done, one.overdue) for one in figures.owners)
    return Table(heads, rows, translate("Duty", "责任清单汇总（不含演练）"), nothing())


def lessons_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "责任部门或责任人"),
        translate("Duty", "措施"),
        translate("Duty", "警情号"),
        translate("Duty", "期限"),
        translate("Duty", "状态"),
        translate("Duty", "完成"),
    )
    overdue, drill = translate("Duty", "逾期"), translate("Duty", "演练")
    rows = tuple(
        (
            one.owner,
            f"{drill} · {one.text}" if one.is_drill else one.text,
            one.incident_no,
            date_time(one.due_at),
            f"{name_of(one.state)} · {overdue}" if one.is_overdue(figures.made_at) else name_of(one.state),
            date_time(one.done_at) if one.state is LessonState.DONE else NONE,
        )
        for one in sorted(figures.lessons, key=lambda lesson: lesson.owner)
    )
    return Table(heads, rows, translate("Duty", "责任清单"), nothing())


def drills_held_table(figures: DutyFigures) -> Table:
    heads = (
        translate("Duty", "演练"),
        translate("Duty", "组织人"),
        translate("Duty", "开始"),
        translate("Duty", "结束"),
        translate("Duty", "状态"),
    )
    rows = tuple(
        (
            one.name,
            one.started_by_name,
            date_time(one.started_at),
            date_time(one.ended_at),
            name_of(one.state),
        )
        for one in figures.drills.held
    )
    return Table(heads, rows, translate("Duty", "演练"), nothing())
