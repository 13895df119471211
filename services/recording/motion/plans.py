"""What the process that looks for motion is asked to do, and what it tells; both travel between processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.video.address import StreamAddress


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """One camera to look at, by its small stream."""

    camera: str
    address: StreamAddress


@dataclass(frozen=True, slots=True)
class UseWatches:
    """From now on look at these cameras and at no others."""

    plans: tuple[WatchPlan, ...]


@dataclass(frozen=True, slots=True)
class IndexPiece:
    """This piece under `root` is finished: what moved during it shall lie beside it."""

    segment: Segment
    root: Path


@dataclass(frozen=True, slots=True)
class WatchReport:
    """How looking at one camera is. error: a `video.*` code, "" = well; looks: since it began."""

    camera: str
    error: str
    looks: int


@dataclass(frozen=True, slots=True)
class Report:
    """Said each second. indexed, remade: pieces that got their index from the small stream, or from their
    own key pictures."""

    cameras: tuple[WatchReport, ...]
    indexed: int
    remade: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Moving:
    """Something moves in the camera's picture: said each second while it goes on."""

    camera: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """An index lies beside its piece; it wants its row."""

    seconds: MovingSeconds


Order = UseWatches | IndexPiece
News = Report | Moving | Indexed
