"""No caller waits past its deadline, and what is wrong is said, on either engine."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue

import pytest
import sqlalchemy as sa

from services.core.errors import ServiceError
from services.domain.facts import SiteImported
from services.storage import Database, Tx, View, care, engine, sqlite_url
from services.storage.engine import parse_url, postgres_address
from services.storage.lines import Job, ask
from tests.services.storage.breakable import BreakableServer
from tests.services.storage.owner import row
from tests.waiting import LIMIT_S

Open = Callable[[str], Database]
# How long somebody waits who gives no deadline; a busy machine may add some seconds to a shorter one.
USUAL_S = 5.0


def record(database: Database, site: str, deadline_s: float = USUAL_S) -> int:
    return database.write(lambda tx: tx.record(SiteImported(site)), deadline_s=deadline_s)


def code_of(work: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value.code, caught.value.params


def test_a_frozen_server_keeps_nobody_past_the_deadline_and_is_used_again_after(
    server: BreakableServer, breakable_url: str, open_database: Open
) -> None:
    database = open_database(breakable_url)
    record(database, "before")
    database.read(lambda view: view.seq)
    server.freeze()
    try:
        begun_s = time.monotonic()
        assert code_of(lambda: record(database, "frozen", 0.4))[0] == "storage.timeout"
        assert code_of(lambda: database.read(lambda view: view.seq, deadline_s=0.4))[0] == "storage.timeout"
        assert time.monotonic() - begun_s < 4 * USUAL_S
    finally:
        server.thaw()
    assert record(database, "after") in (2, 3)
    assert database.read(lambda view: view.seq) in (2, 3)
    assert care.check(breakable_url).is_sound


def test_a_server_restarted_between_two_commands_is_used_again_without_an_error(
    server: BreakableServer, breakable_url: str, open_database: Open
) -> None:
    database = open_database(breakable_url)
    record(database, "before")
    assert database.read(lambda view: view.seq) == 1
    server.stop()
    server.start_again()
    assert record(database, "after") == 2
    assert database.read(lambda view: view.seq) == 2


def test_opening_a_frozen_server_gives_up(server: BreakableServer, breakable_url: str) -> None:
    server.freeze()
    try:
        begun_s = time.monotonic()
        assert code_of(Database(breakable_url).open)[0] == "storage.unreachable"
        assert time.monotonic() - begun_s < 30
    finally:
        server.thaw()


def test_a_client_frozen_inside_its_transaction_does_not_hold_the_others_for_ever(
    postgres_url: str, open_database: Open
) -> None:
    frozen, other = open_database(postgres_url), open_database(postgres_url)
    inside, thawed = threading.Event(), threading.Event()
    outcome: list[str] = []

    def freezes(tx: Tx) -> None:
        tx.record(SiteImported("frozen"))
        inside.set()
        thawed.wait(20)

    def run() -> None:
        outcome.append(code_of(lambda: frozen.write(freezes, deadline_s=20))[0])

    thread = threading.Thread(target=run)
    thread.start()
    assert inside.wait(LIMIT_S)
    # The server ends the idle transaction after 3 s.
    assert record(other, "goes on", 6.0) == 1
    thawed.set()
    thread.join(LIMIT_S)
    assert outcome == ["storage.timeout"]
    assert record(frozen, "again") == 2


def test_a_lock_held_by_another_program_ends_in_a_timeout_and_writes_nothing(
    sqlite: str, open_database: Open, tmp_path: Path
) -> None:
    database = open_database(sqlite)
    holder = sqlite3.connect(tmp_path / "watch.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    begun_s = time.monotonic()
    assert code_of(lambda: record(database, "late", 0.3))[0] == "storage.timeout"
    code, params = code_of(lambda: record(database, "waiting", 0.3))
    assert (code, params["outcome"]) == ("storage.timeout", "not_begun")
    assert time.monotonic() - begun_s < 4 * USUAL_S
    assert database.read(lambda view: view.seq) == 0
    holder.execute("ROLLBACK")
    holder.close()
    assert record(database, "free") == 1
    rows = database.read(lambda view: view.changes_after(0, 10))
    assert [row.subject for row in rows] == ["free"]


def deny_begin(raw: sqlite3.Connection) -> None:
    raw.set_authorizer(
        lambda action, what, *_: (
            sqlite3.SQLITE_DENY
            if (action, what) == (sqlite3.SQLITE_TRANSACTION, "BEGIN")
            else sqlite3.SQLITE_OK
        )
    )


def interrupt_all(raw: sqlite3.Connection) -> None:
    raw.set_progress_handler(lambda: 1, 1)


def connection_of(tx: Tx | View) -> sqlite3.Connection:
    raw = tx._connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def undone(database: Database) -> None:
    """A command that writes, is in a transaction while it does, and takes it all back."""

    def half(tx: Tx) -> None:
        tx.record(SiteImported("half"))
        tx.put_preference("test", "half", {})
        assert connection_of(tx).in_transaction
        raise KeyError("undo all of it")

    with pytest.raises(KeyError, match="undo all of it"):
        database.write(half)
    assert database.read(lambda view: view.preference("test", "half")) is None


def test_after_a_lock_waited_for_in_vain_a_command_is_all_or_nothing_again(
    sqlite: str, open_database: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCK_WAIT_S", 0.05)
    database = open_database(sqlite)
    record(database, "before")
    holder = sqlite3.connect(tmp_path / "watch.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert code_of(lambda: record(database, "held", LIMIT_S)) == (
        "storage.timeout",
        {"reason": "database is locked"},
    )
    holder.execute("ROLLBACK")
    holder.close()
    undone(database)
    assert record(database, "after") == 2
    assert care.check(sqlite).is_sound


@pytest.mark.parametrize("spoil", [deny_begin, interrupt_all])
def test_after_a_begin_that_failed_a_command_is_all_or_nothing_again(
    sqlite: str, open_database: Open, spoil: Callable[[sqlite3.Connection], None]
) -> None:
    database = open_database(sqlite)
    spoil(database.write(connection_of))
    with pytest.raises((sa.exc.DBAPIError, ServiceError)):
        record(database, "lost")
    undone(database)
    assert record(database, "after") == 1
    assert care.check(sqlite).is_sound


def test_after_a_begin_that_failed_a_question_has_its_snapshot_again(
    sqlite: str, open_database: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.storage.database.READERS", 1)
    database = open_database(sqlite)
    deny_begin(database.read(connection_of))
    with pytest.raises(sa.exc.DBAPIError, match="not authorized"):
        database.read(lambda view: view.seq)
    assert database.read(lambda view: connection_of(view).in_transaction)


def test_a_commit_that_failed_leaves_no_transaction_behind(sqlite: str, open_database: Open) -> None:
    database = open_database(sqlite)

    def fails_at_commit(tx: Tx) -> None:
        tx.record(SiteImported("lost"))
        connection_of(tx).execute("PRAGMA defer_foreign_keys=ON")
        connection_of(tx).execute("INSERT INTO timeline (id, incident, body) VALUES ('1', 'none', '')")

    with pytest.raises(sa.exc.IntegrityError):
        database.write(fails_at_commit)
    undone(database)
    assert record(database, "after") == 1
    assert care.check(sqlite).is_sound


def test_a_listener_that_fails_ends_neither_the_writer_nor_the_other_listeners(
    sqlite: str, open_database: Open, expected_log: Callable[..., None]
) -> None:
    expected_log("storage.listener_failed")
    database = open_database(sqlite)
    heard: list[object] = []

    def fails(_tx: Tx) -> None:
        raise KeyError("x")

    database.after_commit(fails)
    database.after_commit(heard.append)
    assert [record(database, "first", 1.0), record(database, "second", 1.0)] == [1, 2]
    assert len(heard) == 2


class LateAnswer(Future[object]):
    """Comes when the wait for it is over, before anybody looks again."""

    def done(self) -> bool:
        if not super().done():
            self.set_result("committed")
        return True


class LateJobs(SimpleQueue[Job | None]):
    def put(self, item: Job | None, block: bool = True, timeout: float | None = None) -> None:  # noqa: ARG002
        assert item is not None
        item.answer = LateAnswer()
        item.answer.set_running_or_notify_cancel()


def test_an_answer_that_comes_with_the_deadline_is_the_answer() -> None:
    assert ask(LateJobs(), (), lambda *_: None, 0.0) == "committed"


def test_a_timeout_that_the_work_itself_raises_comes_out_as_it_is(url: str, open_database: Open) -> None:
    def fails(_view: View) -> None:
        raise TimeoutError("of the work")

    with pytest.raises(TimeoutError, match="of the work"):
        open_database(url).read(fails)


def test_a_slow_question_is_cut_off_and_the_thread_is_free_again(url: str, open_database: Open) -> None:
    database = open_database(url)
    many = " , ".join(f"counters AS c{number}" for number in range(26))
    slow = sa.text(f"SELECT count(*) FROM {many}")

    def ask(view: View) -> object:
        return view._connection.execute(slow).scalar()

    for _ in range(4):
        assert code_of(lambda: database.read(ask, deadline_s=0.2))[0] == "storage.timeout"
    assert database.read(lambda view: view.seq, deadline_s=2.0) == 0


def test_the_server_drops_a_question_whose_asker_gave_up(
    postgres_url: str, open_database: Open, wait_until: Callable[..., object]
) -> None:
    database = open_database(postgres_url)

    def ask(view: View) -> object:
        return view._connection.execute(sa.text("SELECT pg_sleep(20)")).scalar()

    assert code_of(lambda: database.read(ask, deadline_s=0.2))[0] == "storage.timeout"
    running = "SELECT count(*) AS n FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(20)'"
    wait_until(lambda: row(postgres_url, running)["n"] == 0, 5)


def test_a_full_disk_is_said_and_loses_nothing(sqlite: str, open_database: Open) -> None:
    database = open_database(sqlite)
    record(database, "before")

    def limit(tx: Tx) -> None:
        pages = tx._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx._connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")

    def big(tx: Tx) -> None:
        tx.record(SiteImported("big"))
        tx.put_preference("test", "big", {"text": "x" * 100_000})

    database.write(limit)
    assert code_of(lambda: database.write(big))[0] == "storage.full"
    assert record(database, "small") == 2
    assert database.read(lambda view: view.preference("test", "big")) is None
    assert care.check(sqlite).is_sound


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "watch.db").write_bytes(b"not a database at all " * 500)
    url = sqlite_url(tmp_path / "watch.db")
    assert code_of(Database(url).open)[0] == "storage.damaged"
    assert code_of(lambda: care.upgrade(url))[0] == "storage.damaged"
    assert code_of(lambda: care.check(url))[0] == "storage.damaged"


def test_torn_pages_are_said_to_be_damaged(sqlite: str, tmp_path: Path, open_database: Open) -> None:
    first = Database(sqlite)
    first.open()
    for number in range(50):
        record(first, f"site{number}" * 50)
    first.close()
    file = tmp_path / "watch.db"
    pages = file.read_bytes()
    file.write_bytes(pages[:8192] + b"\xa5" * (len(pages) - 8192))
    assert code_of(lambda: open_database(sqlite).read(lambda view: view.changes_after(0, 99)))[0] == (
        "storage.damaged"
    )


def test_a_missing_file_is_unreachable_and_stays_missing(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "none.db")
    assert code_of(Database(url).open)[0] == "storage.unreachable"
    assert not (tmp_path / "none.db").exists()


def test_a_server_that_is_not_there_is_unreachable_and_its_password_is_not_told() -> None:
    database = Database("postgresql://watch:geheim@127.0.0.1:1/watch")
    code, params = code_of(database.open)
    assert code == "storage.unreachable"
    assert "geheim" not in f"{params} {database.url_shown}"


def test_other_kinds_of_database_are_refused() -> None:
    assert code_of(lambda: Database("mysql://h/x"))[0] == "storage.unsupported"


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite://",
        "postgresql:/x",
        "postgresql://watch:geheim@h:port/x",
        "postgresql://watch:geheim@h:70000/x",
        "postgresql://watch:geheim@h/x?bogus_option=1",
        "postgresql://watch:geheim@h/x?connect_timeout=geheim",
        "postgresql://watch:geheim@h/x?port=geheim",
        "postgresql://watch:half@geheim@h/x",
        "postgresql://watch:half@a/geheim@h/x",
    ],
)
def test_an_address_that_cannot_be_one_is_refused_and_not_quoted(url: str) -> None:
    assert code_of(lambda: Database(url)) == ("storage.bad_address", {})


def test_a_password_is_shown_nowhere_in_an_address() -> None:
    for url in ("watch:half%40geheim@h/x", "watch@h/x?password=geheim", "h/x?sslpassword=geheim"):
        shown = Database(f"postgresql://{url}").url_shown
        assert "geheim" not in shown
        assert "h/x" in shown


def test_several_servers_may_stand_in_one_address() -> None:
    address = postgres_address(parse_url("postgresql://watch:p@/x?host=a:5433&host=b:5434"))
    assert "host=a,b" in address
    assert "port=5433,5434" in address


def test_a_closed_database_refuses_and_can_be_opened_again(url: str) -> None:
    database = Database(url)
    assert code_of(lambda: record(database, "early"))[0] == "storage.closed"
    database.open()
    record(database, "open")
    database.close()
    assert code_of(lambda: record(database, "late"))[0] == "storage.closed"
    database.open()
    assert record(database, "again") == 2
    database.close()


def test_closing_does_not_wait_for_a_frozen_server(server: BreakableServer, breakable_url: str) -> None:
    database = Database(breakable_url)
    database.open()
    record(database, "before")
    server.freeze()
    try:
        code_of(lambda: record(database, "frozen", 0.2))
        begun_s = time.monotonic()
        database.close()
        assert time.monotonic() - begun_s < 30
    finally:
        server.thaw()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("storage-")]


def test_a_command_inside_a_command_is_our_mistake_and_is_said_at_once(url: str, open_database: Open) -> None:
    database = open_database(url)
    with pytest.raises(RuntimeError, match="inside a transaction"):
        database.write(lambda _tx: record(database, "inner"))
