"""What an alarm shows on tiles, on the stage and on the map, and what may be done with it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from services.domain.alarms import DISMISSED_STATES, IN_HAND_STATES, UNDECIDED_STATES, Alarm, AlarmState
from services.domain.classes import DUTY_CHECK, AlarmClass
from services.domain.floods import may_be_grouped, may_be_shelved
from services.domain.people import PERMISSIONS, Permission, Role, Session
from services.domain.site import Point
from ui.i18n import language
from ui.map.marks import MapAlarm
from ui.queue.words import card_words
from ui.sound_policy import is_sounding
from ui.tiles.feed import AlarmPlate

# What each key's command asks for at the desk that carries it out; all others handle the alarm.
_NEEDS = {"dispatch": Permission.DISPATCH, "reset": Permission.RESET_ALARM}

# A plate has room for what answers the alarm; the rest is on the keys and in the side column.
_NOT_ON_PLATES = frozenset({"transfer", "shelve", "group"})


def actions_for(alarm: Alarm, user: str) -> tuple[str, ...]:
    """The commands that make sense for `user` now, the next one first."""
    sound = ("silence",) if is_sounding(alarm) and alarm.code_raw != DUTY_CHECK else ()
    if not alarm.is_shared:
        return sound
    if alarm.shelf is not None:
        return ("shelve", "claim") if not alarm.owner else ("shelve",)
    return (*_steps_for(alarm, user, sound), *_aside_for(alarm, user))


def allowed_actions(alarm: Alarm, session: Session) -> tuple[str, ...]:
    """Of `actions_for`, what this role may do."""
    actions = actions_for(alarm, session.user)
    if not alarm.is_shared:
        # Its sound is this seat's own, and so is the silence.
        return actions
    return tuple(
        action
        for action in actions
        if missing_permission(action, session.role) is None
        if action != "transfer" or alarm.owner == session.user or session.may(Permission.REVIEW)
    )


def missing_permission(action: str, role: Role) -> Permission | None:
    """What keeps a role from an action altogether; to send somebody it has to answer the alarm as well."""
    needs = (Permission.HANDLE_ALARM, _NEEDS.get(action, Permission.HANDLE_ALARM))
    return next((need for need in needs if need not in PERMISSIONS[role]), None)


def _steps_for(alarm: Alarm, user: str, sound: tuple[str, ...]) -> tuple[str, ...]:
    """From claim to reset."""
    if alarm.state is AlarmState.NEW or (alarm.offered_at is not None and alarm.owner != user):
        return ("claim", "dispatch", *sound)
    if alarm.owner != user:
        return sound
    if alarm.state in IN_HAND_STATES:
        return ("verify", "false", "dispatch", *sound)
    if alarm.state in DISMISSED_STATES:
        return (*sound, "reset")
    return ("dispatch", *sound, "reset")


def _aside_for(alarm: Alarm, user: str) -> tuple[str, ...]:
    """Into other hands, onto the shelf, or together with others of its cause. What somebody has in hand those
    who review take over by the key that hands on one's own."""
    may_move = bool(alarm.owner) and alarm.state not in DISMISSED_STATES and alarm.offered_at is None
    is_own = concerns_owner(alarm, user)
    return (
        *(("transfer",) if may_move else ()),
        *(("shelve",) if is_own and may_be_shelved(alarm) else ()),
        *(("group",) if is_in_group(alarm, user) else ()),
    )


def concerns_owner(alarm: Alarm, user: str) -> bool:
    """Nobody else has it in hand, shelved or not."""
    return alarm.owner in ("", user) or alarm.offered_at is not None


def is_in_group(alarm: Alarm, user: str) -> bool:
    """It may share a verdict with others of its cause."""
    is_free = alarm.shelf is None and alarm.is_shared and concerns_owner(alarm, user)
    return may_be_grouped(alarm) and alarm.state in UNDECIDED_STATES and is_free


def needs_eyes(alarm: Alarm) -> bool:
    """Pictures of the place belong on the screen: not dismissed, not ended, not laid aside."""
    return alarm.is_open and alarm.state not in DISMISSED_STATES and alarm.shelf is None


def concerns(alarm: Alarm, user: str) -> bool:
    """Nobody else has this alarm in hand, and it is not laid aside."""
    return concerns_owner(alarm, user) and alarm.shelf is None


def plate_of(alarm: Alarm, session: Session, *, has_keys: bool = True) -> AlarmPlate:
    """has_keys: this is the highlighted alarm, on which the keys act."""
    words = card_words(alarm)
    return AlarmPlate(
        alarm_id=alarm.id,
        priority=alarm.priority,
        class_text=words.title,
        place=words.place,
        received_at=alarm.received_at,
        owner=alarm.owner_name,
        is_claimed=bool(alarm.owner) and alarm.offered_at is None,
        actions=tuple(action for action in allowed_actions(alarm, session) if action not in _NOT_ON_PLATES),
        has_keys=has_keys,
        is_drill=alarm.is_drill,
        is_fire=alarm.alarm_class is AlarmClass.FIRE,
    )


class PlateBook:
    """The plates of one user, made once per state of an alarm.

    A tile compares its plates at every repaint, and the same objects compare in no time: with 200 open
    alarms one more cost 49 ms until painted without this book and without one mark per point, 10 ms with.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._language = ""
        self._has_buttons = True
        self._plates: dict[str, tuple[Alarm, AlarmPlate]] = {}

    def plate(self, alarm: Alarm, highlighted: str = "") -> AlarmPlate:
        """highlighted: the id of the alarm that the keys act on."""
        if self._language != language():
            self._language = language()
            self._plates.clear()
        held, has_keys = self._plates.get(alarm.id), alarm.id == highlighted
        # The board keeps an unchanged alarm as the same object.
        if held is None or held[0] is not alarm or held[1].has_keys != has_keys:
            made = plate_of(alarm, self._session, has_keys=has_keys)
            if not self._has_buttons:
                made = replace(made, actions=())
            # That it has been shown, for one, is on no plate.
            same = held[1] if held is not None and held[1] == made else made
            held = self._plates[alarm.id] = (alarm, same)
        return held[1]

    def show_buttons(self, shown: bool) -> None:
        """A locked seat's plates still tell of their alarms, and offer nothing that could be pressed."""
        self._has_buttons = shown
        self._plates.clear()

    def by_camera(self, alarms: Iterable[Alarm], highlighted: str = "") -> dict[str, list[AlarmPlate]]:
        """Every alarm over every camera that sees its place."""
        plates: dict[str, list[AlarmPlate]] = {}
        for alarm in alarms:
            if needs_eyes(alarm):
                plate = self.plate(alarm, highlighted)
                for camera_no in alarm.feeds:
                    plates.setdefault(camera_no, []).append(plate)
        return plates

    def keep(self, alarm_ids: Set[str]) -> None:
        """Forget all other alarms."""
        self._plates = {id_: held for id_, held in self._plates.items() if id_ in alarm_ids}


def map_alarms(queue: Sequence[Alarm]) -> list[MapAlarm]:
    """One mark per point of the plan, that of the most urgent alarm there; they would only overlap."""
    most_urgent: dict[Point, Alarm] = {}
    for alarm in queue:
        if alarm.at is not None and alarm.shelf is None:
            most_urgent.setdefault(alarm.at, alarm)
    return [_mark(alarm, at) for at, alarm in most_urgent.items()]


def _mark(alarm: Alarm, at: Point) -> MapAlarm:
    is_claimed = bool(alarm.owner) and alarm.offered_at is None
    words = card_words(alarm)
    # Its place alone would not say that it is only played.
    label = f"{words.title} {words.place}" if alarm.is_drill else words.place
    return MapAlarm(alarm.id, alarm.priority, at, label, is_claimed)
