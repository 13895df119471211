"""Where the key of a secrets file lies: in the system's keyring, or in a file beside it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import structlog

from services.core.errors import ServiceError
from services.core.oskeyring import NoKeyring, OsKeyring, working_keyring
from services.core.privatefile import create_private
from services.core.sealing import SealKey

KEY_FILE = "secrets.key"

log = structlog.get_logger(__name__)


class KeyPlace(StrEnum):
    KEYRING = "keyring"
    FILE = "file"


class KeyStore:
    """The keys of the secrets file in `folder`; `keyring` finds the system's, or raises NoKeyring."""

    def __init__(self, folder: Path, keyring: Callable[[], OsKeyring] = working_keyring) -> None:
        self._file = folder / KEY_FILE
        self._keyring = keyring

    def fetch(self, place: KeyPlace, key_id: str) -> SealKey:
        """The key that has this id.

        Raises ServiceError("secrets.key_missing", file) | ("secrets.key_wrong", file) |
        ("secrets.keyring_shut").
        """
        key = self._of_keyring(key_id) if place is KeyPlace.KEYRING else None
        # Somebody may have moved a copy of the key to a machine without a keyring.
        key = key or self._of_file()
        if key is None:
            raise ServiceError("secrets.key_missing", file=str(self._file))
        if key.id != key_id:
            raise ServiceError("secrets.key_wrong", file=str(self._file))
        return key

    def make(self, *, avoids_keyring: bool) -> tuple[KeyPlace, SealKey]:
        """A key for a file that has none yet, kept before it is given; a key file that lies there is used."""
        key = self._of_file()
        if key is not None:
            return KeyPlace.FILE, key
        key = SealKey.new()
        if not avoids_keyring:
            try:
                self.keep(key, KeyPlace.KEYRING)
            except ServiceError:
                log.info("secrets.no_keyring")
            else:
                return KeyPlace.KEYRING, key
        try:
            self.keep(key, KeyPlace.FILE)
        except FileExistsError:
            # Another process was faster: its key is the one that counts.
            return KeyPlace.FILE, self._of_file() or key
        return KeyPlace.FILE, key

    def keep(self, key: SealKey, place: KeyPlace) -> None:
        """Raises ServiceError("secrets.keyring_shut"), or OSError (FileExistsError when a key lies there)."""
        if place is KeyPlace.FILE:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            create_private(self._file, key.raw)
            return
        try:
            self._keyring().keep(key.id, key.raw)
        except NoKeyring:
            raise ServiceError("secrets.keyring_shut") from None

    def forget(self, key: SealKey, place: KeyPlace) -> None:
        """A key that is nobody's any more; one that cannot be removed from the keyring stays there."""
        if place is KeyPlace.FILE:
            self._file.unlink(missing_ok=True)
            return
        try:
            self._keyring().forget(key.id)
        except NoKeyring:
            log.warning("secrets.key_left_in_keyring")

    def _of_keyring(self, key_id: str) -> SealKey | None:
        try:
            raw = self._keyring().fetch(key_id)
            return None if raw is None else SealKey(raw)
        except NoKeyring:
            raise ServiceError("secrets.keyring_shut") from None
        except ValueError:
            raise ServiceError("secrets.key_wrong", file=str(self._file)) from None

    def _of_file(self) -> SealKey | None:
        try:
            return SealKey(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise ServiceError("secrets.key_wrong", file=str(self._file)) from None
