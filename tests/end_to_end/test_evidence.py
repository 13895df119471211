"""A person crosses the wall; the moment is found, watched, asked for, allowed, taken away and proved."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.evidence_scene import AllowingHand, AskingHand
from app.processes import Child
from app.roles import SECRETS_FILE
from app.sim import RECORDED, demo_site
from services.core.secrets import Credential, Secrets
from services.dispatch.desk import import_site
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.evidence import EvidenceRequest, EvidenceState
from services.domain.people import Role
from services.identity import Accounts
from services.playback.track import Track
from tests.end_to_end.watch_kit import END_LIMIT_S, HOST, PASSWORD, READY_LIMIT_S, Watch, Workplace
from tests.passwords import QUICK
from tests.services.storage.conftest import make_alarm
from views.evidence.presenter import EvidencePresenter
from views.evidence.screen import EvidenceScreen
from views.playback.presenter import PlaybackPresenter

__all__ = ["make_alarm"]
Wait = Callable[..., object]
# The beam along the north wall; `demo_story.toml` has somebody climb over it 45 s after its beginning.
BEAM = "Z11"
LIMIT_S = 120.0
# So much of it before and after is watched.
LEAD = timedelta(seconds=4)
IN_STEP = timedelta(milliseconds=100)


@pytest.fixture
def crossing(data_dir: Path, tmp_path: Path, wait_until: Wait) -> Iterator[tuple[Watch, Alarm]]:
    """A site whose hub records its cameras over RTSP, and the alarm of the wall; it has ended by now."""
    rtsp_port, beam_port = free_port(), free_port()
    secrets = Secrets(credentials={"demo": Credential("shouwang", "a camera's password")})
    secrets.save(data_dir / SECRETS_FILE)
    watch = Watch(data_dir, rtsp_port=rtsp_port, recordings=tmp_path / "disk")
    administrator = watch.log_in("admin", "OFFICE")
    accounts = Accounts(watch.database, passwords=QUICK)
    accounts.create(administrator, "zhou", "周处长", Role.SUPERVISOR, PASSWORD)
    accounts.create(administrator, "chen", "陈班长", Role.SHIFT_LEADER, PASSWORD)
    # The module that the beam hangs on is asked by the hub, where the simulator plays it.
    import_site(watch.database, administrator, demo_site(rtsp_port, beam_port=beam_port))
    watch.start_hub()
    # One process plays cameras and panels: what is signalled is what the pictures show.
    ports = {"--rtsp-port": rtsp_port, "--dc09-port": watch.dc09_port, "--beam-port": beam_port}
    spelt = [part for name, port in ports.items() for part in (name, str(port))]
    sim = Child("sim", ["sim", *spelt, "--data-dir", str(data_dir)], watch.environment)
    try:
        sim.wait_ready(READY_LIMIT_S)
        alarm = wait_until(lambda: alarm_of_the_wall(watch), LIMIT_S)
        assert isinstance(alarm, Alarm)
        wait_until(lambda: datetime.now(alarm.received_at.tzinfo) > alarm.received_at + 2 * LEAD, LIMIT_S)
        watch.stop_hub()
        sim.stop(END_LIMIT_S)
        yield watch, alarm
    finally:
        sim.stop(END_LIMIT_S)
        watch.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def alarm_of_the_wall(watch: Watch) -> Alarm | None:
    alarms = watch.database.read(lambda view: view.alarms.open())
    return next((one for one in alarms if one.zone == BEAM), None)


def press(where: QWidget, key: Qt.Key, *, control: bool = False, wait_until: Wait) -> None:
    """A key at the window that holds `where`."""
    where.window().activateWindow()
    wait_until(where.window().isActiveWindow)
    where.setFocus(Qt.FocusReason.OtherFocusReason)
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(where, key, held)


def are_in_step(playback: PlaybackPresenter, cameras: tuple[str, ...]) -> list[datetime] | None:
    """What the cameras show, when all show something and within `IN_STEP` of each other."""
    tracks = [tile.feed for tile in playback.tiles()]
    times = [track.shown_at for track in tracks if isinstance(track, Track) and track.shown_at is not None]
    return times if len(times) == len(cameras) and max(times) - min(times) <= IN_STEP else None


def watch_it(supervisor: Workplace, alarm: Alarm, wait_until: Wait) -> tuple[str, ...]:
    """The moment by key from the line of time; three cameras in step, forwards and backwards."""
    screen, playback = supervisor.desk.screens.playback_screen, supervisor.desk.presenters.playback
    playback.show_at([str(no) for no in alarm.feeds], alarm.received_at - LEAD)
    wait_until(lambda: are_in_step(playback, playback.cameras), 30.0)
    # What else sees the place, by the campus itself.
    press(screen, Qt.Key.Key_L, wait_until=wait_until)
    wait_until(lambda: len(playback.cameras) >= 3)
    cameras = tuple(no for no in playback.cameras if no in RECORDED)
    assert len(cameras) == 3
    playback.choose(cameras)
    wait_until(lambda: are_in_step(playback, cameras), 30.0)
    playback.pause()
    press(screen, Qt.Key.Key_N, wait_until=wait_until)
    wait_until(lambda: playback.playback.now() == alarm.received_at)
    wait_until(lambda: are_in_step(playback, cameras), 30.0)

    begins_at = playback.playback.now()
    press(screen, Qt.Key.Key_Space, wait_until=wait_until)
    wait_until(lambda: (are_in_step(playback, cameras) or [begins_at])[0] > begins_at + LEAD / 4, 30.0)
    press(screen, Qt.Key.Key_R, wait_until=wait_until)
    turned_at = playback.playback.now()
    wait_until(lambda: (are_in_step(playback, cameras) or [turned_at])[-1] < turned_at - LEAD / 8, 30.0)
    press(screen, Qt.Key.Key_Space, wait_until=wait_until)
    return cameras


def ask_for_it(
    supervisor: Workplace, alarm: Alarm, cameras: tuple[str, ...], wait_until: Wait
) -> EvidenceRequest:
    """From the playback, by key: what is shown stands in the form, from one mark to the other."""
    screens, presenter = supervisor.desk.screens, supervisor.desk.presenters.evidence.presenter
    playback = supervisor.desk.presenters.playback
    for at, key in ((alarm.received_at - LEAD, Qt.Key.Key_I), (alarm.received_at + LEAD, Qt.Key.Key_O)):
        playback.seek(at)
        press(screens.playback_screen, key, wait_until=wait_until)
    press(screens.playback_screen, Qt.Key.Key_E, wait_until=wait_until)
    form = screens.evidence_screen.form
    wait_until(form.isVisible)
    assert form.ticked() == tuple(sorted(cameras))
    form.unit.setText("城东派出所")
    form.person.setText("赵警官")
    form.document.setText("调证通知书 118")
    form.why.setPlainText("北围墙翻越")
    press(form.why, Qt.Key.Key_Return, control=True, wait_until=wait_until)
    wait_until(lambda: presenter.chosen is not None, 20.0)
    asked = presenter.chosen
    assert asked is not None
    return asked


def act(workplace: Workplace, request: EvidenceRequest, button: str, wait_until: Wait) -> EvidenceRequest:
    """A button on a request as the workplace sees it now; how the request is afterwards."""
    presenter, screen = evidence_at(workplace)
    presenter.refresh()
    wait_until(lambda: workplace.jobs.is_idle and any(one.id == request.id for one in presenter.requests))
    presenter.choose(request.id)
    before = presenter.chosen
    wait_until(screen.chosen.buttons[button].isVisible)
    screen.chosen.buttons[button].click()
    wait_until(lambda: presenter.chosen != before, 60.0)
    after = presenter.chosen
    assert after is not None
    return after


def evidence_at(workplace: Workplace) -> tuple[EvidencePresenter, EvidenceScreen]:
    desk = workplace.desk
    desk.shell.show_screen("evidence")
    return desk.presenters.evidence.presenter, desk.screens.evidence_screen


def verified(folder: Path) -> tuple[int, str]:
    """By the package's own verifier in a bare Python, as on a machine that has never seen us."""
    said = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    return said.returncode, said.stdout


def test_who_crossed_the_wall_is_found_watched_taken_away_and_proved(
    crossing: tuple[Watch, Alarm], sit_down: Callable[..., Workplace], wait_until: Wait, tmp_path: Path
) -> None:
    watch, alarm = crossing
    supervisor = sit_down(watch, "zhou", "SEAT-3", "playback")
    leader = sit_down(watch, "chen", "SEAT-1", "evidence")

    cameras = watch_it(supervisor, alarm, wait_until)
    asked = ask_for_it(supervisor, alarm, cameras, wait_until)
    assert not supervisor.desk.screens.evidence_screen.chosen.buttons["approve"].isVisible()
    assert act(leader, asked, "approve", wait_until).state is EvidenceState.APPROVED
    wait_until(lambda: evidence_at(supervisor)[0].chosen is not None)
    act(supervisor, asked, "export", wait_until)
    presenter, _screen = evidence_at(supervisor)
    wait_until(lambda: presenter.chosen is not None and presenter.chosen.export is not None, 60.0)
    wait_until(lambda: presenter.chosen.state is EvidenceState.EXPORTED, 60.0)  # type: ignore[union-attr]
    made = presenter.chosen
    assert made is not None
    assert made.export is not None

    away = tmp_path / "police" / "copy"
    shutil.copytree(made.export.folder, away)
    films = sorted((away / "video").iterdir())
    assert {film.name.split("_")[1] for film in films} == set(cameras)
    code, said = verified(away)
    assert (code, "UNCHANGED" in said) == (0, True), said
    assert made.export.key_fingerprint in said

    content = bytearray(films[1].read_bytes())
    content[len(content) // 3] ^= 0b1000
    films[1].write_bytes(content)
    code, said = verified(away)
    assert code == 1, said
    assert f"video/{films[1].name}" in said
    assert films[0].name not in said


def test_the_scene_of_the_demo_is_played_to_its_end_at_two_seats(
    crossing: tuple[Watch, Alarm],
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.refused")  # its cameras have ended by now
    watch, _alarm = crossing
    leader = sit_down(watch, "chen", "SEAT-1", "watch")
    supervisor = sit_down(watch, "zhou", "SEAT-3", "incidents")
    hands = AllowingHand(leader.desk, pace=4.0), AskingHand(supervisor.desk, RECORDED, pace=4.0)
    stations: list[str] = []
    for hand in hands:
        hand.arrived.connect(stations.append)
        hand.start()
    wait_until(lambda: hands[1].outcome, 240.0)
    assert "没有改动" in hands[1].outcome
    wait_until(lambda: not any(hand.is_working for hand in hands), 30.0)
    (request,) = watch.database.read(lambda view: view.evidence.in_states(["exported"]))
    assert (request.requested_by, request.decided_by) == ("zhou", "chen")
    assert stations[-1] == "evidence-proved"
    for hand in hands:
        hand.stop()


def test_without_recordings_the_scene_of_the_demo_says_so_and_ends(
    make_watch: Callable[..., Watch],
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    make_alarm: Callable[..., Alarm],
) -> None:
    watch = make_watch()
    accounts = Accounts(watch.database, passwords=QUICK)
    accounts.create(watch.log_in("admin", "OFFICE"), "zhou", "周处长", Role.SUPERVISOR, PASSWORD)
    alarm = make_alarm("BJ20261124-0001", alarm_class=AlarmClass.INTRUSION, zone=BEAM, feeds=("C05", "C06"))
    watch.database.write(lambda tx: tx.alarms.add(alarm))
    supervisor = sit_down(watch, "zhou", "SEAT-3", "incidents")
    hand = AskingHand(supervisor.desk, RECORDED, patience_s=0.5)
    hand.start()
    wait_until(lambda: hand.outcome, 30.0)
    wait_until(lambda: not hand.is_working)
    assert "还没有足够的录像" in hand.outcome
    assert "还没有足够的录像" in supervisor.desk.shell.banner.text
