"""Files for people: whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

from services.core.errors import ServiceError
from services.core.privatefile import sync_folder


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path`; after a crash or on a full disk it holds the old or the new content.

    Raises ServiceError("file.cannot_write", file, reason).
    """
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ServiceError("file.cannot_write", file=path.name, reason=error.strerror) from None
