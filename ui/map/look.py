"""How the plan is to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.domain.arming import ZoneCondition
from services.domain.people import GuardStatus
from services.domain.site import AreaKind, Point

# Areas that stand up; everything else lies flat.
STANDING = (AreaKind.BUILDING, AreaKind.DORMITORY)


@dataclass(frozen=True, slots=True)
class PlanLook:
    """What of the plan is drawn. cones: outlines by camera number; is_compact: the mini map.

    zones: how they stand, by number; a missing one always counts. letters: one character per guard status,
    so that colour is not the only sign.
    """

    english: bool = False
    is_compact: bool = False
    shows_cones: bool = False
    shows_zones: bool = True
    cones: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    zones: Mapping[str, ZoneCondition] = field(default_factory=dict)
    letters: Mapping[GuardStatus, str] = field(default_factory=dict)
