"""A slow machine shows fewer pictures, never older ones, and never keeps more packets than it may."""

from __future__ import annotations

from pathlib import Path

import pytest
from av.packet import Packet
from av.video.stream import VideoStream

from services.video.decoder import Decoder
from services.video.packets import LAG_LIMIT_S, MOST_BYTES, MOST_PACKETS, PacketQueue, Waiting
from services.video.sources.replay import Clip, load_clip

STEP_S = 0.04


@pytest.fixture(scope="module")
def footage() -> Clip:
    return load_clip(str(Path(__file__).resolve().parents[2] / "clips" / "pedestrians.mp4"))


def waiting(footage: Clip, index: int) -> Waiting:
    packet = footage.packets[index % len(footage.packets)]
    return Waiting(Decoder(footage.codec), packet, 100.0 + index * STEP_S)


def test_packets_leave_in_the_order_they_came(footage: Clip) -> None:
    queue, items = PacketQueue(), [waiting(footage, index) for index in range(5)]
    for item in items:
        queue.push(item)

    assert [queue.pop() for _ in range(6)] == [*items, None]


def test_a_stream_enters_the_line_once_until_it_has_left_it(footage: Clip) -> None:
    queue = PacketQueue()

    assert queue.push(waiting(footage, 0)) == (True, 0)
    assert queue.push(waiting(footage, 1)) == (False, 0)
    queue.pop()
    assert queue.leave_line() is True
    queue.pop()
    assert queue.leave_line() is False
    assert queue.push(waiting(footage, 2)) == (True, 0)


def test_a_key_frame_overtakes_what_lags_by_more_than_half_a_second(footage: Clip) -> None:
    queue = PacketQueue()
    lost = sum(queue.push(waiting(footage, index))[1] for index in range(51))

    # Packets 0 to 49 waited 2 s when key frame 50 came.
    assert footage.packets[50].is_keyframe
    assert lost == 50
    assert len(queue) == 1
    assert 50 * STEP_S > LAG_LIMIT_S


def test_a_stream_nobody_decodes_keeps_a_bounded_number_of_packets(footage: Clip) -> None:
    queue, lost = PacketQueue(), 0
    only_deltas = [index for index in range(1, 400) if not footage.packets[index].is_keyframe]
    for index in only_deltas:
        lost += queue.push(waiting(footage, index))[1]
        assert len(queue) <= MOST_PACKETS

    assert lost + len(queue) == len(only_deltas)


def test_after_an_overflow_only_a_key_frame_is_taken(footage: Clip) -> None:
    queue = PacketQueue()
    deltas = [index for index in range(1, 400) if not footage.packets[index].is_keyframe]
    for index in deltas[: MOST_PACKETS + 1]:
        queue.push(waiting(footage, index))

    assert len(queue) == 0
    assert queue.push(waiting(footage, 51))[0] is False
    queue.push(waiting(footage, 100))
    assert queue.pop() is not None


def test_a_camera_with_monstrous_packets_holds_a_bounded_number_of_bytes(footage: Clip) -> None:
    queue, decoder, held = PacketQueue(), Decoder(footage.codec), 0
    for index in range(20):
        packet: Packet[VideoStream] = Packet(bytes(10 * 2**20))
        packet.is_keyframe = True
        queue.push(Waiting(decoder, packet, 100.0 + index * 0.001))
        held = max(held, len(queue) * 10 * 2**20)

    assert held == 60 * 2**20
    assert held <= MOST_BYTES
