"""What is taken from the chosen user, or from everybody of their role; read anew with each look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.people import Limit, Session, User
from services.domain.site import Site
from ui.jobs import UiJobs


class LimitCommands(Protocol):
    """The commands of `services.identity.Accounts` on limits; they block."""

    def limits(self, session: Session) -> dict[str, tuple[Limit, ...]]: ...
    def set_limits(self, session: Session, holder: str, limits: Sequence[Limit]) -> tuple[Limit, ...]: ...


class LimitsPresenter(QObject):
    """Signals: changed(), refused(ServiceError)."""

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        commands: LimitCommands,
        session: Session,
        site: Site,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._held: dict[str, tuple[Limit, ...]] = {}
        self._user: User | None = None
        self._is_role = False
        self.site = site

    @property
    def user(self) -> User | None:
        return self._user

    @property
    def is_role(self) -> bool:
        """Whether everybody of the user's role is meant."""
        return self._is_role

    @property
    def limits(self) -> tuple[Limit, ...]:
        return self._held.get(self._holder, ())

    @property
    def places(self) -> list[str]:
        """Every place that something of the site stands at, in the order of their names."""
        site = self.site
        zones, cameras = (zone.place for zone in site.zones), (camera.place for camera in site.cameras)
        outputs = (output.place for output in site.outputs)
        return sorted({place for place in (*zones, *cameras, *outputs) if place})

    @property
    def _holder(self) -> str:
        if self._user is None:
            return ""
        return f"role:{self._user.role.value}" if self._is_role else f"user:{self._user.name}"

    def use_site(self, site: Site) -> None:
        self.site = site
        self.changed.emit()

    def choose(self, user: User | None) -> None:
        self._user = user
        self.refresh()
        self.changed.emit()

    def mean_role(self, is_role: bool) -> None:
        self._is_role = is_role
        self.changed.emit()

    def refresh(self) -> None:
        if self._user is not None:
            self._jobs.run(partial(self._commands.limits, self._session), self._take, self._refuse)

    def add(self, limit: Limit) -> None:
        """One that is there already changes nothing."""
        if limit not in self.limits:
            self._set((*self.limits, limit))

    def remove(self, limit: Limit) -> None:
        self._set(tuple(one for one in self.limits if one != limit))

    def _set(self, limits: tuple[Limit, ...]) -> None:
        if self._holder:
            command = partial(self._commands.set_limits, self._session, self._holder, limits)
            self._jobs.run(command, self._set_done, self._refuse)

    def _set_done(self, _limits: tuple[Limit, ...]) -> None:
        self.refresh()

    def _take(self, held: dict[str, tuple[Limit, ...]]) -> None:
        if held != self._held:
            self._held = held
            self.changed.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
        self.refresh()
