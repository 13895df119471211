"""This machine's secrets: camera log-ins and panel keys, apart from the site file and the database."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.core.errors import ServiceError

KEY_BYTES = (16, 24, 32)


@dataclass(frozen=True, slots=True)
class Credential:
    """A log-in; its password is never shown."""

    username: str
    password: str = field(repr=False)


class Secrets:
    """Credentials by name and panel AES keys by account, as the secrets file holds them."""

    def __init__(
        self,
        credentials: Mapping[str, Credential] | None = None,
        panel_keys: Mapping[str, bytes] | None = None,
    ) -> None:
        self._credentials = dict(credentials or {})
        self._panel_keys = dict(panel_keys or {})

    def __repr__(self) -> str:
        return f"Secrets({len(self._credentials)} credentials, {len(self._panel_keys)} panel keys)"

    @classmethod
    def load(cls, path: Path) -> Secrets:
        """Read the file; empty when there is none. Raises ServiceError("secrets.invalid", file, where)."""
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            # The parser's own text may quote a secret.
            raise ServiceError("secrets.invalid", file=path.name, where="") from None
        return cls(_credentials(document, path.name), _panel_keys(document, path.name))

    def save(self, path: Path) -> None:
        """Write the file for its owner only, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".new")
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(self._text())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)

    def credential(self, name: str) -> Credential | None:
        return self._credentials.get(name)

    def panel_key(self, account: str) -> bytes | None:
        """16, 24 or 32 bytes, or None for a panel that sends plain frames."""
        return self._panel_keys.get(account)

    def _text(self) -> str:
        lines = []
        for name, credential in self._credentials.items():
            lines += [
                f"[credential.{_quoted(name)}]",
                f"username = {_quoted(credential.username)}",
                f"password = {_quoted(credential.password)}",
            ]
        for account, key in self._panel_keys.items():
            lines += [f"[panel.{_quoted(account)}]", f'key = "{key.hex()}"']
        return "\n".join(lines) + "\n"


def _credentials(document: Mapping[str, Any], file: str) -> dict[str, Credential]:
    found = {}
    for name, entry in _tables(document, "credential", file):
        username, password = entry.get("username"), entry.get("password")
        if not isinstance(username, str) or not isinstance(password, str):
            raise ServiceError("secrets.invalid", file=file, where=f"credential.{name}")
        found[name] = Credential(username, password)
    return found


def _panel_keys(document: Mapping[str, Any], file: str) -> dict[str, bytes]:
    found = {}
    for account, entry in _tables(document, "panel", file):
        try:
            key = bytes.fromhex(entry["key"])
        except (KeyError, TypeError, ValueError):
            key = b""
        if len(key) not in KEY_BYTES:
            raise ServiceError("secrets.invalid", file=file, where=f"panel.{account}")
        found[account] = key
    return found


def _tables(document: Mapping[str, Any], name: str, file: str) -> list[tuple[str, Mapping[str, Any]]]:
    tables = document.get(name, {})
    if not isinstance(tables, dict) or not all(isinstance(entry, dict) for entry in tables.values()):
        raise ServiceError("secrets.invalid", file=file, where=name)
    return list(tables.items())


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
