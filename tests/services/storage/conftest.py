"""Databases on both engines, samples to put into them, and other processes that use them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmId, AlarmSource, Qualifier, Signal
from services.domain.incidents import Channel, Dispatch, DispatchId, Incident, IncidentId
from services.storage import Database
from tests.alarms import PANIC
from tests.records import new_sqlite
from tests.services.storage.breakable import BreakableServer

CLIENT = Path(__file__).with_name("client.py")
AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="session")
def server() -> Iterator[BreakableServer]:
    """A PostgreSQL that this folder's tests may break, as long as they mend it."""
    server = BreakableServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The URL of a fresh SQLite database with the schema."""
    return new_sqlite(tmp_path / "watch.db")


@pytest.fixture
def postgres_url(postgres_record: str) -> str:
    """The URL of a fresh PostgreSQL database with the schema."""
    return postgres_record


@pytest.fixture
def breakable_url(server: BreakableServer) -> str:
    """The same on the server that may be broken."""
    return server.new_record_url()


@pytest.fixture(params=["sqlite", "postgres_url"])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh database with the schema, once on each engine."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Opens databases that are closed when the test ends."""
    opened: list[Database] = []

    def open_one(url: str) -> Database:
        database = Database(url)
        database.open()
        opened.append(database)
        return database

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def make_alarm() -> Callable[..., Alarm]:
    """Builds alarms of zone 1 of panel A1; keyword arguments replace fields."""

    def make(event_no: str, **fields: object) -> Alarm:
        alarm = replace(
            PANIC,
            id=AlarmId(new_id()),
            event_no=event_no,
            dedup_key=event_no,
            feeds=("C01", "C02"),
            received_at=AT,
            last_occurrence_at=AT,
        )
        return replace(alarm, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_signal() -> Callable[..., Signal]:
    """Builds frames from account 1001; keyword arguments replace fields."""

    def make(fingerprint: str, **fields: object) -> Signal:
        signal = Signal(
            AlarmSource.DC09, "1001", "120", 1, Qualifier.NEW, AT, fingerprint, raw="#1001|1120 00 001"
        )
        return replace(signal, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_incident() -> Callable[..., Incident]:
    def make(incident_no: str, **fields: object) -> Incident:
        incident = Incident(
            id=IncidentId(new_id()),
            incident_no=incident_no,
            title="东门一键报警",
            category="panic",
            place="东门",
            at=(480.0, 170.5),
            content="",
            owner="zhang",
            owner_name="张三",
            received_at=AT,
        )
        return replace(incident, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_dispatch() -> Callable[..., Dispatch]:
    def make(dispatch_no: str, incident: str, **fields: object) -> Dispatch:
        dispatch = Dispatch(
            id=DispatchId(new_id()),
            dispatch_no=dispatch_no,
            incident=IncidentId(incident),
            guard="G01",
            guard_name="李四",
            order_text="去东门",
            channel=Channel.RADIO,
            why="最近",
            distance_m=82.5,
            sent_by="zhang",
            sent_by_name="张三",
            sent_at=AT,
        )
        return replace(dispatch, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def run_client() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `client.py` as another process of the product; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(CLIENT), *arguments],
            cwd=CLIENT.parents[3],
            env={**os.environ, "PYTHONPATH": "."},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()
