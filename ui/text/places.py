"""Which of an entity's two names to show."""

from __future__ import annotations

from typing import Protocol

from ui.i18n import is_english


class TwoNamed(Protocol):
    """Anything with a Chinese and an English name."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def local_name(entity: TwoNamed) -> str:
    """The name in the language of the moment; the other one when it is empty."""
    if is_english():
        return entity.name_en or entity.name
    return entity.name or entity.name_en
