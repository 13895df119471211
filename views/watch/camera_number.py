"""Typing a camera's number: which camera is meant, and what the typed digits become; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from services.domain.site import Camera

# A single digit without Enter recalls a layout after this; until then it may become a number.
RECALL_AFTER_S = 1.2
FORGET_AFTER_S = 6.0
MOST_DIGITS = 6
_TRAILING = re.compile(r"(\d+)\D*$")


def camera_by_number(cameras: Sequence[Camera], typed: str) -> Camera | None:
    """The camera whose own number ends so (C12 for 12), else the one at that position of the list."""
    if not typed.isdecimal():
        return None
    wanted = int(typed)
    for camera in cameras:
        own = _TRAILING.search(camera.no)
        if own is not None and int(own.group(1)) == wanted:
            return camera
    return cameras[wanted - 1] if 1 <= wanted <= len(cameras) else None


class Outcome(StrEnum):
    """What became of typed digits when no more came."""

    NOTHING = "nothing"
    LAYOUT = "layout"


class TypedNumber:
    """The digits so far; a single one from 1 to 9 that is left alone means a layout."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, digit: str) -> None:
        if len(self.text) < MOST_DIGITS:
            self.text += digit

    def shorten(self) -> None:
        self.text = self.text[:-1]

    def clear(self) -> None:
        self.text = ""

    @property
    def waits_s(self) -> float:
        """How long without another key until `settle`."""
        return RECALL_AFTER_S if self._is_layout else FORGET_AFTER_S

    def settle(self) -> tuple[Outcome, int]:
        """No key came any more: (LAYOUT, its number from 1) or (NOTHING, 0); the digits are gone."""
        outcome = (Outcome.LAYOUT, int(self.text)) if self._is_layout else (Outcome.NOTHING, 0)
        self.clear()
        return outcome

    @property
    def _is_layout(self) -> bool:
        return len(self.text) == 1 and self.text != "0"
