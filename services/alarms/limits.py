"""The site's response limits, laid down by those who answer for them; hub and seats follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from services.campus.stored import stored_site
from services.core.errors import ServiceError
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS, Clocks, SiteClocks, complaint_of
from services.domain.facts import SiteEdited
from services.domain.people import Permission, Session
from services.identity import authorize
from services.storage import Database, Tx

Limits = Mapping[Priority, Clocks]


class LimitDesk:
    """Alarms that wait are judged by the new limits at once; a level that was told stays told, and an order
    keeps the deadlines it was given with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Limits:
        site = self._database.read(lambda view: view.site())
        return DEFAULT_CLOCKS if site is None else site.limits

    def lay_down(self, session: Session, seen: Limits, wanted: Limits) -> Limits:
        """`wanted` in the place of `seen`, as the caller saw them; blocks.

        Raises ServiceError: identity.forbidden, camera.no_site, storage.conflict when somebody else laid down
        others meanwhile, "clocks.…"(priority, field, least, most) for what `complaint_of` finds.
        """
        authorize(session, Permission.SET_CLOCKS)
        for priority, clocks in wanted.items():
            _check(priority, clocks)

        def work(tx: Tx) -> Limits:
            site = stored_site(tx)
            if site.limits != seen:
                raise ServiceError("storage.conflict", kind="clocks", id=site.code)
            after = replace(site, clocks=_own(wanted))
            if after.clocks != site.clocks:
                tx.replace_site(after)
                tx.audit(session, "alarm.clocks_laid_down", "clocks", before=site.clocks, after=after.clocks)
                tx.record(SiteEdited("clocks", "change"))
            return after.limits

        return self._database.write(work)


def _own(limits: Limits) -> tuple[SiteClocks, ...]:
    """What is not the default, so that a site that never chose follows a better default."""
    return tuple(
        SiteClocks(**asdict(clocks), no=f"P{priority:d}")
        for priority, clocks in sorted(limits.items())
        if clocks != DEFAULT_CLOCKS[priority]
    )


def _check(priority: Priority, clocks: Clocks) -> None:
    complaint = complaint_of(priority, clocks)
    if complaint is not None:
        raise ServiceError(
            f"clocks.{complaint.fault.value}",
            priority=f"P{priority:d}",
            field=complaint.field.value,
            least=complaint.least_s,
            most=complaint.most_s,
        )
