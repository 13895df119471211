"""The index beside a piece is whole or absent, and says what was seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.motion import CELLS, Look
from services.domain.recordings import Cause, Segment
from services.recording.files import DiskFiles
from services.recording.motion.sidefile import (
    MotionIndex,
    decoded,
    encoded,
    motion_path,
    read_index,
    remove_index,
    with_index,
    write_index,
)
from services.recording.plans import Place
from services.recording.retention import remove_file
from tests.services.recording.conftest import AT

PIECE = Segment(
    "C01", "main", AT, AT + timedelta(minutes=1), Cause.CONTINUOUS, "disk", "C01/2026-11-24/piece.mp4", 3
)
LOOKS = tuple(Look(AT + timedelta(milliseconds=240 * number), 1 << number) for number in range(200))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    piece = tmp_path / PIECE.path
    piece.parent.mkdir(parents=True)
    piece.write_bytes(b"mp4")
    return tmp_path


@given(
    st.lists(st.tuples(st.integers(0, 600_000), st.integers(0, (1 << CELLS) - 1)), max_size=50), st.booleans()
)
def test_what_is_read_is_what_was_written(found: list[tuple[int, int]], is_coarse: bool) -> None:
    looks = tuple(Look(AT + timedelta(milliseconds=ms), cells) for ms, cells in found)
    index = MotionIndex(looks, is_coarse)
    assert decoded(encoded(index, AT), AT) == index


def test_a_file_cut_anywhere_or_changed_at_its_head_is_none() -> None:
    data = encoded(MotionIndex(LOOKS[:20]), AT)
    for end in range(len(data)):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever zlib calls it
            decoded(data[:end], AT)
    with pytest.raises(ValueError, match="another kind"):
        decoded(b"SWM2" + data[4:], AT)


def test_a_file_that_claims_more_than_it_holds_is_none() -> None:
    data = bytearray(encoded(MotionIndex(LOOKS[:20]), AT))
    data[8] += 1
    with pytest.raises(ValueError, match="not whole"):
        decoded(bytes(data), AT)


def test_the_index_lies_beside_its_piece(root: Path) -> None:
    write_index(DiskFiles(), root, PIECE, MotionIndex(LOOKS))
    assert read_index(root, PIECE) == MotionIndex(LOOKS)
    assert with_index(root) == {PIECE.path}
    assert not list(root.glob("*/*/*-part"))


def test_what_a_killed_process_left_of_an_index_is_no_hindrance(root: Path) -> None:
    (root / motion_path(PIECE)).with_suffix(".motion-part").write_bytes(b"half")
    assert read_index(root, PIECE) is None
    write_index(DiskFiles(), root, PIECE, MotionIndex(LOOKS))
    assert read_index(root, PIECE) == MotionIndex(LOOKS)


def test_of_a_piece_that_went_meanwhile_no_index_stays(root: Path) -> None:
    (root / PIECE.path).unlink()
    write_index(DiskFiles(), root, PIECE, MotionIndex(LOOKS))
    assert with_index(root) == set()


def test_the_index_goes_with_its_piece_and_before_it(root: Path) -> None:
    class Noted(DiskFiles):
        gone: list[str] = []  # noqa: RUF012

        def remove(self, path: Path) -> None:
            super().remove(path)
            self.gone.append(path.suffix)

    write_index(DiskFiles(), root, PIECE, MotionIndex(LOOKS))
    files = Noted()
    assert remove_file(files, Place("disk", root), PIECE)
    assert files.gone == [".motion", ".mp4"]
    remove_index(files, root, PIECE)
