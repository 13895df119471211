"""Bookmarks in the record: standing ones by their time, ended ones kept."""

from __future__ import annotations

from services.domain.bookmarks import Bookmark
from services.storage import schema
from services.storage.papers import paper_shape

STANDING, ENDED = "standing", "ended"
BOOKMARK = paper_shape(
    schema.bookmark,
    Bookmark,
    lambda b: (b.id, b.author, STANDING if b.ended_at is None else ENDED, b.since),
)
