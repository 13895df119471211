"""No text is refused by a driver: what one of the two databases cannot hold is shown as such in both."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.core.errors import ServiceError
from services.domain.alarms import Alarm, Signal
from services.domain.audits import AuditSearch
from services.domain.facts import AlarmRaised
from services.domain.incidents import Incident
from services.domain.people import Role, Session, User
from services.domain.signals import SignalSearch, SignalTrace
from services.domain.site import Site
from services.storage import Database, verify_audit
from services.storage.ledger import to_json
from services.storage.spool import Spool

BAD = "东\0门\ud83d岗\udc00"
KEPT = "东\ufffd门\ufffd岗\ufffd"
SESSION = Session("wang", "王", Role.OPERATOR, f"席位{BAD}")

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)


@pytest.fixture
def database(url: str, open_database: Callable[[str], Database]) -> Database:
    database = open_database(url)
    database.write(lambda tx: tx.users.add(User("wang", "王", Role.OPERATOR), "x"))
    return database


def test_an_audit_row_keeps_the_rest_of_every_text_and_the_chain_is_whole(
    database: Database, url: str
) -> None:
    said = {"note": BAD, BAD: [BAD]}
    database.write(lambda tx: tx.audit(SESSION, "test.said", BAD, said, said, reason=BAD))
    (row,) = database.read(lambda view: view.audit_rows.page(AuditSearch(LONG_AGO, FAR_OFF, object=BAD), 10))
    assert (row.object, row.reason, row.workstation) == (KEPT, KEPT, f"席位{KEPT}")
    assert row.after == f'{{"note":"{KEPT}","{KEPT}":["{KEPT}"]}}'
    assert verify_audit(url).fault == ""


@pytest.mark.parametrize(
    ("bad", "kept"), [("东\0门", "东\ufffd门"), ("岗\udc00", "岗\ufffd"), ("a\\u0000b", None)]
)
def test_json_holds_no_escape_of_what_no_column_holds(bad: str, kept: str | None) -> None:
    assert json.loads(to_json({"said": (bad,)})) == {"said": [kept or bad]}


def test_a_name_longer_than_its_column_keeps_nothing_out_of_the_audit(database: Database, url: str) -> None:
    """A file of another maker may be called anything: on PostgreSQL it could not be opened."""
    name = "录像" * 120
    database.write(lambda tx: tx.audit(SESSION, "clip.opened", name, after={"file": name}))
    (row,) = database.read(lambda view: view.audit_rows.page(AuditSearch(LONG_AGO, FAR_OFF), 10))
    assert row.object == "录像" * 64
    assert row.after == f'{{"file":"{name}"}}'
    assert verify_audit(url).fault == ""


def test_a_signal_of_any_text_is_kept_and_found_again(
    database: Database, make_signal: Callable[..., Signal]
) -> None:
    signal = make_signal(f"x{BAD}", text=BAD, raw=BAD, account=BAD)
    database.write(lambda tx: tx.add_signal(signal, "", BAD, SignalTrace(BAD)))
    (kept,) = database.read(lambda view: view.signals.page(SignalSearch(LONG_AGO, FAR_OFF, BAD), 10))
    assert (kept.signal.text, kept.signal.raw, kept.signal.account) == (KEPT, KEPT, KEPT)
    seen = database.read(lambda view: view.frames_seen(f"x{BAD}", signal.received_at))
    assert len(seen) == 1


def test_an_alarm_an_incident_and_a_fact_of_any_text_are_kept(
    database: Database, make_alarm: Callable[..., Alarm], make_incident: Callable[..., Incident]
) -> None:
    alarm = make_alarm("BJ1", panel=BAD, name=BAD, note=BAD)
    incident = make_incident("AJ1", title=BAD, place=BAD)
    database.write(
        lambda tx: (tx.alarms.add(alarm), tx.incidents.add(incident), tx.record(AlarmRaised(alarm)))
    )
    read = database.read(lambda view: view.alarms.get(alarm.id))
    assert (read.panel, read.name, read.note) == (KEPT, KEPT, KEPT)
    assert database.read(lambda view: view.incidents.get(incident.id)).title == KEPT
    (row,) = database.read(lambda view: view.changes_after(0, 10))
    assert KEPT in row.payload


def test_a_site_and_a_preference_of_any_text_are_kept(database: Database) -> None:
    site = Site("test", BAD, BAD, 10.0, 10.0)
    database.write(lambda tx: (tx.replace_site(site), tx.put_preference(f"user:{BAD}", BAD, {BAD: BAD})))
    stored = database.read(lambda view: view.site())
    assert stored is not None
    assert stored.name == KEPT
    assert database.read(lambda view: view.preference(f"user:{BAD}", BAD)) == {KEPT: KEPT}


def test_who_asks_for_a_name_with_a_nul_is_not_given_the_one_without(database: Database) -> None:
    with pytest.raises(ServiceError, match="not_found"):
        database.read(lambda view: view.users.get("wa\0ng"))
    with pytest.raises(ServiceError, match="not_found"):
        database.read(lambda view: view.users.get("wang\ud800"))


def test_a_spool_takes_any_text(tmp_path: Path, make_signal: Callable[..., Signal]) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.open()
    spool.keep([make_signal("f1", text=BAD)])
    (kept,) = spool.first(10)
    spool.close()
    assert kept.signal.text == KEPT


def test_an_audit_row_that_held_a_nul_before_is_not_called_edited(
    sqlite: str, open_database: Callable[[str], Database]
) -> None:
    """Such a row was hashed and kept as it was while SQLite took it."""
    database = open_database(sqlite)
    database.write(lambda tx: tx.audit(None, "test.said", "1", reason="门"))
    columns = "at, actor, role, workstation, action, object, prev_hash"
    file = str(sa.make_url(sqlite).database)
    with sqlite3.connect(file) as raw:
        found = raw.execute(f"SELECT {columns} FROM audit").fetchone()
        at, actor, role, workstation, action, about, prev = found
        told = (
            f'{{"action":"{action}","actor":"{actor}","after":null,"at":"{at.replace(" ", "T")}+00:00",'
            f'"before":null,"object":"{about}","prev_hash":"{prev}","reason":"门\\u0000","role":"{role}",'
            f'"seq":1,"workstation":"{workstation}"}}'
        )
        raw.execute("DROP TRIGGER audit_refuses_update")
        raw.execute(
            "UPDATE audit SET reason = ?, hash = ?", ("门\0", hashlib.sha256(told.encode()).hexdigest())
        )
    raw.close()
    assert verify_audit(sqlite).fault == ""
