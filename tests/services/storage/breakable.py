"""A PostgreSQL of its own that a test may stop, start again and freeze."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from tests.postgres import SERVER, Cluster


class BreakableServer(Cluster):
    """Not the one that the rest of the run uses."""

    def __init__(self) -> None:
        super().__init__()
        self._made = 0

    def new_url(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        return self.create_database(f"watch{self._made}")

    def new_record_url(self) -> str:
        """The URL of a new database with the schema."""
        self._made += 1
        return self.create_record(f"watch{self._made}")

    def stop(self) -> None:
        """At once, as a crash would."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def start_again(self) -> None:
        options = f"{SERVER} -c port={self._port} -c unix_socket_directories={self._folder}"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def freeze(self) -> None:
        """Every process of the server stands still; its connections stay up."""
        for pid in self._pids():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        for pid in self._pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def _pids(self) -> list[int]:
        postmaster = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return [postmaster, *map(int, children)]
