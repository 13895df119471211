"""Finds the site's living hub, or starts one on a single PC; the hub outlives the workstation."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import structlog

from app.processes import own_command
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.settings import Settings
from services.storage import Database

START_LIMIT_S = 15.0
POLL_S = 0.1

log = structlog.get_logger(__name__)


def attach_hub(settings: Settings, database: Database) -> bool:
    """True when a hub serves this database within `START_LIMIT_S`; blocks, so call it in a job.

    Only a workstation on its own SQLite file starts a hub; beside a shared database the site has one.
    """
    if hub_is_alive(database):
        return True
    if settings.database is not None and not settings.database.startswith("sqlite"):
        return False
    _start_detached(settings)
    deadline_s = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline_s:
        if hub_is_alive(database):
            return True
        time.sleep(POLL_S)
    log.error("hub.did_not_start", limit_s=START_LIMIT_S)
    return False


def hub_is_alive(database: Database) -> bool:
    """A hub has written its sign of life within the last seconds; one from the future counts as old."""
    try:
        beat = database.read(lambda view: view.last_hub_beat())
    except ServiceError:
        return False
    return beat is not None and beat.is_fresh(SystemClock().now())


def _start_detached(settings: Settings) -> None:
    """In a session of its own: closing or killing the workstation must not stop the receivers."""
    flags = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    subprocess.Popen(
        own_command("hub", "--data-dir", str(settings.data_dir)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
        creationflags=flags,
        cwd=None if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[1],
    )
