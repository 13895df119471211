"""Lanes and shifts in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.lanes import Lane
from services.domain.roster import BUILT_IN, RosterSlot
from ui.i18n import is_english
from ui.text.noop import QT_TRANSLATE_NOOP

_LANES: dict[Lane, str] = {
    Lane.ON_DUTY: QT_TRANSLATE_NOOP("Lanes", "在岗"),
    Lane.PATROL: QT_TRANSLATE_NOOP("Lanes", "巡逻"),
    Lane.SENT: QT_TRANSLATE_NOOP("Lanes", "派出"),
    Lane.ON_SCENE: QT_TRANSLATE_NOOP("Lanes", "到场"),
    Lane.BREAK: QT_TRANSLATE_NOOP("Lanes", "休息"),
    Lane.OFFLINE: QT_TRANSLATE_NOOP("Lanes", "离线"),
    Lane.DURESS: QT_TRANSLATE_NOOP("Lanes", "遇险"),
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
