"""Measures looking for motion: the product's own process on small streams over RTSP."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.bench.asking import Asking, between
from app.bench.broadcast import Broadcast, camera_no
from app.bench.figures import cpu_s_of
from app.bench.telling import tell
from services.core.logging import configure_logging
from services.recording.motion.plans import WatchPlan
from services.recording.motion.watch import MotionWatch

BEGIN_LIMIT_S = 90.0
_LOOK_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    cameras: int
    seconds: float
    json_file: Path | None


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 measured, 1 a camera was not looked at, 2 bad arguments or no cameras."""
    wanted = parsed(arguments)
    configure_logging(level=40)
    figures = measure(wanted)
    tell(figures, wanted.json_file)
    return 0 if figures["looks_per_s_least"] else 1


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("motion", __doc__)
    parser.add_argument(
        "--cameras", type=between(int, 1, 128), default=8, help="that send 640x360 at 25 fps, 1 to 128"
    )
    parser.add_argument("--seconds", type=between(float, 1, 3600), default=20.0, help="how long to measure")
    return Wanted(**vars(parser.parse_args(arguments)))


def measure(wanted: Wanted) -> dict[str, float | int]:
    """The figures by name. Real footage in which people walk all the time: nothing is cheaper by day."""
    watch = MotionWatch(lambda _camera: None, lambda _row: None)
    with Broadcast(wanted.cameras, is_small=True) as cameras:
        watch.start()
        try:
            watch.use(
                tuple(
                    WatchPlan(str(camera_no(number)), address)
                    for number, address in enumerate(cameras.addresses)
                )
            )
            until_s = time.monotonic() + BEGIN_LIMIT_S
            while len([one for one in looks(watch).values() if one]) < wanted.cameras:
                if time.monotonic() > until_s:
                    break
                time.sleep(_LOOK_EVERY_S)
            pids = [pid for pid in (watch.pid,) if pid is not None]
            before, began_s, cpu_began_s = looks(watch), time.monotonic(), cpu_s_of(pids)
            time.sleep(wanted.seconds)
            used_s, took_s, after = cpu_s_of(pids) - cpu_began_s, time.monotonic() - began_s, looks(watch)
        finally:
            watch.stop()
    rates = [(after.get(no, 0) - count) / took_s for no, count in before.items()]
    return {
        "cameras": wanted.cameras,
        "seconds": round(took_s, 1),
        "looks_per_s_least": round(min(rates, default=0.0), 2),
        "cpu_cores": round(used_s / took_s, 3),
        "cpu_percent_per_camera": round(100 * used_s / took_s / wanted.cameras, 2),
    }


def looks(watch: MotionWatch) -> dict[str, int]:
    """Of each camera so far."""
    report = watch.report
    return {one.camera: one.looks for one in report.cameras} if report is not None else {}
