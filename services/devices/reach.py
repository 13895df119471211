"""How a camera of the site is reached as a device."""

from __future__ import annotations

from collections.abc import Callable

from services.core.errors import ServiceError
from services.core.secrets import HeldSecrets
from services.devices.onvif import OnvifDevice, open_device
from services.domain.site import Site

LIMIT_S = 5.0  # a hand on the arrow key does not wait longer


def can_be_steered(site: Site, camera_no: str) -> bool:
    camera = site.camera(camera_no)
    return camera is not None and camera.has_ptz and bool(camera.onvif_url)


class Reach:
    """Opens devices of the site as it is now, with this machine's secrets; usable from any thread."""

    def __init__(self, site: Callable[[], Site], secrets: HeldSecrets) -> None:
        self._site = site
        self._secrets = secrets

    def open(self, camera_no: str) -> OnvifDevice:
        """Nothing is sent yet. Raises onvif.unsupported(what) without ONVIF, onvif.bad_address."""
        camera = self._site().camera(camera_no)
        if camera is None or not camera.onvif_url:
            raise ServiceError("onvif.unsupported", what="onvif")
        return open_device(camera.onvif_url, self._secrets.credential(camera.credential), limit_s=LIMIT_S)
