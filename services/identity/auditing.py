"""Reading the audit, checking its chain, and handing rows on, which is itself in the audit."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.domain.audits import AuditEntry, AuditSearch
from services.domain.people import Permission, Session
from services.identity.authority import authorize
from services.identity.known_as import named, things_called, users_called
from services.storage import AuditReport, Database, verify_audit
from services.storage.audit import Tell
from services.storage.view import View

PAGE = 200
MOST_EXPORTED = 20_000
READ_LIMIT_S = 30.0


class Auditing:
    """Every method blocks and raises ServiceError: identity.forbidden, storage.*."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, session: Session, search: AuditSearch, before_seq: int | None = None) -> list[AuditEntry]:
        """PAGE rows at most, newest first."""
        authorize(session, Permission.READ_AUDIT)
        return self._database.read(
            lambda view: _found(view, search, PAGE, before_seq), deadline_s=READ_LIMIT_S
        )

    def hand_on(self, session: Session, search: AuditSearch) -> list[AuditEntry]:
        """All that fit, for an export; raises audit.too_many(most)."""
        authorize(session, Permission.READ_AUDIT)
        found = self._database.read(
            lambda view: _found(view, search, MOST_EXPORTED + 1), deadline_s=READ_LIMIT_S
        )
        if len(found) > MOST_EXPORTED:
            raise ServiceError("audit.too_many", most=MOST_EXPORTED)
        self._database.write(
            lambda tx: tx.audit(
                session, "audit.exported", "audit", after={"search": search, "rows": len(found)}
            )
        )
        return found

    def verify(self, session: Session, tell: Tell | None = None) -> AuditReport:
        """The whole chain; that it was checked, and with what result, is kept too."""
        authorize(session, Permission.READ_AUDIT)
        report = verify_audit(self._database, tell)
        if report.fault != "stopped":
            self._database.write(lambda tx: tx.audit(session, "audit.verified", "audit", after=report))
        return report


def _found(view: View, search: AuditSearch, limit: int, before_seq: int | None = None) -> list[AuditEntry]:
    """By ids and by the names that people know; each with those names."""
    actors, objects = users_called(view, search.actor), things_called(view, search.object)
    found = view.audit_rows.page(search, limit, before_seq, actors=actors, objects=objects)
    return named(view, found)
