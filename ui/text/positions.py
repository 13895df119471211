"""Where a guard's position comes from and how old it is, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from services.domain.people import GuardState
from services.domain.positions import POST, age_of, is_stale
from ui.text.noop import QT_TRANSLATE_NOOP

_SOURCES: dict[str, str] = {
    "post": QT_TRANSLATE_NOOP("PositionSources", "岗位"),
    "checkpoint": QT_TRANSLATE_NOOP("PositionSources", "打卡点"),
    "feed": QT_TRANSLATE_NOOP("PositionSources", "定位"),
    "sim": QT_TRANSLATE_NOOP("PositionSources", "模拟"),
}


def source_name(source: str) -> str:
    """The source itself when it has no name."""
    known = _SOURCES.get(source)
    return QCoreApplication.translate("PositionSources", known) if known else source


def position_text(state: GuardState, now: datetime) -> str:
    """One that is too old says so."""
    if is_stale(state, now) and state.position_source == POST:
        return QCoreApplication.translate("PositionSources", "已离岗")
    told = _told(state, now)
    if not is_stale(state, now):
        return told
    return QCoreApplication.translate("PositionSources", "{told}，过时").format(told=told)


def _told(state: GuardState, now: datetime) -> str:
    """Not as 12:40, which would be read as the time of day."""
    translate, seconds = QCoreApplication.translate, int(age_of(state, now).total_seconds())
    if seconds < 60:
        text = translate("PositionSources", "{source} {count} 秒前")
        count = seconds
    elif seconds < 3600:
        text = translate("PositionSources", "{source} {count} 分前")
        count = seconds // 60
    else:
        text = translate("PositionSources", "{source} {count} 小时前")
        count = seconds // 3600
    return text.format(source=source_name(state.position_source), count=count)
