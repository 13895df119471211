"""Whoever floods the hub or holds its connections keeps no real panic from being acknowledged in time."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from services.alarms.drivers import wire
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm
from services.hub import Hub
from services.hub.peers import PeerLimits
from services.hub.strangers import BURST_SIGNALS, SIGNALS_PER_S, Strangers
from services.sim.firebox import FireBox, FireLine
from services.sim.panels import Dialler, Line, Report, Transport
from services.storage import Database
from tests.waiting import LIMIT_S

HUB_PROCESS = Path(__file__).with_name("hub_process.py")
ROOT = Path(__file__).parents[3]
PANIC_S = 10.0  # a busy machine needs some of it
POLL = wire.pack(b'"NULL"0001L0#1001[]')
Wait = Callable[..., object]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def fire_port() -> int:
    return free_port()


@pytest.fixture
def port(settings: Settings, database: Database, fire_port: int) -> Iterator[int]:
    """A hub in a process of its own: an attacker in the same interpreter would slow it down."""
    assert database.read(lambda view: view.site()) is not None
    port = free_port()
    with subprocess.Popen(
        [sys.executable, HUB_PROCESS, str(settings.data_dir), str(port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SHOUWANG_GB26875_PORT": str(fire_port)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as hub:
        assert hub.stdout is not None
        assert hub.stdout.readline() == "ready\n"
        yield port
        hub.kill()


def is_panic_heard(port: int, zone: int, transport: Transport = Transport.TCP) -> bool:
    """One frame, one connection, no second try."""
    dialler = Dialler(Line("1001", "127.0.0.1", port, transport, answer_s=PANIC_S, tries=1), SystemClock())
    try:
        return dialler.send(Report("120", zone))
    finally:
        dialler.close()


def strangers_alarms(database: Database) -> list[Alarm]:
    return [a for a in database.read(lambda view: view.alarms.open()) if a.name == "未知主机"]


def test_panics_are_heard_while_invented_accounts_flood_the_hub(
    port: int, database: Database, wait_until: Wait
) -> None:
    sent = itertools.count()
    reached = threading.Event()
    stop = threading.Event()

    def flood() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            while not stop.is_set():
                number = next(sent)
                account = b"%06X" % (number * 7919 % 0xFFFFFF)
                body = b'"ADM-CID"%04dL0#%s[#%s|1130 01 001]' % (number % 9999 + 1, account, account)
                peer.sendto(wire.pack(body), ("127.0.0.1", port))
                if number == 8000:
                    reached.set()
                if number % 10 == 0:
                    stop.wait(0.001)

    attacker = threading.Thread(target=flood)
    attacker.start()
    try:
        assert reached.wait(LIMIT_S)
        heard = [is_panic_heard(port, zone) for zone in range(1, 5)]
    finally:
        stop.set()
        attacker.join()
    assert heard == [True] * 4
    wait_until(lambda: strangers_alarms(database))
    (alarm,) = strangers_alarms(database)
    assert alarm.occurrence_count >= BURST_SIGNALS / 4
    kept = database.read(lambda view: view.signals_of(alarm.id))
    assert len(kept) <= BURST_SIGNALS + SIGNALS_PER_S * 60


def test_fires_are_heard_while_panels_of_the_site_flood_the_hub(
    port: int, fire_port: int, database: Database, wait_until: Wait
) -> None:
    """Forty senders in the name of known panels, each with as many frames on their way as it may have."""
    stop = threading.Event()
    flooded = threading.Event()

    def flood() -> None:
        with ExitStack() as open_ends:
            peers = [
                open_ends.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) for _ in range(40)
            ]
            for number in itertools.count():
                body = b'"ADM-CID"%04dL0#1001[#1001|1130 01 %03d]' % (number % 9999 + 1, number % 90 + 1)
                peers[number % 40].sendto(wire.pack(body), ("127.0.0.1", port))
                if number == 8000:
                    flooded.set()
                if number % 10 == 0 and stop.wait(0.001):
                    return

    attacker = threading.Thread(target=flood)
    attacker.start()
    box = FireBox(FireLine("000000000379", "127.0.0.1", fire_port, answer_s=PANIC_S, tries=1), SystemClock())
    try:
        assert flooded.wait(LIMIT_S)
        assert [box.send(Report("fire", 0, point="1.1.10.2")) for _ in range(5)] == [True] * 5
    finally:
        stop.set()
        attacker.join()
        box.close()

    def fires() -> list[Alarm]:
        return [alarm for alarm in database.read(lambda view: view.alarms.open()) if alarm.panel == "F1"]

    # What was confirmed may lie in the hub's own spool for a moment.
    wait_until(lambda: [fire.occurrence_count for fire in fires()] == [5], timeout_s=60)


def test_panics_are_heard_while_one_address_holds_idle_connections(port: int) -> None:
    with ExitStack() as idle:
        for _ in range(600):
            idle.enter_context(socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S))
        assert [is_panic_heard(port, zone, transport) for zone, transport in enumerate(Transport, 1)] == [
            True,
            True,
        ]


def test_a_peer_that_sends_an_endless_line_is_cut_off(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PANIC_S) as peer:
        peer.sendall(b"\n0000FFFF" + b"B" * 40_000 + POLL + b"B" * 40_000 + POLL)
        answers = wire.Framer()
        bodies: list[bytes] = []
        while len(bodies) < 2:
            bodies += answers.feed(peer.recv(4096))
        with pytest.raises((ConnectionError, EOFError)):  # noqa: PT012 - the cut shows at either
            peer.sendall(b"\n0000FFFF" + b"B" * 70_000)
            if not peer.recv(100):
                raise EOFError


@pytest.fixture
def start_hub(
    settings: Settings, database: Database, expected_log: Callable[..., None]
) -> Iterator[Callable[..., Hub]]:
    assert database.read(lambda view: view.site()) is not None
    expected_log("panel.silent")
    with ExitStack() as running:

        def start(**limits: float) -> Hub:
            hub = Hub(settings, Secrets(), limits=PeerLimits(**limits))  # type: ignore[arg-type]
            hub.start()
            running.callback(hub.stop)
            return hub

        yield start


def test_who_never_spoke_as_a_panel_of_the_site_is_hung_up_on_sooner(start_hub: Callable[..., Hub]) -> None:
    where = ("127.0.0.1", start_hub(unproven_idle_s=0.3).dc09_port)
    with (
        socket.create_connection(where, timeout=LIMIT_S) as panel,
        socket.create_connection(where, timeout=LIMIT_S) as stranger,
        socket.create_connection(where, timeout=LIMIT_S) as silent,
    ):
        panel.sendall(POLL)
        stranger.sendall(wire.pack(b'"NULL"0001L0#7777[]'))
        assert b"ACK" in panel.recv(100)
        assert b"ACK" in stranger.recv(100)
        assert (is_cut(silent), is_cut(stranger)) == (True, True)
        panel.sendall(POLL)
        assert b"ACK" in panel.recv(100)


def test_a_frame_that_drips_in_is_cut_off_though_its_panel_is_known(start_hub: Callable[..., Hub]) -> None:
    """A byte now and then is no silence; else a few such lines would use up all places."""
    where = ("127.0.0.1", start_hub(frame_s=0.5).dc09_port)
    with socket.create_connection(where, timeout=LIMIT_S) as panel:
        panel.sendall(POLL)
        assert b"ACK" in panel.recv(100)
        panel.sendall(b"\n")
        panel.settimeout(0.1)
        dripping_until_s = time.monotonic() + 10
        while not (has_ended := has_hung_up(panel)) and time.monotonic() < dripping_until_s:
            panel.send(b"0")
    assert has_ended


def has_hung_up(peer: socket.socket) -> bool:
    """Waits for as long as the socket's own limit."""
    try:
        return peer.recv(100) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


@pytest.mark.parametrize("limit", ["connections", "connections_of_address"])
def test_who_is_silent_for_longest_gives_way_and_a_panel_stays(
    start_hub: Callable[..., Hub],
    limit: str,
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    expected_log("receiver.too_many_peers")
    where = ("127.0.0.1", start_hub(**{limit: 4}).dc09_port)
    with ExitStack() as open_ends:
        panel, *others = [
            open_ends.enter_context(socket.create_connection(where, timeout=LIMIT_S)) for _ in range(4)
        ]
        panel.sendall(POLL)
        assert b"ACK" in panel.recv(100)
        for _ in range(2):
            open_ends.enter_context(socket.create_connection(where, timeout=LIMIT_S))
        assert [is_cut(other) for other in others[:2]] == [True, True]
        panel.sendall(POLL)
        assert b"ACK" in panel.recv(100)
    assert [event["event"] for event in log_events].count("receiver.too_many_peers") == 1


def is_cut(peer: socket.socket) -> bool:
    try:
        return peer.recv(100) == b""
    except ConnectionError:
        return True


def test_strangers_of_one_address_use_up_their_allowance_and_regain_it(
    expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("strangers.held_back")
    strangers = Strangers()
    assert sum(strangers.admits("10.0.0.1", 1, 0.0) for _ in range(1000)) == BURST_SIGNALS
    assert strangers.admits("10.0.0.2", 1, 0.0)
    assert sum(strangers.admits("10.0.0.1", 1, 1.0) for _ in range(1000)) == SIGNALS_PER_S
    assert strangers.admits("10.0.0.1", 1, 100.0)
    assert [event["event"] for event in log_events] == ["strangers.held_back", "strangers.heard_again"]


def test_ten_thousand_connections_offered_at_once_keep_no_panic_waiting(
    port: int, database: Database
) -> None:
    assert is_panic_heard(port, 30)
    held: deque[socket.socket] = deque(maxlen=1500)
    refused = 0
    for number in range(10_000):
        caller = socket.socket()
        caller.settimeout(2.0)
        try:
            caller.bind((f"127.0.0.{2 + number % 200}", 0))
            caller.connect(("127.0.0.1", port))
        except OSError:
            refused += 1
            caller.close()
            continue
        if len(held) == held.maxlen:
            held.popleft().close()
        held.append(caller)
        if number % 2500 == 2499:
            assert is_panic_heard(port, 31 + number // 2500)
    for caller in held:
        caller.close()
    assert refused < 5_000
    heard = {alarm.zone_number for alarm in database.read(lambda view: view.alarms.open())}
    assert {30, 31, 32, 33, 34} <= heard
