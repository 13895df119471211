"""Names for a drop-down box and the list that it opens: both take the keyboard, both are read aloud."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox


def name_box(box: QComboBox, name: str) -> None:
    box.setAccessibleName(name)
    box.view().setAccessibleName(name)
