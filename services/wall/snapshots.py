"""Keeps a picture of a camera as a file that says by itself what it is, and audits that it was taken."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from services.core.errors import ServiceError
from services.domain.people import Permission, Session
from services.domain.video import StreamState
from services.identity import authorize, check_cameras
from services.storage import Database
from services.wall.strip import picture_with_strip

PRESENT = frozenset({StreamState.LIVE, StreamState.LATE})
LONGEST_NAME_BYTES = 180  # file systems hold 255; the moment, a number and the ending want their part
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@dataclass(frozen=True, slots=True)
class Shot:
    """What is to be kept.

    pixels: (h, w, 4) uint8 BGRA, only read. source_px: the camera's own size, (0, 0) when unknown.
    taken_at: aware UTC, when the picture arrived. age_s: how old it was when it was asked for.
    lines: the strip below the picture, in the operator's language. stream: main or sub.
    """

    camera_no: str
    camera_name: str
    site_name: str
    stream: str
    codec: str
    pixels: npt.NDArray[np.uint8]
    source_px: tuple[int, int]
    taken_at: datetime
    state: StreamState
    age_s: float
    lines: tuple[str, ...]

    @property
    def is_present(self) -> bool:
        """Only a live or a late picture may pass for what was to be seen then."""
        return self.state in PRESENT


@dataclass(frozen=True, slots=True)
class SavedShot:
    """sha256: of the whole file, in hexadecimal."""

    path: Path
    sha256: str


class Snapshots:
    """Blocks; call it from a job."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder.expanduser()

    @property
    def folder(self) -> Path:
        return self._folder

    def save(self, session: Session, shot: Shot) -> SavedShot:
        """Write the file whole or not at all, then the audit row.

        Raises ServiceError: identity.forbidden; snapshot.disk_full, snapshot.no_permission (folder) or
        snapshot.cannot_write (folder, reason) with nothing left behind; snapshot.not_audited (file, reason)
        when the picture is there but the database is not: a picture taken is worth more than none.
        """
        authorize(session, Permission.WATCH)
        if session.limits:
            self._database.read(lambda view: check_cameras(view, session, [shot.camera_no]))
        data = _encoded(session, shot)
        digest = hashlib.sha256(data).hexdigest()
        try:
            path = _written(self._folder, file_name(shot), data)
        except OSError as error:
            raise _refusal(error, self._folder) from None
        try:
            self._database.write(
                lambda tx: tx.audit(
                    session, "camera.snapshot", shot.camera_no, after=_about(shot, path, digest)
                )
            )
        except ServiceError as error:
            raise ServiceError("snapshot.not_audited", file=str(path), reason=error.code) from error
        return SavedShot(path, digest)


def file_name(shot: Shot) -> str:
    """20261124-223005_C01_东门.png, in local time; safe on every system, and honest about old pictures."""
    at = shot.taken_at.astimezone().strftime("%Y%m%d-%H%M%S")
    words = _FORBIDDEN.sub("-", f"{shot.camera_no}_{shot.camera_name}")
    what = words.encode()[:LONGEST_NAME_BYTES].decode(errors="ignore").strip("-. ")
    return f"{at}_{what}{'' if shot.is_present else '_NOT-LIVE'}.png"


def local_moment(at: datetime) -> str:
    """2026-11-24 22:30:05 UTC+08:00"""
    local = at.astimezone()
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}"


def _encoded(session: Session, shot: Shot) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    for key, value in _facts(session, shot).items():
        about.add_itxt(key, value)
    buffer = BytesIO()
    image = picture_with_strip(shot.pixels, shot.source_px, shot.lines, is_present=shot.is_present)
    image.save(buffer, "PNG", pnginfo=about)
    return buffer.getvalue()


def _facts(session: Session, shot: Shot) -> dict[str, str]:
    """The same in every language, for programs."""
    height_px, width_px = shot.pixels.shape[:2]
    return {
        "Software": "Shouwang",
        "Title": f"{shot.camera_no} {shot.camera_name}",
        "Site": shot.site_name,
        "Camera": shot.camera_no,
        "Creation Time": shot.taken_at.astimezone().isoformat(timespec="milliseconds"),
        "Operator": f"{session.display_name} ({session.user})",
        "Workstation": session.workstation,
        "Stream": f"{shot.stream} {shot.codec}".strip(),
        "Source size": f"{shot.source_px[0]}x{shot.source_px[1]}" if all(shot.source_px) else "unknown",
        "Decoded size": f"{width_px}x{height_px}",
        "State": shot.state.value if shot.is_present else f"NOT LIVE: {shot.state.value}",
        "Age of picture": f"{shot.age_s:.1f} s",
    }


def _about(shot: Shot, path: Path, digest: str) -> dict[str, object]:
    return {
        "file": str(path),
        "sha256": digest,
        "taken_at": shot.taken_at.isoformat(),
        "state": shot.state.value,
        "age_s": round(shot.age_s, 1),
        "stream": shot.stream,
    }


def _written(folder: Path, name: str, data: bytes) -> Path:
    """The finished file under the first free name."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{secrets.token_hex(8)}.part"
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return _named(part, folder / name)
    finally:
        part.unlink(missing_ok=True)


def _named(part: Path, wanted: Path) -> Path:
    for number in range(1, 1000):
        path = wanted if number == 1 else wanted.with_stem(f"{wanted.stem}-{number}")
        if path.exists():
            continue
        try:
            os.link(part, path)
        except FileExistsError:
            continue
        except OSError:
            # A file system without links: nobody else writes here within these microseconds.
            part.rename(path)
        return path
    raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


def _refusal(error: OSError, folder: Path) -> ServiceError:
    if error.errno in _FULL:
        return ServiceError("snapshot.disk_full", folder=str(folder))
    if error.errno in _REFUSED:
        return ServiceError("snapshot.no_permission", folder=str(folder))
    return ServiceError(
        "snapshot.cannot_write", folder=str(folder), reason=error.strerror or type(error).__name__
    )
