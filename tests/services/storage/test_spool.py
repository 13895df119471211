"""The spool: what a machine keeps while the shared record is away."""

from __future__ import annotations

import os
import signal as signals_of_system
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.storage.spool import SPOOL_FILE, Spool, kept_on

ROOT = Path(__file__).parents[3]
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

KEEPS_FOR_EVER = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.storage.spool import Spool
spool = Spool(Path(sys.argv[1]))
spool.open()
for number in range(1, 1_000_000):
    at = datetime(2026, 11, 24, tzinfo=UTC)
    spool.keep([Signal(AlarmSource.DC09, "1001", "120", number, Qualifier.NEW, at, f"f{number}")])
    print(number, flush=True)
"""


def a_signal(number: int) -> Signal:
    at = AT + timedelta(seconds=number)
    return Signal(AlarmSource.DC09, "1001", "120", number, Qualifier.NEW, at, f"f{number}", text="三号楼东门")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / SPOOL_FILE


@pytest.fixture
def spool(file: Path) -> Iterator[Spool]:
    spool = Spool(file)
    spool.open()
    yield spool
    spool.close()


def test_what_is_kept_comes_back_in_order_after_a_restart(spool: Spool, file: Path) -> None:
    spool.keep([a_signal(1), a_signal(2)])
    spool.keep([a_signal(3)])
    spool.close()
    again = Spool(file)
    again.open()
    assert again.count == 3
    assert [kept.signal for kept in again.first(10)] == [a_signal(1), a_signal(2), a_signal(3)]
    again.forget(again.first(2))
    assert [kept.signal for kept in again.first(10)] == [a_signal(3)]
    again.close()


def test_a_number_is_never_used_twice(spool: Spool) -> None:
    spool.keep([a_signal(1)])
    seq = spool.first(1)[0].seq
    spool.forget(spool.first(1))
    spool.keep([a_signal(2)])
    assert spool.first(1)[0].seq > seq


def test_the_numbers_of_a_new_file_begin_above_those_of_the_one_it_replaces(spool: Spool, file: Path) -> None:
    spool.keep([a_signal(number) for number in range(1, 51)])
    newest = spool.first(100)[-1].seq
    spool.close()
    file.write_bytes(b"torn" * 5000)
    again = Spool(file)
    assert again.open() is not None
    again.keep([a_signal(51)])
    assert again.first(1)[0].seq > newest
    again.close()


def test_a_file_of_an_earlier_version_goes_on_with_its_own_numbers(spool: Spool, file: Path) -> None:
    spool.close()
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE sqlite_sequence SET seq = 7 WHERE name = 'kept'")
    connection.close()
    again = Spool(file)
    again.open()
    again.keep([a_signal(8)])
    assert again.first(1)[0].seq == 8
    again.close()


def test_a_seat_sees_what_waits_and_that_it_went(spool: Spool, file: Path, tmp_path: Path) -> None:
    assert kept_on(tmp_path / "no spool here.db", 0, 10) == (0, [])
    assert kept_on(file, 0, 10) == (0, [])
    spool.keep([a_signal(1), a_signal(2)])
    oldest, kept = kept_on(file, 0, 10)
    assert [one.signal for one in kept] == [a_signal(1), a_signal(2)]
    assert oldest == kept[0].seq
    assert kept_on(file, kept[0].seq, 10) == (oldest, [kept[1]])
    spool.forget(kept[:1])
    assert kept_on(file, kept[1].seq, 10) == (kept[1].seq, [])


def test_what_is_set_aside_holds_nobody_up_and_is_not_lost(spool: Spool, file: Path) -> None:
    spool.keep([a_signal(1), a_signal(2)])
    spool.set_aside(spool.first(1)[0].seq)
    assert [kept.signal for kept in spool.first(10)] == [a_signal(2)]
    assert spool.count == 1
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT count(*) FROM aside WHERE body LIKE '%\"f1\"%'").fetchone() == (1,)
    connection.close()


def test_what_this_version_cannot_read_goes_aside_and_holds_nobody_up(
    spool: Spool, file: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("storage.unreadable_row")
    spool.keep([a_signal(1), a_signal(2)])
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE kept SET body = '{}' WHERE seq = (SELECT min(seq) FROM kept)")
    assert [one.signal for one in kept_on(file, 0, 10)[1]] == [a_signal(2)]
    assert [one.signal for one in spool.first(10)] == [a_signal(2)]
    assert spool.count == 1
    assert connection.execute("SELECT count(*) FROM aside").fetchone() == (1,)
    connection.close()


def test_a_full_spool_takes_nothing_and_keeps_what_it_has(file: Path) -> None:
    spool = Spool(file, most_kept=2)
    spool.open()
    spool.keep([a_signal(1)])
    with pytest.raises(ServiceError) as refused:
        spool.keep([a_signal(2), a_signal(3)])
    assert refused.value.code == "storage.full"
    assert [kept.signal for kept in spool.first(10)] == [a_signal(1)]
    spool.close()


def test_a_file_that_is_no_spool_is_put_aside_as_it_was_and_never_written_over(file: Path) -> None:
    for number in (1, 2):
        content = b"not a database at all" * 100 * number
        file.write_bytes(content)
        spool = Spool(file)
        aside = spool.open()
        spool.close()
        assert aside == file.with_name(f"spool.damaged-{number}")
        assert aside.read_bytes() == content
    assert len(list(file.parent.glob("*.damaged-?"))) == 2


def test_what_was_said_to_be_kept_outlives_a_kill(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KEEPS_FOR_EVER, str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as keeper:
        assert keeper.stdout is not None
        while int(keeper.stdout.readline()) < 30:
            pass
        keeper.send_signal(signals_of_system.SIGKILL)
        told = [int(line) for line in keeper.stdout.read().split("\n") if line.strip()] or [30]
    spool = Spool(file)
    spool.open()
    kept = [one.signal.zone for one in spool.first(10_000_000)]
    spool.close()
    assert kept == list(range(1, len(kept) + 1))
    assert len(kept) >= max(told)
