"""Two processes share pictures: nobody sees one half written, and nobody writes to one that is shown."""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.video import PictureFormat
from services.video import shelf
from services.video.picture import Picture, Planes, planes_bytes
from services.video.shelf import ShelfReader, ShelfWriter
from tests.waiting import LIMIT_S


def picture_of(value: int, height_px: int = 4, width_px: int = 6) -> npt.NDArray[np.uint8]:
    return np.full((height_px, width_px, 4), value % 256, np.uint8)


def pair(folder: Path, slot_bytes: int = 4096) -> tuple[ShelfWriter, ShelfReader]:
    writer = ShelfWriter(folder, slot_bytes)
    return writer, ShelfReader(writer.place)


def test_a_shelf_has_no_name_once_both_know_it(tmp_path: Path) -> None:
    _writer, _reader = pair(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_newest_picture_is_taken_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    writer, reader = pair(tmp_path)
    assert reader.number == 0
    assert reader.take() is None

    writer.put(picture_of(7), 41, 100.0)
    writer.put(picture_of(8), 42, 100.5)
    writer.set_standing(True)

    picture = reader.take()
    assert picture is not None
    assert (picture.number, picture.width_px, picture.height_px, picture.arrived_s) == (42, 6, 4, 100.5)
    assert (picture.pixels == 8).all()
    assert picture.pixels.flags.c_contiguous
    assert not picture.pixels.flags.writeable
    assert (reader.number, reader.arrived_s, reader.is_standing, writer.taken) == (42, 100.5, True, 42)


def test_planes_and_pixels_lie_on_the_same_shelf_and_know_what_they_are(tmp_path: Path) -> None:
    writer, reader = pair(tmp_path)
    planes = np.arange(planes_bytes(7, 5), dtype=np.uint8)

    writer.put(Planes(planes, 7, 5, PictureFormat.I420_709_FULL), 1, 3.0)
    first = reader.take()
    writer.put(picture_of(8), 2, 3.5)
    second = reader.take()

    assert first is not None
    assert second is not None
    assert (first.width_px, first.height_px, first.format) == (7, 5, PictureFormat.I420_709_FULL)
    assert first.pixels.size == 7 * 5 + 2 * 4 * 3
    assert (first.pixels == planes).all()
    assert (second.pixels.shape, second.format) == ((4, 6, 4), PictureFormat.BGRA)


def test_rows_that_lie_apart_are_put_together(tmp_path: Path) -> None:
    writer, reader = pair(tmp_path)
    wide = np.arange(4 * 8 * 4, dtype=np.uint8).reshape(4, 8, 4)

    writer.put(wide[:, :6], 1, 0.0)

    picture = reader.take()
    assert picture is not None
    assert (picture.pixels == wide[:, :6]).all()


@given(st.lists(st.sampled_from(["put", "take", "drop first", "drop last"]), max_size=80))
def test_no_picture_changes_while_anybody_refers_to_its_pixels(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        writer, reader = pair(Path(folder))
        held: list[tuple[int, npt.NDArray[np.uint8]]] = []
        number = taken = 0
        for step in steps:
            if step == "put":
                # However many are held, there is always room for another.
                assert writer.put(picture_of(number + 1), number + 1, 0.0)
                number += 1
            elif step == "take" and reader.number > taken:
                picture = reader.take()
                assert isinstance(picture, Picture)
                assert picture.number == number, "only the newest is ever handed out"
                taken = number
                held.append((number, picture.pixels[1:, 1:]))
            elif step.startswith("drop") and held:
                held.pop(0 if step == "drop first" else -1)
            picture = None
            for value, pixels in held:
                assert (pixels == value % 256).all()


def test_a_picture_that_nobody_refers_to_frees_its_place(tmp_path: Path) -> None:
    writer, reader = pair(tmp_path)
    for number in range(1, 50):
        writer.put(picture_of(number), number, 0.0)
        picture = reader.take()
        # Only where a place was free is it handed out without a copy.
        assert picture is not None
        assert not picture.pixels.flags.owndata


def test_pixels_outlive_shelf_and_writer(tmp_path: Path) -> None:
    writer, reader = pair(tmp_path)
    writer.put(picture_of(9), 1, 0.0)
    picture = reader.take()
    del writer, reader
    gc.collect()

    assert picture is not None
    assert (picture.pixels == 9).all()


def test_memory_is_there_before_it_is_written_to(tmp_path: Path) -> None:
    # Where it is promised only, a full machine kills whoever writes the first picture.
    writer = ShelfWriter(tmp_path, 2**20)

    assert Path(writer.place.name).stat().st_blocks * 512 >= writer.place.size_bytes


def test_a_shelf_there_is_no_room_for_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            ShelfWriter(tmp_path, 2**20)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert list(tmp_path.iterdir()) == []


class AtLine:
    """A trace function that does all of `then` once, before the `line`-th line of the shelf's code is run."""

    def __init__(self, line: int, *then: Callable[[], object]) -> None:
        self._left = line
        self._then = then
        self.has_come = False

    def __call__(self, frame: FrameType, event: str, _arg: object) -> Any:
        if frame.f_code.co_filename != shelf.__file__:
            return None
        if event == "line":
            self._left -= 1
            if self._left == 0:
                self.has_come = True
                for do in self._then:
                    do()
        return self


def taken_in_between(folder: Path, read_line: int, written_line: int, whole: int) -> tuple[bool, bool]:
    """A reader pauses before one line of its own and goes on before one of the writer's, who wants its place.

    whole: so many pictures are written while the reader waits, and then the one in whose middle it goes on.
    Returns whether each of the two has as many lines.
    """
    writer, reader = pair(folder)
    writer.put(picture_of(1), 1, 0.0)
    paused, may_go = threading.Event(), threading.Event()
    taken: list[Picture | None] = []

    def read() -> None:
        sys.settrace(at_read := AtLine(read_line, paused.set, partial(may_go.wait, 10.0)))
        taken.append(reader.take())
        sys.settrace(None)
        has_read.append(at_read.has_come)
        paused.set()

    has_read: list[bool] = []
    thread = threading.Thread(target=read)
    thread.start()
    paused.wait(10.0)
    for number in range(2, 2 + whole):
        writer.put(picture_of(number), number, 0.0)
    tracer = sys.gettrace()
    sys.settrace(at_write := AtLine(written_line, may_go.set, partial(thread.join, 10.0)))
    writer.put(picture_of(2 + whole), 2 + whole, 0.0)
    sys.settrace(tracer)
    may_go.set()
    thread.join(LIMIT_S)
    picture = taken[0]
    assert picture is None or (picture.pixels == picture.number).all(), (read_line, written_line)
    return has_read[0], at_write.has_come


# However the writer goes round the places, one of these writes to the one that the reader has its eye on.
@pytest.mark.parametrize("whole", range(1, shelf.SLOTS))
def test_a_picture_taken_at_any_moment_of_a_write_is_whole_and_stays(tmp_path: Path, whole: int) -> None:
    pairs = 0
    for read_line in range(1, 100):
        for written_line in range(1, 100):
            has_read, has_written = taken_in_between(tmp_path, read_line, written_line, whole)
            if not (has_read and has_written):
                break
            pairs += 1
        if not has_read:
            break
    assert pairs > 100
