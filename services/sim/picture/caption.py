"""Text burnt into the pictures: the camera's name and the time of the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from services.core.paths import resource

WEEKDAYS = "一二三四五六日"
SYSTEM_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
    "/System/Library/Fonts/PingFang.ttc",
)

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Caption:
    """Prerendered text: `luma` and `cover` (h, w) uint8 with even sides; `x`, `y` even, in the picture."""

    x: int
    y: int
    luma: Plane
    cover: Plane


@lru_cache(maxsize=64)
def name_caption(name: str, no: str, width_px: int, height_px: int) -> Caption:
    """The camera's name, lower right."""
    return _caption(f"{name}  {no}", width_px, height_px, is_top=False)


@lru_cache(maxsize=16)  # every camera asks for the same seconds
def time_caption(at: datetime, width_px: int, height_px: int) -> Caption:
    """Date, weekday and time of the story, upper left."""
    text = f"{at:%Y-%m-%d} 星期{WEEKDAYS[at.weekday()]} {at:%H:%M:%S}"
    return _caption(text, width_px, height_px, is_top=True)


def _caption(text: str, width_px: int, height_px: int, *, is_top: bool) -> Caption:
    font = _font(max(10, round(height_px / 21)))
    edge = max(1, round(height_px / 300))
    left, top, right, low = font.getbbox(text, stroke_width=edge)
    size = (_even(right - left) + 2, _even(low - top) + 2)
    cover, luma = Image.new("L", size), Image.new("L", size)
    for image, outline in ((cover, 200), (luma, 16)):
        drawing = ImageDraw.Draw(image)
        drawing.text((-left, -top), text, font=font, fill=235, stroke_width=edge, stroke_fill=outline)
    margin = round(height_px * 0.035)
    x = margin if is_top else width_px - size[0] - margin
    y = margin if is_top else height_px - size[1] - margin
    return _cut(Caption(x & ~1, y & ~1, np.array(luma), np.array(cover)), width_px, height_px)


def _cut(caption: Caption, width_px: int, height_px: int) -> Caption:
    """The part of a caption that fits into the picture (a very long name)."""
    x, y = max(0, caption.x), max(0, caption.y)
    w = min(caption.luma.shape[1], width_px - x) & ~1
    h = min(caption.luma.shape[0], height_px - y) & ~1
    return Caption(x, y, caption.luma[:h, :w], caption.cover[:h, :w])


def _even(length: float) -> int:
    return (int(length) + 1) & ~1


@lru_cache(maxsize=8)
def _font(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font with Chinese glyphs: the bundled one, else the system's, else Pillow's own."""
    for path in _font_files():
        if path.exists():
            return ImageFont.truetype(str(path), size_px)
    return ImageFont.load_default(size_px)


def _font_files() -> list[Path]:
    found = [Path(name) for name in SYSTEM_FONTS]
    try:
        fonts = resource("fonts")
    except FileNotFoundError:
        return found
    bundled = sorted(path for path in fonts.iterdir() if path.suffix.lower() in (".otf", ".ttf", ".ttc"))
    return bundled + found
