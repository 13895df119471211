"""Measures the video wall: the real engine and the real surface at a real size, nothing painted twice."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.bench.asking import Asking, between
from app.bench.clips import main_clip
from app.bench.figures import cpu_s, jain, machine, rss_mib
from app.bench.memory import WEIGH_EVERY_S, Weighed, memory_figures, weigh
from app.bench.telling import write_json
from services.core.logging import configure_logging
from services.video import SOURCES, StreamAddress, VideoEngine

if TYPE_CHECKING:
    from app.bench.floor import Floors
    from app.bench.watchedwall import WatchedWall

WINDOW_PX = (1920, 1080)
NOMINAL_FPS = 25.0
SETTLE_S = 1.5
FIRST_PICTURES_LIMIT_S = 20.0
# Feeds must neither tick at once nor begin at the same picture.
PHASE_STEP_S = 0.2137
DEFAULT_CLIP = Path(__file__).resolve().parents[2] / "tests" / "clips" / "pedestrians.mp4"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    tiles: int
    source: str
    stream: str
    seconds: float
    clip: Path
    processes: int | None
    peers: bool
    json_file: Path | None


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 measured, 1 no pictures at all, 2 bad arguments or no source."""
    wanted = parsed(arguments)
    configure_logging(level=30)
    with ExitStack() as running:
        result = measure(wanted, addresses(wanted, running))
    print_table(result)
    write_json(result, wanted.json_file)
    return 0 if result["shown_fps"] else 1


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("wall", __doc__)
    parser.add_argument("--tiles", type=between(int, 1, 256), default=36, help="tiles on the wall, 1 to 256")
    parser.add_argument("--source", default="replay", help="replay, sim, or any camera's URL")
    parser.add_argument(
        "--stream", choices=("sub", "main"), default="sub", help="of the cameras; replay makes a main stream"
    )
    parser.add_argument("--seconds", type=between(float, 1, 3600), default=20.0, help="how long to measure")
    parser.add_argument("--clip", type=Path, default=DEFAULT_CLIP, help="what replay plays")
    parser.add_argument("--processes", type=between(int, 1, 64), help="that decode, default one a core")
    parser.add_argument("--peers", action="store_true", help="also measure OpenCV, libVLC and Qt Multimedia")
    given = parser.parse_args(arguments)
    if given.source == "replay" and not given.clip.is_file():
        parser.error(f"--clip: there is no file {given.clip}")
    if given.source not in ("replay", "sim") and StreamAddress(given.source).scheme not in SOURCES:
        parser.error(f"--source must be replay, sim or a URL beginning with {', '.join(SOURCES)}")
    return Wanted(**vars(given))


def addresses(wanted: Wanted, running: ExitStack) -> list[StreamAddress]:
    """One address per tile; starts the simulator when asked, ended with `running`."""
    if wanted.source == "replay":
        clip = main_clip(wanted.clip) if wanted.stream == "main" else wanted.clip
        clip_url = clip.resolve().as_uri().replace("file:", "replay:", 1)
        return [
            StreamAddress(f"{clip_url}?phase={index * PHASE_STEP_S:.4f}") for index in range(wanted.tiles)
        ]
    if wanted.source != "sim":
        return [StreamAddress(wanted.source)] * wanted.tiles
    from app.bench.cameras import SimulatedCameras

    told("starting the simulated cameras; what they need and nobody filmed yet is filmed first")
    ahead_s = wanted.seconds + FIRST_PICTURES_LIMIT_S + SETTLE_S + 12.0
    simulated = SimulatedCameras(wanted.stream, ahead_s, wanted.tiles)
    cameras = running.enter_context(simulated).addresses
    return [cameras[index % len(cameras)] for index in range(wanted.tiles)]


def measure(wanted: Wanted, streams: list[StreamAddress]) -> dict[str, object]:
    """Run the wall and return the figures by name."""
    from app.bench.watchedwall import WatchedWall, application

    app = application()
    wall = WatchedWall(wanted.tiles, WINDOW_PX)
    body_px = wall.body_px()
    before = _floors(wanted, streams[0], body_px)
    engine = VideoEngine(processes=wanted.processes)
    try:
        opened_s = time.monotonic()
        wall.show_feeds([engine.open(address, shared=False) for address in streams])
        first_pictures_s = wait_for_pictures(wall, opened_s)
        told(f"measuring for {wanted.seconds:.0f} s")
        wall.begin()
        cpu_before_s, began_s = cpu_s(engine.process_ids), time.monotonic()
        weighed = _run_and_weigh(wall, engine, wanted.seconds)
        elapsed_s, used_s = time.monotonic() - began_s, cpu_s(engine.process_ids) - cpu_before_s
        figures = _figures(wall, wanted, elapsed_s=elapsed_s, cpu_s=used_s)
        figures["rss_mib"] = round(rss_mib(engine.process_ids), 1)
        figures |= memory_figures(weighed)
        figures["first_pictures_s"] = _plain(first_pictures_s)
        figures["layout_change_ms"] = _plain(wall.layout_change_s() * 1000)
        figures["economy"] = wall.economies()
        tile_px = wall.picture_px()
    finally:
        wall.close()
        engine.stop()
        app.processEvents()
    after = _floors(wanted, streams[0], body_px)
    figures |= beside_floors(figures["cpu_ms_per_shown_frame"], before.mean(after))
    if wanted.peers:
        from app.bench.peers import run_peers

        told("measuring the others, one after the other")
        figures["peers"] = run_peers(streams, wanted.seconds, WINDOW_PX, tile_px)
    return figures


def _floors(wanted: Wanted, stream: StreamAddress, body_px: tuple[int, int]) -> Floors:
    from app.bench.floor import floors

    told("measuring the floor: decode and scale alone")
    return floors(stream, body_px, wanted.tiles, NOMINAL_FPS)


def beside_floors(cpu_ms: object, floor: Floors) -> dict[str, object]:
    """The ratio that counts is to one decoder alone, the strictest; the others say what it is made of."""
    cpu = cpu_ms if isinstance(cpu_ms, float) else math.nan
    named = (
        ("floor_cpu_ms_per_frame", "ratio_to_floor", floor.alone),
        ("floor_unfiltered_cpu_ms", "ratio_to_unfiltered_floor", floor.unfiltered),
        ("floor_together_cpu_ms", "ratio_to_floor_together", floor.together),
        ("floor_paced_cpu_ms", "ratio_to_paced_floor", floor.paced),
    )
    figures: dict[str, object] = {}
    for name, ratio, floor_ms in named:
        figures[name] = _plain(floor_ms)
        figures[ratio] = _plain(cpu / floor_ms if floor_ms else math.nan)
    return figures


def _run_and_weigh(wall: WatchedWall, engine: VideoEngine, seconds: float) -> list[Weighed]:
    """Run for so long; returns what all weighed now and then."""
    weighed: list[Weighed] = []
    began_s = time.monotonic()
    while (left_s := began_s + seconds - time.monotonic()) > 0.05:
        wall.run_for(min(left_s, max(1.0, min(seconds / 8, WEIGH_EVERY_S))))
        weighed.append(weigh(time.monotonic() - began_s, engine.process_ids))
    return weighed


def wait_for_pictures(wall: WatchedWall, opened_s: float) -> float:
    """Until every tile has a picture, or the limit; the tiles without one count in the figures.

    Returns how long after `opened_s` (monotonic) the last tile's first picture was there; NaN for never.
    """
    until_s = time.monotonic() + FIRST_PICTURES_LIMIT_S
    while wall.tiles_without_picture() and time.monotonic() < until_s:
        wall.run_for(0.02)
    took_s = time.monotonic() - opened_s
    missing = wall.tiles_without_picture()
    if missing:
        told(f"{missing} tiles have no picture after {FIRST_PICTURES_LIMIT_S:.0f} s")
    wall.run_for(SETTLE_S)
    return math.nan if missing else took_s


def _figures(wall: WatchedWall, wanted: Wanted, *, elapsed_s: float, cpu_s: float) -> dict[str, object]:
    per_tile = [count / elapsed_s for count in wall.painted()]
    shown = sum(wall.painted())
    is_known = wanted.source in ("replay", "sim")
    wanted_fps = NOMINAL_FPS * wanted.tiles if is_known else sum(wall.source_fps())
    cpu_ms = cpu_s * 1000 / shown if shown else math.nan
    figures = {
        "wanted_fps": wanted_fps,
        "shown_fps": shown / elapsed_s,
        "cpu_ms_per_shown_frame": cpu_ms,
        "frame_age_ms_p95": wall.ages.percentile_s(0.95) * 1000,
        "gui_gap_ms_p99": wall.gaps.percentile_s(0.99) * 1000,
        "repaints_per_s": wall.repaints / elapsed_s,
        "min_tile_fps": min(per_tile),
        "fairness_jain": jain(per_tile),
    }
    rounded = {name: _plain(value) for name, value in figures.items()}
    asked = {"source": wanted.source if is_known else "url", "stream": wanted.stream}
    return {"tiles": wanted.tiles, **rounded, **asked, "seconds": round(elapsed_s, 1), "machine": machine()}


def _plain(value: float) -> float | None:
    """JSON knows no NaN: what could not be measured is null."""
    return None if math.isnan(value) else round(value, 3)


def print_table(result: dict[str, object]) -> None:
    for name, value in result.items():
        if name not in ("peers", "memory_mib"):
            print(f"{name:24} {value}")
    peers = result.get("peers")
    if isinstance(peers, list):
        from app.bench.peers import print_rows

        print_rows([{"engine": "shouwang", **result}, *peers])


def told(text: str) -> None:
    print(f"bench wall: {text}", file=sys.stderr, flush=True)
