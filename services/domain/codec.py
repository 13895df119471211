"""Turns domain dataclasses into JSON-ready dicts and back, for rows, feeds and exports."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TypeVar

Entity = TypeVar("Entity")
# How values of one type are written, how what a hint names is read: found out once, every alarm is written
# and read several times.
Writer = Callable[[object], object]
Reader = Callable[[object], object]

_PLAIN = frozenset({str, int, float, bool, type(None)})
_WRITERS: dict[type, Writer] = {}


def to_plain(value: object) -> object:
    """`value` as dicts, lists, str, int, float, bool and None; times as ISO 8601 with offset."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    write = _WRITERS.get(kind)
    if write is None:
        write = _WRITERS[kind] = _writer(kind)
    return write(value)


def from_plain(kind: type[Entity], plain: object) -> Entity:
    """The dataclass `kind` from what `to_plain` made; unknown keys are ignored, missing ones default.

    Raises ValueError, TypeError or KeyError when `plain` does not fit.
    """
    return typing.cast(Entity, _reader(typing.cast(Hashable, kind))(plain))


def _writer(kind: type) -> Writer:
    if is_dataclass(kind):
        return _dataclass_writer(kind)
    if issubclass(kind, Enum):
        return lambda value: typing.cast(Enum, value).value
    if issubclass(kind, datetime):
        return lambda value: typing.cast(datetime, value).isoformat()
    if issubclass(kind, (list, tuple)):
        return lambda value: [to_plain(item) for item in typing.cast("list[object]", value)]
    if issubclass(kind, dict):
        return lambda value: {
            str(key): to_plain(item) for key, item in typing.cast("dict[object, object]", value).items()
        }
    return lambda value: value


def _dataclass_writer(kind: type) -> Writer:
    names = tuple(field.name for field in fields(kind))
    return lambda value: {name: to_plain(getattr(value, name)) for name in names}


@cache
def _reader(hint: Hashable) -> Reader:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _optional_reader(typing.get_args(hint))
    if origin is tuple:
        return _tuple_reader(typing.get_args(hint))
    if origin is dict:
        return lambda plain: dict(typing.cast("dict[str, object]", plain))
    if isinstance(hint, typing.NewType):
        return _reader(hint.__supertype__)
    if isinstance(hint, type):
        return _type_reader(hint)
    raise TypeError(f"no codec for {hint!r}")


def _type_reader(kind: type) -> Reader:
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if issubclass(kind, Enum):
        return _enum_reader(kind)
    if issubclass(kind, datetime):
        return lambda plain: datetime.fromisoformat(str(plain))
    if kind is float:
        return _read_float

    def read(plain: object) -> object:
        if not isinstance(plain, kind):
            raise TypeError(f"wants {kind.__name__}, not {type(plain).__name__}")
        return plain

    return read


def _enum_reader(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}
    # The enum itself says what is wrong with a value that it does not have.
    return lambda plain: members.get(plain) or kind(plain)


def _read_float(plain: object) -> float:
    if isinstance(plain, (int, float)) and not isinstance(plain, bool):
        return float(plain)
    raise TypeError(f"wants float, not {type(plain).__name__}")


def _dataclass_reader(kind: type) -> Reader:
    hints = typing.get_type_hints(kind)
    # Made whole by the first that is read, not now: a dataclass may hold another of its own kind.
    named: tuple[tuple[str, Reader], ...] = ()

    def read(plain: object) -> object:
        nonlocal named
        if not isinstance(plain, dict):
            raise TypeError(f"{kind.__name__} wants a dict, not {type(plain).__name__}")
        if not named:
            named = tuple((field.name, _reader(hints[field.name])) for field in fields(kind))
        return kind(**{name: read_field(plain[name]) for name, read_field in named if name in plain})

    return read


def _optional_reader(choices: tuple[object, ...]) -> Reader:
    read = _reader(next(choice for choice in choices if choice is not type(None)))
    return lambda plain: None if plain is None else read(plain)


def _tuple_reader(items: tuple[object, ...]) -> Reader:
    if len(items) == 2 and items[1] is Ellipsis:
        read = _reader(items[0])
        return lambda plain: tuple(read(value) for value in typing.cast("list[object]", plain))
    reads = tuple(_reader(item) for item in items)

    def read_each(plain: object) -> object:
        values = list(typing.cast("list[object]", plain))
        if len(reads) != len(values):
            raise ValueError(f"wants {len(reads)} values, not {len(values)}")
        return tuple(read(value) for read, value in zip(reads, values, strict=True))

    return read_each
