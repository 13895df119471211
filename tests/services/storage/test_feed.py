"""Every fact reaches every process once, in commit order, soon, and after any absence."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from services.core.bus import Bus
from services.core.errors import ServiceError
from services.domain.facts import SiteImported
from services.storage import ChangeFeed, Database, Tx
from services.storage.doorbell import SqliteDoorbell, doorbell_for
from services.storage.engine import parse_url
from tests.services.storage.breakable import BreakableServer
from tests.services.storage.owner import run
from tests.waiting import LIMIT_S

Client = Callable[..., subprocess.Popen[str]]
Open = Callable[[str], Database]
# Longer than any test: only a ring ends such a wait.
FOREVER_S = 3600.0


class Listener:
    """Collects facts from a bus, and can be waited for."""

    def __init__(self) -> None:
        self.bus = Bus()
        self.sites: list[str] = []
        self._changed = threading.Condition()
        self.bus.subscribe(SiteImported, self._take)

    def wait_for(self, sites: list[str], limit_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.sites == sites, limit_s)

    def _take(self, fact: SiteImported) -> None:
        with self._changed:
            self.sites.append(fact.site)
            self._changed.notify_all()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def follow(listener: Listener) -> Iterator[Callable[[Database, int], ChangeFeed]]:
    """Starts feeds that are stopped when the test ends."""
    feeds: list[ChangeFeed] = []

    def start(database: Database, after_seq: int = 0) -> ChangeFeed:
        feed = ChangeFeed(database, listener.bus)
        feed.start(after_seq)
        feeds.append(feed)
        return feed

    yield start
    for feed in feeds:
        feed.stop()


def record(database: Database, *sites: str) -> None:
    def work(tx: Tx) -> None:
        for site in sites:
            tx.record(SiteImported(site))

    database.write(work)


def test_own_facts_come_back_in_order_and_from_where_one_asked(
    url: str, open_database: Open, listener: Listener, follow: Callable[..., ChangeFeed]
) -> None:
    database = open_database(url)
    record(database, "a", "b")
    feed = follow(database, 1)
    record(database, "c", "d")
    assert listener.wait_for(["b", "c", "d"], 5)
    assert feed.seq == 4


def test_more_facts_than_one_batch_all_come(
    url: str, open_database: Open, listener: Listener, follow: Callable[..., ChangeFeed]
) -> None:
    database = open_database(url)
    sites = [str(number) for number in range(1200)]
    record(database, *sites)
    follow(database)
    assert listener.wait_for(sites, 10)


def test_a_command_that_failed_tells_nobody(
    url: str, open_database: Open, listener: Listener, follow: Callable[..., ChangeFeed]
) -> None:
    def fails(tx: Tx) -> None:
        tx.record(SiteImported("ghost"))
        raise ServiceError("site.invalid")

    database = open_database(url)
    follow(database)
    with pytest.raises(ServiceError, match=r"site\.invalid"):
        database.write(fails)
    record(database, "real")
    assert listener.wait_for(["real"], 5)


def test_another_process_is_woken_by_each_fact_and_does_not_wait_for_its_next_look(
    url: str, open_database: Open, run_client: Client
) -> None:
    database = open_database(url)
    client = run_client("follow", url)  # looks by itself once an hour
    assert client.stdout is not None
    assert client.stdout.readline().strip() == "ready"
    never_woken = threading.Timer(60.0, client.kill)
    never_woken.start()
    for number in range(10):
        record(database, f"s{number}")
        assert client.stdout.readline().strip() == f"s{number}"
    # What is written while it rests from many at once must wake it as well.
    record(database, *(f"t{number}" for number in range(20)))
    record(database, "last")
    storm = [client.stdout.readline().strip() for _ in range(21)]
    assert storm == [*(f"t{number}" for number in range(20)), "last"]
    never_woken.cancel()
    never_woken.join()
    client.communicate("", timeout=LIMIT_S)
    assert client.returncode == 0


def test_a_fact_nobody_can_read_is_logged_and_the_next_ones_still_come(
    url: str,
    open_database: Open,
    listener: Listener,
    follow: Callable[..., ChangeFeed],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    database = open_database(url)
    record(database, "before")
    for seq, kind, payload in ((2, "FromTheFuture", "[]"), (3, "SiteImported", "[7]")):
        run(
            url,
            "INSERT INTO change (seq, at, kind, subject, payload)"
            f" VALUES ({seq}, '2026-11-24 02:00:00.000000', '{kind}', '', '{payload}')",
            f"UPDATE counters SET value = {seq} WHERE name = 'change'",
        )
    record(database, "after")
    expected_log("feed.undecodable")
    follow(database)
    assert listener.wait_for(["before", "after"], 5)
    unread = [(entry["seq"], entry["kind"]) for entry in log_events if entry["event"] == "feed.undecodable"]
    assert unread == [(2, "FromTheFuture"), (3, "SiteImported")]


def test_facts_that_nobody_asked_for_are_passed_over_unread(
    url: str, open_database: Open, listener: Listener, follow: Callable[..., ChangeFeed]
) -> None:
    """A hub asks for one kind of many: reading the others would cost it more than storing them."""
    database = open_database(url)
    record(database, "before")
    run(
        url,
        "INSERT INTO change (seq, at, kind, subject, payload)"
        " VALUES (2, '2026-11-24 02:00:00.000000', 'AlarmRaised', '', 'unreadable')",
        "UPDATE counters SET value = 2 WHERE name = 'change'",
    )
    record(database, "after")
    feed = follow(database)
    assert listener.wait_for(["before", "after"], 5)
    assert feed.seq == 3


def test_the_bell_rings_once_when_it_begins_to_listen(url: str) -> None:
    """What was written between the last look and LISTEN rang for nobody."""
    bell = doorbell_for(url)
    begun, heard = threading.Event(), threading.Event()

    def listen() -> None:
        bell.wait(FOREVER_S)
        begun.set()
        bell.wait(FOREVER_S)
        heard.set()
        bell.close()

    listening = threading.Thread(target=listen)
    listening.start()
    try:
        assert begun.wait(LIMIT_S)
        assert not heard.wait(0.3)
    finally:
        # Once for each wait, should the first one still go on.
        bell.ring()
        begun.wait(20)
        bell.ring()
        listening.join(LIMIT_S)
    assert heard.is_set()


def _never_polling(url: str) -> SqliteDoorbell:
    return SqliteDoorbell(str(parse_url(url).database), FOREVER_S)


def test_news_that_came_while_nobody_waited_is_heard_before_the_next_sleep(
    sqlite: str, open_database: Open
) -> None:
    database, bell = open_database(sqlite), _never_polling(sqlite)
    bell.wait(0)
    database.write(lambda tx: tx.put_preference("seat", "layout", {}))
    listening = threading.Thread(target=lambda: (bell.wait(FOREVER_S), bell.close()))
    listening.start()
    listening.join(LIMIT_S)
    is_deaf = listening.is_alive()
    bell.ring()
    listening.join(LIMIT_S)
    assert not is_deaf


def test_a_commit_that_rings_is_news_once(sqlite: str, open_database: Open) -> None:
    # A poll may find the commit just before it rings.
    database, bell = open_database(sqlite), _never_polling(sqlite)
    bell.wait(0)
    database.after_commit(lambda _tx: bell.ring())
    first, second = threading.Event(), threading.Event()

    def listen() -> None:
        bell.wait(FOREVER_S)
        first.set()
        bell.wait(FOREVER_S)
        second.set()
        bell.close()

    listening = threading.Thread(target=listen)
    listening.start()
    assert not first.wait(0.1)
    database.write(lambda tx: tx.put_preference("seat", "layout", {}))
    assert first.wait(LIMIT_S)
    is_told_twice = second.wait(0.3)
    bell.ring()
    listening.join(LIMIT_S)
    assert not is_told_twice


def test_a_jump_in_the_feed_is_logged_and_followed(
    sqlite: str,
    open_database: Open,
    listener: Listener,
    follow: Callable[..., ChangeFeed],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    database = open_database(sqlite)
    record(database, "1")
    run(sqlite, "UPDATE counters SET value = 7 WHERE name = 'change'")
    record(database, "8")
    expected_log("feed.gap")
    follow(database)
    assert listener.wait_for(["1", "8"], 5)
    gaps = [(entry["expected"], entry["found"]) for entry in log_events if entry["event"] == "feed.gap"]
    assert gaps == [(2, 8)]


def test_the_feed_goes_on_when_the_server_comes_back(
    server: BreakableServer,
    breakable_url: str,
    open_database: Open,
    listener: Listener,
    follow: Callable[..., ChangeFeed],
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    expected_log("feed.lost")
    database = open_database(breakable_url)
    follow(database)
    record(database, "before")
    assert listener.wait_for(["before"], 5)
    server.stop()
    with pytest.raises(ServiceError, match=r"storage\.unreachable"):
        record(database, "refused")
    wait_until(lambda: "feed.lost" in [entry["event"] for entry in log_events])
    server.start_again()
    record(database, "after")
    assert listener.wait_for(["before", "after"], 10)
    told = [entry["event"] for entry in log_events]
    assert (told.count("feed.lost"), told.count("feed.found")) == (1, 1)


def test_an_error_nobody_foresaw_does_not_end_the_feed(
    sqlite: str,
    open_database: Open,
    listener: Listener,
    follow: Callable[..., ChangeFeed],
    expected_log: Callable[..., None],
    wait_until: Callable[..., object],
) -> None:
    expected_log("feed.lost")
    database = open_database(sqlite)
    elsewhere = sqlite3.connect(sqlite.removeprefix("sqlite:///"))
    elsewhere.execute("ALTER TABLE change RENAME TO hidden")
    with capture_logs() as told:
        follow(database)
        wait_until(lambda: any(line["event"] == "feed.lost" for line in told))
    assert isinstance(told[0]["exc_info"], OperationalError), "our mistake, so with its traceback"
    elsewhere.execute("ALTER TABLE hidden RENAME TO change")
    elsewhere.close()
    database.write(lambda tx: tx.record(SiteImported("after")))
    assert listener.wait_for(["after"], 10)


def test_news_comes_by_polling_when_no_bell_rings(
    postgres_url: str, open_database: Open, listener: Listener, follow: Callable[..., ChangeFeed]
) -> None:
    run(postgres_url, "ALTER TABLE change DISABLE TRIGGER change_tells")
    writer, reader = open_database(postgres_url), open_database(postgres_url)
    follow(reader)
    record(writer, "silent")
    assert listener.wait_for(["silent"], 3)


def test_a_stopped_feed_leaves_no_thread_and_stopping_twice_is_harmless(
    url: str, open_database: Open
) -> None:
    database = open_database(url)
    before = set(threading.enumerate())
    feed = ChangeFeed(database, Bus())
    feed.start(0)
    assert set(threading.enumerate()) > before
    feed.stop()
    feed.stop()
    assert set(threading.enumerate()) == before
