"""A simulated recorder, made once for a file's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.sim.film import Codec
from tests.services.devices.recorders.recorder_kit import RecorderKit


@pytest.fixture(scope="module")
def kit() -> Iterator[RecorderKit]:
    kit = RecorderKit()
    yield kit
    kit.stop()


@pytest.fixture(scope="module")
def hevc_kit() -> Iterator[RecorderKit]:
    kit = RecorderKit(Codec.H265)
    yield kit
    kit.stop()
