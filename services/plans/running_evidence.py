"""Keeps the files that prove a step: copied whole or not at all, named by what is in them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from services.core.errors import ServiceError
from services.domain.plan_runs import EvidenceKind
from services.plans.running import Proof

MOST_BYTES = 200 * 1024 * 1024
_PIECE = 1024 * 1024
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')


def keep_file(folder: Path, source: Path) -> Proof:
    """Copy `source` into `folder`; the same content is kept once. Blocks.

    Raises plan_run.file_missing(file, reason), plan_run.file_too_large(most), snapshot.cannot_write(folder,
    reason).
    """
    digest = _digest(source)
    kept = folder / f"{digest[:16]}_{_FORBIDDEN.sub('-', source.name)[-80:]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            _copy(source, kept)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServiceError("snapshot.cannot_write", folder=str(folder), reason=reason) from None
    # It may have been written to while it was copied.
    return Proof(EvidenceKind.FILE, source.name, _digest(kept), str(kept))


def _digest(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ServiceError("plan_run.file_too_large", most=MOST_BYTES // (1024 * 1024))
        found = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServiceError("plan_run.file_missing", file=path.name, reason=reason) from None
    return found.hexdigest()


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    with source.open("rb") as read, part.open("xb") as written:
        while piece := read.read(_PIECE):
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    part.replace(target)
