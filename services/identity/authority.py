"""The one place that says whether a session may do a thing."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.domain.people import PERMISSIONS, Permission, Session


def authorize(session: Session, permission: Permission) -> None:
    """Raises ServiceError("identity.forbidden", permission, role) unless the role holds it."""
    if permission not in PERMISSIONS[session.role]:
        raise ServiceError("identity.forbidden", permission=permission.value, role=session.role.value)
