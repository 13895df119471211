from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QImage,
    QPaintEvent,
)
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.classes import Priority
from services.domain.video import Economy, FeedStatus, StreamState
from tests.ui.pictures import START_AT, HandFeed
from ui.theme import Size, font, tokens
from ui.tiles.details import detail_parts, wrapped
from ui.tiles.feed import AlarmPlate, TileContent
from ui.tiles.layout import LAYOUTS, grid, letterbox
from ui.tiles.paint import TileWords, age_text, clock_text, header_text, lines_within
from ui.tiles.plate import PlateWords, button_texts, plate_boxes, pulse_thickness
from ui.tiles.tile import Tile
from ui.tiles.wall import WallSurface, camera_mime

BLUE_BGR = (200, 60, 40)
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def look(wall: WallSurface, clock: ManualClock) -> Callable[[], QImage]:
    """One turn of the wall's timer after half a second, and what is then on the screen."""

    def take() -> QImage:
        clock.advance(0.5)
        wall.tick()
        return wall.grab().toImage()

    return take


class PaintedRegions(WallSurface):
    """A wall that remembers which parts of it were painted."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__(clock=clock)
        self.painted: list[QRect] = []
        self.turns_since_paint = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(event.region().boundingRect())
        self.turns_since_paint = 0
        super().paintEvent(event)

    def tick(self) -> None:
        self.turns_since_paint += 1
        super().tick()

    def is_quiet(self) -> bool:
        return bool(self.painted) and self.turns_since_paint > 3


def plate(alarm_id: str = "a1", priority: Priority = Priority.P1, **more: object) -> AlarmPlate:
    given: dict[str, object] = {"class_text": "一键报警", "place": "东门岗亭", "received_at": START_AT}
    return AlarmPlate(alarm_id, priority, **(given | more))  # type: ignore[arg-type]


def live_tile(wall: WallSurface, index: int = 0, camera_no: str = "C01") -> HandFeed:
    feed = HandFeed()
    wall.set_tile(index, TileContent(camera_no, "东门", feed, "子码流"))
    return feed


def colours_in(image: QImage, wall: WallSurface, index: int) -> set[tuple[int, int, int]]:
    rect = wall.tile_rect(index)
    step = 3
    return {
        image.pixelColor(x, y).getRgb()[:3]  # type: ignore[misc]
        for x in range(rect.x(), rect.right(), step)
        for y in range(rect.y(), rect.bottom(), step)
    }


def test_a_live_picture_is_shown_in_its_own_colours(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall).put(BLUE_BGR, clock.monotonic())
    middle = wall.tile_rect(0).center()
    assert look().pixelColor(middle).getRgb()[:3] == (40, 60, 200)


@pytest.mark.parametrize(
    "state",
    [StreamState.OFFLINE, StreamState.RECONNECTING, StreamState.CONNECTING, StreamState.FROZEN],
)
def test_a_picture_that_is_not_live_keeps_no_colour(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage], state: StreamState
) -> None:
    feed = live_tile(wall)
    feed.put(BLUE_BGR, clock.monotonic())
    look()
    feed.become(state, 12.0, "video.unreachable")
    image = look()
    assert (40, 60, 200) not in colours_in(image, wall, 0)
    below_words = wall.tile_rect(0).center() + QPoint(0, 100)
    shades = {image.pixelColor(below_words + QPoint(dx, 0)).getRgb()[:3] for dx in range(40)}
    assert all(max(shade) - min(shade) < 12 for shade in shades)
    assert len(shades) > 1, "hatching is missing"


def test_a_late_picture_stays_and_wears_an_amber_frame(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    feed = live_tile(wall)
    feed.put(BLUE_BGR, clock.monotonic())
    look()
    feed.become(StreamState.LATE, 2.4)
    seen = colours_in(look(), wall, 0)
    assert QColor(tokens().video_warn).getRgb()[:3] in seen
    assert (40, 60, 200) in seen


@pytest.mark.parametrize(
    ("state", "ink"),
    [
        (StreamState.BLACK, "video_black"),
        (StreamState.COVERED, "video_covered"),
        (StreamState.MOVED, "video_moved"),
        (StreamState.RECORDED, "video_recorded"),
    ],
)
def test_a_picture_not_to_be_trusted_stays_and_wears_its_own_band(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage], state: StreamState, ink: str
) -> None:
    feed = live_tile(wall)
    feed.put(BLUE_BGR, clock.monotonic())
    look()
    feed.become(state, 0.1)
    seen = colours_in(look(), wall, 0)
    assert QColor(getattr(tokens(), ink)).getRgb()[:3] in seen
    assert (40, 60, 200) in seen


def test_a_frozen_tile_says_for_how_long_its_content_has_not_changed(
    wall: WallSurface, look: Callable[[], QImage]
) -> None:
    feed = live_tile(wall)
    feed.become(StreamState.FROZEN, 75.0)
    look()
    assert header_text(wall._tiles[0], wall._words) == "画面定格  1:15"


@pytest.mark.parametrize("side", [2, 8], ids=["4 tiles", "64 tiles"])
def test_no_part_of_the_details_is_cut_off(wall: WallSurface, look: Callable[[], QImage], side: int) -> None:
    wall.resize(1280, 720)
    wall.set_layout(side, side)
    live_tile(wall)
    wall.show_details(True)
    look()
    tile = wall._tiles[0]
    parts = detail_parts(tile, wall._words)
    metrics = QFontMetrics(font(Size.TEXT_XS))
    lines = wrapped(parts, metrics, tile.body.width() - 12)
    assert all(metrics.horizontalAdvance(line) <= tile.body.width() - 12 for line in lines)
    assert 4 + 15 * len(lines) <= tile.body.height()
    assert [part for line in lines for part in line.split("  ")] == parts


def test_the_picture_of_another_camera_is_never_left_on_the_tile(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall).put(BLUE_BGR, clock.monotonic())
    look()
    live_tile(wall, 0, "C02")
    assert (40, 60, 200) not in colours_in(look(), wall, 0)


def test_the_same_camera_keeps_its_picture_while_its_stream_changes(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall).put(BLUE_BGR, clock.monotonic())
    look()
    live_tile(wall)
    assert (40, 60, 200) in colours_in(look(), wall, 0)


def test_what_is_past_is_not_left_on_a_tile_that_becomes_live_again(
    wall: WallSurface, look: Callable[[], QImage]
) -> None:
    live, past = HandFeed(), HandFeed(StreamState.RECORDED)
    past.put(BLUE_BGR, arrived_s=0.0)
    wall.set_tile(0, TileContent("C01", "东门", past, behind="−0:30"))
    blue = (BLUE_BGR[2], BLUE_BGR[1], BLUE_BGR[0])
    assert blue in colours_in(look(), wall, 0)
    wall.set_tile(0, TileContent("C01", "东门", live))
    assert blue not in colours_in(look(), wall, 0)


def test_a_recorded_tile_says_how_far_it_lies_behind() -> None:
    tile = Tile()
    tile.show(TileContent("C01", "东门", HandFeed(StreamState.RECORDED), behind="−0:30"))
    tile.status = FeedStatus(StreamState.RECORDED)
    words = TileWords(states={StreamState.RECORDED: "录像"})
    assert header_text(tile, words) == "录像 −0:30"
    tile.status = FeedStatus(StreamState.LIVE, 0.1)
    assert "−0:30" not in header_text(tile, words)


@pytest.mark.usefixtures("qapp")
def test_a_reason_goes_over_as_many_lines_as_it_needs() -> None:
    reason, face = "The camera refused: check power and network.", font(Size.TEXT_S)
    whole_px = QFontMetrics(face).horizontalAdvance(reason)
    lines = lines_within(reason, face, whole_px // 2)
    assert len(lines) >= 2
    assert " ".join(lines) == reason
    assert all(QFontMetrics(face).horizontalAdvance(line) <= whole_px // 2 for line in lines)
    assert lines_within(reason, face, whole_px + 1) == [reason]


def test_one_timer_drives_all_tiles_and_stops_when_nobody_looks(wall: WallSurface) -> None:
    wall.set_layout(5, 5)
    timers = [timer for timer in wall.findChildren(QTimer) if timer.isActive()]
    assert len(timers) == 1
    wall.hide()
    assert not timers[0].isActive()


def test_feeds_are_told_how_large_they_are_shown(wall: WallSurface) -> None:
    feed = live_tile(wall)
    quarter = feed.asked[-1]
    wall.show_single(0)
    whole = feed.asked[-1]
    wall.show_single(None)
    assert whole[0] > 1.9 * quarter[0]
    assert feed.asked[-1] == quarter


def test_a_camera_on_two_tiles_comes_as_large_as_the_larger_of_them(wall: WallSurface) -> None:
    large, small = LAYOUTS["1+7"], TileContent("C01", "热点 · 东门", HandFeed())
    wall.arrange(large, [TileContent("C01", "东门", small.feed), small, *(None,) * 6])
    assert isinstance(small.feed, HandFeed)
    first = wall.tile_rect(0)
    assert first.width() > 2 * wall.tile_rect(1).width()
    assert small.feed.asked[-1][0] == first.width()
    wall.set_tile(1, small)
    assert small.feed.asked[-1][0] == first.width()


def test_a_stream_that_another_place_has_asked_for_in_less_is_asked_for_again(
    wall: WallSurface, clock: ManualClock
) -> None:
    feed = live_tile(wall)
    wanted = feed.asked[-1]
    feed.put(BLUE_BGR, clock.monotonic(), (64, 36))
    feed.ask_size(64, 36)
    clock.advance(2.0)
    wall.tick()
    assert feed.asked[-1] == wanted

    # The picture fits the tile now, or is all that the camera has: nothing more to ask for.
    for size_px in ((wanted[0], wanted[0] * 9 // 16), (640, 360)):
        feed.put(BLUE_BGR, clock.monotonic(), size_px)
        feed.ask_size(1, 1)
        clock.advance(2.0)
        wall.tick()
        assert feed.asked[-1] == (1, 1)


def test_an_alarm_puts_a_plate_and_a_frame_over_its_camera_only(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall, 0, "C01").put(BLUE_BGR, clock.monotonic())
    live_tile(wall, 1, "C02").put(BLUE_BGR, clock.monotonic())
    wall.set_alarms({"C01": plate()})
    image = look()
    red = {QColor(tokens().p1.fill).getRgb()[:3], QColor(tokens().p1.mark).getRgb()[:3]}
    assert red <= colours_in(image, wall, 0)
    assert not red & colours_in(image, wall, 1)


def test_the_most_urgent_of_several_alarms_is_on_top(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall).put(BLUE_BGR, clock.monotonic())
    wall.set_alarms({"C01": (plate("a3", Priority.P3), plate("a1", Priority.P1))})
    seen = colours_in(look(), wall, 0)
    assert QColor(tokens().p1.fill).getRgb()[:3] in seen
    assert QColor(tokens().p3.fill).getRgb()[:3] not in seen


def test_an_unclaimed_alarm_pulses_and_a_claimed_one_stands_still(wall: WallSurface) -> None:
    rect = wall.rect()
    waiting = {pulse_thickness(rect, plate(), second / 20) for second in range(40)}
    owned = {pulse_thickness(rect, plate(is_claimed=True), second / 20) for second in range(40)}
    assert len(waiting) > 2
    assert len(owned) == 1


def test_each_alarm_reports_its_first_plate_once(wall: WallSurface, look: Callable[[], QImage]) -> None:
    told: list[str] = []
    wall.plate_painted.connect(lambda alarm_id, _s: told.append(alarm_id))
    live_tile(wall)
    wall.set_alarms({"C01": (plate("a1"), plate("a2", Priority.P2))})
    look()
    look()
    assert sorted(told) == ["a1", "a2"]


def test_only_a_live_picture_newer_than_the_alarm_counts_as_first_picture(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    told: list[tuple[str, float]] = []
    wall.picture_painted_under_alarm.connect(lambda alarm_id, at_s: told.append((alarm_id, at_s)))
    feed = live_tile(wall)
    feed.put(BLUE_BGR, clock.monotonic())
    clock.advance(1)
    wall.set_alarms({"C01": plate()})
    look()
    assert told == [], "the picture is older than the alarm"
    feed.become(StreamState.LATE, 2.0)
    feed.put(BLUE_BGR, clock.monotonic())
    look()
    assert told == [], "the picture is late"
    feed.become(StreamState.LIVE, 0.1)
    feed.put(BLUE_BGR, clock.monotonic())
    look()
    look()
    assert told == [("a1", clock.monotonic() - 0.5)]


def test_an_alarm_that_joins_others_on_a_tile_is_told_and_they_are_not_told_again(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    shown: list[str] = []
    filmed: list[str] = []
    wall.plate_painted.connect(lambda alarm_id, _s: shown.append(alarm_id))
    wall.picture_painted_under_alarm.connect(lambda alarm_id, _s: filmed.append(alarm_id))
    feed = live_tile(wall)
    wall.set_alarms({"C01": plate("a1")})
    feed.put(BLUE_BGR, clock.monotonic())
    look()
    wall.set_alarms({"C01": (plate("a1"), plate("a2", Priority.P2))})
    look()
    assert (shown, filmed) == (["a1", "a2"], ["a1"]), "the picture is older than the second alarm"
    feed.put(BLUE_BGR, clock.monotonic())
    look()
    assert (shown, filmed) == (["a1", "a2"], ["a1", "a2"])


def test_alarms_that_changed_nothing_on_a_tile_leave_it_as_it_is_painted(
    qtbot: QtBot, clock: ManualClock, wait_until: Callable[..., object]
) -> None:
    """In a storm each repaint of a wall is a tenth of a second that the alarms do not get."""
    wall = PaintedRegions(clock)
    qtbot.addWidget(wall)
    wall.resize(800, 600)
    wall.set_layout(2, 1)
    for index, camera_no in enumerate(("C01", "C02")):
        live_tile(wall, index, camera_no)
    wall.set_alarms({"C01": plate("a1", is_claimed=True)})
    wall.show()
    wait_until(wall.is_quiet)
    wall.painted.clear()
    wall.set_alarms({"C01": plate("a1", is_claimed=True), "C02": plate("a2", is_claimed=True)})
    wait_until(wall.is_quiet)
    assert all(wall.tile_rect(1).contains(area) for area in wall.painted)
    assert not any(area.intersects(wall.tiles[1].header) for area in wall.painted)


@pytest.mark.parametrize("side", [1, 5], ids=["one tile", "25 tiles at 1366x768"])
def test_a_plate_s_buttons_can_be_clicked(qtbot: QtBot, wall: WallSurface, side: int) -> None:
    wall.resize(959, 720)
    wall.set_layout(side, side)
    live_tile(wall)
    wall.set_alarms({"C01": plate()})
    asked: list[tuple[str, str]] = []
    wall.alarm_action.connect(lambda alarm_id, action: asked.append((alarm_id, action)))
    for _action, rect in plate_boxes(wall._tiles[0].body, plate()).buttons:
        assert wall.tile_rect(0).contains(rect)
        assert rect.width() >= 32
        qtbot.mouseClick(wall, LEFT, NO_KEYS, rect.center())
    assert asked == [("a1", action) for action in ("claim", "false", "dispatch", "silence")]


def test_a_plate_leaves_the_place_where_people_stand_free() -> None:
    # Nine tiles with the dispatch panel open: three fifths stay free below even the longest plate.
    body = QRect(0, 22, 430, 250)
    for place in ("东门岗亭", "East Gate Booth Panic Button by the Bicycle Shed"):
        outer = plate_boxes(body, plate(place=place), body).outer
        assert body.contains(outer)
        assert outer.bottom() < body.y() + body.height() * 2 // 5


def test_a_plate_stands_beside_a_picture_that_leaves_room() -> None:
    body = QRect(0, 22, 860, 250)
    picture = letterbox(body, 16, 9)
    boxes = plate_boxes(body, plate(owner="王晓明", is_claimed=True), picture)
    assert body.contains(boxes.outer)
    assert not boxes.outer.intersects(picture)
    assert all(not rect.intersects(other) for (_, rect), (_, other) in pairwise(boxes.buttons))


def test_a_place_too_long_for_the_band_gets_a_line_of_its_own() -> None:
    body = QRect(0, 0, 430, 250)
    assert plate_boxes(body, plate(), body).place.isEmpty()
    assert not plate_boxes(
        body, plate(place="East Gate Booth Panic Button by the Shed"), body
    ).place.isEmpty()


def test_a_click_chooses_a_tile_and_a_double_click_opens_it(qtbot: QtBot, wall: WallSurface) -> None:
    live_tile(wall, 3)
    with qtbot.waitSignal(wall.tile_chosen, timeout=60_000) as chosen:
        qtbot.mouseClick(wall, LEFT, NO_KEYS, wall.tile_rect(3).center())
    with qtbot.waitSignal(wall.tile_opened, timeout=60_000) as opened:
        qtbot.mouseDClick(wall, LEFT, NO_KEYS, wall.tile_rect(3).center())
    assert (chosen.args, opened.args, wall.chosen) == ([3], [3], 3)


# Qt 6.12 wants a QPointF here, 6.11 has only this constructor.
@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
def test_a_dragged_camera_lands_on_the_tile_under_it(qtbot: QtBot, wall: WallSurface) -> None:
    data = camera_mime("C07")
    at = wall.tile_rect(2).center()
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, data, LEFT, NO_KEYS)
    wall.dragEnterEvent(enter)
    drop = QDropEvent(QPointF(at), copy, data, LEFT, NO_KEYS)
    with qtbot.waitSignal(wall.camera_dropped, timeout=60_000) as dropped:
        wall.dropEvent(drop)
    assert enter.isAccepted()
    assert dropped.args == [2, "C07"]


class SlowDrag(WallSurface):
    """Without a pointer nothing can be carried: what the person and the alarms do is told by the test."""

    meanwhile: Callable[[QMimeData], None]

    def _carry(self, drag: QDrag) -> None:
        self.meanwhile(drag.mimeData())


@pytest.mark.parametrize(("now_at", "told"), [(3, [("swapped", 3, 2)]), (None, [("dropped", 2, "C01")])])
def test_a_dragged_camera_is_what_moves_though_an_alarm_takes_its_tile_meanwhile(
    qtbot: QtBot, now_at: int | None, told: list[tuple[str, int, object]]
) -> None:
    wall = SlowDrag()
    qtbot.addWidget(wall)
    wall.resize(806, 606)
    dragged, alarmed = TileContent("C01", "gate"), TileContent("C09", "hall")
    wall.set_tile(0, dragged)
    heard: list[tuple[str, int, object]] = []
    wall.tiles_swapped.connect(lambda source, target: heard.append(("swapped", source, target)))
    wall.camera_dropped.connect(lambda index, camera_no: heard.append(("dropped", index, camera_no)))

    def meanwhile(data: QMimeData) -> None:
        contents: list[TileContent | None] = [alarmed, None, None, None]
        if now_at is not None:
            contents[now_at] = dragged
        wall.arrange(grid(2, 2), contents)
        at = QPointF(wall.tile_rect(2).center())
        wall.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, LEFT, NO_KEYS))

    wall.meanwhile = meanwhile
    wall.show()
    start = wall.tile_rect(0).center()
    qtbot.mousePress(wall, LEFT, NO_KEYS, start)
    qtbot.mouseMove(wall, start + QPoint(60, 60))
    qtbot.waitUntil(lambda: bool(heard), timeout=60_000)
    assert heard == told


def test_a_picture_goes_with_its_camera_to_another_tile_and_layout(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall).put(BLUE_BGR, clock.monotonic())
    look()
    content = wall.content(0)
    wall.arrange(grid(3, 3), [None] * 7 + [content, None])
    # No turn of the timer in between: the picture is there with the layout.
    shown = wall.grab().toImage()
    assert (40, 60, 200) in colours_in(shown, wall, 7)
    assert (40, 60, 200) not in colours_in(shown, wall, 0)


def test_arranging_what_is_there_already_paints_nothing(qtbot: QtBot, clock: ManualClock) -> None:
    wall = PaintedRegions(clock)
    qtbot.addWidget(wall)
    wall.resize(806, 606)
    wall.arrange(grid(2, 2), [None] * 4)
    wall.show()
    qtbot.waitUntil(wall.is_quiet, timeout=60_000)
    wall.painted.clear()
    wall.arrange(grid(2, 2), [None] * 4)
    turns = wall.turns_since_paint
    qtbot.waitUntil(lambda: wall.turns_since_paint > turns + 3, timeout=60_000)
    assert wall.painted == []


def test_details_are_shown_on_the_key_i(
    qtbot: QtBot, wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall).put(BLUE_BGR, clock.monotonic())
    before = look()
    qtbot.keyClick(wall, Qt.Key.Key_I)
    assert look() != before


def test_an_alarm_waiting_for_minutes_says_how_long(
    wall: WallSurface, clock: ManualClock, look: Callable[[], QImage]
) -> None:
    live_tile(wall).put(BLUE_BGR, clock.monotonic())
    wall.set_alarms({"C01": plate(received_at=START_AT - timedelta(seconds=185))})
    look()
    assert wall._tiles[0].drawn_waiting == "3:05"


def test_only_changed_pictures_are_painted_again(
    qtbot: QtBot, clock: ManualClock, wait_until: Callable[..., object]
) -> None:
    wall = PaintedRegions(clock=clock)
    qtbot.addWidget(wall)
    wall.resize(806, 606)
    wall.set_layout(2, 2)
    feeds = [live_tile(wall, index, f"C0{index}") for index in range(4)]
    wall.show()
    for feed in feeds:
        feed.put(BLUE_BGR, clock.monotonic())
    wait_until(wall.is_quiet)
    wall.painted.clear()
    feeds[2].put(BLUE_BGR, clock.monotonic())
    wait_until(lambda: wall.painted)
    assert all(wall.tile_rect(2).contains(rect) for rect in wall.painted)


@pytest.mark.usefixtures("qapp")
def test_buttons_name_their_keys_only_where_the_keys_act() -> None:
    words = PlateWords(actions={"claim": "接警", "dispatch": "派警"})
    plate = AlarmPlate("a1", Priority.P1, "一键报警", "东门", START_AT, actions=("claim", "dispatch"))
    boxes = plate_boxes(QRect(0, 0, 500, 240), plate)
    assert button_texts(boxes, words, has_keys=True) == {"claim": "F1 接警", "dispatch": "F4 派警"}
    assert button_texts(boxes, words, has_keys=False) == {"claim": "接警", "dispatch": "派警"}
    narrow = plate_boxes(QRect(0, 0, 90, 100), plate)
    assert button_texts(narrow, words, has_keys=True) == {"claim": "F1", "dispatch": "F4"}
    assert not any("F" in text for text in button_texts(narrow, words, has_keys=False).values())


def test_waiting_times_read_as_in_the_queue() -> None:
    # 65 s = 1 min 5 s; a clock that runs behind gives no negative age.
    assert [clock_text(seconds) for seconds in (-3, 8.9, 65)] == ["0 秒", "8 秒", "1:05"]
    assert [age_text(seconds) for seconds in (None, 1.24, 12)] == ["–", "1.2 秒", "12 秒"]


def test_a_live_picture_without_a_checked_certificate_says_so() -> None:
    tile = Tile()
    tile.content = TileContent("C01", "东门", feed=HandFeed())
    words = TileWords(unverified="证书未核对")

    tile.status = FeedStatus(StreamState.LIVE, age_s=0.1)
    assert header_text(tile, words) == age_text(0.1)
    tile.status = FeedStatus(StreamState.LIVE, age_s=0.1, is_unverified=True)
    assert header_text(tile, words) == f"证书未核对  {age_text(0.1)}"
    assert "证书未核对" in detail_parts(tile, words)


def test_a_tile_says_what_an_overloaded_machine_leaves_out_of_it() -> None:
    words = TileWords(economies={Economy.NON_REFERENCE: "减帧"})
    tile = Tile()
    tile.show(TileContent("C01", "东门", HandFeed()))
    tile.status = FeedStatus(StreamState.LIVE, age_s=0.1)
    assert header_text(tile, words) == age_text(0.1)
    tile.status = FeedStatus(StreamState.LIVE, age_s=0.1, economy=Economy.NON_REFERENCE)
    assert header_text(tile, words) == f"减帧  {age_text(0.1)}"
