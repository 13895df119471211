"""Turns domain dataclasses into JSON-ready dicts and back, for rows, feeds and exports."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TypeVar

Entity = TypeVar("Entity")

_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_plain(value: object) -> object:
    """`value` as dicts, lists, str, int, float, bool and None; times as ISO 8601 with offset."""
    kind = type(value)
    # Most are these; every alarm is written several times.
    if kind in _PLAIN:
        return value
    if is_dataclass(kind):
        return {name: to_plain(getattr(value, name)) for name in _hints(kind)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[Entity], plain: object) -> Entity:
    """The dataclass `kind` from what `to_plain` made; unknown keys are ignored, missing ones default.

    Raises ValueError, TypeError or KeyError when `plain` does not fit.
    """
    return typing.cast(Entity, _build(kind, plain))


def _build(hint: object, plain: object) -> object:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _build_optional(typing.get_args(hint), plain)
    if origin is tuple:
        return _build_tuple(typing.get_args(hint), plain)
    if origin is dict:
        return dict(typing.cast("dict[str, object]", plain))
    if isinstance(hint, typing.NewType):
        return _build(hint.__supertype__, plain)
    if isinstance(hint, type):
        return _build_type(hint, plain)
    raise TypeError(f"no codec for {hint!r}")


def _build_type(kind: type, plain: object) -> object:
    if is_dataclass(kind):
        if not isinstance(plain, dict):
            raise TypeError(f"{kind.__name__} wants a dict, not {type(plain).__name__}")
        return kind(
            **{name: _build(hint, plain[name]) for name, hint in _hints(kind).items() if name in plain}
        )
    if issubclass(kind, Enum):
        return kind(plain)
    if issubclass(kind, datetime):
        return datetime.fromisoformat(str(plain))
    if kind is float and isinstance(plain, (int, float)) and not isinstance(plain, bool):
        return float(plain)
    if not isinstance(plain, kind):
        raise TypeError(f"wants {kind.__name__}, not {type(plain).__name__}")
    return plain


def _build_optional(choices: tuple[object, ...], plain: object) -> object:
    if plain is None:
        return None
    return _build(next(choice for choice in choices if choice is not type(None)), plain)


def _build_tuple(items: tuple[object, ...], plain: object) -> object:
    values = list(typing.cast("list[object]", plain))
    if len(items) == 2 and items[1] is Ellipsis:
        return tuple(_build(items[0], value) for value in values)
    if len(items) != len(values):
        raise ValueError(f"wants {len(items)} values, not {len(values)}")
    return tuple(_build(item, value) for item, value in zip(items, values, strict=True))


@cache
def _hints(kind: type) -> dict[str, object]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
