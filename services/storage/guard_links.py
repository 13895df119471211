"""Guards' links as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection

from services.domain.guard_links import GuardLink, LinkState
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

GUARD_LINK = paper_shape(
    schema.guard_link, GuardLink, lambda one: (one.id, one.guard, one.state.value, one.issued_at)
)


class GuardLinkRows(PaperRows[GuardLink]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, GUARD_LINK)

    def living(self, guard: str) -> list[GuardLink]:
        """Those of `guard` that nobody has ended, oldest first."""
        return [link for link in self.of(guard) if link.state is not LinkState.ENDED]


class SavedGuardLinks(GuardLinkRows, SavedPapers[GuardLink]):
    """Links inside a transaction."""
