"""The pool serves everybody in turn, in order, and one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable

from services.video.pool import DecodePool


class Lane:
    """Counts down its turns and notices when two threads are inside at once."""

    def __init__(self, turns: int, order: list[int], name: int) -> None:
        self._left = turns
        self._order = order
        self._name = name
        self._inside = threading.Lock()
        self.is_done = False
        self.has_met_another = False

    def decode_one(self) -> bool:
        if not self._inside.acquire(blocking=False):
            self.has_met_another = True
            return False
        try:
            self._order.append(self._name)
            self._left -= 1
            self.is_done = self._left == 0
            return self._left > 0
        finally:
            self._inside.release()


def test_turns_go_round_so_that_no_stream_waits_for_another_to_finish(
    wait_until: Callable[..., object],
) -> None:
    order: list[int] = []
    pool = DecodePool(1)
    lanes = [Lane(20, order, name) for name in range(4)]
    for lane in lanes:
        pool.enter(lane)
    pool.start()
    try:
        wait_until(lambda: all(lane.is_done for lane in lanes), 10.0)
    finally:
        pool.stop()

    assert order == [0, 1, 2, 3] * 20


def test_no_stream_is_ever_decoded_by_two_threads(wait_until: Callable[..., object]) -> None:
    order: list[int] = []
    pool = DecodePool(8)
    lanes = [Lane(500, order, name) for name in range(5)]
    for lane in lanes:
        pool.enter(lane)
    pool.start()
    try:
        wait_until(lambda: all(lane.is_done for lane in lanes), 20.0)
    finally:
        pool.stop()

    assert not any(lane.has_met_another for lane in lanes)
