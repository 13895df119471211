"""The processes that make the pictures end with their parent, not before it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from services.core.children import children_deaf_to_interrupts
from services.sim.reels import Reels, open_booth
from tests.services.sim.camera_kit import small_site, small_story, standing

LIMIT_S = 60


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
