"""The chain of the audit cannot be rewritten unseen, and the rows say who did what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from services.domain.people import Role, Session
from services.storage import AuditReport, Database, verify_audit
from tests.services.storage.owner import row, run

SESSION = Session("zhang", "张三", Role.OPERATOR, "desk-1")
GUARDS = {
    "sqlite": ("DROP TRIGGER audit_refuses_update", "DROP TRIGGER audit_refuses_delete"),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER USER",),
}


def forge(url: str, *statements: str) -> None:
    run(url, *GUARDS[sa.make_url(url).get_backend_name()], *statements)


@pytest.fixture
def chain(url: str, open_database: Callable[[str], Database]) -> str:
    """The URL of a database with five audit rows, two of them from one command."""
    database = open_database(url)
    for number in range(3):
        database.write(
            lambda tx, n=number: tx.audit(SESSION, "alarm.claim", f"BJ{n}", {"owner": ""}, SESSION)
        )
    database.write(lambda tx: (tx.audit(None, "a", "1"), tx.audit(None, "b", "2", reason="误报 “试”")))
    return url


def test_an_untouched_chain_is_whole(chain: str) -> None:
    assert verify_audit(chain) == AuditReport(5)


def test_an_empty_chain_is_whole(url: str) -> None:
    assert verify_audit(url) == AuditReport(0)


@pytest.mark.parametrize(
    ("forgery", "first_broken", "fault"),
    [
        ("UPDATE audit SET actor = 'wang' WHERE seq = 3", 3, "edited"),
        ("UPDATE audit SET reason = 'none' WHERE seq = 5", 5, "edited"),
        ("UPDATE audit SET before = NULL WHERE seq = 1", 1, "edited"),
        ("DELETE FROM audit WHERE seq = 1", 1, "missing"),
        ("DELETE FROM audit WHERE seq = 4", 4, "missing"),
        ("DELETE FROM audit WHERE seq >= 4", 4, "truncated"),
        ("DELETE FROM audit", 1, "truncated"),
        ("UPDATE audit SET seq = seq + 100 WHERE seq = 2", 2, "missing"),
        ("UPDATE audit SET hash = prev_hash WHERE seq = 2", 2, "edited"),
    ],
)
def test_the_first_broken_row_is_named(chain: str, forgery: str, first_broken: int, fault: str) -> None:
    forge(chain, forgery)
    report = verify_audit(chain)
    assert (report.first_broken, report.fault) == (first_broken, fault)


def test_two_rows_that_changed_places_are_found(chain: str) -> None:
    forge(
        chain,
        "UPDATE audit SET seq = 100 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 100",
    )
    report = verify_audit(chain)
    assert (report.first_broken, report.fault) == (2, "unlinked")


def test_a_row_put_behind_the_product_s_back_is_found(chain: str) -> None:
    forge(
        chain,
        "INSERT INTO audit (seq, at, actor, role, workstation, action, object, reason, prev_hash, hash) "
        "SELECT 6, at, actor, role, workstation, action, object, reason, hash, hash FROM audit WHERE seq = 5",
    )
    assert verify_audit(chain).first_broken == 6


@pytest.mark.parametrize("table", ["audit", "change", "signal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_rewrite_what_is_kept_for_ever(
    url: str,
    open_database: Callable[[str], Database],
    make_signal: Callable[..., object],
    table: str,
    statement: str,
) -> None:
    def work(tx: object) -> None:
        tx.add_signal(make_signal("f"), "", "raised")  # type: ignore[attr-defined]
        tx.audit(None, "a", "1")  # type: ignore[attr-defined]

    database = open_database(url)
    database.write(work)
    run(url, "INSERT INTO change (seq, at, kind, subject, payload) SELECT 1, at, '', '', '' FROM audit")
    column = "received_at" if table == "signal" else "at"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        run(url, statement.format(table).replace("at = at", f"{column} = {column}"))


def test_a_row_says_who_where_what_and_why(chain: str) -> None:
    found = row(chain, "SELECT * FROM audit WHERE seq = 1")
    columns = ("actor", "role", "workstation", "action", "object", "reason", "before")
    assert [found[name] for name in columns] == [
        "zhang",
        "operator",
        "desk-1",
        "alarm.claim",
        "BJ0",
        "",
        '{"owner":""}',
    ]
    assert found["prev_hash"] == "0" * 64
