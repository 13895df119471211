"""The line of time: any span from seconds to a month, and the moment under the pointer stays there."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from services.domain.classes import Priority
from ui.time_lanes import MarkLook, TimeBand, TimeGap, TimeLane, TimeMark
from ui.time_paint import NAME_PX, TOP_PX
from ui.time_scale import LONGEST, SHORTEST, TimeScale
from ui.timeline import Timeline

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SPANS = st.timedeltas(SHORTEST, LONGEST)


@given(SPANS, st.floats(0.01, 100.0), st.floats(0.0, 900.0))
def test_zooming_keeps_the_moment_under_the_pointer(length: timedelta, factor: float, x_px: float) -> None:
    scale = TimeScale(AT, AT + length, 100.0, 800.0)
    zoomed = scale.zoomed(factor, x_px)
    assert abs(zoomed.at(x_px) - scale.at(x_px)) <= timedelta(milliseconds=50)
    assert SHORTEST <= zoomed.until - zoomed.since <= LONGEST + timedelta(seconds=1)


@given(SPANS)
def test_words_of_the_scale_never_lie_on_one_another(length: timedelta) -> None:
    scale = TimeScale(AT, AT + length, 100.0, 800.0)
    places = [scale.x_of(at) for at in scale.ticks()]
    assert all(later - earlier >= 80 for earlier, later in itertools.pairwise(places))
    assert len(places) <= 10


def test_a_window_moved_away_to_look_elsewhere_stays_there(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(NAME_PX + 600, 100)
    timeline.show_span(AT, AT + timedelta(minutes=10))
    timeline.show_moment(AT + timedelta(minutes=1))
    elsewhere = AT + timedelta(hours=2)
    timeline.show_span(elsewhere, elsewhere + timedelta(minutes=10))
    timeline.show_moment(AT + timedelta(minutes=1.01))
    assert timeline.scale is not None
    assert timeline.scale.since == elsewhere
    timeline.show_moment(AT + timedelta(minutes=2), is_jump=True)
    assert timeline.scale.shows(AT + timedelta(minutes=2))


def test_a_click_on_a_mark_seeks_its_very_moment(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(NAME_PX + 600, 100)
    timeline.show_span(AT, AT + timedelta(minutes=10))
    at = AT + timedelta(minutes=2, seconds=3.7)
    timeline.show_lanes([TimeLane("东门")], [TimeMark(at, Priority.P1, "BJ1")])
    timeline.show()
    told: list[datetime] = []
    timeline.sought.connect(lambda moment, _is_over: told.append(moment))
    assert timeline.scale is not None
    beside = QPoint(round(timeline.scale.x_of(at)) + 3, TOP_PX - 6)
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=beside)
    assert told[0] == at
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=beside + QPoint(0, 12))
    assert told[-1] != at


def test_a_reader_of_the_screen_is_told_what_lies_at_a_moment(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(NAME_PX + 600, 100)
    timeline.show_span(AT, AT + timedelta(minutes=10))
    lane = TimeLane(
        "东门",
        (TimeBand(AT, AT + timedelta(minutes=4)),),
        (TimeBand(AT + timedelta(minutes=1), AT + timedelta(minutes=2)),),
        (TimeGap(AT + timedelta(minutes=4), AT + timedelta(minutes=6), "摄像机不在线"),),
    )
    span = TimeMark(
        AT + timedelta(minutes=1),
        Priority.P4,
        "翻墙",
        MarkLook.BOOKMARK,
        AT + timedelta(minutes=3),
    )
    timeline.show_lanes([lane], [span])

    def told(minutes: float) -> list[str]:
        return timeline.words_at(AT + timedelta(minutes=minutes)).split("\n")[1:]

    assert told(0.5) == ["东门：有录像（连续）"]
    assert told(1.5) == ["东门：有录像（连续），画面有移动", "翻墙"]
    assert told(5) == ["东门：缺录像，摄像机不在线"]
    assert told(8) == ["东门：没有录像"]


def test_a_click_seeks_and_letting_go_says_so(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(NAME_PX + 600, 100)
    timeline.show_span(AT, AT + timedelta(minutes=10))
    timeline.show_lanes(
        [TimeLane("东门", (TimeBand(AT, AT + timedelta(minutes=4)),))],
        [TimeMark(AT + timedelta(minutes=2), Priority.P1, "BJ1")],
    )
    timeline.show()
    told: list[tuple[datetime, bool]] = []
    timeline.sought.connect(lambda at, is_over: told.append((at, is_over)))
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(NAME_PX + 300, 50))
    assert [is_over for _, is_over in told] == [False, True]
    assert abs(told[-1][0] - (AT + timedelta(minutes=5))) < timedelta(seconds=2)


def test_the_line_follows_a_moment_that_leaves_it(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(NAME_PX + 600, 100)
    timeline.show_span(AT, AT + timedelta(minutes=10))
    with qtbot.waitSignal(timeline.span_changed, timeout=60_000):
        timeline.show_moment(AT + timedelta(minutes=11))
    assert timeline.scale is not None
    assert timeline.scale.since <= AT + timedelta(minutes=11) <= timeline.scale.until
    assert timeline.scale.until - timeline.scale.since == timedelta(minutes=10)
