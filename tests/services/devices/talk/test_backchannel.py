"""Our words reach a loudspeaker that others wrote, over TCP and UDP, in both codings, logged in by digest."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import socket
import subprocess
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import av
import numpy as np
import pytest

from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.backchannel import FRAME_SAMPLES, Backchannel, track_of
from services.devices.g711 import RATE_HZ, to_alaw, to_ulaw
from services.devices.talk import TalkDesk
from services.domain.people import Limit, Permission, Role, Session
from services.domain.site import Site, StreamTransport
from services.storage import Database
from tests.records import new_record
from tests.services.sim.camera_kit import camera

SYSTEM_PYTHON = "/usr/bin/python3"
PATIENCE_S = 20.0
CALLS = 4
WANG = Session("wang", "王某", Role.OPERATOR, "seat-1")
Wait = Callable[..., object]


def tone(seconds: float, hz: float = 500.0) -> bytes:
    """A sine at half loudness, as a microphone would give it."""
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return (16_000 * np.sin(2 * np.pi * hz * at)).astype(np.int16).tobytes()


def loudest_hz(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.fft.rfftfreq(len(samples), 1 / RATE_HZ)[int(np.argmax(spectrum))])


@pytest.fixture
def ears(tmp_path: Path) -> Iterator[Callable[..., tuple[str, Path]]]:
    """`ears(coding="PCMA", protocols="udp", user=…, password=…)`: URL and the file of what it hears."""
    with ExitStack() as running:

        def start(**options: str) -> tuple[str, Path]:
            out = tmp_path / "heard.raw"
            script = Path(__file__).with_name("gst_ears.py")
            words = [f"{name}={value}" for name, value in {**options, "out": str(out)}.items()]
            process = subprocess.Popen(
                [SYSTEM_PYTHON, str(script), *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            running.callback(process.communicate)
            running.callback(process.kill)
            assert process.stdout is not None
            answer = process.stdout.readline().split()
            assert answer[:1] == ["ready"], "GstRtspServer did not start"
            return f"rtsp://127.0.0.1:{answer[1]}/door", out

        yield start


async def say(call: Callable[[], Backchannel], pcm: bytes, heard: Path, enough: int) -> None:
    """The same words over and over until so many bytes of them are heard: a busy camera listens late.

    On a busy machine GstRtspServer at times reads nothing of a call by UDP: it is called again.
    """
    for _ in range(CALLS):
        way = call()
        await way.open()
        try:
            if await _is_heard(way, np.frombuffer(pcm, np.int16), heard, enough):
                return
        finally:
            await way.close()
    pytest.fail("nothing was heard")


async def _is_heard(way: Backchannel, samples: np.ndarray, heard: Path, enough: int) -> bool:
    ends_at = asyncio.get_running_loop().time() + PATIENCE_S
    for begin in itertools.cycle(range(0, len(samples) - FRAME_SAMPLES + 1, FRAME_SAMPLES)):
        way.send(samples[begin : begin + FRAME_SAMPLES])
        await asyncio.sleep(FRAME_SAMPLES / RATE_HZ)
        if heard.exists() and heard.stat().st_size > enough:
            return True
        if asyncio.get_running_loop().time() > ends_at:
            return False
    raise AssertionError  # the words never end


@pytest.mark.parametrize("coding", ["PCMU", "PCMA"])
@pytest.mark.parametrize("way", ["tcp", "udp"])
def test_a_foreign_camera_hears_the_tone_that_was_sent(
    ears: Callable[..., tuple[str, Path]], way: str, coding: str
) -> None:
    url, heard = ears(coding=coding, protocols=way)
    asyncio.run(say(lambda: Backchannel(url, None, [way]), tone(1.0), heard, RATE_HZ))

    samples = np.frombuffer(heard.read_bytes(), np.int16)
    assert len(samples) > RATE_HZ // 2
    assert abs(loudest_hz(samples) - 500.0) < 10.0
    assert 12_000 < np.abs(samples).max() < 20_000


def test_it_logs_in_by_digest_and_falls_back_to_udp_where_tcp_is_refused(
    ears: Callable[..., tuple[str, Path]],
) -> None:
    url, heard = ears(protocols="udp", user="guard", password="s3cret")
    guard = Credential("guard", "s3cret")
    asyncio.run(say(lambda: Backchannel(url, guard, ["tcp", "udp"]), tone(1.0), heard, RATE_HZ // 2))

    for login in (None, Credential("guard", "wrong")):
        with pytest.raises(ServiceError) as refused:
            asyncio.run(Backchannel(url, login, ["tcp", "udp"]).open())
        assert refused.value.code == "talk.unauthorized"


def decoded(data: bytes, codec: str) -> np.ndarray:
    context = av.CodecContext.create(codec, "r")
    context.sample_rate = RATE_HZ  # type: ignore[attr-defined]
    context.layout = "mono"  # type: ignore[attr-defined]
    frames = context.decode(av.Packet(data))
    return np.concatenate([frame.to_ndarray().ravel() for frame in frames])


@pytest.mark.parametrize(("encode", "codec"), [(to_ulaw, "pcm_mulaw"), (to_alaw, "pcm_alaw")])
def test_a_foreign_decoder_gives_back_every_sample_within_the_step_of_its_size(
    encode: Callable[[np.ndarray], bytes], codec: str
) -> None:
    samples = np.arange(-32_000, 32_000, dtype=np.int16)

    back = decoded(encode(samples), codec).astype(np.int32)
    # G.711: 16 steps in each doubling of size, so at most a 1/16 of the value apart, and 16 near silence.
    assert (np.abs(back - samples) <= np.maximum(np.abs(samples.astype(np.int32)) / 16, 16)).all()


SDP = """v=0\r
m=video 0 RTP/AVP 96\r
a=control:track1\r
m=audio 0 RTP/AVP 0\r
a=control:track2\r
a=recvonly\r
m=audio 0 RTP/AVP 97 8\r
a=rtpmap:97 MPEG4-GENERIC/16000\r
a=control:{control}\r
a=sendonly\r
"""


def test_the_track_is_the_one_that_takes_sound_in_a_coding_we_have() -> None:
    track = track_of(SDP.format(control="track3"), "rtsp://10.0.0.5/live/", "rtsp://10.0.0.5/live")

    assert track is not None
    assert (track.url, track.payload_type, track.coding) == ("rtsp://10.0.0.5/live/track3", 8, 8)


@pytest.mark.parametrize("control", ["rtsp://10.0.0.9/track3", "http://[::1", "rtsp://10.0.0.5/a\r\nX: y"])
def test_an_address_on_another_host_is_not_followed(control: str) -> None:
    assert track_of(SDP.format(control=control), "rtsp://10.0.0.5/live", "rtsp://10.0.0.5/live") in (
        None,
        track_of(SDP.format(control="rtsp://10.0.0.5/a"), "rtsp://10.0.0.5/live", "rtsp://10.0.0.5/live"),
    )


def test_a_camera_that_says_nothing_or_nonsense_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"rtsp://127.0.0.1:{silent.getsockname()[1]}/x"
        with pytest.raises(ServiceError) as refused:
            asyncio.run(Backchannel(url, None, ["tcp"], answer_limit_s=0.3).open())
    assert refused.value.code == "talk.unreachable"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "record.db") as database:
        yield database


@pytest.fixture
def make_desk(database: Database, tmp_path: Path) -> Callable[..., TalkDesk]:
    """`make_desk(url, tail_s=…)`"""

    def make(url: str, **how: float) -> TalkDesk:
        door = replace(
            camera("C01", (1.0, 1.0), 0.0), place="东门", main_url=url, transport=StreamTransport.AUTO
        )
        site = Site("t", "测试", "Test", 10.0, 10.0, cameras=(door,))
        return TalkDesk(database, SystemClock(), lambda: site, lambda _name: None, tmp_path / "talks", **how)

    return make


def audit_of(database: Database, action: str) -> list[dict[str, object]]:
    import sqlite3

    path = database.url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT after FROM audit WHERE action = ?", (action,)).fetchall()
    return [json.loads(after) if after else {} for (after,) in rows]


def test_a_talk_is_kept_as_a_file_whose_hash_is_in_the_audit(
    ears: Callable[..., tuple[str, Path]],
    make_desk: Callable[[str], TalkDesk],
    database: Database,
    tmp_path: Path,
) -> None:
    url, _ = ears()
    desk = make_desk(url)
    talk = desk.begin(WANG, "C01")
    with pytest.raises(ServiceError) as busy:
        desk.begin(WANG, "C01")
    assert busy.value.code == "talk.busy"
    talk.feed(tone(0.4))
    record = desk.end(WANG)

    file = tmp_path / "talks" / record.file
    with wave.open(str(file)) as kept:
        assert (kept.getframerate(), kept.getnframes()) == (RATE_HZ, 3200)
    assert record.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    (after,) = audit_of(database, "talk.ended")
    assert (after["camera"], after["sha256"]) == ("C01", record.sha256)
    assert len(audit_of(database, "talk.began")) == 1
    desk.begin(WANG, "C01")
    desk.end(WANG)
    with pytest.raises(ServiceError) as nothing:
        desk.end(WANG)
    assert nothing.value.code == "talk.none"


def test_a_word_is_heard_to_its_end_although_the_line_is_closed_right_behind_it(
    ears: Callable[..., tuple[str, Path]],
    make_desk: Callable[..., TalkDesk],
) -> None:
    url, heard = ears()
    # A busy machine plays later than a camera does.
    desk = make_desk(url, tail_s=3.0)
    desk.begin(WANG, "C01").feed(tone(0.2))
    desk.end(WANG)

    assert abs(loudest_hz(np.frombuffer(heard.read_bytes(), np.int16)) - 500.0) < 20.0


def test_a_camera_without_a_way_back_leaves_no_file_and_no_talk(
    make_desk: Callable[[str], TalkDesk], tmp_path: Path, database: Database
) -> None:
    def refuse(server: socket.socket) -> None:
        peer, _ = server.accept()
        with peer:
            peer.recv(4000)
            peer.sendall(b"RTSP/1.0 551 Option not supported\r\nCSeq: 1\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=refuse, args=(server,))
        answering.start()
        desk = make_desk(f"rtsp://127.0.0.1:{server.getsockname()[1]}/x")
        with pytest.raises(ServiceError) as refused:
            desk.begin(WANG, "C01")
        answering.join()
    assert (refused.value.code, refused.value.params["camera"]) == ("talk.no_backchannel", "C01 号")
    assert list((tmp_path / "talks").iterdir()) == []
    assert audit_of(database, "talk.began") == []


def test_an_address_with_a_port_that_cannot_be_is_refused_like_a_camera_that_is_away(
    make_desk: Callable[[str], TalkDesk], tmp_path: Path
) -> None:
    with pytest.raises(ServiceError) as refused:
        make_desk("rtsp://127.0.0.1:99999/x").begin(WANG, "C01")
    assert refused.value.code == "talk.unreachable"
    assert list((tmp_path / "talks").iterdir()) == []


@pytest.mark.parametrize(("place", "code"), [("东门", "identity.barred"), ("别处", "talk.unreachable")])
def test_who_may_not_handle_alarms_at_its_place_does_not_talk_through_a_camera(
    make_desk: Callable[[str], TalkDesk], place: str, code: str
) -> None:
    limited = replace(WANG, limits=(Limit(Permission.HANDLE_ALARM, (place,)),))
    with pytest.raises(ServiceError) as refused:
        make_desk("rtsp://127.0.0.1:99999/x").begin(limited, "C01")
    assert refused.value.code == code


def answer_with_port(server: socket.socket, port: int) -> None:
    """A camera that takes UDP only, at `port`."""
    peer, _ = server.accept()
    with peer, peer.makefile("rb") as asked:
        while head := b"".join(takewhile(lambda line: line.strip(), asked)):
            number = next(line for line in head.splitlines() if line.startswith(b"CSeq")).decode()
            status, more, body = "200 OK", "", ""
            if head.startswith(b"DESCRIBE"):
                body = SDP.format(control="track3")
                more = f"Content-Length: {len(body)}\r\n"
            elif head.startswith(b"SETUP") and b"TCP" in head:
                status = "461 Unsupported Transport"
            elif head.startswith(b"SETUP"):
                more = f"Session: 1\r\nTransport: RTP/AVP;unicast;server_port={port}-{port + 1}\r\n"
            peer.sendall(f"RTSP/1.0 {status}\r\n{number}\r\n{more}\r\n{body}".encode())


@pytest.mark.parametrize("port", [0, 70_000])
def test_a_camera_that_names_a_port_that_cannot_be_is_said_to_refuse(
    make_desk: Callable[[str], TalkDesk], port: int
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=answer_with_port, args=(server, port))
        answering.start()
        with pytest.raises(ServiceError) as refused:
            make_desk(f"rtsp://127.0.0.1:{server.getsockname()[1]}/x").begin(WANG, "C01")
        answering.join()
    assert refused.value.code == "talk.refused"


def test_a_talk_that_dies_of_whatever_says_so_and_keeps_what_was_said(
    ears: Callable[..., tuple[str, Path]],
    make_desk: Callable[[str], TalkDesk],
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[..., None],
) -> None:
    expected_log("talk.died")

    def broken(_way: Backchannel, _samples: np.ndarray) -> None:
        raise OverflowError

    url, _ = ears()
    desk = make_desk(url)
    talk = desk.begin(WANG, "C01")
    assert talk.error == ""
    monkeypatch.setattr(Backchannel, "send", broken)
    talk.feed(tone(0.1))
    wait_until(lambda: talk.error == "talk.lost")
    assert desk.end(WANG).camera == "C01"


def test_a_talk_that_was_ended_is_not_lost(
    ears: Callable[..., tuple[str, Path]], make_desk: Callable[[str], TalkDesk]
) -> None:
    url, _ = ears()
    desk = make_desk(url)
    talk = desk.begin(WANG, "C01")
    desk.end(WANG)
    assert talk.error == ""
