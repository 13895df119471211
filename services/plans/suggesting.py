"""Which plan fits what happened; people decide whether to run it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.incidents import Incident
from services.domain.linkage import ActionKind
from services.domain.linkage_runs import WENT_WELL, LinkageRun
from services.domain.plans import PlanTrigger, PlanVersion, SuggestedBy
from services.domain.site import AreaKind, Point, Site
from services.domain.triggers import is_inside

# A rule of the house outranks what the plan says of itself, a code outranks a class, a class a word: what a
# panel sends is surer than what somebody typed in a hurry. Two signs outrank one of them.
_WEIGHTS = {
    SuggestedBy.LINKAGE: 100,
    SuggestedBy.CODE: 8,
    SuggestedBy.CLASS: 4,
    SuggestedBy.WORDS: 3,
    SuggestedBy.PLACE: 1,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of an alarm or incident. place_kinds: of what stands there, empty = unknown.

    words: all that people and devices said of it. linked: plans that linkage rules opened for it.
    """

    alarm_class: AlarmClass | None = None
    code: str = ""
    place_kinds: frozenset[AreaKind] = frozenset()
    words: str = ""
    linked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A version in force and why it is suggested, the weightiest reason first."""

    version: PlanVersion
    reasons: tuple[SuggestedBy, ...]


def situation_of_alarm(alarm: Alarm, site: Site, runs: Iterable[LinkageRun] = ()) -> Situation:
    """runs: of the linkage rules that the alarm set off."""
    return Situation(
        alarm.alarm_class,
        alarm.code_raw,
        kinds_at(site, alarm.at),
        " ".join((alarm.name, alarm.name_en, alarm.place, alarm.note)),
        plans_opened(runs),
    )


def situation_of_incident(
    incident: Incident, site: Site, alarm: Alarm | None = None, runs: Iterable[LinkageRun] = ()
) -> Situation:
    """alarm: the one it came from, None = somebody called."""
    said = " ".join((incident.title, incident.category, incident.content))
    if alarm is None:
        return Situation(None, "", kinds_at(site, incident.at), said, plans_opened(runs))
    from_alarm = situation_of_alarm(alarm, site, runs)
    return Situation(
        alarm.alarm_class,
        alarm.code_raw,
        kinds_at(site, incident.at) or from_alarm.place_kinds,
        f"{said} {from_alarm.words}",
        from_alarm.linked,
    )


def plans_opened(runs: Iterable[LinkageRun]) -> frozenset[str]:
    """The plans that rules have opened."""
    return frozenset(
        one.action.target
        for run in runs
        for one in run.actions
        if one.action.kind is ActionKind.PLAN and one.result in WENT_WELL
    )


def kinds_at(site: Site, at: Point | None) -> frozenset[AreaKind]:
    """Of everything drawn on the plan at that point; a place beside all of it is open ground and unknown."""
    if at is None:
        return frozenset()
    return frozenset(area.kind for area in site.areas if is_inside(at, area.outline))


def suggested(versions: Sequence[PlanVersion], situation: Situation) -> list[Suggestion]:
    """Those that fit, best first; of equals the graver plan first, then by name."""
    found = [(version, _reasons(version, situation)) for version in versions]
    fitting = [Suggestion(version, reasons) for version, reasons in found if reasons]
    return sorted(fitting, key=lambda one: (-_weight(one), one.version.text.level, one.version.text.name))


def _weight(suggestion: Suggestion) -> int:
    return sum(_WEIGHTS[reason] for reason in suggestion.reasons)


def _reasons(version: PlanVersion, situation: Situation) -> tuple[SuggestedBy, ...]:
    """Empty when it does not fit. The place alone never suggests a plan, and a wrong place forbids it."""
    is_linked = version.plan in situation.linked
    trigger = version.text.trigger
    reasons = ([SuggestedBy.LINKAGE] if is_linked else []) + _signs(trigger, situation)
    if not reasons or not trigger.place_kinds or not situation.place_kinds:
        return tuple(reasons)
    if situation.place_kinds.isdisjoint(trigger.place_kinds):
        return (SuggestedBy.LINKAGE,) if is_linked else ()
    return (*reasons, SuggestedBy.PLACE)


def _signs(trigger: PlanTrigger, situation: Situation) -> list[SuggestedBy]:
    said = situation.words.casefold()
    signs = (
        (SuggestedBy.CODE, bool(situation.code) and situation.code in trigger.codes),
        (SuggestedBy.CLASS, situation.alarm_class in trigger.classes),
        (SuggestedBy.WORDS, any(word.strip() and word.casefold() in said for word in trigger.words)),
    )
    return [reason for reason, is_there in signs if is_there]
