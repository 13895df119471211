"""The site's standing orders for its watch, as they are kept; and telling the duty list of an alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from services.alarms.commits import write_again
from services.core.clock import Clock
from services.core.codec import from_plain, to_plain
from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.facts import NoticeGiven
from services.domain.notices import ROLE_OF_RUNG, Notice, StandingOrders
from services.domain.people import Permission, Session
from services.identity import authorize
from services.storage import Database, Tx, View

SCOPE, KEY = "site", "standing_orders"
LONGEST_WORDS = 100
MOST_SECONDS = 600

log = structlog.get_logger(__name__)


def standing_orders(view: View) -> StandingOrders:
    """The defaults where nothing was laid down, or where a hand broke it: alarms must still be told."""
    kept = view.preference(SCOPE, KEY)
    if kept is None:
        return StandingOrders()
    try:
        return from_plain(StandingOrders, kept)
    except (ValueError, TypeError, KeyError) as error:
        log.error("orders.unreadable", error=type(error).__name__)
        return StandingOrders()


def give_notices(tx: Tx, before: Alarm, after: Alarm, orders: StandingOrders, now: datetime) -> None:
    """One row for every level between two states of an alarm, in the transaction that raises it: a hub that
    was away tells all those whom it missed, and none twice."""
    for level in range(before.escalation_level + 1, after.escalation_level + 1):
        rung = orders.rung(level)
        notice = Notice(
            alarm=after.id,
            event_no=after.event_no,
            level=level,
            at=now,
            role=ROLE_OF_RUNG[rung.rung],
            users=rung.users,
            # Nobody outside is called for what is only played.
            call="" if after.is_drill else rung.call,
        )
        if tx.notices.add(notice):
            tx.record(NoticeGiven(notice))


class OrdersDesk:
    """Standing orders and notices, for people. Every call blocks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def read(self) -> StandingOrders:
        return self._database.read(standing_orders)

    def newest_notices(self, limit: int = 200) -> list[Notice]:
        return self._database.read(lambda view: view.notices.newest(limit))

    def notices_of_incident(self, incident: str) -> list[Notice]:
        """Who was told of its alarms, oldest first."""

        def work(view: View) -> list[Notice]:
            found = [view.notices.of(alarm.id) for alarm in view.alarms.of_incident(incident)]
            return sorted((notice for notices in found for notice in notices), key=lambda one: one.at)

        return self._database.read(work)

    def lay_down(self, session: Session, orders: StandingOrders) -> StandingOrders:
        """By a shift leader or the security office; the hub follows within a second.

        Raises orders.unknown_user(name), orders.too_long(most), orders.bad_seconds(most).
        """
        authorize(session, Permission.REVIEW)
        _check_limits(orders)

        def work(tx: Tx) -> StandingOrders:
            known = {user.name for user in tx.users.all()}
            for rung in orders.duty:
                for name in rung.users:
                    if name not in known:
                        raise ServiceError("orders.unknown_user", name=name)
            before, plain = standing_orders(tx), to_plain(orders)
            assert isinstance(plain, dict)
            tx.put_preference(SCOPE, KEY, plain)
            tx.audit(session, "alarm.orders_laid_down", KEY, before=before, after=orders)
            return orders

        return write_again(self._database, work)

    def note_seen(self, session: Session, alarm_id: str, level: int) -> None:
        """One whom a notice was for has read it; the first one counts. Nothing for anyone else's notice."""
        authorize(session, Permission.WATCH)

        def work(tx: Tx) -> None:
            for notice in tx.notices.of(alarm_id):
                is_theirs = notice.level == level and notice.is_for(session.user, session.role)
                if not is_theirs or notice.seen_at is not None:
                    continue
                seen = replace(
                    notice,
                    seen_by=session.user,
                    seen_by_name=session.display_name,
                    seen_at=self._clock.now(),
                )
                tx.notices.save(seen)
                tx.audit(session, "alarm.notice_seen", alarm_id, after={"level": level})
                tx.record(NoticeGiven(seen))

        write_again(self._database, work)


def _check_limits(orders: StandingOrders) -> None:
    if not 0 <= orders.sound_again_s <= MOST_SECONDS:
        raise ServiceError("orders.bad_seconds", most=MOST_SECONDS)
    if any(len(rung.call) > LONGEST_WORDS for rung in orders.duty):
        raise ServiceError("orders.too_long", most=LONGEST_WORDS)
