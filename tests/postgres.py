"""A real PostgreSQL server for tests, from Debian's binaries, in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from services.storage import care

SERVER = "-c fsync=off -c full_page_writes=off -c listen_addresses=127.0.0.1 -c max_connections=80"
MIGRATED = "migrated"


def binaries() -> Path:
    """The folder of the newest installed PostgreSQL; raises FileNotFoundError when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not found:
        raise FileNotFoundError("no PostgreSQL in /usr/lib/postgresql: run `python3 dev.py setup --test`")
    return found[-1].parent


class Cluster:
    """One server on a free port of 127.0.0.1, trusting this machine; runs as `postgres` under root."""

    def __init__(self) -> None:
        self._bin = binaries()
        # Not below pytest's folder: that one is closed to the user postgres.
        self._folder = Path(tempfile.mkdtemp(prefix="shouwang-pg-", dir="/tmp"))
        self._data = self._folder / "data"
        self._port = _free_port()
        self._has_migrated = False
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")

    def start(self) -> None:
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        self.serve()

    def serve(self) -> None:
        """Again, after `kill`."""
        options = f"{SERVER} -c port={self._port} -c unix_socket_directories={self._folder}"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def kill(self) -> None:
        """As a power cut would: the server and all its processes, at once."""
        server = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for process in (server, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}").exists() for process in (server, *children)):
            time.sleep(0.01)
        (self._data / "postmaster.pid").unlink()

    def remove(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def create_record(self, name: str) -> str:
        """The SQLAlchemy URL of the new database with the schema: migrated once, copied after that."""
        if not self._has_migrated:
            care.upgrade(self.create_database(MIGRATED))
            self._has_migrated = True
        return self.create_database(name, like=MIGRATED)

    def create_database(self, name: str, like: str = "template1") -> str:
        """The SQLAlchemy URL of the new database: empty, or as the one that nobody is connected to."""
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self._address(name).replace("postgresql:", "postgresql+psycopg:", 1)

    def _address(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with (self._folder / f"{program}.out").open("wb") as output:
            subprocess.run(
                [*as_user, self._bin / program, *arguments],
                check=True,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
