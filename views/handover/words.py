"""The lines of a handover in words: the same for the screen and for the paper."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QCoreApplication

from services.domain.alarms import AlarmState
from services.domain.arming import ZoneCondition
from services.domain.devices import HealthState
from services.domain.handovers import (
    Handover,
    HandoverChange,
    HandoverItem,
    ItemKind,
    LentItem,
    LentState,
    ShiftCounts,
)
from services.domain.incidents import DispatchState, IncidentState
from services.domain.outputs import OrderState
from services.domain.plan_runs import PlanRunState
from ui.text.lists import in_turn
from ui.text.names import name_of, name_of_value
from ui.text.places import local, local_name_of
from ui.text.times import date_time

NONE = "–"
# Of which kinds the state of a line may be; the first that knows the value names it.
_STATES: dict[ItemKind, tuple[type[Enum], ...]] = {
    ItemKind.ALARM: (AlarmState,),
    ItemKind.SHELVED: (AlarmState,),
    ItemKind.INCIDENT: (IncidentState,),
    ItemKind.DISPATCH: (DispatchState,),
    ItemKind.PLAN_RUN: (PlanRunState,),
    ItemKind.ISOLATED: (ZoneCondition,),
    ItemKind.FAULT: (HealthState, OrderState),
    ItemKind.LENT: (LentState,),
    ItemKind.NOTE: (),
}
translate = QCoreApplication.translate
Lines = list[list[str]]


def item_headings() -> list[str]:
    return [
        translate("Handover", "类别"),
        translate("Handover", "编号"),
        translate("Handover", "内容"),
        translate("Handover", "位置"),
        translate("Handover", "状态"),
        translate("Handover", "负责人"),
        translate("Handover", "从"),
        translate("Handover", "到"),
        translate("Handover", "说明"),
    ]


def item_cells(item: HandoverItem) -> list[str]:
    title = local(local_name_of(item.title, item.title_en))
    if item.priority:
        title = f"P{item.priority} {title}"
    if item.is_drill:
        title = f"{translate('Handover', '演练')} · {title}"
    return [
        name_of(item.kind),
        item.no or NONE,
        title,
        local(item.place) or NONE,
        state_name(item),
        item.who or NONE,
        date_time(item.since),
        date_time(item.until),
        _detail(item) or NONE,
    ]


def _detail(item: HandoverItem) -> str:
    if item.kind is ItemKind.PLAN_RUN:
        return in_turn(local(step) for step in item.detail.splitlines())
    return item.detail


def item_lines(items: Sequence[HandoverItem]) -> Lines:
    """Headings first."""
    return [item_headings(), *map(item_cells, items)]


def change_lines(changes: Sequence[HandoverChange]) -> Lines:
    """Headings first; of what is otherwise, the state that it was in."""
    lines = [[translate("Handover", "变化"), *item_headings()]]
    for change in changes:
        cells = item_cells(change.item)
        if change.was is not None and change.was.state != change.item.state:
            cells[4] = f"{state_name(change.was)} → {cells[4]}"
        lines.append([name_of(change.kind), *cells])
    return lines


def state_name(item: HandoverItem) -> str:
    for kind in _STATES[item.kind]:
        if item.state in {str(member.value) for member in kind}:
            return name_of_value(kind, item.state)
    return item.state or NONE


def counts_text(counts: ShiftCounts) -> str:
    text = translate(
        "Handover",
        "本班报警 {alarms} 条（属实 {genuine}，误报 {false}），警情 {incidents} 起，"
        "派警 {dispatches} 次，演练报警 {drills} 条",
    )
    return text.format(
        alarms=counts.alarms,
        genuine=counts.genuine,
        false=counts.false,
        incidents=counts.incidents,
        dispatches=counts.dispatches,
        drills=counts.drills,
    )


def lent_lines(items: Sequence[LentItem]) -> Lines:
    """Headings first."""
    heads = [
        translate("Handover", "物品"),
        translate("Handover", "件数"),
        translate("Handover", "借用人"),
        translate("Handover", "联系方式"),
        translate("Handover", "借出"),
        translate("Handover", "经手人"),
        translate("Handover", "应还"),
        translate("Handover", "状态"),
        translate("Handover", "归还"),
        translate("Handover", "收回人"),
        translate("Handover", "说明"),
    ]
    return [heads, *map(_lent_cells, items)]


def _lent_cells(item: LentItem) -> list[str]:
    return [
        item.name,
        str(item.count),
        item.borrower,
        item.contact or NONE,
        date_time(item.lent_at),
        item.lent_by_name,
        date_time(item.due_at),
        name_of(item.state),
        date_time(item.returned_at),
        item.returned_to_name or NONE,
        item.note or NONE,
    ]


def history_lines(handovers: Sequence[Handover]) -> Lines:
    """Headings first."""
    heads = [
        translate("Handover", "编号"),
        translate("Handover", "状态"),
        translate("Handover", "班次开始"),
        translate("Handover", "交班人"),
        translate("Handover", "交班时间"),
        translate("Handover", "接班人"),
        translate("Handover", "接班时间"),
        translate("Handover", "条数"),
    ]
    return [heads, *map(_history_cells, handovers)]


def _history_cells(handover: Handover) -> list[str]:
    given, taken = handover.given, handover.taken
    return [
        handover.handover_no,
        name_of(handover.state),
        date_time(handover.since),
        given.name if given else NONE,
        date_time(given.at if given else None),
        taken.name if taken else NONE,
        date_time(taken.at if taken else None),
        str(len(handover.items)),
    ]
