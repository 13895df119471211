"""The words of a linkage record: what was done, how it went, how soon."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from services.core.errors import ServiceError
from services.domain.linkage import ActionKind
from services.domain.linkage_runs import ActionRun, LinkageRun, Result
from ui.linkage.plan_names import plan_name
from ui.linkage.sentence import notified
from ui.text import sentence
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name_of
from ui.tone import Tone

# The sign says it without its colour.
MARKS = {
    Result.PENDING: "…",
    Result.OK: "✓",
    Result.LATE: "✓",
    Result.FAILED: "✗",
    Result.UNAVAILABLE: "–",
    Result.SKIPPED: "–",
    Result.INTERRUPTED: "✗",
}
TONES: dict[Result, Tone] = {
    Result.PENDING: "dim",
    Result.OK: "ok",
    Result.LATE: "warn",
    Result.FAILED: "bad",
    Result.UNAVAILABLE: "warn",
    Result.SKIPPED: "dim",
    Result.INTERRUPTED: "bad",
}

# As short as a chip is narrow, above all in English.
CHIP_NAMES = {
    ActionKind.POPUP: QT_TRANSLATE_NOOP("LinkageChip", "弹出报警"),
    ActionKind.FEEDS: QT_TRANSLATE_NOOP("LinkageChip", "现场画面"),
    ActionKind.MAP: QT_TRANSLATE_NOOP("LinkageChip", "地图定位"),
    ActionKind.SOUND: QT_TRANSLATE_NOOP("LinkageChip", "报警声"),
    ActionKind.VOICE: QT_TRANSLATE_NOOP("LinkageChip", "语音播报"),
    ActionKind.WALL_PRESET: QT_TRANSLATE_NOOP("LinkageChip", "电视墙预设"),
    ActionKind.NOTIFY: QT_TRANSLATE_NOOP("LinkageChip", "通知席位"),
    ActionKind.PTZ_PRESET: QT_TRANSLATE_NOOP("LinkageChip", "云台预置位"),
    ActionKind.PTZ_AIM: QT_TRANSLATE_NOOP("LinkageChip", "云台对准"),
    ActionKind.SNAPSHOT: QT_TRANSLATE_NOOP("LinkageChip", "抓图留存"),
    ActionKind.RECORD: QT_TRANSLATE_NOOP("LinkageChip", "录像保护"),
    ActionKind.OUTPUT: QT_TRANSLATE_NOOP("LinkageChip", "控制输出"),
    ActionKind.DOOR: QT_TRANSLATE_NOOP("LinkageChip", "开门"),
    ActionKind.BROADCAST: QT_TRANSLATE_NOOP("LinkageChip", "应急广播"),
    ActionKind.PLAN: QT_TRANSLATE_NOOP("LinkageChip", "启动预案"),
    ActionKind.DISPATCH: QT_TRANSLATE_NOOP("LinkageChip", "打开派警"),
    ActionKind.TALK: QT_TRANSLATE_NOOP("LinkageChip", "准备对讲"),
    ActionKind.HTTP: QT_TRANSLATE_NOOP("LinkageChip", "网络请求"),
    ActionKind.MQTT: QT_TRANSLATE_NOOP("LinkageChip", "发布消息"),
}


@dataclass(frozen=True, slots=True)
class ActionWords:
    """One line. took: with its unit, "" while it is not over. more: why it went so, or ""."""

    mark: str
    tone: Tone
    name: str
    took: str
    more: str


def action_words(run: LinkageRun, one: ActionRun) -> ActionWords:
    took_ms = run.ms(one) if one.result in (Result.OK, Result.LATE, Result.FAILED) else None
    return ActionWords(
        mark=MARKS[one.result],
        tone=TONES[one.result],
        name=_name(one),
        took=_took(one, took_ms),
        more=_why(one),
    )


def run_title(run: LinkageRun) -> str:
    """The rule with its version, and how long all of it took."""
    name = local_name_of(run.rule_name, run.rule_name_en)
    text = QCoreApplication.translate("Linkage", "{rule}（第 {version} 版）")
    title = text.format(rule=name, version=run.rule_version) if run.rule_version else name
    return f"{title}  {run.total_ms} ms" if run.total_ms else title


def chip_words(run: LinkageRun, one: ActionRun) -> tuple[str, Tone]:
    """Sign, action and milliseconds, and the tone; the sign says what became of it."""
    said = action_words(run, one)
    took_ms = run.ms(one) if one.result in (Result.OK, Result.LATE, Result.FAILED) else None
    took = f"{took_ms} ms" if took_ms is not None else ""
    name = QCoreApplication.translate("LinkageChip", CHIP_NAMES[one.action.kind])
    return f"{said.mark} {name} {took}".strip(), said.tone


def _name(one: ActionRun) -> str:
    name = name_of(one.action.kind)
    action = one.action
    is_notice = action.kind is ActionKind.NOTIFY and bool(action.target)
    target = notified(action.target) if is_notice else local(action.target)
    if action.kind is ActionKind.PLAN:
        target = plan_name(action.target)
    return f"{name}  {target}" if target else name


def _took(one: ActionRun, took_ms: int | None) -> str:
    if took_ms is None:
        return "" if one.result is Result.PENDING else name_of(one.result)
    if one.result is Result.OK:
        return f"{took_ms} ms"
    text = QCoreApplication.translate("Linkage", "{ms} ms {result}")
    return text.format(ms=took_ms, result=name_of(one.result))


def _why(one: ActionRun) -> str:
    if one.code:
        return sentence(ServiceError(one.code, **one.params))
    if one.result is Result.LATE:
        text = QCoreApplication.translate("Linkage", "限时 {ms} ms")
        return text.format(ms=one.action.limit_ms)
    return ""
