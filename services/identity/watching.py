"""Whose pictures a session may see: what may not be watched live is not watched or taken away later."""

from __future__ import annotations

from collections.abc import Iterable

from services.domain.people import Permission, Session
from services.domain.site import Site
from services.identity.authority import authorize, camera_thing
from services.storage import View


def check_cameras(
    view: View, session: Session, cameras: Iterable[str], permission: Permission = Permission.WATCH
) -> None:
    """Each must be one that `session` may watch, and use `permission` on. Raises as `authorize`."""
    site = site_of_limits(view, session)
    for no in cameras:
        for needed in dict.fromkeys((Permission.WATCH, permission)):
            authorize(session, needed, camera_thing(site, no))


def sees(session: Session, site: Site | None, camera: str) -> bool:
    """site: may be None for a session without limits."""
    return not session.is_barred(Permission.WATCH, camera_thing(site, camera))


def site_of_limits(view: View, session: Session) -> Site | None:
    """Only who is limited needs to know where a camera hangs."""
    return view.site() if session.limits else None
