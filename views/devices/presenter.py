"""The list of cameras and which task is open beside it: adding, changing, replacing, removing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.devices.keeping import CameraKeeper
from services.domain.people import Session
from services.domain.site import Camera, Site
from ui.jobs import UiJobs
from ui.search import matches
from ui.text.places import local
from views.devices.finding_presenter import FindingPresenter
from views.devices.form_presenter import FormPresenter
from views.devices.recorder_presenter import RecorderPresenter
from views.devices.table_presenter import TablePresenter
from views.devices.tools import DeviceTools


class Task(StrEnum):
    """What the screen is open for."""

    LIST = "list"
    ADD = "add"
    EDIT = "edit"
    REPLACE = "replace"


class DevicesPresenter(QObject):
    """Signals: changed() when the list, the choice or the task is another one; refused(ServiceError);
    removed(camera number); unpin_asked(camera number, zones): confirm by `remove(unpin=True)`.
    """

    changed = Signal()
    refused = Signal(object)
    removed = Signal(str)
    unpin_asked = Signal(str, str)

    def __init__(
        self,
        site: Site,
        keeper: CameraKeeper,
        tools: DeviceTools,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.site = site
        self._keeper = keeper
        self._session = session
        self._jobs = jobs
        self._query = ""
        self._chosen = ""
        self._is_busy = False
        self.task = Task.LIST
        self.form = FormPresenter(site, keeper, tools, session, jobs, self)
        self.recorder = RecorderPresenter(tools.look_at_recorder, jobs, self)
        self.finding = FindingPresenter(site, tools, jobs, self)
        self.table = TablePresenter(site, keeper, session, jobs, self)
        self.finding.picked.connect(self.form.take)
        self.form.changed.connect(self._follow_recorder)

    @property
    def cameras(self) -> Sequence[Camera]:
        """Those that the search lets through."""
        return [camera for camera in self.site.cameras if self._is_wanted(camera)]

    @property
    def chosen(self) -> Camera | None:
        return self.site.camera(self._chosen)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now; a form that is open keeps what was typed."""
        self.site = site
        for part in (self.form, self.finding, self.table):
            part.use_site(site)
        self.changed.emit()

    def search(self, query: str) -> None:
        self._query = query
        self.changed.emit()

    def choose(self, camera_no: str) -> None:
        self._chosen = camera_no
        self.changed.emit()

    def begin(self, task: Task) -> None:
        """ADD needs no choice, EDIT and REPLACE work on the chosen camera."""
        camera = self.chosen
        if task is Task.ADD:
            self.form.begin_new()
        elif camera is None:
            return
        else:
            self.form.begin_with(camera, is_replacing=task is Task.REPLACE)
        self.task = task
        self.finding.clear()
        self.changed.emit()

    def leave(self) -> None:
        """Back to the list; what runs is stopped, what was typed is forgotten."""
        self.finding.clear()
        self.table.clear()
        self.form.clear()
        self.task = Task.LIST
        self.changed.emit()

    def remove(self, *, unpin: bool = False) -> None:
        """The chosen camera; asks back when zones name it."""
        camera = self.chosen
        if camera is None or self._is_busy:
            return
        self._is_busy = True
        work = partial(self._keeper.remove, self._session, self.site, camera, unpin=unpin)
        self._jobs.run(work, self._on_removed, self._on_refused)

    def stop(self) -> None:
        """The window is going away."""
        self.finding.clear()
        self.form.clear()

    def _follow_recorder(self) -> None:
        self.recorder.follow(self.form.recorder_question())

    def _on_removed(self, camera: Camera) -> None:
        self._is_busy = False
        self.removed.emit(camera.no)

    def _on_refused(self, error: ServiceError) -> None:
        self._is_busy = False
        if error.code == "camera.pinned":
            self.unpin_asked.emit(str(error.params["camera"]), str(error.params["zones"]))
        else:
            self.refused.emit(error)

    def _is_wanted(self, camera: Camera) -> bool:
        if not self._query.strip():
            return True
        known = (camera.no, camera.name, camera.name_en, camera.place, local(camera.place), camera.building)
        return matches(self._query, " ".join((*known, camera.main_url)))
