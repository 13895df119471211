"""Single pictures out of recordings: for a snapshot, and small ones for a pointer on the line of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from services.domain.recordings import Segment
from services.playback.footage import Footage
from services.playback.reader import Locate, Reader, pixels_of

# As the name of a stream: on another recorder.
ELSEWHERE = "recorder"


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """pixels: (height, width, 4) uint8 BGRA, nobody writes to them. source_px: as it was recorded.

    at: when the picture came.
    """

    camera: str
    at: datetime
    pixels: npt.NDArray[np.uint8]
    source_px: tuple[int, int]
    stream: str


def decode_still(
    segments: Sequence[Segment],
    locate: Locate,
    at: datetime,
    *,
    size_px: tuple[int, int] = (0, 0),
    only_keys: bool = False,
) -> Still | None:
    """segments: of one camera, by their beginning. size_px: (0, 0) = as recorded. None in a gap. Blocks."""
    reader = Reader(segments, locate)
    try:
        segment, shown = reader.segment_at(at), reader.at(at, only_keys=only_keys)
        if segment is None or shown is None:
            return None
        source_px = (shown.frame.width, shown.frame.height)
        pixels = pixels_of(shown.frame, size_px if all(size_px) else source_px)
        return Still(segment.camera, shown.at, pixels, source_px, segment.stream)
    finally:
        reader.close()


def still_of(
    camera: str, footage: Footage, at: datetime, *, size_px: tuple[int, int] = (0, 0)
) -> Still | None:
    """The same out of a recorder's pictures; closes `footage`. Blocks as long as the recorder may take."""
    try:
        footage.begin(at)
        while (shown := footage.next()) is not None and shown.until <= at:
            continue
        if shown is None or shown.at > at:
            return None
        source_px = (shown.frame.width, shown.frame.height)
        pixels = pixels_of(shown.frame, size_px if all(size_px) else source_px)
        return Still(camera, shown.at, pixels, source_px, ELSEWHERE)
    finally:
        footage.close()
