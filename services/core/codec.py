"""Turns dataclasses into JSON and back, for rows, feeds and exports; msgspec does the work."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import TypeVar, cast

import msgspec

Entity = TypeVar("Entity")

_ENCODER = msgspec.json.Encoder(order="sorted")


def to_plain(value: object) -> object:
    """`value` as dicts, lists, tuples, str, int, float, bool and None; times as RFC 3339 with offset."""
    return cast(object, msgspec.to_builtins(value, str_keys=True))


def from_plain(kind: type[Entity], plain: object) -> Entity:
    """The dataclass `kind` from what `to_plain` made; unknown keys are ignored, missing ones default.

    Raises ValueError when `plain` does not fit.
    """
    return msgspec.convert(plain, kind)


def to_json(value: object) -> str:
    """The same as canonical JSON: keys sorted, no spaces, text as it is.

    Raises ValueError for a text that UTF-8 cannot hold, TypeError for what `to_plain` has to see first.
    """
    return _ENCODER.encode(value).decode()


def from_json(kind: type[Entity], text: str) -> Entity:
    """As `from_plain`; raises ValueError, for what is no JSON too."""
    return cast(Entity, _decoder(cast(Hashable, kind)).decode(text))


@cache
def _decoder(kind: Hashable) -> msgspec.json.Decoder[object]:
    return msgspec.json.Decoder(kind)
