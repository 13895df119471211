"""Cameras that speak HTTP: streams of JPEG pictures and single ones, served by Python's own http.server."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.video import StreamState
from services.video import Feed, StreamAddress, VideoEngine
from services.video.decoder import Decoder
from services.video.sources import SOURCES
from services.video.sources.mjpeg import boundary_of, parts_of
from services.video.trouble import StreamTrouble
from tests.services.video.web_kit import Certificate, Conduct, WebCamera, in_pieces, jpeg

PASSWORD = "p@ss/w:rd %41?#é电池"
DARK, LIGHT = jpeg(20), jpeg(220)


@pytest.fixture
def web_camera() -> Iterator[Callable[..., WebCamera]]:
    """`web_camera(auth="digest", …)`, with `certificate=` inside TLS."""
    with ExitStack() as running:

        def start(certificate: Certificate | None = None, **conduct: object) -> WebCamera:
            given: dict[str, object] = {"pictures": (DARK, LIGHT), **conduct}
            camera = WebCamera(Conduct(**given), certificate)  # type: ignore[arg-type]
            running.callback(camera.close)
            return camera

        yield start


def address(camera: WebCamera, path: str = "video", scheme: str = "http", tls: str = "") -> StreamAddress:
    conduct = camera.conduct
    user, password = (conduct.user, PASSWORD) if conduct.auth else ("", "")
    return StreamAddress(f"{scheme}://127.0.0.1:{camera.port}/{path}", user, password, tls=tls)


def is_live(feed: Feed) -> bool:
    return feed.latest(-1) is not None and feed.status().state is StreamState.LIVE


def code_of_opening(where: StreamAddress) -> str:
    with pytest.raises(StreamTrouble) as refused:
        SOURCES[where.kind](where, 2.0)
    assert PASSWORD not in f"{refused.value!r} {refused.value.__context__!r}"
    return refused.value.code


@pytest.mark.parametrize("auth", ["", "basic", "digest"])
@pytest.mark.parametrize(("boundary", "has_length"), [("frame", True), ("--myboundary", False)])
def test_a_stream_of_pictures_is_live(
    auth: str,
    boundary: str,
    has_length: bool,
    web_camera: Callable[..., WebCamera],
    engine: VideoEngine,
    wait_until: Callable[..., object],
) -> None:
    camera = web_camera(auth=auth, user="值班员", password=PASSWORD, boundary=boundary, has_length=has_length)
    feed = engine.open(address(camera))

    wait_until(lambda: is_live(feed), 15.0)

    status = feed.status()
    assert (status.codec, status.width_px, status.height_px) == ("mjpeg", 320, 240)


def test_pictures_show_what_was_sent(web_camera: Callable[..., WebCamera]) -> None:
    source = SOURCES["http"](address(web_camera(pictures=(LIGHT,))), 2.0)
    decoder = Decoder(source.codec)
    try:
        frame = decoder.decode(next(iter(source.packets(Event()))))
        assert frame is not None
        pixels = decoder.picture(frame, (0, 0))
        assert pixels is not None
        assert abs(float(pixels[..., :3].mean()) - 220) < 2
    finally:
        source.close()


def test_a_stream_written_by_ffmpeg_is_taken_apart() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mpjpeg") as out:
        stream = out.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuvj420p"
        for level in (20, 120, 220):
            grey = av.VideoFrame.from_ndarray(np.full((240, 320, 3), level, np.uint8), "bgr24")
            out.mux(stream.encode(grey.reformat(format="yuvj420p")))
        out.mux(stream.encode(None))

    pictures = list(parts_of(in_pieces(file.getvalue(), 100), b"ffmpeg"))

    assert len(pictures) == 3
    assert all(picture.startswith(b"\xff\xd8") and picture.endswith(b"\xff\xd9") for picture in pictures)


@pytest.mark.parametrize(
    ("conduct", "code"),
    [
        ({"status": 404}, "video.not_found"),
        ({"status": 403}, "video.unauthorized"),
        ({"status": 302}, "video.refused"),
        ({"status": 503}, "video.refused"),
        ({"content_type": "text/html"}, "video.not_mjpeg"),
        ({"auth": "digest", "password": "another"}, "video.unauthorized"),
        ({"auth": "basic", "password": "another"}, "video.unauthorized"),
    ],
)
def test_what_is_no_stream_of_pictures_is_told(
    conduct: dict[str, object], code: str, web_camera: Callable[..., WebCamera]
) -> None:
    camera = web_camera(**conduct)

    assert code_of_opening(address(camera)) == code


def test_the_log_in_is_never_carried_elsewhere(web_camera: Callable[..., WebCamera]) -> None:
    thief = web_camera()
    camera = web_camera(status=302)

    assert code_of_opening(address(camera)) == "video.refused"
    assert thief.conduct.asked == []


def test_parts_that_are_no_pictures_end_the_stream(web_camera: Callable[..., WebCamera]) -> None:
    source = SOURCES["http"](address(web_camera(pictures=(b"hello",))), 2.0)
    with pytest.raises(StreamTrouble) as trouble:
        list(source.packets(Event()))
    source.close()

    assert trouble.value.code == "video.not_jpeg"


def test_a_picture_asked_for_again_and_again_is_live(
    web_camera: Callable[..., WebCamera], engine: VideoEngine, wait_until: Callable[..., object]
) -> None:
    pictures = tuple(jpeg(level) for level in range(10, 250, 5))
    camera = web_camera(auth="digest", password=PASSWORD, pictures=pictures)
    feed = engine.open(address(camera, "picture?x=1#period=0.1", "http+snapshot"))

    wait_until(lambda: is_live(feed) and feed.latest(-1).number > 3, 15.0)

    # What is meant for us is not asked of the camera.
    assert set(camera.conduct.asked) == {"/picture?x=1"}


@pytest.mark.parametrize("etag", ["", '"7"'])
def test_a_picture_that_stays_the_same_grows_old(
    etag: str,
    web_camera: Callable[..., WebCamera],
    engine: VideoEngine,
    wait_until: Callable[..., object],
) -> None:
    camera = web_camera(pictures=(DARK,), etag=etag)
    feed = engine.open(address(camera, "picture#period=0.1", "http+snapshot"))
    wait_until(lambda: feed.latest(-1) is not None, 15.0)

    wait_until(lambda: feed.status().state is StreamState.LATE, 15.0)

    assert feed.latest(-1).number == 1
    assert len(camera.conduct.asked) > 3


def test_a_page_instead_of_a_picture_is_told(web_camera: Callable[..., WebCamera]) -> None:
    camera = web_camera(pictures=(b"<html>log in</html>",))

    assert code_of_opening(address(camera, "picture", "http+snapshot")) == "video.not_jpeg"


@pytest.mark.parametrize(("scheme", "path"), [("https", "video"), ("https+snapshot", "picture")])
def test_a_certificate_is_valid_or_known_or_refused(
    scheme: str,
    path: str,
    web_camera: Callable[..., WebCamera],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificate = Certificate.new(tmp_path)
    camera = web_camera(certificate)

    def opens(tls: str) -> None:
        SOURCES[scheme](address(camera, path, scheme, tls), 2.0).close()

    opens("unverified")
    opens(certificate.fingerprint)
    assert code_of_opening(address(camera, path, scheme)) == "video.bad_certificate"
    other = f"sha256:{'0' * 64}"
    assert code_of_opening(address(camera, path, scheme, other)) == "video.bad_certificate"
    # The site's own authority, as the system knows it.
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    opens("")


@given(
    bodies=st.lists(st.binary(max_size=200).filter(lambda body: b"--b" not in body), max_size=5),
    size=st.integers(1, 50),
    has_length=st.booleans(),
)
def test_parts_come_out_whole_however_the_bytes_arrive(
    bodies: list[bytes], size: int, has_length: bool
) -> None:
    stream = b"".join(
        b"--b\r\n"
        + (f"Content-Length: {len(body)}\r\n" if has_length else "X: y\r\n").encode()
        + b"\r\n"
        + body
        + b"\r\n"
        for body in bodies
    )

    found = list(parts_of(in_pieces(stream + b"--b--\r\n\r\n", size), b"b"))

    assert found == bodies


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_garbage_ends_or_is_refused(chunks: list[bytes]) -> None:
    codes = set()
    try:
        for part in parts_of(iter(chunks), b"b"):
            assert isinstance(part, bytes)
    except StreamTrouble as trouble:
        codes.add(trouble.code)
    assert codes <= {"video.bad_stream"}


@pytest.mark.parametrize(
    "endless",
    [b"x" * 1000, b"--b\r\n" + b"x: y\r\n" * 200],
)
def test_an_endless_head_is_cut_off(endless: bytes) -> None:
    def chunks() -> Iterator[bytes]:
        yield endless
        for _ in range(100):
            yield b"x: y\r\n" * 200

    with pytest.raises(StreamTrouble):
        list(parts_of(chunks(), b"b"))


def test_a_part_that_claims_gigabytes_is_refused() -> None:
    with pytest.raises(StreamTrouble):
        list(parts_of([b"--b\r\nContent-Length: 900000000\r\n\r\n"], b"b"))


def test_a_body_without_an_end_is_cut_off() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"--b\r\nContent-Type: image/jpeg\r\n\r\n"
        for _ in range(40):
            yield bytes(2**20)

    with pytest.raises(StreamTrouble):
        list(parts_of(chunks(), b"b"))


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/x-mixed-replace; boundary=frame", b"frame"),
        ('Multipart/X-Mixed-Replace;charset=x; Boundary="--my b"', b"my b"),
        ("multipart/x-mixed-replace;boundary=--x", b"x"),
    ],
)
def test_boundaries_are_read_as_cameras_write_them(content_type: str, boundary: bytes) -> None:
    assert boundary_of(content_type) == boundary


def test_a_wrong_password_appears_nowhere(
    web_camera: Callable[..., WebCamera],
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    expected_log("video.unauthorized")
    feed = engine.open(address(web_camera(auth="digest", password="another")))

    wait_until(lambda: feed.status().error == "video.unauthorized", 15.0)

    out, err = capfd.readouterr()
    shown = repr(log_events) + json.dumps(log_events, default=str) + repr(feed.status()) + out + err
    assert PASSWORD not in shown
