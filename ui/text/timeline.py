"""One sentence for every kind of timeline entry."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QCoreApplication

from services.domain.incidents import TimelineEntry
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local

# `TimelineEntry.what`, as the dispatch desk writes it.
_SENTENCES: dict[str, str] = {
    "incident.opened": QT_TRANSLATE_NOOP("Timeline", "立警情 {incident_no}，来自报警 {alarm}"),
    "incident.contained": QT_TRANSLATE_NOOP("Timeline", "现场已控制：{result}"),
    "incident.closed": QT_TRANSLATE_NOOP("Timeline", "警情办结：{result}"),
    "incident.merged": QT_TRANSLATE_NOOP("Timeline", "并入其他警情：{result}"),
    "incident.unfounded": QT_TRANSLATE_NOOP("Timeline", "警情不属实：{result}"),
    "incident.transferred": QT_TRANSLATE_NOOP("Timeline", "移交：{result}"),
    "note": QT_TRANSLATE_NOOP("Timeline", "备注：{text}"),
    "dispatch.sent": QT_TRANSLATE_NOOP("Timeline", "派 {guard}：{order}"),
    "dispatch.delivered": QT_TRANSLATE_NOOP("Timeline", "派警单已送达 {guard}"),
    "dispatch.signed": QT_TRANSLATE_NOOP("Timeline", "{guard} 签收"),
    "dispatch.en_route": QT_TRANSLATE_NOOP("Timeline", "{guard} 出发"),
    "dispatch.on_scene": QT_TRANSLATE_NOOP("Timeline", "{guard} 到场"),
    "dispatch.done": QT_TRANSLATE_NOOP("Timeline", "{guard} 处置完毕"),
    "dispatch.feedback": QT_TRANSLATE_NOOP("Timeline", "{guard} 反馈：{result}"),
    "dispatch.returned": QT_TRANSLATE_NOOP("Timeline", "{guard} 退单：{reason}"),
    "dispatch.cancelled": QT_TRANSLATE_NOOP("Timeline", "取消派 {guard}：{reason}"),
    "dispatch.sign_late": QT_TRANSLATE_NOOP("Timeline", "{guard} 未按时签收"),
    "dispatch.arrive_late": QT_TRANSLATE_NOOP("Timeline", "{guard} 未按时到场"),
    "guard.overdue": QT_TRANSLATE_NOOP("Timeline", "{guard} 久未报平安，请呼叫"),
    "guard.critical": QT_TRANSLATE_NOOP("Timeline", "{guard} 逾时未报平安，已升级为报警"),
    "dispatch.done_late": QT_TRANSLATE_NOOP("Timeline", "{guard} 未按时完毕"),
    "plan.started": QT_TRANSLATE_NOOP("Timeline", "启动预案 {plan}（第 {version} 版）"),
    "plan.paused": QT_TRANSLATE_NOOP("Timeline", "暂停预案 {plan}：{reason}"),
    "plan.resumed": QT_TRANSLATE_NOOP("Timeline", "继续预案 {plan}"),
    "plan.aborted": QT_TRANSLATE_NOOP("Timeline", "终止预案 {plan}：{reason}"),
    "plan.completed": QT_TRANSLATE_NOOP("Timeline", "预案 {plan} 执行完毕"),
    "plan.step_done": QT_TRANSLATE_NOOP("Timeline", "完成：{step}"),
    "plan.step_said": QT_TRANSLATE_NOOP("Timeline", "{step}：{said}"),
    "plan.step_skipped": QT_TRANSLATE_NOOP("Timeline", "跳过“{step}”：{reason}"),
    "plan.step_failed": QT_TRANSLATE_NOOP("Timeline", "“{step}”做不到：{reason}"),
    "plan.step_no_answer": QT_TRANSLATE_NOOP("Timeline", "{step}：无人接听"),
    "plan.step_not_carried_out": QT_TRANSLATE_NOOP("Timeline", "“{step}”没有自动完成"),
    "plan.step_late": QT_TRANSLATE_NOOP("Timeline", "“{step}”超过时限"),
    "plan.step_tried_again": QT_TRANSLATE_NOOP("Timeline", "再试“{step}”"),
    "plan.step_proved": QT_TRANSLATE_NOOP("Timeline", "“{step}”附上凭据 {said}"),
}

TIMELINE_KINDS = tuple(_SENTENCES)


def timeline_text(entry: TimelineEntry) -> str:
    """Plain text; names the kind when it has no sentence, so that nothing is hidden."""
    params = {key: local(value) or "–" for key, value in entry.params.items()}
    source = _SENTENCES.get(entry.what)
    if source is None:
        rest = ", ".join(f"{key}: {value}" for key, value in params.items())
        return f"{entry.what} {rest}".strip()
    return QCoreApplication.translate("Timeline", source).format_map(defaultdict(lambda: "–", params))
