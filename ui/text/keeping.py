"""Protected recordings in words: who keeps them, and until when."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.recordings import Protection
from ui.text.times import date_time


def kept_by(protection: Protection) -> str:
    """Whoever protected it; an alarm does so by linkage."""
    return protection.owner_name or QCoreApplication.translate("Keeping", "联动")


def kept_until(protection: Protection) -> str:
    if protection.expires_at is None:
        return QCoreApplication.translate("Keeping", "直到解除")
    return date_time(protection.expires_at)[:16]


def kept_words(protection: Protection) -> str:
    """One line: until when, by whom, why."""
    if protection.expires_at is None:
        text = QCoreApplication.translate("Keeping", "已保护直到解除，{who}：{reason}")
    else:
        text = QCoreApplication.translate("Keeping", "已保护到 {until}，{who}：{reason}")
    return text.format(until=kept_until(protection), who=kept_by(protection), reason=protection.reason)
