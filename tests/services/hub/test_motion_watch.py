"""Motion that the hub sees itself: it records by it, and every finished piece has its index and its row."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.domain.recordings import Cause, RecordingMode
from services.domain.site import Site
from services.hub import Hub
from services.recording.motion.sidefile import with_index
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

__all__ = ["camera_server", "disk", "hub", "settings"]
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
