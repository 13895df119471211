"""What a queue card says, and how old is too old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from services.domain.alarms import Alarm, AlarmState, Ask
from services.domain.clocks import Clocks
from services.domain.floods import AlarmGroup
from services.domain.notices import Rung
from ui.queue.lists import PlaceRow, Told, alarms_of
from ui.text.lists import in_turn, listed
from ui.text.names import name_of
from ui.text.places import local, local_lines, local_name
from ui.text.times import clock_time

_UNANSWERED = (AlarmState.NEW, AlarmState.CLAIMED, AlarmState.VERIFYING)


@dataclass(frozen=True, slots=True)
class CardWords:
    """title: class. place: where, and what the device says. state: state and owner.

    count: occurrences above one. spoken: all of it.
    """

    title: str
    place: str
    state: str
    count: str
    spoken: str


def card_words(alarm: Alarm) -> CardWords:
    """In the language of the moment."""
    title = _title([alarm])
    place = _place_of(alarm)
    if alarm.note:
        place = f"{place} · {in_turn(local_lines(alarm.note))}"
    state = _state(alarm)
    count = f"×{alarm.occurrence_count}" if alarm.occurrence_count > 1 else ""
    spoken = f"P{alarm.priority:d} {title}, {place}, {state} {count}".strip()
    return CardWords(title, place, state, count, spoken)


def group_words(group: AlarmGroup, *, is_open: bool) -> CardWords:
    """The same for a group: how many, where most of them are, and how to open it."""
    title = _title(group.alarms)
    many = QCoreApplication.translate("Queue", "主机 {panel}，{places} 处")
    state = many.format(panel=group.cause.panel or "–", places=len(group.places))
    count = QCoreApplication.translate("Queue", "{count} 条 {mark}")
    counted = count.format(count=len(group.alarms), mark="▾" if is_open else "▸")
    spoken = f"P{group.priority:d} {title}, {counted}, {state}"
    return CardWords(title, _places_of(group), state, counted, spoken)


def line_words(row: Told) -> tuple[str, str]:
    """What the strip says of one row: where and what, a drill's mark before all that may be cut off; how many
    alarms, or how often the one has spoken."""
    if isinstance(row, Alarm):
        where, count = _place_of(row), card_words(row).count
    else:
        where = local(row.alarms[0].place) if isinstance(row, PlaceRow) else _places_of(row)
        count = QCoreApplication.translate("Queue", "{count} 条").format(count=len(row.alarms))
    alarms = alarms_of(row)
    return _marked(alarms, f"{where} {_class_name(alarms)}"), count


def age_tone(alarm: Alarm, age_s: float, clocks: Clocks) -> str:
    """`dim` in time, `warn` past the claim limit, `bad` past the first escalation; `dim` once decided."""
    if not is_unanswered(alarm):
        return "dim"
    if clocks.escalate_s and age_s >= clocks.escalate_s[0]:
        return "bad"
    return "warn" if age_s >= clocks.claim_s else "dim"


def ask_name(ask: Ask) -> str:
    """Who is asked to take an alarm: a person, or anyone of a role."""
    return ask.name or (name_of(ask.role) if ask.role else ask.user)


def _title(alarms: Sequence[Alarm]) -> str:
    return _marked(alarms, _class_name(alarms))


def _marked(alarms: Sequence[Alarm], title: str) -> str:
    """Alarms of one row are all of a drill, or none is."""
    if not alarms[0].is_drill:
        return title
    return QCoreApplication.translate("Queue", "【演练】{title}").format(title=title)


def _class_name(alarms: Sequence[Alarm]) -> str:
    """Of alarms of one class; one without the test bit among them is real."""
    name = name_of(alarms[0].alarm_class)
    if all(alarm.has_test_bit for alarm in alarms):
        name = QCoreApplication.translate("Queue", "{title}【测试位】").format(title=name)
    return name


def _place_of(alarm: Alarm) -> str:
    return local_name(alarm) or alarm.place


def _places_of(group: AlarmGroup) -> str:
    places = group.places
    names = [f"{local(place) or '–'} {count}" for place, count in places[:3]]
    return listed([*names, "…"] if len(places) > len(names) else names)


def _state(alarm: Alarm) -> str:
    if not alarm.is_shared:
        return QCoreApplication.translate("Queue", "尚未共享：只有本机看见，请先用电台或电话处置")
    name = name_of(alarm.state)
    if alarm.shelf is not None:
        text = QCoreApplication.translate("Queue", "{owner} 搁置至 {until}：{reason}")
        until = clock_time(alarm.shelf.until)[:5]
        return text.format(owner=alarm.shelf.by_name, until=until, reason=alarm.shelf.reason)
    if alarm.ask is not None:
        text = QCoreApplication.translate("Queue", "{owner} 正转交给 {name}")
        return text.format(owner=alarm.owner_name, name=ask_name(alarm.ask))
    if alarm.offered_at is not None:
        text = QCoreApplication.translate("Queue", "{state} · {owner} 无应答，可接手")
        return text.format(state=name, owner=alarm.owner_name)
    said = f"{name} · {alarm.owner_name}" if alarm.owner_name else name
    if not alarm.escalation_level or not is_unanswered(alarm):
        return said
    rung = name_of(Rung(min(alarm.escalation_level, max(Rung))))
    return QCoreApplication.translate("Queue", "{state} · 已报{rung}").format(state=said, rung=rung)


def is_unanswered(alarm: Alarm) -> bool:
    """Its response clocks run: neither a verdict nor anybody on the way."""
    return alarm.state in _UNANSWERED and not alarm.incident
