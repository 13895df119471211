"""Whatever ends an export early, nothing half-done ever lies under a package's name."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from services.core.errors import ServiceError
from services.core.privatefile import OWNER_ONLY, try_lock
from services.domain.recordings import Segment
from services.evidence import verify
from services.evidence.package import Progress, Recordings, Stage, export, sweep
from services.evidence.workplace import LOCK_SUFFIX, PART_SUFFIX
from tests.services.evidence.sealed.conftest import AT, Record, exported, sealing, seconds, wish
from tests.waiting import LIMIT_S

SPAWN = multiprocessing.get_context("spawn")


def export_telling(
    folder: Path, segments: list[Segment], disk: Path, tell: Callable[[Progress], None], stop: Event
) -> None:
    recordings = Recordings({"C01": segments}, lambda segment: disk / segment.path)
    export(wish(AT, AT + seconds(4)), recordings, folder, sealing(make_paper=lambda _m: b"%PDF"), tell, stop)


def export_until_killed(
    folder: Path, segments: list[Segment], disk: Path, stage: str, is_there: Signal
) -> None:
    """In a process of its own: stops for good within a stage."""

    def tell(progress: Progress) -> None:
        if progress.stage.value == stage and progress.share > 0:
            is_there.set()
            Event().wait()

    export_telling(folder, segments, disk, tell, Event())


@pytest.fixture
def segments(record: Record) -> list[Segment]:
    return [record(2, AT), record(2, AT + seconds(2))]


@pytest.mark.parametrize("stage", [Stage.CUTTING, Stage.SEALING])
def test_a_cancelled_export_leaves_nothing(
    tmp_path: Path, disk: Path, segments: list[Segment], stage: Stage
) -> None:
    stop = Event()

    def tell(progress: Progress) -> None:
        if progress.stage is stage and progress.share > 0:
            stop.set()

    with pytest.raises(ServiceError, match=r"evidence\.stopped"):
        export_telling(tmp_path / "out", segments, disk, tell, stop)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("stage", ["cutting", "sealing"])
def test_a_killed_export_leaves_no_package_and_the_next_one_tidies_up(
    tmp_path: Path, disk: Path, segments: list[Segment], stage: str
) -> None:
    folder, is_there = tmp_path / "out", SPAWN.Event()
    process = SPAWN.Process(
        target=export_until_killed, args=(folder, segments, disk, stage, is_there), daemon=True
    )
    process.start()
    assert is_there.wait(LIMIT_S)

    # It still runs: another export leaves its work alone.
    sweep(folder)
    (part,) = folder.glob(f"*{PART_SUFFIX}")
    assert any(part.rglob("*"))
    process.kill()
    process.join()
    assert {path.name for path in folder.iterdir()} == {part.name, part.name + ".lock"}

    package = exported(tmp_path, replace(wish(AT, AT + seconds(4)), case="next"), segments, disk)
    assert list(folder.iterdir()) == [package.path]
    assert verify.check(str(package.path)).findings == []


def test_files_of_others_that_end_alike_are_not_touched(
    tmp_path: Path, disk: Path, segments: list[Segment]
) -> None:
    folder = tmp_path / "out"
    (folder / "mine.part").mkdir(parents=True)
    (folder / "download.part").write_bytes(b"x")
    exported(tmp_path, wish(AT, AT + seconds(4)), segments, disk)
    assert (folder / "mine.part").is_dir()
    assert (folder / "download.part").read_bytes() == b"x"


def test_a_piece_deleted_meanwhile_ends_the_export(
    tmp_path: Path, disk: Path, segments: list[Segment]
) -> None:
    def tell(progress: Progress) -> None:
        if progress.share > 0:
            (disk / segments[1].path).unlink(missing_ok=True)

    with pytest.raises(ServiceError, match=r"evidence\.file_gone"):
        export_telling(tmp_path / "out", segments, disk, tell, Event())
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_is_away_ends_the_export(tmp_path: Path, segments: list[Segment]) -> None:
    recordings = Recordings({"C01": segments}, lambda _segment: None)
    with pytest.raises(ServiceError, match=r"evidence\.disk_away\(camera=C01\)"):
        export(wish(AT, AT + seconds(4)), recordings, tmp_path / "out", sealing(), lambda _p: None, Event())
    assert list((tmp_path / "out").iterdir()) == []


def test_what_does_not_fit_is_not_begun(tmp_path: Path, disk: Path, segments: list[Segment]) -> None:
    # A petabyte; no test machine has it free.
    huge = [replace(segments[0], size_bytes=10**15)]
    with pytest.raises(ServiceError, match=r"evidence\.disk_full"):
        exported(tmp_path, wish(AT, AT + seconds(2)), huge, disk)
    assert list((tmp_path / "out").iterdir()) == []


def write_limited(folder: Path, segments: list[Segment], disk: Path, most_bytes: int, answer: Path) -> None:
    """In a process of its own, in which no file may grow larger than `most_bytes`."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    try:
        export_telling(folder, segments, disk, lambda _p: None, Event())
    except ServiceError as error:
        answer.write_text(f"{error.code} {len(list(folder.iterdir()))}", "utf-8")


@pytest.mark.parametrize("most_bytes", [1000, 8000])
def test_a_disk_that_refuses_in_the_middle_leaves_nothing(
    tmp_path: Path, disk: Path, segments: list[Segment], most_bytes: int
) -> None:
    answer = tmp_path / "answer"
    arguments = (tmp_path / "out", segments, disk, most_bytes, answer)
    process = SPAWN.Process(target=write_limited, args=arguments, daemon=True)
    process.start()
    process.join(LIMIT_S)
    assert answer.read_text("utf-8") == "evidence.cannot_write 0"


def test_a_package_never_replaces_what_lies_there(
    tmp_path: Path, disk: Path, segments: list[Segment]
) -> None:
    first = exported(tmp_path, wish(AT, AT + seconds(4)), segments, disk)
    before = (first.path / "manifest.json").read_bytes()
    with pytest.raises(ServiceError, match=r"evidence\.cannot_write"):
        exported(tmp_path, wish(AT, AT + seconds(2)), segments, disk)
    assert (first.path / "manifest.json").read_bytes() == before
    assert not list((tmp_path / "out").glob(f"*{LOCK_SUFFIX}"))


def test_two_exports_side_by_side_do_not_disturb_each_other(
    tmp_path: Path, disk: Path, segments: list[Segment]
) -> None:
    made = []

    def run(case: str) -> None:
        asked = replace(wish(AT, AT + seconds(4)), case=case)
        made.append(exported(tmp_path, asked, segments, disk))

    threads = [Thread(target=run, args=(f"case-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [verify.check(str(package.path)).findings for package in made] == [[], [], [], []]


def test_a_sweep_that_looks_at_a_lock_just_made_does_not_turn_the_export_away(
    tmp_path: Path, disk: Path, segments: list[Segment]
) -> None:
    lock, sweeper = held_lock(tmp_path / "out")

    def let_go() -> None:
        lock.unlink()
        os.close(sweeper)

    is_over = Timer(0.2, let_go)
    is_over.start()
    package = exported(tmp_path, replace(wish(AT, AT + seconds(4)), case="case-1"), segments, disk)
    is_over.join()
    assert verify.check(str(package.path)).findings == []


def test_a_second_export_of_the_same_name_is_turned_away(
    tmp_path: Path, disk: Path, segments: list[Segment]
) -> None:
    lock, other = held_lock(tmp_path / "out")
    with pytest.raises(ServiceError, match=r"evidence\.cannot_write"):
        exported(tmp_path, replace(wish(AT, AT + seconds(4)), case="case-1"), segments, disk)
    os.close(other)
    assert list((tmp_path / "out").iterdir()) == [lock]


def held_lock(folder: Path) -> tuple[Path, int]:
    """The lock that the export of `case-1` wants, in somebody else's hands."""
    folder.mkdir()
    lock = folder / f"case-1-20261124-110000{LOCK_SUFFIX}"
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    assert try_lock(handle)
    return lock, handle


def test_what_other_programs_left_in_the_folder_is_not_swept(tmp_path: Path) -> None:
    (tmp_path / "film.part").mkdir()
    (tmp_path / "film.part.lock").touch()
    (tmp_path / "DQ-1-20261124-110000.part").mkdir()
    (tmp_path / "DQ-1-20261124-110000.part.lock").touch()
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.part", "film.part.lock"]
