"""Recording as the hub carries it: cameras by the site, disks as they come and go, rows, retention."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta, tzinfo
from functools import partial
from pathlib import Path

from services.alarms.center import AlarmCenter
from services.alarms.meaning import RECORDING_STOPPED
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.secrets import Credential, HeldSecrets
from services.domain.facts import ProtectionChanged
from services.domain.recording_days import DiskState, RecordingDisks
from services.domain.recording_hours import mode_at
from services.domain.recordings import (
    Cause,
    Protection,
    RecordedStream,
    RecordingMode,
    RecordingState,
    Segment,
)
from services.domain.site import Camera, Site
from services.hub.motion import Movements
from services.hub.motion_watch import HubMotion
from services.hub.own_alarm import OwnAlarm
from services.hub.recording_causes import Condition, causes_of, has_changed, states_of
from services.hub.recording_days import DaysWatch
from services.hub.recording_troubles import TroubleBook
from services.linkage.engine import Task
from services.linkage.refusals import Unavailable
from services.recording.custody import CustodyDesk
from services.recording.days import GB, days_kept
from services.recording.disks import Room
from services.recording.files import DiskFiles
from services.recording.index import Index
from services.recording.keeping import DiskKeeper, Seen
from services.recording.motion.plans import WatchPlan
from services.recording.plans import CameraPlan, Place
from services.recording.recorder import Recorder
from services.storage import Database, Tx
from services.video.address import StreamAddress

LOOK_EVERY_S = 0.1
# What an alarm protects is protected so long; a person may protect it longer, or end it.
PROTECTED_DAYS = 90
# A recorder that is begun again, or a disk that is changed, is no alarm yet.
STOPPED_AFTER_S = 30.0
MINUTE_S = 60.0


class HubRecording:
    """`start` once the database is open; `tick` is a duty of the rounds, `record` a hand of the linkage.

    local_zone: in which recording hours are meant, None = the machine's own.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        secrets: HeldSecrets,
        center: Callable[[], AlarmCenter],
        local_zone: tzinfo | None = None,
        rooms: Mapping[Path, Room] | None = None,
    ) -> None:
        self._folders = tuple(folder.expanduser() for folder in folders)
        self._database = database
        self._clock = clock
        self._site = site
        self._secrets = secrets
        self._local_zone = local_zone
        self.movements = Movements(clock, self.wanted_by_motion)
        self._keeper = DiskKeeper(
            self._folders,
            database,
            DiskFiles(),
            clock,
            lambda camera: days_kept(site(), camera),
            lambda: {str(one.no): one.keep_gb * GB for one in site().cameras if one.keep_gb},
            {folder.expanduser(): room for folder, room in (rooms or {}).items()},
        )
        self._book = TroubleBook(database, clock)
        self._days = DaysWatch(database, clock, site, center)
        self._custody = CustodyDesk(database, clock)
        self._began_s = clock.monotonic()
        self._disks: tuple[DiskState, ...] = ()
        self._minute_s = float("-inf")
        self._index = Index(database, lambda: self._keeper.places)
        self._recorder = Recorder(self._finished)
        self._motion = HubMotion(database, clock, lambda: self._keeper.places, self.wanted_by_motion)
        self._well_s = clock.monotonic()
        self._alarm = OwnAlarm(RECORDING_STOPPED, database, clock, center)
        self._told: RecordingState | None = None

    def start(self) -> None:
        """Returns at once: a disk that is away or hangs must not keep the alarms out."""
        if self._folders:
            self._keeper.start()
            self._recorder.start()
            self._motion.start()
            self._index.start()
            self._days.start()

    def stop(self, limit_s: float) -> None:
        """Open pieces are finished and have their rows, if the database takes them in time."""
        if self._folders:
            self._keeper.request_stop()
            self._recorder.stop()
            self._motion.stop()
            self._index.stop(limit_s)
            self._keeper.stop(limit_s)
            self._days.stop(limit_s)
            with suppress(ServiceError):
                self._book.close()

    def tick(self) -> None:
        """Called each second; touches no disk. Raises ServiceError("storage.*")."""
        if not self._folders:
            return
        self.movements.tick()
        seen, now_s = self._keeper.seen, self._clock.monotonic()
        self._recorder.use(tuple(map(self._plan, self._recorded())), tuple(self._keeper.places), seen.place)
        self._motion.tick(tuple(map(self._watch_plan, self._watched())))
        if seen.place is not None and not seen.is_stuck and self._is_written:
            self._well_s = now_s
        self._alarm.tell(stands=now_s - self._well_s > STOPPED_AFTER_S)
        self._tell_state(seen.place)
        self._book.note(causes_of(self._condition()))
        self._tell_disks(seen)
        if now_s - self._minute_s >= MINUTE_S:
            self._minute_s = now_s
            self._custody.end_expired()

    def wanted_by_motion(self, camera: str) -> None:
        """Something moves in its picture now: said again while it goes on. Any thread; never waits.

        Records where the camera does so on motion, for `after_motion_s` from now; elsewhere nothing happens.
        """
        found = self._site().camera(camera)
        if self._folders and found is not None and self._mode(found) is RecordingMode.MOTION:
            self._recorder.want(camera, found.after_motion_s, Cause.MOTION)

    def record(self, task: Task) -> None:
        """Record and protect what the alarm's cameras see, from before it came until after it.

        target: the camera, "" = those that see the place.
        """
        alarm, cameras = task.alarm, (task.action.target,) if task.action.target else task.alarm.feeds
        planned = {str(camera.no): camera for camera in self._recorded()} if self._folders else {}
        wanted = [planned[camera] for camera in cameras if camera in planned]
        if not wanted:
            raise Unavailable("recording.off")
        now = self._clock.now()
        protections = [
            Protection(
                id=new_id(),
                camera=camera.no,
                since=alarm.received_at - timedelta(seconds=camera.before_s),
                until=now + timedelta(seconds=camera.after_alarm_s),
                reason=f"{alarm.event_no} {alarm.name}".strip(),
                owner="linkage",
                owner_name="",
                set_at=now,
                expires_at=now + timedelta(days=PROTECTED_DAYS),
                alarm=alarm.id,
            )
            for camera in wanted
        ]
        for camera in wanted:
            self._recorder.want(camera.no, camera.after_alarm_s)
        self._database.write(partial(_protect, protections=protections))
        self._wait_until_written([camera.no for camera in wanted], task.within_s)

    # inside

    def _recorded(self) -> list[Camera]:
        """Those that are connected to now: an alarm may want what they see."""
        return [camera for camera in self._site().cameras if self._mode(camera) is not RecordingMode.OFF]

    def _mode(self, camera: Camera) -> RecordingMode:
        return mode_at(camera, self._clock.now(), self._local_zone)

    def _plan(self, camera: Camera) -> CameraPlan:
        stream = camera.recorded_stream
        url = camera.main_url if stream is RecordedStream.MAIN else camera.sub_url
        return CameraPlan(
            camera.no, stream.value, self._address(camera, url), self._mode(camera), camera.before_s
        )

    def _address(self, camera: Camera, url: str) -> StreamAddress:
        login = self._secrets.credential(camera.credential) or Credential("", "")
        return StreamAddress(url, login.username, login.password, transport=camera.transport, tls=login.tls)

    def _watched(self) -> list[Camera]:
        """What is recorded around alarms alone is looked at afterwards, in its key pictures."""
        return [
            camera
            for camera in self._recorded()
            if camera.sub_url and self._mode(camera) is not RecordingMode.ALARM
        ]

    def _watch_plan(self, camera: Camera) -> WatchPlan:
        return WatchPlan(camera.no, self._address(camera, camera.sub_url))

    def _finished(self, segment: Segment) -> None:
        """By the recorder's thread: it must not wait."""
        self._index.finished(segment)
        self._motion.finished(segment)

    def _wait_until_written(self, cameras: Sequence[str], within_s: float) -> None:
        until_s = time.monotonic() + within_s
        while True:
            report = self._recorder.report
            writing = {one.camera for one in report.cameras if one.is_writing} if report else set()
            if writing.issuperset(cameras):
                return
            if time.monotonic() >= until_s:
                silent = next(camera for camera in cameras if camera not in writing)
                raise ServiceError("recording.not_writing", camera=silent)
            time.sleep(LOOK_EVERY_S)

    @property
    def _is_written(self) -> bool:
        """Or nothing is wanted; a camera that is away is the wall's trouble, not the recording's."""
        report = self._recorder.report
        if report is None:
            return not self._recorded()
        return not report.cameras or any(not one.error.startswith("recording.") for one in report.cameras)

    def _tell_state(self, place: Place | None) -> None:
        """For the lamps of all seats, when it has changed."""
        report = self._recorder.report
        cameras = report.cameras if report else ()
        well = sum(not camera.error for camera in cameras)
        state = RecordingState(place is not None, len(self._recorded()), well)
        if state != self._told:
            self._database.write(lambda tx: tx.put_recording_state(state))
            self._told = state

    def _condition(self) -> Condition:
        now, seen, report = self._clock.now(), self._keeper.seen, self._recorder.report
        return Condition(
            modes={str(one.no): mode_at(one, now, self._local_zone) for one in self._site().cameras},
            scheduled=frozenset(
                str(one.no) for one in self._site().cameras if one.recording is RecordingMode.SCHEDULED
            ),
            report=report,
            has_disk=seen.place is not None,
            is_stuck=seen.is_stuck,
            is_new=self._clock.monotonic() - self._began_s < STOPPED_AFTER_S,
        )

    def _tell_disks(self, seen: Seen) -> None:
        """For the screens of all seats, when one has changed by more than a trifle."""
        disks = states_of(seen)
        if seen.at_s > float("-inf") and has_changed(self._disks, disks):
            now = self._clock.now()
            self._database.write(lambda tx: tx.put_recording_disks(RecordingDisks(disks, now)))
            self._disks = disks


def _protect(tx: Tx, protections: list[Protection]) -> None:
    for protection in protections:
        tx.protections.add(protection)
        tx.audit(None, "recording.protected", protection.camera, after=protection, reason=protection.reason)
        tx.record(ProtectionChanged(protection, "protected"))
