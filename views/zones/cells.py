"""What the tables say of zones, panels, groups and outputs; a cell has its text and what it is sorted by."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from services.domain.arming import ZoneCondition, ZoneState
from services.domain.site import Output, Site
from ui.sorted_table import Cell
from ui.text.names import name_of
from ui.text.places import local, local_name
from ui.text.times import clock_time, date_time
from ui.theme import tokens
from views.zones.presenter import GroupRow, PanelRow, ZoneRow


def zone_headings() -> list[str]:
    return [
        QCoreApplication.translate("ZoneCells", "状态"),
        QCoreApplication.translate("ZoneCells", "编号"),
        QCoreApplication.translate("ZoneCells", "名称"),
        QCoreApplication.translate("ZoneCells", "类别"),
        QCoreApplication.translate("ZoneCells", "位置"),
        QCoreApplication.translate("ZoneCells", "最近信号"),
        QCoreApplication.translate("ZoneCells", "主机/防区号"),
        QCoreApplication.translate("ZoneCells", "布防组"),
        QCoreApplication.translate("ZoneCells", "延时"),
        QCoreApplication.translate("ZoneCells", "指定摄像机"),
    ]


def zone_cells(row: ZoneRow) -> list[Cell]:
    zone = row.zone
    order = list(ZoneCondition).index(row.condition)
    delay = f"{zone.entry_delay_s:g} s" if zone.entry_delay_s else "–"
    return [
        Cell(condition_text(row), (order,), condition_hint(row), condition_ink(row.condition)),
        Cell(zone.no),
        Cell(local_name(zone), hint=name_of(zone.kind)),
        Cell(name_of(zone.alarm_class)),
        Cell(local(zone.place)),
        signal_cell(row.state),
        Cell(f"{zone.panel} / {zone.number}", (zone.panel, zone.number), zone.point),
        Cell(zone.arm_group or "–"),
        Cell(delay, (zone.entry_delay_s,)),
        Cell(" ".join(zone.pinned) or "–"),
    ]


def condition_text(row: ZoneRow) -> str:
    """With the time of its end where it ends by itself."""
    until_at = row.until_at
    name = name_of(row.condition)
    if until_at is None:
        return name
    text = QCoreApplication.translate("ZoneCells", "{state}，至 {time}")
    return text.format(state=name, time=_short(until_at))


def condition_hint(row: ZoneRow) -> str:
    """Who took it out and why."""
    state = row.state
    if state is not None and state.isolation is not None and row.condition is ZoneCondition.ISOLATED:
        text = QCoreApplication.translate("ZoneCells", "{owner} 隔离：{reason}")
        return text.format(owner=state.isolation.owner_name, reason=state.isolation.reason)
    if row.condition is ZoneCondition.ALWAYS:
        return QCoreApplication.translate("ZoneCells", "不能撤防、隔离或测试：任何时候都报警")
    return ""


def condition_ink(condition: ZoneCondition) -> QColor:
    theme = tokens()
    inks = {
        ZoneCondition.ACTIVE: theme.bad,
        ZoneCondition.ISOLATED: theme.warn,
        ZoneCondition.TEST: theme.warn,
        ZoneCondition.DISARMED: theme.text_dim,
        ZoneCondition.ARMED: theme.ok,
        ZoneCondition.ALWAYS: theme.ok,
    }
    return QColor(inks[condition])


def signal_cell(state: ZoneState | None) -> Cell:
    if state is None or state.signal_at is None:
        return Cell("–", (0.0,))
    outcome = outcome_name(state.signal_outcome)
    text = f"{_short(state.signal_at)}  {state.signal_code}  {outcome}"
    return Cell(text, (-state.signal_at.timestamp(),), date_time(state.signal_at))


def outcome_name(outcome: str) -> str:
    """What became of a signal, in a word."""
    names = {
        "raised": QCoreApplication.translate("ZoneCells", "报警"),
        "repeated": QCoreApplication.translate("ZoneCells", "重复"),
        "restored": QCoreApplication.translate("ZoneCells", "恢复"),
        "recorded": QCoreApplication.translate("ZoneCells", "记录"),
        "disarmed": QCoreApplication.translate("ZoneCells", "撤防未报"),
        "isolated": QCoreApplication.translate("ZoneCells", "隔离未报"),
        "test": QCoreApplication.translate("ZoneCells", "测试"),
        "delayed": QCoreApplication.translate("ZoneCells", "延时中"),
    }
    return names.get(outcome, outcome)


def panel_headings() -> list[str]:
    return [
        QCoreApplication.translate("ZoneCells", "状态"),
        QCoreApplication.translate("ZoneCells", "编号"),
        QCoreApplication.translate("ZoneCells", "名称"),
        QCoreApplication.translate("ZoneCells", "协议"),
        QCoreApplication.translate("ZoneCells", "账号"),
        QCoreApplication.translate("ZoneCells", "地址"),
        QCoreApplication.translate("ZoneCells", "巡检"),
        QCoreApplication.translate("ZoneCells", "防区数"),
        QCoreApplication.translate("ZoneCells", "最近信号"),
    ]


def panel_cells(row: PanelRow) -> list[Cell]:
    panel, theme = row.panel, tokens()
    if row.silent is not None:
        since = _short(row.silent.received_at)
        silent = QCoreApplication.translate("ZoneCells", "失联，{time} 起").format(time=since)
        state = Cell(silent, (0,), ink=QColor(theme.bad))
    elif panel.supervision_s:
        state = Cell(QCoreApplication.translate("ZoneCells", "正常"), (2,), ink=QColor(theme.ok))
    else:
        word = QCoreApplication.translate("ZoneCells", "不巡检")
        state = Cell(word, (1,), ink=QColor(theme.text_dim))
    heard = (
        Cell("–", (0.0,))
        if row.heard_at is None
        else Cell(_short(row.heard_at), (-row.heard_at.timestamp(),))
    )
    return [
        state,
        Cell(panel.no),
        Cell(local_name(panel)),
        Cell(name_of(panel.protocol)),
        Cell(panel.account),
        Cell(panel.address or "–"),
        Cell(f"{panel.supervision_s:g} s" if panel.supervision_s else "–", (panel.supervision_s,)),
        Cell(str(row.zones), (row.zones,)),
        heard,
    ]


def group_headings() -> list[str]:
    return [
        QCoreApplication.translate("ZoneCells", "状态"),
        QCoreApplication.translate("ZoneCells", "编号"),
        QCoreApplication.translate("ZoneCells", "名称"),
        QCoreApplication.translate("ZoneCells", "时段"),
        QCoreApplication.translate("ZoneCells", "防区数"),
        QCoreApplication.translate("ZoneCells", "最近操作"),
    ]


def group_cells(row: GroupRow) -> list[Cell]:
    condition = ZoneCondition.ARMED if row.arming.is_armed else ZoneCondition.DISARMED
    return [
        Cell(name_of(condition), (condition.value,), ink=condition_ink(condition)),
        Cell(row.group.no),
        Cell(local_name(row.group)),
        Cell("; ".join(row.group.schedule) or QCoreApplication.translate("ZoneCells", "人工")),
        Cell(str(row.zones), (row.zones,)),
        Cell(group_word(row)),
    ]


def group_word(row: GroupRow) -> str:
    """Who decided it and when; the schedule for what nobody decided."""
    arming = row.arming
    if arming.by_name:
        return f"{arming.by_name} {_short(arming.since_at)}"
    if row.group.schedule:
        text = QCoreApplication.translate("ZoneCells", "按时段 {time}")
        return text.format(time=_short(arming.since_at))
    return QCoreApplication.translate("ZoneCells", "无人操作过")


def edge_word(row: GroupRow) -> str:
    """What the schedule does next."""
    if row.edge is None:
        return ""
    if row.edge.is_armed:
        return QCoreApplication.translate("ZoneCells", "{time} 自动布防").format(time=_short(row.edge.at))
    return QCoreApplication.translate("ZoneCells", "{time} 自动撤防").format(time=_short(row.edge.at))


def output_headings() -> list[str]:
    return [
        QCoreApplication.translate("ZoneCells", "编号"),
        QCoreApplication.translate("ZoneCells", "名称"),
        QCoreApplication.translate("ZoneCells", "种类"),
        QCoreApplication.translate("ZoneCells", "位置"),
        QCoreApplication.translate("ZoneCells", "主机/输出号"),
        QCoreApplication.translate("ZoneCells", "点位"),
        QCoreApplication.translate("ZoneCells", "反馈防区"),
        QCoreApplication.translate("ZoneCells", "反馈限时"),
    ]


def output_cells(output: Output, site: Site) -> list[Cell]:
    feedback = site.zone(output.feedback)
    return [
        Cell(output.no),
        Cell(local_name(output)),
        Cell(name_of(output.kind)),
        Cell(local(output.place)),
        Cell(f"{output.panel} / {output.number}", (output.panel, output.number)),
        Cell(output.point or "–"),
        Cell(f"{feedback.no} {local_name(feedback)}" if feedback else "–"),
        Cell(f"{output.feedback_s:g} s", (output.feedback_s,)),
    ]


def _short(at: datetime) -> str:
    """Time of today, else date and time."""
    local_at = at.astimezone()
    is_today = local_at.date() == datetime.now().astimezone().date()
    return clock_time(at) if is_today else local_at.strftime("%m-%d %H:%M")
