"""The form of `secrets.toml`: names to read, values sealed; values typed in plain are understood too."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from services.core.errors import ServiceError
from services.core.keystore import KeyPlace, KeyStore
from services.core.privatefile import write_private
from services.core.sealing import SealBroken, SealKey
from services.core.trust import is_trust

PANEL_KEY_BYTES = (16, 24, 32)
SIGNING_SEED_BYTES = 32
CREDENTIAL, PANEL, SIGNING, KEY, SEALED = "credential", "panel", "signing", "key", "sealed"
SIGNING_FIELDS = frozenset({SEALED})
LOGIN_FIELDS = frozenset({"username", "password", "tls", SEALED})
PANEL_FIELDS = frozenset({"key", SEALED})
Result = TypeVar("Result")
HEAD = """\
# 由守望加密，名称可读，内容不可读。修改：shouwang secrets set 名称；或把一条的 sealed 一行换成
# username 和 password 两行（主机密钥换成 key 一行），下次启动时自动加密。
# Sealed by Shouwang: names can be read, values cannot. To change one: shouwang secrets set NAME, or put
# username and password lines (for a panel a key line) in place of its sealed line; the next start seals them.
"""


class Login(NamedTuple):
    """A credential as the file holds it."""

    username: str
    password: str
    tls: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a secrets file says. is_sealed: nothing in it was plain text.

    trouble: why not all of it could be read; shut_panels: accounts whose entry could not.
    signing_seeds: of the keys that sign for this machine, by their use.
    """

    logins: Mapping[str, Login] = field(repr=False)
    panel_keys: Mapping[str, bytes] = field(repr=False)
    is_sealed: bool = True
    shut_panels: frozenset[str] = frozenset()
    trouble: ServiceError | None = None
    signing_seeds: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def read_contents(path: Path, keys: KeyStore) -> Contents:
    """Empty without a file. Raises ServiceError("secrets.invalid", file, where) and the key's trouble."""
    document = _document(path)
    reader = _Reader(document, path.name, _key_of(document, path.name, keys))
    reader.refuse_unknown()
    logins = {name: reader.login(name, entry) for name, entry in reader.tables(CREDENTIAL, LOGIN_FIELDS)}
    panel_keys = {name: reader.panel_key(name, entry) for name, entry in reader.tables(PANEL, PANEL_FIELDS)}
    seeds = {name: reader.signing_seed(name, entry) for name, entry in reader.tables(SIGNING, SIGNING_FIELDS)}
    return Contents(logins, panel_keys, is_sealed=not reader.has_plain, signing_seeds=seeds)


def read_what_opens(path: Path, keys: KeyStore) -> Contents:
    """What can be read of a file that `read_contents` may refuse; never raises."""
    troubles: list[ServiceError] = []
    document = _kept(lambda: _document(path), troubles) or {}
    key = _kept(lambda: _key_of(document, path.name, keys), troubles)
    reader = _Reader(document, path.name, key)
    _kept(reader.refuse_unknown, troubles)
    found_logins = _what_opens(reader, CREDENTIAL, LOGIN_FIELDS, reader.login, troubles)
    found_keys = _what_opens(reader, PANEL, PANEL_FIELDS, reader.panel_key, troubles)
    found_seeds = _what_opens(reader, SIGNING, SIGNING_FIELDS, reader.signing_seed, troubles)
    logins = {name: login for name, login in found_logins.items() if login is not None}
    panel_keys = {account: raw for account, raw in found_keys.items() if raw is not None}
    return Contents(
        logins,
        panel_keys,
        is_sealed=not reader.has_plain,
        shut_panels=frozenset(found_keys.keys() - panel_keys.keys()),
        trouble=troubles[0] if troubles else None,
        signing_seeds={name: seed for name, seed in found_seeds.items() if seed is not None},
    )


def write_contents(path: Path, contents: Contents, keys: KeyStore, *, avoids_keyring: bool) -> None:
    """Seal and replace the file; one that cannot be read is left alone and raises what reading it raises."""
    before = read_contents(path, keys)
    document = _document(path)
    key = _key_of(document, path.name, keys)
    with writing(path):
        if key is None:
            place, key = keys.make(avoids_keyring=avoids_keyring)
        else:
            place = KeyPlace(document[KEY]["place"])
        _write(path, contents, place, key, wipes_old=not before.is_sealed)


def move_key(path: Path, keys: KeyStore, to: KeyPlace) -> None:
    """The same key at another place; the old one is removed last. Raises what reading and writing raise."""
    contents = read_contents(path, keys)
    document = _document(path)
    key = _key_of(document, path.name, keys)
    if key is None:
        write_contents(path, contents, keys, avoids_keyring=to is KeyPlace.FILE)
        document = _document(path)
        key = _key_of(document, path.name, keys)
    if key is None or document[KEY]["place"] == to.value:
        return
    with writing(path):
        keys.keep(key, to)
        _write(path, contents, to, key, wipes_old=not contents.is_sealed)
        keys.forget(key, KeyPlace(document[KEY]["place"]))


def key_place(path: Path) -> KeyPlace | None:
    """Where the file says that its key is; None when nothing is sealed yet. Raises ServiceError."""
    said = _document(path).get(KEY)
    try:
        return None if said is None else KeyPlace(said["place"])
    except (TypeError, KeyError, ValueError):
        raise ServiceError("secrets.invalid", file=path.name, where=KEY) from None


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Trouble with the disk as ServiceError("secrets.cannot_write", file, reason)."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServiceError("secrets.cannot_write", file=path.name, reason=reason) from None


def _write(path: Path, contents: Contents, place: KeyPlace, key: SealKey, *, wipes_old: bool) -> None:
    text = HEAD + "\n".join(_lines(contents, place, key)) + "\n"
    write_private(path, text.encode(), wipes_old=wipes_old)


class _Reader:
    """Takes one document apart; every refusal says where and quotes nothing."""

    def __init__(self, document: Mapping[str, Any], file: str, key: SealKey | None) -> None:
        self._document = document
        self._file = file
        self._key = key
        self.has_plain = False

    def refuse_unknown(self) -> None:
        if not self._document.keys() <= {KEY, CREDENTIAL, PANEL, SIGNING}:
            raise self._invalid("")

    def tables(self, kind: str, fields: frozenset[str]) -> list[tuple[str, Mapping[str, Any]]]:
        tables = self.entries(kind)
        for name, entry in tables.items():
            self.refuse_unknown_fields(kind, name, entry, fields)
        return list(tables.items())

    def entries(self, kind: str) -> Mapping[str, Mapping[str, Any]]:
        tables = self._document.get(kind, {})
        if not isinstance(tables, dict) or not all(isinstance(entry, dict) for entry in tables.values()):
            raise self._invalid(kind)
        return tables

    def refuse_unknown_fields(
        self, kind: str, name: str, entry: Mapping[str, Any], fields: frozenset[str]
    ) -> None:
        """What is not understood would be lost when the file is written again."""
        if not entry.keys() <= fields:
            raise self._invalid(f"{kind}.{name}")

    def login(self, name: str, entry: Mapping[str, Any]) -> Login:
        """Plain lines outrank a sealed one beside them: a person typed them later."""
        where = f"{CREDENTIAL}.{name}"
        if "password" in entry or SEALED not in entry:
            self.has_plain = True
            said: Any = (entry.get("username"), entry.get("password"), entry.get("tls", ""))
        else:
            said = self._opened(CREDENTIAL, name, entry, where)
        if not isinstance(said, (list, tuple)) or len(said) != 3 or not all(isinstance(s, str) for s in said):
            raise self._invalid(where)
        if not is_trust(said[2]):
            raise self._invalid(where)
        return Login(*said)

    def panel_key(self, name: str, entry: Mapping[str, Any]) -> bytes:
        where = f"{PANEL}.{name}"
        if "key" in entry or SEALED not in entry:
            self.has_plain = True
            said = entry.get("key")
        else:
            said = self._opened(PANEL, name, entry, where)
        try:
            key = bytes.fromhex(said) if isinstance(said, str) else b""
        except ValueError:
            key = b""
        if len(key) not in PANEL_KEY_BYTES:
            raise self._invalid(where)
        return key

    def signing_seed(self, name: str, entry: Mapping[str, Any]) -> bytes:
        """Only ever sealed: nobody types one in."""
        where = f"{SIGNING}.{name}"
        said = self._opened(SIGNING, name, entry, where) if SEALED in entry else None
        if not isinstance(said, str) or len(said) != 2 * SIGNING_SEED_BYTES:
            raise self._invalid(where)
        return bytes.fromhex(said)

    def _opened(self, kind: str, name: str, entry: Mapping[str, Any], where: str) -> Any:
        sealed = entry[SEALED]
        if self._key is None or not isinstance(sealed, str):
            raise self._invalid(where)
        try:
            return json.loads(self._key.unseal(kind, name, sealed))
        except SealBroken:
            raise ServiceError("secrets.seal_broken", file=self._file, where=where) from None

    def _invalid(self, where: str) -> ServiceError:
        return ServiceError("secrets.invalid", file=self._file, where=where)


def _what_opens(
    reader: _Reader,
    kind: str,
    fields: frozenset[str],
    read: Callable[[str, Mapping[str, Any]], Result],
    troubles: list[ServiceError],
) -> dict[str, Result | None]:
    """Each entry of `kind`, None for one that cannot be read."""
    entries = _kept(lambda: reader.entries(kind), troubles) or {}
    for name, entry in entries.items():
        _kept(partial(reader.refuse_unknown_fields, kind, name, entry, fields), troubles)
    return {name: _kept(partial(read, name, entry), troubles) for name, entry in entries.items()}


def _kept(work: Callable[[], Result], troubles: list[ServiceError]) -> Result | None:
    """The result of `work`; its ServiceError goes to `troubles`."""
    try:
        return work()
    except ServiceError as trouble:
        troubles.append(trouble)
        return None


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        # The parser's own text may quote a secret.
        raise ServiceError("secrets.invalid", file=path.name, where="") from None


def _key_of(document: Mapping[str, Any], file: str, keys: KeyStore) -> SealKey | None:
    """The key that the file names, None when it names none: all in it is plain."""
    said = document.get(KEY)
    if said is None:
        return None
    try:
        place, key_id = KeyPlace(said["place"]), str(said["id"])
    except (TypeError, KeyError, ValueError):
        raise ServiceError("secrets.invalid", file=file, where=KEY) from None
    return keys.fetch(place, key_id)


def _lines(contents: Contents, place: KeyPlace, key: SealKey) -> list[str]:
    lines = [f"[{KEY}]", f'place = "{place.value}"', f'id = "{key.id}"']
    for name, login in contents.logins.items():
        lines += _sealed_entry(CREDENTIAL, name, json.dumps(login), key)
    for account, panel_key in contents.panel_keys.items():
        lines += _sealed_entry(PANEL, account, json.dumps(panel_key.hex()), key)
    for name, seed in contents.signing_seeds.items():
        lines += _sealed_entry(SIGNING, name, json.dumps(seed.hex()), key)
    return lines


def _sealed_entry(kind: str, name: str, text: str, key: SealKey) -> list[str]:
    return ["", f"[{kind}.{_quoted(name)}]", f'{SEALED} = "{key.seal(kind, name, text)}"']


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
