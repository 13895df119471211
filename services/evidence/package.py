"""Exports recordings into a sealed package: whole or not there."""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from importlib.resources import files as shipped
from pathlib import Path
from threading import Event

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey
from services.domain.recordings import Segment
from services.evidence import verify
from services.evidence.cutting import Cutter, Hole, Locate, Unreadable
from services.evidence.film import Reel
from services.evidence.hashing import packed_file
from services.evidence.manifest import (
    AuditHead,
    FileKind,
    Footage,
    GapCause,
    Manifest,
    Missing,
    Moment,
    PackedFile,
    PackedTake,
    bytes_of,
)
from services.evidence.pace import Pace
from services.evidence.readme import read_me
from services.evidence.signing import SigningKey
from services.evidence.wish import Options, Progress, Stage, Tell, Wish, WishedTake
from services.evidence.workplace import sweep, sync_all, workplace

__all__ = [
    "Locate",
    "MakePaper",
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

VIDEO_FOLDER, PAPER_FOLDER = "video", "papers"
LIST_FILE, README_FILE, VERIFIER_FILE = "list.pdf", "README.txt", "verify.py"
# Beside the videos: manifest, papers, room for the file system's own needs.
SPARE_BYTES = 16 * 2**20
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_TROUBLES = {
    GapCause.DISK_AWAY: "evidence.disk_away",
    GapCause.FILE_GONE: "evidence.file_gone",
    GapCause.FILE_BROKEN: "evidence.file_broken",
}
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
    name = _safe(f"{wish.case}_{sealing.clock.now().astimezone(sealing.zone):%Y%m%d-%H%M%S}")
    with _disk_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with workplace(folder, name) as place:
            root = place.part / name
            root.mkdir()
            manifest = _Maker(wish, recordings, sealing, root, Pace(tell, stop)).make()
            sync_all(root)
            content = bytes_of(manifest)
            path = place.publish(name)
    return Package(path, manifest, hashlib.sha256(content).hexdigest(), is_encrypted=False)


class _Maker:
    """Fills the folder of one package, from the videos to the seal."""

    def __init__(self, wish: Wish, recordings: Recordings, sealing: Sealing, root: Path, pace: Pace) -> None:
        self._wish = wish
        self._recordings = recordings
        self._sealing = sealing
        self._root = root
        self._pace = pace
        self._films = 0
        self._files: list[PackedFile] = []
        self._takes: list[PackedTake] = []

    def make(self) -> Manifest:
        """The signed manifest; everything else lies in the folder."""
        chosen = [self._segments_of(take) for take in self._wish.takes]
        expected = sum(segment.size_bytes for segments in chosen for segment in segments)
        if shutil.disk_usage(self._root).free < expected + SPARE_BYTES:
            raise OSError(errno.ENOSPC, "full")
        (self._root / VIDEO_FOLDER).mkdir()
        self._pace.begin(Stage.CUTTING, expected)
        reels = []
        for take, segments in zip(self._wish.takes, chosen, strict=True):
            found, holes = self._cut(take, segments)
            reels += [(self._named(reel), reel) for reel in found]
            self._takes.append(self._packed_take(take, holes))
        if not reels:
            raise ServiceError("evidence.nothing_recorded", case=self._wish.case)
        self._pace.begin(Stage.SEALING, sum((self._root / path).stat().st_size for path, _reel in reels))
        for path, reel in reels:
            self._add(path, FileKind.VIDEO, footage=self._footage(reel))
        self._add_texts()
        return self._sealed()

    def _segments_of(self, take: WishedTake) -> list[Segment]:
        """Of the wished stream, or of the other where there is none of it."""
        touching = [
            one
            for one in self._recordings.segments.get(take.camera, ())
            if one.begins_at < take.until and one.ends_at > take.since
        ]
        wished = [one for one in touching if one.stream == self._wish.options.stream]
        first = wished or [one for one in touching if one.stream == touching[0].stream]
        return sorted(first, key=lambda one: one.begins_at)

    def _cut(self, take: WishedTake, segments: list[Segment]) -> tuple[list[Reel], list[Hole]]:
        leaves_out = self._wish.options.leaves_out_missing
        cutter = Cutter(
            take, self._recordings.locate, self._next_film, self._pace.done, leaves_out=leaves_out
        )
        try:
            return cutter.cut(segments)
        except Unreadable as error:
            raise ServiceError(_TROUBLES[error.cause], camera=take.camera) from None

    def _next_film(self) -> Path:
        self._films += 1
        return self._root / VIDEO_FOLDER / f"{self._films}.tmp"

    def _named(self, reel: Reel) -> str:
        """Gives a film the name that says what is on it; returns its path in the package."""
        first, last = (at.astimezone(self._sealing.zone) for at in (reel.first_at, reel.ends_at))
        stem = f"{_safe(reel.camera)}_{first:%Y%m%d-%H%M%S}_{last:%H%M%S}"
        path = f"{VIDEO_FOLDER}/{stem}.{reel.form}"
        if (self._root / path).exists():
            path = f"{VIDEO_FOLDER}/{stem}_{reel.path.stem}.{reel.form}"
        reel.path.rename(self._root / path)
        return path

    def _footage(self, reel: Reel) -> Footage:
        return Footage(
            reel.camera,
            reel.stream,
            self._moment(reel.first_at),
            self._moment(reel.last_at),
            reel.frames,
            round((reel.ends_at - reel.first_at).total_seconds(), 6),
            reel.codec,
            reel.width_px,
            reel.height_px,
            reel.has_sound,
        )

    def _packed_take(self, take: WishedTake, holes: list[Hole]) -> PackedTake:
        missing = tuple(Missing(self._moment(h.since), self._moment(h.until), h.cause) for h in holes)
        since, until = self._moment(take.since), self._moment(take.until)
        return PackedTake(take.camera, take.name, take.place, since, until, take.clock_offset_s, missing)

    def _add_texts(self) -> None:
        """The verifier, what to do with it, other papers, and last the list of all the others."""
        self._write(
            VERIFIER_FILE, FileKind.TOOL, shipped(verify.__package__).joinpath("verify.py").read_bytes()
        )
        self._write(README_FILE, FileKind.TEXT, read_me(self._sealing.key.fingerprint))
        for number, (name, content) in enumerate(self._wish.attached.items(), 1):
            self._write(f"{PAPER_FOLDER}/{number}_{_safe(name)}", FileKind.PAPER, content)
        if self._sealing.make_paper is not None:
            self._write(LIST_FILE, FileKind.PAPER, self._sealing.make_paper(self._manifest()))

    def _write(self, path: str, kind: FileKind, content: bytes) -> None:
        (self._root / path).parent.mkdir(exist_ok=True)
        (self._root / path).write_bytes(content)
        self._add(path, kind)

    def _add(self, path: str, kind: FileKind, footage: Footage | None = None) -> None:
        self._files.append(packed_file(self._root, path, kind, self._pace.done, footage=footage))

    def _sealed(self) -> Manifest:
        manifest = self._manifest()
        content = bytes_of(manifest)
        seal = verify.seal_of(content, verify.dictionary(content) or {})
        (self._root / verify.MANIFEST).write_bytes(content)
        (self._root / verify.SEAL).write_bytes(seal)
        (self._root / verify.SIGNATURE).write_bytes(self._sealing.key.sign(seal))
        (self._root / verify.KEY).write_bytes(self._sealing.key.public_pem)
        return manifest

    def _manifest(self) -> Manifest:
        wish, sealing = self._wish, self._sealing
        return Manifest(
            case=wish.case,
            incident=wish.incident,
            reason=wish.reason,
            for_whom=wish.for_whom,
            requested_by=wish.requested_by,
            approved_by=wish.approved_by,
            operator=wish.operator,
            exported_at=self._moment(sealing.clock.now()),
            workstation=sealing.workstation,
            software=sealing.software,
            audit=sealing.audit,
            key_fingerprint=sealing.key.fingerprint,
            takes=tuple(self._takes),
            files=tuple(self._files),
        )

    def _moment(self, at: datetime) -> Moment:
        return Moment.of(at, self._sealing.zone)


@contextmanager
def _disk_trouble(folder: Path) -> Iterator[None]:
    """What the target's disk refuses, in words for people."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ServiceError("evidence.disk_full", folder=str(folder)) from None
        reason = error.strerror or type(error).__name__
        raise ServiceError("evidence.cannot_write", folder=str(folder), reason=reason) from None


def _safe(name: str) -> str:
    """A file name that every system takes and no archive program spoils."""
    return _UNSAFE.sub("-", name).strip("-.") or "package"
