"""A camera's password opens the camera and is seen nowhere else, whatever signs it has."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.processes import Child
from app.records import export_site_text, import_site_file, upgrade_database
from services.core.errors import ServiceError
from services.core.paths import resource
from services.core.secrets import Credential, Secrets
from services.core.settings import Settings
from services.domain.video import StreamState
from services.sim.rtsp.digest import Doorman
from services.video import Feed, StreamAddress, VideoEngine
from services.video.sources import SOURCES
from services.video.trouble import StreamTrouble, code_of
from tests.services.video.conftest import GstServer

NASTY = [
    "p@ss/w:rd %41?#é a\"b'c\\d`$(id);&|<>*~=+ ,{}!^",
    "[::1]@值班室 密码/一二三@东门:80/%2f%00",
]
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
LOGINS = st.tuples(
    st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8),
    st.text(SIGNS, min_size=1, max_size=12),
)


def spellings(secret: str) -> set[bytes]:
    """As anybody's code may write it."""
    texts = {secret, quote(secret), quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]}
    return {text.encode() for text in texts} | {base64.b64encode(secret.encode())}


def process_texts() -> Iterator[bytes]:
    """Arguments and environment of every process of this machine that we may look at."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            for name in ("cmdline", "environ"):
                try:
                    yield (folder / name).read_bytes()
                except OSError:
                    continue


def is_live(feed: Feed) -> bool:
    return feed.latest(-1) is not None and feed.status().state is StreamState.LIVE


# Not by their text: pytest writes the name of the running test into its own environment.
@pytest.mark.parametrize("password", NASTY, ids=range(len(NASTY)))
def test_the_simulated_camera_opens_and_nothing_shows_its_password(
    password: str,
    data_dir: Path,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    expected_log("video.timeout", "video.unauthorized", "child.killed")  # its film is made meanwhile
    Secrets({"demo": Credential("viewer", password)}).save(data_dir / "secrets.toml")
    arguments = ["sim", "--rtsp-port", "0", "--dc09-port", "0", "--data-dir", str(data_dir)]
    sim = Child("sim", arguments, {})
    try:
        url = f"rtsp://127.0.0.1:{sim.wait_ready(60.0)['rtsp_port']}/C01/sub"
        feed = engine.open(StreamAddress(url, "viewer", password))
        refused = engine.open(StreamAddress(url, "viewer", password + "x"))
        wait_until(lambda: is_live(feed), 60.0)
        wait_until(lambda: refused.status().error == "video.unauthorized", 30.0)
        processes = b"\0".join(process_texts())
    finally:
        engine.stop()
        sim.stop()

    out, err = capfd.readouterr()
    files = b"\0".join(file.read_bytes() for file in data_dir.rglob("*") if file.is_file())
    told = f"{log_events!r} {json.dumps(log_events, default=str)} {feed.status()!r} {out} {err}".encode()
    for spelling in spellings(password):
        assert spelling not in processes
        assert spelling not in files
        assert spelling not in told


def test_a_log_in_as_long_as_ffmpeg_takes_opens_a_foreign_camera(
    gst_server: Callable[..., GstServer],
) -> None:
    user, password = "值班员", "密" * 38
    server = gst_server(auth="digest", user=user, password=password)
    source = SOURCES["rtsp"](server.address(user, password), 4.0)

    assert next(iter(source.packets(Event()))).size > 0
    source.close()


def test_a_longer_log_in_is_told_and_not_cut_off() -> None:
    with pytest.raises(StreamTrouble) as refused:
        SOURCES["rtsp"](StreamAddress("rtsp://127.0.0.1:1/x", "u", "密" * 43), 1.0)

    assert refused.value.code == "video.login_too_long"
    assert "密密" not in repr(refused.value)


@settings(max_examples=12)
@given(login=LOGINS)
def test_any_log_in_opens_a_foreign_camera(login: tuple[str, str]) -> None:
    user, password = login
    server = GstServer(
        Path(__file__).resolve().parents[2] / "clips" / "pedestrians.mp4",
        auth="basic",
        user=user,
        password=password,
    )
    try:
        SOURCES["rtsp"](server.address(user, password), 4.0).close()
    finally:
        server.kill()


@given(login=LOGINS)
def test_of_a_failed_opening_a_code_is_told(login: tuple[str, str]) -> None:
    user, password = login
    for kind in ("rtsp", "http", "http+snapshot"):
        with pytest.raises((StreamTrouble, OSError)) as raised:
            SOURCES[kind](StreamAddress(f"{kind}://127.0.0.1:1/", user, "pass" + password), 1.0)
        # What FFmpeg raised holds the address; all that is told of it is a code.
        assert code_of(raised.value) == "video.refused"


def test_an_exported_site_names_the_log_in_only(data_dir: Path) -> None:
    app = Settings(data_dir=data_dir)
    Secrets({"demo": Credential("viewer", NASTY[0])}).save(data_dir / "secrets.toml")
    upgrade_database(app)
    import_site_file(app, resource("sites", "demo.toml"))

    exported = export_site_text(app).encode()

    assert b'credential = "demo"' in exported
    assert not [spelling for spelling in spellings(NASTY[0]) if spelling in exported]


def test_the_text_of_a_refusal_has_no_password(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(f'[credential.gate]\nusername = 7\npassword = "{"x" * 30}"\n', encoding="utf-8")

    with pytest.raises(ServiceError) as refused:
        Secrets.load(path)

    assert "x" * 30 not in f"{refused.value} {refused.value!r} {refused.value.__cause__!r}"


def test_the_simulators_doorman_shows_no_password() -> None:
    assert NASTY[0] not in repr(vars(Doorman("viewer", NASTY[0])))
