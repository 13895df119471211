"""One sentence for every kind of moment in an incident's history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from services.domain.alarms import Qualifier, Verdict
from services.domain.calls import Call, CallDirection
from services.domain.incidents import Feedback
from services.domain.people import Role
from services.review.moments import (
    AlarmMoment,
    CallMoment,
    EntryMoment,
    LinkageMoment,
    Moment,
    NoticeMoment,
    PictureMoment,
    ReviewMoment,
    ShownMoment,
    SignalMoment,
)
from services.review.timings import Clock
from ui.linkage.words import action_words
from ui.text.lists import listed
from ui.text.names import name_of, name_of_value
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name_of
from ui.text.timeline import timeline_text

NOBODY = "–"
translate = QCoreApplication.translate
_LEVELS = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}

# What the audit says was done to an alarm or a review.
_STEPS: dict[str, str] = {
    "alarm.reported": QT_TRANSLATE_NOOP("History", "接警登记，报警 {event_no}"),
    "alarm.report_attached": QT_TRANSLATE_NOOP("History", "又一次报案并入报警 {event_no}"),
    "alarm.claimed": QT_TRANSLATE_NOOP("History", "接警 {event_no}"),
    "alarm.taken_over": QT_TRANSLATE_NOOP("History", "接管报警 {event_no}：{reason}"),
    "alarm.succeeded": QT_TRANSLATE_NOOP("History", "接班，接过报警 {event_no}"),
    "alarm.verifying": QT_TRANSLATE_NOOP("History", "调看现场画面核实"),
    "alarm.decided": QT_TRANSLATE_NOOP("History", "研判 {event_no} 为“{verdict}”：{reason}"),
    "alarm.silenced": QT_TRANSLATE_NOOP("History", "消音 {event_no}"),
    "alarm.sounds_again": QT_TRANSLATE_NOOP("History", "报警 {event_no} 未复位，重新响起"),
    "alarm.reset": QT_TRANSLATE_NOOP("History", "复位 {event_no}：{reason}"),
    "alarm.closed": QT_TRANSLATE_NOOP("History", "报警 {event_no} 随警情办结"),
    "alarm.escalated": QT_TRANSLATE_NOOP("History", "无人处理，升到第 {level} 级"),
    "alarm.offered": QT_TRANSLATE_NOOP("History", "接警人没有动作，交其他席位接警"),
    "alarm.returned": QT_TRANSLATE_NOOP("History", "转交 15 秒内无人接收，仍归原接警人"),
    "alarm.shelved": QT_TRANSLATE_NOOP("History", "搁置 {event_no}：{reason}"),
    "alarm.unshelved": QT_TRANSLATE_NOOP("History", "取回搁置的报警 {event_no}"),
    "alarm.asked": QT_TRANSLATE_NOOP("History", "请求把 {event_no} 转交他人：{reason}"),
    "alarm.accepted": QT_TRANSLATE_NOOP("History", "接收转交的报警 {event_no}"),
    "alarm.declined": QT_TRANSLATE_NOOP("History", "不接收转交的报警 {event_no}"),
    "alarm.withdrawn": QT_TRANSLATE_NOOP("History", "撤回转交 {event_no}"),
    "review.opened": QT_TRANSLATE_NOOP("History", "自动开始复盘"),
    "review.written": QT_TRANSLATE_NOOP("History", "写复盘"),
    "review.submitted": QT_TRANSLATE_NOOP("History", "提交复盘"),
    "review.approved": QT_TRANSLATE_NOOP("History", "批准复盘"),
    "review.sent_back": QT_TRANSLATE_NOOP("History", "退回复盘：{reason}"),
}
_SIGNALS: dict[Qualifier, str] = {
    Qualifier.NEW: QT_TRANSLATE_NOOP("History", "{name} 再次报警"),
    Qualifier.STILL: QT_TRANSLATE_NOOP("History", "{name} 仍在报警"),
    Qualifier.RESTORE: QT_TRANSLATE_NOOP("History", "{name} 恢复"),
    Qualifier.TEST: QT_TRANSLATE_NOOP("History", "{name} 测试信号"),
}
_CLOCKS: dict[Clock, str] = {
    Clock.CLAIM: QT_TRANSLATE_NOOP("History", "接警"),
    Clock.DISPATCH: QT_TRANSLATE_NOOP("History", "首次派警"),
    Clock.SIGN: QT_TRANSLATE_NOOP("History", "签收"),
    Clock.ARRIVE: QT_TRANSLATE_NOOP("History", "到场"),
    Clock.DONE: QT_TRANSLATE_NOOP("History", "完毕"),
    Clock.STEP: QT_TRANSLATE_NOOP("History", "预案步骤"),
    Clock.CONTAIN: QT_TRANSLATE_NOOP("History", "控制"),
    Clock.CLOSE: QT_TRANSLATE_NOOP("History", "办结"),
}
_COUNTS: dict[str, str] = {
    "rescued": QT_TRANSLATE_NOOP("History", "救助 {count}"),
    "injured": QT_TRANSLATE_NOOP("History", "受伤 {count}"),
    "dead": QT_TRANSLATE_NOOP("History", "死亡 {count}"),
    "caught": QT_TRANSLATE_NOOP("History", "抓获 {count}"),
}


@dataclass(frozen=True, slots=True)
class MomentWords:
    """source: what kind of thing speaks. who: "–" for a machine."""

    source: str
    text: str
    who: str


def moment_words(moment: Moment) -> MomentWords:
    """Plain text in the language of the moment."""
    match moment:
        case SignalMoment():
            return MomentWords(translate("History", "报警"), _signal(moment), NOBODY)
        case ShownMoment():
            return MomentWords(translate("History", "画面"), _shown(moment), NOBODY)
        case AlarmMoment():
            return MomentWords(translate("History", "处警"), _alarm(moment), moment.actor_name or NOBODY)
        case LinkageMoment():
            return MomentWords(translate("History", "联动"), _linkage(moment), moment.one.by or NOBODY)
        case PictureMoment():
            text = translate("History", "{camera} 抓图 {file}").format(
                camera=moment.camera, file=PurePath(moment.file.replace("\\", "/")).name
            )
            return MomentWords(translate("History", "录像标记"), text, moment.actor_name or NOBODY)
        case NoticeMoment():
            return MomentWords(translate("History", "升级通知"), _notice(moment), _reader(moment))
        case EntryMoment():
            entry = moment.entry
            return MomentWords(_source_of(entry.what), _entry(moment), local(entry.actor_name) or NOBODY)
        case CallMoment():
            return MomentWords(translate("History", "通话"), _call(moment.call), moment.call.by_name)
        case ReviewMoment():
            text = _step(moment.step.action, {"reason": moment.step.reason})
            is_own = moment.step.action == "review.opened"
            who = NOBODY if is_own else moment.actor_name or NOBODY
            return MomentWords(translate("History", "复盘"), text, who)
        case _:
            assert_never(moment)


def clock_name(clock: Clock) -> str:
    return translate("History", _CLOCKS[clock])


def level_name(level: int) -> str:
    return translate("History", "{level} 级").format(level=_LEVELS.get(level, str(level)))


def since(start_at: datetime, at: datetime) -> str:
    """+0:07, +12:31 or +1:02:05; with a minus for what was before."""
    seconds = round((at - start_at).total_seconds())
    sign = "+" if seconds >= 0 else "−"
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02d}:{rest:02d}" if hours else f"{sign}{minutes}:{rest:02d}"


def took(seconds: float | None) -> str:
    """7 s, 3:20; "–" when it never came to that."""
    if seconds is None:
        return NOBODY
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}" if minutes else translate("History", "{seconds} 秒").format(seconds=rest)


def _signal(moment: SignalMoment) -> str:
    alarm = moment.alarm
    name = local_name_of(alarm.name, alarm.name_en)
    if moment.is_first:
        text = translate("History", "{event_no} {name} 报警（{kind}，{priority}）")
        return text.format(
            event_no=alarm.event_no,
            name=name,
            kind=name_of(alarm.alarm_class),
            priority=name_of(alarm.priority),
        )
    return translate("History", _SIGNALS[moment.signal.qualifier]).format(name=name)


def _shown(moment: ShownMoment) -> str:
    if not moment.has_picture:
        return translate("History", "席位弹出报警 {event_no}").format(event_no=moment.alarm.event_no)
    return translate("History", "第一帧现场画面，报警后 {ms} ms").format(ms=moment.alarm.linkage_ms or 0)


def _alarm(moment: AlarmMoment) -> str:
    after = moment.step.after
    verdict = after.get("verdict")
    return _step(
        moment.step.action,
        {
            "event_no": moment.alarm.event_no,
            "verdict": name_of_value(Verdict, str(verdict)) if verdict else NOBODY,
            "level": str(after.get("level", NOBODY)),
            "reason": moment.step.reason or NOBODY,
        },
    )


def _step(action: str, params: Mapping[str, str]) -> str:
    """What has no sentence names itself, so that nothing is hidden."""
    source = _STEPS.get(action)
    if source is None:
        return f"{action} {params.get('reason', '')}".strip()
    return translate("History", source).format_map(defaultdict(lambda: NOBODY, params))


def _linkage(moment: LinkageMoment) -> str:
    said = action_words(moment.run, moment.one)
    return "  ".join(part for part in (f"{said.mark} {said.name}", said.took, said.more) if part)


def _notice(moment: NoticeMoment) -> str:
    notice = moment.notice
    whom = name_of_value(Role, notice.role.value)
    if notice.call:
        whom = f"{whom}（{notice.call}）"
    text = (
        translate("History", "{whom} 已读第 {level} 级通知")
        if moment.is_seen
        else translate("History", "第 {level} 级，通知 {whom}")
    )
    return text.format(whom=whom, level=notice.level)


def _reader(moment: NoticeMoment) -> str:
    return (moment.notice.seen_by_name or NOBODY) if moment.is_seen else NOBODY


def _entry(moment: EntryMoment) -> str:
    text = timeline_text(moment.entry)
    why = moment.entry.params.get("why", "")
    if moment.entry.what == "dispatch.sent" and why:
        text = translate("History", "{text}（理由：{why}）").format(text=text, why=local(why))
    if moment.feedback is not None:
        text = " ".join([text, *_counts(moment.feedback)])
    return text


def _source_of(what: str) -> str:
    """Of a line of the incident's own timeline."""
    match what.partition(".")[0]:
        case "dispatch":
            return translate("History", "派警")
        case "plan":
            return translate("History", "预案")
        case "guard":
            return translate("History", "人员")
        case _:
            return translate("History", "警情")


def _call(call: Call) -> str:
    """Whom, how it ended, what was said and what they did not say back."""
    text = (
        translate("History", "致电 {party} {number}（{outcome}）：{said}")
        if call.direction is CallDirection.OUT
        else translate("History", "{party} {number} 来电：{said}")
    )
    told = text.format(
        party=local(call.party), number=call.number, outcome=name_of(call.outcome), said=call.said or NOBODY
    )
    if call.ref:
        told = translate("History", "{call}；对方编号 {ref}").format(call=told, ref=call.ref)
    if call.unconfirmed:
        items = listed(name_of(item) for item in call.unconfirmed)
        told = translate("History", "{call}；没有复述：{items}").format(call=told, items=items)
    return told


def _counts(feedback: Feedback) -> list[str]:
    """Only what is not nought."""
    counted = ((source, getattr(feedback, name)) for name, source in _COUNTS.items())
    said = [translate("History", source).format(count=count) for source, count in counted if count]
    if feedback.loss:
        said.append(translate("History", "损失 {loss}").format(loss=feedback.loss))
    if feedback.evidence:
        said.append(translate("History", "证据 {evidence}").format(evidence=feedback.evidence))
    if feedback.handed_over_to:
        said.append(translate("History", "移交 {to}").format(to=feedback.handed_over_to))
    return said
