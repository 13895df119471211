"""What goes into a dispatch: the order as the operator gives it, and the guards to choose from."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.core.ids import new_id
from services.domain.incidents import Channel
from services.domain.people import GuardState
from services.domain.site import Guard, Point

MOST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Order:
    """Send `guard` to an alarm (its incident is opened when there is none) or to an incident.

    id: made by the client and becomes the dispatch's id, so that sending twice sends once.
    why: the reasons as the operator saw them.
    """

    guard: str
    text: str
    alarm_id: str = ""
    incident_id: str = ""
    channel: Channel = Channel.RADIO
    why: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a guard stands where they stand in the list; `code` names a sentence in `ui.text`.

    distance(metres) · status(status) · skill(skill) · leaves_post_short(post, left, wanted)
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
    def why(self) -> str:
        """The reasons in one line of codes, for the record where no sentence was given."""
        return "; ".join(
            f"{reason.code} {' '.join(f'{key}={value}' for key, value in reason.params.items())}"
            for reason in self.reasons
        )
