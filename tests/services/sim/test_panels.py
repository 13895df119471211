"""The simulated dialler against a receiver that misbehaves, and the day against an injected clock."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from siadc09 import message as oracle

from services.alarms.drivers import frame, wire
from services.core.clock import ManualClock, SystemClock
from services.domain.alarms import Qualifier
from services.domain.classes import AlarmClass
from services.domain.site import Panel, PanelNo, Site, Zone, ZoneKind, ZoneNo
from services.sim.actors import Moment
from services.sim.day import Day, PanelDay
from services.sim.firebox import FireLine
from services.sim.panels import Dialler, Line, Protocol, Report, Transport
from services.sim.story import Story

KEY = bytes(range(32))
AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)

# What a receiver does with one body: the bytes it answers with, or None to hang up.
Manners = Callable[[bytes], bytes | None]


class Station:
    """A TCP receiver whose answers the test decides; `bodies` is all it was sent."""

    def __init__(self, manners: Manners) -> None:
        self.bodies: list[bytes] = []
        self._manners = manners
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._server.accept()
            except OSError:
                return
            with peer:
                self._talk(peer)

    def _talk(self, peer: socket.socket) -> None:
        framer = wire.Framer()
        while data := peer.recv(4096):
            for body in framer.feed(data):
                self.bodies.append(body)
                answer = self._manners(body)
                if answer is None:
                    return
                peer.sendall(answer)


@pytest.fixture
def station() -> Iterator[Callable[[Manners], Station]]:
    stations: list[Station] = []

    def start(manners: Manners) -> Station:
        stations.append(Station(manners))
        return stations[-1]

    yield start
    for one in stations:
        one.close()


def ack(body: bytes) -> bytes:
    split = frame.split_body(body)
    assert split is not None
    return frame.ack(split[0], KEY if split[0].is_encrypted else None, datetime.now(UTC))


def dialler_to(station: Station, **more: object) -> Dialler:
    line = Line("1001", "127.0.0.1", station.port, answer_s=0.5, retry_s=0.01, tries=4, **more)  # type: ignore[arg-type]
    return Dialler(line, SystemClock())


@pytest.mark.parametrize("key", [None, KEY])
@pytest.mark.parametrize(
    ("protocol", "report", "told"),
    [
        (Protocol.ADM_CID, Report("120", 7), "#1001|1120 01 007"),
        (Protocol.ADM_CID, Report("131", 11, Qualifier.RESTORE), "#1001|3131 01 011"),
        (Protocol.SIA_DCS, Report("PA", 7, text="East"), "#1001|Nri1/PA007|AEast"),
    ],
)
def test_a_foreign_decoder_reads_what_the_dialler_sends(
    station: Callable[[Manners], Station], key: bytes | None, protocol: Protocol, report: Report, told: str
) -> None:
    peer = station(ack)
    dialler = dialler_to(peer, key=key, protocol=protocol)
    assert dialler.send(report)
    dialler.close()
    (body,) = peer.bodies
    foreign = oracle.parse_frame(wire.pack(body), {None: KEY})
    assert (foreign.idtoken, foreign.seq, foreign.encrypted) == (protocol.value, 1, key is not None)
    assert foreign.data.content == told.encode()
    assert foreign.timestamp is not None


def test_a_frame_without_answer_is_sent_again_with_its_own_sequence(
    station: Callable[[Manners], Station],
) -> None:
    manners = iter([lambda _body: b"", lambda _body: None, lambda _body: b"\nrubbish\r", ack, ack])
    peer = station(lambda body: next(manners)(body))
    dialler = dialler_to(peer)
    assert dialler.send(Report("120", 1))
    assert dialler.send(Report("120", 1))
    dialler.close()
    assert [body[:13] for body in peer.bodies] == [b'"ADM-CID"0001'] * 4 + [b'"ADM-CID"0002']


def test_the_time_of_a_nak_is_taken_over(station: Callable[[Manners], Station]) -> None:
    def strict(body: bytes) -> bytes:
        split = frame.split_body(body)
        assert split is not None
        content = frame.read_content(split[1], None)
        assert content is not None
        assert content.sent_at is not None
        return ack(body) if abs(content.sent_at - AT) < timedelta(seconds=5) else frame.nak(split[0], AT)

    peer = station(strict)
    dialler = dialler_to(peer)
    assert dialler.send(Report("120", 1))
    dialler.close()
    assert len(peer.bodies) == 2


def test_an_encrypted_panel_does_not_believe_a_plain_answer(
    station: Callable[[Manners], Station], expected_log: Callable[..., None]
) -> None:
    expected_log("dialler.gave_up")

    def plain_ack(body: bytes) -> bytes:
        split = frame.split_body(body)
        assert split is not None
        return frame.ack(split[0], None, AT)

    dialler = dialler_to(station(plain_ack), key=KEY)
    assert not dialler.send(Report("120", 1))
    dialler.close()


def test_a_key_is_never_shown() -> None:
    assert KEY.hex() not in repr(Line("1001", "h", 1, key=KEY))
    assert "key" not in repr(Line("1001", "h", 1, key=KEY))


# The day

SITE = Site(
    code="t",
    name="t",
    name_en="t",
    width_m=1.0,
    height_m=1.0,
    panels=(
        Panel(PanelNo("A1"), "1001", "一", "1", (0.0, 0.0)),
        Panel(PanelNo("A2"), "1002", "二", "2", (0.0, 0.0)),
    ),
    zones=tuple(
        Zone(ZoneNo(no), PanelNo(panel), number, no, no, kind, AlarmClass.INTRUSION, no, (0.0, 0.0))
        for no, panel, number, kind in (
            ("Z01", "A1", 1, ZoneKind.PANIC_BUTTON),
            ("Z11", "A2", 11, ZoneKind.INFRARED_BEAM),
        )
    ),
)
MOMENTS = (Moment(30.0, "Z01", "new"), Moment(40.0, "Z11", "new"), Moment(44.0, "Z11", "restore"))
STORY = Story("t", datetime(2026, 1, 1), (), MOMENTS, 120.0)


class Spoken:
    """A dialler's ear: what was sent and how often it polled."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.polls = 0

    def send(self, report: Report) -> bool:
        self.reports.append(report)
        return True

    def poll(self) -> bool:
        self.polls += 1
        return True


def panel_day(clock: ManualClock, protocol: Protocol = Protocol.ADM_CID) -> PanelDay:
    zones = {zone.no: zone for zone in SITE.zones}
    moments = [(moment, zones[ZoneNo(moment.zone)]) for moment in MOMENTS[1:]]
    line = Line("1002", "127.0.0.1", 1, Transport.TCP, protocol)
    return PanelDay(line, moments, 120.0, clock, clock.monotonic(), lambda: 0.5)


def test_every_moment_is_told_once_in_every_round_of_the_story() -> None:
    clock = ManualClock(AT)
    day, spoken = panel_day(clock), Spoken()
    told_at: list[int] = []
    for second in range(1, 361):
        clock.advance(1)
        before = len(spoken.reports)
        day.tell(spoken)
        told_at += [second] * (len(spoken.reports) - before)
    assert told_at == [40, 44, 160, 164, 280, 284]
    assert [report.qualifier for report in spoken.reports] == [Qualifier.NEW, Qualifier.RESTORE] * 3
    assert {(report.code, report.zone) for report in spoken.reports} == {("131", 11)}


def test_a_story_that_does_not_repeat_tells_its_moments_in_the_first_round_only() -> None:
    clock = ManualClock(AT)
    zones = {zone.no: zone for zone in SITE.zones}
    moments = [(moment, zones[ZoneNo(moment.zone)]) for moment in MOMENTS[1:]]
    line = Line("1002", "127.0.0.1", 1, Transport.TCP)
    day = PanelDay(line, moments, 120.0, clock, clock.monotonic(), lambda: 0.5, is_repeated=False)
    spoken = Spoken()
    for _ in range(360):
        clock.advance(1)
        day.tell(spoken)
    assert [report.qualifier for report in spoken.reports] == [Qualifier.NEW, Qualifier.RESTORE]


def test_a_held_story_has_polls_only_until_it_begins() -> None:
    clock = ManualClock(AT)
    zones = {zone.no: zone for zone in SITE.zones}
    moments = [(moment, zones[ZoneNo(moment.zone)]) for moment in MOMENTS[1:]]
    line = Line("1002", "127.0.0.1", 1, Transport.TCP)
    day, spoken = PanelDay(line, moments, 120.0, clock, None, lambda: 0.5), Spoken()
    for _ in range(200):
        clock.advance(1)
        day.tell(spoken)
    assert (spoken.reports, spoken.polls) == ([], 8)
    day.begin(clock.monotonic() + 2.0)
    clock.advance(41)
    day.tell(spoken)
    assert spoken.reports == []
    clock.advance(1)
    day.tell(spoken)
    assert [report.qualifier for report in spoken.reports] == [Qualifier.NEW]


def test_a_panel_that_was_held_up_tells_what_it_missed_in_order() -> None:
    clock = ManualClock(AT)
    day, spoken = panel_day(clock, Protocol.SIA_DCS), Spoken()
    clock.advance(170)
    day.tell(spoken)
    assert [report.code for report in spoken.reports] == ["BA", "BR", "BA", "BR"]


def test_a_fire_device_tells_its_moments_by_the_points_of_their_zones() -> None:
    clock = ManualClock(AT)
    zone = replace(SITE.zones[1], kind=ZoneKind.SMOKE_DETECTOR, point="1.1.10.2")
    line = FireLine("000000000379", "127.0.0.1", 1)
    moments = [(moment, zone) for moment in MOMENTS[1:]]
    day, spoken = PanelDay(line, moments, 120.0, clock, clock.monotonic(), lambda: 0.5), Spoken()
    clock.advance(60)
    day.tell(spoken)
    assert [(report.code, report.point, report.qualifier) for report in spoken.reports] == [
        ("fire", "1.1.10.2", Qualifier.NEW),
        ("fire", "1.1.10.2", Qualifier.RESTORE),
    ]


def test_polls_come_every_25_seconds_here() -> None:
    clock = ManualClock(AT)
    day, spoken = panel_day(clock), Spoken()
    for _ in range(100):
        day.tell(spoken)
        clock.advance(1)
    assert spoken.polls == 4


def test_a_day_with_deaf_receivers_still_stops_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        day = Day(SITE, STORY, lambda panel: Line(panel.account, "127.0.0.1", port), SystemClock(), 0.0)
        day.start()
        day.stop()
