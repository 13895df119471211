"""The load of the alarm bench, in a process of its own: presses buttons on time, whatever the hub does."""

from __future__ import annotations

import json
import sys
import threading
import time

from app.bench.alarmsite import FIRST_NUMBER, HOST, KINDS, ZONES_PER_PANEL, line_of
from app.bench.dialling import Diallers, Eyes, Press
from services.core.clock import SystemClock
from services.sim.firebox import FireBox, FireLine
from services.sim.panels import Report

# Fires beside the load, evenly spread over it, each at a point of its own.
FIRES = 5
FIRE_POINT = "1.1.90"
# What comes, by the number of its kind. buttons: seven panic buttons, two beams, one smoke detector out of
# ten. storm: beams all round the wall, one panic button and one smoke detector out of fifty.
MIXTURES = {"buttons": (0, 0, 0, 1, 0, 0, 2, 0, 1, 0), "storm": (*[1] * 25, 0, *[1] * 23, 2)}


def planned(rate: float, seconds: float, mixture: str) -> list[Press]:
    """Evenly spaced presses; a zone comes again only after all others of its panel."""
    counts = [0] * len(KINDS)
    presses = []
    for number in range(round(rate * seconds)):
        kind = MIXTURES[mixture][number % len(MIXTURES[mixture])]
        presses.append(Press(number / rate, kind, FIRST_NUMBER + counts[kind] % ZONES_PER_PANEL))
        counts[kind] += 1
    return presses


def press_all(presses: list[Press], lines: list[dict[str, str]], port: int) -> None:
    """Blocks until every press was acknowledged or given up; fills in sent_s and ack_ms.

    ack_ms counts from the planned moment, so a hub that stalls cannot hide behind late presses.
    """
    eyes, clock, kinds = Eyes(), SystemClock(), []
    for kind, line in enumerate(lines):
        own = [press for press in presses if press.kind == kind]
        key = bytes.fromhex(line["key"]) or None
        dialler_line = line_of(kind, line["account"], port, key)
        kinds.append(Diallers(dialler_line, KINDS[kind][-1], own, clock, eyes))
    eyes.run(kinds, time.monotonic() + 0.5)


def report_fires(line: dict[str, str], port: int, seconds: float) -> list[float]:
    """A fire transmission device reports by TCP; when each fire was sent (time.time), in order."""
    box = FireBox(FireLine(line["account"], HOST, port, answer_s=5.0, retry_s=0.5), SystemClock())
    begins_s = time.monotonic() + 0.5
    sent_at: list[float] = []
    for number in range(FIRES):
        time.sleep(max(0.0, begins_s + seconds * (number + 1) / (FIRES + 1) - time.monotonic()))
        sent_at.append(time.time())
        box.send(Report("fire", 0, point=f"{FIRE_POINT}.{number + 1}"))
    box.close()
    return sent_at


def main() -> None:
    """Reads {port, rate, seconds, mixture, lines: [{account, key}], fire_port, fire_line} from stdin, writes
    {sent, late_ms, ack_ms, fires_at}; late_ms: how long after its planned moment each press was sent."""
    asked = json.loads(sys.stdin.readline())
    presses = planned(asked["rate"], asked["seconds"], asked["mixture"])
    fires_at: list[float] = []
    fires = threading.Thread(
        target=lambda: fires_at.extend(report_fires(asked["fire_line"], asked["fire_port"], asked["seconds"]))
    )
    fires.start()
    press_all(presses, asked["lines"], asked["port"])
    fires.join()
    ack_ms = [press.ack_ms for press in presses if press.ack_ms is not None]
    late_ms = [(press.sent_s - press.at_s) * 1000 for press in presses if press.sent_s is not None]
    print(json.dumps({"sent": len(presses), "late_ms": late_ms, "ack_ms": ack_ms, "fires_at": fires_at}))


if __name__ == "__main__":
    main()
