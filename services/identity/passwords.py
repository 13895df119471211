"""Turns passwords into argon2id hashes and checks them; nothing here logs or keeps a password."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.core.errors import ServiceError

LEAST_CHARACTERS = 8
# RFC 9106 second recommendation (64 MiB, 3 passes, 4 lanes): about 0.1 s; never on Qt's thread.
_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """Raises ServiceError("identity.password_too_short", least)."""
    if len(password) < LEAST_CHARACTERS:
        raise ServiceError("identity.password_too_short", least=LEAST_CHARACTERS)
    return _HASHER.hash(password)


def is_password(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(password_hash: str) -> bool:
    """True for a hash made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(password_hash)
