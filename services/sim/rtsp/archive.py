"""What a simulated recorder keeps of a camera, played from any moment: by RTSP ranges and as ONVIF replay."""

from __future__ import annotations

import asyncio
import math
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from services.domain.site import Camera
from services.sim.faults import Fault
from services.sim.film import FPS, GROUP_FRAMES, Codec, Shot, Stream
from services.sim.rtsp.channel import Channel, OnAir, StoryClock, Takes, Watcher
from services.sim.rtsp.messages import Request
from services.sim.rtsp.rtp import NTP_OF_UNIX_S

if TYPE_CHECKING:
    from services.sim.rtsp.watcher import TcpWatcher, UdpWatcher

REQUIRE = "onvif-replay"
# ONVIF streaming specification, 6.3: extension of three words, its flags, the request it belongs to.
EXTENSION = 0xABAC
CLEAN, ENDS, BROKEN_OFF, LAST = 0x80, 0x40, 0x20, 0x10
_EXTENSION = struct.Struct(">HHIIBBH")
HELD = timedelta(hours=6)
# When the recorder was restarted.
GAP_BEFORE_EPOCH = timedelta(minutes=30)
GAP = timedelta(minutes=5)
# A client that does not take it is sent no more.
MOST_WAITING_BYTES = 256 * 1024
_LOOK_EVERY_S = 0.005
_CLOCK = re.compile(r"clock=(\d{8}T\d{6}(?:\.\d+)?Z)?-(\d{8}T\d{6}(?:\.\d+)?Z)?")
_NPT = re.compile(r"npt=(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?")

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a PLAY asks for. is_replay: as ONVIF replay; is_fast: as fast as the client takes it.

    only_keys: the other pictures are left out.
    """

    since: datetime
    until: datetime | None
    is_replay: bool
    is_fast: bool
    number: int
    only_keys: bool = False


class ArchiveChannel(Channel):
    """Of a recorder that keeps HELD, with one gap, up to now. epoch: of frame 0. spans: others instead."""

    def __init__(
        self,
        camera: Camera,
        stream: Stream,
        codec: Codec,
        takes: Takes,
        clock: StoryClock,
        frames: int,
        *,
        epoch: datetime,
        spans: tuple[Span, ...] | None = None,
    ) -> None:
        super().__init__(camera, stream, codec, takes, clock, frames)
        self._epoch = epoch
        self._spans = spans
        self._players: dict[int, asyncio.Task[None]] = {}

    @property
    def spans(self) -> tuple[Span, ...]:
        """In order; each is played from its first key picture on."""
        if self._spans is not None:
            return self._spans
        now, gap = datetime.now(UTC), self._epoch - GAP_BEFORE_EPOCH
        both = ((now - HELD, gap), (max(gap + GAP, now - HELD), now))
        return tuple(span for span in both if span[0] < span[1])

    @spans.setter
    def spans(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans

    @property
    def range_text(self) -> str:
        if not self.spans:
            return "npt=0-0"
        return f"clock={clock_text(self.spans[0][0])}-{clock_text(self.spans[-1][1])}"

    def range_from(self, wish: Wish) -> str:
        """Where playing really begins."""
        first = next(iter(self._pieces(wish)), None)
        return f"clock={clock_text(wish.since if first is None else self._at(first[0]))}-"

    def play(self, watcher: TcpWatcher | UdpWatcher, wish: Wish) -> None:
        self.leave(watcher)
        self._players[id(watcher)] = asyncio.get_running_loop().create_task(self._replay(watcher, wish))

    def leave(self, watcher: Watcher) -> None:
        player = self._players.pop(id(watcher), None)
        if player is not None:
            player.cancel()

    def _pieces(self, wish: Wish) -> list[tuple[int, int]]:
        """Frames [first, end) of each span that is asked for, from the key picture at or before."""
        pieces = []
        for since, until in self.spans:
            end = self._frame(min(until, wish.until or until))
            asked = self._frame(max(wish.since, since))
            first = max(
                asked // GROUP_FRAMES * GROUP_FRAMES, -(-self._frame(since) // GROUP_FRAMES) * GROUP_FRAMES
            )
            if first < end and wish.since < until:
                pieces.append((first, end))
        return pieces

    async def _replay(self, watcher: TcpWatcher | UdpWatcher, wish: Wish) -> None:
        loop = asyncio.get_running_loop()
        began_s, sent = loop.time(), 0
        pieces = self._pieces(wish)
        for number, (begins, ends) in enumerate(pieces):
            on_air: OnAir | None = None
            frames = range(begins, ends, GROUP_FRAMES if wish.only_keys else 1)
            for frame in frames:
                if on_air is None or frame % GROUP_FRAMES == 0:
                    on_air = await self._recorded(frame // GROUP_FRAMES * GROUP_FRAMES)
                if on_air is None:
                    continue
                while watcher.waiting_bytes > MOST_WAITING_BYTES or self.fault is Fault.STALL:
                    await asyncio.sleep(_LOOK_EVERY_S)
                if not wish.is_fast:
                    await asyncio.sleep(max(0.0, began_s + sent / FPS - loop.time()))
                is_last, is_first = frame == frames[-1], frame == begins
                flags = (
                    (CLEAN if frame == on_air.first else 0)
                    | (ENDS if is_last else 0)
                    | (BROKEN_OFF if is_first and number > 0 else 0)
                    | (LAST if is_last and number == len(pieces) - 1 else 0)
                )
                watcher.extension = self._extension(frame, flags, wish) if wish.is_replay else b""
                watcher.deliver(frame, on_air, self.fault)
                sent += 1
                if sent % 8 == 0:
                    await asyncio.sleep(0)

    async def _recorded(self, first: int) -> OnAir | None:
        loop = asyncio.get_running_loop()
        group = await self._studio.group(self._key(first, Shot.LIVE), loop.time() + 10.0)
        return None if group is None else OnAir(first, group, self.codec, {})

    def _extension(self, frame: int, flags: int, wish: Wish) -> bytes:
        unix_s = self._at(frame).timestamp()
        seconds, fraction = int(unix_s), min(2**32 - 1, round((unix_s % 1.0) * 2**32))
        return _EXTENSION.pack(EXTENSION, 3, seconds + NTP_OF_UNIX_S, fraction, flags, wish.number & 0xFF, 0)

    def _frame(self, at: datetime) -> int:
        return math.floor((at - self._epoch).total_seconds() * FPS + 1e-6)

    def _at(self, frame: int) -> datetime:
        return self._epoch + timedelta(seconds=frame / FPS)


def wish_of(request: Request, archive: ArchiveChannel) -> Wish | None:
    """None for a range that nobody can play."""
    text = request.headers.get("range", "clock=-")
    begins = archive.spans[0][0] if archive.spans else datetime.now(UTC)
    clock, npt = _CLOCK.fullmatch(text), _NPT.fullmatch(text)
    if clock is not None:
        since, until = (_moment(part) if part else None for part in clock.groups())
    elif npt is not None:
        since, until = (begins + timedelta(seconds=float(part)) if part else None for part in npt.groups())
    else:
        return None
    return Wish(
        since or begins,
        until,
        is_replay=request.headers.get("require", "") == REQUIRE,
        is_fast=request.headers.get("rate-control", "") == "no",
        number=int(request.cseq),
        only_keys=request.headers.get("frames", "").startswith("intra"),
    )


def clock_text(at: datetime) -> str:
    """As RFC 2326, 3.7, says a moment."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _moment(text: str) -> datetime:
    form = "%Y%m%dT%H%M%S.%fZ" if "." in text else "%Y%m%dT%H%M%SZ"
    return datetime.strptime(text, form).replace(tzinfo=UTC)
