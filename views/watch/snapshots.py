"""Keeps the present picture of a tile: gets it in the camera's own size, words its strip, has it saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.people import Session
from services.domain.site import Site
from services.domain.video import FeedStatus, StreamState
from services.wall.snapshots import PRESENT, SavedShot, Shot, local_moment
from ui.jobs import UiJobs
from ui.text import times
from ui.text.places import local_name
from ui.tiles.feed import FeedPicture, PictureFeed, TileContent
from ui.tiles.planes import bgra_of
from views.watch.ports import MAIN, VideoPort

LOOK_EVERY_MS = 30
# A picture in the camera's own size comes with the next frame; a camera that sends none is not waited for.
WAIT_S = 1.0


class ShotKeeper(Protocol):
    """`services.wall.snapshots.Snapshots`; blocks."""

    def save(self, session: Session, shot: Shot) -> SavedShot: ...


@dataclass(slots=True)
class _Waiting:
    """A picture that is there, and the feed that may bring it in full size until `until_s`."""

    content: TileContent
    status: FeedStatus
    picture: FeedPicture
    full: PictureFeed
    until_s: float


class SnapshotPresenter(QObject):
    """Signals: saved(sentence); kept(SavedShot) beside it; refused(ServiceError)."""

    saved = Signal(str)
    kept = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        *,
        keeper: ShotKeeper,
        video: VideoPort,
        site: Site,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._video = video
        self._site = site
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def use_site(self, site: Site) -> None:
        self._site = site

    def take(self, content: TileContent | None) -> None:
        """Of this tile, as it is at this moment."""
        picture = content.feed.latest(-1) if content is not None and content.feed is not None else None
        if content is None or content.feed is None or picture is None:
            self.refused.emit(ServiceError("snapshot.no_picture"))
            return
        status = content.feed.status()
        if status.state is StreamState.RECORDED:
            # Its moment is not now, and its size not the camera's: the playback page knows both.
            self.refused.emit(ServiceError("snapshot.recorded"))
            return
        full = self._full_feed(content, status, picture)
        if full is None:
            self._keep(content, status, picture)
            return
        until_s = self._clock.monotonic() + WAIT_S
        self._waiting.append(_Waiting(content, status, picture, full, until_s))
        self._timer.start()

    def stop(self) -> None:
        """Keep what is waited for as it is, and close what was opened for it."""
        self._timer.stop()
        for waiting in self._waiting:
            self._video.close(waiting.full)
        self._waiting.clear()

    def _full_feed(
        self, content: TileContent, status: FeedStatus, picture: FeedPicture
    ) -> PictureFeed | None:
        """A second feed of the same stream that asks for the camera's size; None where it would not help."""
        if status.state not in PRESENT or picture.width_px >= status.width_px:
            return None
        try:
            feed = self._video.open(content.camera_no, content.detail)
        except ServiceError:
            return None
        feed.ask_size(status.width_px, status.height_px)
        return feed

    def _look(self) -> None:
        for waiting in list(self._waiting):
            picture = waiting.full.latest(waiting.picture.number)
            is_full = picture is not None and picture.width_px >= waiting.status.width_px
            if is_full and picture is not None:
                self._settle(waiting, waiting.full.status(), picture)
            elif self._clock.monotonic() >= waiting.until_s:
                self._settle(waiting, waiting.status, waiting.picture)
        if not self._waiting:
            self._timer.stop()

    def _settle(self, waiting: _Waiting, status: FeedStatus, picture: FeedPicture) -> None:
        self._waiting.remove(waiting)
        self._keep(waiting.content, status, picture)
        self._video.close(waiting.full)

    def _keep(self, content: TileContent, status: FeedStatus, picture: FeedPicture) -> None:
        age_s = max(0.0, self._clock.monotonic() - picture.arrived_s)
        taken_at = self._clock.now() - timedelta(seconds=age_s)
        site_name = local_name(self._site)
        stream = f"{self._stream_word(content.detail)} {self._size_words(status, picture)} {status.codec}"
        lines = [
            f"{content.camera_no} {content.title}  {site_name}",
            f"{local_moment(taken_at)}  {self._session.display_name}  {stream}".rstrip(),
        ]
        words = self._state_words(status.state, age_s)
        shot = Shot(
            camera_no=content.camera_no,
            camera_name=content.title,
            site_name=site_name,
            stream=content.detail,
            codec=status.codec,
            pixels=picture.pixels,
            source_px=(status.width_px, status.height_px),
            taken_at=taken_at,
            state=status.state,
            age_s=age_s,
            lines=(*lines, words) if words else tuple(lines),
        )
        self._jobs.run(partial(self._save, shot, picture), self._on_saved, self._on_refused)

    def _save(self, shot: Shot, picture: FeedPicture) -> SavedShot:
        """In a job thread, where planes may take their time to become colours."""
        return self._keeper.save(self._session, replace(shot, pixels=bgra_of(picture)))

    def _stream_word(self, stream: str) -> str:
        return self.tr("主码流") if stream == MAIN else self.tr("子码流")

    def _size_words(self, status: FeedStatus, picture: FeedPicture) -> str:
        """The size that is kept, and the camera's where that is larger."""
        if picture.width_px >= status.width_px > 0:
            return f"{status.width_px}×{status.height_px}"
        shown = f"{picture.width_px}×{picture.height_px}"
        if not status.width_px:
            return shown
        source = f"{status.width_px}×{status.height_px}"
        return self.tr("{shown}（摄像机 {source}）").format(shown=shown, source=source)

    def _state_words(self, state: StreamState, age_s: float) -> str:
        if state is StreamState.LIVE:
            return ""
        age = times.tenths(age_s) if age_s < 10 else times.age(age_s)
        if state is StreamState.LATE:
            return self.tr("画面延迟 {age}").format(age=age)
        return self.tr("非实时画面：截取时摄像机没有新画面，这一幅是 {age}前的").format(age=age)

    def _on_saved(self, shot: SavedShot) -> None:
        self.kept.emit(shot)
        self.saved.emit(
            self.tr("已保存抓图 {file}，SHA-256 {digest}").format(file=shot.path, digest=shot.sha256)
        )

    def _on_refused(self, error: ServiceError) -> None:
        self.refused.emit(error)
