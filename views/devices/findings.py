"""What a search found, as one kind of row whichever way it was found; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.devices.onvif import FoundDevice
from services.devices.scan import FoundCamera
from services.domain.site import Site
from views.devices.draft import host_of


@dataclass(frozen=True, slots=True)
class Finding:
    """A device that answered. camera_no: the site's camera at this address, "" for a new one.

    login_fits: None when none was tried. ports: what else is open there, when no stream was found.
    """

    host: str
    title: str
    main_url: str = ""
    sub_url: str = ""
    onvif_url: str = ""
    camera_no: str = ""
    needs_login: bool = False
    login_fits: bool | None = None
    ports: tuple[int, ...] = ()

    @property
    def is_usable(self) -> bool:
        """There is an address to go on with."""
        return bool(self.main_url or self.onvif_url)


def of_device(device: FoundDevice, site: Site) -> Finding:
    host = host_of(device.url)
    title = " ".join(part for part in (device.name, device.hardware) if part)
    return Finding(
        host, title, onvif_url=device.url, camera_no=_known(site, device.url, ""), needs_login=True
    )


def of_scan(found: FoundCamera, site: Site) -> Finding:
    main_url = found.main_url or (f"rtsp://{found.host}:{found.rtsp_port}/" if found.rtsp_port else "")
    return Finding(
        found.host,
        found.server,
        main_url,
        found.sub_url,
        camera_no=_known(site, "", main_url),
        needs_login=found.needs_login,
        login_fits=found.login_fits,
        ports=found.open_ports,
    )


def new_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that are no cameras of the site yet, usable ones first; otherwise in their order."""
    return tuple(sorted(findings, key=lambda found: (bool(found.camera_no), not found.is_usable)))


def _known(site: Site, onvif_url: str, main_url: str) -> str:
    """By the whole address: one machine may serve many cameras."""
    for camera in site.cameras:
        if (onvif_url and camera.onvif_url == onvif_url) or (main_url and camera.main_url == main_url):
            return str(camera.no)
    return ""
