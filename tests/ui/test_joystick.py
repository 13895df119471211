"""A stick that SDL itself makes up: what the hand does reaches the camera, and unplugging ends it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui.joystick import DEAD_ZONE, STILL, Joystick, JoystickHand, RestingAxes, beyond_dead_zone

Wait = Callable[..., object]
FULL = 32767
ARCADE_STICK = 3  # SDL_JOYSTICK_TYPE_ARCADE_STICK


class VirtualStick:
    """One more stick in the SDL that pygame has loaded: three axes, ten buttons."""

    def __init__(self) -> None:
        self._sdl = ctypes.CDLL(_loaded_sdl())
        self._sdl.SDL_JoystickOpen.restype = ctypes.c_void_p
        self._sdl.SDL_JoystickSetVirtualAxis.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_int16)
        self._sdl.SDL_JoystickSetVirtualButton.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_uint8)
        self._sdl.SDL_JoystickClose.argtypes = (ctypes.c_void_p,)
        self._index = self._sdl.SDL_JoystickAttachVirtual(ARCADE_STICK, 3, 10, 0)
        assert self._index >= 0
        self._stick = self._sdl.SDL_JoystickOpen(self._index)
        assert self._stick

    def lean(self, axis: int, value: float) -> None:
        assert self._sdl.SDL_JoystickSetVirtualAxis(self._stick, axis, round(value * FULL)) == 0

    def press(self, button: int, *, is_down: bool) -> None:
        assert self._sdl.SDL_JoystickSetVirtualButton(self._stick, button, int(is_down)) == 0

    def unplug(self) -> None:
        self._sdl.SDL_JoystickClose(self._stick)
        assert self._sdl.SDL_JoystickDetachVirtual(self._index) == 0


def _loaded_sdl() -> str:
    """The SDL inside this process: another copy would have sticks of its own."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return next(path for line in maps if "/libSDL2-2" in (path := line.rpartition(" ")[2]))


class Orders:
    """What the camera was told."""

    def __init__(self) -> None:
        self.camera_no = "C14"
        self.told: list[tuple[object, ...]] = []

    def steerable_camera(self) -> str:
        return self.camera_no

    def steer(self, camera_no: str, pan: float, tilt: float, zoom: float) -> None:
        self.told.append((camera_no, pan, tilt, zoom))

    def end(self, camera_no: str) -> None:
        self.told.append((camera_no, "ended"))

    def go_to_number(self, camera_no: str, number: int) -> None:
        self.told.append((camera_no, "preset", number))


@pytest.fixture
def orders() -> Orders:
    return Orders()


@pytest.fixture
def stick(qapp: QApplication, orders: Orders, wait_until: Wait) -> Iterator[VirtualStick]:
    """Plugged into a running joystick reader."""
    qapp.processEvents()
    joystick = Joystick()
    hand = JoystickHand(joystick, orders, orders)
    names: list[str] = []
    joystick.plugged.connect(names.append)
    joystick.start()
    import pygame

    wait_until(pygame.joystick.get_init)
    stick = VirtualStick()
    wait_until(lambda: names)
    yield stick
    joystick.stop()
    hand.deleteLater()
    joystick.deleteLater()


def test_a_stick_turns_zooms_and_stops(stick: VirtualStick, orders: Orders, wait_until: Wait) -> None:
    stick.lean(0, 1.0)
    wait_until(lambda: orders.told == [("C14", 1.0, 0.0, 0.0)])
    stick.lean(0, 0.0)
    stick.lean(1, -1.0)  # away from the operator
    wait_until(lambda: ("C14", 0.0, 1.0, 0.0) in orders.told)
    stick.lean(1, 0.0)
    wait_until(lambda: orders.told[-1] == ("C14", "ended"))
    stick.lean(2, -1.0)
    wait_until(lambda: orders.told[-1] == ("C14", 0.0, 0.0, -1.0))
    stick.lean(2, 0.05)
    wait_until(lambda: orders.told[-1] == ("C14", "ended"))
    stick.unplug()


def test_unplugging_stops_the_motion(stick: VirtualStick, orders: Orders, wait_until: Wait) -> None:
    stick.lean(0, -1.0)
    wait_until(lambda: orders.told == [("C14", -1.0, 0.0, 0.0)])
    stick.unplug()
    wait_until(lambda: orders.told[-1] == ("C14", "ended"))


def test_buttons_call_presets(stick: VirtualStick, orders: Orders, wait_until: Wait) -> None:
    stick.press(2, is_down=True)
    wait_until(lambda: orders.told == [("C14", "preset", 3)])
    stick.press(2, is_down=False)
    stick.unplug()


def test_choosing_another_tile_ends_the_motion_of_the_first(
    stick: VirtualStick, orders: Orders, wait_until: Wait
) -> None:
    stick.lean(0, 0.5)
    wait_until(lambda: bool(orders.told))
    orders.camera_no = ""
    stick.lean(0, 0.9)
    wait_until(lambda: orders.told[-1] == ("C14", "ended"))
    stick.unplug()


def test_inside_the_dead_zone_nothing_moves_and_outside_it_begins_at_nothing() -> None:
    assert beyond_dead_zone(DEAD_ZONE) == beyond_dead_zone(-DEAD_ZONE / 2) == 0.0
    assert 0 < beyond_dead_zone(DEAD_ZONE + 0.01) < 0.02
    assert (beyond_dead_zone(1.0), beyond_dead_zone(-1.0)) == (1.0, -1.0)


def test_a_throttle_that_stands_at_its_end_does_not_zoom() -> None:
    axes = RestingAxes()
    assert axes.motion([0.0, 0.0, -1.0]) == STILL
    assert axes.motion([0.0, 0.0, 0.0]) == STILL
    assert axes.motion([0.0, 0.0, -1.0]) == (0.0, 0.0, -1.0)


def test_a_stick_with_two_axes_only_turns() -> None:
    assert RestingAxes().motion([0.0, 0.0]) == STILL
