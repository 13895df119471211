"""Motion that the hub sees itself: it records by it, and every finished piece has its index and its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.core.clock import SystemClock
from services.domain.recordings import Cause, RecordingMode
from services.domain.site import Site
from services.hub import Hub
from services.hub.motion_watch import HubMotion
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.motion.plans import WatchPlan
from services.recording.motion.sidefile import with_index
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter
from services.storage import Database
from tests.services.hub.test_recording import (
    LIMIT_S,
    Wait,
    camera_server,
    disk,
    hub,
    is_written,
    segments_of,
    settings,
    site,
)
from tests.services.recording.conftest import clip, packets, write_part
from tests.services.video.conftest import GstServer

__all__ = ["camera_server", "clip", "disk", "hub", "packets", "settings", "write_part"]
recorded_all_the_time = site


@pytest.fixture(params=[RecordingMode.MOTION])
def site(recorded_all_the_time: Site, request: pytest.FixtureRequest) -> Site:
    camera = replace(recorded_all_the_time.cameras[0], recording=request.param, after_motion_s=2.0)
    return replace(recorded_all_the_time, cameras=(camera,))


def test_a_camera_without_motion_events_is_recorded_by_what_moves_in_its_picture(
    hub: Hub,
    database: Database,
    disk: Path,
    wait_until: Wait,
) -> None:
    wait_until(lambda: is_written(disk), timeout_s=LIMIT_S)
    hub.stop()
    assert {segment.cause for segment in segments_of(database)} == {Cause.MOTION}


@pytest.mark.parametrize("site", [RecordingMode.CONTINUOUS], indirect=True)
def test_a_finished_piece_has_its_index_and_its_row(
    hub: Hub,  # noqa: ARG001
    database: Database,
    disk: Path,
    wait_until: Wait,
) -> None:
    # The film ends after sixteen seconds, and with it the piece.
    wait_until(lambda: bool(with_index(disk)) and bool(segments_of(database)), timeout_s=LIMIT_S)

    def rows() -> int:
        since = segments_of(database)[0].begins_at
        return len(
            database.read(lambda view: view.motion.of_camera("C01", since, since + timedelta(minutes=1)))
        )

    wait_until(lambda: rows() > 0, timeout_s=LIMIT_S)


def test_what_an_earlier_process_left_without_index_gets_one(
    database: Database,
    tmp_path: Path,
    write_part: Callable[..., SegmentWriter],
    wait_until: Wait,
    camera_server: GstServer,
    expected_log: Callable[..., None],
) -> None:
    """A piece of an hour ago, one of two days ago, which is left to the command, and one of just now."""
    expected_log("video.ended")
    place, now = prepare(DiskFiles(), tmp_path / "other"), SystemClock().now()
    ages = [timedelta(hours=1), timedelta(days=2), timedelta(seconds=30)]
    pieces = []
    for age in ages:
        writer = write_part(place.root, 50, DiskFiles(), Begun("C07", "main", now - age, Cause.CONTINUOUS))
        segment = writer.finish(now - age + timedelta(seconds=2), place.disk)
        assert segment is not None
        pieces.append(segment)
    database.write(lambda tx: tx.segments.add_all(pieces))
    motion = HubMotion(database, SystemClock(), lambda: [place], lambda _camera: None)
    motion.start()
    try:
        plans = (WatchPlan("C01", camera_server.address()),)

        def indexed() -> set[str]:
            motion.tick(plans)
            return with_index(place.root)

        wait_until(indexed, timeout_s=LIMIT_S)
        wait_until(
            lambda: indexed() and database.read(lambda view: view.motion.paths_of_disk(place.disk)),
            timeout_s=LIMIT_S,
        )
        assert indexed() == {pieces[0].path}
    finally:
        motion.stop()
