"""What is said to 110, 119 and 120, filled in from the incident; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from services.domain.calls import READ_BACK, CallKind, ReadBackItem
from services.domain.incidents import Incident, Peril
from services.domain.site import Point, Site
from ui.text.lists import in_turn, listed
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name
from ui.text.titles import incident_title

_OPENING: dict[CallKind, str] = {
    CallKind.POLICE: QT_TRANSLATE_NOOP("CallScript", "您好，这里是{site}保卫处，我是{caller}，要报警。"),
    CallKind.FIRE_BRIGADE: QT_TRANSLATE_NOOP(
        "CallScript", "您好，这里是{site}保卫处，我是{caller}，要报火警。"
    ),
    CallKind.AMBULANCE: QT_TRANSLATE_NOOP(
        "CallScript", "您好，这里是{site}保卫处，我是{caller}，要叫救护车。"
    ),
    CallKind.OTHER: QT_TRANSLATE_NOOP("CallScript", "您好，这里是{site}保卫处，我是{caller}。"),
}
_PARTS: dict[ReadBackItem, str] = {
    ReadBackItem.PLACE: QT_TRANSLATE_NOOP("CallScript", "地点：{text}。"),
    ReadBackItem.EVENT: QT_TRANSLATE_NOOP("CallScript", "情况：{text}。"),
    ReadBackItem.PEOPLE: QT_TRANSLATE_NOOP("CallScript", "人员：{text}。"),
    ReadBackItem.PERILS: QT_TRANSLATE_NOOP("CallScript", "危险：{text}。"),
    ReadBackItem.MEETING: QT_TRANSLATE_NOOP("CallScript", "我们在{text}接应。"),
    ReadBackItem.CALLBACK: QT_TRANSLATE_NOOP("CallScript", "请回拨 {text}。"),
}
_PEOPLE = frozenset({Peril.TRAPPED, Peril.INJURED, Peril.DEAD})
_CLOSING = QT_TRANSLATE_NOOP("CallScript", "请您复述一遍。")


def items_of(kind: CallKind, incident: Incident, site: Site) -> dict[ReadBackItem, str]:
    """What is to be said back, as far as the incident knows it."""
    people = listed(name_of(peril) for peril in incident.perils if peril in _PEOPLE)
    perils = listed(name_of(peril) for peril in incident.perils if peril not in _PEOPLE)
    known = {
        ReadBackItem.PLACE: f"{local_name(site)} {local(incident.place)}".strip(),
        ReadBackItem.EVENT: in_turn(filter(None, (incident_title(incident), incident.content))),
        ReadBackItem.PEOPLE: people or QCoreApplication.translate("CallScript", "伤亡情况不明"),
        ReadBackItem.PERILS: perils or QCoreApplication.translate("CallScript", "暂未发现"),
        ReadBackItem.MEETING: nearest_gate(site, incident.at),
        ReadBackItem.CALLBACK: "",
    }
    return {item: known[item] for item in READ_BACK[kind]}


def nearest_gate(site: Site, at: Point | None) -> str:
    """Where whoever comes from outside is met; the first gate when the place is unknown, "" without gates."""
    if not site.gates:
        return ""
    gate = site.gates[0] if at is None else min(site.gates, key=lambda one: math.dist(one.at, at))
    return local_name(gate)


def script(kind: CallKind, site: Site, caller: str, items: Mapping[ReadBackItem, str]) -> str:
    """To be read out; what is empty is left out."""
    said = [_say(_OPENING[kind]).format(site=local_name(site), caller=caller)]
    said += [
        _say(_PARTS[item]).format(text=text.strip("。 ")) for item, text in items.items() if text.strip()
    ]
    if items:
        said.append(_say(_CLOSING))
    return "".join(said)


def _say(source: str) -> str:
    return QCoreApplication.translate("CallScript", source)
