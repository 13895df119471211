"""One sentence for every kind of timeline entry."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QCoreApplication

from services.domain.alarms import AlarmState, Verdict
from services.domain.incidents import Channel, DispatchState, IncidentState, TimelineEntry
from ui.text.names import name_of_value
from ui.text.noop import QT_TRANSLATE_NOOP

# `TimelineEntry.what`, as the dispatch desk writes it.
_SENTENCES: dict[str, str] = {
    "incident.opened": QT_TRANSLATE_NOOP("Timeline", "立警情：{title}"),
    "incident.accepted": QT_TRANSLATE_NOOP("Timeline", "受理警情"),
    "incident.contained": QT_TRANSLATE_NOOP("Timeline", "现场已控制"),
    "incident.closed": QT_TRANSLATE_NOOP("Timeline", "警情办结：{result}"),
    "incident.note": QT_TRANSLATE_NOOP("Timeline", "备注：{text}"),
    "incident.responding": QT_TRANSLATE_NOOP("Timeline", "开始处置"),
    "dispatch.sent": QT_TRANSLATE_NOOP("Timeline", "派 {guard}（{channel}）"),
    "dispatch.delivered": QT_TRANSLATE_NOOP("Timeline", "派警单已送达 {guard}"),
    "dispatch.signed": QT_TRANSLATE_NOOP("Timeline", "{guard} 签收"),
    "dispatch.en_route": QT_TRANSLATE_NOOP("Timeline", "{guard} 出发"),
    "dispatch.on_scene": QT_TRANSLATE_NOOP("Timeline", "{guard} 到场"),
    "dispatch.done": QT_TRANSLATE_NOOP("Timeline", "{guard} 处置完毕"),
    "dispatch.feedback": QT_TRANSLATE_NOOP("Timeline", "{guard} 反馈：{result}"),
    "dispatch.returned": QT_TRANSLATE_NOOP("Timeline", "{guard} 退单：{reason}"),
    "dispatch.cancelled": QT_TRANSLATE_NOOP("Timeline", "取消派 {guard}：{reason}"),
    "dispatch.late": QT_TRANSLATE_NOOP("Timeline", "{guard} 超时"),
}
_ENUM_PARAMS = {
    "channel": Channel,
    "state": DispatchState,
    "incident_state": IncidentState,
    "verdict": Verdict,
    "alarm_state": AlarmState,
}

TIMELINE_KINDS = tuple(_SENTENCES)


def timeline_text(entry: TimelineEntry) -> str:
    """Plain text; names the kind when it has no sentence, so that nothing is hidden."""
    params = {key: _shown(key, value) for key, value in entry.params.items()}
    source = _SENTENCES.get(entry.what)
    if source is None:
        rest = ", ".join(f"{key}: {value}" for key, value in params.items())
        return f"{entry.what} {rest}".strip()
    return QCoreApplication.translate("Timeline", source).format_map(defaultdict(lambda: "–", params))


def _shown(key: str, value: str) -> str:
    kind = _ENUM_PARAMS.get(key)
    return name_of_value(kind, value) if kind else value
