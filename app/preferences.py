"""What screens remember, kept in the shared database by workstation and user."""

from __future__ import annotations

from services.domain.people import Session
from services.storage import Database


class StoredPreferences:
    """`ui.preferences.Preferences` on the database; both calls block."""

    def __init__(self, database: Database, session: Session, *, is_everywhere: bool = False) -> None:
        """is_everywhere: the same for this user at every workstation."""
        self._database = database
        self._scope = f"{'*' if is_everywhere else session.workstation}/{session.user}"

    def load(self, key: str) -> dict[str, object] | None:
        return self._database.read(lambda view: view.preference(self._scope, key))

    def save(self, key: str, value: dict[str, object]) -> None:
        self._database.write(lambda tx: tx.put_preference(self._scope, key, value))
