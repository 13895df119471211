"""Starts the product's other processes and ends them with their owner."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import IO

import structlog

from services.core.errors import ServiceError
from services.core.settings import Settings
from services.domain.periods import PeriodKind

PARENT_FLAG = "--with-parent"

log = structlog.get_logger(__name__)


def own_command(*arguments: str) -> list[str]:
    """The command line that runs this product again, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "app", *arguments]


class Child:
    """A process of ours that says one JSON line when it is ready and ends when its stdin closes.

    Secrets travel in files or the environment, never in `arguments`.
    """

    def __init__(self, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._process = subprocess.Popen(
            own_command(*arguments, PARENT_FLAG),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **environment},
            cwd=None if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[1],
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        assert self._process.stdout is not None
        self._reader = threading.Thread(
            target=_pump, args=(self._process.stdout, self._lines), name=f"child-{name}", daemon=True
        )
        self._reader.start()

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_ready(self, limit_s: float) -> dict[str, object]:
        """The ready line; raises ServiceError("app.child_failed") when the process ends or is silent."""
        try:
            line = self._lines.get(timeout=limit_s)
        except queue.Empty:
            line = None
        if line is None:
            self.stop()
            raise ServiceError("app.child_failed", name=self.name)
        ready: dict[str, object] = json.loads(line)
        return ready

    def stop(self, limit_s: float = 5.0) -> None:
        """Close its stdin, wait, and kill it if it does not go."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(limit_s)
        except subprocess.TimeoutExpired:
            log.warning("child.killed", child=self.name)
            self._process.kill()
            self._process.wait()
        self._reader.join(limit_s)
        if self._process.stdout is not None:
            self._process.stdout.close()


class ReportProcess:
    """Writes one duty report in a process of its own: the hub has no Qt, and paints nothing itself."""

    def __init__(self, settings: Settings, kind: PeriodKind, day: date, file: Path) -> None:
        from app.records import database_url

        self._file = file
        with suppress(OSError):
            # What stands in the way is said by the process that cannot write.
            file.parent.mkdir(parents=True, exist_ok=True)
        arguments = ("report", kind.value, str(file), "--day", day.isoformat())
        self._process = subprocess.Popen(
            own_command(*arguments, "--data-dir", str(settings.data_dir)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "SHOUWANG_DATABASE": database_url(settings),
                "SHOUWANG_LANGUAGE": settings.language,
            },
            cwd=None if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[1],
        )

    @property
    def is_over(self) -> bool:
        code = self._process.poll()
        if code:
            log.warning("report.failed", file=self._file.name, exit=code)
        return code is not None

    def stop(self, limit_s: float = 3.0) -> None:
        """A report that is not finished is not there, and is written another time."""
        self._process.terminate()
        try:
            self._process.wait(limit_s)
        except subprocess.TimeoutExpired:
            log.warning("report.killed", file=self._file.name)
            self._process.kill()
            # One that hangs in a dead network folder cannot even be killed; the hub does not wait for it.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(limit_s)


def say_ready(**facts: object) -> None:
    """Tell the parent, on stdout, that this process works and where."""
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def watch_parent(parent_gone: Callable[[], None]) -> None:
    """Call `parent_gone` from a daemon thread once stdin is closed by the parent's end."""

    def wait_for_end() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            continue
        parent_gone()

    threading.Thread(target=wait_for_end, name="parent-watch", daemon=True).start()


def _pump(stream: IO[bytes], lines: queue.Queue[str | None]) -> None:
    """Keep the child's stdout drained, so that it never blocks on a full pipe."""
    for line in stream:
        lines.put(line.decode("utf-8", "replace"))
    lines.put(None)
