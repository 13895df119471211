"""Handovers and lent items as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection

from services.domain.handovers import OPEN_HANDOVER_STATES, Handover, HandoverState, LentItem, LentState
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

HANDOVER = paper_shape(
    schema.handover, Handover, lambda h: (h.id, h.prepared_by, h.state.value, h.prepared_at)
)
LENT_ITEM = paper_shape(
    schema.lent_item, LentItem, lambda item: (item.id, item.lent_by, item.state.value, item.lent_at)
)


class HandoverRows(PaperRows[Handover]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, HANDOVER)

    def open(self) -> Handover | None:
        """The one that is not taken over yet; there is one at most."""
        return next(iter(self.in_states(OPEN_HANDOVER_STATES)), None)

    def last_taken(self) -> Handover | None:
        """The one by which the present shift began."""
        columns = schema.handover.c
        query = self._select().where(columns.state == HandoverState.IN_SIGNED)
        return self._find(query.order_by(columns.at.desc(), columns.id.desc()))


class SavedHandovers(HandoverRows, SavedPapers[Handover]):
    """Handovers inside a transaction."""


class LentItemRows(PaperRows[LentItem]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, LENT_ITEM)

    def out(self) -> list[LentItem]:
        """What is not back yet, lent first first."""
        return self.in_states([LentState.LENT])


class SavedLentItems(LentItemRows, SavedPapers[LentItem]):
    """Lent items inside a transaction."""
