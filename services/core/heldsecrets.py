"""The secrets of a running process: one file, read and changed by several of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import structlog

from services.core.backoff import Backoff
from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.core.keystore import KEY_FILE, KeyPlace, KeyStore
from services.core.privatefile import locked
from services.core.secrets import Credential, Secrets
from services.core.secretsfile import key_place, move_key, writing

RETRY_FIRST_S = 4.0
RETRY_MOST_S = 30.0

# Of the file and of its key: inode, time and size.
Stamp = tuple[tuple[int, ...], tuple[int, ...]]

log = structlog.get_logger(__name__)


class SecretsFile:
    """The secrets of a running process: read at once by any thread, changed on the disk in turn.

    `credential` and `panel_key` touch no disk; `load`, `set_credential` and `remove_credential` do.
    """

    def __init__(
        self,
        path: Path,
        keys: KeyStore | None = None,
        *,
        avoids_keyring: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self._path = path
        self._keys = keys or KeyStore(path.parent)
        self._avoids_keyring = avoids_keyring
        self._lock = Lock()
        self._clock = clock or SystemClock()
        self._now = Secrets()
        self._stamp: Stamp = ((), ())
        self._pace = Backoff(RETRY_FIRST_S, RETRY_MOST_S)
        self._retry_due_s = 0.0

    def __repr__(self) -> str:
        return f"SecretsFile({self._path.name}, {self._now!r})"

    @property
    def now(self) -> Secrets:
        """What the last `load` or change found."""
        return self._now

    def credential(self, name: str) -> Credential | None:
        return self._now.credential(name)

    def panel_key(self, account: str) -> bytes | None:
        return self._now.panel_key(account)

    def load(self) -> Secrets:
        """Read the file again; what a person typed into it as plain text is sealed.

        Raises as `Secrets.load` does and then keeps what it had.
        """
        with self._lock:
            self._stamp = self._stamp_on_disk()
            found = Secrets.load(self._path, self._keys)
            self._now = found if found.is_sealed else self._sealed(found)
            return self._now

    def has_panel(self, account: str) -> bool:
        return self._now.has_panel(account)

    @property
    def trouble(self) -> ServiceError | None:
        """Why `load_what_opens` or `refresh` could not read everything."""
        return self._now.trouble

    def load_what_opens(self) -> Secrets:
        """As `load`, but raises nothing: what cannot be read stays as it was, and `trouble` says why.

        Told to the log once, when it begins and when it ends.
        """
        with self._lock:
            self._stamp = self._stamp_on_disk()
            found = Secrets.load_what_opens(self._path, self._keys)
            if found.trouble is not None:
                found = found.beside(self._now)
                self._retry_due_s = self._clock.monotonic() + self._pace.next_s()
            else:
                self._pace.reset()
                found = found if found.is_sealed else self._sealed(found)
            self._tell(self._now.trouble, found.trouble)
            self._now = found
            return self._now

    def refresh(self) -> None:
        """`load_what_opens` when file or key are others than those read last; in trouble now and then too,
        for nothing on the disk shows that a keyring was unlocked."""
        is_due = self.trouble is not None and self._clock.monotonic() >= self._retry_due_s
        if is_due or self._stamp_on_disk() != self._stamp:
            self.load_what_opens()

    def set_credential(self, name: str, credential: Credential) -> Secrets:
        """Raises as `Secrets.load`, `Secrets.save` and `Secrets.with_credential` do."""
        with self._lock:
            self._now = self._changed_on_disk(lambda secrets: secrets.with_credential(name, credential))
            return self._now

    def remove_credential(self, name: str) -> Secrets:
        with self._lock:
            self._now = self._changed_on_disk(lambda secrets: secrets.without_credential(name))
            return self._now

    def set_panel_key(self, account: str, key: bytes) -> Secrets:
        """key: 16, 24 or 32 bytes."""
        with self._lock:
            self._now = self._changed_on_disk(lambda secrets: secrets.with_panel_key(account, key))
            return self._now

    def signing_seed(self, use: str) -> bytes | None:
        """Of the key that signs for `use`, as it lies on the disk now: another process may have changed it.

        Raises as `Secrets.load` does.
        """
        with self._lock:
            return Secrets.load(self._path, self._keys).signing_seed(use)

    def set_signing_seed(self, use: str, seed: bytes) -> Secrets:
        """Instead of the one there was, if any. Raises as `set_credential` does."""
        with self._lock:
            self._now = self._changed_on_disk(lambda secrets: secrets.with_signing_seed(use, seed))
            return self._now

    @property
    def key_place(self) -> KeyPlace | None:
        """Where the file's key is, None when nothing is sealed yet; reads the disk."""
        return key_place(self._path)

    def move_key(self, to: KeyPlace) -> None:
        """Raises as `Secrets.load` and `Secrets.save` do, and ServiceError("secrets.keyring_shut")."""
        with self._lock, writing(self._path), locked(self._path.with_suffix(".lock")):
            move_key(self._path, self._keys, to)

    def _stamp_on_disk(self) -> Stamp:
        return (_stamp_of(self._path), _stamp_of(self._path.with_name(KEY_FILE)))

    def _tell(self, before: ServiceError | None, now: ServiceError | None) -> None:
        if now is not None and (before is None or before.code != now.code):
            log.error("secrets.not_read", file=self._path.name, code=now.code)
        if now is None and before is not None:
            log.info("secrets.read_again", file=self._path.name)

    def _sealed(self, found: Secrets) -> Secrets:
        """A file that cannot be written must not keep panels from being heard."""
        try:
            sealed = self._changed_on_disk(lambda secrets: secrets)
        except ServiceError as error:
            log.warning("secrets.left_plain", file=self._path.name, code=error.code)
            return found
        log.info("secrets.sealed", file=self._path.name)
        return sealed

    def _changed_on_disk(self, change: Callable[[Secrets], Secrets]) -> Secrets:
        """Another process may write too: read, change and write under one lock."""
        with writing(self._path), locked(self._path.with_suffix(".lock")):
            changed = change(Secrets.load(self._path, self._keys))
            changed.save(self._path, self._keys, avoids_keyring=self._avoids_keyring)
            return changed


def _stamp_of(path: Path) -> tuple[int, ...]:
    try:
        state = path.stat()
    except OSError:
        return ()
    return (state.st_ino, state.st_mtime_ns, state.st_size)
