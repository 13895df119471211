"""What people type or paste and devices send, as the record can keep it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from services.core.cells import writable_text

# PostgreSQL takes no NUL, UTF-8 no half of a pair: SQLite neither, then.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_STAND_IN = "\ufffd"
_NO_TEXTS = frozenset({int, float, bool, bytes, datetime, type(None)})


def typed_text(text: str) -> str:
    """Without blanks around it and without what no database or paper can hold; "" when there is nothing to
    be seen in it, for a reason that nobody can read is none."""
    kept = writable_text(text).strip()
    return kept if any(sign.isprintable() and not sign.isspace() for sign in kept) else ""


def storable(value: object) -> object:
    """`value` itself, or where a text in it, in rows and by names too, is not as both databases take it, one
    that is."""
    return value if _is_all_storable(value) else _cleaned(value)


def _is_all_storable(value: object) -> bool:
    """Asked of every row that is written: by exact types, which are found out soonest."""
    kind = type(value)
    if kind is str:
        return is_storable(cast(str, value))
    if kind is dict:
        plain = cast("dict[object, object]", value)
        return all(map(_is_all_storable, plain)) and all(map(_is_all_storable, plain.values()))
    if kind is list or kind is tuple:
        return all(map(_is_all_storable, cast("list[object]", value)))
    if kind in _NO_TEXTS:
        return True
    if isinstance(value, str):
        return is_storable(value)
    # Rare kinds of collections are looked at the slow way.
    return not isinstance(value, (Mapping, list, tuple))


def _cleaned(value: object) -> object:
    match value:
        case str():
            return storable_text(value)
        case Mapping():
            return {_cleaned(name): _cleaned(one) for name, one in value.items()}
        case list():
            return [_cleaned(one) for one in value]
        case tuple():
            return tuple(_cleaned(one) for one in value)
        case _:
            return value


def storable_text(text: str) -> str:
    """A sign that one of the databases refuses is shown as "�", never left out, for "a\\0b" is not to be
    taken for "ab"."""
    return text if is_storable(text) else _UNSTORABLE.sub(_STAND_IN, text)


def is_storable(text: str) -> bool:
    # Asked of every text of every row: many times faster than a search by pattern.
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
