"""The paper handed to the police 110: the three forms of an incident with the police's own field names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QCoreApplication

from services.dispatch.police_fields import Paper, entries_of
from services.domain.documents import Block, Document, Facts, Heading, Paragraph, SignatureLine, StampPlace
from services.domain.incidents import Dispatch, Feedback, Incident, Peril
from services.domain.site import Site
from ui.text.incidents import category_name, level_name
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name
from ui.text.times import date_time

_TITLE = QT_TRANSLATE_NOOP("PolicePaper", "警情移交单（110）")
_FORMS = (
    QT_TRANSLATE_NOOP("PolicePaper", "接警单"),
    QT_TRANSLATE_NOOP("PolicePaper", "派警单 {number}"),
    QT_TRANSLATE_NOOP("PolicePaper", "反馈单 {number}"),
)
_DRILL = QT_TRANSLATE_NOOP("PolicePaper", "演练，不是真实警情。")
_NOTE = QT_TRANSLATE_NOOP("PolicePaper", "字段名后的代码是公安“三台合一”接处警单的字段名，各地平台可能不同。")
_GIVEN = QT_TRANSLATE_NOOP("PolicePaper", "移交人")
_TAKEN = QT_TRANSLATE_NOOP("PolicePaper", "接收民警")
_YES, _NO = QT_TRANSLATE_NOOP("PolicePaper", "是"), QT_TRANSLATE_NOOP("PolicePaper", "否")


def police_paper(
    incident: Incident, orders: Sequence[Dispatch], feedback: Sequence[Feedback], site: Site
) -> Document:
    numbers = {order.id: order.dispatch_no for order in orders}
    blocks: list[Block] = [Paragraph(_say(_DRILL))] if incident.is_drill else []
    blocks += [Heading(_say(_FORMS[0])), _facts(incident)]
    for order in orders:
        blocks += [Heading(_say(_FORMS[1]).format(number=order.dispatch_no), 2), _facts(order)]
        for report in (one for one in feedback if one.dispatch == order.id):
            number = numbers[report.dispatch]
            blocks += [Heading(_say(_FORMS[2]).format(number=number), 2), _facts(report, number)]
    blocks += [
        SignatureLine(_say(_GIVEN)),
        SignatureLine(_say(_TAKEN)),
        StampPlace(local_name(site)),
        Paragraph(_say(_NOTE), is_note=True),
    ]
    return Document(
        _say(_TITLE), subtitle=local_name(site), blocks=tuple(blocks), footer=incident.incident_no
    )


def _facts(paper: Paper, number: str = "") -> Facts:
    pairs = []
    for known, value in entries_of(paper):
        shown = number if known.field == "dispatch" else _shown(known.field, value)
        pairs.append((f"{known.name} {known.code}", shown or "—"))
    return Facts(tuple(pairs))


def _shown(field: str, value: object) -> str:
    match value:
        case bool():
            return _say(_YES if value else _NO)
        case datetime():
            return date_time(value)
        case Enum():
            return name_of(value)
        case tuple() if value and all(isinstance(one, Peril) for one in value):
            return listed(name_of(one) for one in value)
        case tuple():
            return ", ".join(f"{one:.1f}" for one in value)
        case None:
            return ""
    if field == "category":
        return category_name(str(value))
    return level_name(int(str(value))) if field == "level" else local(str(value))


def _say(source: str) -> str:
    return QCoreApplication.translate("PolicePaper", source)
