"""Opens a site's cameras by number: the site knows the URL, the machine's secrets the password."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.core.secrets import Credential, HeldSecrets
from services.domain.site import Site
from services.video.address import StreamAddress
from services.video.engine import VideoEngine
from services.video.feed import Feed
from services.video.sound import SoundReader

NO_LOG_IN = Credential("", "")


class SiteCameras:
    """Feeds of one site's cameras; `open` and `close` return at once."""

    def __init__(self, engine: VideoEngine, site: Site, secrets: HeldSecrets) -> None:
        self._engine = engine
        self._site = site
        self._secrets = secrets

    def use_site(self, site: Site) -> None:
        """Cameras opened from now on are those of `site`."""
        self._site = site

    def open(self, camera_no: str, stream: str) -> Feed:
        """The `main` or the `sub` stream; raises ServiceError("video.unknown_camera", camera)."""
        return self._engine.open(self._address(camera_no, stream))

    def listen(self, camera_no: str, rate_hz: int) -> SoundReader:
        """What the camera hears, of its sub-stream or else of its main one; not yet started.

        Raises ServiceError("video.unknown_camera", camera).
        """
        return SoundReader([self._address(camera_no, stream) for stream in ("sub", "main")], rate_hz)

    def close(self, feed: object) -> None:
        """A feed that `open` gave; a screen knows it only by what it shows."""
        if isinstance(feed, Feed):
            self._engine.close(feed)

    def _address(self, camera_no: str, stream: str) -> StreamAddress:
        camera = self._site.camera(camera_no)
        if camera is None:
            raise ServiceError("video.unknown_camera", camera=camera_no)
        url = camera.main_url if stream == "main" else camera.sub_url
        login = self._secrets.credential(camera.credential) or NO_LOG_IN
        return StreamAddress(
            url,
            login.username,
            login.password,
            transport=camera.transport,
            engine=camera.engine,
            tls=login.tls,
        )
