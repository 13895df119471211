"""Several words in one line, as the language of the moment sets them apart."""

from __future__ import annotations

from collections.abc import Iterable

from ui.i18n import is_english


def listed(words: Iterable[str]) -> str:
    """`words` one after another; "" for none."""
    return (", " if is_english() else "、").join(words)


def in_turn(clauses: Iterable[str]) -> str:
    """Whole sentences, steps or reports in one line; "" for none."""
    return ("; " if is_english() else "；").join(clauses)
