"""What may be done with an incident, by its state and the role; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from services.domain.incidents import INCIDENT_MOVES, Incident, IncidentState
from services.domain.people import PERMISSIONS, Permission, Role


class Act(Enum):
    EDIT = "edit"
    POLICE = "110"
    FIRE_BRIGADE = "119"
    AMBULANCE = "120"
    CALL = "call"
    BACKUP = "backup"
    UNIT = "unit"
    MERGE = "merge"
    LINK = "link"
    SPLIT = "split"
    DISMISS = "dismiss"
    TRANSFER = "transfer"
    REOPEN = "reopen"
    POLICE_REF = "police_ref"
    PRINT = "print"
    REVIEW = "review"
    EVIDENCE = "evidence"
    PLAYBACK = "playback"


@dataclass(frozen=True, slots=True)
class Filled:
    """What the small form says. other: an incident; parts: alarms and orders to take along."""

    act: Act
    text: str = ""
    units: int = 1
    other: str = ""
    to: str = ""
    police_ref: str = ""
    parts: tuple[str, ...] = ()


_ENDS = {
    Act.MERGE: IncidentState.MERGED,
    Act.DISMISS: IncidentState.UNFOUNDED,
    Act.TRANSFER: IncidentState.TRANSFERRED,
    Act.REOPEN: IncidentState.REOPENED,
}
_WHILE_OPEN = frozenset({Act.EDIT, Act.BACKUP, Act.UNIT, Act.LINK, Act.SPLIT})
CALLS = frozenset({Act.POLICE, Act.FIRE_BRIGADE, Act.AMBULANCE, Act.CALL})


def acts_of(incident: Incident | None, role: Role) -> frozenset[Act]:
    """What is allowed now; printing needs no permission."""
    held = PERMISSIONS[role]
    if incident is None:
        return frozenset()
    acts = {Act.PRINT, Act.REVIEW} if incident.contained_at is not None else {Act.PRINT}
    if Permission.REQUEST_EVIDENCE in held:
        acts.add(Act.EVIDENCE)
    if Permission.DISPATCH in held:
        acts |= CALLS | {Act.POLICE_REF}
        acts |= _WHILE_OPEN if incident.is_open else set()
        moves = INCIDENT_MOVES[incident.state]
        acts |= {act for act, state in _ENDS.items() if state in moves and act is not Act.REOPEN}
    if Permission.REVIEW in held:
        acts.add(Act.PLAYBACK)
    if Permission.REVIEW in held and IncidentState.REOPENED in INCIDENT_MOVES[incident.state]:
        acts.add(Act.REOPEN)
    return frozenset(acts)
