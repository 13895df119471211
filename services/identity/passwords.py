"""Turns passwords into argon2id hashes and checks them; nothing here logs or keeps a password."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.core.errors import ServiceError
from services.domain.people import LEAST_CHARACTERS

LEAST_DIFFERENT = 5
# A shorter name stands in a good password by chance.
SHORTEST_NAME = 3
# Of eight signs and more, from lists of leaked passwords; those of few signs and of rows are refused anyway.
_MOST_USED = frozenset(
    {
        *(
            "password",
            "password1",
            "password123",
            "passw0rd",
            "p@ssw0rd",
            "p@ssword",
            "iloveyou",
            "iloveyou1",
        ),
        *("sunshine", "princess", "football", "baseball", "superman", "trustno1", "starwars", "whatever"),
        *("qwerty123", "1qaz2wsx", "1q2w3e4r", "1q2w3e4r5t", "q1w2e3r4", "zaq12wsx", "abcd1234", "abc123456"),
        *("a1234567", "a12345678", "a123456789", "asd123456", "qq123456", "dragon123", "monkey123"),
        *("admin123", "admin1234", "administrator", "welcome1", "welcome123", "letmein1", "changeme"),
        *("test1234", "shouwang", "shouwang123", "baoan110", "baowei110", "baoweichu"),
        *("woaini1314", "woaini520", "5201314520", "wangyut2"),
    }
)
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qazxsw23edcvfr4",
)


def check_password(password: str, name: str) -> None:
    """What may become the password of `name`: length counts, rules about signs do not (NIST SP 800-63B).

    Raises ServiceError("identity.password_too_short", least), "identity.password_too_easy" for what is
    guessed first: the name itself, few different signs, a row of keys, one of the most used.
    """
    if len(password) < LEAST_CHARACTERS:
        raise ServiceError("identity.password_too_short", least=LEAST_CHARACTERS)
    plain, own = password.casefold(), name.strip().casefold()
    holds_name = len(own) >= SHORTEST_NAME and own in plain
    is_row = any(plain in row or plain in row[::-1] for row in _ROWS)
    if holds_name or is_row or len(set(plain)) < LEAST_DIFFERENT or plain in _MOST_USED:
        raise ServiceError("identity.password_too_easy")


class Passwords:
    """Makes and checks argon2id hashes of one strength; about 0.1 s each, so never on Qt's thread."""

    def __init__(self, passes: int = 3, memory_kib: int = 64 * 1024, lanes: int = 4) -> None:
        """Unless said otherwise as RFC 9106 recommends second; tests of something else say less."""
        self._hasher = PasswordHasher(passes, memory_kib, lanes)

    def hash(self, password: str) -> str:
        """Raises ServiceError("identity.password_too_short", least)."""
        if len(password) < LEAST_CHARACTERS:
            raise ServiceError("identity.password_too_short", least=LEAST_CHARACTERS)
        return self._hasher.hash(_bytes(password))

    def is_right(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    def renewed(self, password: str, password_hash: str) -> str | None:
        """A hash of this strength in place of one of another; None when it is of this one."""
        return self.hash(password) if self._hasher.check_needs_rehash(password_hash) else None


def _bytes(password: str) -> bytes:
    """Half of a pair of signs, as a paste may leave it, is no reason to fail: it is just a wrong password."""
    return password.encode("utf-8", "surrogatepass")
