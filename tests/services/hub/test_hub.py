"""The hub over real sockets: own and foreign diallers, bad peers, second hubs, silent panels."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from my_dc09_spt.dc09_spt import dc09_spt
from siadc09 import message as oracle
from siadc09.account import Account
from siadc09.xdata import Data

from services.alarms.drivers import wire
from services.core.errors import ServiceError
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm, Qualifier
from services.domain.classes import AlarmClass
from services.domain.site import Site
from services.hub import Hub
from services.sim.panels import Dialler, Protocol, Report, Transport
from services.storage import Database
from tests.waiting import LIMIT_S

KEY = bytes(range(16))
Dial = Callable[..., Dialler]
Wait = Callable[..., object]


def open_alarms(database: Database) -> list[Alarm]:
    return database.read(lambda view: view.alarms.open())


@pytest.mark.parametrize("transport", Transport)
@pytest.mark.parametrize("protocol", Protocol)
@pytest.mark.parametrize("account", ["1001", "1002"])
def test_an_acknowledged_report_is_in_the_database(
    dial: Dial, database: Database, transport: Transport, protocol: Protocol, account: str
) -> None:
    key = KEY if account == "1002" else None
    dialler = dial(account, transport=transport, protocol=protocol, key=key)
    assert dialler.send(Report("120" if protocol is Protocol.ADM_CID else "PA", 7))
    (alarm,) = open_alarms(database)
    assert (alarm.panel, alarm.zone_number, alarm.alarm_class) == (
        "A1" if account == "1001" else "A2",
        7,
        AlarmClass.PANIC,
    )
    runs = database.read(lambda view: view.linkage_runs.of_alarm(alarm.id))
    assert [run.rule for run in runs] == ["feeds"]


@pytest.mark.parametrize("transport", ["TCP", "UDP"])
@pytest.mark.parametrize(
    ("account", "key"),
    [("1001", None), ("1002", KEY), ("1032", bytes(range(32)))],
)
def test_a_foreign_dialler_is_received_and_content(
    hub: Hub, database: Database, transport: str, account: str, key: bytes | None
) -> None:
    foreign = dc09_spt(account, receiver=1, line=0)
    where = ("main", "primary", "127.0.0.1", hub.dc09_port)
    foreign.set_path(*where, key=key, receiver=1, line=0, type=transport)
    foreign.send_msg("ADM-CID", {"code": 120, "zone": 3, "area": 1})
    foreign.send_msg("SIA-DCS", {"code": "PA", "zone": 4, "area": 1})
    assert foreign.isConnected()
    assert foreign.notSent() == 0
    zones = [(alarm.alarm_class, alarm.zone_number) for alarm in open_alarms(database)]
    assert zones == [(AlarmClass.PANIC, 3), (AlarmClass.PANIC, 4)]


@pytest.mark.parametrize("transport", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
@pytest.mark.parametrize("key", [bytes(range(16)), bytes(range(24)), bytes(range(32))])
def test_frames_of_a_foreign_encoder_are_answered_under_their_key(
    hub: Hub, database: Database, transport: socket.SocketKind, key: bytes
) -> None:
    account = {16: "1002", 24: "1024", 32: "1032"}[len(key)]
    who = Account(acct=int(account, 16), pref=0, key=key)
    data = Data(f"#{account}|1120 01 009".encode())
    event = oracle.EventMessage(who, {"idtoken": "ADM-CID", "seqno": 12, "data": data})
    with socket.socket(socket.AF_INET, transport) as peer:
        peer.settimeout(LIMIT_S)
        peer.connect(("127.0.0.1", hub.dc09_port))
        peer.sendall(event.encode(timestamp=datetime.now(UTC)))
        answer = oracle.parse_frame(peer.recv(4096), {None: key})
    assert (answer.idtoken, answer.seq, answer.encrypted) == ("ACK", 12, True)
    assert any(alarm.code_raw == "120" for alarm in open_alarms(database))


def test_polls_are_acknowledged_and_store_nothing(dial: Dial, database: Database) -> None:
    assert dial("1001").poll()
    assert dial("1002", key=KEY).poll()
    assert open_alarms(database) == []


def test_a_plain_frame_of_an_encrypted_account_is_not_answered_but_shown(
    dial: Dial, database: Database, expected_log: Callable[..., None], wait_until: Wait
) -> None:
    expected_log("dc09.refused", "dialler.gave_up")
    assert not dial("1002", answer_s=0.3, tries=2).send(Report("120", 7))
    wait_until(lambda: open_alarms(database))
    (alarm,) = open_alarms(database)
    assert (alarm.name, alarm.alarm_class, alarm.panel) == ("拒收未加密报文", AlarmClass.TAMPER, "A2")


def test_the_answer_of_somebody_without_the_key_is_not_believed(
    dial: Dial, expected_log: Callable[..., None]
) -> None:
    expected_log("dc09.refused", "dialler.gave_up")
    assert not dial("1002", key=b"wrong key 16 byt", answer_s=0.3, tries=2).send(Report("120", 7))


def test_a_frame_split_into_bytes_and_frames_joined_in_one_write_are_all_answered(
    hub: Hub, database: Database
) -> None:
    frames = [wire.pack(b'"ADM-CID"%04dL0#1001[#1001|1120 01 %03d]' % (n, n)) for n in range(1, 6)]
    with socket.create_connection(("127.0.0.1", hub.dc09_port), timeout=LIMIT_S) as peer:
        for byte in frames[0]:
            peer.sendall(bytes([byte]))
        peer.sendall(b"\x00garbage\r" + b"".join(frames[1:]))
        answers = wire.Framer()
        bodies: list[bytes] = []
        while len(bodies) < 5:
            bodies += answers.feed(peer.recv(4096))
    assert [body[:9] for body in bodies] == [b'"ACK"%04d' % n for n in range(1, 6)]
    assert len(open_alarms(database)) == 5


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["tcp", "udp"])
def test_a_frame_as_long_as_its_length_field_can_say_is_taken(
    hub: Hub, database: Database, kind: socket.SocketKind
) -> None:
    """Three hexadecimal digits of length: 0xFFF = 4095 bytes, more than one reading of the socket."""
    head, tail = b'"SIA-DCS"0001L0#1001[#1001|NBA1^', b"^]"
    body = head + b"x" * (4095 - len(head) - len(tail)) + tail
    with socket.socket(socket.AF_INET, kind) as peer:
        peer.settimeout(LIMIT_S)
        peer.connect(("127.0.0.1", hub.dc09_port))
        peer.sendall(wire.pack(body))
        assert b'"ACK"0001' in peer.recv(4096)
    assert [(alarm.panel, alarm.zone_number) for alarm in open_alarms(database)] == [("A1", 1)]


def test_a_fire_is_stored_before_what_came_with_it(hub: Hub, database: Database, wait_until: Wait) -> None:
    """All in one segment, so that they wait together."""
    panics = [b'"ADM-CID"%04dL0#1001[#1001|1120 01 %03d]' % (n, n) for n in range(1, 31)]
    fire = b'"ADM-CID"0031L0#1001[#1001|1110 01 031]'
    frames = b"".join(map(wire.pack, [*panics, fire]))
    assert len(frames) < 4096
    with socket.create_connection(("127.0.0.1", hub.dc09_port), timeout=LIMIT_S) as peer:
        peer.sendall(frames)
        wait_until(lambda: len(open_alarms(database)) >= 31)
    stored = database.read(lambda view: view.signals_of_account_after("1001", 0))
    assert [signal.zone for signal in stored] == [31, *range(1, 31)]


def test_a_lost_answer_makes_no_second_alarm(hub: Hub, database: Database, wait_until: Wait) -> None:
    frame = wire.pack(b'"ADM-CID"0042L0#1001[#1001|1120 01 001]')
    with socket.create_connection(("127.0.0.1", hub.dc09_port), timeout=LIMIT_S) as peer:
        peer.sendall(frame)
    wait_until(lambda: open_alarms(database))
    with socket.create_connection(("127.0.0.1", hub.dc09_port), timeout=LIMIT_S) as peer:
        peer.sendall(frame)
        assert b'"ACK"0042' in peer.recv(4096)
    (alarm,) = open_alarms(database)
    assert alarm.occurrence_count == 1


def test_fifty_panels_at_once_are_all_kept(dial: Dial, database: Database) -> None:
    results: list[bool] = []
    diallers = [dial("1001", transport=Transport.TCP if n % 2 else Transport.UDP) for n in range(50)]

    def press(number: int) -> None:
        results.append(diallers[number].send(Report("120", number + 1)))

    threads = [threading.Thread(target=press, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 50
    assert sorted(alarm.zone_number for alarm in open_alarms(database)) == list(range(1, 51))


def test_a_silent_panel_raises_a_communications_alarm_and_its_return_quiets_it(
    dial: Dial, database: Database, wait_until: Wait
) -> None:
    def lost() -> Alarm | None:
        return next((alarm for alarm in open_alarms(database) if alarm.panel == "A9"), None)

    alarm = wait_until(lost)
    assert isinstance(alarm, Alarm)
    assert (alarm.alarm_class, alarm.source_active) == (AlarmClass.COMMS, True)
    assert alarm.name == "九号主机：通信中断", "which one, as its card has no other line for it"
    dial("1009").poll()
    wait_until(lambda: (found := lost()) is not None and not found.source_active)


def test_an_imported_site_is_used_without_a_restart(
    dial: Dial, database: Database, site: Site, wait_until: Wait
) -> None:
    dialler = dial("5005")
    assert dialler.send(Report("120", 1))
    assert open_alarms(database)[0].panel == "?"
    panel = replace(site.panels[0], no="A5", account="5005", supervision_s=0.0)
    database.write(lambda tx: tx.replace_site(replace(site, panels=(panel,))))

    def is_known() -> bool:
        dialler.send(Report("120", 1))
        return any(alarm.panel == "A5" for alarm in open_alarms(database))

    wait_until(is_known)


@pytest.mark.usefixtures("hub")
def test_a_second_hub_is_refused_and_told_who_serves(settings: Settings, secrets: Secrets) -> None:
    with pytest.raises(ServiceError) as refused:
        Hub(settings, secrets).start()
    assert refused.value.code == "hub.already_running"
    assert refused.value.params["host"] == socket.gethostname()[:40]


def test_the_next_hub_starts_at_once_after_a_clean_stop(settings: Settings, secrets: Secrets) -> None:
    for _ in range(3):
        hub = Hub(settings, secrets)
        hub.start()
        hub.stop()


def test_a_port_in_use_is_named(settings: Settings, secrets: Secrets) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServiceError) as refused:
            Hub(settings.model_copy(update={"dc09_port": port}), secrets).start()
    assert (refused.value.code, refused.value.params) == ("hub.port_in_use", {"port": port})


def test_a_restore_and_a_repeat_over_the_wire(dial: Dial, database: Database) -> None:
    dialler = dial("1001")
    assert dialler.send(Report("120", 1))
    assert dialler.send(Report("120", 1))
    assert dialler.send(Report("120", 1, Qualifier.RESTORE))
    (alarm,) = open_alarms(database)
    assert (alarm.occurrence_count, alarm.source_active) == (2, False)
