"""What people type or paste and devices send, as the record can keep it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.core.cells import writable_text

# PostgreSQL takes no NUL, UTF-8 no half of a pair: SQLite neither, then.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_STAND_IN = "\ufffd"


def typed_text(text: str) -> str:
    """Without blanks around it and without what no database or paper can hold; "" when there is nothing to
    be seen in it, for a reason that nobody can read is none."""
    kept = writable_text(text).strip()
    return kept if any(sign.isprintable() and not sign.isspace() for sign in kept) else ""


def storable(value: object) -> object:
    """`value` with every text in it, in rows and by names too, as both databases take it."""
    match value:
        case str():
            return storable_text(value)
        case Mapping():
            return {storable(name): storable(one) for name, one in value.items()}
        case list():
            return [storable(one) for one in value]
        case tuple():
            return tuple(storable(one) for one in value)
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
