"""Before a camera is saved, what lies on its recorder is found, or it is said why not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from services.core.clock import ManualClock
from services.core.secrets import Credential
from services.devices.recorders.looking import RecorderQuestion, RecorderReport, look_at_recorder
from services.video import trouble
from tests.services.devices.recorders.mediamtx_fake import PATH, MediaMtxFake
from tests.services.devices.recorders.recorder_kit import CREDENTIAL, RecorderKit, at
from tests.services.video.conftest import CLIP, GstServer

KEPT = ((at(0), at(12)), (at(20), at(30)))


def looked(url: str, channel: str = "", login: Credential | None = CREDENTIAL) -> RecorderReport:
    return look_at_recorder(RecorderQuestion(url, channel, login), ManualClock(at(3600)))


def code_of(report: RecorderReport) -> str:
    return report.error.code if report.error is not None else ""


def test_profile_g_tells_channels_spans_clock_and_a_picture(kit: RecorderKit) -> None:
    report = looked(kit.onvif_url)
    assert (report.error, report.spans) == (None, KEPT)
    assert len(report.channels) == 1
    # The newest piece ends at 30 s; key pictures come every two seconds.
    assert report.picture_at == at(20)
    assert report.clock_ahead_s is not None
    assert abs(report.clock_ahead_s) < 2
    assert looked(kit.onvif_url, report.channels[0]).spans == KEPT


@pytest.fixture(scope="module")
def media() -> Iterator[MediaMtxFake]:
    server = MediaMtxFake()
    yield server
    server.stop()


def test_a_mediamtx_path_is_looked_at(media: MediaMtxFake) -> None:
    report = looked(media.url, PATH)
    assert (report.error, report.spans, report.channels) == (None, KEPT, ())
    assert report.picture_at == at(20)
    assert report.clock_ahead_s is not None
    assert abs(report.clock_ahead_s) < 2


@pytest.fixture
def foreign() -> Iterator[GstServer]:
    server = GstServer(CLIP, auth="digest", user="viewer", password="s3cret word")
    yield server
    server.kill()


def test_recordings_older_than_a_month_are_found_where_nothing_is_newer(foreign: GstServer) -> None:
    begins = at(0) - timedelta(days=100)
    url = f"rtsp://127.0.0.1:{foreign.port}/clip#begins={begins.isoformat()}"
    report = looked(url)
    assert (report.error, report.spans) == (None, ((begins, begins + timedelta(seconds=16)),))
    assert report.picture_at is not None


def test_a_wrong_password_an_unknown_channel_and_an_address_that_is_none_are_told_apart(
    kit: RecorderKit, media: MediaMtxFake
) -> None:
    assert code_of(looked(kit.onvif_url, login=Credential("viewer", "wrong"))) == "onvif.unauthorized"
    assert code_of(looked(media.url, PATH, Credential("viewer", "wrong"))) == trouble.UNAUTHORIZED
    report = looked(kit.onvif_url, "door")
    assert (code_of(report), len(report.channels)) == ("recorder.no_channel", 1)
    for url in ("192.168.1.8", "ftp://192.168.1.8", "http://viewer:word@192.168.1.8/onvif"):
        assert code_of(looked(url)) == "recorder.bad_address"


def test_a_recorder_that_is_away_is_told_as_such() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    report = looked(f"rtsp://127.0.0.1:{port}/clip")
    assert (code_of(report), report.spans) == (trouble.REFUSED, ())
