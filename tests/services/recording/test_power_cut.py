"""The power fails between any two operations on the disk: nothing that was whole is lost or half there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from services.domain.motion import Look
from services.recording.files import DiskFiles, Out
from services.recording.motion.sidefile import MotionIndex, read_index, with_index, write_index
from services.recording.naming import Begun
from services.recording.recovery import found_on, recover
from services.recording.writer import SegmentWriter
from tests.services.recording.conftest import AT, BEGUN, pictures_in

Write = Callable[..., SegmentWriter]
PICTURES = 75


@dataclass
class Told:
    """One operation as it was asked for; data: of a write."""

    what: str
    path: Path
    to: Path | None = None
    data: bytes = b""


@dataclass
class RememberingFiles:
    """Does it, and remembers it relative to `root`."""

    root: Path
    told: list[Told] = field(default_factory=list)
    disk: DiskFiles = field(default_factory=DiskFiles)

    def create(self, path: Path) -> Out:
        self._note("create", path)
        return RememberingOut(self, path, self.disk.create(path))

    def rename(self, path: Path, to: Path) -> None:
        self._note("rename", path, to=to)
        self.disk.rename(path, to)

    def truncate(self, path: Path, size_bytes: int) -> None:  # noqa: ARG002
        raise AssertionError("a recorder that lives cuts nothing off")

    def remove(self, path: Path) -> None:  # noqa: ARG002
        raise AssertionError("a recorder that lives deletes nothing")

    def make_folder(self, folder: Path) -> None:
        self._note("make_folder", folder)
        self.disk.make_folder(folder)

    def sync_folder(self, folder: Path) -> None:
        self._note("sync_folder", folder)
        self.disk.sync_folder(folder)

    def _note(self, what: str, path: Path, *, to: Path | None = None, data: bytes = b"") -> None:
        there = to.relative_to(self.root) if to else None
        self.told.append(Told(what, path.relative_to(self.root), there, data))


@dataclass
class RememberingOut:
    files: RememberingFiles
    path: Path
    out: Out

    def write(self, data: bytes) -> int:
        self.files._note("write", self.path, data=bytes(data))
        return self.out.write(data)

    def sync(self) -> None:
        self.files._note("sync", self.path)
        self.out.sync()

    def close(self) -> None:
        self.out.close()


def replay(told: list[Told], root: Path, *, keeps_unsynced: bool) -> None:
    """What such a disk holds afterwards: all of it, or only what a sync had brought there.

    The harsh disk forgets writes without a sync and names without a sync of their folder.
    """
    root.mkdir()
    data: dict[Path, bytes] = {}
    names: dict[Path, Path] = {}
    safe_data: dict[Path, bytes] = {}
    safe_names: dict[Path, Path] = {}
    for one in told:
        match one.what:
            case "create":
                data[one.path], names[one.path] = b"", one.path
            case "write":
                data[one.path] += one.data
            case "sync":
                safe_data[one.path] = data[one.path]
            case "rename":
                assert one.to is not None
                names[one.to] = names.pop(one.path)
            case "sync_folder":
                safe_names = {name: file for name, file in safe_names.items() if name.parent != one.path}
                safe_names |= {name: file for name, file in names.items() if name.parent == one.path}
    for name, file in (names if keeps_unsynced else safe_names).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((data if keeps_unsynced else safe_data).get(file, b""))


@pytest.mark.parametrize("keeps_unsynced", [True, False])
def test_whatever_was_done_when_the_power_failed(
    tmp_path: Path, write_part: Write, keeps_unsynced: bool
) -> None:
    files = RememberingFiles(tmp_path / "disk")
    files.root.mkdir()
    finished_after = []
    for minute in range(2):
        begun = Begun("C01", "main", AT + timedelta(minutes=minute), BEGUN.cause)
        segment = write_part(files.root, PICTURES, files, begun).finish(
            begun.begins_at + timedelta(seconds=3), "disk"
        )
        finished_after.append((len(files.told), segment))
    for count in range(len(files.told) + 1):
        root = tmp_path / f"{keeps_unsynced}-{count}"
        replay(files.told[:count], root, keeps_unsynced=keeps_unsynced)
        list(recover(DiskFiles(), root, "disk"))
        found = list(found_on(root, "disk"))
        whole = [segment for after, segment in finished_after if after <= count]
        assert [segment for segment in whole if segment not in found] == []
        for segment in found:
            held = pictures_in(root / segment.path)
            assert held == PICTURES if segment in whole else 0 < held <= PICTURES


def test_the_name_comes_only_after_the_data_is_on_the_disk(tmp_path: Path, write_part: Write) -> None:
    files = RememberingFiles(tmp_path)
    write_part(tmp_path, PICTURES, files).finish(AT + timedelta(seconds=3), "disk")
    order = [one.what for one in files.told]
    assert order[-3:] == ["sync", "rename", "sync_folder"]
    assert "write" not in order[order.index("sync") :]


@pytest.mark.parametrize("keeps_unsynced", [True, False])
def test_a_motion_index_is_whole_or_absent_whenever_the_power_failed(
    tmp_path: Path, write_part: Write, keeps_unsynced: bool
) -> None:
    files = RememberingFiles(tmp_path / "disk")
    files.root.mkdir()
    segment = write_part(files.root, PICTURES, files).finish(AT + timedelta(seconds=3), "disk")
    assert segment is not None
    looks = tuple(Look(AT + timedelta(seconds=number / 4), 1 << number) for number in range(12))
    written_after = len(files.told)
    write_index(files, files.root, segment, MotionIndex(looks))
    for count in range(written_after, len(files.told) + 1):
        root = tmp_path / f"{keeps_unsynced}-{count}"
        replay(files.told[:count], root, keeps_unsynced=keeps_unsynced)
        found = read_index(root, segment)
        assert found in (None, MotionIndex(looks))
        assert (segment.path in with_index(root)) is (found is not None)
        assert list(found_on(root, "disk")) == [segment]
    assert read_index(root, segment) == MotionIndex(looks)
