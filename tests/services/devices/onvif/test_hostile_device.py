"""Devices that answer in ONVIF, but with what no honest device says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from services.core.secrets import Credential
from services.devices.asking import ask_device

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
        self.send_response(200)
        self.send_header("Content-Type", "application/soap+xml")
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)

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


@pytest.fixture
def lying_device() -> Iterator[Callable[[Lies], str]]:
    """The service URL of a device that tells these lies."""
    with ExitStack() as running:

        def start(lies: Lies) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, lies))
            thread = Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            running.callback(thread.join)
            running.callback(server.server_close)
            running.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/onvif"

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
