"""Made pictures of a camera, 640x360, four a second: a yard with sensor noise, and what happens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import cv2
import numpy as np

from services.recording.motion.detector import HEIGHT, WIDTH, MotionDetector

SIZE = 360, 640
PER_S = 4.0
Scene = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Change = Callable[[Scene, int], Scene]
_SEED = 3
_CHANCE = np.random.default_rng(_SEED)


def begin_chance_again() -> None:
    """Each test has the same noise, whatever ran before it."""
    _CHANCE.bit_generator.state = np.random.default_rng(_SEED).bit_generator.state


def yard() -> Scene:
    """Walls, windows and ground with a texture."""
    chance = np.random.default_rng(1)
    ground = cv2.resize(
        chance.integers(40, 200, (18, 32), np.uint8), SIZE[::-1], interpolation=cv2.INTER_CUBIC
    )
    grain = cv2.resize(chance.normal(0, 12, (180, 320)).astype(np.float32), SIZE[::-1])
    scene = np.asarray(ground.astype(np.float32) + grain, np.float32)
    for _ in range(40):
        x, y = int(chance.integers(0, 600)), int(chance.integers(0, 330))
        corner = x + int(chance.integers(5, 60)), y + int(chance.integers(5, 60))
        cv2.rectangle(scene, (x, y), corner, float(chance.integers(20, 220)), -1)
    return np.clip(scene, 0, 255)


def noise(scene: Scene, levels: float = 3.0) -> Scene:
    return scene + _CHANCE.normal(0, levels, SIZE).astype(np.float32)


def with_person(
    scene: Scene,
    number: int,
    *,
    size: tuple[int, int] = (20, 50),
    shade: float = 40.0,
    px_per_s: float = 40.0,
) -> Scene:
    """At this look somebody, dark and with folds, is so far on their way from left to right."""
    width, height = size
    left = int(40 + number * px_per_s / PER_S)
    if left + width >= SIZE[1]:
        return scene
    folds = cv2.resize(np.random.default_rng(5).normal(0, 12, (6, 3)).astype(np.float32), size)
    walked = scene.copy()
    walked[180 : 180 + height, left : left + width] = shade + folds
    return walked


def with_rain(scene: Scene, drops: int) -> Scene:
    wet = scene.copy()
    for _ in range(drops):
        x, y = int(_CHANCE.integers(0, SIZE[1])), int(_CHANCE.integers(0, SIZE[0]))
        cv2.line(wet, (x, y), (x + 2, y + 20), float(min(255.0, scene[y, x] + 60)), 1)
    return wet


def with_words(scene: Scene, words: str) -> Scene:
    """Burnt in as cameras do, at the upper left."""
    burnt = np.clip(scene, 0, 255).astype(np.uint8)
    cv2.putText(burnt, words, (20, 30), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (255,), 2)
    return burnt.astype(np.float32)


def looked(pictures: Iterable[Scene], per_s: float = PER_S) -> list[int]:
    """In how many cells something moved, for each picture."""
    detector = MotionDetector()
    return [detector.look(small(one), number / per_s).bit_count() for number, one in enumerate(pictures)]


def small(picture: Scene) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """As the eyes see it."""
    whole = np.clip(picture, 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(whole, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
