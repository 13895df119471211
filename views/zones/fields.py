"""Which fields each kind of entry has, in the order a person fills them in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.classes import AlarmClass, Priority
from services.domain.site import (
    ArmGroup,
    Output,
    OutputKind,
    Panel,
    PanelNo,
    PanelProtocol,
    Site,
    SiteEntry,
    Zone,
    ZoneKind,
    ZoneNo,
)
from ui.entries.fields import Field, FieldKind
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local_name


def _panels(site: Site) -> list[tuple[object, str]]:
    return [(panel.no, f"{panel.no} {local_name(panel)}") for panel in site.panels]


def _groups(site: Site) -> list[tuple[object, str]]:
    always = QCoreApplication.translate("EntryFields", "不分组，始终布防")
    return [("", always), *((group.no, f"{group.no} {local_name(group)}") for group in site.arm_groups)]


def _feedback(site: Site) -> list[tuple[object, str]]:
    none = QCoreApplication.translate("EntryFields", "没有反馈")
    return [("", none), *((zone.no, f"{zone.no} {local_name(zone)}") for zone in site.zones)]


def _priorities(_site: Site) -> list[tuple[object, str]]:
    usual = QCoreApplication.translate("EntryFields", "按类别")
    return [(None, usual), *((priority, f"P{priority:d}") for priority in Priority)]


def _kinds(_site: Site) -> list[tuple[object, str]]:
    return [(kind, name_of(kind)) for kind in ZoneKind]


def _classes(_site: Site) -> list[tuple[object, str]]:
    return [(one, name_of(one)) for one in AlarmClass]


def _protocols(_site: Site) -> list[tuple[object, str]]:
    return [(protocol, name_of(protocol)) for protocol in PanelProtocol]


def _output_kinds(_site: Site) -> list[tuple[object, str]]:
    return [(kind, name_of(kind)) for kind in OutputKind]


_NAME = Field("name", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "名称"))
_NAME_EN = Field("name_en", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "英文名称"))
_PLACE = Field("place", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "位置"))
_PANEL = Field("panel", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "主机"), _panels)
_POINT = Field(
    "point",
    FieldKind.TEXT,
    QT_TRANSLATE_NOOP("EntryFields", "点位名"),
    hint=QT_TRANSLATE_NOOP("EntryFields", "协议用名字而不用号码时才填"),
)

ZONE_FIELDS = (
    _NAME,
    _NAME_EN,
    _PANEL,
    Field("number", FieldKind.WHOLE, QT_TRANSLATE_NOOP("EntryFields", "防区号"), most=9999),
    _POINT,
    Field("kind", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "探测器"), _kinds),
    Field("alarm_class", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "类别"), _classes),
    Field("priority", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "级别"), _priorities),
    _PLACE,
    Field("arm_group", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "布防组"), _groups),
    Field("entry_delay_s", FieldKind.NUMBER, QT_TRANSLATE_NOOP("EntryFields", "进入延时 (秒)"), most=300),
    Field(
        "pinned",
        FieldKind.LIST,
        QT_TRANSLATE_NOOP("EntryFields", "指定摄像机"),
        hint=QT_TRANSLATE_NOOP("EntryFields", "编号用空格隔开，例如 C01 C02；其余由地图决定"),
    ),
    Field("is_normally_closed", FieldKind.FLAG, QT_TRANSLATE_NOOP("EntryFields", "常闭输入")),
    Field("debounce_ms", FieldKind.WHOLE, QT_TRANSLATE_NOOP("EntryFields", "消抖 (毫秒)"), most=10_000),
)
PANEL_FIELDS = (
    _NAME,
    _NAME_EN,
    Field("protocol", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "协议"), _protocols),
    Field(
        "account",
        FieldKind.TEXT,
        QT_TRANSLATE_NOOP("EntryFields", "账号"),
        hint=QT_TRANSLATE_NOOP("EntryFields", "3 到 16 位十六进制"),
    ),
    Field(
        "address",
        FieldKind.TEXT,
        QT_TRANSLATE_NOOP("EntryFields", "地址"),
        hint=QT_TRANSLATE_NOOP("EntryFields", "主动去问的才填：主机:端口、摄像机编号或主题"),
    ),
    Field("unit", FieldKind.WHOLE, QT_TRANSLATE_NOOP("EntryFields", "站号"), most=255),
    Field(
        "credential",
        FieldKind.TEXT,
        QT_TRANSLATE_NOOP("EntryFields", "凭据名"),
        hint=QT_TRANSLATE_NOOP("EntryFields", "密码在各机器的密钥文件里，这里只写名字"),
    ),
    Field(
        "supervision_s",
        FieldKind.NUMBER,
        QT_TRANSLATE_NOOP("EntryFields", "巡检 (秒)"),
        most=86_400,
        hint=QT_TRANSLATE_NOOP("EntryFields", "静默这么久就报通信中断；0 = 不巡检"),
    ),
    Field("is_encrypted", FieldKind.FLAG, QT_TRANSLATE_NOOP("EntryFields", "必须加密")),
)
GROUP_FIELDS = (
    _NAME,
    _NAME_EN,
    Field(
        "schedule",
        FieldKind.LINES,
        QT_TRANSLATE_NOOP("EntryFields", "自动布防时段"),
        hint=QT_TRANSLATE_NOOP("EntryFields", "一行一段，例如 mon-fri 22:00-06:00；空 = 只由人工布防"),
    ),
)
OUTPUT_FIELDS = (
    _NAME,
    _NAME_EN,
    _PANEL,
    Field("number", FieldKind.WHOLE, QT_TRANSLATE_NOOP("EntryFields", "输出号"), most=65_535),
    _POINT,
    Field("kind", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "种类"), _output_kinds),
    _PLACE,
    Field("feedback", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "反馈防区"), _feedback),
    Field("feedback_s", FieldKind.NUMBER, QT_TRANSLATE_NOOP("EntryFields", "反馈限时 (秒)"), most=600),
)
FIELDS: dict[type[object], tuple[Field, ...]] = {
    Zone: ZONE_FIELDS,
    Panel: PANEL_FIELDS,
    ArmGroup: GROUP_FIELDS,
    Output: OUTPUT_FIELDS,
}


def blank(kind: type[SiteEntry], site: Site) -> SiteEntry:
    """What an empty form starts from; without a number it gets the next free one."""
    middle = (round(site.width_m / 2, 1), round(site.height_m / 2, 1))
    panel = site.panels[0].no if site.panels else PanelNo("")
    if kind is Panel:
        return Panel(PanelNo(""), "", "", "", middle)
    if kind is ArmGroup:
        return ArmGroup("", "", "")
    if kind is Output:
        return Output("", panel, 0, "", "", OutputKind.SOUNDER, "", middle)
    kind_of_zone, alarm_class = ZoneKind.INFRARED_BEAM, AlarmClass.INTRUSION
    used = [zone.number for zone in site.zones if zone.panel == panel]
    number = max(used, default=0) + 1
    return Zone(ZoneNo(""), panel, number, "", "", kind_of_zone, alarm_class, "", middle)
