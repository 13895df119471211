"""One workstation of a name on a data folder: a second would write over the settings of the first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from services.core.errors import ServiceError
from services.core.privatefile import OWNER_ONLY, try_lock
from services.core.settings import Settings

FOLDER = "seats"


@contextmanager
def held_seat(settings: Settings) -> Iterator[None]:
    """Hold the seat that `settings` name; the system lets go of it however the process ends.

    Raises ServiceError: app.seat_taken(name, folder), settings.folder.
    """
    handle = _opened(settings)
    try:
        if not try_lock(handle):
            folder = str(settings.data_dir)
            raise ServiceError("app.seat_taken", name=settings.workstation, folder=folder)
        yield
    finally:
        os.close(handle)


def _opened(settings: Settings) -> int:
    # A workstation may be called what no file can be.
    name = sha256(settings.workstation.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    folder = settings.data_dir / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    except OSError as error:
        raise ServiceError("settings.folder", folder=str(folder), reason=error.strerror) from None
