"""The directory over LDAP; a module of its own, so that only who has a directory loads the library."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from ldap3 import NONE, SIMPLE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_filter_chars
from pyasn1.error import PyAsn1Error

from services.core.errors import ServiceError
from services.core.typed import is_storable
from services.domain.people import Role
from services.identity.directory import DirectoryPlace, Person

# Whole seconds: the library packs them for the kernel.
LIMIT_S = 5
LDAPS_PORT, LDAP_PORT = 636, 389
# Result codes of RFC 4511.
_SUCCESS, _REFERRAL, _INVALID_CREDENTIALS = 0, 10, 49
# What goes into a name to bind by; nothing that could mean something else there.
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
# What the library raises besides its own errors when it cannot read an answer.
_UNREADABLE = (PyAsn1Error, LookupError, ValueError, TypeError)
_ATTRIBUTES = ("displayName", "cn", "memberOf")

log = structlog.get_logger(__name__)


class LdapDirectory:
    """Binds as the person themselves: no account of ours lies on any seat. "ldaps://" speaks TLS from the
    first byte, "ldap://" turns to TLS before anything is said."""

    def __init__(self, place: DirectoryPlace) -> None:
        parts = urlsplit(place.url)
        if parts.scheme not in ("ldap", "ldaps") or not parts.hostname:
            raise ServiceError("identity.directory_settings", field="ldap_url")
        self._place = place
        self._is_tls_first = parts.scheme == "ldaps"
        self._host = parts.hostname
        self._port = parts.port or (LDAPS_PORT if self._is_tls_first else LDAP_PORT)

    def look_up(self, name: str, password: str) -> Person | None:
        # A bind without a password succeeds for everybody: RFC 4513 5.1.2.
        if not is_storable(password) or not password or not _NAME.fullmatch(name):
            return None
        try:
            return self._look_up(name, password)
        except (LDAPException, OSError, *_UNREADABLE) as error:
            log.warning("directory.unreachable", host=self._host, error=type(error).__name__)
            raise ServiceError("identity.directory_unreachable", host=self._host) from None

    def _look_up(self, name: str, password: str) -> Person | None:
        connection = Connection(
            self._server(),
            user=self._place.bind.format(name=name),
            password=password,
            authentication=SIMPLE,
            receive_timeout=LIMIT_S,
            read_only=True,
            auto_referrals=False,  # another server would be told the password
            fast_decoder=False,  # it dies of an answer that refers to another server
        )
        try:
            connection.open()
            if not self._is_tls_first and not connection.start_tls():
                raise LDAPException("no TLS")
            if not connection.bind():
                self._check_referral(connection)
                _check_refusal(connection)
                return None
            return self._own_entry(connection, name)
        finally:
            line = connection.socket
            connection.unbind()
            if line is not None:  # the library leaves one open that was never connected
                line.close()

    def _server(self) -> Server:
        ca = str(self._place.ca) if self._place.ca is not None else None
        tls = Tls(validate=ssl.CERT_REQUIRED, version=ssl.PROTOCOL_TLS_CLIENT, ca_certs_file=ca)
        return Server(
            self._host,
            port=self._port,
            use_ssl=self._is_tls_first,
            tls=tls,
            get_info=NONE,
            connect_timeout=LIMIT_S,
        )

    def _own_entry(self, connection: Connection, name: str) -> Person | None:
        wanted = self._place.find.format(name=escape_filter_chars(name))
        connection.search(self._place.base, wanted, SUBTREE, attributes=list(_ATTRIBUTES), size_limit=2)
        self._check_referral(connection)
        found = [one for one in connection.response or () if one["type"] == "searchResEntry"]
        if connection.result["result"] != _SUCCESS or len(found) != 1:
            raise LDAPException("not one entry")
        attributes = {key.lower(): _texts(value) for key, value in found[0]["attributes"].items()}
        shown = [*attributes.get("displayname", ()), *attributes.get("cn", ()), name]
        return Person(shown[0], _role(self._place.roles, attributes.get("memberof", ())))

    def _check_referral(self, connection: Connection) -> None:
        """Another server is not asked: nobody here has said that it may hear passwords."""
        if connection.result["result"] == _REFERRAL:
            log.warning("directory.refers", host=self._host)
            raise ServiceError("identity.directory_refers", host=self._host)


def _check_refusal(connection: Connection) -> None:
    """Wrong name or password pass; a directory that is ill is no wrong password."""
    if connection.result["result"] != _INVALID_CREDENTIALS:
        raise LDAPException(str(connection.result["description"]))


def _role(roles: Mapping[str, Role], groups: tuple[str, ...]) -> Role | None:
    """By the whole DN or by its first part alone; the order of the settings decides between several."""
    held = {group.lower() for group in groups}
    held |= {group.partition(",")[0].partition("=")[2].lower() for group in groups}
    return next((role for group, role in roles.items() if group.lower() in held), None)


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(str(one) for one in values if one)
