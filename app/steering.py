"""A seat's steering, put together: the record's desk, a thread per camera, and the presenter between."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.secrets import HeldSecrets
from services.devices.helm import Helm
from services.devices.onvif import OnvifDevice, Velocity
from services.devices.ptz import PtzDesk, SteeringLease
from services.devices.reach import Reach
from services.domain.people import Session
from services.domain.ptz import PtzPreset
from services.domain.site import Site
from services.storage import Database
from services.video.feed import Feed
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.preferences import Preferences
from views.watch.steering import SteeringPresenter
from views.watch.wall_presenter import WallPresenter


class SeatHelm:
    """`views.watch.steering.Steering` over real cameras."""

    def __init__(
        self,
        database: Database,
        session: Session,
        site: Callable[[], Site],
        secrets: HeldSecrets,
        clock: Clock,
    ) -> None:
        self._desk = PtzDesk(database, clock)
        self._session = session
        self._tell: Callable[[str, ServiceError | None], None] = _nobody
        self._presets_changed: Callable[[str], None] = _nobody_cares
        lease = SteeringLease(self._desk, session, clock)
        self._helm = Helm(Reach(site, secrets).open, lease, self._on_told)

    def report_to(
        self, tell: Callable[[str, ServiceError | None], None], presets_changed: Callable[[str], None]
    ) -> None:
        """Both are called from the cameras' threads."""
        self._tell, self._presets_changed = tell, presets_changed

    def steer(self, camera_no: str, pan: float, tilt: float, zoom: float) -> None:
        self._helm.steer(camera_no, Velocity(pan, tilt, zoom))

    def stop(self, camera_no: str) -> None:
        self._helm.stop(camera_no)

    def stop_all(self) -> None:
        self._helm.stop_all()

    def go_to(self, camera_no: str, token: str) -> None:
        self._helm.command(camera_no, lambda device: device.go_to_preset(token))

    def go_home(self, camera_no: str) -> None:
        self._helm.command(camera_no, lambda device: device.go_home())

    def save_preset(self, camera_no: str, name: str, token: str) -> None:
        def save(device: OnvifDevice) -> None:
            self._desk.save_preset(self._session, camera_no, name, device, token)
            self._presets_changed(camera_no)

        self._helm.command(camera_no, save)

    def remove_preset(self, preset: PtzPreset) -> None:
        def remove(device: OnvifDevice) -> None:
            self._desk.remove_preset(self._session, preset, device)
            self._presets_changed(preset.camera)

        self._helm.command(preset.camera, remove)

    def presets(self, camera_no: str) -> list[PtzPreset]:
        return self._desk.presets(camera_no)

    def close(self) -> None:
        """Every camera that moves is stopped."""
        self._helm.close()

    def _on_told(self, camera_no: str, error: ServiceError | None) -> None:
        self._tell(camera_no, error)


class SeatSteering(QObject):
    """Presenter and helm of one seat; `stop` leaves no camera moving."""

    def __init__(
        self,
        *,
        helm: SeatHelm,
        live: LiveBoard,
        walls: Callable[[], Sequence[WallPresenter]],
        session: Session,
        jobs: UiJobs,
        preferences: Preferences,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._helm = helm
        self._walls = walls
        self.presenter = SteeringPresenter(
            live=live,
            walls=walls,
            steering=helm,
            session=session,
            jobs=jobs,
            preferences=preferences,
            clock=clock,
            parent=self,
        )
        helm.report_to(self.presenter.tell, self.presenter.note_presets)
        self.presenter.scene_moved.connect(self._forget_scene)

    def start(self) -> None:
        self.presenter.start()

    def stop(self) -> None:
        self.presenter.stop()
        self._helm.close()

    def _forget_scene(self, camera_no: str) -> None:
        """A steered camera is not a moved one, on whichever wall it is shown."""
        for wall in self._walls():
            content = wall.open_picture(camera_no)
            if content is not None and isinstance(content.feed, Feed):
                content.feed.forget_scene()


def _nobody(_camera_no: str, _error: ServiceError | None) -> None:
    return


def _nobody_cares(_camera_no: str) -> None:
    return
