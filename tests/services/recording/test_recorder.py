"""A real recorder process on a real RTSP server that nobody of us wrote."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.domain.recordings import Cause, RecordingMode, Segment
from services.recording.disks import ID_FILE, look, place_to_write, prepare
from services.recording.files import DiskFiles
from services.recording.plans import CameraPlan, Place
from services.recording.recorder import Recorder
from services.recording.recovery import found_on
from tests.services.recording.conftest import CLIP, pictures_in
from tests.services.video.conftest import GstServer

LIMIT_S = 60.0


@pytest.fixture
def server() -> Iterator[GstServer]:
    server = GstServer(CLIP)
    yield server
    server.kill()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return prepare(DiskFiles(), tmp_path / "disk")


@pytest.fixture
def segments() -> list[Segment]:
    return []


@pytest.fixture
def recorder(segments: list[Segment], expected_log: Callable[..., None]) -> Iterator[Recorder]:
    # The server's film ends after sixteen seconds.
    expected_log("video.ended", "video.refused", "video.unreachable", "video.timeout", "video.bad_stream")
    recorder = Recorder(segments.append)
    recorder.start()
    yield recorder
    recorder.stop()


def until(is_so: Callable[[], bool]) -> None:
    limit_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < limit_s
        time.sleep(0.05)


def packets_of(recorder: Recorder) -> int:
    report = recorder.report
    return report.cameras[0].packets if report and report.cameras else 0


def plan(server: GstServer, mode: RecordingMode = RecordingMode.CONTINUOUS) -> CameraPlan:
    return CameraPlan("C01", "main", server.address(), mode, before_s=3.0)


def test_what_was_recorded_can_be_played_when_the_recorder_ends(
    recorder: Recorder, server: GstServer, place: Place, segments: list[Segment]
) -> None:
    recorder.use((plan(server),), (place,), place)
    until(lambda: packets_of(recorder) > 60)
    recorder.stop()
    (segment,) = segments
    assert (segment.camera, segment.disk, segment.cause) == ("C01", place.disk, Cause.CONTINUOUS)
    assert pictures_in(place.root / segment.path) > 60
    assert list(found_on(place.root, place.disk)) == segments


def test_another_mode_of_the_same_stream_keeps_its_connection(
    recorder: Recorder, server: GstServer, place: Place, segments: list[Segment]
) -> None:
    recorder.use((plan(server, RecordingMode.MOTION),), (place,), place)
    until(lambda: _held_s(recorder) > 1.0)
    recorder.use((plan(server),), (place,), place)
    until(lambda: packets_of(recorder) > 30)
    # The film ends after sixteen seconds: a new connection would begin a second piece.
    recorder.use((plan(server, RecordingMode.MOTION),), (place,), place)
    until(lambda: bool(segments))
    recorder.want("C01", 1.0, Cause.MOTION)
    recorder.stop()
    assert segments[0].cause is Cause.CONTINUOUS


def _held_s(recorder: Recorder) -> float:
    report = recorder.report
    return report.cameras[0].seconds_held if report and report.cameras else 0.0


def test_a_killed_recorder_comes_back_and_mends_what_it_left(
    recorder: Recorder,
    server: GstServer,
    place: Place,
    segments: list[Segment],
    expected_log: Callable[..., None],
) -> None:
    expected_log("process.died")
    recorder.use((plan(server),), (place,), place)
    until(lambda: packets_of(recorder) > 100)
    written, pid = packets_of(recorder), recorder.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: bool(segments))
    assert (
        written - pictures_in(place.root / segments[0].path) <= 2.0 * 25 + 25
    )  # and what came since the report
    until(lambda: recorder.pid not in (None, pid) and packets_of(recorder) > 10)


def test_an_alarm_is_recorded_with_what_came_before_it(
    recorder: Recorder, server: GstServer, place: Place, segments: list[Segment]
) -> None:
    recorder.use((plan(server, RecordingMode.ALARM),), (place,), place)
    until(
        lambda: bool(
            recorder.report and recorder.report.cameras and recorder.report.cameras[0].seconds_held >= 3.0
        )
    )
    assert packets_of(recorder) == 0
    recorder.want("C01", 1.0)
    until(lambda: bool(segments))
    (segment,) = segments
    assert segment.cause is Cause.ALARM
    assert (segment.ends_at - segment.begins_at).total_seconds() >= 3.5


def test_a_camera_that_is_away_is_said_and_recorded_again_when_it_returns(
    recorder: Recorder, place: Place, segments: list[Segment]
) -> None:
    first = GstServer(CLIP)
    recorder.use((plan(first),), (place,), place)
    until(lambda: packets_of(recorder) > 30)
    first.kill()
    until(lambda: bool(segments))
    until(lambda: bool(recorder.report and recorder.report.cameras[0].error.startswith("video.")))
    second = GstServer(CLIP, port=first.port)
    before = packets_of(recorder)
    until(lambda: packets_of(recorder) > before + 30)
    assert recorder.report is not None
    assert recorder.report.cameras[0].error == ""
    second.kill()


def test_a_camera_that_is_no_longer_wanted_ends_with_its_piece(
    recorder: Recorder, server: GstServer, place: Place, segments: list[Segment]
) -> None:
    recorder.use((plan(server),), (place,), place)
    until(lambda: packets_of(recorder) > 30)
    recorder.use((), (place,), place)
    until(lambda: bool(segments))
    assert list(place.root.glob("*/*/*.part")) == []


def test_no_password_is_in_the_names_or_the_report(
    recorder: Recorder, place: Place, segments: list[Segment]
) -> None:
    server = GstServer(CLIP, auth="digest", user="viewer", password="s3cret")
    address = server.address("viewer", "s3cret")
    recorder.use((CameraPlan("C01", "main", address, RecordingMode.CONTINUOUS),), (place,), place)
    until(lambda: packets_of(recorder) > 30)
    report = recorder.report
    recorder.stop()
    assert "s3cret" not in f"{report} {segments} {list(place.root.rglob('*'))}"
    server.kill()


def test_a_folder_without_its_disk_is_not_written_to(tmp_path: Path) -> None:
    prepare(DiskFiles(), tmp_path / "disk")
    (tmp_path / "disk" / ID_FILE).unlink()
    assert look(tmp_path / "disk") is None
    assert look(tmp_path / "nowhere") is None
    assert place_to_write([]) is None


def test_a_disk_keeps_its_id_and_another_one_in_its_place_has_another(tmp_path: Path) -> None:
    first = prepare(DiskFiles(), tmp_path / "disk")
    assert prepare(DiskFiles(), tmp_path / "disk") == first
    found = look(tmp_path / "disk")
    assert found is not None
    assert found.place == first
    (tmp_path / "disk").rename(tmp_path / "removed")
    assert prepare(DiskFiles(), tmp_path / "disk").disk != first.disk
