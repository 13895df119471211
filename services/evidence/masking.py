"""Makes a region of a picture unknowable."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from services.domain.evidence import MaskKey

# So many averages are left of the longer side of a box: a face of eight dots is nobody's.
CELLS = 8

Grey = npt.NDArray[np.uint8]
Planes = tuple[Grey, ...]


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
