from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.film import Stream
from services.sim.sound import tone_hz
from services.video.address import StreamAddress
from services.video.sound import MOST_WAITING_S, NO_SOUND, SoundReader
from tests.services.sim.camera_kit import PASSWORD, USER, small_site, small_story

RATE_HZ = 48_000
Wait = Callable[..., object]


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CameraFarm]:
    options = FarmOptions(username=USER, password=PASSWORD, sound_cameras=frozenset({"C01"}))
    made = CameraFarm(small_site(), small_story(), tmp_path_factory.mktemp("cache"), options=options)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def reader(farm: CameraFarm, wait_until: Wait) -> Iterator[Callable[..., SoundReader]]:
    """`reader("C02", "C01", password=...)`: listens to the first of these cameras that has sound."""
    made: list[SoundReader] = []

    def start(*cameras: str, password: str = PASSWORD) -> SoundReader:
        addresses = [StreamAddress(farm.url(no, Stream.SUB), USER, password) for no in cameras]
        made.append(SoundReader(addresses, RATE_HZ))
        made[-1].start()
        return made[-1]

    yield start
    for one in made:
        one.request_stop()
    wait_until(lambda: not any(one.is_alive for one in made), 10.0)


def test_the_camera_s_tone_comes_at_the_loudspeaker_s_rate_in_two_channels(
    reader: Callable[..., SoundReader], wait_until: Wait
) -> None:
    listening = reader("C01")
    heard = bytearray()

    def has_a_second() -> bool:
        heard.extend(listening.take(1 << 20))
        return len(heard) >= RATE_HZ * 4

    wait_until(has_a_second, 20.0)
    samples = np.frombuffer(bytes(heard), np.int16).reshape(-1, 2)[:RATE_HZ]
    assert (samples[:, 0] == samples[:, 1]).all()
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(RATE_HZ)))
    assert int(spectrum[50:].argmax()) + 50 == pytest.approx(tone_hz("C01"), abs=2)


def test_sound_that_nobody_takes_does_not_pile_up(
    reader: Callable[..., SoundReader], wait_until: Wait
) -> None:
    listening, watched = reader("C01"), reader("C01")
    passed = 0

    def is_a_second_over() -> bool:
        nonlocal passed
        passed += len(watched.take(1 << 20))
        return passed >= RATE_HZ * 4

    wait_until(lambda: listening.has_begun, 20.0)
    wait_until(is_a_second_over, 20.0)
    assert len(listening.take(1 << 24)) <= MOST_WAITING_S * RATE_HZ * 4


def test_a_camera_without_sound_says_so(reader: Callable[..., SoundReader], wait_until: Wait) -> None:
    listening = reader("C02")
    wait_until(lambda: listening.error, 20.0)
    assert listening.error == NO_SOUND


def test_where_the_first_stream_has_no_sound_the_next_is_heard(
    reader: Callable[..., SoundReader], wait_until: Wait
) -> None:
    listening = reader("C02", "C01")
    wait_until(lambda: listening.has_begun, 20.0)
    assert listening.error == ""


def test_a_wrong_password_is_told_as_such(reader: Callable[..., SoundReader], wait_until: Wait) -> None:
    listening = reader("C01", password="wrong")
    wait_until(lambda: listening.error, 20.0)
    assert listening.error == "video.unauthorized"


def test_a_clip_has_no_sound_to_listen_to(clip: Path, wait_until: Wait) -> None:
    listening = SoundReader([StreamAddress(clip.as_uri())], RATE_HZ)
    listening.start()
    wait_until(lambda: listening.error, 5.0)
    assert listening.error == NO_SOUND
