"""Plans 预案: what is done when something happens; the text being worked on and the versions in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from services.domain.classes import AlarmClass
from services.domain.plan_steps import Step
from services.domain.site import AreaKind

PlanId = NewType("PlanId", str)

# Twice a year unless a plan says otherwise.
USUAL_DRILL_DAYS = 180


class PlanCategory(StrEnum):
    """What kind of emergency it is for."""

    FIRE = "fire"
    INTRUSION = "intrusion"
    FIGHT = "fight"
    MISSING_PERSON = "missing_person"
    MEDICAL = "medical"
    FLOOD = "flood"
    POWER_CUT = "power_cut"
    CROWD = "crowd"
    DANGEROUS_GOODS = "dangerous_goods"
    BOMB_THREAT = "bomb_threat"
    TRAFFIC = "traffic"
    WEATHER = "weather"
    OTHER = "other"


class PlanState(StrEnum):
    """Of the text being worked on; versions already published stay in force until it is retired."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RETIRED = "retired"


class SuggestedBy(StrEnum):
    """Why a plan is suggested for an alarm or an incident."""

    LINKAGE = "linkage"
    CODE = "code"
    CLASS = "class"
    WORDS = "words"
    PLACE = "place"


# A draft that is given up leaves the version in force as it was: PUBLISHED without a review.
PLAN_MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.REVIEW, PlanState.PUBLISHED, PlanState.RETIRED}),
    PlanState.REVIEW: frozenset({PlanState.DRAFT, PlanState.PUBLISHED}),
    PlanState.PUBLISHED: frozenset({PlanState.DRAFT, PlanState.RETIRED}),
    PlanState.RETIRED: frozenset({PlanState.DRAFT}),
}


@dataclass(frozen=True, slots=True)
class PlanTrigger:
    """When the plan is suggested. What is empty is not asked; classes, codes and words each can suggest it.

    codes: as alarms carry them. place_kinds: only alarms and incidents at such places. words: in the title,
    category or content of an incident, Chinese or English.
    """

    classes: tuple[AlarmClass, ...] = ()
    codes: tuple[str, ...] = ()
    place_kinds: tuple[AreaKind, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRole:
    """A part that somebody plays in the response, e.g. 现场指挥; holder: who it usually is."""

    id: str
    name: str
    name_en: str = ""
    holder: str = ""
    holder_en: str = ""
    duty: str = ""
    duty_en: str = ""


@dataclass(frozen=True, slots=True)
class CallEntry:
    """One line of the call tree. after: the entry that calls this one, "" = the duty officer.

    level: called when the incident is at least so grave, 1 the gravest. within_s: from the plan's beginning.
    """

    id: str
    who: str
    who_en: str = ""
    number: str = ""
    after: str = ""
    level: int = 4
    within_s: float = 0.0
    script: str = ""
    script_en: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to bring at a level: people, vehicles, equipment; place: where it lies."""

    level: int
    name: str
    name_en: str = ""
    amount: int = 1
    unit: str = ""
    unit_en: str = ""
    place: str = ""
    place_en: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in both languages."""

    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class PlanText:
    """All that people write in a plan; a version keeps it as it was published.

    level: the gravest incident it is meant for, 1 to 4. donts: what must not be done. documents: what else to
    have at hand, with where it lies. drill_every_days: 0 = it needs no drill.
    """

    name: str
    name_en: str = ""
    category: PlanCategory = PlanCategory.OTHER
    level: int = 3
    purpose: str = ""
    purpose_en: str = ""
    trigger: PlanTrigger = field(default_factory=PlanTrigger)
    roles: tuple[PlanRole, ...] = ()
    call_tree: tuple[CallEntry, ...] = ()
    resources: tuple[Resource, ...] = ()
    documents: tuple[Line, ...] = ()
    donts: tuple[Line, ...] = ()
    steps: tuple[Step, ...] = ()
    drill_every_days: int = USUAL_DRILL_DAYS

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def role(self, role_id: str) -> PlanRole | None:
        return next((role for role in self.roles if role.id == role_id), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it lies in the library. text: the one being worked on, which nobody runs.

    version: the newest published one, 0 = none yet. sent_by: who gave it to review. note: why the reviewer
    gave it back. drill_due_at: None = no drill is due for it.
    """

    id: PlanId
    text: PlanText
    saved_by: str
    saved_by_name: str
    saved_at: datetime
    state: PlanState = PlanState.DRAFT
    version: int = 0
    sent_by: str = ""
    sent_by_name: str = ""
    note: str = ""
    last_drill_at: datetime | None = None
    drill_due_at: datetime | None = None
    row_version: int = 1

    @property
    def name(self) -> str:
        return self.text.name

    @property
    def name_en(self) -> str:
        return self.text.name_en

    @property
    def is_runnable(self) -> bool:
        return self.version > 0 and self.state is not PlanState.RETIRED

    def is_drill_overdue(self, now: datetime) -> bool:
        return self.is_runnable and self.drill_due_at is not None and self.drill_due_at < now


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One published text of a plan; never changed afterwards. by: who wrote it, reviewed_by: who let it out.

    note: what is new in it.
    """

    id: str
    plan: PlanId
    version: int
    text: PlanText
    at: datetime
    by: str
    by_name: str
    reviewed_by: str = ""
    reviewed_by_name: str = ""
    note: str = ""
    row_version: int = 1

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.text.steps


def drill_due(text: PlanText, since_at: datetime) -> datetime | None:
    """When the next drill is due, counted from the last one or from when the plan came into force."""
    if text.drill_every_days <= 0:
        return None
    return since_at + timedelta(days=text.drill_every_days)
