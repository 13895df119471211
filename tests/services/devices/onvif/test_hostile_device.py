"""Devices that answer in ONVIF, but with what no honest device says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.core.secrets import Credential
from services.devices.asking import ask_device
from services.devices.trial import DeviceFacts

LOGIN = Credential("admin", "planted-password")
SPACES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "tds": "http://www.onvif.org/ver10/device/wsdl",
    "trt": "http://www.onvif.org/ver10/media/wsdl",
    "tt": "http://www.onvif.org/ver10/schema",
}


@dataclass(frozen=True)
class Lies:
    """What it says of itself; the defaults are an honest device."""

    maker: str = "Hikvision"
    year: str = "2026"
    width: str = "640"
    fps: str = "25"
    uri: str = "rtsp://127.0.0.1/main"


class Handler(BaseHTTPRequestHandler):
    def __init__(self, lies: Lies, *rest: object) -> None:
        self.lies = lies
        super().__init__(*rest)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = next((body for name, body in self.answers().items() if name in asked), "")
        spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
        whole = f"<s:Envelope {spaces}><s:Body>{answer}</s:Body></s:Envelope>".encode()
        whole = self.spoil(whole)
        self.send_response(200)
        self.send_header("Content-Type", "application/soap+xml")
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)

    def spoil(self, whole: bytes) -> bytes:
        return whole

    def answers(self) -> dict[str, str]:
        lies, host = self.lies, self.headers["Host"]
        media = f"<tt:Media><tt:XAddr>http://{host}/onvif</tt:XAddr></tt:Media>"
        date = f"<tt:Year>{lies.year}</tt:Year><tt:Month>12</tt:Month><tt:Day>31</tt:Day>"
        time = "<tt:Hour>23</tt:Hour><tt:Minute>59</tt:Minute><tt:Second>59</tt:Second>"
        utc = f"<tt:UTCDateTime><tt:Time>{time}</tt:Time><tt:Date>{date}</tt:Date></tt:UTCDateTime>"
        size = f"<tt:Resolution><tt:Width>{lies.width}</tt:Width><tt:Height>360</tt:Height></tt:Resolution>"
        rate = f"<tt:RateControl><tt:FrameRateLimit>{lies.fps}</tt:FrameRateLimit></tt:RateControl>"
        encoder = f"<tt:VideoEncoderConfiguration>{size}{rate}</tt:VideoEncoderConfiguration>"
        parts = {
            "SystemDateAndTime": f"<tds:SystemDateAndTime>{utc}</tds:SystemDateAndTime>",
            "DeviceInformation": f"<tds:Manufacturer>{lies.maker}</tds:Manufacturer>",
            "Capabilities": f"<tds:Capabilities>{media}</tds:Capabilities>",
            "Profiles": f'<trt:Profiles token="a">{encoder}</trt:Profiles>',
            "StreamUri": f"<trt:MediaUri><tt:Uri>{lies.uri}</tt:Uri></trt:MediaUri>",
        }
        kinds = {"Profiles": "trt", "StreamUri": "trt"}
        return {
            f"Get{name}": f"<{kinds.get(name, 'tds')}:Get{name}Response>{body}"
            f"</{kinds.get(name, 'tds')}:Get{name}Response>"
            for name, body in parts.items()
        }


@dataclass
class Spoilt:
    """What is done to each answer: `noise` instead of `cut` bytes. at: where, as a share of its length."""

    at: float = 0.0
    cut: int = 0
    noise: bytes = b""
    lies: Lies = Lies()

    def __call__(self, whole: bytes) -> bytes:
        begin = int(self.at * len(whole))
        return whole[:begin] + self.noise + whole[begin + self.cut :]


class SpoilingHandler(Handler):
    """Lies, spoilt on their way."""

    def __init__(self, spoilt: Spoilt, *rest: object) -> None:
        self.spoilt = spoilt
        super().__init__(spoilt.lies, *rest)

    def spoil(self, whole: bytes) -> bytes:
        return self.spoilt(whole)


@contextmanager
def device_at(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The service URL of a device that answers so."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/onvif"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def spoiling_device() -> Iterator[tuple[Spoilt, str]]:
    """One device for all examples of a test, and what is done to its answers."""
    spoilt = Spoilt()
    with device_at(partial(SpoilingHandler, spoilt)) as url:
        yield spoilt, url


@pytest.fixture
def lying_device() -> Iterator[Callable[[Lies], str]]:
    """The service URL of a device that tells these lies."""
    with ExitStack() as running:

        def start(lies: Lies) -> str:
            return running.enter_context(device_at(partial(Handler, lies)))

        yield start


@pytest.mark.parametrize("lies", [Lies(year="9" * 30), Lies(year="9" * 5000), Lies(fps="9" * 400)])
def test_numbers_that_fit_no_machine_are_a_bad_answer(
    lies: Lies, lying_device: Callable[[Lies], str]
) -> None:
    assert ask_device(lying_device(lies), LOGIN).error == "onvif.bad_answer"


@pytest.mark.parametrize(
    "uri", ["file:///etc/passwd", "/etc/passwd", "replay:///srv/x.mp4", "v4l2:///dev/video0", "gopher://x/"]
)
def test_a_device_cannot_name_a_file_or_a_camera_of_this_machine_as_its_stream(
    uri: str, lying_device: Callable[[Lies], str]
) -> None:
    facts = ask_device(lying_device(Lies(uri=uri)), LOGIN)
    assert (facts.main_url, facts.error) == ("", "onvif.bad_answer")


def test_a_stream_on_another_machine_is_asked_for_at_the_device_and_its_log_in_is_not_kept(
    lying_device: Callable[[Lies], str],
) -> None:
    facts = ask_device(lying_device(Lies(uri="rtsp://root:theirs@192.0.2.9/live")), LOGIN)
    assert facts.main_url == "rtsp://127.0.0.1/live"


def test_words_that_fill_no_screen_are_cut_to_a_line(lying_device: Callable[[Lies], str]) -> None:
    facts = ask_device(lying_device(Lies(maker="Hik\n" * 30_000)), LOGIN)
    assert facts.maker.startswith("Hik Hik ")
    assert len(facts.maker) <= 120


# Each example is a conversation of several requests with a real server.
CONVERSATIONS = 60
KNOWN_ERRORS = {"", "onvif.bad_answer", "onvif.rejected", "onvif.unsupported", "onvif.unauthorized"}
XML_BITS = st.sampled_from(
    [
        b"<",
        b">",
        b"</s:Body>",
        b"<x:y/>",
        b"&#0;",
        b"&lol;",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"]]>",
        b"\xff",
    ]
)


NUMBERS = st.text("0123456789.-e", max_size=30) | st.integers().map(str) | st.floats().map(str)
WORDS = st.text(max_size=60).map(escape)


@given(
    st.floats(0.0, 1.0),
    st.integers(0, 20) | st.just(100_000),
    st.binary(max_size=200) | st.lists(XML_BITS, max_size=6).map(b"".join),
)
@settings(max_examples=CONVERSATIONS, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_of_a_device_break_the_asking(
    spoiling_device: tuple[Spoilt, str], at: float, cut: int, noise: bytes
) -> None:
    """Noise alone, noise inside an honest answer, and an honest answer that is cut short."""
    spoilt, url = spoiling_device
    spoilt.at, spoilt.cut, spoilt.noise = at, cut, noise
    check_facts(ask_device(url, LOGIN))


@given(st.builds(Lies, maker=WORDS, year=NUMBERS, width=NUMBERS, fps=NUMBERS, uri=WORDS))
@settings(max_examples=CONVERSATIONS, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_figures_and_words_of_a_device_break_the_asking(
    spoiling_device: tuple[Spoilt, str], lies: Lies
) -> None:
    spoilt, url = spoiling_device
    spoilt.lies = lies
    check_facts(ask_device(url, LOGIN))


def check_facts(facts: DeviceFacts) -> None:
    """An answer or a known refusal, fit for a line of the screen, and a stream of this device only."""
    assert facts.error in KNOWN_ERRORS
    assert all(word.isprintable() and len(word) <= 120 for word in (facts.maker, facts.model))
    assert facts.main_url == "" or urlsplit(facts.main_url).hostname == "127.0.0.1"


def test_an_honest_answer_is_understood(spoiling_device: tuple[Spoilt, str]) -> None:
    """What the noise above is put into, unspoilt."""
    facts = ask_device(spoiling_device[1], LOGIN)
    assert (facts.maker, facts.main_url, facts.error) == ("Hikvision", "rtsp://127.0.0.1/main", "")
