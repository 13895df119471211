"""Carries what a hand does to a camera: a thread per camera, the latest wish only, and always a stop.

A wish is a velocity or one command. While moving, the move is renewed with a short time of its own, so
that a camera whose operator's machine dies stops by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

from services.core.errors import ServiceError
from services.core.workers import Worker
from services.devices.onvif import OnvifDevice, Velocity

log = structlog.get_logger(__name__)

LEAST_GAP_S = 0.1  # between two commands to one camera
RENEW_S = 1.0
MOVE_TIMEOUT_S = 3.0
IDLE_S = 30.0  # after which thread and connection end
STILL = Velocity()

Command = Callable[[OnvifDevice], object]
Opening = Callable[[str], OnvifDevice]
Telling = Callable[[str, ServiceError | None], None]
Leave = Callable[[str, bool], None]


class Helm:
    """Thread-safe; no call waits for a camera but `close`.

    opening: by camera number. may_steer(camera, is_final): raises ServiceError when it may not; asked in
    the camera's thread before a command, and with True when a motion has ended. told(camera, error):
    from the camera's thread, after every command; None = it worked.
    """

    def __init__(self, opening: Opening, may_steer: Leave, told: Telling) -> None:
        self._opening = opening
        self._may_steer = may_steer
        self._told = told
        self._lock = threading.Lock()
        self._hands: dict[str, _Hand] = {}
        self._is_closed = False

    def steer(self, camera: str, velocity: Velocity) -> None:
        """From now on; a still velocity stops."""
        while (hand := self._hand(camera, may_begin=not velocity.is_still)) and not hand.wish(velocity):
            pass  # its thread has just ended for want of work

    def stop(self, camera: str) -> None:
        self.steer(camera, STILL)

    def stop_all(self) -> None:
        with self._lock:
            hands = list(self._hands.values())
        for hand in hands:
            hand.wish(STILL)

    def command(self, camera: str, command: Command) -> None:
        """Run it in the camera's thread, after a stop if the camera is moving."""
        while (hand := self._hand(camera, may_begin=True)) and not hand.order(command):
            pass

    def close(self, limit_s: float = 5.0) -> None:
        """Stop every camera that moves and end all threads."""
        with self._lock:
            self._is_closed = True
            hands = list(self._hands.values())
        for hand in hands:
            hand.request_end()
        for hand in hands:
            hand.join(limit_s)

    def _hand(self, camera: str, *, may_begin: bool) -> _Hand | None:
        with self._lock:
            hand = self._hands.get(camera)
            if hand is not None and not hand.is_over:
                return hand
            if self._is_closed or not may_begin:
                return None
            hand = self._hands[camera] = _Hand(camera, self._opening, self._may_steer, self._told)
            hand.begin()
            return hand


class _Hand:
    """One camera's thread."""

    def __init__(self, camera: str, opening: Opening, may_steer: Leave, told: Telling) -> None:
        self._camera = camera
        self._opening = opening
        self._may_steer = may_steer
        self._told = told
        self._changed = threading.Condition()
        self._wanted = STILL
        self._orders: list[Command] = []
        self._sent = STILL
        self._is_ending = False
        self.is_over = False
        self._device: OnvifDevice | None = None
        self._worker = Worker(f"ptz-{camera}", self._run)

    def begin(self) -> None:
        self._worker.start()

    def wish(self, velocity: Velocity) -> bool:
        """False when its thread is over."""
        with self._changed:
            self._wanted = velocity
            self._changed.notify()
            return not self.is_over

    def order(self, command: Command) -> bool:
        """False when its thread is over."""
        with self._changed:
            self._wanted = STILL
            self._orders = [command]
            self._changed.notify()
            return not self.is_over

    def request_end(self) -> None:
        with self._changed:
            self._wanted, self._orders, self._is_ending = STILL, [], True
            self._changed.notify()

    def join(self, limit_s: float) -> None:
        self._worker.stop(limit_s)

    def _run(self, _stop: threading.Event) -> None:
        try:
            while self._wait():
                self._act()
                time.sleep(LEAST_GAP_S)
            if not self._sent.is_still:
                self._act()
        finally:
            with self._changed:
                self.is_over = True
            if self._device is not None:
                self._device.close()

    def _wait(self) -> bool:
        """Until there is something to send; False when the thread shall end."""
        limit_s = IDLE_S if self._sent.is_still else RENEW_S
        with self._changed:
            woken = self._changed.wait_for(self._has_work, limit_s)
            if self._is_ending:
                return False
            if not woken and self._sent.is_still:
                self.is_over = True
                return False
            return True

    def _has_work(self) -> bool:
        return self._is_ending or self._wanted != self._sent or bool(self._orders)

    def _act(self) -> None:
        with self._changed:
            wanted, orders, self._orders = self._wanted, self._orders, []
        try:
            self._obey(wanted, orders)
        except ServiceError as error:
            self._give_up(is_taken=error.code == "ptz.held")
            self._told(self._camera, error)
        else:
            self._told(self._camera, None)

    def _obey(self, wanted: Velocity, orders: list[Command]) -> None:
        if wanted.is_still:
            if not self._sent.is_still:
                self._reach().stop()
                self._sent = STILL
                self._may_steer(self._camera, True)
        else:
            self._may_steer(self._camera, False)
            device = self._reach()
            self._sent = wanted  # before it is sent: a command whose answer is lost may have been obeyed
            device.move(wanted, MOVE_TIMEOUT_S)
        for order in orders:
            self._may_steer(self._camera, True)
            order(self._reach())

    def _give_up(self, *, is_taken: bool) -> None:
        """After a refusal: nothing may go on moving, and what was wished is forgotten.

        is_taken: somebody else steers now; a stop would be theirs.
        """
        with self._changed:
            self._wanted, self._orders = STILL, []
        was, self._sent = self._sent, STILL
        if was.is_still or is_taken or self._device is None:
            return
        try:
            self._device.stop()
        except ServiceError as error:
            # It stops by its own time-out.
            log.warning("ptz.not_stopped", camera=self._camera, code=error.code)

    def _reach(self) -> OnvifDevice:
        if self._device is None:
            self._device = self._opening(self._camera)
        return self._device
