"""What moves is seen; what light, weather, noise and burnt-in clocks do to the picture is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.services.recording.motion.scenes import (
    SIZE,
    begin_chance_again,
    looked,
    noise,
    with_person,
    with_rain,
    with_words,
    yard,
)

A_MINUTE = 240


@pytest.fixture(autouse=True)
def same_noise() -> None:
    begin_chance_again()


@pytest.mark.parametrize(
    ("size", "shade", "px_per_s", "looks"),
    [
        ((20, 50), 40.0, 40.0, 57),
        ((8, 20), 90.0, 15.0, 80),
        ((12, 30), 40.0, 8.0, 80),
        ((60, 160), 40.0, 120.0, 18),
    ],
    ids=["walking", "far away", "creeping", "running near by"],
)
def test_somebody_who_crosses_the_picture_is_seen_all_the_way(
    size: tuple[int, int], shade: float, px_per_s: float, looks: int
) -> None:
    scene = yard()
    walked = [
        noise(with_person(scene, number, size=size, shade=shade, px_per_s=px_per_s))
        for number in range(looks)
    ]
    found = looked([noise(scene) for _ in range(40)] + walked)
    assert sum(found[:40]) == 0
    assert sum(count > 0 for count in found[40:]) >= 0.7 * looks


def test_somebody_is_seen_by_night() -> None:
    scene = yard() * 0.15
    walked = [
        noise(with_person(scene, number, size=(12, 30), shade=10.0, px_per_s=20.0), 5.0)
        for number in range(60)
    ]
    found = looked([noise(scene, 5.0) for _ in range(80)] + walked)
    assert sum(count > 0 for count in found[80:]) >= 30
    assert sum(count > 0 for count in found[40:80]) == 0


@pytest.mark.parametrize(("light", "levels"), [(1.0, 4.0), (0.15, 15.0)], ids=["by day", "by night"])
def test_the_noise_of_a_sensor_is_no_motion(light: float, levels: float) -> None:
    scene = yard() * light
    assert sum(looked(noise(scene, levels) for _ in range(A_MINUTE))) == 0


def test_light_that_comes_and_goes_is_no_motion() -> None:
    scene = yard()
    clouds = (noise(scene * float(1 + 0.3 * np.sin(number / 20))) for number in range(A_MINUTE))
    assert sum(looked(clouds)) == 0


def test_a_lamp_switched_over_a_part_of_the_picture_is_no_motion() -> None:
    scene, cone = yard(), np.zeros(SIZE, np.float32)
    cv2.circle(cone, (300, 200), 160, 1.0, -1)
    cone = np.asarray(cv2.GaussianBlur(cone, (0, 0), 30), np.float32)
    assert sum(looked(noise(scene * (1 + (number // 20) % 2 * cone)) for number in range(A_MINUTE))) == 0


def test_all_lamps_switched_at_once_are_no_motion() -> None:
    scene = yard()
    assert sum(looked(noise(scene * (0.4 if (number // 40) % 2 else 1.0)) for number in range(A_MINUTE))) == 0


def test_a_camera_that_turns_to_infra_red_shows_no_motion() -> None:
    """Another picture of the same yard, through a second of wrong exposure."""
    day, infra_red = yard(), np.asarray(cv2.GaussianBlur(255 - yard(), (0, 0), 1), np.float32)
    pictures = []
    for number in range(A_MINUTE):
        share = min(1.0, max(0.0, (number - 100) / 6))
        exposure = 0.5 if 100 < number < 108 else 1.0
        pictures.append(noise((day * (1 - share) + infra_red * share) * exposure))
    assert sum(count > 3 for count in looked(pictures)) == 0


@pytest.mark.parametrize("drops", [30, 150, 600])
def test_rain_is_no_motion_once_it_has_begun_and_hides_nobody(drops: int) -> None:
    scene = yard()
    found = looked(noise(with_rain(scene, drops)) for _ in range(A_MINUTE))
    assert sum(count > 0 for count in found[120:]) <= 12
    wet = [
        noise(with_rain(with_person(scene, max(0, number - 120), size=(20, 50)), drops))
        for number in range(175)
    ]
    assert sum(count > 0 for count in looked(wet)[125:175]) >= 35


def test_a_burnt_in_clock_is_no_motion() -> None:
    scene = yard()
    clock = (
        noise(with_words(scene, f"2026-11-24 02:{number // 240:02d}:{number // 4 % 60:02d}"))
        for number in range(2 * A_MINUTE)
    )
    assert sum(looked(clock)) == 0


def test_a_burnt_in_clock_is_no_motion_where_only_key_pictures_are_looked_at() -> None:
    """Two seconds apart its digits differ at every look: after some of them the place is passed over."""
    scene = yard()
    clock = (noise(with_words(scene, f"02:{number // 30:02d}:{number * 2 % 60:02d}")) for number in range(60))
    assert sum(looked(clock, 0.5)[20:]) == 0


def test_somebody_who_stops_and_stays_is_soon_no_motion() -> None:
    scene = yard()
    pictures = [noise(scene) for _ in range(20)]
    pictures += [noise(with_person(scene, min(number, 20))) for number in range(100)]
    found = looked(pictures)
    assert sum(found[20:40]) > 0
    assert sum(found[44:]) == 0


def test_a_crowd_under_the_sky_goes_on_being_motion() -> None:
    chance = np.random.default_rng(9)
    people = [
        (chance.integers(0, 600), chance.integers(110, 300), chance.integers(-9, 9)) for _ in range(120)
    ]
    crowd = []
    for number in range(80):
        scene = yard()
        for place, (x, y, step) in enumerate(people):
            left = int(x + number * step) % 600
            scene[y : y + 60, left : left + 30] = 20 + 2 * place % 200
        crowd.append(noise(scene))
    assert sum(count > 0 for count in looked(crowd)[20:]) == 60
