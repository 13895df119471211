"""Turns dataclasses into JSON and back, for rows, feeds and exports; msgspec does the work."""

from __future__ import annotations

import json
import math
from collections.abc import Hashable
from datetime import datetime
from functools import cache
from typing import TypeVar, cast

import msgspec

Entity = TypeVar("Entity")

_ENCODER = msgspec.json.Encoder(order="sorted")


def to_plain(value: object) -> object:
    """`value` as dicts, lists, str, int, float, bool and None; times as ISO 8601 with offset.

    What is hashed or signed is made of it: it must not change from version to version.
    """
    return _plain(msgspec.to_builtins(value, builtin_types=(datetime,), str_keys=True))


def from_plain(kind: type[Entity], plain: object) -> Entity:
    """The dataclass `kind` from what `to_plain` made; unknown keys are ignored, missing ones default.

    Raises ValueError when `plain` does not fit, or holds NaN or an infinity, which JSON has no word for.
    """
    if not _is_finite(plain):
        raise ValueError("not a finite number")
    return msgspec.convert(plain, kind)


def to_json(value: object) -> str:
    """The same as canonical JSON: keys sorted, no spaces, text as it is; times in UTC end with "Z".

    Raises ValueError for a text that UTF-8 cannot hold, TypeError for what `to_plain` has to see first.
    """
    return _ENCODER.encode(value).decode()


def from_json(kind: type[Entity], text: str) -> Entity:
    """As `from_plain`; raises ValueError, for what is no JSON too."""
    try:
        return cast(Entity, _decoder(cast(Hashable, kind)).decode(text))
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        # What older versions wrote may hold Infinity, or half of a pair as an escape.
        return msgspec.convert(json.loads(text), kind)


@cache
def _decoder(kind: Hashable) -> msgspec.json.Decoder[object]:
    return msgspec.json.Decoder(kind)


def _is_finite(plain: object) -> bool:
    kind = type(plain)
    if kind is dict:
        return all(map(_is_finite, cast("dict[str, object]", plain).values()))
    if kind is list or kind is tuple:
        return all(map(_is_finite, cast("list[object]", plain)))
    return not isinstance(plain, float) or math.isfinite(plain)


def _plain(value: object) -> object:
    kind = type(value)
    if kind is dict:
        return {key: _plain(one) for key, one in cast("dict[str, object]", value).items()}
    if kind is list or kind is tuple:
        return [_plain(one) for one in cast("list[object]", value)]
    return value.isoformat() if isinstance(value, datetime) else value
