"""The board that all screens of one workstation share, kept current in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from services.domain.board import Board
from services.domain.facts import Fact


class LiveBoard(QObject):
    """Holds the Board; apply facts here and nowhere else.

    Signal: applied(list of Fact) after the board has them.
    """

    applied = Signal(list)

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._fronts: list[Callable[[], str]] = []

    @property
    def board(self) -> Board:
        """Read only for screens."""
        return self._board

    def keep(self, in_front: Callable[[], str]) -> None:
        """The incident that a screen has in front stays on the board, however old it is; "" = none."""
        self._fronts.append(in_front)

    def apply(self, facts: list[Fact]) -> None:
        """Facts in the feed's order; connect `FactBridge.facts_arrived` here."""
        self._board.in_front = frozenset(in_front() for in_front in self._fronts)
        for fact in facts:
            self._board.apply(fact)
        self.applied.emit(facts)
