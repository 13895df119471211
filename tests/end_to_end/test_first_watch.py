"""One alarm from a foreign panel's wire to pictures, a dispatch and every screen, on a real PostgreSQL."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from my_dc09_spt.dc09_spt import dc09_spt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from services.campus.routes import Routes
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.dispatch.desk import DispatchDesk
from services.domain.classes import Priority
from services.domain.facts import DispatchSent
from services.domain.incidents import Dispatch, DispatchState
from services.domain.video import StreamState
from services.sim.people import GuardForce
from services.storage import ChangeFeed, Database
from tests.end_to_end.conftest import Cameras
from tests.end_to_end.sight_lines import cameras_seeing, plan
from tests.end_to_end.watch_kit import HOST, Watch, Workplace, marked_pixels
from tests.waiting import LIMIT_S
from ui.theme import ON_VIDEO

ROOT = Path(__file__).parents[2]
# A force in a hurry: the way there takes seconds instead of a minute.
PACE = 12.0
Wait = Callable[..., Any]


@pytest.fixture
def guards(postgres: str, make_watch: Callable[..., Watch], cameras: Cameras) -> Iterator[Watch]:
    """A watch on PostgreSQL with cameras and a hub process, and guards who walk when they are sent."""
    watch = make_watch(postgres, cameras)
    watch.start_hub()
    clock, bus, routes = SystemClock(), Bus(), Routes(watch.site)
    database = Database(watch.url, clock)
    database.open()
    desk = DispatchDesk(database, clock, routes, watch.site)
    force = GuardForce(database, bus, desk, routes, clock, pace=PACE)
    feed = ChangeFeed(database, bus)
    force.start()
    feed.start(database.read(lambda view: view.board()).seq)
    yield watch
    feed.stop()
    force.stop()
    database.close()


def plated_tiles(workplace: Workplace) -> set[int]:
    """Tiles on which the picture of the wall shows the colour of a P1 plate and frame."""
    wall = workplace.desk.screens.watch_screen.wall
    image = wall.grab().toImage()
    ink = QColor(ON_VIDEO.priority(Priority.P1).mark).rgb() & 0xFFFFFF
    found = set()
    for index in range(wall.tile_count):
        rect = wall.tile_rect(index)
        # The outermost pixels belong to the frame of the neighbour as much as to this tile.
        inner = rect.adjusted(2, 2, -2, -2)
        count = marked_pixels(image, inner.left(), inner.top(), inner.width(), inner.height(), ink)
        if count > 200:
            found.add(index)
    return found


def test_a_panic_button_becomes_pictures_a_dispatch_and_a_record_on_every_screen(
    guards: Watch,
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    record_property: Callable[[str, object], None],
) -> None:
    watch = guards
    campus = plan()
    seers = cameras_seeing(campus, tuple(campus["zones"]["Z01"]["at"]))
    best, second = seers[0], seers[1]
    first, other = sit_down(watch, "wang", "SEAT-1"), sit_down(watch, "li", "SEAT-2", "incidents")
    desk, wall = first.desk, first.desk.screens.watch_screen.wall
    wait_until(lambda: (content := wall.content(0)) is not None and content.feed)
    # The second-best view goes to the middle of the wall; the best one is there already.
    desk.presenters.wall.put_camera(4, second)
    shown = [content.camera_no if (content := wall.content(i)) else "" for i in range(wall.tile_count)]
    assert best in shown
    wait_until(lambda: _is_live(wall, shown.index(best)) and _is_live(wall, 4))

    # a foreign dialler presses the button
    panel = dc09_spt("1001", receiver=1, line=0)
    panel.set_path("main", "primary", HOST, watch.dc09_port, receiver=1, line=0, type="TCP")
    panel.send_msg("ADM-CID", {"code": 120, "zone": 1, "area": 1})
    assert panel.isConnected()
    assert panel.notSent() == 0
    wait_until(lambda: desk.presenters.watch.queue)
    (alarm,) = desk.presenters.watch.queue
    assert list(alarm.feeds) == seers

    # the plate is over the tiles of exactly the cameras that see the place, with live pictures under it
    expected = {index for index, no in enumerate(shown) if no in seers} | {4}
    wait_until(lambda: plated_tiles(first) == expected and all(_is_live(wall, i) for i in expected))
    wait_until(lambda: watch.database.read(lambda v: v.alarms.get(alarm.id)).first_frame_at)

    # F1, F4, Enter
    first.press(Qt.Key.Key_F1)
    wait_until(lambda: desk.live.board.alarms[alarm.id].owner == "wang")
    first.press(Qt.Key.Key_F4)
    wait_until(lambda: desk.screens.panel.isVisible() and desk.presenters.dispatch.chosen)
    chosen = desk.presenters.dispatch.chosen
    assert chosen is not None
    committed_s: list[float] = []
    applied_s: list[float] = []
    end_listening = first.prepared.database.after_commit(lambda _tx: committed_s.append(time.monotonic()))
    other.desk.live.applied.connect(
        lambda facts: applied_s.extend(time.monotonic() for f in facts if isinstance(f, DispatchSent))
    )
    first.press(Qt.Key.Key_Return)
    wait_until(lambda: applied_s)
    end_listening()
    # The first commit after Enter: never later than the dispatch's own.
    delay_s = applied_s[0] - committed_s[0]
    # The 500 ms of the requirement are the benchmark's to measure; a busy test machine records its figure.
    record_property("dispatch_on_second_seat_ms", round(delay_s * 1000, 1))
    logging.getLogger(__name__).info("dispatch on the second seat after %.1f ms", delay_s * 1000)
    assert delay_s >= 0
    (dispatch,) = watch.database.read(lambda view: view.dispatches.running())
    assert (dispatch.guard, dispatch.sent_by) == (chosen.guard.no, "wang")
    (on_second,) = other.desk.live.board.dispatches_of(dispatch.incident)
    assert on_second.dispatch_no == dispatch.dispatch_no

    # the guard walks there, reports, and the feedback closes the order
    passed = _states_passed(other, dispatch, wait_until)
    assert DispatchState.ON_SCENE in passed
    wait_until(lambda: _state(first, dispatch) is DispatchState.DONE)
    card = desk.screens.panel.progress.card(dispatch.id)
    QTest.keyClicks(card.feedback.result, "checked on the spot")
    QTest.keyClick(card.feedback.result, Qt.Key.Key_Return)
    wait_until(lambda: _stored(watch, dispatch).state is DispatchState.CLOSED)

    _check_command_line(watch, dispatch, chosen.guard.no)


def _is_live(wall: Any, index: int) -> bool:
    content = wall.content(index)
    return bool(content and content.feed and content.feed.status().state is StreamState.LIVE)


def _stored(watch: Watch, dispatch: Dispatch) -> Dispatch:
    return watch.database.read(lambda view: view.dispatches.get(dispatch.id))


def _state(workplace: Workplace, dispatch: Dispatch) -> DispatchState | None:
    found = workplace.desk.live.board.dispatches_of(dispatch.incident)
    return next((one.state for one in found if one.id == dispatch.id), None)


def _states_passed(workplace: Workplace, dispatch: Dispatch, wait_until: Wait) -> set[DispatchState]:
    """What the workplace saw until the guard was on scene."""
    seen: set[DispatchState] = set()

    def is_there() -> bool:
        state = _state(workplace, dispatch)
        if state is not None:
            seen.add(state)
        return DispatchState.ON_SCENE in seen

    wait_until(is_there, timeout_s=60)
    return seen


def _check_command_line(watch: Watch, dispatch: Dispatch, guard_no: str) -> None:
    (incident,) = _printed(watch, "incidents", "--json")
    (order,) = incident["dispatches"]
    assert order["dispatch_no"] == dispatch.dispatch_no
    assert (order["guard"], order["state"]) == (guard_no, "closed")
    assert [said["result"] for said in order["feedback"]] == ["checked on the spot"]
    assert incident["owner"] == "wang"
    assert len(incident["timeline"]) >= 3
    (alarm,) = _printed(watch, "alarms", "--json")
    assert alarm["zone"] == "Z01"
    assert alarm["received_at"] <= alarm["displayed_at"] <= alarm["first_frame_at"]
    assert 0 < alarm["linkage_ms"] < 20_000


def _printed(watch: Watch, *arguments: str) -> Any:
    """What the command line prints; the database's address travels in the environment only."""
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, **watch.environment},
        capture_output=True,
        check=True,
        timeout=LIMIT_S,
    )
    return json.loads(done.stdout)
