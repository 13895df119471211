"""The site that is on record, for commands that need one."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.domain.site import Site
from services.storage import View


def stored_site(view: View) -> Site:
    """Raises ServiceError("camera.no_site") before the first import."""
    site = view.site()
    if site is None:
        raise ServiceError("camera.no_site")
    return site
