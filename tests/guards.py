"""What a test left behind: threads, child processes, running timers, windows and log lines."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

# What was told to stop may need so long to end on a busy machine.
GRACE_S = float(os.environ.get("SHOUWANG_TEST_GRACE_S", "30"))
# Qt's and Python's own: not started by a test, not stoppable by one.
KNOWN_THREADS = ("Dummy-", "pytest", "QThread", "asyncio_waitpid")
KNOWN_CHILDREN = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")


@dataclass(frozen=True)
class Alive:
    """Threads by identity, children by process id, timers and windows by wrapper identity."""

    threads: frozenset[threading.Thread]
    children: frozenset[int]
    timers: frozenset[int]
    windows: frozenset[int]


def things_alive() -> Alive:
    return Alive(
        frozenset(threading.enumerate()),
        frozenset(_children()),
        frozenset(id(timer) for timer in _running_timers()),
        frozenset(id(window) for window in _windows()),
    )


def remains(before: Alive) -> list[str]:
    """What is alive now and was not in `before`, in words; waits `GRACE_S` for what is just ending."""
    looks: list[Callable[[], list[str]]] = [
        lambda: _new_threads(before),
        lambda: _new_children(before),
        lambda: _new_timers(before),
        lambda: _new_windows(before),
    ]
    left: list[str] = []
    for look in looks:
        ends_at = time.monotonic() + GRACE_S
        found = look()
        while found and time.monotonic() < ends_at:
            gc.collect()
            pump_qt()
            time.sleep(0.02)
            found = look()
        left += found
    return left


def pump_qt() -> None:
    """Handle waiting Qt events and deferred deletions, when there is an application."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    core.QCoreApplication.processEvents()


def let_go_of_the_mouse() -> None:
    """Qt keeps a button as pressed after a played double click; the next test must not find it so."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is None or gui.QGuiApplication.instance() is None:
        return
    held = gui.QGuiApplication.mouseButtons()
    if held == held.__class__.NoButton:
        return
    from PySide6.QtTest import QTest

    window = gui.QWindow()
    window.show()
    for button in type(held).__members__.values():
        if held & button and button.name in ("LeftButton", "RightButton", "MiddleButton"):
            QTest.mouseRelease(window, button)
    window.destroy()


class LogWatch:
    """Collects structlog events and refuses unexpected WARNING and worse, while entered."""

    def __init__(self) -> None:
        self.events: list[dict[str, object]] = []
        self._bad: list[tuple[str, str, str]] = []
        # The machine's own clock may be set, or stand still with the machine, during any test.
        self._allowed = {"clock.was_set"}
        self._handler = _Collector(self._take)

    def allow(self, *events: str) -> None:
        self._allowed.update(events)

    def unexpected(self) -> list[str]:
        return [
            f"{level} {name}: {what}"
            for level, name, what in self._bad
            if not any(what.startswith(event) or name == event for event in self._allowed)
        ]

    def __enter__(self) -> LogWatch:
        root = logging.getLogger()
        self._before = (root.level, root.handlers[:], structlog.get_config())
        structlog.configure(
            processors=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                _note_exception,
                structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
            ],
            logger_factory=structlog.stdlib.LoggerFactory(),
            cache_logger_on_first_use=False,
        )
        root.setLevel(logging.INFO)
        root.addHandler(self._handler)
        return self

    def __exit__(self, *_: object) -> None:
        root = logging.getLogger()
        level, handlers, config = self._before
        root.setLevel(level)
        root.handlers[:] = handlers
        structlog.configure(**config)

    def _take(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, dict):
            event = {key: value for key, value in record.msg.items() if not key.startswith("_")}
            self.events.append(event)
            what = f"{event.get('event')} { ({k: v for k, v in event.items() if k not in _HEAD}) }"
        else:
            what = record.getMessage()
        if record.levelno >= logging.WARNING:
            self._bad.append((record.levelname, record.name, what))


_HEAD = ("event", "level", "logger")


class _Collector(logging.Handler):
    def __init__(self, take: Callable[[logging.LogRecord], None]) -> None:
        super().__init__(logging.INFO)
        self._take_record = take

    def emit(self, record: logging.LogRecord) -> None:
        self._take_record(record)


def _note_exception(
    _logger: object, _method: str, event: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """The exception as text beside the event, so that a failed guard shows the cause."""
    if event.get("exc_info") is True:
        event["exc_info"] = repr(sys.exc_info()[1])
    return event


def _new_threads(before: Alive) -> list[str]:
    new = [t for t in threading.enumerate() if t not in before.threads]
    return [f"thread {t.name}" for t in new if not t.name.startswith(KNOWN_THREADS)]


def _new_children(before: Alive) -> list[str]:
    return [
        f"process {pid}: {command}"
        for pid, command in _children().items()
        if pid not in before.children and not any(known in command for known in KNOWN_CHILDREN)
    ]


def _new_timers(before: Alive) -> list[str]:
    return [
        f"QTimer {timer.objectName()!r} every {timer.interval()} ms of {timer.parent()!r}"
        for timer in _running_timers()
        if id(timer) not in before.timers
    ]


def _new_windows(before: Alive) -> list[str]:
    return [
        f"window {type(window).__name__} {window.objectName()!r}"
        for window in _windows()
        if id(window) not in before.windows
    ]


def _children() -> dict[int, str]:
    """Living children of this process and their command lines; empty where there is no /proc."""
    found: dict[int, str] = {}
    # What the kernel lists by the thread that started it: a look at every process of the machine costs
    # 3 ms, twice a test.
    for listed in Path("/proc/self/task").glob("[0-9]*/children"):
        try:
            born = listed.read_text().split()
        except OSError:
            continue  # the thread ended while we looked
        for pid in map(int, born):
            command = _command_of(pid)
            if command is not None:
                found[pid] = command
    return found


def _command_of(pid: int) -> str | None:
    """None: it has ended."""
    folder = Path(f"/proc/{pid}")
    try:
        state = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return None
    return None if state in "ZX" else command.decode(errors="replace").strip()


def _running_timers() -> list[Any]:
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return []
    is_valid = _shiboken_is_valid()
    kinds = _with_subclasses(core.QTimer)
    # By exact type: isinstance over every object of the process takes 85 ms a look, this 6 ms.
    timers = [thing for thing in gc.get_objects() if type(thing) in kinds]
    return [timer for timer in timers if is_valid(timer) and timer.isActive()]


def _with_subclasses(kind: type) -> set[type]:
    found: set[type] = {kind}
    below: type
    for below in kind.__subclasses__():
        found |= _with_subclasses(below)
    return found


def _windows() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return list(widgets.QApplication.topLevelWidgets())


def _shiboken_is_valid() -> Callable[[object], bool]:
    import shiboken6

    return shiboken6.isValid
