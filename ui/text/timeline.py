"""One sentence for every kind of timeline entry."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QCoreApplication

from services.domain.calls import CallOutcome, ReadBackItem
from services.domain.incidents import TimelineEntry
from ui.text.incidents import field_name, level_name
from ui.text.lists import in_turn, listed
from ui.text.names import name_of_value
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
    "incident.taken": QT_TRANSLATE_NOOP("Timeline", "立警情 {incident_no}，报警人 {caller}"),
    "incident.edited": QT_TRANSLATE_NOOP("Timeline", "接警单已修改：{fields}"),
    "incident.level": QT_TRANSLATE_NOOP("Timeline", "级别由 {was} 改为 {level}"),
    "incident.lowered": QT_TRANSLATE_NOOP("Timeline", "级别由 {was} 降为 {level}：{reason}"),
    "incident.transferred_grave": QT_TRANSLATE_NOOP(
        "Timeline", "{level}警情没有经过复盘就移交，预案还有 {count} 个必做步骤没有做"
    ),
    "incident.police_ref": QT_TRANSLATE_NOOP("Timeline", "110 警情编号 {number}"),
    "incident.backup_asked": QT_TRANSLATE_NOOP("Timeline", "请求增援 {units} 个单位：{text}"),
    "incident.reopened": QT_TRANSLATE_NOOP("Timeline", "重新打开：{reason}"),
    "incident.succeeded": QT_TRANSLATE_NOOP("Timeline", "接班，从 {was} 接过警情"),
    "incident.took_in": QT_TRANSLATE_NOOP("Timeline", "并入警情 {incident_no}：{reason}"),
    "incident.linked": QT_TRANSLATE_NOOP("Timeline", "关联警情 {incident_no}"),
    "incident.split": QT_TRANSLATE_NOOP("Timeline", "拆出警情 {incident_no}：{title}"),
    "incident.split_from": QT_TRANSLATE_NOOP("Timeline", "由警情 {incident_no} 拆出"),
    "dispatch.sent_other": QT_TRANSLATE_NOOP("Timeline", "派 {guard}（程序推荐 {recommended}）：{order}"),
    "dispatch.sent_again": QT_TRANSLATE_NOOP("Timeline", "再派 {guard}：{order}"),
    "dispatch.moved_here": QT_TRANSLATE_NOOP("Timeline", "派警单 {dispatch_no} {guard} 转到本警情"),
    "call.out": QT_TRANSLATE_NOOP("Timeline", "致电 {party} {number}（{outcome}）：{said}"),
    "call.in": QT_TRANSLATE_NOOP("Timeline", "{party} {number} 来电：{said}"),
    "call.unconfirmed": QT_TRANSLATE_NOOP("Timeline", "{party} 没有复述：{items}"),
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
    "guard.duress": QT_TRANSLATE_NOOP("Timeline", "{guard} 遇险呼救"),
    "dispatch.done_late": QT_TRANSLATE_NOOP("Timeline", "{guard} 未按时完毕"),
    "plan.started": QT_TRANSLATE_NOOP("Timeline", "启动预案 {plan}（第 {version} 版）"),
    "plan.moved_here": QT_TRANSLATE_NOOP("Timeline", "预案 {plan} 转到本警情"),
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
    params = {key: _shown(key, value) or "–" for key, value in entry.params.items()}
    source = _SENTENCES.get(entry.what)
    if source is None:
        rest = ", ".join(f"{key}: {value}" for key, value in params.items())
        return f"{entry.what} {rest}".strip()
    return QCoreApplication.translate("Timeline", source).format_map(defaultdict(lambda: "–", params))


def _shown(key: str, value: str) -> str:
    """Stored values of closed sets by their names, lists of them one by one."""
    match key:
        case "outcome":
            return name_of_value(CallOutcome, value)
        case "items":
            return listed(name_of_value(ReadBackItem, item) for item in value.split())
        case "fields":
            return listed(field_name(name) for name in value.split())
        case "said":
            return in_turn(local(line) for line in value.splitlines())
        case "level" | "was":
            return level_name(int(value)) if value.isdecimal() else value
        case _:
            return local(value)
