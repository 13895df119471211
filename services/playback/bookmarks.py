"""What people do with bookmarks: make, edit, end and find them; each is one audited transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.bookmarks import LONGEST, MOST_TEXT, Bookmark
from services.domain.facts import BookmarkChanged
from services.domain.people import Permission, Session
from services.domain.site import Site
from services.identity import authorize, check_cameras, sees, site_of_limits
from services.storage import Database, Tx, View

MOST_FOUND = 200
_MOST_LOOKED_AT = 5000


class BookmarkDesk:
    """Every call blocks and raises identity.forbidden, identity.barred, storage.*."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def make(
        self,
        session: Session,
        cameras: Sequence[str],
        since: datetime,
        text: str,
        until: datetime | None = None,
    ) -> Bookmark:
        """Raises bookmark.no_text, bookmark.too_long(most), bookmark.no_camera, bookmark.bad_span."""
        authorize(session, Permission.REVIEW)
        now = self._clock.now()
        bookmark = Bookmark(
            id=new_id(),
            cameras=tuple(dict.fromkeys(cameras)),
            since=since,
            text=_checked(text),
            author=session.user,
            author_name=session.display_name,
            made_at=now,
            until=until,
        )
        _check_span(bookmark, now)

        def work(tx: Tx) -> Bookmark:
            check_cameras(tx, session, bookmark.cameras)
            saved = tx.bookmarks.add(bookmark)
            return _told(tx, session, "made", None, saved)

        return self._database.write(work)

    def edit(self, session: Session, bookmark: Bookmark, text: str) -> Bookmark:
        """Its author writes it anew, over `bookmark` as it was read.

        Raises bookmark.not_yours(author), bookmark.ended, bookmark.no_text, bookmark.too_long(most),
        storage.conflict.
        """
        authorize(session, Permission.REVIEW)
        text = _checked(text)

        def work(tx: Tx) -> Bookmark:
            before = _standing(tx, session, bookmark)
            if before.author != session.user:
                raise ServiceError("bookmark.not_yours", author=before.author_name)
            saved = tx.bookmarks.save(replace(before, text=text, edited_at=self._clock.now()))
            return _told(tx, session, "edited", before, saved)

        return self._database.write(work)

    def end(self, session: Session, bookmark: Bookmark, reason: str = "") -> Bookmark:
        """It is on no timeline from now on, and in the record for good.

        Raises bookmark.reason_needed for somebody else's without a reason, bookmark.ended, storage.conflict.
        """
        authorize(session, Permission.REVIEW)
        reason = typed_text(reason)

        def work(tx: Tx) -> Bookmark:
            before = _standing(tx, session, bookmark)
            if before.author != session.user and not reason:
                raise ServiceError("bookmark.reason_needed", author=before.author_name)
            ended = replace(
                before,
                ended_at=self._clock.now(),
                ended_by_name=session.display_name,
                ended_reason=reason[:MOST_TEXT],
            )
            return _told(tx, session, "ended", before, tx.bookmarks.save(ended), reason)

        return self._database.write(work)

    def find(self, session: Session, words: str = "") -> list[Bookmark]:
        """Standing ones that say all the words, on cameras that the session may see; the newest first."""
        authorize(session, Permission.REVIEW)

        def read(view: View) -> list[Bookmark]:
            site = site_of_limits(view, session)
            newest = view.bookmarks.newest(_MOST_LOOKED_AT)
            found = [one for one in newest if one.ended_at is None and one.says(words)]
            return [one for one in found if _may_see(session, site, one)][:MOST_FOUND]

        return self._database.read(read)


def bookmarks_of(view: View, cameras: Sequence[str], since: datetime, until: datetime) -> list[Bookmark]:
    """Standing ones of any of these cameras that touch [since, until), by their beginning."""
    near = view.bookmarks.between(since - LONGEST, until)
    return [
        one
        for one in near
        if one.ended_at is None and one.touches(since, until) and set(one.cameras) & set(cameras)
    ]


def _may_see(session: Session, site: Site | None, bookmark: Bookmark) -> bool:
    return all(sees(session, site, camera) for camera in bookmark.cameras)


def _standing(tx: Tx, session: Session, read: Bookmark) -> Bookmark:
    """As it is now, which must be as it was read."""
    found = tx.bookmarks.get(read.id)
    check_cameras(tx, session, found.cameras)
    if found.ended_at is not None:
        raise ServiceError("bookmark.ended")
    if found.row_version != read.row_version:
        raise ServiceError("storage.conflict", kind="bookmark", id=read.id)
    return found


def _told(
    tx: Tx, session: Session, change: str, before: Bookmark | None, after: Bookmark, reason: str = ""
) -> Bookmark:
    tx.audit(session, f"bookmark.{change}", after.id, before=before, after=after, reason=reason)
    tx.record(BookmarkChanged(after, change))
    return after


def _checked(text: str) -> str:
    text = typed_text(text)
    if not text:
        raise ServiceError("bookmark.no_text")
    if len(text) > MOST_TEXT:
        raise ServiceError("bookmark.too_long", most=MOST_TEXT)
    return text


def _check_span(bookmark: Bookmark, now: datetime) -> None:
    if not bookmark.cameras:
        raise ServiceError("bookmark.no_camera")
    end = bookmark.until or bookmark.since
    if not bookmark.since <= end <= now or end - bookmark.since > LONGEST:
        raise ServiceError("bookmark.bad_span")
