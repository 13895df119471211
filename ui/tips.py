"""Tool tips of text that others wrote: names of cameras, addresses of devices, words of panels."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """What makes a tool tip show `text` letter by letter.

    Qt guesses whether a tool tip is markup, and would show the picture that a name like <img src=…> names.
    """
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'
