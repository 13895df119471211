"""Why a guard is recommended, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from services.domain.people import GuardStatus
from ui.text.names import name_of_value
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local

# What `DispatchDesk.candidates` gives as reason codes.
_REASONS: dict[str, str] = {
    "distance": QT_TRANSLATE_NOOP("Reasons", "步行 {metres} 米"),
    "status": QT_TRANSLATE_NOOP("Reasons", "{status}"),
    "skill": QT_TRANSLATE_NOOP("Reasons", "具备{skill}技能"),
    "load": QT_TRANSLATE_NOOP("Reasons", "近 4 小时已派 {count} 次"),
    "leaves_post": QT_TRANSLATE_NOOP("Reasons", "离开后{post}剩 {left} 人"),
    "leaves_post_short": QT_TRANSLATE_NOOP("Reasons", "离开后{post}剩 {left} 人（应有 {wanted} 人）"),
}
# Those that have a name of their own; a campus may write others.
SKILLS: dict[str, str] = {
    "fire": QT_TRANSLATE_NOOP("Skills", "消防"),
    "first_aid": QT_TRANSLATE_NOOP("Skills", "急救"),
    "driving": QT_TRANSLATE_NOOP("Skills", "驾驶"),
    "riot": QT_TRANSLATE_NOOP("Skills", "防暴"),
}


def skill_name(skill: str) -> str:
    source = SKILLS.get(skill)
    return QCoreApplication.translate("Skills", source) if source else skill


def reason_words(code: str, params: Mapping[str, str]) -> str:
    """The words for one reason code; the code itself when it has none."""
    source = _REASONS.get(code)
    if source is None:
        return code
    shown = {key: _shown(key, value) for key, value in params.items()}
    return QCoreApplication.translate("Reasons", source).format_map(defaultdict(lambda: "–", shown))


def _shown(key: str, value: str) -> str:
    if key == "status":
        return name_of_value(GuardStatus, value)
    return skill_name(value) if key == "skill" else local(value)
