"""The tones in which screens say something, and how a widget takes another look from the style sheet."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QLabel, QWidget

# Each has its rule in `ui.theme_sheet`; one that has none would be said in the usual colour, unseen.
Tone = Literal["dim", "ok", "warn", "bad", "title"]


def set_tone(label: QLabel, tone: Tone) -> None:
    restyle(label, "tone", tone)


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Give `widget` the property `name` of the style sheet; Qt looks into the sheet again only when told."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
