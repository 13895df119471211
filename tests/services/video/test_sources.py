"""What every kind of source promises, and what the rarer kinds do of their own."""

from __future__ import annotations

import builtins
import random
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event

import av
import pytest

from services.core.secrets import Credential, Secrets
from services.core.workers import Worker
from services.domain.site import StreamEngine, StreamTransport
from services.domain.video import StreamState
from services.video import Feed, StreamAddress, VideoEngine, trouble
from services.video.cameras import SiteCameras
from services.video.decoder import Decoder
from services.video.sources import SOURCES, Source
from services.video.sources.device import DeviceSource
from services.video.sources.vlc import VlcSource
from services.video.trouble import StreamTrouble, code_of
from tests.services.sim.camera_kit import camera, small_site
from tests.services.video.web_kit import Certificate, Conduct, TlsFront, WebCamera, jpeg

PASSWORD = "p@ss/w:rd %41?#é电池"
NETWORK = ("rtsp", "rtsps", "http", "https", "http+snapshot", "https+snapshot", "libvlc")
FILES = ("file", "replay", "v4l2")
CODES = {code for name, code in vars(trouble).items() if name.isupper() and isinstance(code, str)}


def on_port(kind: str, port: int) -> StreamAddress:
    """The address by which a source of this kind calls the port."""
    if kind == "libvlc":
        return StreamAddress(f"http://127.0.0.1:{port}/x", "u", PASSWORD, engine=StreamEngine.LIBVLC)
    return StreamAddress(f"{kind}://127.0.0.1:{port}/x", "u", PASSWORD, tls="unverified")


def refusal(address: StreamAddress, patience_s: float = 1.0) -> str:
    """The code of whatever opening raised; nothing else of it may be told."""
    with pytest.raises(Exception) as raised:  # noqa: PT011 - libraries raise anything; the code is what counts
        opened(address, patience_s).close()
    code = code_of(raised.value)
    assert code in CODES
    assert PASSWORD not in code
    return code


def opened(address: StreamAddress, patience_s: float = 2.0) -> Source:
    if address.kind == "libvlc":
        return VlcSource(address, patience_s, first_picture_s=patience_s)
    return SOURCES[address.kind](address, patience_s)


def is_live(feed: Feed) -> bool:
    return feed.latest(-1) is not None and feed.status().state is StreamState.LIVE


@pytest.fixture
def babbling_port() -> Iterator[int]:
    """A port that answers whatever is said with noise, and hangs up."""
    noise = random.Random(7).randbytes(4000)

    def babble(stop: Event) -> None:
        while not stop.is_set():
            with suppress(OSError):
                caller, _ = server.accept()
                with caller:
                    caller.settimeout(1.0)
                    caller.recv(4000)
                    caller.sendall(noise)

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        worker = Worker("babble", babble)
        worker.start()
        yield server.getsockname()[1]
        worker.stop()


def test_every_kind_is_under_contract() -> None:
    assert {*NETWORK, *FILES} == set(SOURCES)


@pytest.mark.parametrize("kind", NETWORK)
def test_nobody_at_the_port_is_refused(kind: str) -> None:
    assert refusal(on_port(kind, 1)) == "video.refused"


@pytest.mark.parametrize("kind", NETWORK)
def test_silence_ends_by_itself(kind: str, silent_port: int) -> None:
    expected = "video.libvlc_cannot" if kind == "libvlc" else "video.timeout"
    assert refusal(on_port(kind, silent_port)) == expected


@pytest.mark.parametrize("kind", NETWORK)
def test_noise_is_refused(kind: str, babbling_port: int) -> None:
    assert refusal(on_port(kind, babbling_port)) in {
        *("video.refused", "video.bad_stream", "video.unreachable", "video.libvlc_cannot")
    }


@pytest.mark.parametrize("kind", FILES)
def test_what_is_not_there_is_not_found(kind: str, tmp_path: Path) -> None:
    expected = "video.no_device" if kind == "v4l2" else "video.not_found"
    assert refusal(StreamAddress(f"{kind}://{tmp_path}/nothing")) == expected


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_noise_is_refused(kind: str, tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(random.Random(7).randbytes(4000))
    expected = {"video.no_device", "video.unsupported"} if kind == "v4l2" else {"video.bad_stream"}
    assert refusal(StreamAddress(f"{kind}://{tmp_path}/noise")) in expected


@pytest.fixture
def stalling(tmp_path: Path) -> Iterator[Callable[[str], StreamAddress]]:
    """A camera for each kind of web source that sends a few pictures and then nothing more."""
    running = []

    def start(kind: str) -> StreamAddress:
        # libVLC wants to see more before it begins.
        conduct = Conduct(pictures=(jpeg(20), jpeg(200)), stalls_after=60 if kind == "libvlc" else 2)
        certificate = Certificate.new(tmp_path) if kind.startswith("https") else None
        running.append(WebCamera(conduct, certificate))
        path = "picture#period=60" if "snapshot" in kind else "video"
        scheme = "http" if kind == "libvlc" else kind
        engine = StreamEngine.LIBVLC if kind == "libvlc" else StreamEngine.AUTO
        url = f"{scheme}://127.0.0.1:{running[-1].port}/{path}"
        return StreamAddress(url, engine=engine, tls="unverified")

    yield start
    for web in running:
        web.close()


@pytest.mark.parametrize("kind", [kind for kind in NETWORK if "rtsp" not in kind])
def test_a_stop_ends_a_source_that_waits_for_its_camera(
    kind: str, stalling: Callable[[str], StreamAddress], wait_until: Callable[..., object]
) -> None:
    ends(opened(stalling(kind), 4.0), wait_until)


@pytest.mark.parametrize("kind", ["rtsp", "rtsps"])
def test_a_stop_ends_an_rtsp_source(
    kind: str,
    gst_server: Callable[..., object],
    wait_until: Callable[..., object],
    tls_front: Callable[[int], TlsFront],
) -> None:
    server = gst_server()
    port = server.port if kind == "rtsp" else tls_front(server.port).port
    ends(opened(StreamAddress(f"{kind}://127.0.0.1:{port}/clip", tls="unverified"), 4.0), wait_until)


@pytest.mark.parametrize("kind", ["file", "replay"])
def test_a_stop_ends_a_file(
    kind: str, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    ends(opened(StreamAddress(clip_url(kind, "loop"))), wait_until)


def ends(source: Source, wait_until: Callable[..., object]) -> None:
    """Read to where it blocks, then stop."""
    pictures = 0

    def read(stop: Event) -> None:
        nonlocal pictures
        with suppress(StreamTrouble, av.error.FFmpegError, OSError):
            for _ in source.packets(stop):
                pictures += 1
        source.close()

    reader = Worker("reader", read)
    reader.start()
    wait_until(lambda: pictures > 0, 10.0)
    reader.request_stop()
    wait_until(lambda: not reader.is_alive, 10.0)


# RTSP


@pytest.mark.parametrize(
    ("transport", "protocols", "is_opened"),
    [
        (StreamTransport.TCP, "tcp", True),
        (StreamTransport.UDP, "udp", True),
        (StreamTransport.TCP, "udp", False),
        (StreamTransport.UDP, "tcp", False),
    ],
)
def test_a_camera_is_asked_only_for_the_transport_that_was_set(
    transport: StreamTransport, protocols: str, is_opened: bool, gst_server: Callable[..., object]
) -> None:
    url = gst_server(protocols=protocols).address().url
    where = StreamAddress(url, transport=transport)
    if is_opened:
        source = opened(where)
        assert next(iter(source.packets(Event()))).size > 0
        source.close()
    else:
        refusal(where)


@pytest.fixture
def tls_front(certificate: Certificate) -> Iterator[Callable[[int], TlsFront]]:
    fronts: list[TlsFront] = []

    def start(plain_port: int) -> TlsFront:
        fronts.append(TlsFront(plain_port, certificate))
        return fronts[-1]

    yield start
    for front in fronts:
        front.close()


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate.new(tmp_path)


@pytest.mark.parametrize("auth", ["basic", "digest"])
def test_rtsp_inside_tls_is_live_with_the_known_certificate(
    auth: str,
    gst_server: Callable[..., object],
    tls_front: Callable[[int], TlsFront],
    certificate: Certificate,
    engine: VideoEngine,
    wait_until: Callable[..., object],
) -> None:
    front = tls_front(gst_server(auth=auth, user="gate", password=PASSWORD).port)
    url = f"rtsps://127.0.0.1:{front.port}/clip"
    feed = engine.open(StreamAddress(url, "gate", PASSWORD, tls=certificate.fingerprint))

    wait_until(lambda: is_live(feed), 15.0)

    assert feed.status().codec == "h264"
    assert not feed.status().is_unverified


def test_a_stream_whose_certificate_nobody_checks_says_so(
    certificate: Certificate, engine: VideoEngine, wait_until: Callable[..., object]
) -> None:
    web = WebCamera(Conduct(pictures=(jpeg(20), jpeg(200))), certificate)
    url = f"https://127.0.0.1:{web.port}/video"
    feed = engine.open(StreamAddress(url, tls="unverified"))
    try:
        wait_until(lambda: is_live(feed), 15.0)
        assert feed.status().is_unverified
    finally:
        engine.stop()
        web.close()


@pytest.mark.parametrize("tls", ["", f"sha256:{'0' * 64}"])
def test_another_certificate_is_refused_before_the_log_in_is_said(
    tls: str,
    gst_server: Callable[..., object],
    tls_front: Callable[[int], TlsFront],
) -> None:
    front = tls_front(gst_server().port)
    where = StreamAddress(f"rtsps://127.0.0.1:{front.port}/clip", "gate", PASSWORD, tls=tls)

    assert refusal(where) == "video.bad_certificate"


# Devices


def test_a_device_is_asked_for_what_the_address_says(tmp_path: Path) -> None:
    """And its bare pixels are decoded: most USB cameras send YUYV, two bytes a pixel."""
    asked: list[tuple[str, dict[str, str]]] = []
    raw = tmp_path / "pixels.yuv"
    raw.write_bytes(bytes([180, 128]) * (64 * 48))

    def pattern(path: str, options: dict[str, str]) -> av.container.InputContainer:
        asked.append((path, options))
        video = {"video_size": options["video_size"], "pixel_format": "yuyv422"}
        return av.open(str(raw), format="rawvideo", options=video)

    source = DeviceSource(StreamAddress("v4l2:///dev/video7?size=64x48&fps=25"), 2.0, pattern)
    decoder = Decoder(source.codec)
    frame = decoder.decode(next(iter(source.packets(Event()))))
    assert frame is not None
    pixels = decoder.picture(frame, (0, 0))
    source.close()

    assert asked == [("/dev/video7", {"video_size": "64x48", "framerate": "25"})]
    assert pixels is not None
    assert pixels.shape == (48, 64, 4)
    # Y 180 of 16..235 is 191 of 255 grey.
    assert abs(float(pixels[..., :3].mean()) - 191) < 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(16, "busy"), "video.device_busy"),
        (PermissionError(13, "no"), "video.device_forbidden"),
        (OSError(19, "no such device"), "video.no_device"),
        (OSError(22, "invalid"), "video.unsupported"),
    ],
)
def test_why_a_device_does_not_open_is_told(error: OSError, code: str) -> None:
    def broken(_path: str, _options: dict[str, str]) -> av.container.InputContainer:
        raise error

    with pytest.raises(StreamTrouble) as refused:
        DeviceSource(StreamAddress("v4l2:///dev/video0"), 2.0, broken)
    assert refused.value.code == code


def test_an_option_that_no_device_has_is_refused() -> None:
    assert refusal(StreamAddress("v4l2:///dev/video0?size=1x1,evil")) == "video.unsupported"


# libVLC


def test_libvlc_plays_a_file_in_its_own_proportions(
    clip_url: Callable[..., str], engine: VideoEngine, wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("file"), engine=StreamEngine.LIBVLC))

    wait_until(lambda: feed.status().state is StreamState.RECORDED, 20.0)

    status = feed.status()
    assert (status.codec, status.width_px, status.height_px) == ("rawvideo", 640, 360)


def test_libvlc_shows_the_same_picture_as_pyav(clip_url: Callable[..., str]) -> None:
    pictures = []
    for engine in (StreamEngine.LIBVLC, StreamEngine.AUTO):
        source = opened(StreamAddress(clip_url("file"), engine=engine), 4.0)
        decoder = Decoder(source.codec)
        frames = (decoder.decode(packet) for packet in source.packets(Event()))
        pixels = decoder.picture(next(frame for frame in frames if frame is not None), (64, 36))
        assert pixels is not None
        pictures.append(pixels.astype(float))
        source.close()

    assert abs(pictures[0] - pictures[1]).mean() < 6


def test_libvlc_plays_a_web_camera_with_a_log_in(
    engine: VideoEngine, wait_until: Callable[..., object]
) -> None:
    web = WebCamera(Conduct(auth="basic", password="p@ss:w/rd", pictures=(jpeg(20), jpeg(200))))
    url = f"http://127.0.0.1:{web.port}/video"
    feed = engine.open(StreamAddress(url, "gate", "p@ss:w/rd", engine=StreamEngine.LIBVLC))
    try:
        wait_until(lambda: is_live(feed), 20.0)
    finally:
        engine.stop()
        web.close()


def test_a_libvlc_that_cannot_open_rtsp_says_so(gst_server: Callable[..., object]) -> None:
    """Debian's libVLC is built without RTSP."""
    url = gst_server().address().url

    assert refusal(StreamAddress(url, engine=StreamEngine.LIBVLC), 4.0) == "video.libvlc_cannot"


@pytest.mark.parametrize("error", [NameError("no libvlc"), OSError("broken"), ImportError("no vlc")])
def test_without_libvlc_it_is_told_at_once(
    error: Exception, clip_url: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def no_vlc(name: str, *rest: object) -> object:
        if name == "vlc":
            raise error
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "vlc", raising=False)
    monkeypatch.setattr("importlib.import_module", lambda name: no_vlc(name))

    assert refusal(StreamAddress(clip_url("file"), engine=StreamEngine.LIBVLC)) == "video.no_libvlc"


# The site's cameras


def test_a_camera_is_opened_as_the_site_and_the_secrets_say() -> None:
    asked: list[StreamAddress] = []

    class Listening:
        def open(self, address: StreamAddress, **_: object) -> None:
            asked.append(address)

    one = replace(
        camera("C01", (0, 0), 0.0),
        main_url="rtsps://cam/main",
        credential="gate",
        transport=StreamTransport.TCP,
        engine=StreamEngine.LIBVLC,
    )
    site = replace(small_site(), cameras=(one,))
    secrets = Secrets({"gate": Credential("u", "p", "unverified")})
    SiteCameras(Listening(), site, secrets).open("C01", "main")  # type: ignore[arg-type]

    assert asked == [
        StreamAddress(
            "rtsps://cam/main",
            "u",
            "p",
            transport=StreamTransport.TCP,
            engine=StreamEngine.LIBVLC,
            tls="unverified",
        )
    ]
