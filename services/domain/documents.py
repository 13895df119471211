"""A paper to print or hand on: what stands on it, in order, in words its caller chose.

It knows no language and no file format; `services.reports.documents` writes it as DOCX and XLSX,
`ui.printing` as PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = str | int | float
Fact = tuple[str, str]
_NARROWEST, _WIDEST = 6.0, 48.0


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 1 for a part of the paper, 2 for a part of that."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """is_note: small and grey, said about the paper rather than by it."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they say, two pairs beside each other where there is room."""

    pairs: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as long as `columns`; numbers stay numbers in XLSX. empty: said where there are no rows.

    title: the name of its sheet in XLSX; also written above it. widths: shares of the width, one for each
    column; () = by what stands in them.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    empty: str = "—"
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """content: a whole PNG or JPEG file. width_mm: at most the paper's width."""

    content: bytes = field(repr=False)
    caption: str = ""
    width_mm: float = 120.0


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line for a hand, or with the name of who has signed with a password and when."""

    label: str
    name: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class StampPlace:
    """Room for the round stamp (42 mm across, GB/T 9704), with who is to stamp and the date below."""

    issuer: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; nothing in XLSX."""


Block = Heading | Paragraph | Facts | Table | Picture | SignatureLine | StampPlace | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """facts: what stands under the title (number, range of days, made when and by whom).

    footer: beside the page number on every page. is_landscape: for tables of many columns.
    """

    title: str
    subtitle: str = ""
    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    footer: str = ""
    is_landscape: bool = False


def shares_of(table: Table) -> tuple[float, ...]:
    """Of the width, for each column: as wanted, or by the longest text in it, within reason."""
    if table.widths:
        return table.widths
    columns = ([head, *(cell_text(row[n]) for row in table.rows)] for n, head in enumerate(table.columns))
    return tuple(min(_WIDEST, max(_NARROWEST, *map(width_of, texts))) for texts in columns)


def width_of(text: str) -> float:
    """Of its longest line, in digits; a Chinese character is as wide as two."""
    return max(
        (sum(2.0 if ord(one) > 0x2E7F else 1.0 for one in line) for line in text.splitlines()), default=0
    )


def cell_text(cell: Cell) -> str:
    """As it stands on paper: a number with at most one digit after the point."""
    return f"{cell:.1f}".removesuffix(".0") if isinstance(cell, float) else str(cell)
