"""A rule while it is written: the tree of conditions by paths, the actions by their place."""

from __future__ import annotations

from dataclasses import replace

from services.domain.linkage import Action, ActionKind, Rule
from services.domain.triggers import COMBINING, Trigger, TriggerKind

# Which part of which part: () is the top.
Path = tuple[int, ...]

_FIRST_VALUES: dict[TriggerKind, tuple[str, ...]] = {
    TriggerKind.CLASS: ("panic",),
    TriggerKind.PRIORITY: ("1",),
    TriggerKind.SCHEDULE: ("mon-fri 22:00-06:00",),
}


def new_rule(name: str) -> Rule:
    """Something that can be read at once and changed; the name is the only thing a person must give."""
    top = Trigger(TriggerKind.ALL, parts=(Trigger(TriggerKind.CLASS, ("panic",)),))
    return Rule("", name, "", top, (Action(ActionKind.SOUND),))


def first_trigger(kind: TriggerKind) -> Trigger:
    """A new condition of a kind, with what most people mean by it."""
    if kind is TriggerKind.COUNT:
        return Trigger(kind, least=2, within_s=60.0)
    return Trigger(kind, _FIRST_VALUES.get(kind, ()))


def with_top(rule: Rule) -> Rule:
    """A top that can hold several conditions; what it says stays the same."""
    if rule.trigger.kind in (TriggerKind.ALL, TriggerKind.ANY):
        return rule
    return replace(rule, trigger=Trigger(TriggerKind.ALL, parts=(rule.trigger,)))


def part_at(trigger: Trigger, path: Path) -> Trigger | None:
    """None where there is nothing."""
    for step in path:
        if not 0 <= step < len(trigger.parts):
            return None
        trigger = trigger.parts[step]
    return trigger


def with_part(trigger: Trigger, path: Path, part: Trigger | None) -> Trigger:
    """Another condition at `path`, or none there; the top itself cannot be taken away."""
    if not path:
        return part or trigger
    first, rest = path[0], path[1:]
    parts = list(trigger.parts)
    if rest:
        parts[first] = with_part(parts[first], rest, part)
    elif part is None:
        del parts[first]
    else:
        parts[first] = part
    return replace(trigger, parts=tuple(parts))


def with_added(trigger: Trigger, path: Path, part: Trigger) -> tuple[Trigger, Path]:
    """Below the chosen condition where that combines others, else beside it; and where it is now."""
    chosen = part_at(trigger, path)
    if chosen is None or chosen.kind not in COMBINING or _is_full(chosen):
        path = path[:-1]
        chosen = part_at(trigger, path)
    while chosen is not None and _is_full(chosen):
        path = path[:-1]
        chosen = part_at(trigger, path)
    assert chosen is not None
    grown = with_part(trigger, path, replace(chosen, parts=(*chosen.parts, part)))
    return grown, (*path, len(chosen.parts))


def moved(actions: tuple[Action, ...], index: int, by: int) -> tuple[Action, ...]:
    """One action up (-1) or down (+1); the same where there is no place."""
    to = index + by
    if not (0 <= index < len(actions) and 0 <= to < len(actions)):
        return actions
    changed = list(actions)
    changed[index], changed[to] = changed[to], changed[index]
    return tuple(changed)


def _is_full(trigger: Trigger) -> bool:
    return trigger.kind is TriggerKind.NOT and len(trigger.parts) == 1
