"""A notice of the duty list in one line: when, whom, and whether anyone has read it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.notices import Notice
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.times import clock_time


def notice_line(notice: Notice) -> str:
    translate = QCoreApplication.translate
    who = listed(notice.users) or name_of(notice.role)
    told = translate("Story", "{at} 第 {level} 级，通知 {who}")
    text = told.format(at=clock_time(notice.at), level=notice.level, who=who)
    if notice.call:
        text = translate("Story", "{text}，电话 {call}").format(text=text, call=notice.call)
    if notice.seen_at is not None:
        text = translate("Story", "{text}；{name} {at} 已阅").format(
            text=text, name=notice.seen_by_name, at=clock_time(notice.seen_at)
        )
    return text
