"""All that a PTZ camera can see, drawn once, and the part of it that it looks at now.

The panorama is a cylinder round the camera: columns are bearings, rows are heights over distance,
so verticals stay vertical wherever it looks, as in every other picture here.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from services.domain.site import Camera
from services.sim.onvif.head import Look
from services.sim.picture.backdrop import FAR_M, Backdrop, Stage, draw_face
from services.sim.picture.lens import HORIZON, Lens

PAN_DEG = 170.0  # to either side of where the site has the camera looking
TILT_RISE = 0.3  # how far the picture's middle rises at full tilt, as height over distance
ZOOM = 5.0
FACES = 6
HALF_RAD = math.pi / FACES  # from the middle of a face to its edge
FACE_PX = 800  # sharp enough for the main stream when wide; drawing costs by the square
FACE_FOCAL_PX = FACE_PX / 2 / math.tan(HALF_RAD)
STRIP_PX = round(2 * HALF_RAD * FACE_FOCAL_PX)
FOCAL_PX = STRIP_PX / (2 * HALF_RAD)  # of the cylinder; its first column looks at -HALF_RAD
ABOVE_PX, BELOW_PX = 352, 728  # rows over and under the horizon: height over distance 0.5 and -1.05
DEPTH_STEP_M = 0.02
JPEG_QUALITY = 93
_HEAD = struct.Struct(">4sI")  # magic, bytes of the JPEG that follows; the rest is the depth as PNG
_MAGIC = b"SWP1"


@dataclass(frozen=True, slots=True)
class Panorama:
    """pixels: (h, w, 3) uint8 BGR. steps: (h, w) uint16, distance in DEPTH_STEP_M.

    w: STRIP_PX for one face, FACES times that for all.
    """

    pixels: NDArray[np.uint8]
    steps: NDArray[np.uint16]

    def to_bytes(self) -> bytes:
        _, picture = cv2.imencode(".jpg", self.pixels, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        _, depth = cv2.imencode(".png", self.steps, [cv2.IMWRITE_PNG_COMPRESSION, 1])
        return _HEAD.pack(_MAGIC, len(picture)) + picture.tobytes() + depth.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Panorama:
        """Raises ValueError for anything that `to_bytes` did not write."""
        try:
            magic, size = _HEAD.unpack_from(data)
            whole = np.frombuffer(data, np.uint8)[_HEAD.size :]
            pixels = cv2.imdecode(whole[:size], cv2.IMREAD_COLOR)
            steps = cv2.imdecode(whole[size:], cv2.IMREAD_UNCHANGED)
        except (struct.error, cv2.error) as error:
            raise ValueError("damaged") from error
        if magic != _MAGIC or pixels is None or steps is None or pixels.shape[:2] != steps.shape:
            raise ValueError("damaged")
        return cls(np.asarray(pixels, np.uint8), np.asarray(steps, np.uint16))

    @classmethod
    def joined(cls, strips: Sequence[Panorama]) -> Panorama:
        """All faces, in their order."""
        return cls(np.hstack([s.pixels for s in strips]), np.hstack([s.steps for s in strips]))


def draw_strip(stage: Stage, camera: Camera, face: int) -> Panorama:
    """One of the FACES views, rolled onto its part of the cylinder."""
    # The corners of a flat view lie farther from the horizon than its middle.
    above, below = (math.ceil(rows / math.cos(HALF_RAD)) for rows in (ABOVE_PX, BELOW_PX))
    view = replace(camera, heading_deg=360.0 / FACES * face, fov_deg=360.0 / FACES)
    drawn = draw_face(stage, Lens(view, FACE_PX, above + below, horizon_px=above))
    turn = ((np.arange(STRIP_PX) + 0.5) / FOCAL_PX - HALF_RAD).astype(np.float32)
    down = np.arange(-ABOVE_PX, BELOW_PX, dtype=np.float32)[:, None] / FOCAL_PX
    map_x = np.broadcast_to(FACE_PX / 2 + FACE_FOCAL_PX * np.tan(turn), (len(down), STRIP_PX))
    map_y = above + FACE_FOCAL_PX * down / np.cos(turn)[None, :]
    flat_x, flat_y = map_x.astype(np.float32), map_y.astype(np.float32)
    pixels = cv2.remap(drawn.pixels, flat_x, flat_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    far = cv2.remap(drawn.depth_m, flat_x, flat_y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    # A depth lies along the view, a distance along the ray.
    distance = np.where(far >= FAR_M, FAR_M, np.asarray(far) / np.cos(turn)[None, :])
    steps = np.round(distance / DEPTH_STEP_M).clip(0, 65535).astype(np.uint16)
    return Panorama(np.asarray(pixels, np.uint8), steps)


def view_of(camera: Camera, look: Look, width_px: int, height_px: int) -> Lens:
    """The lens of `camera` when its head is at `look`; the middle of the picture stays when it zooms."""
    wide = Lens(camera, width_px, height_px)
    rise = (HORIZON - 0.5) * height_px / wide.focal_px + look.tilt * TILT_RISE
    narrow_deg = math.degrees(2 * math.atan(wide.slope / (1 + look.zoom * (ZOOM - 1))))
    turned = replace(
        camera, heading_deg=(camera.heading_deg + look.pan * PAN_DEG) % 360.0, fov_deg=narrow_deg
    )
    lens = Lens(turned, width_px, height_px)
    lens.horizon_px = height_px / 2 + rise * lens.focal_px
    return lens


def cut_out(panorama: Panorama, lens: Lens) -> Backdrop:
    """What `lens` sees of the panorama, as a backdrop to put people before."""
    across = (np.arange(lens.width_px, dtype=np.float32) + 0.5 - lens.width_px / 2) / lens.focal_px
    turn = np.arctan(across)
    columns = np.mod(math.radians(lens.camera.heading_deg) + HALF_RAD + turn, 2 * math.pi) * FOCAL_PX
    down = (np.arange(lens.height_px, dtype=np.float32) + 0.5 - lens.horizon_px) / lens.focal_px
    rows = ABOVE_PX + FOCAL_PX * down[:, None] * np.cos(turn)[None, :]
    map_x = np.ascontiguousarray(np.broadcast_to(columns, rows.shape), np.float32)
    map_y = np.clip(rows, 0, panorama.steps.shape[0] - 1).astype(np.float32)
    pixels = cv2.remap(panorama.pixels, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    steps = cv2.remap(panorama.steps, map_x, map_y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_WRAP)
    distance = np.asarray(steps, np.float32) * np.float32(DEPTH_STEP_M)
    depth = np.where(distance >= FAR_M - 1, FAR_M, distance * np.cos(turn)[None, :])
    return Backdrop(np.asarray(pixels, np.uint8), np.ascontiguousarray(depth, np.float32))
