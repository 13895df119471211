"""Marks a text for the translation file where it is written, to be translated where it is shown."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001 - lupdate reads it, at the call
    """Returns `text`. The name is the one lupdate looks for; PySide6's own is typed as object."""
    return text
