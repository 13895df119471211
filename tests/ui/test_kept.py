"""What a screen keeps is not lost because the record was away just when it was to be saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from ui.jobs import UiJobs
from ui.kept import Kept

Wait = Callable[..., object]


class Shelf:
    """Preferences in memory. failures: so many calls fail from now on; mistakes: so many by a fault
    of ours."""

    def __init__(self) -> None:
        self.held: dict[str, object] | None = None
        self.failures = 0
        self.mistakes = 0
        self.saves: list[dict[str, object]] = []
        self.at_once = self.most_at_once = 0
        self.gate = Event()
        self.gate.set()

    def load(self, _key: str) -> dict[str, object] | None:
        self._fail()
        return self.held

    def save(self, _key: str, value: dict[str, object]) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.gate.wait()
        self.at_once -= 1
        self._fail()
        self.held = value
        self.saves.append(value)

    def _fail(self) -> None:
        if self.mistakes > 0:
            self.mistakes -= 1
            raise AttributeError("a mistake of ours")
        if self.failures > 0:
            self.failures -= 1
            raise ServiceError("storage.unreachable", reason="away")


class Screen(QObject):
    """Types words and keeps them."""

    def __init__(self, shelf: Shelf, jobs: UiJobs) -> None:
        super().__init__()
        self.words = ""
        self.told: list[str] = []
        self.found: list[object] = []
        self.kept = Kept("words", shelf, jobs, lambda: {"words": self.words}, 1, self, again_ms=1)
        self.kept.refused.connect(self._refuse)
        self.kept.loaded.connect(self.found.append)

    def type(self, words: str) -> None:
        self.words = words
        self.kept.touch()

    def _refuse(self, error: ServiceError) -> None:
        self.told.append(error.code)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def jobs(qapp: QApplication, shelf: Shelf) -> Iterator[UiJobs]:
    pool = Jobs("kept-test", 3)
    jobs = UiJobs(pool)
    yield jobs
    shelf.gate.set()
    jobs.close()
    pool.stop(10.0)
    qapp.processEvents()


@pytest.fixture
def screen(shelf: Shelf, jobs: UiJobs, wait_until: Wait) -> Screen:
    screen = Screen(shelf, jobs)
    screen.kept.load()
    wait_until(lambda: screen.found == [None])
    return screen


def test_what_was_typed_while_the_record_was_away_is_saved_untouched_and_the_failure_told_once(
    screen: Screen, shelf: Shelf, wait_until: Wait
) -> None:
    shelf.failures = 4
    screen.type("东门")
    wait_until(lambda: shelf.held == {"words": "东门"})
    assert screen.told == ["storage.unreachable"]
    assert len(shelf.saves) == 1


def test_another_time_away_is_told_again(screen: Screen, shelf: Shelf, wait_until: Wait) -> None:
    for words in ("东门", "西门"):
        shelf.failures = 2
        screen.type(words)
        wait_until(lambda words=words: shelf.held == {"words": words})
    assert screen.told == ["storage.unreachable"] * 2


def test_what_was_kept_is_not_written_over_before_it_could_be_read(
    shelf: Shelf, jobs: UiJobs, wait_until: Wait
) -> None:
    shelf.held, shelf.failures = {"words": "昨晚"}, 3
    screen = Screen(shelf, jobs)
    screen.kept.load()
    screen.type("今晨")
    wait_until(lambda: shelf.saves)
    assert screen.found == [{"words": "昨晚"}]
    assert screen.told == ["storage.unreachable"]
    assert shelf.saves == [{"words": "今晨"}]


def test_a_slow_save_is_not_overtaken_by_a_newer_one(screen: Screen, shelf: Shelf, wait_until: Wait) -> None:
    shelf.gate.clear()
    screen.type("一")
    screen.kept.save()
    screen.type("二")
    screen.kept.save()
    shelf.gate.set()
    wait_until(lambda: shelf.held == {"words": "二"})
    assert shelf.saves == [{"words": "一"}, {"words": "二"}]


def test_at_the_end_what_waits_is_saved_and_nothing_goes_on(
    screen: Screen, shelf: Shelf, jobs: UiJobs, wait_until: Wait
) -> None:
    screen.type("东门")
    screen.kept.stop()
    wait_until(lambda: jobs.is_idle)
    assert shelf.saves == [{"words": "东门"}]
    shelf.failures = 1
    screen.type("西门")
    screen.kept.stop()
    wait_until(lambda: jobs.is_idle)
    assert len(shelf.saves) == 1


def test_what_died_of_our_own_mistake_is_saved_with_the_screens_end(
    screen: Screen, shelf: Shelf, jobs: UiJobs, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("job.crashed")
    shelf.mistakes = 1
    screen.type("东门")
    wait_until(lambda: not shelf.mistakes and jobs.is_idle)
    assert shelf.saves == []
    screen.kept.stop()
    wait_until(lambda: jobs.is_idle)
    assert shelf.saves == [{"words": "东门"}]


def test_what_was_typed_while_a_save_died_of_our_own_mistake_is_saved_untouched(
    screen: Screen, shelf: Shelf, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("job.crashed")
    shelf.mistakes = 1
    shelf.gate.clear()
    screen.type("一")
    screen.kept.save()
    screen.type("二")
    screen.kept.save()
    shelf.gate.set()
    wait_until(lambda: shelf.saves == [{"words": "二"}])


def test_a_mistake_while_reading_does_not_let_anything_be_written_over_unread(
    shelf: Shelf, jobs: UiJobs, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("job.crashed")
    shelf.held, shelf.mistakes = {"words": "昨晚"}, 1
    screen = Screen(shelf, jobs)
    screen.kept.load()
    wait_until(lambda: not shelf.mistakes and jobs.is_idle)
    screen.type("今晨")
    wait_until(lambda: shelf.saves)
    assert screen.found == [{"words": "昨晚"}]


def test_a_mistake_of_another_job_does_not_let_two_saves_run_side_by_side(
    screen: Screen, shelf: Shelf, jobs: UiJobs, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("job.crashed")
    shelf.gate.clear()
    screen.type("一")
    screen.kept.save()
    told: list[object] = []
    jobs.crashed.connect(told.append)
    jobs.run(lambda: 1 // 0)
    wait_until(lambda: told)
    screen.type("二")
    screen.kept.save()
    # Three threads: were the second begun now, it would wait at the gate beside the first.
    wait_until(lambda: shelf.at_once == 1)
    shelf.gate.set()
    wait_until(lambda: shelf.held == {"words": "二"})
    assert shelf.most_at_once == 1
