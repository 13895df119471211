"""A fresh installation without a site: every screen says what to do next."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from services.domain.site import Site
from tests.views.seat import Seat
from ui.no_site import NoSiteNote
from views.incidents.screen import IncidentsScreen
from views.map.presenter import MapPresenter
from views.map.screen import MapScreen
from views.watch.screen import WatchScreen

NO_SITE = Site("", "", "", 100.0, 100.0)


def has_note(screen: QWidget, qtbot: QtBot) -> bool:
    qtbot.addWidget(screen)
    screen.show()
    return any(note.isVisible() for note in screen.findChildren(NoSiteNote))


@pytest.mark.parametrize("is_imported", [False, True])
def test_every_screen_names_the_command_until_a_site_is_there(
    seat: Seat, qtbot: QtBot, is_imported: bool
) -> None:
    site = seat.campus.site if is_imported else NO_SITE
    screens = [
        WatchScreen(seat.watch, site),
        MapScreen(MapPresenter(seat.live, site)),
        IncidentsScreen(seat.incidents, has_site=is_imported),
    ]
    assert [has_note(screen, qtbot) for screen in screens] == [not is_imported] * 3
