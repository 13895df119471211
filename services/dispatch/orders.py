"""What goes into a dispatch: the order as the operator gives it, and the guards to choose from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.incidents import Channel, Ranked, TargetKind
from services.domain.people import GuardState
from services.domain.site import Guard, Point

MOST_TEXT = 2000
# Of the list that was on the screen, so many lines are kept with the dispatch.
MOST_RANKS = 8


@dataclass(frozen=True, slots=True)
class Order:
    """Send a unit to an alarm (its incident is opened when there is none) or to an incident.

    id: made by the client and becomes the dispatch's id, so that sending twice sends once.
    guard: number of the guard, post or patrol; for others "" or any. name: how a team, department or
    service is called. members: the guards of a team; of a post or patrol its ready ones when empty.
    why: the reasons for this unit as the operator saw them. ranks: the list on the screen, best first;
    recommended: who stood first. queued_at: the record was away when it was sent.
    """

    guard: str
    text: str
    alarm_id: str = ""
    incident_id: str = ""
    channel: Channel = Channel.RADIO
    why: str = ""
    id: str = field(default_factory=new_id)
    target: TargetKind = TargetKind.GUARD
    name: str = ""
    members: tuple[str, ...] = ()
    ranks: tuple[Ranked, ...] = ()
    recommended: str = ""
    is_backup: bool = False
    queued_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a guard stands where they stand in the list; `code` names a sentence in `ui.text`.

    distance(metres) · status(status) · skill(skill) · load(count) · leaves_post(post, left, wanted) ·
    leaves_post_short(post, left, wanted)
    """

    code: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A guard who can be sent. line: the way they would walk. distance_m: its length."""

    guard: Guard
    state: GuardState
    distance_m: float
    line: tuple[Point, ...]
    reasons: tuple[Reason, ...]
    leaves_post_short: bool = False

    @property
    def leaves_post_empty(self) -> bool:
        """Nobody would be left where they stand."""
        return any(r.code == "leaves_post_short" and r.params["left"] == "0" for r in self.reasons)

    @property
    def why(self) -> str:
        """The reasons in one line of codes, for the record where no sentence was given."""
        return "; ".join(
            f"{reason.code} {' '.join(f'{key}={value}' for key, value in reason.params.items())}"
            for reason in self.reasons
        )


def needed(text: str) -> str:
    """`text` without blanks around it; raises dispatch.text_needed, dispatch.text_too_long(most)."""
    text = bounded(text)
    if not text:
        raise ServiceError("dispatch.text_needed")
    return text


def bounded(text: str) -> str:
    """As `needed`, but it may be empty."""
    text = typed_text(text)
    if len(text) > MOST_TEXT:
        raise ServiceError("dispatch.text_too_long", most=MOST_TEXT)
    return text
