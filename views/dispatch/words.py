"""The order's template and the deadlines, in words; pure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from services.dispatch.orders import MOST_RANKS, Candidate
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.clocks import Clocks
from services.domain.incidents import Incident, Ranked
from ui.text.lists import in_turn
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name
from ui.text.reasons import reason_words
from ui.text.times import age, clock_time
from ui.text.titles import incident_title

# What the guard is told to do, by what happened.
_ORDERS: dict[AlarmClass, str] = {
    AlarmClass.PANIC: QT_TRANSLATE_NOOP(
        "Orders", "{time} {place}，有人求助。立即前往，先保护人员安全，到场后报告情况。"
    ),
    AlarmClass.FIRE: QT_TRANSLATE_NOOP(
        "Orders", "{time} {place} 报火警。立即前往核实，组织疏散，到场后报告火情。"
    ),
    AlarmClass.MEDICAL: QT_TRANSLATE_NOOP(
        "Orders", "{time} {place}，有人需要急救。带急救包立即前往，到场后报告。"
    ),
    AlarmClass.INTRUSION: QT_TRANSLATE_NOOP(
        "Orders", "{time} {place} 被触发。前往查看，发现人员先问明身份，到场后报告。"
    ),
}
_OTHER = QT_TRANSLATE_NOOP("Orders", "{time} {place} {kind}。前往查看，到场后报告。")


def order_template(alarm: Alarm | None, incident: Incident | None) -> str:
    """The order filled in from the alarm, else from the incident; "" without either."""
    if alarm is not None:
        source = _ORDERS.get(alarm.alarm_class, _OTHER)
        return QCoreApplication.translate("Orders", source).format(
            time=clock_time(alarm.received_at),
            place=local_name(alarm) or alarm.place,
            kind=name_of(alarm.alarm_class),
        )
    if incident is None:
        return ""
    return QCoreApplication.translate("Orders", _OTHER).format(
        time=clock_time(incident.received_at), place=local(incident.place), kind=incident_title(incident)
    )


def reasons_of(candidate: Candidate) -> str:
    """The reasons as they stand on the screen."""
    return in_turn(reason_words(reason.code, reason.params) for reason in candidate.reasons)


def ranks_of(candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """The list on the screen, for the record."""
    return tuple(
        Ranked(one.guard.no, one.guard.name, round(one.distance_m, 1), reasons_of(one))
        for one in candidates[:MOST_RANKS]
    )


def deadlines_text(clocks: Clocks | None) -> str:
    """When the guard must have signed and arrived; "" when the priority sets no limit."""
    if clocks is None or clocks.sign_s is None or clocks.arrive_s is None:
        return ""
    text = QCoreApplication.translate("Orders", "{sign}内签收 · {arrive} 内到场")
    return text.format(sign=age(clocks.sign_s), arrive=age(clocks.arrive_s))
