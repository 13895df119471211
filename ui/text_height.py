"""A field of several lines that keeps its height where room is short."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit


def keep_height(text: QPlainTextEdit, height_px: int) -> None:
    """The style sheet's least height of all fields outranks `setFixedHeight`, so it is said there too."""
    text.setFixedHeight(height_px)
    text.setStyleSheet(f"QPlainTextEdit {{ min-height: {height_px - 8}px; }}")
