"""Turns one stream's packets into pictures of the size they are shown in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from services.domain.video import Economy, PictureFormat
from services.video import hardware, trouble
from services.video.hardware import Acceleration
from services.video.picture import Planes
from services.video.sources.base import Codec

Size = tuple[int, int]

# The largest camera on the market makes 33 megapixels. A stream may claim 16384x16384 in a few bytes, and
# each of up to 17 frames held for reference would then take 400 MB.
MOST_PIXELS = 36_000_000

# Enlarging here costs what the painter would pay, but not in the GUI thread: 640x360 to 1904x1046
# takes 1.7 ms in either, drawing the result 0.15 ms.
ENLARGE_MOST = 3

# A picture shown at no more than this of the stream's width hides what the loop filter smooths: between with
# and without are at least 41 dB, mostly 50; decoding takes a sixth less.
SMALL_WIDTH_SHARE = 0.5

# BT.2020 is nearer to BT.709 than to the other.
_LIKE_709 = frozenset({Colorspace.ITU709, Colorspace.BT2020})


class Decoder:
    """One codec context of one connection; used by one thread at a time.

    Decodes nothing before a key frame, nor after a failure until the next one.
    """

    # Streams with gradual refresh never flag a key frame: after this many packets try anyway.
    PATIENCE_PACKETS = 250

    def __init__(self, codec: Codec, acceleration: Acceleration | None = None) -> None:
        self._codec = codec
        self._acceleration = acceleration or Acceleration()
        self._device = ""
        self._is_barred = False
        self._economy = Economy.NONE
        self._is_shown_small = False
        self._skips_loop_filter = False
        self._context = self._opened()
        self._scaler = VideoReformatter()
        self._waits_for_key = True
        self._waited = 0
        self._was_whole = False
        self.failures = 0

    def decode(self, packet: Packet[VideoStream]) -> VideoFrame | None:
        """The newest frame that comes out, None when none does or it is broken."""
        if self._waits_for_key and not packet.is_keyframe and self._waited < self.PATIENCE_PACKETS:
            self._waited += 1
            return None
        self._waits_for_key, self._waited = False, 0
        if packet.is_keyframe and self._must_reopen():
            self._context = self._opened()
        try:
            frames = self._context.decode(packet)
        except Exception:  # noqa: BLE001  bit-flipped streams raised UnicodeDecodeError, IndexError, MemoryError
            self.failures += 1
            if self._device:
                self._leave_hardware()
            self.wait_for_key()
            return None
        return self._whole(frames[-1]) if frames else None

    def _whole(self, frame: VideoFrame) -> VideoFrame | None:
        """None for a damaged frame, whose smear nobody may take for a picture.

        A stream that never sends a whole one (gradual refresh without recovery points) is shown as it is.
        """
        if not frame.is_corrupt:
            self._was_whole = True
        elif self._was_whole:
            self.failures += 1
            return None
        return frame

    def picture(self, frame: VideoFrame, asked: Size) -> npt.NDArray[np.uint8] | None:
        """(h, w, 4) BGRA pixels scaled to fit `asked`, None when the frame cannot be converted.

        Rows may lie apart; whoever keeps the pixels copies them.
        """
        try:
            scaled = self._scaled(frame, asked, "bgra")
            plane = scaled.planes[0]
            rows = memoryview(plane)
            shape = scaled.height, scaled.width, 4
            return np.ndarray(shape, np.uint8, rows, strides=(plane.line_size, 4, 1))
        except Exception:  # noqa: BLE001  a damaged header yields frames the scaler refuses
            self._refuse()
            return None

    def planes(self, frame: VideoFrame, asked: Size) -> Planes | None:
        """The same for a graphics card, which makes the colours itself."""
        try:
            scaled = self._scaled(frame, asked, "yuv420p")
            pixels = np.concatenate([_rows(plane).reshape(-1) for plane in scaled.planes])
            return Planes(pixels, scaled.width, scaled.height, _format_of(scaled))
        except Exception:  # noqa: BLE001  as above
            self._refuse()
            return None

    def _scaled(self, frame: VideoFrame, asked: Size, pixels: str) -> VideoFrame:
        width_px, height_px = fit(frame.width, frame.height, asked)
        self._is_shown_small = width_px <= frame.width * SMALL_WIDTH_SHARE
        # Shrinking by AREA costs 6 % more than FAST_BILINEAR and does not flicker on fine patterns.
        method = Interpolation.AREA if width_px < frame.width else Interpolation.FAST_BILINEAR
        return self._scaler.reformat(frame, width_px, height_px, pixels, interpolation=method, threads=1)

    def _refuse(self) -> None:
        self.failures += 1
        self.wait_for_key()

    def save(self, economy: Economy) -> None:
        """Leave out so much from now on; the loop filter from the next key frame on."""
        self._economy = economy
        self._context.skip_frame = "NONREF" if economy >= Economy.NON_REFERENCE else "DEFAULT"

    def wait_for_key(self) -> None:
        """Decode nothing before the next key frame."""
        self._waits_for_key, self._waited = True, 0
        self._context.flush_buffers()

    def _must_reopen(self) -> bool:
        is_other = self._device != self._wanted_device
        return is_other or self._skips_loop_filter != self._may_skip_loop_filter

    @property
    def _may_skip_loop_filter(self) -> bool:
        return self._is_shown_small or self._economy >= Economy.LOOP_FILTER

    @property
    def _wanted_device(self) -> str:
        may = self._codec.name in hardware.CODECS and not self._is_barred
        return self._acceleration.device if may else ""

    def _leave_hardware(self) -> None:
        """Whatever failed, the driver or the stream: in software it can only get better."""
        self._is_barred = True
        self._acceleration.note_failure()
        self._context = self._opened()

    def _created(self) -> CodecContext:
        self._device = self._wanted_device
        if self._device:
            try:
                return hardware.opened(self._codec.name, self._device)
            except Exception:  # noqa: BLE001  drivers raise anything
                self._is_barred, self._device = True, ""
                self._acceleration.note_failure()
        return hardware.opened(self._codec.name, "")

    def _opened(self) -> VideoCodecContext:
        context = self._created()
        if not isinstance(context, VideoCodecContext):
            raise trouble.StreamTrouble(trouble.UNSUPPORTED)
        self._skips_loop_filter = self._may_skip_loop_filter
        context.extradata = self._codec.extradata
        context.thread_count = 1
        if self._codec.picture is not None:
            context.width, context.height = self._codec.picture.width_px, self._codec.picture.height_px
            context.pix_fmt = self._codec.picture.pixels
        options = {"max_pixels": str(MOST_PIXELS)}
        if self._skips_loop_filter:
            options["skip_loop_filter"] = "all"
        context.options = options
        context.skip_frame = "NONREF" if self._economy >= Economy.NON_REFERENCE else "DEFAULT"
        return context


def _rows(plane: VideoPlane) -> npt.NDArray[np.uint8]:
    shape, strides = (plane.height, plane.width), (plane.line_size, 1)
    return np.ndarray(shape, np.uint8, memoryview(plane), strides=strides)


def _format_of(frame: VideoFrame) -> PictureFormat:
    """What is not labelled is BT.601 with head-room, which is what the scaler takes it for, too."""
    is_709 = frame.colorspace in _LIKE_709
    if frame.color_range == ColorRange.JPEG:
        return PictureFormat.I420_709_FULL if is_709 else PictureFormat.I420_601_FULL
    return PictureFormat.I420_709 if is_709 else PictureFormat.I420_601


def fit(width_px: int, height_px: int, asked: Size) -> Size:
    """The largest size with the source's proportions inside `asked`, at most ENLARGE_MOST times the source.

    The same rounding as the wall's letterbox, so that the picture is drawn without scaling again, but an even
    width: FFmpeg's scaler takes three times as long for an odd one. asked (0, 0): nobody said; the source's
    own size.
    """
    across, down = asked
    if across <= 0 or down <= 0:
        return width_px, height_px
    if across > ENLARGE_MOST * width_px and down > ENLARGE_MOST * height_px:
        return ENLARGE_MOST * width_px, ENLARGE_MOST * height_px
    if across * height_px <= down * width_px:
        width, height = across, max(1, round(across * height_px / width_px))
    else:
        width, height = max(1, round(down * width_px / height_px)), down
    return max(1, width - width % 2), height
