"""Several processes at once, and processes that die: exactly once, and nothing acknowledged is lost."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.facts import AlarmChanged
from services.storage import Database, Tx, care
from services.storage.schema import SCHEMA_REVISION
from tests.services.storage.breakable import BreakableServer
from tests.waiting import LIMIT_S

Client = Callable[..., subprocess.Popen[str]]
Open = Callable[[str], Database]


def read_until(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


def test_four_processes_claim_every_alarm_exactly_once(
    url: str, open_database: Open, run_client: Client, make_alarm: Callable[..., Alarm]
) -> None:
    numbers = [f"BJ20261124-{number:04d}" for number in range(1, 101)]
    database = open_database(url)
    database.write(lambda tx: [tx.alarms.add(make_alarm(number)) for number in numbers])
    clients = [run_client("claim", url, f"operator{number}") for number in range(4)]
    for client in clients:
        assert read_until(client, 1) == ["ready"]
    for client in clients:
        assert client.stdin is not None
        client.stdin.write("go\n")
        client.stdin.flush()
    won = [client.communicate(timeout=LIMIT_S)[0].split() for client in clients]
    assert sorted(number for numbers_won in won for number in numbers_won) == numbers
    owners = database.read(lambda view: {a.event_no: a.owner for a in view.alarms.page(100)})
    assert all(owners[number] == f"operator{index}" for index, mine in enumerate(won) for number in mine)
    assert database.read(lambda view: view.seq) == 100
    assert care.check(url).is_sound


def test_writers_at_once_leave_a_feed_without_gap_in_commit_order(
    url: str, open_database: Open, run_client: Client
) -> None:
    clients = [run_client("write", url, f"w{number}", "60") for number in range(3)]
    for client in clients:
        client.communicate(timeout=LIMIT_S)
        assert client.returncode == 0
    rows = open_database(url).read(lambda view: view.changes_after(0, 1000))
    assert [row.seq for row in rows] == list(range(1, 181))
    for number in range(3):
        mine = [row.subject for row in rows if row.subject.startswith(f"w{number}-")]
        assert mine == [f"w{number}-{index}" for index in range(60)]
    assert care.check(url).is_sound


def test_a_writer_killed_in_the_middle_loses_nothing_it_acknowledged(
    url: str, open_database: Open, run_client: Client
) -> None:
    client = run_client("write", url, "w", "100000")
    acknowledged = read_until(client, 80)
    client.send_signal(signal.SIGKILL)
    acknowledged += [line for line in client.communicate(timeout=LIMIT_S)[0].split("\n") if line]
    database = open_database(url)
    rows = database.read(lambda view: view.changes_after(0, 100000))
    kept = [row.subject for row in rows]
    assert acknowledged == kept[: len(acknowledged)]
    # At most the one commit whose acknowledgement the kill cut off.
    assert len(kept) - len(acknowledged) in (0, 1)
    assert database.read(lambda view: view.preference("test", kept[-1])) == {"written": True}
    assert care.check(url).is_sound


def test_the_loser_of_a_claim_changes_nothing(
    url: str, open_database: Open, make_alarm: Callable[..., Alarm]
) -> None:
    database = open_database(url)
    alarm = database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))

    def claim(tx: Tx) -> None:
        tx.record(AlarmChanged(alarm, "claim"))
        tx.audit(None, "alarm.claim", alarm.event_no)
        tx.alarms.save(alarm)

    database.write(claim)
    with pytest.raises(ServiceError, match=r"storage\.conflict"):
        database.write(claim)
    assert database.read(lambda view: view.seq) == 1
    assert care.check(url).audit.rows == 1


def test_two_hubs_that_start_at_once_make_the_schema_once(
    server: BreakableServer, tmp_path: Path, run_client: Client
) -> None:
    for url in (f"sqlite:///{tmp_path}/new.db", server.new_url()):
        clients = [run_client("upgrade", url) for _ in range(3)]
        found = sorted(client.communicate(timeout=LIMIT_S)[0].strip() for client in clients)
        assert [client.returncode for client in clients] == [0, 0, 0]
        assert found == ["from ''", f"from '{SCHEMA_REVISION}'", f"from '{SCHEMA_REVISION}'"]
