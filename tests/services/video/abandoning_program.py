"""A program that shows one stream, says its decode processes, and is then killed by a test."""

from __future__ import annotations

import logging
import sys
import time

from services.core.logging import configure_logging
from services.video import StreamAddress, VideoEngine

if __name__ == "__main__":
    configure_logging(level=logging.WARNING)
    engine = VideoEngine(processes=1)
    feed = engine.open(StreamAddress(sys.argv[1]))
    while feed.latest(-1) is None:
        time.sleep(0.01)
    sys.stdout.write(f"{engine.process_ids[0]}\n")
    sys.stdout.flush()
    time.sleep(600)
