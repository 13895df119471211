"""What happened in an incident, one moment after the other, each kind as the record keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.domain.alarms import Alarm, Signal
from services.domain.calls import Call
from services.domain.incidents import Dispatch, Feedback, Incident, TimelineEntry
from services.domain.linkage_runs import ActionRun, LinkageRun
from services.domain.notices import Notice
from services.domain.plan_runs import PlanRun
from services.storage import TrailStep


@dataclass(frozen=True, slots=True)
class SignalMoment:
    """The source spoke: it raised the alarm (is_first), said so again or restored."""

    at: datetime
    alarm: Alarm
    signal: Signal
    is_first: bool


@dataclass(frozen=True, slots=True)
class ShownMoment:
    """A screen showed the alarm, or (has_picture) its first live picture."""

    at: datetime
    alarm: Alarm
    has_picture: bool


@dataclass(frozen=True, slots=True)
class AlarmMoment:
    """A person, or the program, did something with the alarm; `step.action` says what."""

    at: datetime
    alarm: Alarm
    step: TrailStep
    actor_name: str


@dataclass(frozen=True, slots=True)
class LinkageMoment:
    """An action that the alarm set off by itself is over."""

    at: datetime
    run: LinkageRun
    one: ActionRun


@dataclass(frozen=True, slots=True)
class PictureMoment:
    """A picture was kept: a mark in the video of that camera."""

    at: datetime
    camera: str
    file: str
    sha256: str
    actor_name: str


@dataclass(frozen=True, slots=True)
class NoticeMoment:
    """Somebody on the duty list was told; is_seen: they said that they had read it."""

    at: datetime
    notice: Notice
    is_seen: bool


@dataclass(frozen=True, slots=True)
class EntryMoment:
    """A line of the incident's own timeline; feedback: what was written down with it."""

    at: datetime
    entry: TimelineEntry
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class CallMoment:
    """A call began; what was said and said back is the call's."""

    at: datetime
    call: Call


@dataclass(frozen=True, slots=True)
class ReviewMoment:
    """A step of the review itself."""

    at: datetime
    step: TrailStep
    actor_name: str


Moment = (
    SignalMoment
    | ShownMoment
    | AlarmMoment
    | LinkageMoment
    | PictureMoment
    | NoticeMoment
    | EntryMoment
    | CallMoment
    | ReviewMoment
)


@dataclass(frozen=True, slots=True)
class History:
    """One incident as the record tells it; moments in the order of time."""

    incident: Incident
    alarms: tuple[Alarm, ...]
    dispatches: tuple[Dispatch, ...]
    plan_runs: tuple[PlanRun, ...]
    moments: tuple[Moment, ...]
