"""Keeps a picture of a recording as a file, with its hash in the audit; as the watch does of a live one."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.people import Session
from services.domain.recordings import RecordedStream
from services.domain.site import Site
from services.domain.video import StreamState
from services.playback.stills import Still
from services.wall.snapshots import SavedShot, Shot, local_moment
from ui.jobs import UiJobs
from ui.text.places import local_name
from views.playback.ports import Recordings, ShotKeeper


class PastShots(QObject):
    """Signals: saved(sentence); refused(ServiceError)."""

    saved = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        *,
        recordings: Recordings,
        keeper: ShotKeeper,
        site: Site,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._keeper = keeper
        self._site = site
        self._session = session
        self._jobs = jobs
        self._clock = clock

    def use_site(self, site: Site) -> None:
        self._site = site

    def take(self, camera: str, at: datetime) -> None:
        """As it was recorded, not as large as the tile is."""
        self._jobs.run(partial(self._keep, camera, at), self._on_saved, self._on_refused)

    def _keep(self, camera: str, at: datetime) -> SavedShot:
        """In a job."""
        still = self._recordings.still(self._session, camera, at)
        if still is None:
            raise ServiceError("snapshot.no_picture")
        return self._keeper.save(self._session, self._shot(still))

    def _shot(self, still: Still) -> Shot:
        known = next((one for one in self._site.cameras if one.no == still.camera), None)
        name = local_name(known) if known is not None else still.camera
        site_name = local_name(self._site)
        width_px, height_px = still.source_px
        is_main = still.stream == RecordedStream.MAIN
        stream = self.tr("主码流录像") if is_main else self.tr("子码流录像")
        taken = self.tr("录像画面，{at} 截取").format(at=local_moment(self._clock.now()))
        return Shot(
            camera_no=still.camera,
            camera_name=name,
            site_name=site_name,
            stream=still.stream,
            codec="",
            pixels=still.pixels,
            source_px=still.source_px,
            taken_at=still.at,
            state=StreamState.RECORDED,
            age_s=(self._clock.now() - still.at).total_seconds(),
            lines=(
                f"{still.camera} {name}  {site_name}",
                f"{local_moment(still.at)}  {self._session.display_name}  {stream} {width_px}×{height_px}",
                taken,
            ),
        )

    def _on_saved(self, shot: SavedShot) -> None:
        told = self.tr("已保存抓图 {file}，SHA-256 {digest}")
        self.saved.emit(told.format(file=shot.path, digest=shot.sha256))

    def _on_refused(self, error: ServiceError) -> None:
        self.refused.emit(error)
