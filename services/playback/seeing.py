"""Whose recordings a session may see: what may not be watched live may not be watched later."""

from __future__ import annotations

from collections.abc import Sequence

from services.domain.people import Permission, Session
from services.domain.site import Site
from services.identity import authorize, camera_thing
from services.storage import View


def check_seen(view: View, session: Session, cameras: Sequence[str]) -> None:
    """Raises identity.barred for the first camera that is kept from the session."""
    site = view.site() if session.limits else None
    for no in cameras:
        authorize(session, Permission.WATCH, camera_thing(site, no))


def sees(session: Session, site: Site | None, no: str) -> bool:
    """site: may be None for a session without limits."""
    return not session.is_barred(Permission.WATCH, camera_thing(site, no))
