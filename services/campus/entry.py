"""One entry of a site file, read field by field; every refusal names line, field and reason."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from services.campus.wherefile import Lines
from services.core.errors import ServiceError
from services.domain.site import Point

Choice = TypeVar("Choice", bound=StrEnum)

MOST_TEXT = 200
MOST_POINTS = 2000
MOST_ITEMS = 64
MOST_METRES = 100_000.0
_NO = re.compile(r"[A-Za-z0-9_-]{1,24}")
STREAM_SCHEMES = frozenset(
    {"rtsp", "rtsps", "http", "https", "http+snapshot", "https+snapshot", "v4l2", "file", "replay"}
)
WEB_SCHEMES = frozenset({"http", "https"})
# A recorder: by ONVIF, by RTSP ranges, by MediaMTX.
RECORDER_SCHEMES = WEB_SCHEMES | {"rtsp", "rtsps", "mediamtx+http", "mediamtx+https"}


class SiteFileError(ServiceError):
    """A site file that is refused; nothing of it is used."""

    def __init__(self, file: str, line: int, field: str, reason: str) -> None:
        super().__init__("site.invalid", file=file, line=line, field=field, reason=reason)


class Entry:
    """The fields of one entry; `done` refuses what nobody asked for.

    All readers raise SiteFileError; a reader with a default is for a field that may be left out.
    """

    def __init__(self, file: str, lines: Lines, section: str, no: str, fields: Mapping[str, object]) -> None:
        self.no = no
        self._file = file
        self._lines = lines
        self._section = section
        self._fields = fields
        self._asked: set[str] = set()

    def refuse(self, field: str, reason: str) -> SiteFileError:
        line = self._lines.of(self._section, self.no, field)
        name = ".".join(part for part in (self._section, self.no, field) if part)
        return SiteFileError(self._file, line, name, reason)

    def has(self, field: str) -> bool:
        return field in self._fields

    def check_no(self) -> None:
        if not _NO.fullmatch(self.no):
            raise self.refuse("", "a number is 1 to 24 letters, digits, - or _")

    def text(self, field: str, default: str | None = None) -> str:
        """Printable text on one line, not blank unless a default says it may be left out."""
        value = self._get(field, default)
        if not isinstance(value, str):
            raise self.refuse(field, "must be text in quotes")
        if len(value) > MOST_TEXT or not value.isprintable():
            raise self.refuse(field, f"must be printable text of at most {MOST_TEXT} characters")
        if default is None and not value.strip():
            raise self.refuse(field, "must not be empty")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts, empty when left out."""
        value = self._get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.refuse(field, "must be a list of texts")
        if len(value) > MOST_ITEMS or any(len(i) > MOST_TEXT or not i.isprintable() for i in value):
            raise self.refuse(field, f"at most {MOST_ITEMS} printable texts")
        if len(set(value)) != len(value):
            raise self.refuse(field, "names the same thing twice")
        return tuple(value)

    def number(self, field: str, least: float, most: float, default: float | None = None) -> float:
        value = self._get(field, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.refuse(field, "must be a number")
        if not math.isfinite(value) or not least <= value <= most:
            raise self.refuse(field, f"must be a number from {least:g} to {most:g}")
        return float(value)

    def numbers(self, field: str, least: float, most: float) -> tuple[float, ...]:
        """A list of numbers, each within the limits."""
        value = self._get(field, None)
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise self.refuse(field, "must be a list of numbers")
        each = (Entry(self._file, self._lines, self._section, self.no, {field: item}) for item in value)
        return tuple(one.number(field, least, most) for one in each)

    def whole(self, field: str, least: int, most: int, default: int | None = None) -> int:
        value = self._get(field, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse(field, "must be a whole number")
        if not least <= value <= most:
            raise self.refuse(field, f"must be a whole number from {least} to {most}")
        return value

    def flag(self, field: str, default: bool) -> bool:
        value = self._get(field, default)
        if not isinstance(value, bool):
            raise self.refuse(field, "must be true or false")
        return value

    def choice(self, field: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        value = self._get(field, default)
        try:
            return kind(str(value))
        except ValueError:
            known = ", ".join(item.value for item in kind)
            raise self.refuse(field, f"must be one of {known}") from None

    def point(self, field: str) -> Point:
        return self._point(field, self._get(field, None))

    def line(self, field: str, least: int) -> tuple[Point, ...]:
        """At least `least` points."""
        value = self._get(field, None)
        if not isinstance(value, list) or not least <= len(value) <= MOST_POINTS:
            raise self.refuse(field, f"must be a list of {least} to {MOST_POINTS} points [x, y]")
        return tuple(self._point(field, item) for item in value)

    def url(self, field: str, schemes: frozenset[str] = STREAM_SCHEMES, default: str | None = None) -> str:
        """An address without credentials; `default` where it may be missing."""
        value = self.text(field, default)
        if value == default:
            return value
        try:
            parts = urlsplit(value)
            has_credentials = "@" in parts.netloc or parts.password is not None
            _ = parts.port
        except ValueError:
            raise self.refuse(field, "is not an address") from None
        if has_credentials:
            raise self.refuse(
                field, "must not hold a user or password: put them in secrets and name the credential"
            )
        if parts.scheme not in schemes:
            raise self.refuse(field, f"must begin with one of {', '.join(sorted(schemes))}")
        return value

    def done(self) -> None:
        """Refuse the first field that nobody asked for."""
        for field in self._fields:
            if field not in self._asked:
                raise self.refuse(field, "is not known here")

    def _get(self, field: str, default: object) -> object:
        self._asked.add(field)
        value = self._fields.get(field, default)
        if value is None:
            raise self.refuse(field, "is missing")
        return value

    def _point(self, field: str, value: object) -> Point:
        if not isinstance(value, list) or len(value) != 2:
            raise self.refuse(field, "must be a point [x, y] in metres")
        for metres in value:
            if isinstance(metres, bool) or not isinstance(metres, (int, float)):
                raise self.refuse(field, "must be a point [x, y] in metres")
            if not math.isfinite(metres) or abs(metres) > MOST_METRES:
                raise self.refuse(field, "lies outside any plan")
        return (float(value[0]), float(value[1]))
