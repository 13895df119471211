"""Pictures that came as planes: where each plane lies, and how its values become colours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from services.domain.video import PictureFormat
from ui.tiles.feed import FeedPicture

# Shares of red and blue in the brightness.
_BT601, _BT709 = (0.299, 0.114), (0.2126, 0.0722)


class Conversion(NamedTuple):
    """rgb = matrix · (yuv − offset), all from 0 to 1."""

    matrix: npt.NDArray[np.float32]
    offset: npt.NDArray[np.float32]


def conversion_of(kind: PictureFormat) -> Conversion:
    return _CONVERSIONS[kind]


def plane_sizes(width_px: int, height_px: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """Width and height of brightness, blue and red difference; odd sides have a colour for the last pixel."""
    halved = (width_px + 1) // 2, (height_px + 1) // 2
    return (width_px, height_px), halved, halved


def planes_of(picture: FeedPicture) -> list[npt.NDArray[np.uint8]]:
    """Views of the three planes, (height, width) each."""
    planes, begin = [], 0
    for width, height in plane_sizes(picture.width_px, picture.height_px):
        planes.append(picture.pixels[begin : begin + width * height].reshape(height, width))
        begin += width * height
    return planes


def bgra_of(picture: FeedPicture) -> npt.NDArray[np.uint8]:
    """(height, width, 4) pixels; costs milliseconds for planes, nothing else."""
    if not picture.format.is_planar:
        return picture.pixels
    luma, *differences = planes_of(picture)
    height, width = luma.shape
    doubled = (plane.repeat(2, axis=0).repeat(2, axis=1)[:height, :width] for plane in differences)
    matrix, offset = conversion_of(picture.format)
    yuv = np.stack([luma, *doubled], axis=-1).astype(np.float32) - 255 * offset
    bgra = np.full((height, width, 4), 255, np.uint8)
    bgra[..., :3] = np.clip(yuv @ matrix.T + 0.5, 0, 255)[..., ::-1]
    return bgra


def _conversion(shares: tuple[float, float], *, is_full_range: bool) -> Conversion:
    red, blue = shares
    green = 1 - red - blue
    steps = 255.0 / (255 if is_full_range else 219), 255.0 / (255 if is_full_range else 224)
    matrix = np.array(
        [
            [steps[0], 0, 2 * (1 - red) * steps[1]],
            [steps[0], -2 * blue * (1 - blue) / green * steps[1], -2 * red * (1 - red) / green * steps[1]],
            [steps[0], 2 * (1 - blue) * steps[1], 0],
        ],
        np.float32,
    )
    offset = np.array([0 if is_full_range else 16, 128, 128], np.float32) / np.float32(255)
    return Conversion(matrix, offset)


_CONVERSIONS = {
    kind: _conversion(_BT709 if kind.is_709 else _BT601, is_full_range=kind.is_full_range)
    for kind in PictureFormat
    if kind.is_planar
}
