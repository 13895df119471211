"""The line of time: any span from seconds to a month, and the moment under the pointer stays there."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from services.domain.classes import Priority
from ui.time_lanes import TimeBand, TimeLane, TimeMark
from ui.time_paint import NAME_PX
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
    with qtbot.waitSignal(timeline.span_changed):
        timeline.show_moment(AT + timedelta(minutes=11))
    assert timeline.scale is not None
    assert timeline.scale.since <= AT + timedelta(minutes=11) <= timeline.scale.until
    assert timeline.scale.until - timeline.scale.since == timedelta(minutes=10)
