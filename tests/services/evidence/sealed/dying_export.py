"""A seat's export that is killed: `dying_export.py DATABASE_URL REQUEST DISK FOLDER WHEN`.

WHEN: "working", "promised" (the package is whole and not registered yet) or "registered".
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Event

from services.core.clock import ManualClock
from services.evidence.exporting import Bench, Exporter, ExportOrder, ExportProgress
from services.evidence.signing import SigningKey
from tests.services.evidence.sealed.failing_record import FailingRecord
from tests.services.evidence.test_desk import LEADER
from tests.services.review.night import START_AT


def main() -> None:
    url, request_id, disk, folder, when = sys.argv[1:]
    clock = ManualClock(START_AT)

    def fail(is_written: bool) -> None:
        if is_written is (when == "registered"):
            die()

    database = FailingRecord(url, clock, Path(folder), fail)
    database.open()
    request = database.read(lambda view: view.evidence.get(request_id))
    bench = Bench(lambda segment: Path(disk) / segment.path, lambda: SigningKey(bytes(32)), "Shouwang")

    def tell(_progress: ExportProgress) -> None:
        if when == "working":
            die()

    Exporter(database, clock, bench).export(LEADER, request, ExportOrder(Path(folder)), tell, Event())


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
