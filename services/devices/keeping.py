"""Saves a camera with its log-in: the one into the site, the other into this machine's secrets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
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


class CameraKeeper:
    """Every method blocks and raises what CameraDesk and the secrets raise.

    A log-in that a camera of the site has already is shared, so one password is kept once. login None:
    the camera wants none. The log-in is written first: a camera is never without the one it was tried with.
    """

    def __init__(self, desk: CameraDesk, logins: LoginStore) -> None:
        self._desk = desk
        self._logins = logins

    def login(self, camera: Camera) -> Credential | None:
        """What this machine logs in with."""
        return self._logins.credential(camera.credential) if camera.credential else None

    def add(self, session: Session, site: Site, camera: Camera, login: Credential | None) -> Camera:
        return self.add_all(session, site, [(camera, login)])[0]

    def add_all(
        self, session: Session, site: Site, cameras: Sequence[tuple[Camera, Credential | None]]
    ) -> tuple[Camera, ...]:
        """All of them or none."""
        known = self._known(site)
        made: dict[str, Credential] = {}
        named = []
        for camera, login in cameras:
            name = next((name for name, one in {**known, **made}.items() if one == login), "")
            if login is not None and not name:
                name = f"cam-{new_id()}"
                made[name] = login
            named.append(replace(camera, credential=name))
        return self._with(made, lambda: self._desk.add_all(session, named))

    def change(
        self, session: Session, site: Site, seen: Camera, camera: Camera, login: Credential | None
    ) -> Camera:
        return self._put(site, seen, camera, login, lambda put: self._desk.change(session, seen, put))

    def replace(
        self, session: Session, site: Site, seen: Camera, device: Camera, login: Credential | None
    ) -> Camera:
        return self._put(site, seen, device, login, lambda put: self._desk.replace(session, seen, put))

    def remove(self, session: Session, site: Site, seen: Camera, *, unpin: bool) -> Camera:
        """Its log-in goes too when no other camera has it."""
        removed = self._desk.remove(session, seen, unpin=unpin)
        self._forget(site, seen)
        return removed

    def _put(
        self,
        site: Site,
        seen: Camera,
        camera: Camera,
        login: Credential | None,
        store: Callable[[Camera], Camera],
    ) -> Camera:
        if login == self.login(seen):
            return store(replace(camera, credential=seen.credential))
        known = self._known(site)
        name = next((name for name, one in known.items() if one == login), "")
        made: dict[str, Credential] = {}
        if login is not None and not name:
            name = f"cam-{new_id()}"
            made[name] = login
        # A new name even for the same user: every seat then sees that the log-in is another one.
        stored = self._with(made, lambda: store(replace(camera, credential=name)))
        self._forget(site, seen)
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

    def _known(self, site: Site) -> dict[str, Credential]:
        names = dict.fromkeys(camera.credential for camera in site.cameras if camera.credential)
        found = ((name, self._logins.credential(name)) for name in names)
        return {name: login for name, login in found if login is not None}

    def _forget(self, site: Site, seen: Camera) -> None:
        others = {camera.credential for camera in site.cameras if camera.no != seen.no}
        if not seen.credential or seen.credential in others:
            return
        try:
            self._logins.remove_credential(seen.credential)
        except ServiceError as error:
            # The camera is as it was wanted; a log-in that nobody uses harms nobody.
            log.warning("cameras.login_left", code=error.code)
