"""Alarms that the shared record cannot take are seen, heard and silenced on the hub's own machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.apart import GRACE_S, ApartWatch, Look
from services.alarms.apart import alarm_apart
from services.alarms.placing import Places
from services.core.clock import ManualClock
from services.domain.alarms import Alarm, AlarmId, AlarmSource, Qualifier, Signal
from services.domain.board import Board
from services.domain.classes import AlarmClass
from services.domain.facts import AlarmRaised
from services.domain.site import Panel, PanelNo, Site, Zone, ZoneKind, ZoneNo
from services.storage.spool import SPOOL_FILE, Kept, Spool
from ui.board import LiveBoard
from ui.queue.words import card_words
from ui.sound_policy import is_sounding
from views.watch.plates import actions_for

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SITE = Site(
    code="test",
    name="测试校区",
    name_en="Test campus",
    width_m=100.0,
    height_m=100.0,
    panels=(Panel(PanelNo("A1"), "1001", "一号主机", "Panel 1", (1.0, 1.0)),),
    zones=tuple(
        Zone(
            ZoneNo(f"Z{number}"),
            PanelNo("A1"),
            number,
            f"{number} 号按钮",
            f"Button {number}",
            ZoneKind.PANIC_BUTTON,
            AlarmClass.PANIC,
            "东门",
            (10.0, float(number)),
        )
        for number in (1, 2)
    ),
)


def pressed(zone: int, second: int = 0, code: str = "120", qualifier: Qualifier = Qualifier.NEW) -> Signal:
    at = AT + timedelta(seconds=second)
    return Signal(AlarmSource.DC09, "1001", code, zone, qualifier, at, f"{code}-{zone}-{second}")


class Seat:
    """A board, a spool beside it, and a clock that stands until it is moved."""

    def __init__(self, folder: Path) -> None:
        self.spool = Spool(folder / SPOOL_FILE)
        self.spool.open()
        self.clock = ManualClock(AT)
        self.live = LiveBoard(Board())
        self._parent = QObject()
        self.watch = ApartWatch(folder / SPOOL_FILE, lambda: SITE, self.live, self.clock, self._parent)

    def alarms(self) -> list[Alarm]:
        return self.live.board.queue()

    def stop(self) -> None:
        self.watch.stop()
        self.spool.close()


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    assert qtbot is not None
    seat = Seat(tmp_path)
    yield seat
    seat.stop()


Wait = Callable[..., object]


def test_a_kept_panic_is_on_the_board_sounds_and_says_that_it_is_not_shared(
    seat: Seat, wait_until: Wait
) -> None:
    seat.spool.keep([pressed(1)])
    seat.watch.look()
    wait_until(seat.alarms)
    (alarm,) = seat.alarms()
    assert (alarm.name, alarm.priority, alarm.is_shared) == ("1 号按钮", 1, False)
    assert is_sounding(alarm)
    assert "尚未共享" in card_words(alarm).state
    assert actions_for(alarm, "wang") == ("silence",)


def test_a_repeat_is_counted_and_a_restore_raises_nothing(seat: Seat, wait_until: Wait) -> None:
    seat.spool.keep([pressed(1), pressed(1, 5), pressed(2, 6), pressed(2, 7, qualifier=Qualifier.RESTORE)])
    seat.watch.look()
    wait_until(lambda: len(seat.alarms()) == 2)
    assert [alarm.occurrence_count for alarm in seat.alarms()] == [2, 1]


def test_what_is_found_active_is_shown_unless_the_board_knows_it_as_active(
    seat: Seat, wait_until: Wait
) -> None:
    """Contact ID 6, SIA O blocks, retained messages, contacts that a new hub finds closed."""
    seat.spool.keep([pressed(1), pressed(1, 1, qualifier=Qualifier.STILL)])
    seat.spool.keep([pressed(2, 2, qualifier=Qualifier.STILL), pressed(2, 3, qualifier=Qualifier.STILL)])
    seat.watch.look()
    wait_until(lambda: len(seat.alarms()) == 2)
    assert [(one.name, one.occurrence_count) for one in seat.alarms()] == [("1 号按钮", 1), ("2 号按钮", 1)]
    assert all(map(is_sounding, seat.alarms()))


@pytest.mark.parametrize("is_active", [True, False])
def test_what_is_found_active_is_compared_with_what_is_shared(
    seat: Seat, wait_until: Wait, *, is_active: bool
) -> None:
    apart = alarm_apart(Kept(1, pressed(1)), Places(SITE, lambda _zone: ()))
    assert apart is not None
    seat.live.apply([AlarmRaised(replace(apart, id=AlarmId("real"), source_active=is_active))])
    seat.spool.keep([pressed(1, 5, qualifier=Qualifier.STILL), pressed(2, 6)])
    seat.watch.look()
    wait_until(lambda: "2 号按钮" in {alarm.name for alarm in seat.alarms()})
    assert len(seat.alarms()) == (2 if is_active else 3)


def test_it_stays_until_the_shared_alarm_is_there(seat: Seat, wait_until: Wait) -> None:
    seat.spool.keep([pressed(1)])
    seat.watch.look()
    wait_until(seat.alarms)
    (apart,) = seat.alarms()
    seat.spool.forget(seat.spool.first(1))
    seat.watch.look()
    wait_until(lambda: not seat.watch.is_looking)
    assert seat.alarms() == [apart]

    shared = replace(apart, id=AlarmId("real"), event_no="BJ20261124-0001")
    seat.live.apply([AlarmRaised(shared)])
    seat.watch.look()
    wait_until(lambda: seat.alarms() == [shared])


def test_one_whose_shared_alarm_never_comes_goes_after_a_grace(seat: Seat, wait_until: Wait) -> None:
    seat.spool.keep([pressed(1)])
    seat.watch.look()
    wait_until(seat.alarms)
    seat.spool.forget(seat.spool.first(1))
    seat.watch.look()
    wait_until(lambda: not seat.watch.is_looking)
    seat.clock.advance(GRACE_S + 1)
    seat.watch.look()
    wait_until(lambda: seat.alarms() == [])


def test_a_damaged_spool_that_was_replaced_under_a_running_seat_shows_what_is_new_and_counts_nothing_twice(
    seat: Seat, tmp_path: Path, wait_until: Wait
) -> None:
    file = tmp_path / SPOOL_FILE
    seat.spool.keep([replace(pressed(1, second), raw="x" * 3000) for second in range(50)])
    seat.watch.look()
    wait_until(lambda: [alarm.occurrence_count for alarm in seat.alarms()] == [50])
    seat.spool.close()
    content = bytearray(file.read_bytes())
    content[25 * 4096 : 26 * 4096] = b"\xff" * 4096
    file.write_bytes(content)

    assert seat.spool.open() is not None
    assert seat.spool.count > 40
    seat.spool.keep([pressed(2, 1000)])
    seat.watch.look()
    wait_until(lambda: len(seat.alarms()) == 2)
    assert [(one.name, one.occurrence_count) for one in seat.alarms()] == [("1 号按钮", 50), ("2 号按钮", 1)]


def test_thousands_that_come_into_the_record_at_once_do_not_hold_up_the_screens(seat: Seat) -> None:
    """6000 alarms compared each with each took 2.5 s of the GUI thread; 0.1 s is one look at each."""
    places = Places(SITE, lambda _zone: ())
    found = (alarm_apart(Kept(seq, pressed(100 + seq)), places) for seq in range(1, 6001))
    alarms = [alarm for alarm in found if alarm is not None]
    seat.watch._show(Look(1, 6000, tuple(alarms)))
    assert len(seat.alarms()) == 6000
    shared = [replace(alarm, id=AlarmId(f"real{n}")) for n, alarm in enumerate(alarms)]
    seat.live.apply([AlarmRaised(alarm) for alarm in shared])
    began_s = time.thread_time()
    seat.watch._show(Look(0, 6000, ()))
    took_s = time.thread_time() - began_s
    assert {alarm.id for alarm in seat.alarms()} == {alarm.id for alarm in shared}
    assert took_s < 0.6
