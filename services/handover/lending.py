"""The ledger of lent items: keys, radios, torches."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.facts import LentItemChanged
from services.domain.handovers import LENT_MOVES, LentItem, LentState
from services.domain.moves import IllegalMove, check_move
from services.domain.people import Permission, Session
from services.identity import authorize
from services.storage import Database, Tx

MOST_NAME = 60
MOST_NOTE = 200
MOST_COUNT = 999


class LentLedger:
    """Each command is one transaction of state, audit and fact, and blocks the caller."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def out(self) -> list[LentItem]:
        """What is not back yet."""
        return self._database.read(lambda view: view.lent_items.out())

    def newest(self, most: int) -> list[LentItem]:
        """Newest first, returned ones too."""
        return self._database.read(lambda view: view.lent_items.newest(most))

    def lend(
        self,
        session: Session,
        name: str,
        borrower: str,
        *,
        count: int = 1,
        contact: str = "",
        due_at: datetime | None = None,
    ) -> LentItem:
        """Raises ServiceError: identity.forbidden, lent.incomplete(most), storage.*."""
        authorize(session, Permission.HAND_OVER)
        name, borrower, contact = typed_text(name), typed_text(borrower), typed_text(contact)
        is_short = max(len(name), len(borrower), len(contact)) <= MOST_NAME
        if not name or not borrower or not is_short or not 1 <= count <= MOST_COUNT:
            raise ServiceError("lent.incomplete", most=MOST_NAME)
        item = LentItem(
            new_id(),
            name,
            count,
            borrower,
            session.user,
            session.display_name,
            self._clock.now(),
            contact,
            due_at,
        )

        def work(tx: Tx) -> LentItem:
            added = tx.lent_items.add(item)
            tx.audit(session, "lent.lent", item.id, after=item)
            tx.record(LentItemChanged(added, "lent"))
            return added

        return self._database.write(work)

    def take_back(self, session: Session, item_id: str, note: str = "") -> LentItem:
        """Raises ServiceError: identity.forbidden, lent.already_back(name, at), storage.*."""
        authorize(session, Permission.HAND_OVER)

        def work(tx: Tx) -> LentItem:
            item = tx.lent_items.get(item_id)
            try:
                check_move(LENT_MOVES, item.state, LentState.RETURNED)
            except IllegalMove:
                raise ServiceError(
                    "lent.already_back", name=item.returned_to_name, at=item.returned_at
                ) from None
            back = replace(
                item,
                state=LentState.RETURNED,
                returned_to_name=session.display_name,
                returned_at=self._clock.now(),
                note=typed_text(note)[:MOST_NOTE],
            )
            saved = tx.lent_items.save(back)
            tx.audit(session, "lent.returned", item.id, before=item, after=saved)
            tx.record(LentItemChanged(saved, "returned"))
            return saved

        return self._database.write(work)
