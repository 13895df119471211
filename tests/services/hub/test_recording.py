"""Recording in a real hub: a real camera's pictures on a real disk, protected when an alarm says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm
from services.domain.linkage import Action, ActionKind, Rule
from services.domain.linkage_runs import Result, RunState
from services.domain.people import Role, Session
from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Cause, Protection, RecordingMode, Segment
from services.domain.site import Camera, CameraNo, Panel, PanelNo, PanelProtocol, Site
from services.domain.triggers import Trigger, TriggerKind
from services.hub import Hub
from services.hub.recording import HubRecording
from services.linkage.rules import RuleDesk
from services.recording.days import days_kept
from services.recording.disks import ID_FILE
from services.sim.onvif.bell import Happening
from services.sim.panels import Dialler, Line, Report
from services.storage import Database
from tests.services.hub.conftest import SITE
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit
from tests.services.video.conftest import CLIP, GstServer

Wait = Callable[..., object]
BOSS = Session("boss", "处长", Role.SUPERVISOR, "SEAT-9")
LIMIT_S = 60.0


@pytest.fixture
def camera_server() -> Iterator[GstServer]:
    server = GstServer(CLIP)
    yield server
    server.kill()


@pytest.fixture
def site(camera_server: GstServer) -> Site:
    url = camera_server.address().url
    camera = Camera(CameraNo("C01"), "东门", "East gate", "东门", (9.0, 1.0), 4.0, 90.0, 90.0, 60.0, url, url)
    return replace(SITE, cameras=(camera,))


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "disk"


@pytest.fixture
def settings(tmp_path: Path, disk: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, dc09_host="127.0.0.1", dc09_port=0, gb26875_port=0, recording_dirs=(disk,)
    )


@pytest.fixture
def hub(
    settings: Settings,
    secrets: Secrets,
    database: Database,  # noqa: ARG001 - holds the site
    expected_log: Callable[..., None],
) -> Iterator[Hub]:
    # The film of the camera ends after sixteen seconds.
    expected_log(
        "panel.silent",
        "hub.goodbye_not_stored",
        "video.ended",
        "video.unreachable",
        "video.refused",
        "video.timeout",
    )
    hub = Hub(settings, secrets)
    hub.start()
    yield hub
    hub.stop()


def recorded(database: Database) -> int:
    state = database.read(lambda view: view.recording_state())
    return state.well if state is not None and state.has_disk else 0


def is_written(disk: Path) -> bool:
    return any(part.stat().st_size > 10_000 for part in disk.glob("*/*/*.part"))


def segments_of(database: Database) -> list[Segment]:
    return database.read(
        lambda view: [one for no in view.segments.disks() for one in view.segments.of_disk(no)]
    )


def open_alarms(database: Database) -> list[Alarm]:
    return database.read(lambda view: view.alarms.open())


def test_what_a_hub_recorded_has_rows_and_files(
    hub: Hub, database: Database, disk: Path, wait_until: Wait
) -> None:
    wait_until(lambda: recorded(database) == 1, timeout_s=LIMIT_S)
    wait_until(
        lambda: any(part.stat().st_size > 10_000 for part in disk.glob("*/*/*.part")), timeout_s=LIMIT_S
    )
    hub.stop()
    segments = segments_of(database)
    assert [(disk / one.path).stat().st_size for one in segments] == [one.size_bytes for one in segments]
    assert {segment.camera for segment in segments} == {"C01"}


def test_rows_that_a_crash_left_out_are_made_from_the_files(
    hub: Hub, settings: Settings, secrets: Secrets, database: Database, disk: Path, wait_until: Wait
) -> None:
    wait_until(
        lambda: any(part.stat().st_size > 10_000 for part in disk.glob("*/*/*.part")), timeout_s=LIMIT_S
    )
    hub.stop()
    segments = segments_of(database)
    database.write(lambda tx: tx.segments.remove(segments))
    again = Hub(settings, secrets)
    again.start()
    wait_until(
        lambda: set(segments) <= set(segments_of(database)),
        timeout_s=LIMIT_S,
    )
    again.stop()


@pytest.fixture
def recording_rule(database: Database) -> None:
    """Each panic alarm records C01."""
    trigger = Trigger(TriggerKind.CLASS, ("panic",))
    rule = Rule("", "录像", "Record", trigger, (Action(ActionKind.RECORD, "C01", budget_ms=5000),))
    RuleDesk(database, SystemClock()).save(BOSS, rule)


@pytest.mark.usefixtures("recording_rule")
def test_an_alarm_protects_what_its_cameras_saw_before_and_after(
    database: Database, hub: Hub, wait_until: Wait
) -> None:
    wait_until(lambda: recorded(database) == 1, timeout_s=LIMIT_S)
    dialler = Dialler(Line("1001", "127.0.0.1", hub.dc09_port), SystemClock())
    assert dialler.send(Report("120", 1))
    dialler.close()

    def protections() -> list[Protection]:
        return database.read(lambda view: view.protections.of("C01"))

    wait_until(protections, timeout_s=LIMIT_S)
    (protection,) = protections()
    alarm = database.read(lambda view: view.alarms.get(protection.alarm))
    assert protection.since < alarm.received_at
    assert protection.until is not None
    assert protection.until > alarm.received_at

    def actions() -> list[Result]:
        runs = database.read(lambda view: view.linkage_runs.of_alarm(alarm.id))
        own = [run for run in runs if run.rule_version and run.state is RunState.DONE]
        return [one.result for run in own for one in run.actions]

    wait_until(actions, timeout_s=LIMIT_S)
    assert actions() == [Result.OK]


def test_a_camera_on_motion_records_what_moves_and_nothing_else(
    database: Database,
    secrets: Secrets,
    site: Site,
    disk: Path,
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.ended", "video.unreachable", "video.refused", "video.timeout")
    (gate,) = site.cameras
    moving = replace(site, cameras=(replace(gate, recording=RecordingMode.MOTION, before_s=2.0),))
    recording = HubRecording((disk,), database, SystemClock(), lambda: moving, secrets, _no_center)
    recording.start()

    def is_connected() -> bool:
        recording.tick()
        return recorded(database) == 1

    wait_until(is_connected, timeout_s=LIMIT_S)
    assert not list(disk.glob("*/*/*"))
    recording.movements.note("C01", "MotionAlarm", True)

    def is_recorded() -> bool:
        recording.tick()
        return is_written(disk)

    wait_until(is_recorded, timeout_s=LIMIT_S)
    recording.stop(5.0)
    assert {segment.cause for segment in segments_of(database)} == {Cause.MOTION}


def _no_center() -> AlarmCenter:
    raise AssertionError("nothing is an alarm here")


def test_a_disk_that_is_gone_raises_an_alarm_that_ends_with_its_return(
    hub: Hub, database: Database, disk: Path, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("recording.no_disk", "recording.disk_failed", "recording.not_mended")
    wait_until(lambda: recorded(database) == 1, timeout_s=LIMIT_S)
    assert hub.site.cameras[0].recording is RecordingMode.CONTINUOUS
    (disk / ID_FILE).rename(disk.parent / ID_FILE)
    wait_until(lambda: [a.name for a in open_alarms(database) if "录像" in a.name], timeout_s=LIMIT_S)
    (disk.parent / ID_FILE).rename(disk / ID_FILE)
    wait_until(
        lambda: not any(a.source_active for a in open_alarms(database) if "录像" in a.name), timeout_s=LIMIT_S
    )


def test_a_camera_that_left_the_site_is_kept_as_long_as_the_most_careful_one(site: Site) -> None:
    (gate,) = site.cameras
    yard = replace(gate, no=CameraNo("C02"), keep_days=90)
    both = replace(site, cameras=(gate, yard))
    assert [days_kept(both, no) for no in ("C01", "C02", "gone")] == [30, 90, 90]
    assert days_kept(replace(site, cameras=()), "gone") == 30


@pytest.mark.usefixtures("hub")
def test_a_camera_that_dies_leaves_a_gap_that_says_so(
    database: Database, camera_server: GstServer, wait_until: Wait
) -> None:
    """The film's server is killed; the camera's absence is written down with its beginning."""
    wait_until(lambda: recorded(database) == 1, timeout_s=LIMIT_S)
    camera_server.kill()

    def open_causes() -> set[GapCause]:
        return {one.cause for one in database.read(lambda view: view.recording_troubles.open())}

    wait_until(lambda: GapCause.CAMERA_AWAY in open_causes(), timeout_s=LIMIT_S)
    (away,) = [
        one
        for one in database.read(lambda view: view.recording_troubles.of("C01"))
        if one.cause is GapCause.CAMERA_AWAY
    ]
    assert away.detail.startswith("video.")
    disks = database.read(lambda view: view.recording_disks())
    assert disks is not None
    assert [disk.is_written for disk in disks.disks] == [True]


def test_the_time_between_two_hubs_is_a_gap_of_all_cameras(
    hub: Hub, settings: Settings, secrets: Secrets, database: Database, wait_until: Wait
) -> None:
    wait_until(lambda: recorded(database) == 1, timeout_s=LIMIT_S)
    wait_until(lambda: database.read(lambda view: view.recording_alive_at()), timeout_s=LIMIT_S)
    hub.stop()
    # As if it had been away for an hour.
    ago = SystemClock().now() - timedelta(hours=1)
    database.write(lambda tx: tx.put_recording_alive(ago))
    again = Hub(settings, secrets)
    again.start()

    def downs() -> list[RecordingTrouble]:
        return database.read(lambda view: view.recording_troubles.of(""))

    wait_until(downs, timeout_s=LIMIT_S)
    again.stop()
    (down,) = downs()
    assert (down.cause, down.began_at) == (GapCause.HUB_DOWN, ago)
    assert down.ended_at is not None


def test_a_camera_that_reports_motion_by_onvif_is_recorded_until_it_is_quiet(
    settings: Settings,
    database: Database,
    site: Site,
    disk: Path,
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    expected_log(
        "panel.silent", "hub.goodbye_not_stored", "video.ended", "video.unreachable", "video.timeout"
    )
    expected_log("video.refused", "listener.lost")
    kit = DeviceKit()
    (gate,) = site.cameras
    moving = replace(
        gate,
        recording=RecordingMode.MOTION,
        before_s=2.0,
        after_motion_s=5.0,
        onvif_url=kit.url("C01"),
        credential="kit",
        # No second eye: what is recorded is what the camera reported.
        sub_url="rtsp://127.0.0.1:1/none",
    )
    panel = Panel(
        PanelNo("N1"), "6001", "摄像机事件", "Events", (1.0, 1.0), protocol=PanelProtocol.ONVIF, address="C01"
    )
    told = replace(site, cameras=(moving,), panels=(*site.panels, panel))
    database.write(lambda tx: tx.replace_site(told))
    hub = Hub(settings, Secrets(credentials={"kit": CREDENTIAL}))
    hub.start()
    try:
        wait_until(lambda: recorded(database) == 1, timeout_s=LIMIT_S)

        def listeners() -> int:
            return kit.on_loop(lambda: kit.fixed.bell.count(kit.fixed.monotonic()))

        wait_until(listeners, timeout_s=LIMIT_S)
        kit.on_loop(lambda: kit.fixed.happen(Happening.MOTION, True))
        wait_until(lambda: is_written(disk), timeout_s=LIMIT_S)
        kit.on_loop(lambda: kit.fixed.happen(Happening.MOTION, False))
        wait_until(lambda: segments_of(database), timeout_s=LIMIT_S)
    finally:
        hub.stop()
        kit.stop()
    assert {segment.cause for segment in segments_of(database)} == {Cause.MOTION}
