"""The processes that make the pictures end with their parent, not before it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from services.core.children import children_deaf_to_interrupts
from services.core.errors import ServiceError
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.encoders import Encoders
from services.sim.reels import Reels, open_booth
from tests.services.sim.camera_kit import small_site, small_story, standing

LIMIT_S = 60
ROOT = Path(__file__).parents[3]
# A child that dies before it has read a word, as one does that is killed while the machine starts.
STILLBORN = """
import multiprocessing, sys
from multiprocessing import resource_tracker
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from app.sim import demo_site
from services.sim.encoders import Encoders
from services.sim.reels import Reels
from services.sim.story import Story
site = demo_site(0)
story = Story.load(None, site)
resource_tracker.ensure_running()
multiprocessing.set_executable("/bin/false")
encoders = Encoders(site, story, Reels.of(Path(sys.argv[1]), site, story), 1)
try:
    encoders.pool().submit(int).result()
except BrokenProcessPool:
    print("broken")
encoders.close()
"""
LATE = """
import sys
from pathlib import Path
from app.sim import demo_site
from services.core.errors import ServiceError
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.story import Story
if __name__ == "__main__":
    site = demo_site(0, onvif_port=1)
    options = FarmOptions(onvif_port=0, start_limit_s=0.0)
    try:
        CameraFarm(site, Story.load(None, site), Path(sys.argv[1]), options=options).start()
    except ServiceError as error:
        print(error.code)
"""


def test_an_interrupt_for_the_whole_group_does_not_end_an_encoder(tmp_path: Path) -> None:
    site, story = small_site(), small_story(standing("a", (30, 30), (1, 2, 3)))
    reels = Reels.of(tmp_path, site, story)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, open_booth, (site, story, reels)) as pool:
        encoder = pool.submit(os.getpid).result(LIMIT_S)
        assert pool.submit(signal.getsignal, signal.SIGINT).result(LIMIT_S) is signal.SIG_IGN
        os.kill(encoder, signal.SIGINT)
        assert pool.submit(os.getpid).result(LIMIT_S) == encoder


def test_an_encoder_is_deaf_to_interrupts_from_its_birth() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        with children_deaf_to_interrupts():
            mask = pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ())
        assert signal.SIGINT in mask.result(LIMIT_S)
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_child_that_dies_at_birth_blocks_nobody_with_a_story_of_any_size(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STILLBORN, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=True,
    )
    assert done.stdout == "broken\n"


def test_a_child_that_is_still_at_work_when_the_limit_is_over_is_killed(tmp_path: Path) -> None:
    site, story = small_site(), small_story(standing("a", (30, 30), (1, 2, 3)))
    encoders = Encoders(site, story, Reels.of(tmp_path, site, story), 1)
    with children_deaf_to_interrupts():
        long_one = encoders.pool().submit(time.sleep, 3600)
    assert encoders.pool().submit(int).cancel()
    encoders.close(limit_s=0.2)
    assert long_one.exception() is not None


def test_a_farm_that_is_told_to_end_before_it_listens_leaves_nothing_running(tmp_path: Path) -> None:
    site, story = small_site(), small_story(standing("a", (30, 30), (1, 2, 3)))
    farm = CameraFarm(site, story, tmp_path, options=FarmOptions(start_limit_s=0.0))
    with pytest.raises(ServiceError) as refused:
        farm.start()
    assert refused.value.code == "sim.not_started"


def test_a_simulator_that_was_not_ready_in_time_ends_with_all_its_children(
    tmp_path: Path, wait_until: Callable[..., object]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LATE, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        said, _ = process.communicate(timeout=LIMIT_S)
    assert said.splitlines()[-1] == "sim.not_started"
    wait_until(lambda: not _has_members(process.pid))


def _has_members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
