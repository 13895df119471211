"""A simulated camera as it comes out of its box: on a port of its own, with a password, answering at once,
over RTSP, ONVIF and to WS-Discovery."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from services.domain.site import CameraNo
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.film import Stream
from tests.services.sim.camera_kit import PASSWORD, USER, small_site, small_story

NO = "C99"


@contextmanager
def new_device(folder: Path) -> Iterator[CameraFarm]:
    """Its four seconds of film are made before it is switched on."""
    whole = small_site()
    site = replace(whole, cameras=(replace(whole.cameras[0], no=CameraNo(NO)),))
    story = replace(small_story(), period_s=4.0)
    options = FarmOptions(username=USER, password=PASSWORD, onvif_port=0)
    farm = CameraFarm(site, story, folder, options=options)
    for stream in Stream:
        farm.film_ahead(stream)
    farm.start()
    try:
        yield farm
    finally:
        farm.stop()
