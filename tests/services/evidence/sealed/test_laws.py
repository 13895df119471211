"""Whatever is asked, it is covered; whatever is done to a package, it is noticed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.core.errors import ServiceError
from services.domain.recordings import Segment
from services.evidence import verify
from services.evidence.manifest import FileKind
from tests.services.evidence.sealed.conftest import (
    AT,
    FRAME,
    GROUP,
    Record,
    exported,
    greys_of,
    seconds,
    wish,
)

# Begin and length of each piece in s: two that follow each other, a gap, two with a seam below a second.
PIECES = ((0, 3), (3, 3), (10, 2), (12.6, 2))
RUNS = (PIECES[:2], PIECES[2:])
MOMENTS_MS = st.integers(-1000, 16_000)
REPEATED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def pieces(record: Record) -> list[Segment]:
    return [record(length, AT + seconds(begin)) for begin, length in PIECES]


def expected_runs(since_s: float, until_s: float) -> Iterator[list[int]]:
    """The numbers of the pictures, by hand: picture n is of n / 25 s, every fiftieth of a piece is a key."""
    for run in RUNS:
        numbers: list[int] = []
        for begin_s, length_s in run:
            if begin_s >= until_s or begin_s + length_s <= since_s:
                continue
            group_s = GROUP / 25
            skipped = max(0.0, (since_s - begin_s) // group_s) * group_s if not numbers else 0.0
            first, end = round((begin_s + skipped) * 25), round((begin_s + length_s) * 25)
            numbers += [n for n in range(first, end) if n * 40 < until_s * 1000]
        if numbers:
            yield numbers


@REPEATED
@given(MOMENTS_MS, MOMENTS_MS)
def test_any_range_is_covered_from_key_picture_to_end_and_no_picture_twice(
    tmp_path: Path, disk: Path, pieces: list[Segment], one_ms: int, other_ms: int
) -> None:
    since_ms, until_ms = sorted((one_ms, other_ms))
    asked = wish(AT + seconds(since_ms / 1000), AT + seconds(until_ms / 1000))
    runs = list(expected_runs(since_ms / 1000, until_ms / 1000)) if since_ms < until_ms else []
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    if not runs:
        with pytest.raises(ServiceError, match=r"evidence\.nothing_recorded"):
            exported(tmp_path, asked, pieces, disk)
        return
    package = exported(tmp_path, asked, pieces, disk)
    films = [file for file in package.manifest.files if file.kind is FileKind.VIDEO]
    assert [greys_of(package.path / film.path) for film in films] == [[n % 200 for n in run] for run in runs]
    for film, run in zip(films, runs, strict=True):
        assert film.footage is not None
        assert film.footage.first_frame.utc == (AT + run[0] * FRAME).isoformat(timespec="microseconds")
        assert film.footage.last_frame.utc == (AT + run[-1] * FRAME).isoformat(timespec="microseconds")
        with av.open(str(package.path / film.path)) as container:
            assert next(one for one in container.demux(video=0) if one.size).is_keyframe


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def whole(tmp_path: Path, disk: Path, record: Record) -> Path:
    asked = wish(AT, AT + seconds(2), "C01", "C02", attached={"one.txt": b"1" * 100, "two.txt": b"2" * 100})
    return exported(tmp_path, asked, [record(2), record(2, camera="C02")], disk).path


COPIES = count()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_tampering_passes(tmp_path: Path, whole: Path, data: st.DataObject) -> None:
    taken = tmp_path / f"taken-{next(COPIES)}"
    shutil.copytree(whole, taken)
    for _ in range(data.draw(st.integers(1, 3))):
        tamper(taken, data)
    is_same = {p.relative_to(taken): p.read_bytes() for p in files_of(taken)} == {
        p.relative_to(whole): p.read_bytes() for p in files_of(whole)
    }
    assert (verify.check(str(taken)).exit_code == verify.UNCHANGED) is is_same
    shutil.rmtree(taken)


def tamper(folder: Path, data: st.DataObject) -> None:
    """One thing that somebody might do to a package."""
    there = files_of(folder)
    if not there:
        return
    path, other = data.draw(st.sampled_from(there)), data.draw(st.sampled_from(there))
    match data.draw(st.sampled_from(["flip", "cut", "add", "swap", "replace", "rename", "remove", "new"])):
        case "flip":
            content = bytearray(path.read_bytes() or b"x")
            content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
            path.write_bytes(bytes(content))
        case "cut":
            content = bytearray(path.read_bytes())
            path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
        case "add":
            path.write_bytes(path.read_bytes() + data.draw(st.binary(min_size=1, max_size=9)))
        case "swap":
            first, second = path.read_bytes(), other.read_bytes()
            path.write_bytes(second)
            other.write_bytes(first)
        case "replace":
            path.write_bytes(other.read_bytes())
        case "rename":
            path.rename(path.with_name("renamed"))
        case "remove":
            path.unlink()
        case "new":
            (folder / "new.txt").write_bytes(b"new")
