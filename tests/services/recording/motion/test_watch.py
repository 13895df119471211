"""A real process that looks for motion, on a real RTSP server that nobody of us wrote."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.motion.plans import WatchPlan
from services.recording.motion.sidefile import read_index
from services.recording.motion.watch import MotionWatch
from services.recording.writer import SegmentWriter
from tests.services.recording.conftest import BEGUN, CLIP
from tests.services.video.conftest import GstServer
from tests.waiting import until

Write = Callable[..., SegmentWriter]


@pytest.fixture
def server() -> Iterator[GstServer]:
    server = GstServer(CLIP)
    yield server
    server.kill()


@pytest.fixture
def moving() -> list[str]:
    return []


@pytest.fixture
def rows() -> list[MovingSeconds]:
    return []


@pytest.fixture
def watch(moving: list[str], rows: list[MovingSeconds]) -> Iterator[MotionWatch]:
    watch = MotionWatch(moving.append, rows.append)
    watch.start()
    yield watch
    watch.stop()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return prepare(DiskFiles(), tmp_path / "disk").root


@pytest.fixture
def piece(root: Path, write_part: Write) -> Callable[[datetime], Segment]:
    """`piece(begins_at)`: four seconds of people who walk."""

    def made(begins_at: datetime) -> Segment:
        writer = write_part(root, 100, DiskFiles(), replace(BEGUN, begins_at=begins_at))
        segment = writer.finish(begins_at + timedelta(seconds=4), "disk")
        assert segment is not None
        return segment

    return made


def first_of(ask: Callable[[], Segment | None]) -> Segment:
    """The first that is there."""
    found: list[Segment] = []

    def is_found() -> bool:
        found.extend(one for one in [ask()] if one is not None)
        return bool(found)

    until(is_found)
    return found[0]


def looks_of(watch: MotionWatch) -> int:
    report = watch.report
    return report.cameras[0].looks if report and report.cameras else 0


def test_people_who_walk_are_told_and_written_beside_the_piece_of_that_time(
    watch: MotionWatch,
    server: GstServer,
    moving: list[str],
    rows: list[MovingSeconds],
    root: Path,
    piece: Callable[[datetime], Segment],
) -> None:
    watch.use((WatchPlan("C01", server.address()),))
    until(lambda: looks_of(watch) >= 28)
    assert set(moving) == {"C01"}

    def looked_at() -> Segment | None:
        """A piece of the last seconds; not if the machine stood still or the film began anew in them."""
        segment = piece(datetime.now(UTC) - timedelta(seconds=5.5))
        count = len(rows)
        watch.index(segment, root)
        until(lambda: len(rows) > count)
        index = read_index(root, segment)
        if index is None or index.is_coarse or not any(look.cells for look in index.looks):
            return None
        return segment

    segment = first_of(looked_at)
    index = read_index(root, segment)
    assert index is not None
    assert all(segment.begins_at <= look.at <= segment.ends_at for look in index.looks)
    row = rows[-1]
    assert (row.camera, row.path, row.seconds > 0) == ("C01", segment.path, True)


def test_a_piece_of_a_time_nobody_looked_at_is_indexed_by_its_key_pictures(
    watch: MotionWatch,
    server: GstServer,
    rows: list[MovingSeconds],
    root: Path,
    piece: Callable[..., Segment],
) -> None:
    watch.use((WatchPlan("C02", server.address()),))
    until(lambda: watch.report is not None)
    segment = piece(BEGUN.begins_at)
    watch.index(segment, root)
    until(lambda: bool(rows))
    index = read_index(root, segment)
    assert index is not None
    assert index.is_coarse
    assert [look.at for look in index.looks] == [BEGUN.begins_at, BEGUN.begins_at + timedelta(seconds=2)]


def test_a_piece_that_cannot_be_read_stays_without_index_and_stops_nothing(
    watch: MotionWatch,
    server: GstServer,
    rows: list[MovingSeconds],
    root: Path,
    piece: Callable[..., Segment],
) -> None:
    watch.use((WatchPlan("C02", server.address()),))
    until(lambda: watch.report is not None)
    broken, sound = piece(BEGUN.begins_at), piece(BEGUN.begins_at + timedelta(minutes=1))
    (root / broken.path).write_bytes(b"\0" * 1000)
    watch.index(broken, root)
    watch.index(replace(sound, path="C01/2026-11-24/gone.mp4"), root)
    watch.index(sound, root)
    until(lambda: bool(rows))
    assert [row.path for row in rows] == [sound.path]
    assert read_index(root, broken) is None


def test_a_killed_process_is_begun_again_and_looks_on(
    watch: MotionWatch, server: GstServer, expected_log: Callable[..., None]
) -> None:
    expected_log("process.died")
    watch.use((WatchPlan("C01", server.address()),))
    until(lambda: looks_of(watch) > 0)
    pid = watch.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: watch.pid not in (None, pid) and looks_of(watch) > 0)


def test_a_camera_that_is_away_is_said_and_hides_no_other(watch: MotionWatch, server: GstServer) -> None:
    away = replace(server.address(), url="rtsp://127.0.0.1:9/none")
    watch.use((WatchPlan("C01", away), WatchPlan("C02", server.address())))
    until(lambda: watch.report is not None and any(one.error for one in watch.report.cameras))
    until(lambda: watch.report is not None and any(one.looks > 8 for one in watch.report.cameras))
    assert watch.report is not None
    errors = {one.camera: one.error for one in watch.report.cameras}
    assert (errors["C01"], errors["C02"]) == ("video.refused", "")
