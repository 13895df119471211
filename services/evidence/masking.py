"""Makes a region of a picture unknowable, wherever it has moved to by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey

# So many averages are left of the longer side of a box: a face of eight dots is nobody's.
CELLS = 8
_SLACK = 1e-6

Grey = npt.NDArray[np.uint8]
Planes = tuple[Grey, ...]


def check_masks(masks: Sequence[Mask], cameras: Sequence[str]) -> None:
    """Raises ServiceError("evidence.bad_mask", camera)."""
    for mask in masks:
        times = [key.at for key in mask.keys]
        is_well = mask.camera in cameras and times and times == sorted(times)
        if not is_well or not all(map(_is_inside, mask.keys)):
            raise ServiceError("evidence.bad_mask", camera=mask.camera)


def key_at(mask: Mask, at: datetime) -> MaskKey:
    """Where the box is then: evenly from key to key, before the first and after the last as they are."""
    if at <= mask.keys[0].at:
        return mask.keys[0]
    for before, after in pairwise(mask.keys):
        if at < after.at:
            share = (at - before.at) / (after.at - before.at)
            return MaskKey(
                at,
                before.left + share * (after.left - before.left),
                before.top + share * (after.top - before.top),
                before.width + share * (after.width - before.width),
                before.height + share * (after.height - before.height),
            )
    return mask.keys[-1]


def blur(planes: Planes, box: MaskKey) -> None:
    """In place, on planes of one picture that may differ in size; never less than the box."""
    for plane in planes:
        height, width = plane.shape
        left, top = int(box.left * width), int(box.top * height)
        right = min(width, int(np.ceil((box.left + box.width) * width)))
        bottom = min(height, int(np.ceil((box.top + box.height) * height)))
        part = plane[top:bottom, left:right]
        if not part.size:
            continue
        cell = max(1.0, max(part.shape) / CELLS)
        few = (max(1, round(part.shape[1] / cell)), max(1, round(part.shape[0] / cell)))
        averages = cv2.resize(part, few, interpolation=cv2.INTER_AREA)
        part[:] = cv2.resize(averages, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR)


def _is_inside(key: MaskKey) -> bool:
    is_somewhere = key.width > 0 and key.height > 0 and key.left >= 0 and key.top >= 0
    return is_somewhere and key.left + key.width <= 1 + _SLACK and key.top + key.height <= 1 + _SLACK
