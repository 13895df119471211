"""The bench's diallers press on time, believe only what their receiver wrote, and let no frame go."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from app.bench import dialling
from app.bench.dialling import Diallers, Eyes, Press
from services.alarms.drivers import frame, wire
from services.core.clock import SystemClock
from services.sim.panels import Line, Transport

KEY = b"0123456789abcdef"
HOST = "127.0.0.1"
# Of one frame's header, what to answer.
Answering = Callable[[frame.Header], list[bytes]]


def acknowledged(header: frame.Header, key: bytes | None = KEY) -> bytes:
    return frame.ack(header, key, datetime.now(UTC))


class Receiver:
    """Answers each datagram as it is told, and remembers the headers in the order they came."""

    def __init__(self, answering: Answering) -> None:
        self.headers: list[frame.Header] = []
        self._answering = answering
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((HOST, 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="test-receiver")
        self._thread.start()

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", (HOST, self.port))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        framer = wire.Framer()
        while True:
            data, peer = self._socket.recvfrom(4096)
            if not data:
                return
            for body in framer.feed(data):
                split = frame.split_body(body)
                assert split is not None
                self.headers.append(split[0])
                for answer in self._answering(split[0]):
                    self._socket.sendto(answer, peer)


@pytest.fixture
def receive() -> Iterator[Callable[[Answering], Receiver]]:
    made: list[Receiver] = []

    def open_(answering: Answering) -> Receiver:
        made.append(Receiver(answering))
        return made[-1]

    yield open_
    for receiver in made:
        receiver.close()


def dial(port: int, presses: list[Press]) -> None:
    line = Line("1002", HOST, port, Transport.UDP, key=KEY, answer_s=0.05, retry_s=0.05)
    eyes, clock = Eyes(), SystemClock()
    eyes.run([Diallers(line, "130", presses, clock, eyes)], clock.monotonic())


def test_every_press_is_acknowledged_though_many_are_under_way_at_once(
    receive: Callable[[Answering], Receiver],
) -> None:
    held: dict[str, bytes] = {}

    def last_first(header: frame.Header) -> list[bytes]:
        """None before all are there; on a slow machine some have been sent again by then."""
        held[header.sequence] = acknowledged(header)
        return list(held.values())[::-1] if len(held) == 100 else []

    presses = [Press(0.0, 1, zone) for zone in range(100, 200)]
    dial(receive(last_first).port, presses)
    assert all(press.ack_ms is not None for press in presses)


def test_a_press_is_sent_no_earlier_than_planned(receive: Callable[[Answering], Receiver]) -> None:
    presses = [Press(0.0, 1, 100), Press(0.2, 1, 101)]
    dial(receive(lambda header: [acknowledged(header)]).port, presses)
    assert [press.sent_s is not None and press.sent_s >= press.at_s for press in presses] == [True, True]


def test_a_frame_that_nobody_answers_is_sent_again_with_its_sequence(
    receive: Callable[[Answering], Receiver],
) -> None:
    receiver = receive(lambda header: [acknowledged(header)] if len(receiver.headers) > 2 else [])
    press = Press(0.0, 1, 100)
    dial(receiver.port, [press])
    assert press.ack_ms is not None
    assert [header.sequence for header in receiver.headers[:3]] == ["0001"] * 3


@pytest.mark.parametrize("forged", [None, b"another key 1234"], ids=["in the clear", "under another key"])
def test_an_answer_that_its_receiver_cannot_have_written_is_not_believed(
    receive: Callable[[Answering], Receiver], forged: bytes | None
) -> None:
    def twice(header: frame.Header) -> list[bytes]:
        return [acknowledged(header, forged if len(receiver.headers) == 1 else KEY)]

    receiver = receive(twice)
    press = Press(0.0, 1, 100)
    dial(receiver.port, [press])
    assert press.ack_ms is not None
    assert len(receiver.headers) > 1, "it was sent again"


def test_numbers_that_begin_anew_pass_over_a_frame_that_is_still_under_way(
    receive: Callable[[Answering], Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "MOST_SEQUENCE", 3)
    monkeypatch.setattr(dialling, "LINES", {Transport.UDP: (2, 1)})
    presses = [Press(number * 0.02, 1, 100 + number) for number in range(6)]

    def first_last(header: frame.Header) -> list[bytes]:
        """The first frame gets its answer when all others have theirs."""
        is_kept_waiting = header.sequence == "0001" and sum(p.ack_ms is not None for p in presses) < 5
        return [] if is_kept_waiting else [acknowledged(header)]

    dial(receive(first_last).port, presses)
    assert all(press.ack_ms is not None for press in presses)
