from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from services.domain.people import Session
from tests.views.seat import OPERATOR, Campus, Seat
from ui.i18n import speak


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    made = Campus(tmp_path)
    yield made
    made.close()


@pytest.fixture
def seat(qapp: QApplication, campus: Campus, wait_until: Callable[..., object]) -> Iterator[Seat]:
    """One operator's presenters, started, without screens."""
    qapp.processEvents()
    made = Seat(campus)
    made.start()
    wait_until(lambda: made.jobs.is_idle)
    yield made
    made.close()


@pytest.fixture
def open_seat(
    qapp: QApplication, campus: Campus, wait_until: Callable[..., object]
) -> Iterator[Callable[..., Seat]]:
    """`open_seat(session=OPERATOR)`: a seat with its window shown and active."""
    seats: list[Seat] = []

    def build(session: Session = OPERATOR) -> Seat:
        made = Seat(campus, session)
        seats.append(made)
        shell = made.open_screens()
        shell.resize(1366, 768)
        shell.show()
        made.start()
        shell.activateWindow()
        wait_until(lambda: made.jobs.is_idle and shell.isActiveWindow())
        return made

    yield build
    for made in seats:
        made.close()
    speak("zh")
    qapp.processEvents()
