"""What is to be exported, for whom and why; and how far an export is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.domain.evidence import Mask
from services.domain.recordings import RecordedStream


@dataclass(frozen=True, slots=True)
class WishedTake:
    """One camera's recording of [since, until).

    clock_offset_s: the camera's own clock minus ours, None when nobody has asked it.
    """

    camera: str
    name: str
    since: datetime
    until: datetime
    place: str = ""
    clock_offset_s: float | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """stream: taken where a camera recorded more than one. has_watermark, masks: make a copy, encoded anew.

    keeps_originals: False gives away the copies only; the manifest then still has the originals' hashes.
    leaves_out_missing: what cannot be found is a gap in the manifest instead of the end of the export.
    """

    stream: RecordedStream = RecordedStream.MAIN
    has_watermark: bool = False
    masks: tuple[Mask, ...] = ()
    keeps_originals: bool = True
    leaves_out_missing: bool = False

    @property
    def makes_copies(self) -> bool:
        return self.has_watermark or bool(self.masks) or not self.keeps_originals


@dataclass(frozen=True, slots=True)
class Wish:
    """An approved request. case: its number, also the package's name.

    for_whom: unit and person that get it. requested_by, approved_by, operator: people of ours as they are
    called on paper; the operator is the one who exports. attached: other papers to go along, by file name.
    """

    case: str
    takes: tuple[WishedTake, ...]
    reason: str
    for_whom: str
    requested_by: str
    approved_by: str
    operator: str
    incident: str = ""
    options: Options = Options()
    attached: Mapping[str, bytes] = field(default_factory=dict, repr=False)


class Stage(StrEnum):
    """What an export does, in this order; FETCHING where a recorder has what we lack, COPYING and PACKING
    where they were asked for."""

    CUTTING = "cutting"
    FETCHING = "fetching"
    COPYING = "copying"
    SEALING = "sealing"
    PACKING = "packing"


@dataclass(frozen=True, slots=True)
class Progress:
    """share: of the stage, 0 to 1."""

    stage: Stage
    share: float


# Told by the thread that exports.
Tell = Callable[[Progress], None]
