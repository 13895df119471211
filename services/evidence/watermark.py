"""Writes who took a copy away, and the time, into its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from services.core.paths import resource

FACE = ("fonts", "NotoSansCJKsc-Subset-Bold.otf")
# Of the picture's height; readable when a wall tile shows it, small beside what is seen.
_LETTER_SHARE = 0.032
_LEAST_LETTER_PX = 12
_INK, _EDGE = 235, 16
# Across the middle, where it cannot be cut off: faint, or it would hide what the copy is for.
_FAINT = 0.22
_MARGIN_PX, _EDGE_PX = 8, 2

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class _Strip:
    """Rows from `top` on: how bright the letters are, and how much they cover of each dot, 0 to 1."""

    top: int
    ink: npt.NDArray[np.float32]
    cover: npt.NDArray[np.float32]


class Watermark:
    """text: what stands on every picture, the time follows it. size_px: of the pictures."""

    def __init__(self, text: str, size_px: tuple[int, int], zone: tzinfo | None) -> None:
        self._text = text
        self._size_px = size_px
        self._zone = zone
        self._face = _face_for(self._line("0000-00-00 00:00:00"), size_px)
        self._second = ""
        self._strips: tuple[_Strip, ...] = ()

    def burn(self, luma: Grey, at: datetime) -> None:
        """In place. luma: (height, width)."""
        second = f"{at.astimezone(self._zone):%Y-%m-%d %H:%M:%S}"
        if second != self._second:
            self._second, self._strips = second, self._drawn(self._line(second))
        for strip in self._strips:
            part = luma[strip.top : strip.top + len(strip.ink)]
            part[:] = (part * (1 - strip.cover) + strip.ink * strip.cover).astype(np.uint8)

    def _line(self, second: str) -> str:
        return f"{self._text}  {second}"

    def _drawn(self, line: str) -> tuple[_Strip, ...]:
        width, height = self._size_px
        _left, _top, right, bottom = (round(edge) for edge in self._face.getbbox(line, stroke_width=_EDGE_PX))
        lowest = max(0, height - bottom - 2 * _MARGIN_PX)
        strips = []
        for left, top, share in ((_MARGIN_PX, lowest, 1.0), ((width - right) // 2, lowest // 2, _FAINT)):
            size_px = (width, min(height - top, bottom + 2 * _MARGIN_PX))
            ink, cover = Image.new("L", size_px, _EDGE), Image.new("L", size_px, 0)
            place = (left, _MARGIN_PX // 2)
            for image, fill, edge in ((ink, _INK, _EDGE), (cover, 255, 255)):
                ImageDraw.Draw(image).text(
                    place, line, fill, self._face, stroke_width=_EDGE_PX, stroke_fill=edge
                )
            covered = np.asarray(cover, np.float32) * np.float32(share / 255)
            strips.append(_Strip(top, np.asarray(ink, np.float32), covered))
        return tuple(strips)


def _face_for(line: str, size_px: tuple[int, int]) -> ImageFont.FreeTypeFont:
    """As large as wanted, or as the line fits."""
    wanted_px = max(_LEAST_LETTER_PX, size_px[1] * _LETTER_SHARE)
    face = ImageFont.truetype(str(resource(*FACE)), wanted_px)
    room = (size_px[0] - 2 * _MARGIN_PX) / face.getlength(line)
    return face if room >= 1 else ImageFont.truetype(str(resource(*FACE)), wanted_px * room)
