"""The way of one signal as sentences: driver, mapping, meaning, arming, folding, rules, actions."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from services.alarms.record import SignalStory
from services.domain.alarms import Qualifier
from services.domain.signals import COUNTED, OutcomeKind, SignalTrace
from ui.linkage.words import run_title
from ui.queue.notices import notice_line
from ui.text.names import name_of, name_of_value
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local
from ui.text.times import clock_time, date_time

_QUALIFIERS = {
    Qualifier.NEW: QT_TRANSLATE_NOOP("Story", "发生"),
    Qualifier.RESTORE: QT_TRANSLATE_NOOP("Story", "恢复"),
    Qualifier.STILL: QT_TRANSLATE_NOOP("Story", "仍在"),
    Qualifier.TEST: QT_TRANSLATE_NOOP("Story", "测试"),
}
_WHY = {
    OutcomeKind.RAISED: QT_TRANSLATE_NOOP("Story", "没有可并入的未结报警，成为新报警。"),
    OutcomeKind.REPEATED: QT_TRANSLATE_NOOP(
        "Story", "同一防区、同一类的报警还没有办结，计数加一并再次鸣响（搁置的不响）。"
    ),
    OutcomeKind.RESTORED: QT_TRANSLATE_NOOP("Story", "恢复信号：只记下报警器已恢复，报警仍须人工复位。"),
    OutcomeKind.DUPLICATE: QT_TRANSLATE_NOOP("Story", "两分钟内收到过同一报文，是主机重发，不再计数。"),
    OutcomeKind.RECORDED: QT_TRANSLATE_NOOP(
        "Story", "这类代码只记录，不报警；恢复信号没有对应的未结报警时也只记录。"
    ),
    OutcomeKind.DISARMED: QT_TRANSLATE_NOOP("Story", "防区所在的布防组当时已撤防，只记录。"),
    OutcomeKind.ISOLATED: QT_TRANSLATE_NOOP("Story", "防区当时已隔离，只记录。"),
    OutcomeKind.TEST: QT_TRANSLATE_NOOP("Story", "防区当时在测试，只记录。"),
    OutcomeKind.DELAYED: QT_TRANSLATE_NOOP("Story", "进入延时开始，在延时内撤防就不报警。"),
}


translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the way: its name and what happened there."""

    name: str
    text: str


def stations(story: SignalStory) -> list[Station]:
    """In the order of the way; a row of an older version says that it has no trace."""
    found = [Station(translate("Story", "驱动"), _driver(story)), *_understood(story.kept.trace)]
    found.append(Station(translate("Story", "归并"), _folding(story)))
    if story.alarm is None:
        found.append(
            Station(translate("Story", "动作"), translate("Story", "没有弹出：这个信号没有引起报警。"))
        )
        return found
    alarm = story.alarm
    shown = translate(
        "Story", "报警 {no}，{state}，共 {count} 次；收到 {received}，首次显示 {shown}，首幅画面 {framed}"
    )
    found.append(
        Station(
            translate("Story", "报警"),
            shown.format(
                no=alarm.event_no,
                state=name_of(alarm.state),
                count=alarm.occurrence_count,
                received=clock_time(alarm.received_at),
                shown=clock_time(alarm.displayed_at),
                framed=clock_time(alarm.first_frame_at),
            ),
        )
    )
    found += [Station(translate("Story", "规则"), run_title(run)) for run in story.runs]
    found += [Station(translate("Story", "升级通知"), notice_line(notice)) for notice in story.notices]
    return found


def outcome_text(outcome: str) -> str:
    return name_of_value(OutcomeKind, outcome)


def _driver(story: SignalStory) -> str:
    signal = story.kept.signal
    text = translate("Story", "{source}，{at} 收到账号 {account}，代码 {code}，防区 {zone}，{qualifier}")
    said = text.format(
        source=signal.source.value,
        at=date_time(signal.received_at),
        account=signal.account,
        code=signal.code,
        zone=signal.point or signal.zone,
        qualifier=translate("Story", _QUALIFIERS[signal.qualifier]),
    )
    return f"{said}\n{signal.raw}" if signal.raw else said


def _understood(trace: SignalTrace | None) -> list[Station]:
    if trace is None:
        return [Station(translate("Story", "映射"), translate("Story", "旧版本收到的信号，没有留下过程。"))]
    return [Station(translate("Story", "映射"), _mapping(trace)), *_meaning(trace)]


def _mapping(trace: SignalTrace) -> str:
    if trace.panel == "?":
        return translate("Story", "校区里没有这个账号，按“未知主机”处理。")
    if not trace.zone:
        return translate("Story", "主机 {panel} {name}；信号没有对应的防区").format(
            panel=trace.panel, name=trace.panel_name
        )
    text = translate("Story", "主机 {panel} {name} → 防区 {zone} {zone_name}，{place}")
    return text.format(
        panel=trace.panel,
        name=trace.panel_name,
        zone=trace.zone,
        zone_name=local(trace.name),
        place=local(trace.place),
    )


def _meaning(trace: SignalTrace) -> list[Station]:
    if trace.alarm_class is None or trace.priority is None:
        text = translate("Story", "代码含义：{label}，不是报警代码").format(label=trace.label)
    else:
        text = translate("Story", "代码含义：{label} → {kind}，P{priority}").format(
            label=trace.label, kind=name_of(trace.alarm_class), priority=int(trace.priority)
        )
    return [
        Station(translate("Story", "含义"), text),
        Station(translate("Story", "布防"), _arming(trace.arming)),
    ]


def _arming(arming: str) -> str:
    if not arming:
        return translate("Story", "不受布防、隔离和测试影响")
    if arming == COUNTED:
        return translate("Story", "已布防（或始终布防），没有隔离，不在测试：计入")
    return name_of_value(OutcomeKind, arming)


def _folding(story: SignalStory) -> str:
    outcome = story.kept.outcome
    try:
        return translate("Story", _WHY[OutcomeKind(outcome)])
    except ValueError:
        return outcome
