"""Measures how soon each fault of a simulated camera is told, and how soon its end is."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.bench.asking import Asking, between
from app.bench.cameras import demo_site
from app.bench.telling import tell
from services.core.logging import configure_logging
from services.core.paths import default_cache_dir
from services.domain.video import StreamState
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.faults import Fault
from services.sim.film import Stream
from services.sim.story import Story
from services.video import Feed, StreamAddress, VideoEngine
from services.video.punctuality import BELIEVED_AFTER_S

USER, PASSWORD = "bench", "bench"
AWAY = frozenset({StreamState.LATE, StreamState.RECONNECTING, StreamState.OFFLINE})
# What a picture may say while the fault lasts. A jump of the clock and another size show the present still.
HONEST: dict[Fault, frozenset[StreamState]] = {
    Fault.CUT: AWAY,
    Fault.FREEZE: frozenset({StreamState.FROZEN}),
    Fault.BLACK: frozenset({StreamState.BLACK}),
    Fault.UNAUTHORIZED: AWAY,
    Fault.NOT_FOUND: AWAY,
    Fault.STALL: AWAY,
    Fault.GARBAGE: AWAY,
    Fault.SLOW: AWAY,
    Fault.BLUR: frozenset({StreamState.COVERED}),
    Fault.COVER: frozenset({StreamState.COVERED}),
    Fault.MOVE: frozenset({StreamState.MOVED}),
    Fault.SILENT: AWAY,
}
LEARN_S = BELIEVED_AFTER_S + 5.0
MOST_WAIT_S = 30.0
STEADY_S = 3.0
LOOK_EVERY_S = 0.02


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    times: int
    camera: str
    json_file: Path | None


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 each fault was told and its end too, 1 not, 2 bad arguments or no cameras."""
    wanted = parsed(arguments)
    configure_logging(level=40)
    figures = measure(wanted)
    tell(figures, wanted.json_file)
    return 0 if max(figures.values()) < MOST_WAIT_S else 1


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("faults", __doc__)
    parser.add_argument(
        "--times", type=between(int, 1, 50), default=3, help="how often each fault is ordered, 1 to 50"
    )
    parser.add_argument("--camera", default="C01", help="which one of the demo site has the faults")
    return Wanted(**vars(parser.parse_args(arguments)))


def measure(wanted: Wanted) -> dict[str, float]:
    """Seconds from the order until it is told, and from its end until live again: usual and slowest."""
    site = demo_site()
    options = FarmOptions(username=USER, password=PASSWORD)
    farm = CameraFarm(site, Story.load(None, site), default_cache_dir(), options=options)
    farm.start()
    engine = VideoEngine()
    try:
        feed = engine.open(StreamAddress(farm.url(wanted.camera, Stream.SUB), USER, PASSWORD))
        _steady(feed, LEARN_S)
        figures: dict[str, float] = {}
        for fault in HONEST:
            rounds = [_round(farm, wanted.camera, feed, fault) for _ in range(wanted.times)]
            for name, seconds in zip(("told", "over"), zip(*rounds, strict=True), strict=True):
                figures[f"{fault}_{name}_s"] = round(statistics.median(seconds), 2)
                figures[f"{fault}_{name}_slowest_s"] = max(seconds)
    finally:
        engine.stop()
        farm.stop()
    return figures


def _round(farm: CameraFarm, camera: str, feed: Feed, fault: Fault) -> tuple[float, float]:
    farm.fault(camera, fault)
    told_s = _seconds_until(lambda: _state(feed) in HONEST[fault])
    farm.fault(camera, None)
    over_s = _seconds_until(lambda: _state(feed) is StreamState.LIVE)
    _steady(feed, STEADY_S)
    return told_s, over_s


def _steady(feed: Feed, for_s: float) -> None:
    """Until it has been live for so long."""
    since_s = time.monotonic()
    until_s = since_s + for_s + MOST_WAIT_S
    while since_s + for_s > time.monotonic() < until_s:
        if _state(feed) is not StreamState.LIVE:
            since_s = time.monotonic()
        time.sleep(LOOK_EVERY_S)


def _seconds_until(is_so: Callable[[], bool]) -> float:
    """At most MOST_WAIT_S."""
    began_s = time.monotonic()
    while not is_so() and time.monotonic() - began_s < MOST_WAIT_S:
        time.sleep(LOOK_EVERY_S)
    return round(time.monotonic() - began_s, 2)


def _state(feed: Feed) -> StreamState:
    feed.latest(-1)
    return feed.status().state
