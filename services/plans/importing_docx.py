"""The paragraphs and tables of a DOCX file, with the numbers that Word writes before them by itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from services.plans.importing import SourceLine

MOST_DEPTH = 40
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting",
            "taiwaneseCountingThousand")  # fmt: skip
_NUMERALS = "〇一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    level: int
    numbering: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


def lines_of_docx(content: bytes) -> list[SourceLine]:
    """In their order; empty paragraphs are left out. Raises anything for a damaged file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        body = fromstring(packed.read("word/document.xml")).find(f"{_W}body")
        styles = _styles(_part(packed, "word/styles.xml"))
        levels = _levels(_part(packed, "word/numbering.xml"))
    if body is None:
        return []
    return list(_Walk(styles, levels).lines(body))


class _Walk:
    """Goes through the body once; it counts as Word counts."""

    def __init__(self, styles: dict[str, _Style], levels: dict[str, dict[int, _Level]]) -> None:
        self._styles = styles
        self._levels = levels
        self._counters: dict[str, dict[int, int]] = {}
        self._paragraph = 0
        self._table = 0

    def lines(self, parent: Element, depth: int = 0) -> Iterator[SourceLine]:
        for child in parent if depth < MOST_DEPTH else ():
            if child.tag == f"{_W}p":
                yield from self._of_paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                yield from self._of_table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag"):
                yield from self.lines(child, depth + 1)

    def _of_paragraph(self, paragraph: Element, depth: int) -> Iterator[SourceLine]:
        self._paragraph += 1
        where = str(self._paragraph)
        style = self._styles.get(_value(paragraph, "pPr", "pStyle"), _Style("", 0, None))
        level = style.level
        outline = _value(paragraph, "pPr", "outlineLvl")
        if outline.isdecimal() and int(outline) < 9:
            level = int(outline) + 1
        text = f"{self._number(paragraph, style)}{_text(paragraph)}".strip()
        if text:
            yield SourceLine(where, text, level)
        for box in _text_boxes(paragraph):
            yield from self.lines(box, depth + 1)

    def _of_table(self, table: Element) -> Iterator[SourceLine]:
        self._table += 1
        number = self._table
        for row, element in enumerate(table.findall(f"{_W}tr"), 1):
            cells = [
                "\n".join(filter(None, (self._cell_text(p) for p in cell.iter(f"{_W}p"))))
                for cell in element.findall(f"{_W}tc")
            ]
            text = " | ".join(cell.replace("\n", " ") for cell in cells if cell)
            if text:
                yield SourceLine(f"表{number}:{row}", text, cells=tuple(cells), table=number - 1)

    def _cell_text(self, paragraph: Element) -> str:
        style = self._styles.get(_value(paragraph, "pPr", "pStyle"), _Style("", 0, None))
        return f"{self._number(paragraph, style)}{_text(paragraph)}".strip()

    def _number(self, paragraph: Element, style: _Style) -> str:
        """As Word shows it; "" for a paragraph without a number, and for a bullet."""
        own = _numbering(paragraph)
        used = own or style.numbering
        if used is None or used[0] == "0":
            return ""
        name, at = used
        level = self._levels.get(name, {}).get(at)
        if level is None or level.format in ("bullet", "none"):
            return ""
        counters = self._counters.setdefault(name, {})
        counters[at] = counters.get(at, level.start - 1) + 1
        for deeper in [one for one in counters if one > at]:
            del counters[deeper]
        shown = level.text
        for one in range(at + 1):
            above = self._levels[name].get(one, level)
            shown = shown.replace(f"%{one + 1}", _numeral(counters.get(one, above.start), above.format))
        return f"{shown} "


def _styles(root: Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    based: dict[str, str] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        key, name = style.get(f"{_W}styleId", ""), _value(style, "name").lower()
        outline = _value(style, "pPr", "outlineLvl")
        level = int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else _heading_level(name)
        based[key] = _value(style, "basedOn")
        found[key] = _Style(name, level, _numbering(style))
    for key in found:
        above, steps = based[key], 0
        while above in found and steps < MOST_DEPTH:
            own, parent = found[key], found[above]
            found[key] = _Style(own.name, own.level or parent.level, own.numbering or parent.numbering)
            above, steps = based[above], steps + 1
    return found


def _heading_level(name: str) -> int:
    """Of the styles that Word and WPS call headings, whatever their language."""
    if name in ("title", "标题"):
        return 1
    words = name.replace("heading", "标题").split("标题")
    digit = words[-1].strip() if len(words) == 2 else ""
    return int(digit) if digit.isdecimal() and 0 < int(digit) < 10 else 0


def _levels(root: Element | None) -> dict[str, dict[int, _Level]]:
    """The levels of every list by its number."""
    if root is None:
        return {}
    kinds: dict[str, dict[int, _Level]] = {}
    for kind in root.iter(f"{_W}abstractNum"):
        levels = {}
        for level in kind.findall(f"{_W}lvl"):
            start = _value(level, "start")
            levels[int(level.get(f"{_W}ilvl", "0"))] = _Level(
                _value(level, "numFmt"), _value(level, "lvlText"), int(start) if start.isdecimal() else 1
            )
        kinds[kind.get(f"{_W}abstractNumId", "")] = levels
    return {
        number.get(f"{_W}numId", ""): kinds.get(_value(number, "abstractNumId"), {})
        for number in root.iter(f"{_W}num")
    }


def _numbering(element: Element) -> tuple[str, int] | None:
    name, at = _value(element, "pPr", "numPr", "numId"), _value(element, "pPr", "numPr", "ilvl")
    return (name, int(at) if at.isdecimal() else 0) if name else None


def _numeral(number: int, format_: str) -> str:
    if format_ in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
        return f"{head}{_NUMERALS[ones] if ones else ''}"
    if format_ == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(0x245F + number)
    if format_ in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((97 if format_ == "lowerLetter" else 65) + number - 1)
    return str(number)


def _text(paragraph: Element) -> str:
    """Without text boxes, which are lines of their own, and without what was deleted."""
    found: list[str] = []
    _gather(paragraph, found, 0)
    return "".join(found).strip()


def _gather(element: Element, found: list[str], depth: int) -> None:
    for child in element if depth < MOST_DEPTH else ():
        if child.tag == f"{_W}t":
            found.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            found.append(" ")
        elif child.tag not in (f"{_W}txbxContent", f"{_W}del", f"{_W}pPr", f"{_MC}Fallback"):
            _gather(child, found, depth + 1)


def _text_boxes(paragraph: Element) -> list[Element]:
    """Word writes each twice, for itself and for its elders."""
    elders = {box for old in paragraph.iter(f"{_MC}Fallback") for box in old.iter(f"{_W}txbxContent")}
    return [box for box in paragraph.iter(f"{_W}txbxContent") if box not in elders]


def _value(element: Element, *path: str) -> str:
    found = element.find("/".join(f"{_W}{name}" for name in path))
    return "" if found is None else found.get(f"{_W}val", "")


def _part(packed: zipfile.ZipFile, name: str) -> Element | None:
    try:
        content = packed.read(name)
    except KeyError:
        return None
    root: Element = fromstring(content)
    return root
