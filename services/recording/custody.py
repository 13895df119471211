"""What people keep of the recordings: spans that nothing deletes, with reason, owner and expiry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.evidence import OPEN_EVIDENCE
from services.domain.facts import ProtectionChanged
from services.domain.people import Permission, Session
from services.domain.recording_days import CameraDays
from services.domain.recording_troubles import ExplainedGap
from services.domain.recordings import Protection
from services.domain.site import Site
from services.identity import authorize, check_cameras, sees, site_of_limits
from services.recording.clock_doubt import ClockDoubt
from services.recording.days import COUNT_LIMIT_S, Overview, read_gaps, read_overview
from services.storage import Database, Tx, View
from services.storage.evidence import is_of
from services.storage.protections import STANDING

MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be kept. expires_at None: until somebody releases it."""

    cameras: tuple[str, ...]
    since: datetime
    until: datetime
    reason: str
    expires_at: datetime | None = None


class CustodyDesk:
    """Each call blocks and raises ServiceError(identity.*, storage.*) beside what it says itself."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._doubt = ClockDoubt(clock)

    def overview(self, session: Session) -> Overview:
        """How many days each camera has that the session may see, and how the disks are."""
        authorize(session, Permission.WATCH)
        now = self._clock.now()

        def read(view: View) -> Overview:
            site = view.site() or Site("", "", "", 0.0, 0.0)
            whole = read_overview(view, site, now)
            seen = (one for one in whole.cameras if sees(session, site, one.camera))
            return replace(whole, cameras=tuple(seen))

        return self._database.read(read, deadline_s=COUNT_LIMIT_S)

    def gaps(self, session: Session, camera: CameraDays) -> list[ExplainedGap]:
        """What is missing of its days, the newest first, and why."""
        authorize(session, Permission.WATCH)
        now = self._clock.now()

        def read(view: View) -> list[ExplainedGap]:
            check_cameras(view, session, [camera.camera])
            return read_gaps(view, camera, now)

        return self._database.read(read, deadline_s=COUNT_LIMIT_S)

    def protections(self, session: Session) -> list[Protection]:
        """Those that stand, of cameras that the session may see, the newest span first."""
        authorize(session, Permission.WATCH)

        def read(view: View) -> list[Protection]:
            site = site_of_limits(view, session)
            standing = view.protections.in_states([STANDING])
            return [one for one in reversed(standing) if sees(session, site, one.camera)]

        return self._database.read(read)

    def protect(self, session: Session, wanted: Wanted) -> list[Protection]:
        """One for each camera, all or none. Raises custody.reason_needed, custody.span_invalid,
        custody.expiry_invalid, custody.camera_unknown(camera)."""
        authorize(session, Permission.PROTECT)
        now, reason = self._clock.now(), _reason(wanted.reason)
        if wanted.until <= wanted.since:
            raise ServiceError("custody.span_invalid")
        self._check_expiry(wanted.expires_at)

        def work(tx: Tx) -> list[Protection]:
            check_cameras(tx, session, wanted.cameras, Permission.PROTECT)
            _check_known(tx, wanted.cameras)
            return [
                _added(tx, session, _protection(session, wanted, camera, reason, now))
                for camera in wanted.cameras
            ]

        return self._database.write(work)

    def extend(
        self, session: Session, protection: Protection, expires_at: datetime | None, reason: str
    ) -> Protection:
        """Keep it longer; None: until somebody releases it. protection: as the caller saw it.

        Raises custody.reason_needed, custody.expiry_invalid, custody.not_later, custody.already_ended.
        """
        authorize(session, Permission.PROTECT)
        said = _reason(reason)
        self._check_expiry(expires_at)

        def work(tx: Tx) -> Protection:
            before = self._standing(tx, session, Permission.PROTECT, protection)
            is_later = expires_at is None or (
                before.expires_at is not None and expires_at > before.expires_at
            )
            if not is_later or expires_at == before.expires_at:
                raise ServiceError("custody.not_later")
            return _saved(tx, session, before, replace(before, expires_at=expires_at), "extended", said)

        return self._database.write(work)

    def release(self, session: Session, protection: Protection, reason: str) -> Protection:
        """From now on retention may take it; one's own, or by who may release others'.

        Raises custody.reason_needed, custody.already_ended, custody.asked_for(number): a request for these
        recordings goes on, and ends its protection itself.
        """
        is_own = protection.owner == session.user and session.may(Permission.PROTECT)
        needed = Permission.PROTECT if is_own else Permission.RELEASE
        authorize(session, needed)
        said = _reason(reason)

        def work(tx: Tx) -> Protection:
            before = self._standing(tx, session, needed, protection)
            if any(is_of(before, one) for one in tx.evidence.in_states(OPEN_EVIDENCE)):
                raise ServiceError("custody.asked_for", number=before.reason)
            return _saved(tx, session, before, replace(before, ended_at=self._clock.now()), "released", said)

        return self._database.write(work)

    def end_expired(self) -> int:
        """Write down which have run out; they hold nothing any more, whether or not this was called.

        Not while the clock is in doubt: what is written down as ended stays ended.
        """
        if self._doubt.look() or not any(
            self._has_expired(one) for one in self._database.read(_all_standing)
        ):
            return 0

        def work(tx: Tx) -> int:
            expired = [one for one in _all_standing(tx) if self._has_expired(one)]
            for one in expired:
                _saved(tx, None, one, replace(one, ended_at=one.expires_at), "expired", "")
            return len(expired)

        return self._database.write(work)

    def _has_expired(self, protection: Protection) -> bool:
        return protection.expires_at is not None and protection.expires_at <= self._clock.now()

    def _check_expiry(self, expires_at: datetime | None) -> None:
        if expires_at is not None and expires_at <= self._clock.now():
            raise ServiceError("custody.expiry_invalid")

    def _standing(self, tx: Tx, session: Session, permission: Permission, seen: Protection) -> Protection:
        """As it is now; one that changed since it was seen is refused by its row version."""
        found = tx.protections.get(seen.id)
        check_cameras(tx, session, [found.camera], permission)
        if found.ended_at is not None or self._has_expired(found):
            raise ServiceError("custody.already_ended")
        if found.row_version != seen.row_version:
            raise ServiceError("storage.conflict", kind="protection", id=found.id)
        return found


def _protection(session: Session, wanted: Wanted, camera: str, reason: str, now: datetime) -> Protection:
    return Protection(
        id=new_id(),
        camera=camera,
        since=wanted.since,
        until=wanted.until,
        reason=reason,
        owner=session.user,
        owner_name=session.display_name,
        set_at=now,
        expires_at=wanted.expires_at,
    )


def _added(tx: Tx, session: Session, protection: Protection) -> Protection:
    tx.protections.add(protection)
    tx.audit(session, "recording.protected", protection.camera, after=protection, reason=protection.reason)
    tx.record(ProtectionChanged(protection, "protected"))
    return protection


def _saved(
    tx: Tx, session: Session | None, before: Protection, after: Protection, change: str, reason: str
) -> Protection:
    saved = tx.protections.save(after)
    tx.audit(session, f"recording.{change}", saved.camera, before=before, after=saved, reason=reason)
    tx.record(ProtectionChanged(saved, change))
    return saved


def _reason(text: str) -> str:
    reason = typed_text(text)
    if not reason or len(reason) > MOST_REASON:
        raise ServiceError("custody.reason_needed", most=MOST_REASON)
    return reason


def _all_standing(view: View) -> list[Protection]:
    return view.protections.in_states([STANDING])


def _check_known(view: View, cameras: Sequence[str]) -> None:
    """One that left the site may still have recordings."""
    site = view.site()
    known = {str(camera.no) for camera in site.cameras} if site is not None else set()
    lost = [no for no in cameras if no not in known]
    recorded = view.segments.reach() if lost else {}
    for no in lost:
        if no not in recorded:
            raise ServiceError("custody.camera_unknown", camera=no)
