"""The one place that says whether a session may do a thing, to this object."""

from __future__ import annotations

from dataclasses import replace

from services.core.errors import ServiceError
from services.domain.people import Permission, Session, Thing
from services.domain.site import Site

NOTHING_YET = Thing()


def authorize(session: Session, permission: Permission, thing: Thing = NOTHING_YET) -> None:
    """By role, then by what is taken from the user or role for this thing.

    Without a thing only a limit that holds everywhere refuses: the command asks again, inside its
    transaction, when it knows what it is about. Raises ServiceError("identity.forbidden", permission, role),
    ServiceError("identity.barred", permission, place, camera).
    """
    if not session.may(permission):
        raise ServiceError("identity.forbidden", permission=permission.value, role=session.role.value)
    refuse_barred(session, permission, thing)


def refuse_barred(session: Session | None, permission: Permission, thing: Thing) -> None:
    """The second half alone, for steps that several permissions lead to; the system itself has no limits."""
    if session is not None and session.is_barred(permission, thing):
        raise ServiceError(
            "identity.barred", permission=permission.value, place=thing.place, camera=thing.camera
        )


def camera_thing(site: Site | None, no: str) -> Thing:
    """With its place, as far as the site knows it: a limit may be on either."""
    camera = site.camera(no) if site is not None else None
    return Thing(camera.place if camera is not None else "", no)


def visible_site(session: Session, site: Site) -> Site:
    """The site without the cameras that the session may not see: on its seat they are nowhere."""
    if not session.limits:
        return site
    seen = (
        camera
        for camera in site.cameras
        if not session.is_barred(Permission.WATCH, Thing(camera.place, camera.no))
    )
    return replace(site, cameras=tuple(seen))
