"""From the record of alarms to what the cameras recorded at that second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.alarms.center import AlarmCenter
from services.campus.sight import Sight
from services.core.clock import SystemClock
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.people import Role
from services.identity import Accounts
from tests.end_to_end.watch_kit import PASSWORD, Watch, Workplace
from tests.passwords import QUICK
from views.playback.presenter import PlaybackPresenter
from views.record.screen import RecordScreen

Wait = Callable[..., object]
# Its beam is seen by cameras; the panel's account is read from the site.
ZONE = "Z11"
INTRUSION, OPENED = "130", "401"


@pytest.fixture
def watch(qapp: QApplication, data_dir: Path, expected_log: Callable[..., None]) -> Iterator[Watch]:
    qapp.processEvents()
    expected_log("sound.no_device", "video.refused")
    made = Watch(data_dir)
    accounts = Accounts(made.database, passwords=QUICK)
    accounts.create(made.log_in("admin", "OFFICE"), "zhou", "周处长", Role.SUPERVISOR, PASSWORD)
    yield made
    made.close()


@pytest.fixture
def open_record(watch: Watch) -> Iterator[Callable[[str], tuple[Workplace, RecordScreen]]]:
    made: list[Workplace] = []

    def build(user: str) -> tuple[Workplace, RecordScreen]:
        workplace = Workplace(watch, user, "SEAT-1")
        made.append(workplace)
        workplace.open("record")
        return workplace, workplace.desk.screens.record_screen

    yield build
    for workplace in made:
        workplace.close()


def signal(watch: Watch, code: str, at: datetime) -> None:
    zone = watch.site.zone(ZONE)
    assert zone is not None
    account = next(panel.account for panel in watch.site.panels if panel.no == zone.panel)
    centre = AlarmCenter(watch.database, SystemClock(), watch.site, Sight(watch.site).feeds_for)
    centre.receive(
        [Signal(AlarmSource.DC09, account, code, zone.number, Qualifier.NEW, at, f"{code}-{at.isoformat()}")]
    )


def choose(screen: RecordScreen, row: int, wait_until: Wait) -> None:
    page = screen.signals
    wait_until(lambda: page.table.rowCount() > row)
    page.table.selectRow(row)
    wait_until(page.playback_button.isEnabled)


def shown(playback: PlaybackPresenter) -> tuple[list[str], datetime]:
    return list(playback.cameras), playback.playback.now()


def test_a_signal_of_the_record_is_watched_at_its_own_second_with_the_alarm_s_cameras(
    watch: Watch, open_record: Callable[[str], tuple[Workplace, RecordScreen]], wait_until: Wait
) -> None:
    """It rang twice: the second time is another picture than the first."""
    first = SystemClock().now() - timedelta(hours=2)
    again = first + timedelta(minutes=7)
    for at in (first, again):
        signal(watch, INTRUSION, at)
    workplace, screen = open_record("zhou")
    playback = workplace.desk.presenters.playback
    choose(screen, 0, wait_until)
    screen.signals.playback_button.click()
    (alarm,) = watch.database.read(lambda view: view.alarms.open())
    cameras, at = shown(playback)
    assert (cameras, len(alarm.feeds) > 0) == ([str(no) for no in alarm.feeds][:4], True)
    assert again <= at < again + timedelta(seconds=30)

    workplace.desk.shell.show_screen("record")
    choose(screen, 1, wait_until)
    QTest.keyClick(workplace.desk.shell, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    # Else Qt holds Shift down for whatever test comes next.
    QTest.keyRelease(workplace.desk.shell, Qt.Key.Key_Shift)
    assert workplace.desk.screens.playback_screen.isVisible()
    assert first <= shown(playback)[1] < first + timedelta(seconds=30)


def test_a_signal_that_raised_nothing_is_watched_by_the_cameras_of_its_zone(
    watch: Watch, open_record: Callable[[str], tuple[Workplace, RecordScreen]], wait_until: Wait
) -> None:
    at = SystemClock().now() - timedelta(hours=1)
    signal(watch, OPENED, at)
    workplace, screen = open_record("zhou")
    choose(screen, 0, wait_until)
    screen.signals.ask_playback()
    zone = watch.site.zone(ZONE)
    assert zone is not None
    seeing = [str(no) for no in Sight(watch.site).feeds_for(zone)][:4]
    playback = workplace.desk.presenters.playback
    wait_until(lambda: list(playback.cameras) == seeing != [])
    assert at <= shown(playback)[1] < at + timedelta(seconds=30)


def test_who_may_not_review_is_offered_no_recording(
    watch: Watch, open_record: Callable[[str], tuple[Workplace, RecordScreen]], wait_until: Wait
) -> None:
    signal(watch, INTRUSION, SystemClock().now() - timedelta(hours=1))
    _workplace, screen = open_record("wang")
    wait_until(lambda: screen.signals.table.rowCount() == 1)
    assert not screen.signals.playback_button.isVisible()
