"""A joystick at the seat, read through pygame-ce where that is installed and a stick is plugged in."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import structlog
from PySide6.QtCore import QObject, Signal

from services.core.workers import Worker

if TYPE_CHECKING:
    import pygame

log = structlog.get_logger(__name__)

POLL_S = 0.04
IDLE_POLL_S = 0.5  # while no stick is there
DEAD_ZONE = 0.15  # sticks do not rest exactly in the middle
STEP = 0.03  # a change smaller than this is noise
# SDL shall draw nothing, leave Ctrl+C to us, and hear the stick though it has no window of its own.
_ENVIRONMENT = {
    "SDL_VIDEODRIVER": "dummy",
    "SDL_NO_SIGNAL_HANDLERS": "1",
    "SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS": "1",
    "PYGAME_HIDE_SUPPORT_PROMPT": "1",
}

Motion = tuple[float, float, float]
STILL: Motion = (0.0, 0.0, 0.0)


class Joystick(QObject):
    """Signals, from its thread: moved(pan, tilt, zoom), each -1..1, after every change; ended() when the
    stick is back in the middle or unplugged; pressed(number from 1) of a button; plugged(name), unplugged().
    """

    moved = Signal(float, float, float)
    ended = Signal()
    pressed = Signal(int)
    plugged = Signal(str)
    unplugged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._motion = STILL
        self._worker = Worker("joystick", self._run)

    def start(self) -> None:
        """Returns at once; without pygame-ce nothing happens."""
        self._worker.start()

    def stop(self) -> None:
        self._worker.stop()

    def _run(self, stop: threading.Event) -> None:
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        try:
            import pygame
        except ImportError:
            log.info("joystick.no_library")
            return
        try:
            pygame.display.init()
            pygame.joystick.init()
        except pygame.error as error:
            log.info("joystick.not_started", reason=str(error))
            return
        try:
            self._watch(stop)
        except pygame.error as error:  # SDL is one for the whole process: someone else has ended it
            log.info("joystick.ended_elsewhere", reason=str(error))
        finally:
            self._let_go()
            pygame.joystick.quit()
            pygame.display.quit()

    def _watch(self, stop: threading.Event) -> None:
        import pygame

        sticks: dict[int, pygame.joystick.JoystickType] = {}
        axes: dict[int, RestingAxes] = {}
        while not stop.wait(POLL_S if sticks else IDLE_POLL_S):
            for event in pygame.event.get():
                if event.type == pygame.JOYDEVICEADDED:
                    stick = pygame.joystick.Joystick(event.device_index)
                    sticks[stick.get_instance_id()], axes[stick.get_instance_id()] = stick, RestingAxes()
                    self.plugged.emit(stick.get_name())
                elif event.type == pygame.JOYDEVICEREMOVED:
                    self._forget(event, sticks, axes)
                elif event.type == pygame.JOYBUTTONDOWN:
                    self.pressed.emit(event.button + 1)
            for no, stick in sticks.items():
                read = [stick.get_axis(axis) for axis in range(stick.get_numaxes())]
                self._tell(axes[no].motion(read))
                break  # one hand steers; a second stick waits until the first is gone

    def _forget(
        self,
        event: pygame.Event,
        sticks: dict[int, pygame.joystick.JoystickType],
        axes: dict[int, RestingAxes],
    ) -> None:
        if sticks.pop(event.instance_id, None) is not None:
            axes.pop(event.instance_id)
            self._let_go()
            self.unplugged.emit()

    def _tell(self, motion: Motion) -> None:
        if motion == STILL:
            self._let_go()
        elif max(abs(new - old) for new, old in zip(motion, self._motion, strict=True)) >= STEP:
            self._motion = motion
            self.moved.emit(*motion)

    def _let_go(self) -> None:
        if self._motion != STILL:
            self._motion = STILL
            self.ended.emit()


class RestingAxes:
    """Reads pan from the first axis, tilt from the second, zoom from the third (twist).

    An axis counts once it has been seen at rest: a throttle that stands at its end would zoom for ever.
    """

    def __init__(self) -> None:
        self._rested: set[int] = set()

    def motion(self, axes: Sequence[float]) -> Motion:
        """axes: -1..1; the second grows towards the operator."""
        values = []
        for no, value in enumerate((*axes, 0.0, 0.0, 0.0)[:3]):
            if abs(value) < DEAD_ZONE:
                self._rested.add(no)
            values.append(beyond_dead_zone(value) if no in self._rested else 0.0)
        return values[0], -values[1] or 0.0, values[2]


def beyond_dead_zone(value: float) -> float:
    """0 inside the dead zone, growing from 0 at its border to 1 at the end."""
    size = (abs(value) - DEAD_ZONE) / (1.0 - DEAD_ZONE)
    return 0.0 if size <= 0 else round(min(1.0, size) * (1 if value > 0 else -1), 3)


class SteeredWall(Protocol):
    """What a joystick steers: the camera chosen on the wall."""

    def steerable_camera(self) -> str:
        """ "" when the chosen tile's camera cannot be turned."""
        ...


class SteeringOrders(Protocol):
    def steer(self, camera_no: str, pan: float, tilt: float, zoom: float) -> None: ...
    def end(self, camera_no: str) -> None: ...
    def go_to_number(self, camera_no: str, number: int) -> None: ...


class JoystickHand(QObject):
    """Gives what the stick does to the camera that is chosen; changing the tile ends the motion."""

    def __init__(
        self, joystick: Joystick, wall: SteeredWall, orders: SteeringOrders, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._wall = wall
        self._orders = orders
        self._steered = ""
        self.is_usable = True
        joystick.moved.connect(self._move)
        joystick.ended.connect(self._end)
        joystick.pressed.connect(self._press)

    def _move(self, pan: float, tilt: float, zoom: float) -> None:
        camera_no = self._wall.steerable_camera() if self.is_usable else ""
        if camera_no != self._steered:
            self._end()
        if camera_no:
            self._steered = camera_no
            self._orders.steer(camera_no, pan, tilt, zoom)

    def _end(self) -> None:
        if self._steered:
            camera_no, self._steered = self._steered, ""
            self._orders.end(camera_no)

    def _press(self, number: int) -> None:
        camera_no = self._wall.steerable_camera() if self.is_usable else ""
        if camera_no:
            self._orders.go_to_number(camera_no, number)
