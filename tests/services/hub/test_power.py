"""Nothing acknowledged is ever lost: the hub is killed, the database freezes, the panels repeat."""

from __future__ import annotations

import os
import random
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from services.alarms.drivers import wire
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.site import Site
from services.hub import Hub
from services.sim.firebox import FireBox, FireLine
from services.sim.panels import Dialler, Line, Report, Transport
from services.storage import Database, care
from services.storage.spool import SPOOL_FILE, kept_on
from tests.postgres import Cluster
from tests.services.hub.killable_hub import HubProcess
from tests.waiting import LIMIT_S

Wait = Callable[..., object]


@pytest.fixture
def hub_process(settings: Settings, database: Database, site: Site) -> Iterator[HubProcess]:
    assert database.read(lambda view: view.site()) == site
    hub = HubProcess(settings)
    try:
        hub.start()
        yield hub
    finally:
        hub.kill()


def counted(database: Database) -> dict[tuple[str, int], int]:
    alarms = database.read(lambda view: view.alarms.open())
    return {(alarm.panel, alarm.zone_number): alarm.occurrence_count for alarm in alarms}


def test_a_hub_killed_again_and_again_loses_nothing_and_counts_nothing_twice(
    hub_process: HubProcess, database: Database, expected_log: Callable[..., None], wait_until: Wait
) -> None:
    expected_log("dialler.gave_up")
    stop = threading.Event()
    acknowledged: dict[tuple[str, int], int] = {}

    def press_buttons(account: str, panel: str, transport: Transport) -> None:
        line = Line(account, "127.0.0.1", hub_process.port, transport, answer_s=1.0, retry_s=0.02, tries=1000)
        dialler = Dialler(line, SystemClock())
        number = 0
        while not stop.is_set():
            zone = number % 50 + 1
            assert dialler.send(Report("120", zone))
            acknowledged[(panel, zone)] = acknowledged.get((panel, zone), 0) + 1
            number += 1
        dialler.close()

    def report_fires() -> None:
        line = FireLine(
            "000000000379", "127.0.0.1", hub_process.fire_port, answer_s=1.0, retry_s=0.02, tries=1000
        )
        box = FireBox(line, SystemClock())
        while not stop.is_set():
            assert box.send(Report("fire", 0, point="1.1.10.2"))
            acknowledged[("F1", 1)] = acknowledged.get(("F1", 1), 0) + 1
        box.close()

    panels = [
        ("1001", "A1", Transport.TCP),
        ("1009", "A9", Transport.UDP),
        ("5001", "A5", Transport.TCP),
        ("5002", "A6", Transport.TCP),
    ]
    threads = [threading.Thread(target=press_buttons, args=panel) for panel in panels]
    threads.append(threading.Thread(target=report_fires))
    for thread in threads:
        thread.start()
    chance = random.Random(11)
    for _ in range(5):
        stop.wait(0.3 + 0.5 * chance.random())
        hub_process.kill()
        hub_process.start()
    wait_until(lambda: sum(tuple(acknowledged.values())) > 50 and acknowledged.get(("F1", 1), 0) > 10)
    stop.set()
    for thread in threads:
        thread.join()
    assert {key: times for key, times in counted(database).items() if key[1]} == acknowledged


def test_a_frame_received_but_not_acknowledged_at_the_kill_is_one_alarm_after_the_retry(
    hub_process: HubProcess, database: Database
) -> None:
    frame = wire.pack(b'"ADM-CID"0042L0#1001[#1001|1120 01 001]')
    with socket.create_connection(("127.0.0.1", hub_process.port), timeout=LIMIT_S) as peer:
        hub_process.send(signal.SIGSTOP)
        peer.sendall(frame)
        peer.settimeout(0.3)
        with pytest.raises(TimeoutError):
            peer.recv(100)
        hub_process.kill()
    hub_process.start()
    with socket.create_connection(("127.0.0.1", hub_process.port), timeout=LIMIT_S) as peer:
        peer.sendall(frame)
        assert b'"ACK"0042' in peer.recv(100)
    assert counted(database)[("A1", 1)] == 1


@pytest.fixture
def postgres_processes(postgres: str) -> Callable[[], list[int]]:
    """The server's own process and those of its connections, asked while it still answers."""
    address = postgres.replace("+psycopg", "")

    def ask() -> list[int]:
        with psycopg.connect(address) as connection:
            rows = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
            folder = connection.execute("SHOW data_directory").fetchall()[0][0]
        server = int((Path(folder) / "postmaster.pid").read_text().splitlines()[0])
        return [server, *(int(pid) for (pid,) in rows)]

    return ask


def test_while_postgresql_is_frozen_panels_are_heard_and_it_has_each_alarm_once_when_it_thaws(
    postgres: str,
    postgres_processes: Callable[[], list[int]],
    settings: Settings,
    site: Site,
    expected_log: Callable[..., None],
    wait_until: Wait,
) -> None:
    expected_log("shelter.apart", "rounds.failing", "panel.silent")
    care.upgrade(postgres)
    database = Database(postgres)
    database.open()
    database.write(lambda tx: tx.replace_site(site))
    hub = Hub(settings.model_copy(update={"database": postgres}), Secrets())
    hub.start()
    line = Line("1001", "127.0.0.1", hub.dc09_port, answer_s=LIMIT_S, retry_s=0.1, tries=1)
    dialler = Dialler(line, SystemClock())
    file = settings.data_dir / SPOOL_FILE
    try:
        assert dialler.send(Report("120", 1))
        frozen = postgres_processes()
        for process in frozen:
            _signal(process, signal.SIGSTOP)
        try:
            for zone in (5, 6, 7, 5):
                assert dialler.send(Report("120", zone))
            assert [one.signal.zone for one in kept_on(file, 0, 10)[1]] == [5, 6, 7, 5]
        finally:
            for process in frozen:
                _signal(process, signal.SIGCONT)
        wait_until(lambda: kept_on(file, 0, 10) == (0, []))
        of_panel = {zone: times for (panel, zone), times in counted(database).items() if panel == "A1"}
        assert of_panel == {1: 1, 5: 2, 6: 1, 7: 1}
    finally:
        dialler.close()
        hub.stop()
        database.close()


def test_a_hub_killed_while_its_database_is_frozen_gives_what_it_kept_to_the_next(
    postgres: str,
    postgres_processes: Callable[[], list[int]],
    settings: Settings,
    site: Site,
    wait_until: Wait,
) -> None:
    care.upgrade(postgres)
    database = Database(postgres)
    database.open()
    database.write(lambda tx: tx.replace_site(site))
    hub = HubProcess(settings.model_copy(update={"database": postgres}))
    hub.start()
    line = Line("1001", "127.0.0.1", hub.port, answer_s=LIMIT_S, retry_s=0.1, tries=1)
    dialler = Dialler(line, SystemClock())
    try:
        assert dialler.send(Report("120", 1))
        frozen = postgres_processes()
        for process in frozen:
            _signal(process, signal.SIGSTOP)
        try:
            assert dialler.send(Report("120", 2))
            hub.kill()
        finally:
            for process in frozen:
                _signal(process, signal.SIGCONT)
        hub.start()
        wait_until(lambda: counted(database).get(("A1", 2)) == 1)
        assert counted(database)[("A1", 1)] == 1
    finally:
        dialler.close()
        hub.kill()
        database.close()


@pytest.fixture
def mortal_postgres() -> Iterator[Cluster]:
    """A server of this test's own, with fsync: it will be killed."""
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


def test_hub_and_database_server_killed_at_random_lose_nothing_acknowledged_and_raise_nothing_twice(
    mortal_postgres: Cluster,
    settings: Settings,
    site: Site,
    expected_log: Callable[..., None],
    wait_until: Wait,
) -> None:
    expected_log("dialler.gave_up")
    url = mortal_postgres.create_database("mortal")
    care.upgrade(url)
    record = Database(url)
    record.open()
    record.write(lambda tx: tx.replace_site(site))
    record.close()
    hub = HubProcess(settings.model_copy(update={"database": url}))
    hub.start()
    stop = threading.Event()
    acknowledged: dict[tuple[str, int], int] = {}

    def press_buttons(account: str, panel: str, transport: Transport) -> None:
        line = Line(account, "127.0.0.1", hub.port, transport, answer_s=3.0, retry_s=0.02, tries=1000)
        dialler = Dialler(line, SystemClock())
        number = 0
        while not stop.is_set():
            zone = number % 50 + 1
            assert dialler.send(Report("120", zone))
            acknowledged[(panel, zone)] = acknowledged.get((panel, zone), 0) + 1
            number += 1
            stop.wait(0.01)
        dialler.close()

    lines = [("1001", "A1", Transport.TCP), ("1009", "A9", Transport.UDP), ("5001", "A5", Transport.TCP)]
    threads = [threading.Thread(target=press_buttons, args=line) for line in lines]
    for thread in threads:
        thread.start()
    chance = random.Random(7)
    for victim in ("database", "hub", "database", "hub", "database"):
        stop.wait(0.3 + 0.5 * chance.random())
        if victim == "hub":
            hub.kill()
            hub.start()
        else:
            mortal_postgres.kill()
            stop.wait(0.5 * chance.random())
            mortal_postgres.serve()
    wait_until(lambda: sum(tuple(acknowledged.values())) > 20)
    stop.set()
    for thread in threads:
        thread.join()
    wait_until(lambda: kept_on(settings.data_dir / SPOOL_FILE, 0, 1) == (0, []))
    hub.kill()
    record = Database(url)
    record.open()
    try:
        assert {key: times for key, times in counted(record).items() if key[1]} == acknowledged
    finally:
        record.close()


def _signal(process: int, number: signal.Signals) -> None:
    """A connection of the server may have ended since it was listed."""
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return
