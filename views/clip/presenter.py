"""Which film is open and what is done with it; no widgets."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.people import Session
from services.domain.video import StreamState
from services.playback.clips import ORIGIN
from services.playback.clock import next_speed
from services.playback.players import ClipPlayer
from services.playback.sound import PastSound
from services.playback.stills import Still
from services.wall.snapshots import SavedShot, Shot, local_moment
from ui.jobs import UiJobs
from ui.listening import Listening


class Clips(Protocol):
    """`services.playback.clip_desk.ClipDesk`; blocks."""

    def open(self, session: Session, path: Path, engine: str = "") -> ClipPlayer: ...


class ShotKeeper(Protocol):
    """`services.wall.snapshots.Snapshots`; blocks."""

    def save(self, session: Session, shot: Shot) -> SavedShot: ...


class ClipPresenter(QObject):
    """Signals: opening(name); opened() when another film is there; moved() when somebody set speed or place;
    saved(sentence); refused(ServiceError).
    """

    opening = Signal(str)
    opened = Signal()
    moved = Signal()
    saved = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        *,
        clips: Clips,
        keeper: ShotKeeper,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clips = clips
        self._keeper = keeper
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self.player: ClipPlayer | None = None
        self.speed = 1.0
        self._is_over = False
        self._is_muted = True
        self.listening = Listening(self._open_sound, parent=self)
        self.listening.refused.connect(self.refused)

    def open(self, path: Path, engine: str = "") -> None:
        """engine: "" = the one that can. What is open stays until the other is there."""
        self.opening.emit(path.name)
        self._jobs.run(partial(self._clips.open, self._session, path, engine), self._take, self._refuse)

    def close(self) -> None:
        """Nothing is open any more."""
        self.listening.stop()
        player, self.player = self.player, None
        if player is not None and not self._is_over:
            self._jobs.run(player.stop, self._nothing, self._refuse)

    def stop(self) -> None:
        """The program ends."""
        self._is_over = True
        self.listening.stop()
        if self.player is not None:
            self.player.stop()
            self.player = None

    @property
    def is_playing(self) -> bool:
        return self.player is not None and self.player.speed != 0

    def toggle(self) -> None:
        if self.player is not None:
            at_end = self.player.facts.length_s and self.player.position_s >= self.player.facts.length_s - 0.1
            if not self.is_playing and at_end and self.speed > 0:
                self.player.seek(0.0)
            self.player.play(0.0 if self.is_playing else self.speed)
            self.moved.emit()

    def set_speed(self, speed: float) -> None:
        """Negative: backwards, where the engine can."""
        if self.player is None or (speed < 0 and not self.player.can_go_back):
            return
        self.speed = speed
        if self.is_playing:
            self.player.play(speed)
        self.moved.emit()

    def faster(self, by: int) -> None:
        self.set_speed(next_speed(self.speed, by))

    def turn(self) -> None:
        self.set_speed(-self.speed)

    def seek(self, seconds: float) -> None:
        if self.player is not None:
            self.player.seek(max(0.0, seconds))
            self.moved.emit()

    def jump(self, by_s: float) -> None:
        if self.player is not None:
            self.seek(self.player.position_s + by_s)

    def step(self, by: int) -> None:
        if self.player is not None:
            self.player.step(by)
            self.moved.emit()

    def toggle_sound(self) -> None:
        player = self.player
        if player is None:
            return
        if player.has_own_sound:
            self._is_muted = not self._is_muted
            player.set_muted(self._is_muted)
        else:
            self.listening.toggle(player.facts.path.name)
        self.moved.emit()

    @property
    def is_heard(self) -> bool:
        has_own = self.player is not None and self.player.has_own_sound
        return not self._is_muted if has_own else bool(self.listening.camera_no)

    def take_shot(self) -> None:
        """The picture that is shown, as large as it is in the film."""
        if self.player is not None:
            self._jobs.run(partial(self._keep, self.player), self._on_saved, self._refuse)

    # inside

    def _open_sound(self, _name: str, rate_hz: int) -> PastSound:
        if self.player is None:
            raise ServiceError("clip.no_sound")
        return self.player.sound(rate_hz)

    def _take(self, player: ClipPlayer) -> None:
        if self._is_over:
            player.stop()
            return
        self.close()
        self.player, self.speed, self._is_muted = player, 1.0, True
        self.opened.emit()

    def _keep(self, player: ClipPlayer) -> SavedShot:
        """In a job."""
        still = player.still()
        if still is None:
            raise ServiceError("snapshot.no_picture")
        return self._keeper.save(self._session, self._shot(player, still))

    def _shot(self, player: ClipPlayer, still: Still) -> Shot:
        facts, now = player.facts, self._clock.now()
        width_px, height_px = still.source_px
        where = self.tr("文件内 {place}").format(place=place_text((still.at - ORIGIN).total_seconds()))
        taken = self.tr("外来录像文件的画面，{at} 截取").format(at=local_moment(now))
        return Shot(
            camera_no=facts.path.name,
            camera_name="",
            site_name="",
            stream=player.engine,
            codec=facts.coding,
            pixels=still.pixels,
            source_px=still.source_px,
            taken_at=now,
            state=StreamState.RECORDED,
            age_s=0.0,
            lines=(facts.path.name, f"{where}  {self._session.display_name}  {width_px}×{height_px}", taken),
        )

    def _on_saved(self, shot: SavedShot) -> None:
        told = self.tr("已保存抓图 {file}，SHA-256 {digest}")
        self.saved.emit(told.format(file=shot.path, digest=shot.sha256))

    def _nothing(self, _done: None) -> None:
        """It is closed."""

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def place_text(seconds: float) -> str:
    """1:02:03.456"""
    whole = timedelta(seconds=int(max(0.0, seconds)))
    return f"{whole}.{int(max(0.0, seconds) * 1000) % 1000:03d}"
