"""The operating system's keyring, asked only where it answers at once and never asks a person."""

from __future__ import annotations

import base64
import secrets
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "shouwang"
LIMIT_S = 2.0
# Those that can be asked without a window opening. KWallet and libsecret may put up a dialog that nobody
# answers, and others keep the key in a file of their own, which is no better than ours.
WINDOWS = "keyring.backends.Windows"
MACOS = "keyring.backends.macOS"
SECRET_SERVICE = "keyring.backends.SecretService"
SILENT = frozenset({WINDOWS, MACOS, SECRET_SERVICE})

Result = TypeVar("Result")


class NoKeyring(Exception):
    """There is none, it is locked, or it did not answer in time."""


class OsKeyring:
    """Keeps keys by their id. Every call ends within `limit_s`; raises NoKeyring."""

    def __init__(self, backend: KeyringBackend, limit_s: float = LIMIT_S) -> None:
        self._backend = backend
        self._limit_s = limit_s

    def fetch(self, key_id: str) -> bytes | None:
        text = self._asked(lambda: self._backend.get_password(SERVICE, key_id))
        return None if text is None else base64.b64decode(text)

    def keep(self, key_id: str, raw: bytes) -> None:
        """Stored and read back; what does not come back the same is NoKeyring."""
        text = base64.b64encode(raw).decode("ascii")
        self._asked(lambda: self._backend.set_password(SERVICE, key_id, text))
        if self.fetch(key_id) != raw:
            raise NoKeyring

    def forget(self, key_id: str) -> None:
        self._asked(lambda: self._backend.delete_password(SERVICE, key_id))

    def prove(self) -> None:
        """A quick round trip of something worthless."""
        probe = f"probe-{secrets.token_hex(4)}"
        self.keep(probe, b"probe")
        self.forget(probe)

    def _asked(self, question: Callable[[], Result]) -> Result:
        def ask() -> Result:
            refuse_if_locked(self._backend)
            return question()

        return within(self._limit_s, ask)


def working_keyring() -> OsKeyring:
    """The system's keyring after a round trip through it; raises NoKeyring."""
    ring = OsKeyring(within(LIMIT_S, find_backend))
    ring.prove()
    return ring


def find_backend() -> KeyringBackend:
    """The best silent one of the machine; raises NoKeyring. An administrator's choice outranks ours."""
    import keyring
    from keyring.backends import chainer

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    for backend in candidates:
        if type(backend).__module__ in SILENT and backend.priority > 0:
            return backend
    raise NoKeyring


def refuse_if_locked(backend: KeyringBackend) -> None:
    """A locked or missing collection of the Secret Service would make it ask the person: NoKeyring."""
    if type(backend).__module__ != SECRET_SERVICE or sys.platform == "win32":
        return
    import secretstorage

    connection = secretstorage.dbus_init()
    try:
        if secretstorage.get_collection_by_alias(connection, "default").is_locked():
            raise NoKeyring
    finally:
        connection.close()


def within(limit_s: float, work: Callable[[], Result]) -> Result:
    """The result of `work`; NoKeyring when it fails or takes longer. A call that hangs is left behind."""
    done: list[Result] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception:  # noqa: BLE001 - the outermost frame of this thread; backends raise anything
            done.clear()

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(limit_s)
    if not done:
        raise NoKeyring
    return done[0]
