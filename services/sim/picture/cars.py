"""Cars as two boxes on wheels, drawn in perspective."""

from __future__ import annotations

import math

import cv2

from services.sim.actors import Placed
from services.sim.picture.figures import SHIFT, Canvas, Colour, Pixels, Rect, fill, shade

LENGTH_M, WIDTH_M = 4.5, 1.8
BODY_M = (0.32, 0.92)  # from and to above the ground
ROOF_M = 1.46
GLASS: Colour = (74, 62, 52)
TYRE: Colour = (30, 30, 32)
LAMP: Colour = (214, 236, 244)
REAR_LAMP: Colour = (40, 40, 190)

Corner = tuple[float, float, float]  # forward_m, right_m, up_m in the car's own axes
# Each face: corners in order, and its outward direction (forward, right).
_HALF_L, _HALF_W = LENGTH_M / 2, WIDTH_M / 2


def draw_car(canvas: Canvas, placed: Placed, far: float) -> list[Rect]:
    """Draw a car with its shadow; returns the boxes it changed."""
    car = _Car(canvas, placed)
    outline = [
        car.pixel((f, r, u)) for f in (-_HALF_L, _HALF_L) for r in (-_HALF_W, _HALF_W) for u in (0.0, ROOF_M)
    ]
    if any(point is None for point in outline):
        return []
    points = [point for point in outline if point is not None]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    rect = canvas.rect(min(xs) - 2, min(ys) - 2, max(xs) + 2, max(ys) + 2)
    if rect is None or canvas.is_hidden(rect, far - 1.0):
        return []
    under = [car.pixel((f * 1.03, r * 1.12, 0.0)) for f, r in _RING]
    dark = shade(canvas, [p for p in under if p is not None], far, 0.6)
    canvas.behind_things(rect, far - 1.0, car.draw)
    return [*dark, rect]


_RING = ((-_HALF_L, -_HALF_W), (_HALF_L, -_HALF_W), (_HALF_L, _HALF_W), (-_HALF_L, _HALF_W))


class _Car:
    def __init__(self, canvas: Canvas, placed: Placed) -> None:
        self._lens = canvas.lens
        self._at = placed.point
        self._turn = math.radians(placed.heading_deg)
        r, g, b = placed.actor.colour
        self._paint: Colour = (b, g, r)
        # Where the camera is in the car's own axes tells which faces it sees.
        east, north = canvas.lens.camera.at[0] - self._at[0], canvas.lens.camera.at[1] - self._at[1]
        self._eye_forward = east * math.sin(self._turn) + north * math.cos(self._turn)
        self._eye_right = east * math.cos(self._turn) - north * math.sin(self._turn)

    def pixel(self, corner: Corner) -> tuple[float, float] | None:
        forward, right, up = corner
        x = self._at[0] + forward * math.sin(self._turn) + right * math.cos(self._turn)
        y = self._at[1] + forward * math.cos(self._turn) - right * math.sin(self._turn)
        return self._lens.project((x, y), up)

    def draw(self, patch: Pixels, box: Rect) -> None:
        self._patch, self._box = patch, box
        self._wheels(far_side=True)
        low, high = BODY_M
        self._sides(_RING, low, _RING, high, self._paint)
        self._face([(f, r, high) for f, r in _RING], self._tone(1.12))
        roof = ((-1.45, -0.72), (0.55, -0.72), (0.55, 0.72), (-1.45, 0.72))
        base = ((-1.95, -0.84), (1.15, -0.84), (1.15, 0.84), (-1.95, 0.84))
        self._sides(base, high, roof, ROOF_M, GLASS)
        self._face([(f, r, ROOF_M) for f, r in roof], self._tone(1.2))
        self._wheels(far_side=False)
        self._lamps()

    def _tone(self, factor: float) -> Colour:
        b, g, r = self._paint
        return (min(255.0, b * factor + 10), min(255.0, g * factor + 10), min(255.0, r * factor + 10))

    def _sides(
        self,
        lower: tuple[tuple[float, float], ...],
        low: float,
        upper: tuple[tuple[float, float], ...],
        high: float,
        colour: Colour,
    ) -> None:
        """The faces of a (tapering) box that the camera sees."""
        for i in range(4):
            j = (i + 1) % 4
            middle_f, middle_r = (lower[i][0] + lower[j][0]) / 2, (lower[i][1] + lower[j][1]) / 2
            is_end = i in (1, 3)
            seen = (
                self._eye_forward * middle_f > middle_f**2
                if is_end
                else self._eye_right * middle_r > middle_r**2
            )
            if seen:
                tone = 0.86 if is_end else 0.98
                shaded: Colour = (colour[0] * tone, colour[1] * tone, colour[2] * tone)
                self._face([(*lower[i], low), (*lower[j], low), (*upper[j], high), (*upper[i], high)], shaded)

    def _face(self, corners: list[Corner], colour: Colour) -> None:
        points = [self.pixel(corner) for corner in corners]
        inside = [(p[0] - self._box.x0, p[1] - self._box.y0) for p in points if p is not None]
        if len(inside) >= 3:
            fill(self._patch, inside, colour)

    def _wheels(self, *, far_side: bool) -> None:
        side = math.copysign(_HALF_W, self._eye_right) * (-1 if far_side else 1)
        for forward in (-1.35, 1.4):
            ring = [
                (forward + 0.33 * math.cos(turn), side, 0.33 + 0.33 * math.sin(turn))
                for turn in (i * math.pi / 6 for i in range(12))
            ]
            self._face(ring, TYRE)
            hub = [(forward + (f - forward) * 0.5, s, 0.33 + (u - 0.33) * 0.5) for f, s, u in ring]
            self._face(hub, (150, 150, 150))

    def _lamps(self) -> None:
        is_front = self._eye_forward > 0
        end = math.copysign(_HALF_L, self._eye_forward)
        colour = LAMP if is_front else REAR_LAMP
        for side in (-0.66, 0.66):
            middle = self.pixel((end, side, 0.70))
            if middle is not None:
                size = max(
                    12, round(0.13 * self._lens.focal_px / max(2.0, self._lens.to_camera(self._at)[1]) * 16)
                )
                centre = (round((middle[0] - self._box.x0) * 16), round((middle[1] - self._box.y0) * 16))
                cv2.circle(self._patch, centre, size, colour, -1, cv2.LINE_AA, SHIFT)
