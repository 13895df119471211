"""Linkage 联动: rules that say what an alarm sets off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.domain.triggers import Trigger, TriggerKind, fault_of_trigger

LONGEST_NAME = 40
LONGEST_TEXT = 500
MOST_ACTIONS = 20
MOST_BUDGET_MS = 60_000
MOST_COOL_DOWN_S = 3600.0
# The rule that comes with the program; its version is 0 for ever.
FEEDS_RULE = "feeds"


class ActionKind(StrEnum):
    """What a rule can do."""

    POPUP = "popup"
    FEEDS = "feeds"
    MAP = "map"
    SOUND = "sound"
    VOICE = "voice"
    WALL_PRESET = "wall_preset"
    NOTIFY = "notify"
    PTZ_PRESET = "ptz_preset"
    PTZ_AIM = "ptz_aim"
    SNAPSHOT = "snapshot"
    RECORD = "record"
    OUTPUT = "output"
    DOOR = "door"
    BROADCAST = "broadcast"
    PLAN = "plan"
    DISPATCH = "dispatch"
    TALK = "talk"
    HTTP = "http"
    MQTT = "mqtt"


# Done by the workstations, which say when; everything else is done by the hub.
SEAT_ACTIONS = frozenset(
    {
        ActionKind.POPUP,
        ActionKind.FEEDS,
        ActionKind.MAP,
        ActionKind.SOUND,
        ActionKind.VOICE,
        ActionKind.WALL_PRESET,
        ActionKind.NOTIFY,
        ActionKind.DISPATCH,
        ActionKind.TALK,
        ActionKind.PLAN,
    }
)
# What moves something, cameras too, or speaks to somebody outside: not in a drill.
OUTWARD = frozenset(
    {
        ActionKind.PTZ_PRESET,
        ActionKind.PTZ_AIM,
        ActionKind.OUTPUT,
        ActionKind.DOOR,
        ActionKind.BROADCAST,
        ActionKind.HTTP,
        ActionKind.MQTT,
    }
)
# From the alarm's arrival, in milliseconds.
DEFAULT_BUDGET_MS: dict[ActionKind, int] = {
    ActionKind.POPUP: 500,
    ActionKind.MAP: 500,
    ActionKind.FEEDS: 3000,
    ActionKind.PTZ_PRESET: 4000,
    ActionKind.PTZ_AIM: 4000,
    ActionKind.SNAPSHOT: 3000,
    ActionKind.HTTP: 3000,
    ActionKind.MQTT: 3000,
}
USUAL_BUDGET_MS = 1000


class OnFail(StrEnum):
    """What a failed action does beside the alarm of its own that every failure raises.

    STOP: in a rule whose actions go in order the later ones are left out. RAISE: that alarm is urgent.
    """

    GO_ON = "go_on"
    STOP = "stop"
    RAISE = "raise"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    target: a camera, output, wall preset, role, address or topic's broker; "" = what the alarm suggests.
    option: where feeds go, a PTZ preset, on/off/pulse, a topic. text: what is said or sent; text_en: the same
    on seats that are worked in English, "" = `text` there too.
    credential, trust: log-in (a name in the machine's secrets) and certificate of an outside address.
    budget_ms: 0 = the usual one of its kind.
    """

    kind: ActionKind
    target: str = ""
    option: str = ""
    text: str = ""
    credential: str = ""
    trust: str = ""
    budget_ms: int = 0
    on_fail: OnFail = OnFail.GO_ON
    text_en: str = ""

    @property
    def limit_ms(self) -> int:
        return self.budget_ms or DEFAULT_BUDGET_MS.get(self.kind, USUAL_BUDGET_MS)

    @property
    def is_of_seat(self) -> bool:
        return self.kind in SEAT_ACTIONS


@dataclass(frozen=True, slots=True)
class Rule:
    """When, and then what. in_order: each action waits for the one before; otherwise all begin at once.

    cool_down_s: so long after a run the same alarm point does not start another one.
    """

    id: str
    name: str
    name_en: str
    trigger: Trigger
    actions: tuple[Action, ...]
    version: int = 1
    is_enabled: bool = True
    in_order: bool = False
    cool_down_s: float = 60.0
    row_version: int = 1


def feeds_rule() -> Rule:
    """What every alarm sets off: plate and queue, its place on the map, and its pictures."""
    return Rule(
        id=FEEDS_RULE,
        name="报警画面",
        name_en="Alarm pictures",
        version=0,
        trigger=Trigger(TriggerKind.ALL),
        actions=(Action(ActionKind.POPUP), Action(ActionKind.MAP), Action(ActionKind.FEEDS)),
    )


def fault_of_rule(rule: Rule) -> str:
    """What is wrong with it, as the last part of an error code; "" for nothing."""
    for name, is_needed in ((rule.name, True), (rule.name_en, False)):
        if (is_needed and not name.strip()) or len(name) > LONGEST_NAME or not name.isprintable():
            return "name_invalid"
    if not 0 <= rule.cool_down_s <= MOST_COOL_DOWN_S:
        return "cool_down_invalid"
    if not 1 <= len(rule.actions) <= MOST_ACTIONS:
        return "actions_invalid"
    fault = fault_of_trigger(rule.trigger)
    return fault or next(filter(None, map(fault_of_action, rule.actions)), "")


def fault_of_action(action: Action) -> str:
    """Whether it says what its kind needs; whether the site has that is known only when it runs."""
    if not 0 <= action.budget_ms <= MOST_BUDGET_MS:
        return "budget_invalid"
    fields = (action.target, action.option, action.text, action.text_en, action.credential, action.trust)
    if any(len(field) > LONGEST_TEXT or not field.isprintable() for field in fields):
        return "text_too_long"
    if not all(getattr(action, field) for field in NEEDED.get(action.kind, ())):
        return "action_incomplete"
    if action.kind in SWITCHING and action.option not in ("", "on", "off", "pulse"):
        return "action_incomplete"
    if action.kind is ActionKind.PTZ_AIM and action.option and not _is_reach(action.option):
        return "action_incomplete"
    if action.kind is ActionKind.HTTP and not action.target.startswith(("http://", "https://")):
        return "address_invalid"
    # A password in an address would be in every record of every run.
    return "address_invalid" if action.kind in _WITH_ADDRESS and "@" in action.target else ""


NEEDED: dict[ActionKind, tuple[str, ...]] = {
    ActionKind.OUTPUT: ("target", "option"),
    ActionKind.DOOR: ("target",),
    ActionKind.BROADCAST: ("target",),
    ActionKind.PTZ_PRESET: ("target", "option"),
    ActionKind.WALL_PRESET: ("target",),
    ActionKind.VOICE: ("text",),
    ActionKind.NOTIFY: ("target", "text"),
    ActionKind.HTTP: ("target",),
    ActionKind.MQTT: ("target", "option"),
    ActionKind.PLAN: ("target",),
}
# Doors and broadcasts know what is usual for them; NEEDED has an output say it.
SWITCHING = frozenset({ActionKind.OUTPUT, ActionKind.DOOR, ActionKind.BROADCAST})
_WITH_ADDRESS = frozenset({ActionKind.HTTP, ActionKind.MQTT})


def _is_reach(text: str) -> bool:
    """Degrees that a camera turns to one side."""
    return text.isdecimal() and 1 <= int(text) <= 360
