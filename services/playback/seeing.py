"""Whose recordings a session may see: what may not be watched live may not be watched later."""

from __future__ import annotations

from collections.abc import Sequence

from services.domain.people import Permission, Session, Thing
from services.domain.site import Site
from services.identity import authorize
from services.storage import View


def check_seen(view: View, session: Session, cameras: Sequence[str]) -> None:
    """Raises identity.barred for the first camera that is kept from the session."""
    site = view.site() if session.limits else None
    for no in cameras:
        authorize(session, Permission.WATCH, _thing(site, no))


def sees(session: Session, site: Site | None, no: str) -> bool:
    """site: may be None for a session without limits."""
    return not session.is_barred(Permission.WATCH, _thing(site, no))


def _thing(site: Site | None, no: str) -> Thing:
    camera = site.camera(no) if site is not None else None
    return Thing(camera.place if camera is not None else "", no)
