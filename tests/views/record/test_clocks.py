"""The page of response limits: shown, typed as people say it, saved by who may, overwriting nobody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtWidgets import QApplication

from services.alarms.limits import LimitDesk
from services.core.errors import ServiceError
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS, ClockField
from services.domain.notices import Rung
from services.domain.people import Role, Session
from tests.views.seat import Campus, Seat
from ui.i18n import speak
from views.record.clocks_page import ClocksPage
from views.record.clocks_presenter import ClocksPresenter

Wait = Callable[..., object]
BOSS = Session("boss", "保卫处长", Role.SUPERVISOR, "SEAT-9")
OPERATOR = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")


@dataclass
class Kit:
    desk: LimitDesk
    presenter: ClocksPresenter
    page: ClocksPage
    refused: list[ServiceError] = field(default_factory=list)

    def put(self, priority: Priority, column: ClockField | Rung, seconds: int) -> None:
        self.page.boxes[priority, column].setValue(seconds)

    def text(self, priority: Priority, column: ClockField | Rung) -> str:
        return self.page.boxes[priority, column].text()


@pytest.fixture
def open_page(qapp: QApplication, campus: Campus, seat: Seat) -> Iterator[Callable[..., Kit]]:
    made: list[Kit] = []

    def build(session: Session = BOSS) -> Kit:
        desk = LimitDesk(campus.database)
        presenter = ClocksPresenter(desk, session, seat.jobs)
        kit = Kit(desk, presenter, ClocksPage(presenter))
        presenter.refused.connect(kit.refused.append)
        kit.page.resize(970, 400)
        kit.page.show()
        made.append(kit)
        return kit

    yield build
    speak("zh")
    for kit in made:
        kit.page.close()
        kit.page.deleteLater()
        kit.presenter.deleteLater()
    qapp.processEvents()


def test_the_limits_in_force_are_shown_as_people_say_them(
    open_page: Callable[..., Kit], qapp: QApplication
) -> None:
    kit = open_page()
    p1 = [kit.text(Priority.P1, column) for column in (ClockField.CLAIM, *Rung, ClockField.ARRIVE)]
    assert p1 == ["10 秒", "20 秒", "60 秒", "3 分", "3 分"]
    assert kit.text(Priority.P4, Rung.SHIFT_LEADER) == "8 时"
    assert kit.text(Priority.P4, ClockField.SIGN) == "不限"
    speak("en")
    qapp.processEvents()
    assert kit.text(Priority.P4, Rung.SHIFT_LEADER) == "8 h"


def test_what_is_typed_and_saved_is_laid_down(open_page: Callable[..., Kit], wait_until: Wait) -> None:
    kit = open_page()
    kit.put(Priority.P1, ClockField.CLAIM, 15)
    kit.put(Priority.P2, Rung.SECURITY_OFFICE, 0)
    kit.page.save_button.click()
    wait_until(kit.page.message.text)
    p1, p2 = DEFAULT_CLOCKS[Priority.P1], DEFAULT_CLOCKS[Priority.P2]
    assert kit.refused == []
    assert kit.desk.read() == DEFAULT_CLOCKS | {
        Priority.P1: replace(p1, claim_s=15.0),
        Priority.P2: replace(p2, escalate_s=(60.0,)),
    }


def test_no_box_lets_claiming_or_the_first_notice_be_switched_off(open_page: Callable[..., Kit]) -> None:
    kit = open_page()
    for priority in Priority:
        for column in (ClockField.CLAIM, Rung.SHIFT_LEADER):
            kit.put(priority, column, 0)
            assert kit.page.boxes[priority, column].value() == 5


def test_a_refused_table_says_what_is_wrong_and_keeps_what_was_typed(
    open_page: Callable[..., Kit], wait_until: Wait
) -> None:
    kit = open_page()
    kit.put(Priority.P1, Rung.SECURITY_OFFICE, 20)
    kit.page.save_button.click()
    wait_until(lambda: kit.refused)
    assert kit.page.message.text() == "P1 的升级通知要一级比一级晚，没有保存。请改正。"
    assert kit.text(Priority.P1, Rung.SECURITY_OFFICE) == "20 秒"


def test_what_another_laid_down_meanwhile_is_read_and_not_overwritten(
    open_page: Callable[..., Kit], wait_until: Wait
) -> None:
    kit = open_page()
    changed: list[bool] = []
    kit.presenter.changed.connect(lambda: changed.append(True))
    others = DEFAULT_CLOCKS | {Priority.P3: replace(DEFAULT_CLOCKS[Priority.P3], claim_s=240.0)}
    kit.desk.lay_down(BOSS, DEFAULT_CLOCKS, others)
    kit.put(Priority.P1, ClockField.CLAIM, 15)
    kit.page.save_button.click()
    wait_until(lambda: changed)
    assert [error.code for error in kit.refused] == ["storage.conflict"]
    assert kit.desk.read() == others
    assert kit.text(Priority.P1, ClockField.CLAIM) == "15 秒"


def test_an_operator_sees_the_limits_and_changes_none(open_page: Callable[..., Kit]) -> None:
    kit = open_page(OPERATOR)
    assert kit.page.save_button.isHidden()
    assert not any(box.isEnabled() for box in kit.page.boxes.values())
