"""What the table of outputs and the panel beside it are made of, without widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from services.domain.outputs import (
    Activity,
    OrderState,
    OutputAction,
    OutputMode,
    OutputOrder,
    OutputState,
    conflict_of,
    mode_of,
)
from services.domain.site import Interlock, Output, Site
from ui.text import times
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.places import local, local_name

NONE = "–"


@dataclass(frozen=True, slots=True)
class OutputRow:
    """One output as it is: mode is the one that counts, own_mode what was set of it alone."""

    output: Output
    mode: OutputMode
    own_mode: OutputMode
    activity: Activity
    order: OutputOrder | None

    @property
    def waiting(self) -> OutputOrder | None:
        """The order that waits for persons."""
        return self.order if self.order is not None and self.order.state is OrderState.ASKED else None

    @property
    def is_in_trouble(self) -> bool:
        return self.order is not None and self.order.state is OrderState.FAULT


@dataclass(frozen=True, slots=True)
class InterlockRow:
    """One line of the interlock table that names an output, and whether it forbids starting it now."""

    line: Interlock
    forbids: bool


def rows_of(
    site: Site, states: Mapping[str, OutputState], orders: Mapping[str, OutputOrder]
) -> list[OutputRow]:
    """By place, then by number."""
    return [
        OutputRow(
            output,
            mode_of(states, output.no),
            states[output.no].mode if output.no in states else OutputMode.AUTOMATIC,
            states[output.no].activity if output.no in states else Activity.OFF,
            orders.get(output.no),
        )
        for output in sorted(site.outputs, key=lambda output: (output.place, output.no))
    ]


def interlocks_of(site: Site, states: Mapping[str, OutputState], output_no: str) -> list[InterlockRow]:
    return [
        InterlockRow(line, conflict_of((line,), states, output_no, OutputAction.ON) is not None)
        for line in site.interlocks
        if output_no in (line.output, line.other)
    ]


def headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("FireTable", "位置"),
        translate("FireTable", "输出"),
        translate("FireTable", "方式"),
        translate("FireTable", "状态"),
        translate("FireTable", "命令"),
        translate("FireTable", "启动"),
        translate("FireTable", "反馈"),
        translate("FireTable", "故障"),
    ]


def cells(row: OutputRow) -> list[str]:
    order = row.order
    return [
        local(row.output.place),
        local_name(row.output),
        name_of(row.mode),
        name_of(row.activity),
        command_text(order),
        times.clock_time(order.started_at) if order else NONE,
        times.clock_time(order.feedback_at) if order else NONE,
        trouble_text(order),
    ]


def command_text(order: OutputOrder | None) -> str:
    """What was ordered last and how far it is; a drill says so."""
    if order is None:
        return NONE
    text = f"{name_of(order.action)} · {name_of(order.state)}"
    if not order.is_drill:
        return text
    return QCoreApplication.translate("FireTable", "[演练] {text}").format(text=text)


def trouble_text(order: OutputOrder | None) -> str:
    if order is None or order.cause is None or order.state is not OrderState.FAULT:
        return NONE
    return f"{name_of(order.cause)} {times.clock_time(order.ended_at)}"


def history_text(order: OutputOrder, name: str) -> str:
    """One line of the history: when, what, by whom, and every step with its time."""
    translate = QCoreApplication.translate
    who = order.asked_by_name or translate("FireTable", "联动")
    parts = [times.date_time(order.asked_at)[5:], name, command_text(order), who]
    if len(order.confirmations) > 1:
        both = listed(given.display_name for given in order.confirmations)
        parts.append(translate("FireTable", "确认 {names}").format(names=both))
    steps = (
        (OrderState.SENT, order.sent_at),
        (OrderState.STARTED, order.started_at),
        (OrderState.FEEDBACK, order.feedback_at),
    )
    parts += [f"{name_of(state)} {times.clock_time(at)}" for state, at in steps if at is not None]
    if order.cause is not None:
        parts.append(name_of(order.cause))
    if order.reason:
        parts.append(order.reason)
    return "  ".join(parts)
