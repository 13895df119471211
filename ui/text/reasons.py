"""Why a guard is recommended, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ui.text.noop import QT_TRANSLATE_NOOP

# What DispatchDesk.candidates gives as reason codes.
_REASONS: dict[str, str] = {
    "nearest": QT_TRANSLATE_NOOP("Reasons", "最近"),
    "near": QT_TRANSLATE_NOOP("Reasons", "距离近"),
    "on_post": QT_TRANSLATE_NOOP("Reasons", "在岗 {post}"),
    "patrolling": QT_TRANSLATE_NOOP("Reasons", "巡逻中，可直接前往"),
    "available": QT_TRANSLATE_NOOP("Reasons", "待命"),
    "free": QT_TRANSLATE_NOOP("Reasons", "不在岗位上，离开不缺岗"),
    "leaves_post_short": QT_TRANSLATE_NOOP("Reasons", "离开后 {post} 缺岗"),
    "skill": QT_TRANSLATE_NOOP("Reasons", "具备技能 {skill}"),
}


def reason_words(code: str, params: Mapping[str, str]) -> str:
    """The words for one reason code; the code itself when it has none."""
    source = _REASONS.get(code)
    if source is None:
        return code
    try:
        return QCoreApplication.translate("Reasons", source).format_map(params)
    except KeyError:
        return QCoreApplication.translate("Reasons", source)
