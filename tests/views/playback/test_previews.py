"""Small pictures over the line of time: none is seen that the audit does not tell of."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtGui import QImage

from services.core.errors import ServiceError
from services.domain.audits import AuditSearch
from services.playback.desk import PlaybackDesk
from services.storage import Database
from tests.services.recording.conftest import AT, clip, database, packets, write_part
from tests.views.playback.test_playback_screen import Room, folder, room, site, tick

__all__ = ["clip", "database", "folder", "packets", "room", "site", "write_part"]
Wait = Callable[..., object]
SECOND = timedelta(seconds=1)
SPAN = (AT, AT + 20 * SECOND)


def looks(database: Database) -> list[tuple[str, str, str]]:
    """Camera and span of each row, in their order."""
    days = timedelta(days=9999)
    search = AuditSearch(AT - days, AT + days, action="recording.previewed")
    rows = reversed(database.read(lambda view: view.audit_rows.page(search, 50)))
    spans = [(row.object, json.loads(row.after)) for row in rows if row.after]
    return [(camera, span["since"], span["until"]) for camera, span in spans]


def look(camera: str, span: tuple[datetime, datetime]) -> tuple[str, str, str]:
    return camera, span[0].isoformat(), span[1].isoformat()


@pytest.fixture
def seen(room: Room) -> list[QImage | None]:
    tick(room, "C01", "C02")
    pictures: list[QImage | None] = []
    room.presenter.previews.came.connect(pictures.append)
    return pictures


def point(
    room: Room,
    seen: list[QImage | None],
    wait_until: Wait,
    at: timedelta,
    camera: str = "C01",
    span: tuple[datetime, datetime] = SPAN,
) -> None:
    before = len(seen)
    room.presenter.previews.ask(camera, AT + at, *span)
    wait_until(lambda: len(seen) > before)


def test_of_a_camera_and_a_span_all_pictures_are_one_row(
    room: Room, database: Database, seen: list[QImage | None], wait_until: Wait
) -> None:
    for s in (1, 3, 5, 3):
        point(room, seen, wait_until, s * SECOND)
    assert len([one for one in seen if one is not None]) == 4
    assert looks(database) == [look("C01", SPAN)]


def test_another_camera_or_another_span_is_another_row(
    room: Room, database: Database, seen: list[QImage | None], wait_until: Wait
) -> None:
    wider = (AT - 3600 * SECOND, AT + 3600 * SECOND)
    point(room, seen, wait_until, SECOND)
    point(room, seen, wait_until, SECOND, camera="C02")
    # Inside what was looked over already: seconds of the same recording.
    point(room, seen, wait_until, 2 * SECOND, span=(AT, AT + 10 * SECOND))
    point(room, seen, wait_until, -1800 * SECOND, span=wider)
    assert looks(database) == [look("C01", SPAN), look("C02", SPAN), look("C01", wider)]


def test_who_comes_back_looks_anew_also_at_pictures_that_were_kept(
    room: Room, database: Database, seen: list[QImage | None], wait_until: Wait
) -> None:
    point(room, seen, wait_until, SECOND)
    room.screen.hide()
    room.screen.show()
    point(room, seen, wait_until, SECOND)
    assert looks(database) == [look("C01", SPAN)] * 2


def test_what_could_not_be_written_down_is_not_shown(
    room: Room, seen: list[QImage | None], wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def full(*args: object) -> None:
        asked.append(args)
        raise ServiceError("storage.unreachable")

    monkeypatch.setattr(PlaybackDesk, "look_over", full)
    for at in (SECOND, 3 * SECOND):
        before = len(asked)
        wait_until(lambda: room.presenter.previews.is_idle)
        room.presenter.previews.ask("C01", AT + at, *SPAN)
        wait_until(lambda one=before: len(asked) > one)
    wait_until(lambda: room.presenter.previews.is_idle)
    assert seen == []
