"""Measures playback: recordings of 1080p cameras in a real window, sought, played both ways and scrubbed."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.bench.asking import Asking, between
from app.bench.clips import FPS, GROUP_FRAMES
from app.bench.figures import cpu_s, machine, percentile, rss_mib
from app.bench.pastfilms import BEGINS_AT, PIECE_S, PIECES, Filmed, filmed
from app.bench.pastwall import PastWall, is_of_moment
from app.bench.telling import tell
from app.bench.watchedwall import application
from services.core.clock import SystemClock
from services.core.logging import configure_logging
from services.playback.clock import PlaybackClock
from services.playback.reader import Reader
from services.playback.track import Track

WINDOW_PX = (1920, 1080)
SEEKS = 30
SEEK_LIMIT_S = 5.0
SPEEDS = (1.0, -1.0, 0.1, 2.0, 4.0, 8.0, 32.0, -8.0)
# A hand that drags asks so often.
SCRUB_EVERY_S = 0.06
SCRUB_STEP = timedelta(seconds=3.7)
# Every speed begins here: far enough from both ends for the fastest.
MIDDLE = BEGINS_AT + timedelta(seconds=PIECE_S * PIECES / 2)
SETTLE_S = 1.0
DEFAULT_CLIP = Path(__file__).resolve().parents[2] / "tests" / "clips" / "pedestrians.mp4"
GROUP = timedelta(seconds=GROUP_FRAMES / FPS)
FRAME = timedelta(seconds=1 / FPS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    cameras: int
    seconds: float
    json_file: Path | None


@dataclass(frozen=True, slots=True)
class Played:
    """What one speed gave."""

    shown_fps: list[float]
    apart_ms: float
    gap_ms: float
    cores: float

    def named(self) -> dict[str, object]:
        return {
            "shown_fps": self.shown_fps,
            "drift_ms_max": self.apart_ms,
            "gui_gap_ms_p99": self.gap_ms,
            "cpu_cores": self.cores,
        }


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 measured, 1 no pictures at all, 2 bad arguments."""
    wanted = parsed(arguments)
    configure_logging(level=30)
    result = measure(wanted, filmed(DEFAULT_CLIP, wanted.cameras))
    tell(result, wanted.json_file)
    return 0 if result["shown_fps"] else 1


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("playback", __doc__)
    parser.add_argument("--cameras", type=between(int, 1, 9), default=4, help="shown at once, 1 to 9")
    parser.add_argument(
        "--seconds", type=between(float, 1, 60), default=4.0, help="how long to play at each speed, 1 to 60"
    )
    return Wanted(**vars(parser.parse_args(arguments)))


def measure(wanted: Wanted, films: list[Filmed]) -> dict[str, object]:
    """The figures by name; seconds are milliseconds where the name says so."""
    app = application()
    clock = SystemClock()
    playback = PlaybackClock(clock, MIDDLE)
    tracks = [Track(film.camera, Reader(film.segments, film.locate), playback, clock) for film in films]
    wall = PastWall(playback, tracks, WINDOW_PX)
    for track in tracks:
        track.start()
    try:
        wall.run_until(lambda: all(feed.painted is not None for feed in wall.feeds), SEEK_LIMIT_S)
        wall.run_for(SETTLE_S)
        figures: dict[str, object] = {"cameras": wanted.cameras, **_sought(wall, playback)}
        figures |= _scrubbed(wall, playback)
        played = {f"{speed:g}": _played(wall, playback, speed, wanted.seconds) for speed in SPEEDS}
        usual = played["1"]
        figures |= {"drift_ms_max": usual.apart_ms, "shown_fps": usual.shown_fps, "cpu_cores": usual.cores}
        figures["gui_gap_ms_p99"] = max(one.gap_ms for one in played.values())
        figures["reverse_fps"] = played["-1"].shown_fps
        figures |= {
            "speeds": {speed: one.named() for speed, one in played.items()},
            "rss_mib": round(rss_mib(), 1),
            "seconds": wanted.seconds,
        }
    finally:
        for track in tracks:
            track.stop()
        wall.close()
        app.processEvents()
    return {**figures, "machine": machine()}


def _sought(wall: PastWall, playback: PlaybackClock) -> dict[str, object]:
    """From a jump to a picture of that moment's group on all tiles, and to the very picture on all."""
    moments = random.Random(4)
    first_s, exact_s = [], []
    wall.begin()
    used_s = cpu_s()
    for _ in range(SEEKS):
        at = BEGINS_AT + timedelta(seconds=moments.uniform(5, PIECE_S * PIECES - 5))
        began_s = time.monotonic()
        playback.seek(at)
        wall.run_until(partial(_are_of, wall, at, GROUP), SEEK_LIMIT_S)
        first_s.append(time.monotonic() - began_s)
        wall.run_until(partial(_are_of, wall, at, FRAME), SEEK_LIMIT_S)
        exact_s.append(time.monotonic() - began_s)
    return {
        "seek_ms_p50": _ms(percentile(first_s, 0.5)),
        "seek_ms_p95": _ms(percentile(first_s, 0.95)),
        "exact_ms_p50": _ms(percentile(exact_s, 0.5)),
        "exact_ms_p95": _ms(percentile(exact_s, 0.95)),
        # Of all threads together, to the very picture: what a busy machine does not change.
        "seek_cpu_ms": _ms((cpu_s() - used_s) / SEEKS),
        "seek_gui_gap_ms_p99": _ms(wall.seen.gaps.percentile_s(0.99)),
    }


def _are_of(wall: PastWall, at: datetime, within: timedelta) -> bool:
    return all(is_of_moment(feed, at, within) for feed in wall.feeds)


def _scrubbed(wall: PastWall, playback: PlaybackClock) -> dict[str, object]:
    """While a hand drags: how often each camera shows another picture."""
    wall.begin()
    began_s = time.monotonic()
    at = BEGINS_AT + timedelta(seconds=5)
    for _ in range(50):
        at += SCRUB_STEP
        playback.seek(at)
        wall.run_for(SCRUB_EVERY_S)
    took_s = time.monotonic() - began_s
    return {"scrub_fps": [round(count / took_s, 1) for count in wall.seen.painted]}


def _played(wall: PastWall, playback: PlaybackClock, speed: float, seconds: float) -> Played:
    playback.play(0.0)
    playback.seek(MIDDLE if abs(speed) < 8 else BEGINS_AT + timedelta(seconds=2 if speed > 0 else 200))
    wall.run_until(lambda: _are_of(wall, playback.now(), FRAME), SEEK_LIMIT_S)
    playback.play(speed)
    wall.run_for(SETTLE_S)
    wall.begin()
    began_s, used_s = time.monotonic(), cpu_s()
    wall.run_for(seconds)
    took_s, used_s = time.monotonic() - began_s, cpu_s() - used_s
    seen = wall.seen
    return Played(
        [round(count / took_s, 1) for count in seen.painted],
        _ms(seen.apart_s),
        _ms(seen.gaps.percentile_s(0.99)),
        round(used_s / took_s, 2),
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
