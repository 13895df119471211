"""Steering: hands on tiles become wishes to a camera, and everybody sees who steers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.facts import Fact, PtzControlChanged
from services.domain.people import Session
from services.domain.ptz import PtzPreset
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.preferences import Preferences
from views.watch.wall_presenter import WallPresenter

PREFERENCE = "watch.ptz"
SPEEDS = 7
LOOK_EVERY_MS = 1000
WHEEL_MS = 250  # a notch of the wheel zooms for so long
HOMING_S = 15.0  # a camera on its way home shows other pictures for so long


class Steering(Protocol):
    """Where wishes go; every call returns at once, trouble comes back by `SteeringPresenter.tell`."""

    def steer(self, camera_no: str, pan: float, tilt: float, zoom: float) -> None: ...
    def stop(self, camera_no: str) -> None: ...
    def stop_all(self) -> None: ...
    def go_to(self, camera_no: str, token: str) -> None: ...
    def go_home(self, camera_no: str) -> None: ...
    def save_preset(self, camera_no: str, name: str, token: str) -> None: ...
    def remove_preset(self, preset: PtzPreset) -> None: ...

    def presets(self, camera_no: str) -> list[PtzPreset]:
        """Blocks."""
        ...


class SteeringPresenter(QObject):
    """One per seat. Signals: refused(ServiceError); said(text) for a quiet note; presets_changed(camera_no,
    [PtzPreset]) when those of a camera were read; scene_moved(camera_no) while a camera shows another place.
    """

    refused = Signal(object)
    said = Signal(str)
    presets_changed = Signal(str, list)
    scene_moved = Signal(str)
    _told = Signal(str, object)
    _presets_noted = Signal(str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        walls: Callable[[], Sequence[WallPresenter]],
        steering: Steering,
        session: Session,
        jobs: UiJobs,
        preferences: Preferences,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._walls = walls
        self._steering = steering
        self._session = session
        self._jobs = jobs
        self._preferences = preferences
        self._clock = clock
        self._speed = 4
        self._moving = ""
        self._trouble: dict[str, str] = {}
        self._moved_s: dict[str, float] = {}
        self._wheel = QTimer(self)
        self._wheel.setSingleShot(True)
        self._wheel.setInterval(WHEEL_MS)
        self._wheel.timeout.connect(self._stop_wheel)
        self._wheeled = ""
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(LOOK_EVERY_MS)
        self._look_timer.timeout.connect(self._look)
        self._told.connect(self._on_told)
        self._presets_noted.connect(self.read_presets)
        live.applied.connect(self._on_facts)

    def start(self) -> None:
        self._jobs.run(partial(self._preferences.load, PREFERENCE), self._restore)
        self._look()
        self._look_timer.start()

    def stop(self) -> None:
        """Nothing moves any more."""
        self._look_timer.stop()
        self._wheel.stop()
        self._steering.stop_all()

    @property
    def speed(self) -> int:
        """1 slow .. 7 fast."""
        return self._speed

    def set_speed(self, speed: int) -> None:
        speed = max(1, min(SPEEDS, speed))
        if speed != self._speed:
            self._speed = speed
            self._jobs.run(partial(self._preferences.save, PREFERENCE, {"speed": speed}))
        self.said.emit(self.tr("云台速度 {speed} / {most}").format(speed=speed, most=SPEEDS))

    def step_speed(self, step: int) -> None:
        self.set_speed(self._speed + step)

    def steer(self, camera_no: str, pan: float, tilt: float, zoom: float) -> None:
        """From now on, as parts of the speed that is set."""
        if self._moving and self._moving != camera_no:
            self._steering.stop(self._moving)
        self._moving = camera_no
        part = self._speed / SPEEDS
        self._steering.steer(camera_no, pan * part, tilt * part, zoom * part)
        self._note_moved(camera_no)

    def end(self, camera_no: str) -> None:
        self._steering.stop(camera_no)
        if self._moving == camera_no:
            self._moving = ""

    def stop_all(self) -> None:
        """The seat is locked, or its window gone."""
        self._moving = ""
        self._steering.stop_all()

    def turn_lens(self, camera_no: str, steps: float) -> None:
        """A notch of the wheel."""
        if self._wheeled and self._wheeled != camera_no:
            self._stop_wheel()
        self._wheeled = camera_no
        self.steer(camera_no, 0.0, 0.0, 1.0 if steps > 0 else -1.0)
        self._wheel.start()

    def go_to(self, camera_no: str, token: str) -> None:
        self._steering.go_to(camera_no, token)
        self._note_moved(camera_no)

    def go_to_number(self, camera_no: str, number: int) -> None:
        """The n-th preset by name, from 1, as a joystick's buttons name them."""
        self._jobs.run(partial(self._nth, camera_no, number), self._go_to_preset)

    def go_home(self, camera_no: str) -> None:
        self._steering.go_home(camera_no)
        self._note_moved(camera_no)

    def save_preset(self, camera_no: str, name: str, token: str = "") -> None:
        """`token`: of the preset to replace."""
        self._steering.save_preset(camera_no, name, token)

    def remove_preset(self, preset: PtzPreset) -> None:
        self._steering.remove_preset(preset)

    def read_presets(self, camera_no: str) -> None:
        """`presets_changed` brings them."""
        self._jobs.run(partial(self._named_presets, camera_no), self._show_presets)

    def tell(self, camera_no: str, error: ServiceError | None) -> None:
        """How a command went; from any thread."""
        self._told.emit(camera_no, error)

    def note_presets(self, camera_no: str) -> None:
        """They are other ones now; from any thread."""
        self._presets_noted.emit(camera_no)

    def _on_told(self, camera_no: str, error: ServiceError | None) -> None:
        """Each trouble once, until it is over."""
        code = "" if error is None else error.code
        is_new = code != self._trouble.get(camera_no, "")
        self._trouble[camera_no] = code
        if error is not None and is_new:
            self.refused.emit(error)
        if error is not None and self._moving == camera_no:
            self._moving = ""

    def _on_facts(self, facts: list[Fact]) -> None:
        for fact in facts:
            if not isinstance(fact, PtzControlChanged):
                continue
            self._note_moved(fact.control.camera)
            is_lost = fact.change == "taken_over" and fact.loser == self._session.user
            if is_lost and not fact.control.is_of(self._session):
                self.end(fact.control.camera)
                text = self.tr("{name} 接管了 {camera} 的云台控制")
                self.said.emit(text.format(name=fact.control.display_name, camera=fact.control.camera))
        self._look()

    def _look(self) -> None:
        """Locks end by the clock, without a fact."""
        now = self._clock.now()
        locks = {}
        for camera_no, control in self._live.board.steering.items():
            if control.is_held(now):
                is_mine = control.is_of(self._session)
                text = self.tr("云台：您在控制") if is_mine else self.tr("云台：{name} 在控制")
                locks[camera_no] = text.format(name=control.display_name)
        for wall in self._walls():
            wall.show_locks(locks)
        now_s = self._clock.monotonic()
        for camera_no in [no for no, at_s in self._moved_s.items() if now_s - at_s > HOMING_S]:
            del self._moved_s[camera_no]
        for camera_no in {*self._moved_s, *locks}:
            self.scene_moved.emit(camera_no)

    def _note_moved(self, camera_no: str) -> None:
        is_new = camera_no not in self._moved_s
        self._moved_s[camera_no] = self._clock.monotonic()
        if is_new:
            self.scene_moved.emit(camera_no)

    def _stop_wheel(self) -> None:
        self._wheel.stop()
        if self._wheeled:
            camera_no, self._wheeled = self._wheeled, ""
            self.end(camera_no)

    def _named_presets(self, camera_no: str) -> tuple[str, list[PtzPreset]]:
        return camera_no, self._steering.presets(camera_no)

    def _show_presets(self, read: tuple[str, list[PtzPreset]]) -> None:
        self.presets_changed.emit(*read)

    def _nth(self, camera_no: str, number: int) -> PtzPreset | None:
        found = self._steering.presets(camera_no)
        return found[number - 1] if 1 <= number <= len(found) else None

    def _go_to_preset(self, preset: PtzPreset | None) -> None:
        if preset is not None:
            self.go_to(preset.camera, preset.token)

    def _restore(self, kept: dict[str, object] | None) -> None:
        speed = (kept or {}).get("speed")
        if isinstance(speed, int) and 1 <= speed <= SPEEDS:
            self._speed = speed
