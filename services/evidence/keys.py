"""The signing keys of this machine: the one in use, and the public halves of all there ever were."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from services.core.clock import Clock
from services.core.codec import from_plain, to_plain
from services.core.errors import ServiceError
from services.core.heldsecrets import SecretsFile
from services.core.privatefile import locked
from services.core.secretsfile import SIGNING_SEED_BYTES
from services.core.wholefile import write_whole
from services.evidence.signing import SigningKey

# What it is called among the machine's secrets.
USE = "evidence"
KEYS_FILE = "evidence-keys.json"


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key that signs, or has signed, packages here. until: None = in use. public_key: hex."""

    fingerprint: str
    public_key: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Book:
    keys: tuple[KnownKey, ...] = ()


# Told the fingerprints of the old key, "" = there was none, and of the new one, which does not sign yet.
Announce = Callable[[str, str], None]


class SigningKeys:
    """Each call blocks, and raises secrets.* for what `SecretsFile` cannot do, evidence.keys_unreadable(file)
    or file.cannot_write for the list of public keys. folder: the data folder, where the list lies.
    """

    def __init__(self, secrets: SecretsFile, folder: Path, clock: Clock) -> None:
        self._secrets = secrets
        self._file = folder / KEYS_FILE
        self._clock = clock

    def current(self) -> SigningKey:
        """The one that signs; made when there never was one. Raises evidence.key_lost(fingerprint): another
        one made in silence would sign with a fingerprint that nobody knows."""
        with self._held():
            known = self.known()
            seed = self._secrets.signing_seed(USE)
            if seed is None and known:
                raise ServiceError("evidence.key_lost", fingerprint=known[-1].fingerprint)
            if seed is None:
                seed = os.urandom(SIGNING_SEED_BYTES)
                self._secrets.set_signing_seed(USE, seed)
            key = SigningKey(seed)
            self._note(known, key)
            return key

    def renew(self, announce: Announce) -> SigningKey:
        """Another one from now on. The old one's secret half is gone, its public half stays known.

        What `announce` raises leaves everything as it was: no key ever signs that was not announced.
        """
        with self._held():
            seed = self._secrets.signing_seed(USE)
            if seed is not None:
                self._note(self.known(), SigningKey(seed))
            known = self.known()
            made = os.urandom(SIGNING_SEED_BYTES)
            new = SigningKey(made)
            announce(known[-1].fingerprint if known else "", new.fingerprint)
            self._secrets.set_signing_seed(USE, made)
            self._note(known, new)
            return new

    def known(self) -> tuple[KnownKey, ...]:
        """By when they were made; the last one is in use."""
        try:
            content = self._file.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError:
            raise ServiceError("evidence.keys_unreadable", file=str(self._file)) from None
        try:
            return from_plain(_Book, json.loads(content)).keys
        except (ValueError, TypeError, KeyError):
            raise ServiceError("evidence.keys_unreadable", file=str(self._file)) from None

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One process at a time reads or changes key and list."""
        with locked(self._file.with_suffix(".lock")):
            yield

    def _note(self, known: tuple[KnownKey, ...], key: SigningKey) -> None:
        """The list follows the secrets, also after a crash between the two."""
        if known and known[-1].fingerprint == key.fingerprint:
            return
        now = self._clock.now()
        ended = tuple(one if one.until else replace(one, until=now) for one in known)
        new = KnownKey(key.fingerprint, key.public_bytes.hex(), now)
        plain = to_plain(_Book((*ended, new)))
        write_whole(self._file, json.dumps(plain, ensure_ascii=False, indent=1).encode())
