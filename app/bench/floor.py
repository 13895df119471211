"""The least processor time a picture can cost: the libraries alone decode and scale."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from threading import Event
from typing import cast

from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import Interpolation, VideoReformatter
from av.video.stream import VideoStream

from services.video.address import StreamAddress
from services.video.decoder import Size, fit
from services.video.sources import SOURCES, Codec

PACKETS = 250
# So many pictures of each stream, decoded by as many threads as the wall has.
TURNS = 50
PACED_S = 5.0
PASSES = 3
READ_LIMIT_S = 15.0


@dataclass(frozen=True, slots=True)
class Floors:
    """Milliseconds of processor time a picture, decoded whole and scaled to the size it is shown in.

    alone: by one decoder in one thread, which finds all its memory in the caches; no wall of more than a
    few streams can do that. together: all streams, shared out to a thread a core, packet after packet
    without a pause. unfiltered: the same without the loop filter, which the wall leaves out of small
    pictures. paced: together, in the cameras' own time: the threads sleep between two pictures.
    """

    alone: float
    together: float
    unfiltered: float
    paced: float

    def mean(self, other: Floors) -> Floors:
        """A machine's speed drifts: half way between before and after."""
        return Floors(
            (self.alone + other.alone) / 2,
            (self.together + other.together) / 2,
            (self.unfiltered + other.unfiltered) / 2,
            (self.paced + other.paced) / 2,
        )


def floors(address: StreamAddress, asked: Size, streams: int, fps: float) -> Floors:
    """All of them now, one after the other: some 10 s, the first time 10 s more to read the stream.

    asked: what a tile asks of its feed. fps: of each stream. Raises what the source raises.
    """
    cores = os.cpu_count() or 1
    shares = [len(range(core, streams, cores)) for core in range(min(cores, streams))]
    codec, packets = _some_packets(address)
    film = [(bytes(packet), packet.is_keyframe) for packet in packets]
    with multiprocessing.get_context("spawn").Pool(len(shares)) as pool:
        asked_of = [(codec, film, asked, share, fps) for share in shares]
        taken = pool.starmap(_share_of_all, asked_of, chunksize=1)
    together, unfiltered, paced = (
        1000 * sum(used_s for used_s, _ in spent) / max(1, sum(made for _, made in spent))
        for spent in zip(*taken, strict=True)
    )
    return Floors(_alone(codec, packets, asked), together, unfiltered, paced)


Spent = tuple[float, int]
"""Processor seconds, and the pictures made in them."""


class _Decoding:
    """One stream's decoder and scaler, and where in the packets it is."""

    def __init__(self, codec: Codec, asked: Size, *, has_filter: bool = True) -> None:
        context = VideoCodecContext.create(codec.name, "r")
        assert isinstance(context, VideoCodecContext)
        context.extradata, context.thread_count = codec.extradata, 1
        if not has_filter:
            context.options = {"skip_loop_filter": "all"}
        self._context = context
        self._scaler = VideoReformatter()
        self._asked = asked
        self.next = 0

    def decode(self, packet: Packet[VideoStream]) -> int:
        """How many pictures of the asked size this packet made."""
        frames = self._context.decode(packet)
        for frame in frames:
            width_px, height_px = fit(frame.width, frame.height, self._asked)
            self._scaler.reformat(
                frame, width_px, height_px, "bgra", interpolation=Interpolation.AREA, threads=1
            )
        return len(frames)

    def decode_next(self, packets: list[Packet[VideoStream]]) -> int:
        packet = packets[self.next % len(packets)]
        self.next += 1
        return self.decode(packet)


def _alone(codec: Codec, packets: list[Packet[VideoStream]], asked: Size) -> float:
    passes = []
    for _ in range(PASSES):
        decoding, began_s = _Decoding(codec, asked), time.thread_time()
        made = sum(map(decoding.decode, packets))
        passes.append((time.thread_time() - began_s) * 1000 / max(1, made))
    return statistics.median(passes)


def _share_of_all(
    codec: Codec, film: list[tuple[bytes, bool]], asked: Size, streams: int, fps: float
) -> list[Spent]:
    """What one core does of `together`, `unfiltered` and `paced`. film: packets, and which are key frames."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    packets = [_packet(body, is_key=is_key) for body, is_key in film]
    whole = _spread(codec, packets, asked, streams, has_filter=True)
    bare = _spread(codec, packets, asked, streams, has_filter=False)
    return [_in_turns(whole, packets), _in_turns(bare, packets), _in_time(whole, packets, fps)]


def _spread(
    codec: Codec, packets: list[Packet[VideoStream]], asked: Size, streams: int, *, has_filter: bool
) -> list[_Decoding]:
    """Decoders at work, each somewhere else in its group of pictures, as on a wall."""
    keys = [index for index, packet in enumerate(packets) if packet.is_keyframe] or [0]
    group = keys[1] - keys[0] if len(keys) > 1 else len(packets)
    decodings = []
    for number in range(streams):
        decoding = _Decoding(codec, asked, has_filter=has_filter)
        decoding.next = keys[number % len(keys)]
        for _ in range(1 + number * group // streams):
            decoding.decode_next(packets)
        decodings.append(decoding)
    return decodings


def _in_turns(decodings: list[_Decoding], packets: list[Packet[VideoStream]]) -> Spent:
    began_s = time.thread_time()
    made = sum(decoding.decode_next(packets) for _ in range(TURNS) for decoding in decodings)
    return time.thread_time() - began_s, made


def _in_time(decodings: list[_Decoding], packets: list[Packet[VideoStream]], fps: float) -> Spent:
    step_s = 1.0 / (fps * len(decodings))
    began_s, used_s, made = time.monotonic(), time.thread_time(), 0
    for turn in range(round(PACED_S / step_s)):
        time.sleep(max(0.0, began_s + turn * step_s - time.monotonic()))
        made += decodings[turn % len(decodings)].decode_next(packets)
    return time.thread_time() - used_s, made


def _packet(body: bytes, *, is_key: bool) -> Packet[VideoStream]:
    packet = cast("Packet[VideoStream]", Packet(body))
    packet.is_keyframe = is_key
    return packet


@lru_cache(maxsize=1)
def _some_packets(address: StreamAddress) -> tuple[Codec, list[Packet[VideoStream]]]:
    """They come in real time: read once for all floors of a run."""
    source = SOURCES[address.scheme](address, READ_LIMIT_S)
    until_s = time.monotonic() + READ_LIMIT_S
    packets: list[Packet[VideoStream]] = []
    try:
        for packet in source.packets(Event()):
            packets.append(packet)
            if len(packets) >= PACKETS or time.monotonic() > until_s:
                break
        return source.codec, packets
    finally:
        source.close()
