"""What the command line reads and changes in the database: records, site file, care."""

from __future__ import annotations

import errno
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from services.alarms.fire_requests import FireRequests
from services.campus.sitefile import dump_site, parse_site
from services.core.clock import SystemClock
from services.core.codec import to_plain
from services.core.errors import ServiceError
from services.core.settings import Settings
from services.dispatch.desk import import_site
from services.domain.fire_requests import FireRequestKind
from services.domain.people import Role, Session
from services.domain.site import Site
from services.storage import Database, View, care, grants, sqlite_url
from services.storage.audit import verify_audit

Row = dict[str, Any]


def database_url(settings: Settings) -> str:
    """The configured database, or the SQLite file in the data folder."""
    return settings.database or sqlite_url(settings.data_dir / "shouwang.db")


def alarm_rows(settings: Settings, limit: int) -> list[Row]:
    """Alarms newest first, every stored field."""
    with opened(settings) as database:
        return [_row(alarm) for alarm in database.read(lambda view: view.alarms.page(limit))]


def incident_rows(settings: Settings, limit: int) -> list[Row]:
    """Incidents newest first, each with its dispatches, feedback and timeline."""
    with opened(settings) as database:
        return database.read(lambda view: _incident_rows(view, limit))


def fire_request_rows(settings: Settings, limit: int) -> list[Row]:
    """What was asked of fire transmission devices, newest first."""
    with opened(settings) as database:
        return [_row(request) for request in database.read(lambda view: view.fire_requests.page(limit))]


def ask_fire_device(settings: Settings, panel: str, kind: FireRequestKind, point: str = "") -> Row:
    """Left with the hub, which carries it out within seconds."""
    with opened(settings) as database:
        desk = FireRequests(database, SystemClock())
        return _row(desk.ask(command_line_session(settings), panel, kind, point))


def import_site_file(settings: Settings, file: Path) -> Row:
    """Check `file` and make it the site in one transaction; a wrong file changes nothing."""
    site = read_site_file(file)
    care.upgrade(database_url(settings))
    with opened(settings) as database:
        import_site(database, command_line_session(settings), site)
    return site_summary(site)


def read_site_file(file: Path) -> Site:
    """The site in `file`; raises ServiceError naming line, field and reason."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise ServiceError("site.unreadable", file=file.name, reason=reason) from None
    return parse_site(text, file.name)


def export_site_text(settings: Settings) -> str:
    """The stored site as a site file, without any secret."""
    with opened(settings) as database:
        site = database.read(lambda view: view.site())
    if site is None:
        raise ServiceError("site.none")
    return dump_site(site)


def export_site_file(settings: Settings, file: Path) -> None:
    """The stored site at `file`, whole or not at all.

    Raises ServiceError("site.cannot_write", file, reason).
    """
    text = export_site_text(settings)
    if file.is_dir():
        raise ServiceError("site.cannot_write", file=str(file), reason=os.strerror(errno.EISDIR))
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise ServiceError("site.cannot_write", file=str(file), reason=error.strerror) from None


def grant_role(settings: Settings, role: str) -> Row:
    """What the role may do from now on."""
    granted = grants.grant(database_url(settings), role)
    return {"role": granted.role, "writes": len(granted.written), "adds_to": ", ".join(granted.added_to)}


def upgrade_database(settings: Settings) -> Row:
    """Create the database or bring it to this version's schema."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    url = database_url(settings)
    return {"database": shown(url), "schema": care.upgrade(url)}


def check_database(settings: Settings) -> Row:
    """Pages, audit chain and feed of the database."""
    health = care.check(made_database_url(settings))
    return {"ok": health.is_sound, **_row(health)}


def backup_database(settings: Settings, target: Path) -> Row:
    """A whole copy at `target`, or nothing there."""
    care.backup(made_database_url(settings), target)
    return {"backup": str(target), "size_bytes": target.stat().st_size}


def verify_audit_chain(settings: Settings) -> Row:
    """Rows of the audit chain, and the first one that does not fit."""
    report = verify_audit(made_database_url(settings))
    return {"ok": report.first_broken is None, **_row(report)}


def made_database_url(settings: Settings) -> str:
    """Raises ServiceError("storage.not_made", database) where nothing was ever started or imported."""
    url = database_url(settings)
    if not care.is_made(url):
        raise ServiceError("storage.not_made", database=shown(url))
    return url


def shown(url: str) -> str:
    """`url` without its password."""
    return Database(url).url_shown


def site_summary(site: Site) -> Row:
    return {
        "site": site.code,
        "name": site.name,
        "cameras": len(site.cameras),
        "posts": len(site.posts),
        "guards": len(site.guards),
        "panels": len(site.panels),
        "zones": len(site.zones),
    }


def command_line_session(settings: Settings) -> Session:
    """Whoever may use this machine's data folder or database password acts as administrator."""
    user = getpass.getuser()
    return Session(f"os:{user}", user, Role.ADMINISTRATOR, settings.workstation)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The configured database, open for the time of the `with`."""
    database = Database(made_database_url(settings))
    database.open()
    try:
        yield database
    finally:
        database.close()


def _incident_rows(view: View, limit: int) -> list[Row]:
    rows = []
    for incident in view.incidents.page(limit):
        row = _row(incident)
        row["dispatches"] = [
            {**_row(dispatch), "feedback": to_plain(view.feedback_of(dispatch.id))}
            for dispatch in view.dispatches.of_incident(incident.id)
        ]
        row["timeline"] = [to_plain(entry) for entry in view.timeline_of(incident.id)]
        rows.append(row)
    return rows


def _row(entity: object) -> Row:
    return cast(Row, to_plain(entity))
