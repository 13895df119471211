"""One RTSP client: answers its requests in order, and drops it when it misbehaves or goes quiet."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from services.sim.faults import CLOSES_SESSIONS, Fault
from services.sim.rtsp.archive import ArchiveChannel, Wish, wish_of
from services.sim.rtsp.channel import Channel
from services.sim.rtsp.digest import Verdict
from services.sim.rtsp.messages import BadRequest, Binary, Request, Splitter, answer
from services.sim.rtsp.sdp import describe
from services.sim.rtsp.tracks import (
    PICTURES,
    SOUND,
    VOICE,
    PictureTrack,
    SoundTrack,
    Track,
    track_of,
)
from services.sim.rtsp.watcher import TcpWatcher, UdpWatcher

if TYPE_CHECKING:
    from services.sim.rtsp.server import RtspServer

log = structlog.get_logger(__name__)

METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER"
SESSION_IDLE_S = 60.0
HANDSHAKE_IDLE_S = 30.0
BACKCHANNEL = "www.onvif.org/ver20/backchannel"
PIPELINE_LIMIT = 64  # requests waiting for an answer on one connection
DESCRIBE_WAIT_S = 2.0
_PORTS = re.compile(r"client_port=(\d{1,5})-(\d{1,5})")
_CHANNELS = re.compile(r"interleaved=(\d{1,3})-(\d{1,3})")


@dataclass(slots=True)
class Session:
    """What SETUP made: a stream and the way the packets of each of its tracks go.

    client_rtcp: where a UDP client's reports come from. voice_channel: the interleaved channel of what is
    said to the camera, None while nobody speaks that way.
    """

    no: str
    channel: Channel
    watchers: dict[str, TcpWatcher | UdpWatcher]
    client_rtcp: set[tuple[str, int]]
    is_playing: bool = False
    voice_channel: int | None = None

    def play(self) -> None:
        self.is_playing = True
        for track, watcher in self.watchers.items():
            watcher.restart()
            if track == SOUND:
                self.channel.listen(watcher)
            else:
                self.channel.join(watcher)

    def replay(self, archive: ArchiveChannel, wish: Wish) -> None:
        """From another moment, whatever plays now."""
        self.is_playing = True
        for watcher in self.watchers.values():
            watcher.restart()
            archive.play(watcher, wish)

    def pause(self) -> None:
        self.is_playing = False
        for watcher in self.watchers.values():
            self.channel.leave(watcher)


class Connection(asyncio.Protocol):
    """Lives on the server's loop."""

    def __init__(self, server: RtspServer) -> None:
        self._server = server
        self._splitter = Splitter()
        self._queue: asyncio.Queue[Request] = asyncio.Queue()
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None
        self.session: Session | None = None
        self.heard_s = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.heard_s = self._server.now_s()
        if self._server.admit(self):
            self._task = asyncio.get_running_loop().create_task(self._answer_in_order())
        else:
            transport.write(answer(503, ""))
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        if self._task is not None:
            self._task.cancel()
        self._end_session()
        self._server.forget(self)

    def data_received(self, data: bytes) -> None:
        self.heard_s = self._server.now_s()
        try:
            for found in self._splitter.feed(data):
                if isinstance(found, Binary):
                    self._hear(found)
                    continue
                if self._queue.qsize() >= PIPELINE_LIMIT:
                    raise BadRequest(413)
                self._queue.put_nowait(found)
        except BadRequest as refusal:
            self._send(answer(refusal.status, ""))
            self.close()

    def _hear(self, packet: Binary) -> None:
        """Words for the camera; of an RTCP report, that it came is all it says."""
        session = self.session
        if session is not None and session.is_playing and packet.channel == session.voice_channel:
            self._server.voices.hear(session.channel.camera.no, packet.payload)

    def is_idle(self, now_s: float) -> bool:
        """Nothing was heard for too long."""
        limit_s = HANDSHAKE_IDLE_S if self.session is None else SESSION_IDLE_S
        return now_s - self.heard_s > limit_s

    def close(self) -> None:
        """Say no more; what is still in the buffer is sent unless the peer stopped reading."""
        self._end_session()
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Cut the connection."""
        self._end_session()
        if self._transport is not None:
            self._transport.abort()

    async def _answer_in_order(self) -> None:
        while True:
            request = await self._queue.get()
            channel = self._server.channel(request.url)
            if channel is not None and channel.fault is Fault.SILENT:
                continue
            reply = await self._reply(request)
            if reply is None:
                self.abort()
                return
            self._send(reply)
            self._after(request, reply)

    def _send(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    async def _reply(self, request: Request) -> bytes | None:
        """The answer; None when the camera is cut off and shall say nothing."""
        cseq = request.cseq
        if not cseq:
            return answer(400, "")
        channel = self._server.channel(request.url)
        fault = None if channel is None else channel.fault
        if fault is Fault.CUT:
            return None
        if request.method == "OPTIONS":
            return answer(200, cseq, {"Public": METHODS})
        refusal = self._refusal(request, fault)
        if refusal is not None:
            return refusal
        match request.method:
            case "DESCRIBE":
                return await self._describe(request, channel)
            case "SETUP":
                return self._setup(request, channel)
            case "PLAY" | "PAUSE" | "TEARDOWN" | "GET_PARAMETER" | "SET_PARAMETER":
                return self._in_session(request)
            case _:
                return answer(501, cseq, {"Allow": METHODS})

    def _refusal(self, request: Request, fault: Fault | None) -> bytes | None:
        now_s = self._server.now_s()
        verdict = self._server.doorman.check(request, now_s)
        if fault is Fault.UNAUTHORIZED:
            verdict = Verdict.REFUSED
        if verdict is Verdict.ADMITTED:
            return answer(404, request.cseq) if fault is Fault.NOT_FOUND else None
        challenge = self._server.doorman.challenge(now_s, is_stale=verdict is Verdict.STALE)
        return answer(401, request.cseq, {"WWW-Authenticate": challenge})

    async def _describe(self, request: Request, channel: Channel | None) -> bytes:
        if channel is None:
            return answer(404, request.cseq)
        group = await channel.current_group(DESCRIBE_WAIT_S)
        assert self._transport is not None
        host = str(self._transport.get_extra_info("sockname")[0])
        body = describe(
            channel.camera.name,
            host,
            channel.codec,
            channel.size_px,
            channel.fps,
            group,
            has_sound=channel.has_sound,
            has_voice=request.headers.get("require", "") == BACKCHANNEL,
            range_text=channel.range_text,
        )
        base = request.url.split("?")[0].rstrip("/") + "/"
        return answer(200, request.cseq, {"Content-Base": base, "Content-Type": "application/sdp"}, body)

    def _setup(self, request: Request, channel: Channel | None) -> bytes:
        if channel is None:
            return answer(404, request.cseq)
        name = track_of(request.url)
        if not self._may_add(request, channel, name):
            return answer(455, request.cseq)
        if name == VOICE:
            return self._set_up_voice(request, channel)
        track = SoundTrack(channel.camera.no) if name == SOUND else PictureTrack()
        for offer in request.headers.get("transport", "").split(","):
            made = self._watch_by(offer.strip(), track)
            if made is not None:
                watcher, transport, rtcp = made
                session = self.session or Session(secrets.token_hex(8), channel, {}, set())
                session.watchers[name] = watcher
                session.client_rtcp |= rtcp
                self.session = session
                headers = {"Transport": transport, "Session": f"{session.no};timeout={int(SESSION_IDLE_S)}"}
                return answer(200, request.cseq, headers)
        return answer(461, request.cseq)

    def _set_up_voice(self, request: Request, channel: Channel) -> bytes:
        """The track on which the client sends; nothing is sent to it."""
        assert self._transport is not None
        session = self.session or Session(secrets.token_hex(8), channel, {}, set())
        for offer in request.headers.get("transport", "").split(","):
            inside, ports = _CHANNELS.search(offer), _PORTS.search(offer)
            if offer.strip().upper().startswith("RTP/AVP/TCP") and inside:
                session.voice_channel = int(inside[1])
                line = f"RTP/AVP/TCP;unicast;interleaved={inside[1]}-{inside[2]}"
            elif ports and self._server.udp_ports[0]:
                peer = str(self._transport.get_extra_info("peername")[0])
                self._server.voices.expect((peer, int(ports[1])), channel.camera.no)
                own = self._server.udp_ports
                line = f"RTP/AVP;unicast;client_port={ports[1]}-{ports[2]};server_port={own[0]}-{own[1]}"
            else:
                continue
            self.session = session
            headers = {"Transport": line, "Session": f"{session.no};timeout={int(SESSION_IDLE_S)}"}
            return answer(200, request.cseq, headers)
        return answer(461, request.cseq)

    def _may_add(self, request: Request, channel: Channel, track: str) -> bool:
        """A session begins with any track; the other one joins it before it plays, named by its number."""
        session = self.session
        if session is None:
            return True
        is_same = session.channel is channel and _named(request) == session.no
        return is_same and track not in session.watchers and not session.is_playing

    def _watch_by(
        self, offer: str, track: Track
    ) -> tuple[TcpWatcher | UdpWatcher, str, set[tuple[str, int]]] | None:
        assert self._transport is not None
        kind = offer.split(";")[0].upper()
        if kind == "RTP/AVP/TCP":
            found = _CHANNELS.search(offer)
            low, high = (int(found[1]), int(found[2])) if found else (0, 1)
            if low > 255 or high > 255 or low == high:
                return None
            tcp = TcpWatcher(self._transport, (low, high), track)
            return tcp, f"RTP/AVP/TCP;unicast;interleaved={low}-{high};ssrc={tcp.sequence.ssrc:08X}", set()
        found = _PORTS.search(offer)
        if kind not in ("RTP/AVP", "RTP/AVP/UDP") or "multicast" in offer or not found:
            return None
        ports = (int(found[1]), int(found[2]))
        if not all(1024 <= port <= 65535 for port in ports):
            return None
        # Only ever to the peer itself: a "destination=" would let anybody aim this at others.
        peer = str(self._transport.get_extra_info("peername")[0])
        udp = self._server.udp_watcher(peer, ports, track)
        if udp is None:
            return None
        own = self._server.udp_ports
        line = f"RTP/AVP;unicast;client_port={ports[0]}-{ports[1]};server_port={own[0]}-{own[1]}"
        return udp, f"{line};ssrc={udp.sequence.ssrc:08X}", {(peer, ports[1])}

    def _in_session(self, request: Request) -> bytes:
        named = _named(request)
        session = self.session
        if session is None and request.method in ("GET_PARAMETER", "SET_PARAMETER") and not named:
            return answer(200, request.cseq)
        if session is None or not secrets.compare_digest(named.encode(), session.no.encode()):
            return answer(454, request.cseq)
        headers = {"Session": session.no}
        if request.method == "PLAY" and isinstance(session.channel, ArchiveChannel):
            wish = wish_of(request, session.channel)
            if wish is None:
                return answer(457, request.cseq)
            headers["Range"] = session.channel.range_from(wish)
        elif request.method == "PLAY" and not session.is_playing:
            headers["Range"] = "npt=now-"
            headers["RTP-Info"] = _rtp_info(request.url, session)
        return answer(200, request.cseq, headers)

    def _after(self, request: Request, reply: bytes) -> None:
        """What an accepted request sets going once its answer is on the way."""
        session = self.session
        if session is None or not reply.startswith(b"RTSP/1.0 200"):
            return
        archive = session.channel if isinstance(session.channel, ArchiveChannel) else None
        match request.method:
            case "PLAY" if archive is not None:
                wish = wish_of(request, archive)
                if wish is not None:
                    session.replay(archive, wish)
            case "PLAY" if not session.is_playing:
                session.play()
            case "PAUSE":
                session.pause()
            case "TEARDOWN":
                self._end_session()
            case _:
                pass

    def hit_by(self, camera: str, fault: Fault | None) -> None:
        """A fault was ordered; some of them end what is running."""
        if self.session is not None and self.session.channel.camera.no == camera and fault in CLOSES_SESSIONS:
            self.abort()

    def _end_session(self) -> None:
        if self.session is not None:
            self.session.pause()
            self.session = None


def _named(request: Request) -> str:
    """The number of the session that the request is about."""
    return request.headers.get("session", "").split(";")[0]


def _rtp_info(url: str, session: Session) -> str:
    """Where each track begins."""
    base = url.split("?")[0].rstrip("/")
    for track in (PICTURES, SOUND):
        base = base.removesuffix(f"/{track}")
    first, fault = session.channel.first_frame(), session.channel.fault
    return ",".join(
        f"url={base}/{track};seq={watcher.sequence.number};rtptime={watcher.sequence.ticks(first, fault)}"
        for track, watcher in session.watchers.items()
    )
