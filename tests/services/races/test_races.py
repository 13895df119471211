"""Four seats give random commands while seats and the database server are killed; the record stays true.

RACE_COMMANDS says how many commands each seat gives: 120 by default, 2000 for the whole proof
(`RACE_COMMANDS=2000 python3 dev.py test tests/services/races`).
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.core.codec import from_plain
from services.dispatch.desk import import_site
from services.domain.facts import (
    FACTS,
    AlarmChanged,
    AlarmRaised,
    AlarmRepeated,
    DispatchChanged,
    DispatchSent,
    Fact,
    IncidentChanged,
    IncidentOpened,
)
from services.domain.people import Role, Session
from services.storage import Database, View, care, verify_audit
from tests.campus import read_demo_site
from tests.postgres import Cluster
from tests.services.races.checker import Record, Step, faults_of
from tests.services.races.history import OK, REFUSED, UNKNOWN, read

COMMANDS = int(os.environ.get("RACE_COMMANDS", "120"))
SEATS = ("anna", "boris", "chen", "dina")
ADMINISTRATOR = Session("admin", "admin", Role.ADMINISTRATOR, "test")
ROOT = Path(__file__).parents[3]
RACER = Path(__file__).with_name("racer.py")
PAGE = 2000
# Commands of all seats between two kills: counted, not timed, so a fast machine is killed as often as a slow.
LEAST_COMMANDS, MOST_COMMANDS = 40, 100
LINES_PER_COMMAND = 2  # asked, answered
LOOK_AGAIN_S = 0.1
# Nobody waits for ever: a seat that hangs is a fault of its own.
LIMIT_S = 240.0 + COMMANDS


@pytest.fixture
def mortal_postgres() -> Iterator[Cluster]:
    """A server of this test's own: it will be killed."""
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


class Seats:
    """The racing processes, each started again when it was killed."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self.notebooks = {seat: folder / f"{seat}.jsonl" for seat in SEATS}
        self._running = {seat: self._start(seat) for seat in SEATS}
        self.kills = 0

    def racing(self) -> list[str]:
        """Those with commands left. One that gave up has found something: its words are in the failure."""
        for seat, process in self._running.items():
            assert process.poll() in (None, 0), f"{seat} ended with {process.returncode}"
        return [seat for seat, process in self._running.items() if process.poll() is None]

    def lines(self) -> int:
        """How much all have written down; grows with every command."""
        return sum(book.read_bytes().count(b"\n") for book in self.notebooks.values() if book.exists())

    def kill(self, seat: str) -> None:
        process = self._running[seat]
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.kills += 1
        self._running[seat] = self._start(seat)

    def end(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.kill()
            process.wait()

    def _start(self, seat: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, RACER, self._url, seat, str(COMMANDS), self.notebooks[seat]],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )


def test_seats_and_server_killed_at_random_leave_one_owner_no_lost_word_and_what_is_closed_closed(
    mortal_postgres: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = mortal_postgres.create_database("race")
    care.upgrade(url)
    database = Database(url)
    database.open()
    site = read_demo_site()
    import_site(database, ADMINISTRATOR, site)
    database.close()
    began_s = time.monotonic()
    seats = Seats(url, tmp_path)
    try:
        server_kills = _kill_at_random(seats, mortal_postgres, began_s)
    finally:
        seats.end()
    took_s = time.monotonic() - began_s
    calls = read(seats.notebooks.values())
    database = Database(url)
    database.open()
    try:
        record = database.read(_record, deadline_s=60.0)
    finally:
        database.close()
    outcomes = Counter(call.outcome for call in calls)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(calls)} commands of {len(SEATS)} seats in {took_s:.0f} s, {dict(outcomes)}, "
            f"{seats.kills} seats and {server_kills} servers killed, {len(record.steps)} facts; done: "
            f"{dict(Counter(call.command.split()[0] for call in calls if call.outcome == OK))}\n"
        )
    assert faults_of(calls, record) == []
    report = verify_audit(url)
    assert report.first_broken is None
    # That it could have failed: all were asked, much was done, some was refused.
    assert Counter(call.seat for call in calls) == dict.fromkeys(SEATS, COMMANDS)
    assert outcomes[OK] > COMMANDS
    assert outcomes[REFUSED] > 0
    assert seats.kills >= 2
    assert server_kills >= 1
    done = {call.command.split()[0] for call in calls if call.outcome == OK}
    assert {"claim", "take_over", "send", "step", "feedback", "close"} <= done
    assert outcomes[UNKNOWN] < len(calls) / 4


def _kill_at_random(seats: Seats, server: Cluster, began_s: float) -> int:
    """Until all have given their commands; returns how often the server was killed."""
    chance, stop, kills = random.Random(41), threading.Event(), 0
    victims = itertools.cycle(("seat", "server", "seat"))
    kill_at = LINES_PER_COMMAND * chance.randint(LEAST_COMMANDS, MOST_COMMANDS)
    while racing := seats.racing():
        assert time.monotonic() - began_s < LIMIT_S, "the seats did not come to an end"
        stop.wait(LOOK_AGAIN_S)
        if seats.lines() < kill_at:
            continue
        if next(victims) == "seat":
            seats.kill(chance.choice(racing))
        else:
            server.kill()
            kills += 1
            stop.wait(0.4 * chance.random())
            server.serve()
        kill_at = seats.lines() + LINES_PER_COMMAND * chance.randint(LEAST_COMMANDS, MOST_COMMANDS)
    return kills


def _record(view: View) -> Record:
    steps: list[Step] = []
    seq = 0
    while rows := view.changes_after(seq, PAGE):
        for row in rows:
            seq = row.seq
            step = _step(row.seq, from_plain(FACTS[row.kind], json.loads(row.payload)))
            if step is not None:
                steps.append(step)
    assert seq == view.seq
    ids = {(step.kind, step.id) for step in steps}
    rows_of = {"alarm": view.alarms, "incident": view.incidents, "dispatch": view.dispatches}
    found = {}
    for kind, key in ids:
        entity = rows_of[kind].get(key)  # type: ignore[attr-defined]
        found[(kind, key)] = (entity.row_version, entity.state.value, getattr(entity, "owner", ""))
    return Record(steps, {key: (*row[:2], row[2] if key[0] == "alarm" else "") for key, row in found.items()})


def _step(seq: int, fact: Fact) -> Step | None:
    match fact:
        case AlarmRaised() | AlarmRepeated() | AlarmChanged():
            alarm = fact.alarm
            change = fact.change if isinstance(fact, AlarmChanged) else "raised"
            return Step(
                seq,
                "alarm",
                alarm.id,
                alarm.row_version,
                alarm.state.value,
                change,
                owner=alarm.owner,
                number=alarm.event_no,
                is_offered=alarm.offered_at is not None,
            )
        case IncidentOpened() | IncidentChanged():
            incident = fact.incident
            change = fact.change if isinstance(fact, IncidentChanged) else "opened"
            return Step(
                seq,
                "incident",
                incident.id,
                incident.row_version,
                incident.state.value,
                change,
                number=incident.incident_no,
            )
        case DispatchSent() | DispatchChanged():
            dispatch = fact.dispatch
            change = fact.change if isinstance(fact, DispatchChanged) else "sent"
            return Step(
                seq,
                "dispatch",
                dispatch.id,
                dispatch.row_version,
                dispatch.state.value,
                change,
                number=dispatch.dispatch_no,
                guards=dispatch.guards,
            )
        case _:
            return None
