"""What the command line changes about this machine's secrets; a password is never among its arguments."""

from __future__ import annotations

import ssl
import sys

from app.accounts import ask_password
from app.records import Row
from app.roles import load_secrets, secrets_file
from services.core.errors import ServiceError
from services.core.keystore import KeyPlace
from services.core.secrets import Credential
from services.core.secretsfile import PANEL_KEY_BYTES
from services.core.settings import Settings
from services.core.trust import fingerprint_of

ANSWER_LIMIT_S = 5.0
MOST_PORT = 65535


def secret_rows(settings: Settings) -> list[Row]:
    """Names only."""
    secrets = load_secrets(settings).now
    rows: list[Row] = [{"kind": "credential", "name": name} for name in secrets.credential_names]
    return rows + [{"kind": "panel", "name": account} for account in secrets.panel_accounts]


def set_login(settings: Settings, name: str, username: str | None, tls: str | None) -> Row:
    """What is not given stays as it was. Raises ServiceError("app.username_needed", secrets.*)."""
    secrets = load_secrets(settings)
    known = secrets.credential(name) or Credential("", "")
    username = username if username is not None else known.username or _asked_username()
    tls = known.tls if tls is None else tls
    secrets.set_credential(name, Credential(username, ask_password(), tls))
    return {"kind": "credential", "name": name}


def set_panel_key(settings: Settings, account: str) -> Row:
    """The key is asked for like a password. Raises ServiceError("secrets.bad_panel_key", secrets.*)."""
    secrets = load_secrets(settings)
    try:
        key = bytes.fromhex(ask_password())
    except ValueError:
        key = b""
    if len(key) not in PANEL_KEY_BYTES:
        raise ServiceError("secrets.bad_panel_key", account=account)
    secrets.set_panel_key(account, key)
    return {"kind": "panel", "name": account}


def remove_login(settings: Settings, name: str) -> Row:
    secrets = load_secrets(settings)
    if secrets.credential(name) is None:
        raise ServiceError("secrets.unknown", name=name)
    secrets.remove_credential(name)
    return {"kind": "credential", "name": name, "removed": True}


def key_row(settings: Settings, to: KeyPlace | None) -> Row:
    """Where the key is; moved first when `to` is given."""
    secrets = secrets_file(settings)
    if to is not None:
        secrets.move_key(to)
    place = secrets.key_place
    return {"key": place.value if place else None}


def fingerprint_row(address: str) -> Row:
    """Of the certificate that HOST:PORT shows, unchecked: compare it with the camera's own page.

    Raises ServiceError("app.bad_address" | "secrets.no_certificate").
    """
    host, colon, port = address.rpartition(":")
    if not colon or not (port.isascii() and port.isdecimal()) or int(port) > MOST_PORT:
        raise ServiceError("app.bad_address", text=address)
    try:
        pem = ssl.get_server_certificate((host.strip("[]"), int(port)), timeout=ANSWER_LIMIT_S)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServiceError("secrets.no_certificate", address=address, reason=reason) from None
    return {"tls": fingerprint_of(ssl.PEM_cert_to_DER_cert(pem))}


def _asked_username() -> str:
    if not sys.stdin.isatty():
        raise ServiceError("app.username_needed")
    return input("用户名 / user name: ")
