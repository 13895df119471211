"""Saves a camera with its log-in: the one into the site, the other into this machine's secrets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

import structlog

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.secrets import Credential
from services.devices.cameras import CameraDesk
from services.domain.people import Session
from services.domain.site import Camera, Site

Result = TypeVar("Result")

log = structlog.get_logger(__name__)


class LoginStore(Protocol):
    """Of `services.core.heldsecrets.SecretsFile`; setting and removing write the disk."""

    def credential(self, name: str) -> Credential | None: ...
    def set_credential(self, name: str, credential: Credential) -> object: ...
    def remove_credential(self, name: str) -> object: ...


@dataclass(frozen=True, slots=True)
class Logins:
    """camera None: it wants none. recorder None: the recorder that has its recordings takes the camera's."""

    camera: Credential | None = field(default=None, repr=False)
    recorder: Credential | None = field(default=None, repr=False)


NO_LOGINS = Logins()


class CameraKeeper:
    """Every method blocks and raises what CameraDesk and the secrets raise.

    A log-in that a camera of the site has already is shared, so one password is kept once. The log-in is
    written first: a camera is never without the one it was tried with.
    """

    def __init__(self, desk: CameraDesk, logins: LoginStore) -> None:
        self._desk = desk
        self._logins = logins

    def logins(self, camera: Camera) -> Logins:
        """What this machine logs in with."""
        return Logins(self._held(camera.credential), self._held(camera.recorder_credential))

    def add(self, session: Session, site: Site, camera: Camera, logins: Logins) -> Camera:
        return self.add_all(session, site, [(camera, logins)])[0]

    def add_all(
        self, session: Session, site: Site, cameras: Sequence[tuple[Camera, Logins]]
    ) -> tuple[Camera, ...]:
        """All of them or none."""
        names = _Names(self._known(site))
        named = [
            replace(
                camera,
                credential=names.of(logins.camera),
                recorder_credential=names.of(logins.recorder),
            )
            for camera, logins in cameras
        ]
        return self._with(names.made, lambda: self._desk.add_all(session, named))

    def change(self, session: Session, site: Site, seen: Camera, camera: Camera, logins: Logins) -> Camera:
        return self._put(site, seen, camera, logins, lambda put: self._desk.change(session, seen, put))

    def replace(self, session: Session, site: Site, seen: Camera, device: Camera, logins: Logins) -> Camera:
        return self._put(site, seen, device, logins, lambda put: self._desk.replace(session, seen, put))

    def remove(self, session: Session, site: Site, seen: Camera, *, unpin: bool) -> Camera:
        """Its log-in goes too when no other camera has it."""
        removed = self._desk.remove(session, seen, unpin=unpin)
        self._forget(site, seen, None)
        return removed

    def _put(
        self,
        site: Site,
        seen: Camera,
        camera: Camera,
        logins: Logins,
        store: Callable[[Camera], Camera],
    ) -> Camera:
        before, names = self.logins(seen), _Names(self._known(site))
        # A new name even for the same user: every seat then sees that the log-in is another one.
        same_camera, same_recorder = logins.camera == before.camera, logins.recorder == before.recorder
        put = replace(
            camera,
            credential=seen.credential if same_camera else names.of(logins.camera),
            recorder_credential=seen.recorder_credential if same_recorder else names.of(logins.recorder),
        )
        stored = self._with(names.made, lambda: store(put))
        self._forget(site, seen, stored)
        return stored

    def _with(self, made: dict[str, Credential], store: Callable[[], Result]) -> Result:
        """Log-ins whose cameras were refused are taken back."""
        for name, login in made.items():
            self._logins.set_credential(name, login)
        try:
            return store()
        except ServiceError:
            for name in made:
                self._logins.remove_credential(name)
            raise

    def _held(self, name: str) -> Credential | None:
        return self._logins.credential(name) if name else None

    def _known(self, site: Site) -> dict[str, Credential]:
        names = dict.fromkeys(name for camera in site.cameras for name in _names_of(camera))
        found = ((name, self._logins.credential(name)) for name in names)
        return {name: login for name, login in found if login is not None}

    def _forget(self, site: Site, seen: Camera, now: Camera | None) -> None:
        """What `seen` had and no camera has any more; now: what became of it."""
        cameras = [camera for camera in site.cameras if camera.no != seen.no]
        used = {name for camera in cameras + ([now] if now else []) for name in _names_of(camera)}
        for name in _names_of(seen):
            if name not in used:
                self._remove(name)

    def _remove(self, name: str) -> None:
        try:
            self._logins.remove_credential(name)
        except ServiceError as error:
            # The camera is as it was wanted; a log-in that nobody uses harms nobody.
            log.warning("cameras.login_left", code=error.code)


class _Names:
    """Under which name a log-in is kept; made: those that are new."""

    def __init__(self, known: dict[str, Credential]) -> None:
        self._known = known
        self.made: dict[str, Credential] = {}

    def of(self, login: Credential | None) -> str:
        if login is None:
            return ""
        name = next((name for name, one in {**self._known, **self.made}.items() if one == login), "")
        if not name:
            name = f"cam-{new_id()}"
            self.made[name] = login
        return name


def _names_of(camera: Camera) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (camera.credential, camera.recorder_credential) if name))
