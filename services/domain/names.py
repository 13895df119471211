"""A word in both languages of the product, where it is no entity's name."""

from __future__ import annotations

from typing import NamedTuple


class TwoNames(NamedTuple):
    """Chinese and English, like the two names of an entity; the screen chooses."""

    name: str
    name_en: str
