"""Lanes, sources and ages of positions in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.lanes import Lane
from services.domain.positions import POST
from services.domain.roster import BUILT_IN, RosterSlot
from ui.i18n import is_english
from ui.text import times
from ui.text.noop import QT_TRANSLATE_NOOP
from views.people.presenter import GuardCard

_LANES: dict[Lane, str] = {
    Lane.ON_DUTY: QT_TRANSLATE_NOOP("Lanes", "在岗"),
    Lane.PATROL: QT_TRANSLATE_NOOP("Lanes", "巡逻"),
    Lane.SENT: QT_TRANSLATE_NOOP("Lanes", "派出"),
    Lane.ON_SCENE: QT_TRANSLATE_NOOP("Lanes", "到场"),
    Lane.BREAK: QT_TRANSLATE_NOOP("Lanes", "休息"),
    Lane.OFFLINE: QT_TRANSLATE_NOOP("Lanes", "离线"),
    Lane.DURESS: QT_TRANSLATE_NOOP("Lanes", "遇险"),
}
_SOURCES: dict[str, str] = {
    "post": QT_TRANSLATE_NOOP("PositionSources", "岗位"),
    "checkpoint": QT_TRANSLATE_NOOP("PositionSources", "打卡点"),
    "feed": QT_TRANSLATE_NOOP("PositionSources", "定位"),
    "sim": QT_TRANSLATE_NOOP("PositionSources", "模拟"),
}


# What records call a shift of a built-in pattern, in English.
_SHIFTS_EN = {shift.name: shift.name_en for pattern in BUILT_IN for shift in pattern.shifts}


def shift_name(slot: RosterSlot, *, is_short: bool = False) -> str:
    """is_short: the code, where there is a word for it in this language."""
    if is_english():
        return _SHIFTS_EN.get(slot.shift_name, slot.shift_name).removesuffix(", 12 h")
    return slot.shift if is_short and slot.shift else slot.shift_name


def lane_name(lane: Lane) -> str:
    return QCoreApplication.translate("Lanes", _LANES[lane])


def source_name(source: str) -> str:
    """The source itself when it has no name."""
    known = _SOURCES.get(source)
    return QCoreApplication.translate("PositionSources", known) if known else source


def position_words(card: GuardCard) -> str:
    """Where a position comes from and how old it is; one that is too old says so."""
    if card.is_stale and card.state.position_source == POST:
        return QCoreApplication.translate("People", "已离岗")
    told = f"{source_name(card.state.position_source)} {times.age(card.age_s)}"
    if not card.is_stale:
        return told
    return QCoreApplication.translate("People", "{told}，过时").format(told=told)
