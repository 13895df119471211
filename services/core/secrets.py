"""This machine's secrets: camera log-ins and panel keys, apart from the site file and the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

import structlog

from services.core.errors import ServiceError
from services.core.keystore import KeyPlace, KeyStore
from services.core.privatefile import locked
from services.core.secretsfile import (
    Contents,
    Login,
    key_place,
    move_key,
    read_contents,
    write_contents,
    writing,
)
from services.core.trust import is_trust

MOST_CHARACTERS = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Credential:
    """A log-in; its password is never shown.

    tls: which certificate an encrypted connection accepts: "" one that is valid for the host,
    "sha256:<64 hex digits>" this very one, "unverified" any.
    """

    username: str
    password: str = field(repr=False)
    tls: str = ""


class HeldSecrets(Protocol):
    """What a running process asks of secrets; `credential` and `panel_key` return at once."""

    def credential(self, name: str) -> Credential | None: ...

    def panel_key(self, account: str) -> bytes | None:
        """16, 24 or 32 bytes, or None for a panel that sends plain frames."""
        ...

    def refresh(self) -> None:
        """Take over what was changed on the disk; never on the GUI thread. Raises as `Secrets.load` does."""
        ...


class Secrets:
    """Credentials by name and panel AES keys by account, as the secrets file holds them; immutable.

    is_sealed: nothing lay in the file as plain text.
    """

    def __init__(
        self,
        credentials: Mapping[str, Credential] | None = None,
        panel_keys: Mapping[str, bytes] | None = None,
        *,
        is_sealed: bool = True,
    ) -> None:
        self._credentials = dict(credentials or {})
        self._panel_keys = dict(panel_keys or {})
        self.is_sealed = is_sealed

    def __repr__(self) -> str:
        return f"Secrets({len(self._credentials)} credentials, {len(self._panel_keys)} panel keys)"

    @classmethod
    def load(cls, path: Path, keys: KeyStore | None = None) -> Secrets:
        """Read the file, sealed or plain; empty when there is none.

        Raises ServiceError("secrets.invalid", file, where) and what `KeyStore.fetch` raises.
        """
        contents = read_contents(path, keys or KeyStore(path.parent))
        logins = {name: Credential(*login) for name, login in contents.logins.items()}
        return cls(logins, contents.panel_keys, is_sealed=contents.is_sealed)

    def save(self, path: Path, keys: KeyStore | None = None, *, avoids_keyring: bool = False) -> None:
        """Write the file sealed, for its owner only, whole or not at all, under the key it had before.

        Raises what `load` raises, for a file that cannot be read is not replaced, and
        ServiceError("secrets.cannot_write", file, reason).
        """
        logins = {name: Login(one.username, one.password, one.tls) for name, one in self._credentials.items()}
        contents = Contents(logins, self._panel_keys)
        write_contents(path, contents, keys or KeyStore(path.parent), avoids_keyring=avoids_keyring)

    def credential(self, name: str) -> Credential | None:
        return self._credentials.get(name)

    @property
    def credential_names(self) -> tuple[str, ...]:
        return tuple(sorted(self._credentials))

    def panel_key(self, account: str) -> bytes | None:
        """16, 24 or 32 bytes, or None for a panel that sends plain frames."""
        return self._panel_keys.get(account)

    @property
    def panel_accounts(self) -> tuple[str, ...]:
        return tuple(sorted(self._panel_keys))

    def refresh(self) -> None:
        """These are as they are."""

    def with_credential(self, name: str, credential: Credential) -> Secrets:
        """These and one more, or one changed; raises ServiceError("secrets.bad_credential", name, field)."""
        _check(name, credential)
        return Secrets({**self._credentials, name: credential}, self._panel_keys, is_sealed=self.is_sealed)

    def without_credential(self, name: str) -> Secrets:
        rest = {known: one for known, one in self._credentials.items() if known != name}
        return Secrets(rest, self._panel_keys, is_sealed=self.is_sealed)

    def with_panel_key(self, account: str, key: bytes) -> Secrets:
        """key: 16, 24 or 32 bytes."""
        return Secrets(self._credentials, {**self._panel_keys, account: key}, is_sealed=self.is_sealed)


class SecretsFile:
    """The secrets of a running process: read at once by any thread, changed on the disk in turn.

    `credential` and `panel_key` touch no disk; `load`, `set_credential` and `remove_credential` do.
    """

    def __init__(self, path: Path, keys: KeyStore | None = None, *, avoids_keyring: bool = False) -> None:
        self._path = path
        self._keys = keys or KeyStore(path.parent)
        self._avoids_keyring = avoids_keyring
        self._lock = Lock()
        self._now = Secrets()
        self._stamp: tuple[int, ...] = ()

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

    def refresh(self) -> None:
        """`load` when the file is another than the one read last."""
        if self._stamp_on_disk() != self._stamp:
            self.load()

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

    @property
    def key_place(self) -> KeyPlace | None:
        """Where the file's key is, None when nothing is sealed yet; reads the disk."""
        return key_place(self._path)

    def move_key(self, to: KeyPlace) -> None:
        """Raises as `Secrets.load` and `Secrets.save` do, and ServiceError("secrets.keyring_shut")."""
        with self._lock, writing(self._path), locked(self._path.with_suffix(".lock")):
            move_key(self._path, self._keys, to)

    def _stamp_on_disk(self) -> tuple[int, ...]:
        try:
            state = self._path.stat()
        except OSError:
            return ()
        return (state.st_ino, state.st_mtime_ns, state.st_size)

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


def _check(name: str, credential: Credential) -> None:
    """What could not be typed into one line of a log-in is a mistake of the caller's input."""
    texts = {"name": name, "username": credential.username, "password": credential.password}
    for field_name, text in texts.items():
        if len(text) > MOST_CHARACTERS or any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
            raise ServiceError("secrets.bad_credential", field=field_name, most=MOST_CHARACTERS)
    if not name:
        raise ServiceError("secrets.bad_credential", field="name", most=MOST_CHARACTERS)
    if not is_trust(credential.tls):
        raise ServiceError("secrets.bad_credential", field="tls", most=MOST_CHARACTERS)
