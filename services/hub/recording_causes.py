"""What keeps each camera from being recorded at this moment; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.domain.recording_days import DiskCondition, DiskState
from services.domain.recording_troubles import GapCause
from services.domain.recordings import RecordingMode
from services.recording.camera import BAD_PIECE, DISK_FAILED, DISK_FULL, NO_DISK
from services.recording.disks import Disk
from services.recording.keeping import Seen
from services.recording.plans import CameraReport, Report

_OF_ERROR = {
    NO_DISK: GapCause.DISK_AWAY,
    DISK_FULL: GapCause.DISK_FULL,
    DISK_FAILED: GapCause.DISK_FAILED,
    BAD_PIECE: GapCause.BAD_STREAM,
}
# A disk whose room has changed by less is told as before.
_TRIFLE = 0.01


@dataclass(frozen=True, slots=True)
class Condition:
    """What the hub knows of its recording now. modes: of every camera of the site, by its hours; scheduled:
    those that have hours; report: None = the recorder is silent; is_new: the hub has just begun."""

    modes: Mapping[str, RecordingMode]
    scheduled: frozenset[str]
    report: Report | None
    has_disk: bool
    is_stuck: bool
    is_new: bool


def causes_of(condition: Condition) -> dict[tuple[str, GapCause], str]:
    """By camera and cause, with an error's code where there is one; a camera may have two."""
    reports = {one.camera: one for one in condition.report.cameras} if condition.report else {}
    found: dict[tuple[str, GapCause], str] = {}
    for camera, mode in condition.modes.items():
        for cause in _wanted(condition, camera, mode):
            found[camera, cause] = ""
        if mode is not RecordingMode.OFF:
            trouble = _trouble(condition, mode, reports.get(camera))
            if trouble is not None:
                found[camera, trouble[0]] = trouble[1]
    return found


def states_of(seen: Seen) -> tuple[DiskState, ...]:
    """As screens show them, by folder."""
    states = [_state(seen, disk) for disk in seen.disks]
    states += [DiskState(str(folder), disk, DiskCondition.AWAY) for folder, disk in seen.away]
    return tuple(sorted(states, key=lambda state: state.folder))


def has_changed(before: tuple[DiskState, ...], after: tuple[DiskState, ...]) -> bool:
    """Whether it is worth a row: another state, or room that differs by more than a trifle."""
    if len(before) != len(after):
        return True
    return any(
        (old.folder, old.disk, old.condition, old.is_written)
        != (new.folder, new.disk, new.condition, new.is_written)
        or abs(old.free_bytes - new.free_bytes) > _TRIFLE * max(1, new.total_bytes)
        for old, new in zip(before, after, strict=True)
    )


def _wanted(condition: Condition, camera: str, mode: RecordingMode) -> Iterator[GapCause]:
    """Why not every moment should be recorded."""
    if camera in condition.scheduled:
        if mode is not RecordingMode.CONTINUOUS:
            yield GapCause.SCHEDULE_OFF
    elif mode is RecordingMode.OFF:
        yield GapCause.SWITCHED_OFF
    elif mode is not RecordingMode.CONTINUOUS:
        yield GapCause.QUIET


def _trouble(
    condition: Condition, mode: RecordingMode, report: CameraReport | None
) -> tuple[GapCause, str] | None:
    """What goes wrong, None when nothing does."""
    if not condition.has_disk:
        return (GapCause.STARTING if condition.is_new else GapCause.DISK_AWAY), ""
    if condition.is_stuck:
        return GapCause.DISK_FULL, ""
    if condition.report is None:
        return (GapCause.STARTING if condition.is_new else GapCause.RECORDER_DOWN), ""
    if report is None:
        return GapCause.STARTING, ""
    if report.error:
        return _OF_ERROR.get(report.error, GapCause.CAMERA_AWAY), report.error
    if mode is RecordingMode.CONTINUOUS and not report.is_writing:
        return GapCause.STARTING, ""
    return None


def _state(seen: Seen, disk: Disk) -> DiskState:
    is_written = disk.place == seen.place
    if disk.free_bytes > 0:
        condition = DiskCondition.WELL
    elif is_written and seen.is_stuck:
        condition = DiskCondition.STUCK
    else:
        condition = DiskCondition.FULL
    return DiskState(
        str(disk.place.root),
        disk.place.disk,
        condition,
        max(0, disk.free_bytes),
        disk.total_bytes,
        is_written,
    )
