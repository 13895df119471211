"""The least processor time a frame can cost with nothing left out: decode and scale alone, in one thread."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from functools import lru_cache
from threading import Event

from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import Interpolation, VideoReformatter
from av.video.stream import VideoStream

from services.video.address import StreamAddress
from services.video.decoder import Size, fit
from services.video.sources import SOURCES, Codec

PACKETS = 250
PACED_S = 5.0
PASSES = 3
READ_LIMIT_S = 15.0


def floor_cpu_ms(address: StreamAddress, asked: Size, streams: int = 1) -> float:
    """Milliseconds of one thread's processor time per frame, decoded whole and scaled to `asked`.

    The libraries alone, without any of our own code between. The median of several passes over up to
    `PACKETS` packets. streams: so many decoders take turns, as on a wall: none finds in the cache what it
    left there. Raises what the source raises.
    """
    codec, packets = _some_packets(address)
    turns = packets if streams == 1 else packets[: max(10, 4 * PACKETS // streams)]
    return statistics.median(_one_pass(codec, turns, asked, streams) for _ in range(PASSES))


def paced_floor_cpu_ms(address: StreamAddress, asked: Size, streams: int, fps: float) -> float:
    """The same work in the cameras' own time: `streams` shared out to one process a core, `fps` packets a
    second of each, evenly spread. Between two pictures the thread sleeps, as everything live must.
    """
    cores = os.cpu_count() or 1
    shares = [len(range(core, streams, cores)) for core in range(min(cores, streams))]
    with multiprocessing.get_context("spawn").Pool(len(shares)) as pool:
        asked_of = [(address, asked, share, fps) for share in shares]
        taken = pool.starmap(_paced_pass, asked_of, chunksize=1)
    return 1000 * sum(used_s for used_s, _ in taken) / max(1, sum(made for _, made in taken))


def _paced_pass(address: StreamAddress, asked: Size, streams: int, fps: float) -> tuple[float, int]:
    """(processor seconds, pictures) of one process."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    codec, packets = _some_packets(address)
    decoders = [(_context(codec), VideoReformatter()) for _ in range(streams)]
    began_s, used_s, made = time.monotonic(), time.thread_time(), 0
    for turn in range(round(PACED_S * fps * streams)):
        due_s = began_s + turn / (fps * streams)
        time.sleep(max(0.0, due_s - time.monotonic()))
        context, scaler = decoders[turn % streams]
        made += _decoded(context, scaler, packets[turn // streams % len(packets)], asked)
    return time.thread_time() - used_s, made


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


def _one_pass(codec: Codec, packets: list[Packet[VideoStream]], asked: Size, streams: int) -> float:
    decoders = [(_context(codec), VideoReformatter()) for _ in range(streams)]
    began_s, made = time.thread_time(), 0
    for packet in packets:
        for context, scaler in decoders:
            made += _decoded(context, scaler, packet, asked)
    return (time.thread_time() - began_s) * 1000 / made if made else 0.0


def _decoded(
    context: VideoCodecContext, scaler: VideoReformatter, packet: Packet[VideoStream], asked: Size
) -> int:
    """How many pictures of the asked size this packet made."""
    frames = context.decode(packet)
    for frame in frames:
        width_px, height_px = fit(frame.width, frame.height, asked)
        scaler.reformat(frame, width_px, height_px, "bgra", interpolation=Interpolation.AREA, threads=1)
    return len(frames)


def _context(codec: Codec) -> VideoCodecContext:
    context = VideoCodecContext.create(codec.name, "r")
    assert isinstance(context, VideoCodecContext)
    context.extradata, context.thread_count = codec.extradata, 1
    return context
