"""The decode line serves everybody in turn, in order, important ones first."""

from __future__ import annotations

import threading
from collections.abc import Callable

from services.video.pool import HALF_LIFE_S, DecodeLine, Share


class Lane:
    """Counts down its turns; none begins before `gate` opens, so that all stand in the line by then."""

    def __init__(
        self, turns: int, order: list[int], name: int, gate: threading.Event, *, is_important: bool = False
    ) -> None:
        self.share = Share()
        self.is_important = is_important
        self._left = turns
        self._order = order
        self._name = name
        self._gate = gate
        self.is_done = False

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


def test_of_the_turns_had_half_is_forgotten_in_the_half_life() -> None:
    share = Share()
    for _ in range(8):
        share.add(100.0)

    assert share.turns(100.0) == 8.0
    assert share.turns(100.0 + HALF_LIFE_S) == 4.0
    assert share.turns(100.0 + 3 * HALF_LIFE_S) == 1.0
    assert share.turns(10_000.0) == 0.0
