"""Burns a strip of text below a picture: below, so that it hides nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from services.core.paths import resource

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

LEAST_TEXT_PX, MOST_TEXT_PX = 12, 40
# The strip is part of the file, not of a screen: the same in every theme.
_GROUND, _INK, _WARNING = (11, 15, 19), (219, 228, 234), (240, 190, 85)


def picture_with_strip(
    pixels: npt.NDArray[np.uint8],
    source_px: tuple[int, int],
    lines: tuple[str, ...],
    *,
    is_present: bool,
) -> Image:
    """An RGB image: the picture, never larger than the camera made it, and `lines` below.

    pixels: (h, w, 4) uint8 BGRA. A picture that is not the present has its strip in the warning colour.
    """
    from PIL import Image, ImageDraw

    picture = Image.fromarray(np.ascontiguousarray(pixels[:, :, 2::-1]), "RGB")
    if all(source_px) and picture.width > source_px[0]:
        picture = picture.resize(source_px, Image.Resampling.LANCZOS)
    size_px = max(LEAST_TEXT_PX, min(MOST_TEXT_PX, picture.width // 45))
    font, pad = _font(size_px), size_px // 2
    row = round(size_px * 1.45)
    whole = Image.new("RGB", (picture.width, picture.height + row * len(lines) + pad), _GROUND)
    whole.paste(picture)
    draw = ImageDraw.Draw(whole)
    for index, line in enumerate(lines):
        at = (pad, picture.height + pad // 2 + row * index)
        text = _fitting(line, font, picture.width - 2 * pad)
        draw.text(at, text, font=font, fill=_INK if is_present else _WARNING)
    return whole


def _font(size_px: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(resource("fonts", "NotoSansCJKsc-Subset-Regular.otf")), size_px)


def _fitting(text: str, font: FreeTypeFont, room_px: int) -> str:
    text = "".join(c if c.isprintable() else " " for c in text)
    if font.getlength(text) <= room_px:
        return text
    while text and font.getlength(text + "…") > room_px:
        text = text[:-1]
    return text + "…"
