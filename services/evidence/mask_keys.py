"""Where the box of a mask lies at any moment, and how it is told where to lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey

# No camera sends two pictures within it: keys so near are of one picture.
SAME_PICTURE = timedelta(milliseconds=1)
_SLACK = 1e-6


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


def key_of(mask: Mask, at: datetime) -> MaskKey | None:
    """The one that was set for the picture of that moment."""
    return next((key for key in mask.keys if abs(key.at - at) < SAME_PICTURE), None)


def with_key(mask: Mask, key: MaskKey) -> Mask:
    """One that was set for the same picture gives way."""
    others = (one for one in mask.keys if abs(one.at - key.at) >= SAME_PICTURE)
    return replace(mask, keys=tuple(sorted((*others, key), key=lambda one: one.at)))


def without_key(mask: Mask, at: datetime) -> Mask | None:
    """None when it was the only one: a box that lies nowhere is none."""
    left = tuple(one for one in mask.keys if abs(one.at - at) >= SAME_PICTURE)
    return replace(mask, keys=left) if left else None


def _is_inside(key: MaskKey) -> bool:
    is_somewhere = key.width > 0 and key.height > 0 and key.left >= 0 and key.top >= 0
    return is_somewhere and key.left + key.width <= 1 + _SLACK and key.top + key.height <= 1 + _SLACK
