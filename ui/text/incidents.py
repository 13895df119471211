"""The fields of an incident and its levels, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.classes import AlarmClass
from ui.text.names import name_of_value
from ui.text.noop import QT_TRANSLATE_NOOP

_LEVELS: dict[int, str] = {
    1: QT_TRANSLATE_NOOP("IncidentLevel", "Ⅰ级（红）"),
    2: QT_TRANSLATE_NOOP("IncidentLevel", "Ⅱ级（橙）"),
    3: QT_TRANSLATE_NOOP("IncidentLevel", "Ⅲ级（黄）"),
    4: QT_TRANSLATE_NOOP("IncidentLevel", "Ⅳ级（蓝）"),
}
# By the names of `IncidentSheet`'s fields.
_FIELDS: dict[str, str] = {
    "title": QT_TRANSLATE_NOOP("IncidentField", "警情"),
    "category": QT_TRANSLATE_NOOP("IncidentField", "类别"),
    "kind": QT_TRANSLATE_NOOP("IncidentField", "类型"),
    "level": QT_TRANSLATE_NOOP("IncidentField", "级别"),
    "place": QT_TRANSLATE_NOOP("IncidentField", "地点"),
    "at": QT_TRANSLATE_NOOP("IncidentField", "位置"),
    "content": QT_TRANSLATE_NOOP("IncidentField", "报警内容"),
    "came_by": QT_TRANSLATE_NOOP("IncidentField", "报警方式"),
    "caller": QT_TRANSLATE_NOOP("IncidentField", "报警人"),
    "occurred_at": QT_TRANSLATE_NOOP("IncidentField", "发生时间"),
    "perils": QT_TRANSLATE_NOOP("IncidentField", "现场危险"),
    "commander": QT_TRANSLATE_NOOP("IncidentField", "指挥员"),
    "police_ref": QT_TRANSLATE_NOOP("IncidentField", "110 警情编号"),
    "result": QT_TRANSLATE_NOOP("IncidentField", "处置结果"),
    "loss": QT_TRANSLATE_NOOP("IncidentField", "损失"),
}
FIELDS = tuple(_FIELDS)
# What an incident may be; those that come from alarms have the alarm class's name.
_CATEGORIES: dict[str, str] = {
    "panic": QT_TRANSLATE_NOOP("IncidentCategory", "求助"),
    "fight": QT_TRANSLATE_NOOP("IncidentCategory", "打架斗殴"),
    "theft": QT_TRANSLATE_NOOP("IncidentCategory", "盗窃"),
    "intrusion": QT_TRANSLATE_NOOP("IncidentCategory", "闯入"),
    "fire": QT_TRANSLATE_NOOP("IncidentCategory", "火灾"),
    "medical": QT_TRANSLATE_NOOP("IncidentCategory", "急病受伤"),
    "missing": QT_TRANSLATE_NOOP("IncidentCategory", "人员走失"),
    "dispute": QT_TRANSLATE_NOOP("IncidentCategory", "纠纷"),
    "fraud": QT_TRANSLATE_NOOP("IncidentCategory", "诈骗"),
    "traffic": QT_TRANSLATE_NOOP("IncidentCategory", "交通"),
    "device": QT_TRANSLATE_NOOP("IncidentCategory", "设施故障"),
    "other": QT_TRANSLATE_NOOP("IncidentCategory", "其他"),
}
CATEGORIES = tuple(_CATEGORIES)


def level_name(level: int) -> str:
    source = _LEVELS.get(level)
    return QCoreApplication.translate("IncidentLevel", source) if source else str(level)


def field_name(field: str) -> str:
    source = _FIELDS.get(field)
    return QCoreApplication.translate("IncidentField", source) if source else field


def category_name(category: str) -> str:
    source = _CATEGORIES.get(category)
    if source:
        return QCoreApplication.translate("IncidentCategory", source)
    return name_of_value(AlarmClass, category)
