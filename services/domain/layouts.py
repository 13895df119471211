"""How a wall is cut into tiles: grids whose cells may be merged; pure arithmetic on whole cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST_TILES = 64
MOST_SIDE = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A tile's place in the grid; spans above 1 merge cells."""

    column: int
    row: int
    columns: int = 1
    rows: int = 1

    @property
    def units(self) -> frozenset[tuple[int, int]]:
        """The unmerged cells under this one, as (column, row)."""
        return frozenset(
            (column, row)
            for column in range(self.column, self.column + self.columns)
            for row in range(self.row, self.row + self.rows)
        )

    def spanning(self, other: Cell) -> Cell:
        """The smallest cell that covers both."""
        left, top = min(self.column, other.column), min(self.row, other.row)
        right = max(self.column + self.columns, other.column + other.columns)
        bottom = max(self.row + self.rows, other.row + other.rows)
        return Cell(left, top, right - left, bottom - top)

    def touches(self, other: Cell) -> bool:
        """They share at least one unmerged cell."""
        return (
            self.column < other.column + other.columns
            and other.column < self.column + self.columns
            and self.row < other.row + other.rows
            and other.row < self.row + self.rows
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Tiles on a grid of `columns` by `rows`; a tile's index is its place in `cells`."""

    columns: int
    rows: int
    cells: tuple[Cell, ...]


def grid(columns: int, rows: int) -> Layout:
    """`columns` by `rows` equal tiles; both at least 1."""
    if columns < 1 or rows < 1:
        raise ValueError(f"a grid of {columns} x {rows} has no tiles")
    return Layout(columns, rows, tuple(Cell(c, r) for r in range(rows) for c in range(columns)))


def merged(layout: Layout, first: Cell, last: Cell) -> Layout:
    """One tile over everything from `first` to `last`; a merged tile on the way is taken in whole."""
    block = first.spanning(last)
    taken: list[Cell] = []
    while True:
        touched = [cell for cell in layout.cells if cell.touches(block)]
        if touched == taken:
            break
        taken = touched
        for cell in touched:
            block = block.spanning(cell)
    return _ordered(layout, [*(cell for cell in layout.cells if cell not in taken), block])


def split(layout: Layout, index: int) -> Layout:
    """The tile falls apart into unmerged cells."""
    kept = [cell for at, cell in enumerate(layout.cells) if at != index]
    return _ordered(layout, [*kept, *(Cell(*unit) for unit in layout.cells[index].units)])


def is_whole(layout: Layout) -> bool:
    """Every cell of the grid lies under exactly one tile, within the limits of a wall."""
    if not (1 <= layout.columns <= MOST_SIDE and 1 <= layout.rows <= MOST_SIDE):
        return False
    if not 1 <= len(layout.cells) <= MOST_TILES or any(c.columns < 1 or c.rows < 1 for c in layout.cells):
        return False
    # Spans first: a span of a million would be enumerated below.
    if any(c.columns > layout.columns or c.rows > layout.rows for c in layout.cells):
        return False
    under = [unit for cell in layout.cells for unit in cell.units]
    whole = {(column, row) for column in range(layout.columns) for row in range(layout.rows)}
    return len(under) == len(whole) and set(under) == whole


def _with_big(side: int, big: Cell) -> Layout:
    """One big tile, then the small ones around it in reading order."""
    small = [cell for cell in grid(side, side).cells if not cell.touches(big)]
    return Layout(side, side, (big, *small))


def _ordered(layout: Layout, cells: list[Cell]) -> Layout:
    return replace(layout, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


# The first nine have the digit keys 1 to 9.
LAYOUTS: dict[str, Layout] = {
    "1": grid(1, 1),
    "4": grid(2, 2),
    "9": grid(3, 3),
    "16": grid(4, 4),
    "25": grid(5, 5),
    "1+5": _with_big(3, Cell(0, 0, 2, 2)),
    "1+7": _with_big(4, Cell(0, 0, 3, 3)),
    "36": grid(6, 6),
    "64": grid(8, 8),
    "2+8": Layout(
        4,
        4,
        (
            Cell(0, 0, 2, 2),
            Cell(2, 0, 2, 2),
            *(cell for cell in grid(4, 4).cells if cell.row >= 2),
        ),
    ),
    "1+12": _with_big(4, Cell(1, 1, 2, 2)),
    "49": grid(7, 7),
}
