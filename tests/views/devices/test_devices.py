"""The devices screen on a real database and real secrets; searching and trying are played."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from services.core.clock import ManualClock
from services.core.heldsecrets import SecretsFile
from services.core.jobs import Jobs
from services.core.secrets import Credential
from services.devices.cameras import CameraDesk
from services.devices.diagnosis import Cause, Diagnosis
from services.devices.keeping import CameraKeeper
from services.devices.onvif import FoundDevice
from services.devices.recorders.looking import look_at_recorder
from services.devices.sheet import write_template
from services.devices.trial import CameraTrial, DeviceFacts, StreamReport, TrialReport, Wish
from services.dispatch.desk import import_site
from services.domain.people import Role, Session
from services.domain.recordings import RecordingMode
from services.domain.site import StreamEngine, StreamTransport
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_sqlite
from tests.services.devices.recorders.recorder_kit import CREDENTIAL, RecorderKit, at
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.text.places import learn_names
from views.devices.form_presenter import Step
from views.devices.presenter import DevicesPresenter, Task
from views.devices.screen import DevicesScreen
from views.devices.tools import DeviceTools
from views.devices.words import heading, what_next

Wait = Callable[..., object]
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-1")
HAN = re.compile(r"[\u4e00-\u9fff]")
DEVICE = FoundDevice("http://10.1.2.3/onvif/device_service", "urn:uuid:1", "Gate", "DS-2")


class PlayedTrial:
    """A CameraTrial that ends at once with what the test wants."""

    def __init__(self, wish: Wish, cause: Cause) -> None:
        self.wish = wish
        self.is_cancelled = False
        self._cause = cause

    def cancel(self) -> None:
        self.is_cancelled = True

    def run(self) -> TrialReport:
        found = Diagnosis(self._cause, "10.1.2.3", 554)
        main_url = self.wish.main_url or "rtsp://10.1.2.3/main"
        device = DeviceFacts("Maker", "M-1", 0.4, main_url, "rtsp://10.1.2.3/sub")
        return TrialReport(StreamReport(main_url, found), StreamReport("", found), device)


@dataclass
class Office:
    """The screen and what a test may turn."""

    database: Database
    secrets: SecretsFile
    presenter: DevicesPresenter
    screen: DevicesScreen
    wishes: list[Wish]
    cause: Cause = Cause.FINE

    @property
    def bench(self) -> QWidget:
        return self.screen.workbench

    def renew(self) -> None:
        """What the desk does when the feed tells of a change."""
        site = self.database.read(lambda view: view.site())
        assert site is not None
        self.presenter.use_site(site)


@pytest.fixture
def office(qapp: QApplication, data_dir: Path, wait_until: Wait) -> Iterator[Office]:
    qapp.processEvents()
    url = new_sqlite(data_dir / "test.db")
    database = Database(url)
    database.open()
    site = read_demo_site()
    learn_names(site)
    import_site(database, ADMINISTRATOR, site)
    secrets = SecretsFile(data_dir / "secrets.toml")
    pool = Jobs("devices-test", 2)
    jobs = UiJobs(pool)
    wishes: list[Wish] = []
    made: list[Office] = []

    def make_trial(wish: Wish) -> CameraTrial:
        wishes.append(wish)
        return PlayedTrial(wish, made[0].cause)  # type: ignore[return-value]

    look = partial(look_at_recorder, clock=ManualClock(at(3600)))
    tools = DeviceTools(discover=lambda: (DEVICE,), make_trial=make_trial, look_at_recorder=look)
    presenter = DevicesPresenter(
        site, CameraKeeper(CameraDesk(database), secrets), tools, ADMINISTRATOR, jobs
    )
    screen = DevicesScreen(presenter)
    screen.resize(960, 640)
    screen.show()
    screen.activateWindow()
    made.append(Office(database, secrets, presenter, screen, wishes))
    wait_until(screen.isActiveWindow)
    yield made[0]
    screen.close()
    screen.deleteLater()
    presenter.stop()
    jobs.close()
    pool.stop()
    database.close()
    speak("zh")


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def add(office: Office) -> None:
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert office.presenter.task is Task.ADD


def test_the_list_is_searched_by_initials_and_address(office: Office) -> None:
    office.screen.search.setText("tsg")
    assert [camera.no for camera in office.presenter.cameras] == ["C16"]
    assert office.screen.model.rowCount() == 1
    office.screen.search.setText("")
    assert office.screen.model.rowCount() == 24


def test_a_discovered_device_gives_its_streams_when_it_is_tried(office: Office, wait_until: Wait) -> None:
    add(office)
    bench = office.screen.workbench
    wait_until(lambda: bench.discovery.list.count() == 1)
    bench.login.username.setText("admin")
    bench.login.username.textEdited.emit("admin")
    bench.discovery.list.setFocus()
    press(Qt.Key.Key_Return)
    assert office.presenter.form.draft.name == "Gate DS-2"
    press(Qt.Key.Key_Return)
    wait_until(lambda: office.presenter.form.step is Step.TRIED)
    assert (bench.fields.main_url.text(), bench.fields.sub_url.text()) == (
        "rtsp://10.1.2.3/main",
        "rtsp://10.1.2.3/sub",
    )
    assert office.wishes[0].login == Credential("admin", "")


def test_a_failed_trial_says_what_to_do_and_another_password_makes_it_untried(
    office: Office, wait_until: Wait
) -> None:
    office.cause = Cause.WRONG_LOGIN
    add(office)
    bench, form = office.screen.workbench, office.presenter.form
    bench.fields.main_url.setFocus()
    QTest.keyClicks(bench.fields.main_url, "rtsp://10.1.2.3/main")
    press(Qt.Key.Key_Return)
    wait_until(lambda: form.step is Step.FAILED)
    assert "密码" in bench.trial.verdict.text()
    assert bench.save_button.isVisible()
    bench.login.password.setFocus()
    QTest.keyClicks(bench.login.password, "x")
    assert form.step is Step.UNTRIED
    assert bench.trial.verdict.text() == ""


def test_the_wall_is_asked_only_when_this_seat_knows_the_camera(office: Office, wait_until: Wait) -> None:
    add(office)
    bench, form = office.screen.workbench, office.presenter.form
    wanted: list[str] = []
    office.screen.wall_wanted.connect(wanted.append)
    bench.fields.main_url.setFocus()
    QTest.keyClicks(bench.fields.main_url, "rtsp://10.1.2.3/main")
    press(Qt.Key.Key_Return)
    wait_until(lambda: form.step is Step.TRIED)
    press(Qt.Key.Key_Return)
    wait_until(lambda: form.step is Step.SAVED)
    press(Qt.Key.Key_Return)
    assert wanted == []
    office.renew()
    assert wanted == ["C25"]


def test_escape_leaves_the_workbench_and_forgets_the_password(office: Office) -> None:
    add(office)
    bench = office.screen.workbench
    QTest.keyClicks(bench.login.username, "admin")
    QTest.keyClicks(bench.login.password, "secret")
    bench.login.password.setFocus()
    press(Qt.Key.Key_Escape)
    assert office.presenter.task is Task.LIST
    assert bench.login.password.text() == ""
    assert "secret" not in repr(office.presenter.form.draft)


def test_the_plan_takes_a_camera_by_keys_and_gives_it_back(office: Office) -> None:
    add(office)
    plan, form = office.screen.workbench.map, office.presenter.form
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton, pos=plan.rect().center())
    first = form.draft.at
    assert first is not None
    QTest.keyClick(plan, Qt.Key.Key_Right)
    QTest.keyClick(plan, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(plan, Qt.Key.Key_Comma)
    # 1 m east, 10 m north, 5° to the left of north.
    assert form.draft.at == pytest.approx((first[0] + 1.0, first[1] + 10.0), abs=0.11)
    assert form.draft.heading_deg == 355.0
    QTest.keyClick(plan, Qt.Key.Key_Delete)
    assert form.draft.at is None
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert form.draft.at is None


def test_an_existing_camera_is_changed_without_its_password_being_typed_again(
    office: Office, wait_until: Wait
) -> None:
    screen, form = office.screen, office.presenter.form
    screen.table.selectRow(2)
    screen.edit.click()
    assert office.presenter.task is Task.EDIT
    screen.workbench.fields.name.setText("西门新名")
    screen.workbench.fields.name.textEdited.emit("西门新名")
    assert screen.workbench.save_button.isVisible()
    screen.workbench.save_button.click()
    wait_until(lambda: form.step is Step.SAVED)
    office.renew()
    camera = office.presenter.site.camera("C03")
    before = read_demo_site().camera("C03")
    assert camera is not None
    assert before is not None
    assert (camera.name, camera.at, camera.credential) == ("西门新名", before.at, before.credential)


def test_what_is_folded_away_is_reached_by_keys_tried_and_saved(office: Office, wait_until: Wait) -> None:
    screen, form = office.screen, office.presenter.form
    screen.table.selectRow(2)
    screen.edit.click()
    more = screen.workbench.more
    assert not more.transport.isVisible()
    more.fold.setFocus()
    press(Qt.Key.Key_Space)
    assert more.transport.isVisible()
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is more.name_en
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(more.name_en, "West gate, new")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_End)
    for field, typed in ((more.fov_deg, "95"), (more.range_m, "42"), (more.height_m, "6.5")):
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is field
        QTest.keyClicks(field, typed)
    press(Qt.Key.Key_Return)
    wait_until(lambda: form.step is Step.TRIED)
    assert (office.wishes[0].transport, office.wishes[0].engine) == (StreamTransport.UDP, StreamEngine.LIBVLC)
    screen.workbench.next_button.click()
    wait_until(lambda: form.step is Step.SAVED)
    office.renew()
    camera = office.presenter.site.camera("C03")
    assert camera is not None
    assert (camera.name_en, camera.transport, camera.engine) == (
        "West gate, new",
        StreamTransport.UDP,
        StreamEngine.LIBVLC,
    )
    assert (camera.fov_deg, camera.range_m, camera.height_m) == (95.0, 42.0, 6.5)


def test_what_is_recorded_when_and_how_long_is_typed_and_saved(office: Office, wait_until: Wait) -> None:
    screen, form = office.screen, office.presenter.form
    screen.table.selectRow(2)
    screen.edit.click()
    recording = screen.workbench.recording
    assert not recording.mode.isVisible()
    assert not recording.hours.isEnabled()
    recording.fold.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is recording.mode
    _pick(recording.mode, RecordingMode.SCHEDULED)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is recording.hours
    recording.hours.setText("mon-fri 06:30-22:00；sat 9:00-12:00")
    recording.hours.textEdited.emit("")
    _pick(recording.outside, RecordingMode.MOTION)
    recording.keep_days.setValue(90)
    recording.keep_gb.setValue(500)
    recording.after_motion_s.setValue(45)
    screen.workbench.save_button.click()
    wait_until(lambda: form.step is Step.SAVED)
    office.renew()
    camera = office.presenter.site.camera("C03")
    assert camera is not None
    assert (camera.recording, camera.recording_outside) == (RecordingMode.SCHEDULED, RecordingMode.MOTION)
    assert camera.recording_hours == ("mon-fri 06:30-22:00", "sat 9:00-12:00")
    assert (camera.keep_days, camera.keep_gb, camera.after_motion_s) == (90, 500, 45.0)
    screen.workbench.back.click()
    screen.table.selectRow(2)
    screen.edit.click()
    assert recording.hours.text() == "mon-fri 06:30-22:00; sat 9:00-12:00"


def test_hours_that_are_none_are_refused_by_field(office: Office, wait_until: Wait) -> None:
    screen = office.screen
    screen.table.selectRow(2)
    screen.edit.click()
    recording = screen.workbench.recording
    _pick(recording.mode, RecordingMode.SCHEDULED)
    recording.hours.setText("mon 8-9")
    recording.hours.textEdited.emit("mon 8-9")
    screen.workbench.save_button.click()
    wait_until(lambda: "recording_hours" in screen.workbench.message.text())


def _pick(box: QComboBox, value: RecordingMode) -> None:
    index = box.findData(value)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_a_replaced_device_keeps_name_and_place_and_takes_the_new_address(
    office: Office, wait_until: Wait
) -> None:
    screen, form = office.screen, office.presenter.form
    screen.table.selectRow(2)
    screen.replace.click()
    bench = screen.workbench
    assert not any(part.isEnabled() for part in (bench.fields.name, bench.fields.place, bench.map))
    bench.fields.main_url.setFocus()
    QTest.keyClicks(bench.fields.main_url, "rtsp://10.9.9.9/main")
    press(Qt.Key.Key_Return)
    wait_until(lambda: form.step is Step.TRIED)
    press(Qt.Key.Key_Return)
    wait_until(lambda: form.step is Step.SAVED)
    office.renew()
    now, was = office.presenter.site.camera("C03"), read_demo_site().camera("C03")
    assert now is not None
    assert was is not None
    assert (now.name, now.at, now.main_url) == (was.name, was.at, "rtsp://10.9.9.9/main")


def test_a_camera_changed_elsewhere_meanwhile_is_refused_in_words(office: Office, wait_until: Wait) -> None:
    screen, form = office.screen, office.presenter.form
    screen.table.selectRow(2)
    screen.edit.click()
    seen = office.presenter.site.camera("C03")
    assert seen is not None
    CameraDesk(office.database).change(ADMINISTRATOR, seen, replace(seen, name="别人改的"))
    screen.workbench.save_button.click()
    wait_until(lambda: "别的席位" in screen.workbench.message.text())
    assert form.step is Step.UNTRIED


def test_removing_asks_once_and_again_when_zones_name_the_camera(office: Office, wait_until: Wait) -> None:
    site = office.presenter.site
    named = replace(site.zones[0], pinned=(site.cameras[2].no,))
    new = replace(site, zones=(named, *site.zones[1:]))
    office.database.write(lambda tx: tx.replace_site(new))
    office.renew()
    screen = office.screen
    screen.table.selectRow(2)
    screen.remove.click()
    assert "C03" in screen.message.text()
    assert QApplication.focusWidget() is screen.keep
    screen.sure.click()
    wait_until(lambda: named.no in screen.message.text())
    screen.sure.click()
    wait_until(lambda: office.database.read(lambda view: view.site()).camera("C03") is None)


def test_a_table_is_shown_before_it_is_taken_and_wrong_rows_keep_it_out(
    office: Office, tmp_path: Path, wait_until: Wait
) -> None:
    add(office)
    page, table = office.screen.workbench.table, office.presenter.table
    bad = tmp_path / "bad.csv"
    bad.write_text("名称,主码流地址\n好,rtsp://10.1.1.1/a\n坏,nothing\n", encoding="utf-8")
    table.read(bad)
    wait_until(lambda: page.list.count() == 2)
    assert "第 3 行" in page.list.item(0).text()
    assert not page.take_all.isEnabled()
    good = tmp_path / "good.csv"
    write_template(good)
    table.read(good)
    wait_until(lambda: page.take_all.isEnabled())
    page.take_all.click()
    wait_until(lambda: "已导入 1" in page.state.text())
    stored = office.database.read(lambda view: view.site()).camera("C25")
    assert stored.name == "操场北"


def test_the_screen_speaks_english_wholly_and_can_be_read_aloud(office: Office, wait_until: Wait) -> None:
    add(office)
    wait_until(lambda: office.screen.workbench.discovery.list.count() == 1)
    speak("en")
    QApplication.processEvents()
    found = set()
    ours = (w for w in office.screen.findChildren(QWidget) if not w.objectName().startswith("Scroll"))
    for widget in ours:
        if isinstance(widget, (QLabel, QAbstractButton)):
            found.add(widget.text())
        if isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
        found |= {widget.toolTip(), widget.accessibleName()}
    assert {text for text in found if HAN.search(text)} == set()
    tabs = office.screen.workbench.tabs
    assert not [tabs.tabText(i) for i in range(tabs.count()) if HAN.search(tabs.tabText(i))]
    assert not [
        cause for cause in Cause if HAN.search(heading(Diagnosis(cause)) + what_next(Diagnosis(cause)))
    ]
    mute = [
        type(widget).__name__
        for widget in office.screen.workbench.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, (QLineEdit, QAbstractButton))
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith(("qt_", "Scroll"))
    ]
    assert mute == []


@pytest.fixture(scope="module")
def kit() -> Iterator[RecorderKit]:
    kit = RecorderKit()
    yield kit
    kit.stop()


def edit_recorder(office: Office, url: str, password: str) -> None:
    office.presenter.choose("C03")
    office.screen.begin(Task.EDIT)
    fields = office.screen.workbench.recorder
    fields.fold.click()
    QTest.keyClicks(fields.url, url)
    QTest.keyClicks(fields.username, CREDENTIAL.username)
    QTest.keyClicks(fields.password, password)


def test_what_lies_on_the_recorder_is_found_before_the_camera_is_saved(
    office: Office, kit: RecorderKit, wait_until: Wait
) -> None:
    edit_recorder(office, kit.onvif_url, CREDENTIAL.password)
    fields, looking = office.screen.workbench.recorder, office.presenter.recorder
    fields.look.click()
    wait_until(lambda: looking.report is not None)
    # 12 s and 10 s of one day with a gap between; the newest key picture that was asked for is at 20 s.
    assert "有 1 天的录像" in fields.answer.text()
    assert "中断 1 处" in fields.answer.text()
    assert "取到了" in fields.answer.text()
    assert fields.channel.count() == 1
    fields.channel.setEditText("recording0")
    assert fields.answer.text() == ""  # another question
    office.presenter.form.save()
    wait_until(lambda: office.presenter.form.step is Step.SAVED)
    office.renew()
    camera = office.presenter.site.camera("C03")
    assert camera is not None
    assert (camera.recorder_url, camera.recorder_channel) == (kit.onvif_url, "recording0")
    assert office.secrets.credential(camera.recorder_credential) == CREDENTIAL
    office.presenter.leave()
    office.screen.begin(Task.EDIT)
    assert (fields.url.text(), fields.username.text()) == (kit.onvif_url, CREDENTIAL.username)
    assert (fields.password.text(), fields.password.placeholderText()) == ("", "不改就留空")


def test_why_a_recorder_tells_nothing_stands_in_the_form(
    office: Office, kit: RecorderKit, wait_until: Wait
) -> None:
    edit_recorder(office, kit.onvif_url, "wrong")
    fields, looking = office.screen.workbench.recorder, office.presenter.recorder
    fields.look.click()
    wait_until(lambda: looking.report is not None)
    assert "不接受用户名或密码" in fields.answer.text()
    assert fields.answer.property("tone") == "bad"
