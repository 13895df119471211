"""Pictures of one camera at any moment of the story, ready for the encoder."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from services.domain.site import Camera
from services.sim.actors import Look, Placed
from services.sim.picture.backdrop import Backdrop
from services.sim.picture.caption import Caption, name_caption, time_caption
from services.sim.picture.cars import draw_car
from services.sim.picture.figures import Canvas, Rect, draw_person
from services.sim.picture.lens import Lens
from services.sim.picture.smoke import draw_smoke
from services.sim.story import Story

Plane = NDArray[np.uint8]

FARTHEST_M = 220.0
NEAREST_M = 1.2
BESIDE_M = 6.0  # who stands this far outside the picture may still reach into it, or its shadow
MOMENTS_HELD = 4 * 50  # groups of pictures of several cameras are made from the same moments
GRAINS = 8
GRAIN_DEVIATION = 1.3  # grey levels of sensor noise
GRAIN_MIDDLE = 8
BLACK_LUMA = 16
CLOTH_LUMA = 88
CLOTH_FOLDS = 26.0  # grey levels between a fold's light and its shadow
BLUR_PART = 1 / 90  # of the width: 7 pixels of a small picture
NO_COLOUR = 128


class LensFault(Enum):
    """What is wrong before the sensor; the texts are burnt in behind it and stay sharp."""

    BLURRED = "blurred"
    COVERED = "covered"


class Cast:
    """Where everybody is, remembered for the moments asked last: all cameras ask for the same ones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.placed_at = lru_cache(maxsize=MOMENTS_HELD)(story.placed_at)


class Scene:
    """One camera's pictures in one size; not thread-safe. Sides must be even.

    lens: of a camera that has turned away from where the site has it looking.
    """

    def __init__(self, cast: Cast, camera: Camera, backdrop: Backdrop, lens: Lens | None = None) -> None:
        self._cast = cast
        self._backdrop = backdrop
        height, width = backdrop.depth_m.shape
        self._lens = lens or Lens(camera, width, height)
        self._work = backdrop.pixels.copy()
        self._canvas = Canvas(self._work, backdrop.depth_m, self._lens)
        self._empty = np.asarray(cv2.cvtColor(backdrop.pixels, cv2.COLOR_BGR2YUV_I420), np.uint8)
        self._name = name_caption(camera.name, camera.no, width, height)
        self._second = -1
        self._time: Caption | None = None

    def picture(self, position_s: float, frame_no: int, lens_fault: LensFault | None = None) -> Plane:
        """The picture at `position_s` of the story as I420: (height * 3 / 2, width) uint8."""
        yuv = self._empty.copy()
        changed = self._draw_actors(position_s)
        for rect in changed:
            self._into_yuv(yuv, rect)
        for rect in changed:
            box = (slice(rect.y0, rect.y1), slice(rect.x0, rect.x1))
            self._work[box] = self._backdrop.pixels[box]
        if lens_fault is not None:
            self._spoil(yuv, lens_fault)
        self._add_grain(yuv, frame_no)
        self._burn(yuv, self._name)
        self._burn(yuv, self._time_at(position_s))
        return yuv

    def black(self) -> Plane:
        """What a camera with a covered or dead sensor sends, in the same form."""
        height, width = self._backdrop.depth_m.shape
        yuv = np.full((height * 3 // 2, width), NO_COLOUR, np.uint8)
        yuv[:height] = BLACK_LUMA
        return yuv

    def _draw_actors(self, position_s: float) -> list[Rect]:
        """Far to near, into the working picture; returns the boxes that changed."""
        seen: list[tuple[float, float, Placed]] = []
        for placed in self._cast.placed_at(position_s):
            right, far = self._lens.to_camera(placed.point)
            if NEAREST_M < far < FARTHEST_M and abs(right) < far * self._lens.slope + BESIDE_M:
                seen.append((far, right, placed))
        changed: list[Rect] = []
        for far, right, placed in sorted(seen, key=lambda item: -item[0]):
            changed += self._draw(placed, right, far)
        return changed

    def _draw(self, placed: Placed, right: float, far: float) -> list[Rect]:
        match placed.actor.look:
            case Look.CAR:
                return draw_car(self._canvas, placed, far)
            case Look.SMOKE:
                return draw_smoke(self._canvas, placed, right, far)
            case Look.PERSON | Look.GUARD:
                return draw_person(self._canvas, placed, right, far)

    def _into_yuv(self, yuv: Plane, rect: Rect) -> None:
        """Convert one box of the working picture and put it into the planes."""
        height, width = self._backdrop.depth_m.shape
        w, h = rect.x1 - rect.x0, rect.y1 - rect.y0
        part = cv2.cvtColor(self._work[rect.y0 : rect.y1, rect.x0 : rect.x1], cv2.COLOR_BGR2YUV_I420)
        yuv[rect.y0 : rect.y1, rect.x0 : rect.x1] = part[:h]
        colour = np.asarray(part).reshape(-1)[h * w :].reshape(2, h // 2, w // 2)
        planes = yuv.reshape(-1)[height * width :].reshape(2, height // 2, width // 2)
        planes[:, rect.y0 // 2 : rect.y1 // 2, rect.x0 // 2 : rect.x1 // 2] = colour

    def _spoil(self, yuv: Plane, lens_fault: LensFault) -> None:
        height, width = self._backdrop.depth_m.shape
        if lens_fault is LensFault.COVERED:
            yuv[:height] = _cloth(height, width)
            yuv[height:] = NO_COLOUR
            return
        blur = BLUR_PART * width
        yuv[:height] = cv2.GaussianBlur(yuv[:height], (0, 0), blur)
        for plane in yuv.reshape(-1)[height * width :].reshape(2, height // 2, width // 2):
            plane[:] = cv2.GaussianBlur(plane, (0, 0), blur / 2)

    def _add_grain(self, yuv: Plane, frame_no: int) -> None:
        height, width = self._backdrop.depth_m.shape
        grain = _grain(height, width)[frame_no % GRAINS]
        cv2.addWeighted(yuv[:height], 1.0, grain, 1.0, -GRAIN_MIDDLE, dst=yuv[:height])

    def _time_at(self, position_s: float) -> Caption:
        second = int(position_s)
        if second != self._second or self._time is None:
            height, width = self._backdrop.depth_m.shape
            self._time = time_caption(self._cast.story.shown_time(position_s), width, height)
            self._second = second
        return self._time

    def _burn(self, yuv: Plane, caption: Caption) -> None:
        """Lay prerendered text over the picture, without colour."""
        height, width = self._backdrop.depth_m.shape
        h, w = caption.luma.shape
        box = yuv[caption.y : caption.y + h, caption.x : caption.x + w]
        np.copyto(box, caption.luma, where=caption.cover > 96)
        planes = yuv.reshape(-1)[height * width :].reshape(2, height // 2, width // 2)
        y, x = caption.y // 2, caption.x // 2
        covered = caption.cover[::2, ::2] > 96
        np.copyto(planes[:, y : y + h // 2, x : x + w // 2], np.uint8(NO_COLOUR), where=covered[None])


@lru_cache(maxsize=2)
def _cloth(height: int, width: int) -> Plane:
    """(height, width) uint8: soft folds, no edge anywhere."""
    rough = np.random.default_rng(7).normal(size=(9, 16)).astype(np.float32)
    folds = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(CLOTH_LUMA + CLOTH_FOLDS / 4 * folds, BLACK_LUMA, 235), np.uint8)


@lru_cache(maxsize=4)
def _grain(height: int, width: int) -> Plane:
    """(GRAINS, height, width) uint8: sensor noise around `GRAIN_MIDDLE`."""
    rng = np.random.default_rng(41)
    noise = rng.normal(GRAIN_MIDDLE, GRAIN_DEVIATION, (height // 4, width)).clip(0, 2 * GRAIN_MIDDLE)
    base = np.tile(np.round(noise).astype(np.uint8), (4, 1))
    return np.stack([np.roll(base, (17 * i, 53 * i), (0, 1)) for i in range(GRAINS)])
