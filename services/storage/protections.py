"""What is protected of the recordings, and what kept them from being made, as it lies in the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_

from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Protection
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

STANDING, ENDED = "standing", "ended"
OPEN, CLOSED, ROOM = "open", "closed", "room"
# How long one lasted stands in its body; one that is over and lasted longer is not looked for.
LONGEST = timedelta(days=100)
PROTECTION = paper_shape(
    schema.protection,
    Protection,
    lambda p: (p.id, p.camera, STANDING if p.ended_at is None else ENDED, p.since),
)


def _state(trouble: RecordingTrouble) -> str:
    """What went for want of room has one row for each camera, which grows."""
    if trouble.cause is GapCause.MADE_ROOM:
        return ROOM
    return OPEN if trouble.ended_at is None else CLOSED


TROUBLE = paper_shape(
    schema.recording_trouble,
    RecordingTrouble,
    lambda t: (t.id, t.camera, _state(t), t.began_at),
)


class ProtectionRows(PaperRows[Protection]):
    """What is kept, of all cameras or of some."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, PROTECTION)

    def standing_of(self, camera: str) -> list[Protection]:
        """Those that nobody has ended, also where their time ran out."""
        columns = schema.protection.c
        query = self._select().where(columns.subject == camera, columns.state == STANDING)
        return self._readable(query.order_by(columns.at, columns.id))

    def touching(self, cameras: Collection[str], since: datetime, until: datetime) -> list[Protection]:
        """Those of these cameras that nobody has ended and that touch [since, until), by their beginning."""
        columns = schema.protection.c
        query = self._select().where(
            columns.subject.in_(list(cameras)), columns.state == STANDING, columns.at < until
        )
        found = self._readable(query.order_by(columns.at, columns.id))
        return [one for one in found if one.until is None or one.until > since]


class SavedProtections(ProtectionRows, SavedPapers[Protection]):
    """Protections inside a transaction."""


class TroubleRows(PaperRows[RecordingTrouble]):
    """Why there are gaps."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, TROUBLE)

    def open(self) -> list[RecordingTrouble]:
        """Those that go on."""
        return self.in_states([OPEN])

    def made_room(self) -> dict[str, RecordingTrouble]:
        """By camera: what of it went before its time."""
        return {trouble.camera: trouble for trouble in self.in_states([ROOM])}

    def touching(self, cameras: Collection[str], since: datetime, until: datetime) -> list[RecordingTrouble]:
        """Of these cameras and of all together, those that touch [since, until), oldest first."""
        columns = schema.recording_trouble.c
        query = self._select().where(
            columns.subject.in_(["", *cameras]),
            columns.at < until,
            or_(columns.at >= since - LONGEST, columns.state.in_([OPEN, ROOM])),
        )
        found = self._readable(query.order_by(columns.at, columns.id))
        return [one for one in found if one.ended_at is None or one.ended_at > since]


class SavedTroubles(TroubleRows, SavedPapers[RecordingTrouble]):
    """Troubles inside a transaction."""
