"""Texts as cells of a table program: shown as they are, never calculated."""

from __future__ import annotations

import re

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What XML 1.0 has no way to write.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(text: str) -> str:
    """Marked so that no table program takes it for a formula."""
    text = writable_text(text)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def bare_cell(text: str) -> str:
    """A cell that `safe_cell` marked, as it was."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_STARTS_FORMULA) else text


def writable_text(text: str) -> str:
    """Without the characters that no office file can hold."""
    return _NOT_IN_XML.sub("", text)
