"""Films of other makers at this seat: who opened which is in the audit."""

from __future__ import annotations

from pathlib import Path

from services.core.clock import Clock
from services.domain.people import Permission, Session
from services.identity import authorize
from services.playback.players import ClipPlayer, open_clip
from services.storage import Database


class ClipDesk:
    """Each call blocks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open(self, session: Session, path: Path, engine: str = "") -> ClipPlayer:
        """Raises ServiceError(identity.*, storage.*) and what `open_clip` raises."""
        authorize(session, Permission.REVIEW)
        player = open_clip(path, self._clock, engine)
        about = {"file": str(path), "size_bytes": player.facts.size_bytes, "engine": player.engine}
        try:
            # First who looks at what is in the audit, then they see it.
            self._database.write(lambda tx: tx.audit(session, "clip.opened", path.name, after=about))
        except BaseException:
            player.stop()
            raise
        return player
