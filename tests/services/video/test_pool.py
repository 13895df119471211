"""The decode line serves everybody in turn, in order, important ones first."""

from __future__ import annotations

import threading
from collections.abc import Callable

from services.video.pool import BREATH_S, BUSY_SHARE, LEAVE_AFTER_S, MOST_CREDIT, Breath, DecodeLine


class Lane:
    """Counts down its turns; none begins before `gate` opens, so that all stand in the line by then."""

    def __init__(
        self, turns: int, order: list[int], name: int, gate: threading.Event, *, is_important: bool = False
    ) -> None:
        self.turns = 0
        self.is_important = is_important
        self._left = turns
        self._order = order
        self._name = name
        self._gate = gate
        self.is_done = False
        self.played = 0
        self.waits_s = 0.0
        self.has_left = False

    def waiting_s(self) -> float:
        return self.waits_s

    def leave_group(self) -> None:
        self.has_left = True
        self.played = 0
        self.waits_s = 0.0

    def decode_one(self) -> bool:
        self._gate.wait(10.0)
        self._order.append(self._name)
        self._left -= 1
        self.is_done = self._left == 0
        return self._left > 0


def run_line(lanes: list[Lane], gate: threading.Event, wait_until: Callable[..., object]) -> None:
    line = DecodeLine()
    line.start()
    try:
        for lane in lanes:
            line.enter(lane)
        gate.set()
        wait_until(lambda: all(lane.is_done for lane in lanes), 10.0)
    finally:
        line.stop()


def test_turns_go_round_so_that_no_stream_waits_for_another_to_finish(
    wait_until: Callable[..., object],
) -> None:
    order: list[int] = []
    gate = threading.Event()
    run_line([Lane(20, order, name, gate) for name in range(4)], gate, wait_until)

    for start in range(0, 80, 4):
        assert sorted(order[start : start + 4]) == [0, 1, 2, 3]


def test_an_important_stream_comes_before_all_others(wait_until: Callable[..., object]) -> None:
    order: list[int] = []
    gate = threading.Event()
    lanes = [Lane(10, order, name, gate, is_important=name == 3) for name in range(4)]
    run_line(lanes, gate, wait_until)

    # The first turn may have been given before all stood in the line.
    assert order[1:10] == [3] * 9
    assert 3 not in order[11:]


def test_a_stream_that_had_less_catches_up_but_takes_not_everything(
    wait_until: Callable[..., object],
) -> None:
    order: list[int] = []
    gate = threading.Event()
    lanes = [Lane(100, order, name, gate) for name in range(2)]
    lanes[0].turns, lanes[1].turns = 200, 190
    run_line(lanes, gate, wait_until)
    late = order.index(0) if order[0] else order.index(0, 1)
    assert late <= 11


def test_a_newcomer_is_owed_no_more_than_the_most_credit(wait_until: Callable[..., object]) -> None:
    gate = threading.Event()
    gate.set()
    line = DecodeLine()
    line.start()
    try:
        old, new = Lane(50, [], 0, gate), Lane(1, [], 1, gate)
        old.turns = 1000
        line.enter(old)
        wait_until(lambda: old.is_done, 10.0)
        line.enter(new)
        wait_until(lambda: new.is_done, 10.0)
    finally:
        line.stop()

    # The old one's last turn began at 1049; the newcomer's one turn is counted too.
    assert new.turns == 1049 - MOST_CREDIT + 1


def test_when_packets_wait_too_long_the_stream_furthest_in_its_group_leaves_it(
    wait_until: Callable[..., object],
) -> None:
    order: list[int] = []
    gate = threading.Event()
    lanes = [Lane(3, order, name, gate) for name in range(4)]
    for lane, played in zip(lanes, (5, 30, 12, 0), strict=True):
        lane.played, lane.waits_s = played, LEAVE_AFTER_S + 0.1
    # The first turn is given before all stand in the line; from then on they do.
    opener = Lane(1, order, 9, gate)
    run_line([opener, *lanes], gate, wait_until)

    left = [lane.has_left for lane in lanes]
    assert left[1], "the one that had shown most of its group"
    assert not left[3], "one that may not leave"
    # Twelve turns take far less than it takes until the next may leave.
    assert sum(left) <= 2


def test_a_stream_in_time_never_makes_another_leave(wait_until: Callable[..., object]) -> None:
    gate = threading.Event()
    lanes = [Lane(20, [], name, gate) for name in range(3)]
    for lane in lanes:
        lane.played, lane.waits_s = 20, LEAVE_AFTER_S / 2
    run_line(lanes, gate, wait_until)

    assert not any(lane.has_left for lane in lanes)


class Sick(Lane):
    """Its turn breaks, or waits for ever."""

    def __init__(self, gate: threading.Event, *, breaks: bool) -> None:
        super().__init__(1, [], 0, gate)
        self._breaks = breaks

    def decode_one(self) -> bool:
        if self._breaks:
            raise ValueError
        return super().decode_one()


def test_a_line_whose_thread_has_died_says_so(
    wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("worker.died")
    line = DecodeLine()
    line.start()
    assert line.is_working
    line.enter(Sick(threading.Event(), breaks=True))
    wait_until(lambda: not line.is_working, 10.0)


def test_a_line_that_hangs_in_a_decoder_says_so_and_one_that_waits_for_work_does_not(
    wait_until: Callable[..., object],
) -> None:
    gate = threading.Event()
    line = DecodeLine(hangs_after_s=0.1)
    line.start()
    try:
        hanging = Sick(gate, breaks=False)
        line.enter(hanging)
        wait_until(lambda: not line.is_working, 8.0)
        gate.set()
        wait_until(lambda: hanging.is_done and line.is_working, 10.0)
    finally:
        gate.set()
        line.stop()


def test_only_a_line_that_was_busy_for_the_last_second_takes_breath() -> None:
    breath = Breath()
    assert not breath.is_wanted(100.0, 0.0)
    busy_s = 1.1 * BUSY_SHARE
    assert breath.is_wanted(101.0, busy_s)
    # Not judged again before a second has passed; then a tenth less than the share.
    assert breath.is_wanted(101.5, busy_s)
    assert not breath.is_wanted(102.0, busy_s + 0.9 * BUSY_SHARE)


class BusyBreath(Breath):
    def is_wanted(self, now_s: float, busy_s: float) -> bool:
        super().is_wanted(now_s, busy_s)
        return True


def order_when_another_comes_meanwhile(
    wait_until: Callable[..., object], *, is_important: bool
) -> tuple[list[int], list[float]]:
    """Lane 1 comes to a busy line that has nothing to do; lane 2, owed a turn, comes while it takes breath.
    Returns the order of their turns and the breaths taken."""
    order: list[int] = []
    breaths: list[float] = []
    gate = threading.Event()
    gate.set()
    first, second = (Lane(1, order, name, gate, is_important=is_important) for name in (1, 2))
    first.turns = 5

    def pause(seconds: float) -> None:
        breaths.append(seconds)
        line.enter(second)

    line = DecodeLine(breath=BusyBreath(), pause=pause)
    line.start()
    try:
        line.enter(first)
        wait_until(lambda: first.is_done, 10.0)
    finally:
        line.stop()
    return order, breaths


def test_who_comes_while_a_busy_line_takes_breath_is_served_with_the_first(
    wait_until: Callable[..., object],
) -> None:
    assert order_when_another_comes_meanwhile(wait_until, is_important=False) == ([2, 1], [BREATH_S])


def test_an_important_stream_begins_without_a_breath(wait_until: Callable[..., object]) -> None:
    assert order_when_another_comes_meanwhile(wait_until, is_important=True) == ([1], [])
