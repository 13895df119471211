"""Reads and writes the site file: one readable TOML file holds a whole campus."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from typing import Any

from services.campus.entries import READERS, plan_size, read_place
from services.campus.entry import Entry, SiteFileError
from services.campus.sitecheck import first_complaint
from services.campus.wherefile import Lines
from services.core.logging import URL_CREDENTIALS
from services.domain.site import GeoReference, Place, Site

MOST_CHARACTERS = 4_000_000
MOST_ENTRIES = 20_000  # per section
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
# Long entries are written as a paragraph, short ones as one line.
_PARAGRAPHS = frozenset({"cameras", "zones"})
_URLS = frozenset({"main_url", "sub_url"})
_PLACES = "places"
_HEAD = ("code", "name", "name_en", "width_m", "height_m")

__all__ = ["SiteFileError", "dump_site", "parse_site"]


def parse_site(text: str, name: str) -> Site:
    """The site that `text` describes; `name` is the file's name for error messages.

    Raises SiteFileError: "site.invalid" with file, line, field and reason. The text may come from
    anywhere: its size is limited and nothing in it is executed.
    """
    if len(text) > MOST_CHARACTERS:
        raise SiteFileError(name, 1, "", f"is longer than {MOST_CHARACTERS} characters")
    document = _load(text, name)
    lines = Lines(text)
    for section in document:
        if section not in ("site", _PLACES) and section not in READERS:
            raise SiteFileError(name, lines.of(section), section, "is not known here")
    read = {section: tuple(_read(document, section, name, lines)) for section in READERS}
    read[_PLACES] = tuple(_read_places(document, name, lines))
    site = _head(document, name, lines, read)
    complaint = first_complaint(site)
    if complaint is not None:
        section, no, field, reason = complaint
        raise Entry(name, lines, section, no, {}).refuse(field, reason)
    return site


def dump_site(site: Site) -> str:
    """`site` as a site file; reading it back gives an equal site."""
    parts = ["[site]"]
    parts += [f"{key} = {_plain(getattr(site, key))}" for key in _HEAD]
    if site.geo is not None:
        parts += [f"{key} = {value}" for key, value in _pairs(site.geo)]
    for section in READERS:
        entries = getattr(site, section)
        if not entries:
            continue
        if section in _PARAGRAPHS:
            for entry in entries:
                parts += ["", f"[{section}.{entry.no}]", *(f"{k} = {v}" for k, v in _pairs(entry))]
        else:
            parts += ["", f"[{section}]"]
            for entry in entries:
                inside = ", ".join(f"{key} = {value}" for key, value in _pairs(entry))
                parts.append(f"{entry.no} = {{ {inside} }}")
    if site.places:
        parts += ["", f"[{_PLACES}]"]
        parts += [f"{_plain(place.name)} = {_plain(place.name_en)}" for place in site.places]
    return "\n".join(parts) + "\n"


def _load(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise SiteFileError(name, line, "", _AT_LINE.sub("", str(error)).strip()) from None
    except (RecursionError, ValueError):
        # Nesting beyond the interpreter's stack, or an integer of more digits than Python converts.
        raise SiteFileError(name, 1, "", "is not a site file") from None


def _head(document: dict[str, object], name: str, lines: Lines, read: dict[str, Any]) -> Site:
    found = document.get("site")
    if not isinstance(found, dict):
        raise SiteFileError(name, lines.of("site"), "site", "the section [site] is missing")
    head = Entry(name, lines, "site", "", found)
    site = Site(
        code=head.text("code"),
        name=head.text("name"),
        name_en=head.text("name_en", ""),
        width_m=plan_size(head, "width_m"),
        height_m=plan_size(head, "height_m"),
        geo=_geo(head),
        **read,
    )
    head.done()
    return site


def _geo(head: Entry) -> GeoReference | None:
    """One of the two without the other is a slip of the pen."""
    if not (head.has("latitude") or head.has("longitude")):
        return None
    return GeoReference(
        latitude=head.number("latitude", -85.0, 85.0),
        longitude=head.number("longitude", -180.0, 180.0),
        turned_deg=head.number("turned_deg", -180.0, 180.0, 0.0),
    )


def _read(document: dict[str, object], section: str, name: str, lines: Lines) -> Iterator[object]:
    entries = document.get(section, {})
    if not isinstance(entries, dict) or len(entries) > MOST_ENTRIES:
        raise SiteFileError(
            name, lines.of(section), section, f"must be a section with at most {MOST_ENTRIES} entries"
        )
    for no, inside in entries.items():
        entry = Entry(name, lines, section, no, inside if isinstance(inside, dict) else {})
        entry.check_no()
        if not isinstance(inside, dict):
            raise entry.refuse("", "must be an entry { field = value, … }")
        yield READERS[section](entry)
        entry.done()


def _read_places(document: dict[str, object], name: str, lines: Lines) -> Iterator[Place]:
    found = document.get(_PLACES, {})
    if not isinstance(found, dict) or len(found) > MOST_ENTRIES:
        reason = f'must be a section of at most {MOST_ENTRIES} lines "place" = "its English name"'
        raise SiteFileError(name, lines.of(_PLACES), _PLACES, reason)
    table = Entry(name, lines, _PLACES, "", found)
    for place in found:
        yield read_place(table, place)


def _pairs(entry: Any) -> Iterator[tuple[str, str]]:
    """Fields that say something, in the order of the dataclass."""
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name == "no" or value is None or value in ((), "") or value == field.default:
            continue
        yield field.name, _plain(_bare(value) if field.name in _URLS else value)


def _bare(url: str) -> str:
    """A file is passed on to others: no credentials, whoever put them into the site."""
    return URL_CREDENTIALS.sub(r"\g<scheme>", url)


def _plain(value: object) -> str:
    """`value` as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_plain(item) for item in value) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
