"""How hard a password is to guess, roughly and honestly; pure."""

from __future__ import annotations

from enum import IntEnum

from services.domain.people import LEAST_CHARACTERS


class Strength(IntEnum):
    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


def strength_of(password: str, name: str = "") -> Strength:
    """By length and variety; a password that holds the user's name or repeats one sign is weak."""
    if len(password) < LEAST_CHARACTERS:
        return Strength.TOO_SHORT
    kinds = sum(
        any(test(sign) for sign in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    )
    if len(set(password)) < 5 or (name and name.lower() in password.lower()):
        return Strength.WEAK
    score = kinds + (len(password) >= 12) + 2 * (len(password) >= 16)
    return Strength.STRONG if score >= 4 else Strength.FAIR if score >= 2 else Strength.WEAK
