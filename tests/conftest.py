"""What every test may use, and what no test may leave behind."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any Qt import; xcb when the caller chose it
# Two hubs of two tests must not want the same port; a hub of its own process inherits this.
os.environ.setdefault("SHOUWANG_GB26875_HOST", "127.0.0.1")
os.environ.setdefault("SHOUWANG_GB26875_PORT", "0")

import faulthandler
import gc
import itertools
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from tests.guards import LogWatch, let_go_of_the_mouse, pump_qt, remains, things_alive
from tests.postgres import Cluster
from tests.waiting import LIMIT_S

Result = TypeVar("Result")
# A busy machine is no failure; a build that cannot be repeated is.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")

POLL_S = 0.005
# Longer than the longest test, the whole proof of racing seats, takes on a slow machine.
HANGS_S = 2400.0
DATABASE_NUMBERS = itertools.count(1)


def pytest_collection_finish() -> None:
    """What the imports made is no test's doing: keep 150 000 objects out of every look for timers."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """A test that hangs for good ends its process, and that is told as its failure."""
    faulthandler.dump_traceback_later(HANGS_S, exit=True)
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A test that passed the second time alone still says what it failed of: chance has a cause, too."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.write_sep("_", f"run once more: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


@pytest.fixture(autouse=True)
def _collected_in_the_gui_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the workstation (`ui.collector`). A reader of the record that collects a cycle with a signal's
    connection in it has Qt's lock and wants Python's; the GUI thread has Python's and wants Qt's, for ever.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.collect(0)
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fails a test that leaves a thread, a child process, a running QTimer or a top-level widget."""
    before = things_alive()
    yield
    let_go_of_the_mouse()
    left = remains(before)
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fails a test that logs WARNING or worse, unless `expected_log` named the event."""
    watch = LogWatch()
    with watch:
        yield watch
    unexpected = watch.unexpected()
    if unexpected:
        pytest.fail("unexpected log lines: " + "; ".join(unexpected), pytrace=False)


@pytest.fixture
def expected_log(log_watch: LogWatch) -> Callable[..., None]:
    """`expected_log("rtsp.refused", ...)`: these events may be logged at WARNING and above.

    A line of a foreign library is named by its logger or by how its message begins.
    """
    return log_watch.allow


@pytest.fixture
def log_events(log_watch: LogWatch) -> list[dict[str, object]]:
    """Every structlog event of this test so far, INFO and above, as dicts with "event" and "level"."""
    return log_watch.events


@pytest.fixture
def wait_until() -> Callable[..., object]:
    """`wait_until(condition)`: its first true value; fails the test after `timeout_s`.

    Qt events are handled while it waits when there is an application.
    """

    def wait(condition: Callable[[], Result], timeout_s: float = LIMIT_S) -> Result:
        ends_at = time.monotonic() + timeout_s
        while True:
            pump_qt()
            result = condition()
            if result:
                return result
            if time.monotonic() > ends_at:
                pytest.fail(f"not true within {timeout_s} s")
            time.sleep(POLL_S)

    return wait


@pytest.fixture(scope="session", autouse=True)
def _no_real_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the data folder or the keyring of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOUWANG_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the product, also named by SHOUWANG_DATA_DIR."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("SHOUWANG_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """One real PostgreSQL for the whole run."""
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture
def postgres(postgres_cluster: Cluster) -> str:
    """The URL of a fresh, empty PostgreSQL database of this test."""
    return postgres_cluster.create_database(f"test{next(DATABASE_NUMBERS)}")


@pytest.fixture
def postgres_record(postgres_cluster: Cluster) -> str:
    """The URL of a fresh PostgreSQL database of this test that has the schema."""
    return postgres_cluster.create_record(f"test{next(DATABASE_NUMBERS)}")
