"""This machine's secrets: camera log-ins and panel keys, apart from the site file and the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from services.core.errors import ServiceError
from services.core.keystore import KeyStore
from services.core.secretsfile import (
    Contents,
    Login,
    read_contents,
    read_what_opens,
    write_contents,
)
from services.core.trust import is_trust
from services.core.typed import is_storable

MOST_CHARACTERS = 200


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

    def has_panel(self, account: str) -> bool:
        """Whether a key is held for this panel, even one that cannot be read now."""
        ...

    @property
    def trouble(self) -> ServiceError | None:
        """Why not everything could be read."""
        ...

    def refresh(self) -> None:
        """Take over what was changed on the disk or can be read again; never on the GUI thread."""
        ...


class Secrets:
    """Credentials by name and panel AES keys by account, as the secrets file holds them; immutable.

    is_sealed: nothing lay in the file as plain text. shut_panels: accounts whose key could not be read.
    trouble: why not everything could be read.
    """

    def __init__(
        self,
        credentials: Mapping[str, Credential] | None = None,
        panel_keys: Mapping[str, bytes] | None = None,
        signing_seeds: Mapping[str, bytes] | None = None,
        *,
        is_sealed: bool = True,
        shut_panels: frozenset[str] = frozenset(),
        trouble: ServiceError | None = None,
    ) -> None:
        self._credentials = dict(credentials or {})
        self._panel_keys = dict(panel_keys or {})
        self._signing_seeds = dict(signing_seeds or {})
        self._shut_panels = shut_panels
        self.is_sealed = is_sealed
        self.trouble = trouble

    def __repr__(self) -> str:
        return f"Secrets({len(self._credentials)} credentials, {len(self._panel_keys)} panel keys)"

    @classmethod
    def load(cls, path: Path, keys: KeyStore | None = None) -> Secrets:
        """Read the file, sealed or plain; empty when there is none.

        Raises ServiceError("secrets.invalid", file, where) and what `KeyStore.fetch` raises.
        """
        return cls._of(read_contents(path, keys or KeyStore(path.parent)))

    @classmethod
    def load_what_opens(cls, path: Path, keys: KeyStore | None = None) -> Secrets:
        """As `load`, but a part that cannot be read takes away only itself: `trouble` says why."""
        return cls._of(read_what_opens(path, keys or KeyStore(path.parent)))

    @classmethod
    def _of(cls, contents: Contents) -> Secrets:
        return cls(
            {name: Credential(*login) for name, login in contents.logins.items()},
            contents.panel_keys,
            contents.signing_seeds,
            is_sealed=contents.is_sealed,
            shut_panels=contents.shut_panels,
            trouble=contents.trouble,
        )

    def save(self, path: Path, keys: KeyStore | None = None, *, avoids_keyring: bool = False) -> None:
        """Write the file sealed, for its owner only, whole or not at all, under the key it had before.

        Raises what `load` raises, for a file that cannot be read is not replaced, and
        ServiceError("secrets.cannot_write", file, reason).
        """
        logins = {name: Login(one.username, one.password, one.tls) for name, one in self._credentials.items()}
        contents = Contents(logins, self._panel_keys, signing_seeds=self._signing_seeds)
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

    def has_panel(self, account: str) -> bool:
        return account in self._panel_keys or account in self._shut_panels

    def refresh(self) -> None:
        """These are as they are."""

    def beside(self, before: Secrets) -> Secrets:
        """These where something could be read, and what was known `before` of the rest."""
        return Secrets(
            {**before._credentials, **self._credentials},
            {**before._panel_keys, **self._panel_keys},
            {**before._signing_seeds, **self._signing_seeds},
            is_sealed=self.is_sealed,
            shut_panels=self._shut_panels,
            trouble=self.trouble,
        )

    def with_credential(self, name: str, credential: Credential) -> Secrets:
        """These and one more, or one changed; raises ServiceError("secrets.bad_credential", name, field)."""
        _check(name, credential)
        return self._with(credentials={**self._credentials, name: credential})

    def without_credential(self, name: str) -> Secrets:
        rest = {known: one for known, one in self._credentials.items() if known != name}
        return self._with(credentials=rest)

    def with_panel_key(self, account: str, key: bytes) -> Secrets:
        """key: 16, 24 or 32 bytes."""
        return self._with(panel_keys={**self._panel_keys, account: key})

    def signing_seed(self, use: str) -> bytes | None:
        """The 32 bytes of the key that signs for `use`; None before there is one."""
        return self._signing_seeds.get(use)

    def with_signing_seed(self, use: str, seed: bytes) -> Secrets:
        """seed: 32 bytes; one that was there before is forgotten."""
        return self._with(signing_seeds={**self._signing_seeds, use: seed})

    def _with(
        self,
        credentials: Mapping[str, Credential] | None = None,
        panel_keys: Mapping[str, bytes] | None = None,
        signing_seeds: Mapping[str, bytes] | None = None,
    ) -> Secrets:
        return Secrets(
            self._credentials if credentials is None else credentials,
            self._panel_keys if panel_keys is None else panel_keys,
            self._signing_seeds if signing_seeds is None else signing_seeds,
            is_sealed=self.is_sealed,
        )


def _check(name: str, credential: Credential) -> None:
    """What could not be typed into one line of a log-in is a mistake of the caller's input."""
    texts = {"name": name, "username": credential.username, "password": credential.password}
    for field_name, text in texts.items():
        has_control = any(ord(sign) < 32 or ord(sign) == 127 for sign in text)
        if len(text) > MOST_CHARACTERS or has_control or not is_storable(text):
            raise ServiceError("secrets.bad_credential", field=field_name, most=MOST_CHARACTERS)
    if not name:
        raise ServiceError("secrets.bad_credential", field="name", most=MOST_CHARACTERS)
    if not is_trust(credential.tls):
        raise ServiceError("secrets.bad_credential", field="tls", most=MOST_CHARACTERS)
