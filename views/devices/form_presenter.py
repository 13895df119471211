"""One camera on its way into the site: typed, tried, saved, put on the wall."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial

import structlog
from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.devices.keeping import NO_LOGINS, CameraKeeper, Logins
from services.devices.recorders.looking import RecorderQuestion
from services.devices.trial import CameraTrial, TrialReport, Wish
from services.domain.people import Session
from services.domain.site import Camera, Point, Site, StreamEngine, StreamTransport
from ui.jobs import UiJobs
from views.devices.draft import Draft, camera_of, draft_of, logins_of, recorder_question
from views.devices.findings import Finding
from views.devices.tools import DeviceTools

log = structlog.get_logger(__name__)


class Step(StrEnum):
    """How far the camera is."""

    NO_ADDRESS = "no_address"
    UNTRIED = "untried"
    TRYING = "trying"
    FAILED = "failed"
    TRIED = "tried"
    SAVING = "saving"
    SAVED = "saved"


class FormPresenter(QObject):
    """Signals: changed() when draft, report or step are other ones; filled() when the draft was filled in
    from elsewhere than the form; refused(ServiceError); saved(Camera); wall_wanted(camera number).
    """

    changed = Signal()
    filled = Signal()
    refused = Signal(object)
    saved = Signal(object)
    wall_wanted = Signal(str)

    def __init__(
        self,
        site: Site,
        keeper: CameraKeeper,
        tools: DeviceTools,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._keeper = keeper
        self._tools = tools
        self._session = session
        self._jobs = jobs
        self._clock = clock or SystemClock()
        self._trial: CameraTrial | None = None
        self._is_saving = False
        self._wants_wall = False
        self._began_s = 0.0
        self.base: Camera | None = None
        self.is_replacing = False
        self.draft = Draft()
        self.report: TrialReport | None = None
        self.stored: Camera | None = None

    @property
    def site(self) -> Site:
        return self._site

    @property
    def step(self) -> Step:
        if self.stored is not None:
            return Step.SAVED
        if self._is_saving:
            return Step.SAVING
        if self._trial is not None:
            return Step.TRYING
        if self.report is not None:
            return Step.TRIED if self.report.is_fine else Step.FAILED
        return Step.UNTRIED if self.draft.has_address else Step.NO_ADDRESS

    @property
    def is_on_site(self) -> bool:
        """This seat knows the saved camera already, so it can be put on the wall."""
        return self.stored is not None and self._site.camera(self.stored.no) is not None

    def use_site(self, site: Site) -> None:
        self._site = site
        if self._wants_wall and self.is_on_site:
            self.put_on_wall()
        self.changed.emit()

    def begin_new(self) -> None:
        """A new camera; the log-in typed last stays, for most of a site's cameras share one."""
        login = (self.draft.username, self.draft.password)
        self.clear()
        self.draft = Draft(username=login[0], password=login[1])
        self._began_s = self._clock.monotonic()
        self._tell_filled()

    def begin_with(self, camera: Camera, *, is_replacing: bool) -> None:
        """Change a camera, or give its place to another device."""
        self.clear()
        self.base, self.is_replacing = camera, is_replacing
        self.draft = draft_of(camera, self._keeper.logins(camera))
        if is_replacing:
            self.draft = replace(
                self.draft,
                main_url="",
                sub_url="",
                onvif_url="",
                password="",
                transport=StreamTransport.AUTO,
                engine=StreamEngine.AUTO,
            )
        self._began_s = self._clock.monotonic()
        self._tell_filled()

    def clear(self) -> None:
        """Stop what runs and forget what was typed."""
        if self._trial is not None:
            self._trial.cancel()
        self._trial, self.report, self.stored, self.base = None, None, None, None
        self.is_replacing = self._wants_wall = False
        self.draft = Draft()
        self._tell_filled()

    def take(self, finding: Finding) -> None:
        """Go on with what a search found."""
        if self.stored is not None:
            self.begin_new()
        name = self.draft.name if self.base is not None or not finding.title else finding.title[:60]
        self._become(
            replace(
                self.draft,
                name=name,
                main_url=finding.main_url,
                sub_url=finding.sub_url,
                onvif_url=finding.onvif_url,
            )
        )
        self._tell_filled()

    def edit(self, draft: Draft) -> None:
        """What the form holds now; `at` and what a trial found stay."""
        kept = self.draft
        self._become(
            replace(
                draft,
                at=kept.at,
                heading_deg=kept.heading_deg,
                has_ptz=kept.has_ptz,
                width_px=kept.width_px,
            )
        )

    def place_at(self, point: Point | None, heading_deg: float) -> None:
        """Where it hangs and looks; None = nobody knows yet."""
        self._become(replace(self.draft, at=point, heading_deg=heading_deg % 360.0))

    def preview(self) -> Camera:
        """The camera as it would be saved, for the map."""
        return camera_of(self.draft, self._site, self.base, "")

    def go_on(self) -> None:
        """What Enter does: try, then save, then put on the wall."""
        match self.step:
            case Step.UNTRIED | Step.FAILED:
                self.try_it()
            case Step.TRIED:
                self.save()
            case Step.SAVED:
                self.put_on_wall()
            case Step.NO_ADDRESS | Step.TRYING | Step.SAVING:
                pass

    def try_it(self) -> None:
        if self._trial is not None or self.stored is not None or not self.draft.has_address:
            return
        draft = self.draft
        wish = Wish(
            draft.main_url.strip(),
            draft.sub_url.strip(),
            draft.onvif_url.strip(),
            self._logins().camera,
            transport=draft.transport,
            engine=draft.engine,
        )
        self._trial = self._tools.make_trial(wish)
        self.report = None
        self._jobs.run(partial(_run, self._trial), self._on_tried, self._on_trial_refused)
        self.changed.emit()

    def cancel_trial(self) -> None:
        if self._trial is not None:
            self._trial.cancel()

    def save(self) -> None:
        """Also a camera whose trial failed, or that was not tried: it may be connected later."""
        if self._is_saving or self.stored is not None or not self.draft.main_url.strip():
            return
        camera = camera_of(self.draft, self._site, self.base, self.base.credential if self.base else "")
        logins, keeper, base = self._logins(), self._keeper, self.base
        self._is_saving = True
        if base is None:
            work = partial(keeper.add, self._session, self._site, camera, logins)
        elif self.is_replacing:
            work = partial(keeper.replace, self._session, self._site, base, camera, logins)
        else:
            work = partial(keeper.change, self._session, self._site, base, camera, logins)
        self._jobs.run(work, self._on_saved, self._on_save_refused)
        self.changed.emit()

    def put_on_wall(self) -> None:
        """On the chosen tile; as soon as this seat knows the camera."""
        if self.stored is None:
            return
        self._wants_wall = not self.is_on_site
        if self.is_on_site:
            log.info("devices.camera_on_wall", camera=self.stored.no, took_s=self._took_s())
            self.wall_wanted.emit(self.stored.no)

    def recorder_question(self) -> RecorderQuestion:
        return recorder_question(self.draft, self._kept())

    def _logins(self) -> Logins:
        return logins_of(self.draft, self._kept())

    def _kept(self) -> Logins:
        return self._keeper.logins(self.base) if self.base is not None else NO_LOGINS

    def _become(self, draft: Draft) -> None:
        if draft == self.draft:
            return
        if draft.tried != self.draft.tried:
            self.report = None
            if self._trial is not None:
                self._trial.cancel()
                self._trial = None
        self.draft = draft
        self.changed.emit()

    def _tell_filled(self) -> None:
        self.filled.emit()
        self.changed.emit()

    def _on_tried(self, ended: tuple[CameraTrial, TrialReport]) -> None:
        trial, report = ended
        if trial is not self._trial:
            return
        self._trial = None
        self.report = None if trial.is_cancelled else report
        if self.report is not None:
            self._learn(report)
        self._tell_filled()

    def _learn(self, report: TrialReport) -> None:
        """What the device said itself goes into the fields that nobody filled in."""
        main_url = self.draft.main_url or report.main.url
        sub_url = self.draft.sub_url or report.device.sub_url
        self.draft = replace(
            self.draft,
            main_url=main_url,
            sub_url=sub_url if sub_url != main_url else "",
            has_ptz=report.device.has_ptz or self.draft.has_ptz,
            width_px=report.main.width_px or self.draft.width_px,
        )

    def _on_trial_refused(self, error: ServiceError) -> None:
        self._trial = None
        self.refused.emit(error)
        self.changed.emit()

    def _on_saved(self, camera: Camera) -> None:
        self._is_saving = False
        self.stored = camera
        log.info("devices.camera_saved", camera=camera.no, took_s=self._took_s())
        self.saved.emit(camera)
        self.changed.emit()

    def _on_save_refused(self, error: ServiceError) -> None:
        self._is_saving = False
        self.refused.emit(error)
        self.changed.emit()

    def _took_s(self) -> float:
        return round(self._clock.monotonic() - self._began_s, 1)


def _run(trial: CameraTrial) -> tuple[CameraTrial, TrialReport]:
    """In a job thread."""
    return trial, trial.run()
