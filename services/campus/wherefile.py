"""Finds the line of a site file that an error is about; tomllib itself keeps no line numbers."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*\[\s*([A-Za-z0-9_.\s-]+?)\s*\]\s*(?:#.*)?$")


class Lines:
    """The lines of one site file, found by section, entry and field."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def of(self, section: str, no: str = "", field: str = "") -> int:
        """The 1-based line of `field` in entry `no` of `section`, or of the nearest thing above it."""
        section_line = self._header(section)
        if not no:
            return self._key(section_line, field) or section_line or 1
        entry_line = self._header(f"{section}.{no}")
        if entry_line:
            return self._key(entry_line, field) or entry_line
        return self._key(section_line, no) or section_line or 1

    def _header(self, name: str) -> int:
        for number, line in enumerate(self._lines, 1):
            found = _HEADER.match(line)
            if found and re.sub(r"\s", "", found[1]) == name:
                return number
        return 0

    def _key(self, header_line: int, key: str) -> int:
        """The line of `key = …` after a header and before the next; 0 when there is none."""
        if not header_line or not key:
            return 0
        wanted = re.compile(rf"^\s*\"?{re.escape(key)}\"?\s*=")
        for number, line in enumerate(self._lines[header_line:], header_line + 1):
            if wanted.match(line):
                return number
            if _HEADER.match(line):
                return 0
        return 0
