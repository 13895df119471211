"""A seat's export that is killed in its middle: `dying_export.py DATABASE_URL REQUEST DISK FOLDER`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Event

from services.core.clock import ManualClock
from services.evidence.exporting import Bench, Exporter, ExportOrder, ExportProgress
from services.evidence.signing import SigningKey
from services.storage import Database
from tests.services.evidence.test_desk import LEADER
from tests.services.review.night import START_AT


def main() -> None:
    url, request_id, disk, folder = sys.argv[1:]
    clock = ManualClock(START_AT)
    database = Database(url, clock)
    database.open()
    request = database.read(lambda view: view.evidence.get(request_id))
    bench = Bench(lambda segment: Path(disk) / segment.path, lambda: SigningKey(bytes(32)), "Shouwang")
    order = ExportOrder(Path(folder))
    Exporter(database, clock, bench).export(LEADER, request, order, die, Event())


def die(_progress: ExportProgress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
