"""What an export is given beside the wish, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from services.core.clock import Clock
from services.domain.recordings import Segment
from services.evidence.manifest import AuditHead, Manifest
from services.evidence.signing import SigningKey
from services.playback.tapes import Tapes, no_tapes

# Where a segment's file is; None = its disk is not here.
Locate = Callable[[Segment], Path | None]
# The readable list 清单 as a PDF.
MakePaper = Callable[[Manifest], bytes]


@dataclass(frozen=True, slots=True)
class Recordings:
    """segments: of each camera, all that touch what is wished, by their beginning.

    tapes: what other recorders have.
    """

    segments: Mapping[str, Sequence[Segment]]
    locate: Locate
    tapes: Tapes = no_tapes


@dataclass(frozen=True, slots=True)
class Sealing:
    """What goes into the manifest of this place and moment, and the key that signs it.

    software: name and version. make_paper: the PDF, written by the app; None = no paper.
    password: for an AES-256 ZIP of the whole package, "" = a folder. zone: of local times, None = this
    machine's.
    """

    key: SigningKey
    audit: AuditHead
    workstation: str
    software: str
    clock: Clock
    make_paper: MakePaper | None = None
    password: str = field(default="", repr=False)
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A finished one. path: its folder, or its ZIP when it is encrypted.

    manifest_sha256: what the hand-over notes; with it the package is known for good.
    """

    path: Path
    manifest: Manifest
    manifest_sha256: str
    is_encrypted: bool
