"""A layout being made: every step keeps it whole, and every step can be undone; pure."""

from __future__ import annotations

from services.domain.layouts import MOST_TILES, Cell, Layout, grid, merged, split

# More columns than this make tiles that show nothing.
MOST_COLUMNS = 8


class LayoutDraft:
    def __init__(self, layout: Layout | None = None) -> None:
        self._layout = layout or grid(3, 3)
        self._before: list[Layout] = []

    @property
    def layout(self) -> Layout:
        return self._layout

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def tile_at(self, cell: Cell) -> int:
        return next(at for at, tile in enumerate(self._layout.cells) if tile.touches(cell))

    def merge(self, first: Cell, last: Cell) -> None:
        self._become(merged(self._layout, first, last))

    def split(self, index: int) -> None:
        if len(self._layout.cells[index].units) > 1:
            self._become(split(self._layout, index))

    def resize(self, columns: int, rows: int) -> None:
        """A new even grid; what was merged is gone, and comes back by `undo`."""
        if (columns, rows) != (self._layout.columns, self._layout.rows) and columns * rows <= MOST_TILES:
            self._become(grid(columns, rows))

    def undo(self) -> None:
        if self._before:
            self._layout = self._before.pop()

    def _become(self, layout: Layout) -> None:
        if layout != self._layout:
            self._before.append(self._layout)
            self._layout = layout
