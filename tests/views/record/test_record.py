"""The record screen: signals with their way, standing orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from services.alarms.limits import LimitDesk
from services.alarms.record import SignalRecord
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.notices import Rung
from services.domain.people import Role, Session, User
from tests.views.seat import OPERATOR, Campus, Seat
from ui.i18n import speak
from views.record.clocks_presenter import ClocksPresenter
from views.record.presenter import RecordPresenter
from views.record.screen import CLOCKS, ORDERS, SIGNALS, RecordScreen

Wait = Callable[..., object]
LEADER = Session("zhao", "赵班长", Role.SHIFT_LEADER, "SEAT-3")


class Kit:
    def __init__(self, campus: Campus, seat: Seat, session: Session) -> None:
        self.presenter = RecordPresenter(SignalRecord(campus.database), campus.orders, session, seat.jobs)
        self.refused: list[ServiceError] = []
        self.presenter.refused.connect(self.refused.append)
        self.clocks = ClocksPresenter(LimitDesk(campus.database), session, seat.jobs)
        self.screen = RecordScreen(self.presenter, self.clocks)
        self.screen.resize(970, 640)


@pytest.fixture
def open_record(qapp: QApplication, campus: Campus, seat: Seat) -> Iterator[Callable[..., Kit]]:
    made: list[Kit] = []

    def build(session: Session = LEADER) -> Kit:
        kit = Kit(campus, seat, session)
        made.append(kit)
        kit.screen.show()
        return kit

    yield build
    speak("zh")
    for kit in made:
        kit.screen.close()
        kit.screen.deleteLater()
    qapp.processEvents()


def send(campus: Campus, code: str, zone: int, account: str, qualifier: Qualifier = Qualifier.NEW) -> str:
    signal = Signal(
        source=AlarmSource.DC09,
        account=account,
        code=code,
        zone=zone,
        qualifier=qualifier,
        received_at=campus.clock.now(),
        fingerprint=f"{account}-{code}-{zone}-{qualifier}",
    )
    return campus.center.receive([signal])[0].alarm


@pytest.mark.parametrize(
    ("code", "zone", "qualifier", "says"),
    [
        ("130", 11, Qualifier.NEW, "成为新报警"),
        ("130", 11, Qualifier.RESTORE, "只记录"),
        ("401", 1, Qualifier.NEW, "不是报警代码"),
        ("130", 888, Qualifier.NEW, "没有对应的防区"),
    ],
)
def test_every_signal_tells_why_it_came_up_or_not(
    campus: Campus,
    open_record: Callable[..., Kit],
    wait_until: Wait,
    code: str,
    zone: int,
    qualifier: Qualifier,
    says: str,
) -> None:
    account = next(p.account for p in campus.site.panels if p.no == campus.site.zone("Z11").panel)
    send(campus, code, zone, account, qualifier)
    kit = open_record()
    kit.screen.show_page(SIGNALS)
    page = kit.screen.signals
    wait_until(lambda: page.table.rowCount() == 1)
    page.table.selectRow(0)
    wait_until(lambda: says in page.way.toPlainText())
    assert kit.refused == []


def test_signals_are_filtered_by_account_and_outcome(
    campus: Campus, open_record: Callable[..., Kit], wait_until: Wait
) -> None:
    send(campus, "130", 1, "7777")
    campus.ring("Z11")
    kit = open_record()
    kit.screen.show_page(SIGNALS)
    page = kit.screen.signals
    wait_until(lambda: page.table.rowCount() == 2)
    page.account.setText("777")
    page.search()
    wait_until(lambda: page.table.rowCount() == 1)
    page.outcome.setCurrentIndex(page.outcome.findData("recorded"))
    page.search()
    wait_until(lambda: not page.empty.isHidden())


def test_older_signals_come_page_by_page(
    campus: Campus, open_record: Callable[..., Kit], wait_until: Wait
) -> None:
    now = campus.clock.now()
    signals = [
        Signal(AlarmSource.DC09, "1001", "401", 1, Qualifier.NEW, now - timedelta(seconds=n), f"f{n}")
        for n in range(130)
    ]
    campus.center.receive(signals)
    kit = open_record()
    kit.screen.show_page(SIGNALS)
    page = kit.screen.signals
    wait_until(lambda: page.table.rowCount() == 100 and page.more_button.isVisible())
    page.more_button.click()
    wait_until(lambda: page.table.rowCount() == 130)
    assert not page.more_button.isVisible()


def test_a_leader_lays_down_who_is_told_and_sees_who_was(
    campus: Campus, open_record: Callable[..., Kit], wait_until: Wait
) -> None:
    campus.database.write(lambda tx: tx.users.add(User("zhao", "赵班长", Role.SHIFT_LEADER), "x"))
    kit = open_record()
    kit.screen.show_page(ORDERS)
    page = kit.screen.orders
    page.users[Rung.SHIFT_LEADER].setText("zhao，zhao")
    page.calls[Rung.COLLEGE_LEADER].setText("张院长 138")
    page.again.setValue(45)
    page.save()
    wait_until(page.message.text)
    orders = campus.orders.read()
    assert (orders.rung(1).users, orders.rung(3).call, orders.sound_again_s) == (
        ("zhao",),
        "张院长 138",
        45.0,
    )
    alarm_id = campus.ring("Z01")
    ResponseClocks(campus.database, ManualClock(campus.clock.now() + timedelta(seconds=21))).tick()
    kit.presenter.read_orders()
    wait_until(lambda: page.table.rowCount() == 1)
    assert page.table.item(0, 3).text() == "zhao"
    assert campus.database.read(lambda view: view.notices.of(alarm_id))


def test_an_operator_reads_the_orders_and_changes_nothing(
    open_record: Callable[..., Kit], wait_until: Wait
) -> None:
    kit = open_record(OPERATOR)
    kit.screen.show_page(ORDERS)
    wait_until(lambda: kit.screen.orders.again.value() == 30)
    assert not kit.screen.orders.save_button.isVisible()
    assert not kit.screen.orders.again.isEnabled()


def test_the_screen_speaks_english(campus: Campus, open_record: Callable[..., Kit], wait_until: Wait) -> None:
    from tests.ui.test_i18n import HAN

    campus.ring("Z11")
    kit = open_record()
    wait_until(lambda: kit.presenter.signals)
    speak("en")
    QApplication.processEvents()
    for page in (SIGNALS, ORDERS, CLOCKS):
        assert not HAN.search(kit.screen.pages.tabText(page))
