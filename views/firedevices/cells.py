"""What stands in the tables of fire devices and of what they were asked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.alarms.meaning import meaning_of
from services.domain.fire_requests import FireRequest, FireRequestState, FireTold
from services.domain.site import Panel
from ui.i18n import is_english
from ui.text import times
from ui.text.names import name_of
from ui.text.places import local_name
from views.firedevices.presenter import DeviceRow

NONE = "–"


def device_headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("FireDevices", "编号"),
        translate("FireDevices", "名称"),
        translate("FireDevices", "地址"),
        translate("FireDevices", "通信"),
        translate("FireDevices", "未复位报警"),
    ]


def device_cells(row: DeviceRow) -> list[str]:
    translate = QCoreApplication.translate
    line = translate("FireDevices", "中断") if row.is_lost else translate("FireDevices", "正常")
    return [str(row.panel.no), local_name(row.panel), row.panel.account, line, str(row.alarms)]


def request_headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("FireDevices", "时间"),
        translate("FireDevices", "装置"),
        translate("FireDevices", "指令"),
        translate("FireDevices", "下令人"),
        translate("FireDevices", "状态"),
        translate("FireDevices", "结果"),
    ]


def request_cells(request: FireRequest, panel: Panel | None) -> list[str]:
    return [
        times.date_time(request.asked_at),
        local_name(panel) if panel is not None else request.panel,
        f"{name_of(request.kind)} {request.point}".rstrip(),
        request.asked_by_name,
        name_of(request.state),
        _result(request),
    ]


def _result(request: FireRequest) -> str:
    if request.state is FireRequestState.FAILED and request.outcome is not None:
        return name_of(request.outcome)
    return "; ".join(_told(told, request.point) for told in request.told) or NONE


def _told(told: FireTold, asked: str) -> str:
    """The point only where it is another than was asked about."""
    point = told.point if told.point != asked else ""
    states = [_label(code) for code in told.holds]
    at = times.date_time(told.at) if told.at is not None else ""
    nothing = QCoreApplication.translate("FireDevices", "一切正常")
    return (
        " ".join(filter(None, [point, _label(told.code), *states, told.text, at]))
        if not _is_well(told)
        else " ".join(filter(None, [point, nothing]))
    )


def _is_well(told: FireTold) -> bool:
    """A report of all states in which none holds."""
    return told.code.endswith(":state") and not told.holds


def _label(code: str) -> str:
    means = meaning_of(code)
    return means.label if is_english() else means.label_zh or means.label
