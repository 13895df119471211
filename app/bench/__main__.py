"""Dispatches `python -m app.bench NAME ...` to the module of that name."""

from __future__ import annotations

import importlib
import sys

from services.core.errors import ServiceError

BENCHES = {
    "wall": "the video wall: frames shown, processor time per frame, fairness",
    "faults": "the simulator's faults: seconds until a picture says so, and until it is live again",
    "alarms": "the alarm path: frames received, stored, shown",
    "motion": "looking for motion while recording: looks, processor time per camera",
    "search": "motion searched over hours, by its index and by key pictures",
    "record": "recording: packets sent and written, processor time of the recorder",
    "export": "evidence: how fast a sealed package is made",
    "playback": "playback: seeking, playing both ways, scrubbing, at all speeds",
}


def main(arguments: list[str]) -> int:
    """Exit code: the measurement's own; 2 for bad arguments or when something is missing."""
    if not arguments or arguments[0] not in BENCHES:
        print("usage: python -m app.bench NAME [options]", file=sys.stderr)
        for name, what in BENCHES.items():
            print(f"  {name:8} {what}", file=sys.stderr)
        return 2
    bench = importlib.import_module(f"app.bench.{arguments[0]}")
    try:
        return int(bench.main(arguments[1:]))
    except ServiceError as error:
        print(f"bench {arguments[0]}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
