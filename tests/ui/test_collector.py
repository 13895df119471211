"""Windows in cycles are taken apart in the GUI thread alone."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

import pytest

from ui.collector import GuiCollector

Wait = Callable[..., object]


class Knot:
    """Garbage that only a collector finds; says in which thread it was found."""

    def __init__(self, found_in: list[str]) -> None:
        self._self = self
        self._found_in = found_in

    def __del__(self) -> None:
        self._found_in.append(threading.current_thread().name)


@pytest.fixture
def collector() -> Iterator[GuiCollector]:
    made = GuiCollector()
    made.start()
    yield made
    made.stop()


def allocate_much() -> None:
    """As much as has Python's own collector run in the thread that does it."""
    held = [[number] for number in range(200_000)]
    assert len(held) == 200_000


@pytest.mark.usefixtures("qapp", "collector")
def test_another_thread_collects_nothing_and_the_gui_thread_does(wait_until: Wait) -> None:
    found_in: list[str] = []
    for _ in range(10):
        Knot(found_in)
    other = threading.Thread(target=allocate_much, name="other")
    other.start()
    other.join()
    assert found_in == []
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    wait_until(lambda: len(found_in) == 10)
    assert set(found_in) == {threading.main_thread().name}
    assert kept


@pytest.mark.usefixtures("qapp")
def test_afterwards_python_collects_as_ever() -> None:
    collector = GuiCollector()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
