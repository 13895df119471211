"""Fills the folder of one package: videos, copies, papers, manifest and seal."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files as shipped
from pathlib import Path

from services.evidence import verify
from services.evidence.footage import Cut, FilmRoom
from services.evidence.hashing import packed_file
from services.evidence.holes import Hole
from services.evidence.manifest import (
    Derivation,
    FileKind,
    Footage,
    Manifest,
    Missing,
    Moment,
    OriginalLeftOut,
    PackedFile,
    PackedTake,
    bytes_of,
)
from services.evidence.naming import (
    COPY_FOLDER,
    LIST_FILE,
    PAPER_FOLDER,
    README_FILE,
    VERIFIER_FILE,
    VIDEO_FOLDER,
    safe,
)
from services.evidence.pace import Pace
from services.evidence.readme import read_me
from services.evidence.sealing import Recordings, Sealing
from services.evidence.wish import Stage, Wish, WishedTake


class Maker:
    """Used once. root: the empty folder of the package. Raises OSError and ServiceError."""

    def __init__(self, wish: Wish, recordings: Recordings, sealing: Sealing, root: Path, pace: Pace) -> None:
        self._wish = wish
        self._sealing = sealing
        self._root = root
        self._pace = pace
        uses = 1 + bool(sealing.password) + wish.options.makes_copies
        self._room = FilmRoom(wish, recordings, root, sealing.zone, pace, uses)
        self._files: list[PackedFile] = []
        self._takes: list[PackedTake] = []
        self._left_out: list[OriginalLeftOut] = []

    def make(self) -> Manifest:
        """The signed manifest; everything else lies in the folder."""
        films, holes = self._room.cut()
        self._takes = [
            self._packed_take(take, missing) for take, missing in zip(self._wish.takes, holes, strict=True)
        ]
        watermark = self._watermark() if self._wish.options.has_watermark else ""
        copies = self._room.copy(films, watermark) if self._wish.options.makes_copies else {}
        self._add_films(films, copies, watermark)
        self._add_texts()
        return self._sealed()

    def _add_films(self, films: list[Cut], copies: dict[str, Cut], watermark: str) -> None:
        """Originals are hashed in any case: a copy is worth nothing without what it was made of."""
        paths = [one.path for one in (*films, *copies.values())]
        self._pace.begin(Stage.SEALING, sum((self._root / path).stat().st_size for path in paths))
        for film in films:
            original = self._packed(film, FileKind.VIDEO)
            copy = copies.get(film.path)
            if copy is None or self._wish.options.keeps_originals:
                self._files.append(original)
            else:
                self._leave_out(original, film)
            if copy is not None:
                masks = sum(one.camera == film.reel.camera for one in self._wish.options.masks)
                made = Derivation(original.path, original.sha256, watermark, masks)
                self._files.append(self._packed(copy, FileKind.COPY, made))

    def _packed(self, film: Cut, kind: FileKind, made: Derivation | None = None) -> PackedFile:
        footage = self._footage(film)
        return packed_file(self._root, film.path, kind, self._pace.done, footage=footage, derivation=made)

    def _leave_out(self, original: PackedFile, film: Cut) -> None:
        footage = self._footage(film)
        self._left_out.append(OriginalLeftOut(original.path, original.size_bytes, original.sha256, footage))
        (self._root / original.path).unlink()

    def _watermark(self) -> str:
        """Who took it away for whom; the time is written behind it, picture by picture."""
        wish = self._wish
        return "  ".join(one for one in (wish.case, wish.for_whom, wish.operator, "副本 copy") if one)

    def _footage(self, film: Cut) -> Footage:
        reel = film.reel
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
            film.origin,
        )

    def _packed_take(self, take: WishedTake, holes: list[Hole]) -> PackedTake:
        missing = tuple(Missing(self._moment(h.since), self._moment(h.until), h.cause) for h in holes)
        since, until = self._moment(take.since), self._moment(take.until)
        return PackedTake(take.camera, take.name, take.place, since, until, take.clock_offset_s, missing)

    def _add_texts(self) -> None:
        """The verifier, what to do with it, other papers, and last the list of all the others."""
        for folder in (VIDEO_FOLDER, COPY_FOLDER):
            if (self._root / folder).is_dir() and not any((self._root / folder).iterdir()):
                (self._root / folder).rmdir()
        self._write(VERIFIER_FILE, FileKind.TOOL, verifier_source())
        self._write(README_FILE, FileKind.TEXT, read_me(self._sealing.key.fingerprint))
        for number, (name, content) in enumerate(self._wish.attached.items(), 1):
            self._write(f"{PAPER_FOLDER}/{number}_{safe(name)}", FileKind.PAPER, content)
        if self._sealing.make_paper is not None:
            self._write(LIST_FILE, FileKind.PAPER, self._sealing.make_paper(self._manifest()))

    def _write(self, path: str, kind: FileKind, content: bytes) -> None:
        (self._root / path).parent.mkdir(exist_ok=True)
        (self._root / path).write_bytes(content)
        self._files.append(packed_file(self._root, path, kind, self._pace.done))

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
            originals_left_out=tuple(self._left_out),
        )

    def _moment(self, at: datetime) -> Moment:
        return Moment.of(at, self._sealing.zone)


def verifier_source() -> bytes:
    """The verifier as a file of its own; a packaged build carries it as text beside the compiled one."""
    return shipped(verify.__package__).joinpath("verify.py").read_bytes()
