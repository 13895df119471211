from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.recordings import Cause, Segment
from services.recording.naming import Begun, begun_of, finished_path, part_path, segment_of

TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
CAMERAS = st.text(min_size=1, max_size=20).filter(lambda name: name not in (".", ".."))


@given(CAMERAS, TIMES, st.sampled_from(Cause), st.timedeltas(timedelta(0), timedelta(minutes=5)))
def test_a_files_name_says_all_that_its_row_says(
    camera: str, at: datetime, cause: Cause, length: timedelta
) -> None:
    begun = Begun(camera, "main", at, cause)
    path = finished_path(begun, at + length)
    assert begun_of(part_path(begun)) == begun
    assert segment_of(path, "disk", 7) == Segment(
        camera, "main", at, at + length, cause, "disk", str(path), 7
    )


@given(CAMERAS, TIMES)
def test_no_camera_can_name_a_file_outside_its_own_folder(camera: str, at: datetime) -> None:
    path = part_path(Begun(camera, "main", at, Cause.ALARM))
    assert len(path.parts) == 3
    assert not path.is_absolute()
    assert ".." not in path.parts


@pytest.mark.parametrize(
    "name",
    ["C01/2026-11-24/notes.mp4", "C01/x_y_main_continuous.mp4", "shouwang-disk.json", "a/b/c/d.mp4"],
)
def test_a_file_that_is_not_ours_is_no_segment(name: str) -> None:
    assert segment_of(PurePosixPath(name), "disk", 1) is None
    assert begun_of(PurePosixPath(name)) is None


def test_a_date_that_does_not_exist_is_no_segment() -> None:
    name = "C01/2026-11-24/20261399T000000.000000Z_20261124T000000.000000Z_main_continuous.mp4"
    assert segment_of(PurePosixPath(name), "disk", 1) is None
