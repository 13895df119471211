"""The manual's chapters, and which screen each of them is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"(#{2,3}) (.+)")
# Below a heading, for us and for nobody who reads: the screens that the chapter is about.
_SCREENS = re.compile(r"<!-- ([a-z ]+) -->")
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class Chapter:
    """level: 2, or 3 for a part of the chapter before. screens: by name, of those opened from a screen."""

    title: str
    level: int
    screens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manual:
    """text: Markdown without the marks. chapters: as their headings follow each other in it."""

    text: str
    chapters: tuple[Chapter, ...]

    def about(self, screen: str) -> int:
        """The chapter of a screen, by place; the first for one that has none."""
        found = (place for place, chapter in enumerate(self.chapters) if screen in chapter.screens)
        return next(found, 0)


def read_manual(markdown: str) -> Manual:
    lines: list[str] = []
    chapters: list[Chapter] = []
    is_code = False
    for line in markdown.splitlines():
        is_code ^= line.startswith(_FENCE)
        heading, mark = _HEADING.fullmatch(line), _SCREENS.fullmatch(line)
        if mark and chapters and not is_code:
            last = chapters[-1]
            chapters[-1] = Chapter(last.title, last.level, tuple(mark[1].split()))
            continue
        if heading and not is_code:
            chapters.append(Chapter(heading[2], len(heading[1])))
        lines.append(line)
    return Manual("\n".join(lines), tuple(chapters))
