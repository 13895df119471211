"""The code on the seat's screen is the link, until the card is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.guard_links import GuardLink, IssuedLink
from services.domain.incidents import Channel, Dispatch, DispatchId, IncidentId
from services.domain.people import Role, Session
from services.domain.site import GuardNo
from ui.jobs import UiJobs
from ui.phones import PhoneCard, PhonePresenter

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
ORDER = Dispatch(
    DispatchId("d1"), "PJ20261124-0001", IncidentId("i1"), "G01", "张三", "速到东门", Channel.APP, "", 12.0,
    "wang", "王某", NOW,
)  # fmt: skip
PRINT = ":".join(f"{number:02X}" for number in range(32))


class Links:
    """Stands for the commands on the record; `said`: what was asked, in order."""

    def __init__(self) -> None:
        self.said: list[tuple[object, ...]] = []
        self.refusal: ServiceError | None = None

    def issue(
        self, session: Session, dispatch_id: str, guard_no: str = "", *, is_for_shift: bool = False
    ) -> IssuedLink:
        if self.refusal is not None:
            raise self.refusal
        self.said.append((session.user, dispatch_id, guard_no, is_for_shift))
        number = len(self.said)
        link = GuardLink(
            f"{number:032x}", GuardNo(guard_no or "G01"), "h", NOW, "wang", "王某", NOW, NOW,
            "" if is_for_shift else dispatch_id,
        )  # fmt: skip
        url = f"https://10.20.30.40:12302/#{link.id}.Ny3wtyflxvj_doSzYRusy8_kmOcJjqKreQ-UBOHU0Ts"
        return IssuedLink(link, url, PRINT)

    def take_back(self, session: Session, guard_no: str) -> int:
        self.said.append((session.user, "back", guard_no))
        return 1


@pytest.fixture
def links() -> Links:
    return Links()


@pytest.fixture
def presenter(qapp: QApplication, links: Links) -> object:
    jobs = Jobs("test-phones", threads=1)
    ui_jobs = UiJobs(jobs, qapp)
    yield PhonePresenter(links, OPERATOR, ui_jobs)
    jobs.stop()
    ui_jobs.deleteLater()


@pytest.fixture
def card(presenter: PhonePresenter, qtbot: object) -> PhoneCard:
    card = PhoneCard(presenter)
    qtbot.addWidget(card)  # type: ignore[attr-defined]
    return card


def read_code(card: PhoneCard) -> str:
    """As a phone's camera reads it off the screen."""
    image = card.code.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    return str(cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels))[0])


def test_the_code_that_a_phone_reads_is_the_link(
    card: PhoneCard, presenter: PhonePresenter, wait_until: Callable[..., object]
) -> None:
    presenter.show(ORDER)
    wait_until(card.isVisible)

    assert read_code(card) == card.link.text()
    assert card.link.text().startswith("https://10.20.30.40:12302/#")
    assert card.print.text().replace("\n", ":") == PRINT
    assert not card.isModal()


def test_a_card_that_is_closed_has_forgotten_the_link(
    card: PhoneCard, presenter: PhonePresenter, wait_until: Callable[..., object]
) -> None:
    presenter.show(ORDER)
    wait_until(card.isVisible)
    card.close()

    assert card.link.text() == ""
    card.show()
    assert read_code(card) == ""


def test_the_whole_shift_is_another_link(
    card: PhoneCard, presenter: PhonePresenter, links: Links, wait_until: Callable[..., object]
) -> None:
    presenter.show(ORDER)
    wait_until(card.isVisible)
    before = card.link.text()
    card.shift.click()
    wait_until(lambda: card.link.text() != before)

    assert links.said == [("wang", "d1", "", False), ("wang", "d1", "G01", True)]
    assert card.shift.isChecked()


def test_each_of_several_who_go_has_a_link_of_their_own(
    card: PhoneCard, presenter: PhonePresenter, links: Links, wait_until: Callable[..., object]
) -> None:
    presenter.show(replace(ORDER, members=("G01", "G02", "G03")))
    wait_until(card.isVisible)
    assert card.member.isVisible()
    card.member.setCurrentText("G03")
    wait_until(lambda: len(links.said) == 2)

    assert links.said[-1] == ("wang", "d1", "G03", False)


def test_what_is_taken_back_closes_the_card(
    card: PhoneCard, presenter: PhonePresenter, links: Links, wait_until: Callable[..., object]
) -> None:
    presenter.show(ORDER)
    wait_until(card.isVisible)
    card.take_back.click()
    wait_until(lambda: not card.isVisible())

    assert links.said[-1] == ("wang", "back", "G01")


def test_a_refusal_is_told_and_opens_nothing(
    card: PhoneCard, presenter: PhonePresenter, links: Links, wait_until: Callable[..., object]
) -> None:
    links.refusal = ServiceError("dispatch.no_guard_page", trouble="")
    refused: list[ServiceError] = []
    presenter.refused.connect(refused.append)
    presenter.show(ORDER)
    wait_until(lambda: refused)

    assert refused == [links.refusal]
    assert not card.isVisible()
