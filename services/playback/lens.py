"""Makes a decoded picture as large as it is shown."""

from __future__ import annotations

from av.video.reformatter import Interpolation, VideoReformatter

from services.playback.footage import Shown
from services.playback.strip import Print
from services.video.decoder import SMALL_WIDTH_SHARE, fit


class Lens:
    """Used by one thread. size_px: of the tile, (0, 0) while nobody has said. is_small: the last picture was
    shown so small that decoding may leave out what is not seen then."""

    def __init__(self) -> None:
        self.size_px = (0, 0)
        self.is_small = False
        self._scaler = VideoReformatter()

    def print_of(self, shown: Shown) -> Print:
        frame = shown.frame
        source_px = frame.width, frame.height
        width_px, height_px = fit(*source_px, self.size_px)
        self.is_small = width_px <= frame.width * SMALL_WIDTH_SHARE
        if width_px > frame.width:
            width_px, height_px = source_px  # enlarged when it is shown: what waits need not be large
        method = Interpolation.AREA if width_px < frame.width else Interpolation.FAST_BILINEAR
        small = self._scaler.reformat(frame, width_px, height_px, "yuv420p", interpolation=method, threads=1)
        return Print(small, shown.at, shown.until, source_px)
