"""Asks the college's directory (LDAP, Active Directory) who somebody is; only ever over TLS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

from services.core.errors import ServiceError
from services.core.settings import Settings
from services.domain.people import SEAT_ROLES, Role

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Person:
    """role None: in none of the groups that have one."""

    display_name: str
    role: Role | None


class Directory(Protocol):
    def look_up(self, name: str, password: str) -> Person | None:
        """None when name or password is wrong; blocks.

        Raises ServiceError: identity.directory_unreachable(host), identity.directory_refers(host).
        """
        ...


@dataclass(frozen=True, slots=True)
class DirectoryPlace:
    """Where to ask and how.

    bind: the name to bind by, with {name} in it: "{name}@campus.example" or "uid={name},ou=people,dc=…".
    find: the filter of the person's own entry below `base`. roles: by group (its DN or its first part), the
    first one that fits counts. ca: PEM of who signed the server's certificate, None = whom the system trusts.
    """

    url: str
    bind: str
    base: str
    roles: Mapping[str, Role]
    find: str = "(|(sAMAccountName={name})(uid={name}))"
    ca: Path | None = field(default=None)


class _Unusable:
    """Settings that are wrong: told to who comes by the directory; local users come in all the same."""

    def __init__(self, error: ServiceError) -> None:
        self._error = error

    def look_up(self, _name: str, _password: str) -> Person | None:
        raise self._error


def directory_of(settings: Settings) -> Directory | None:
    """None where the settings name no directory."""
    if not settings.ldap_url:
        return None
    from services.identity.ldap import LdapDirectory

    try:
        return LdapDirectory(_place(settings))
    except ServiceError as error:
        log.error("directory.settings", **error.params)
        return _Unusable(error)


def _place(settings: Settings) -> DirectoryPlace:
    """Raises ServiceError("identity.directory_settings", field)."""
    known = [role.value for role in SEAT_ROLES]
    usable = {
        "ldap_bind": "{name}" in settings.ldap_bind,
        "ldap_base": bool(settings.ldap_base),
        "ldap_roles": bool(settings.ldap_roles) and set(settings.ldap_roles.values()) <= set(known),
    }
    for name, is_usable in usable.items():
        if not is_usable:
            raise ServiceError("identity.directory_settings", field=name)
    roles = {group: Role(role) for group, role in settings.ldap_roles.items()}
    return DirectoryPlace(
        settings.ldap_url, settings.ldap_bind, settings.ldap_base, roles, ca=settings.ldap_ca
    )
