"""What simulated cameras hear, as FFmpeg and a client written by hand meet it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.film import Stream
from services.sim.sound import RATE_HZ, SAMPLES_PER_FRAME, heard, mu_law, tone_hz
from tests.services.sim.camera_kit import PASSWORD, USER, RtspClient, open_video, small_site, small_story


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CameraFarm]:
    """C01 has a microphone, C02 has none."""
    options = FarmOptions(username=USER, password=PASSWORD, sound_cameras=frozenset({"C01"}))
    made = CameraFarm(small_site(), small_story(), tmp_path_factory.mktemp("cache"), options=options)
    made.start()
    yield made
    made.stop()


def decoded(data: bytes) -> NDArray[np.int16]:
    """By FFmpeg's decoder, which is none of ours."""
    decoder = av.CodecContext.create("pcm_mulaw", "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.sample_rate, decoder.layout = RATE_HZ, "mono"
    packet = av.Packet(data)
    packet.time_base = Fraction(1, RATE_HZ)
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in decoder.decode(packet)])


def loudest_hz(samples: NDArray[np.int16], rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum[10:].argmax() + 10) * rate_hz / len(samples)


def test_mu_law_is_read_back_by_a_foreign_decoder() -> None:
    samples = np.arange(-32_000, 32_000, 7, dtype=np.int16)
    back = decoded(mu_law(samples).tobytes()).astype(np.int32)
    # G.711: 4 bits of mantissa, so half a step is at most 1/32 of the value plus the bias of 132.
    assert (np.abs(back - samples) <= (np.abs(samples.astype(np.int32)) + 132) / 32 + 1).all()


def test_the_sound_of_a_picture_is_its_40_ms_and_every_camera_has_its_own() -> None:
    assert len(heard("C01", 0)) == SAMPLES_PER_FRAME == 320
    assert heard("C01", 3) == heard("C01", 3)
    assert heard("C01", 3) != heard("C02", 3)
    assert abs(tone_hz("C01") - tone_hz("C02")) >= 1


def test_the_loop_has_no_click_at_its_seam() -> None:
    frames = 8 * 25
    around = decoded(b"".join(heard("C01", frame) for frame in range(frames - 2, frames + 2))).astype(int)
    inside = decoded(b"".join(heard("C01", frame) for frame in range(20, 60))).astype(int)
    assert np.abs(np.diff(around)).max() <= 2 * np.abs(np.diff(inside)).max()


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_an_ffmpeg_client_gets_pictures_and_sound(farm: CameraFarm, transport: str) -> None:
    with open_video(farm.url("C01", Stream.SUB), transport) as both:
        assert (len(both.streams.video), len(both.streams.audio)) == (1, 1)
        pictures = sounds = 0
        for packet in both.demux():
            pictures += packet.stream.type == "video"
            sounds += packet.stream.type == "audio"
            if pictures >= 30 and sounds >= 30:
                break


def test_a_client_that_wants_sound_alone_hears_the_camera_s_tone(farm: CameraFarm) -> None:
    url = farm.url("C01", Stream.SUB).replace("rtsp://", f"rtsp://{USER}:{PASSWORD}@")
    options = {"rtsp_transport": "tcp", "allowed_media_types": "audio", "probesize": "32768"}
    with av.open(url, options=options, timeout=(8.0, 4.0)) as container:
        frames = list(itertools.islice(container.decode(audio=0), 50))
    samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])
    assert frames[0].sample_rate == RATE_HZ
    # Two seconds: steps of half a hertz.
    assert loudest_hz(samples, RATE_HZ) == pytest.approx(tone_hz("C01"), abs=1.5)


def test_a_camera_without_a_microphone_offers_and_sets_up_no_sound(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        assert b"m=audio" not in client.request("DESCRIBE", "C02/sub").body
        over = "RTP/AVP/TCP;unicast;interleaved=0-1"
        assert client.request("SETUP", "C02/sub/trackID=1", transport=over).status == 404


def test_the_second_track_joins_only_its_own_session_and_only_before_it_plays(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        assert b"m=audio" in client.request("DESCRIBE", "C01/sub").body
        first, second = (f"RTP/AVP/TCP;unicast;interleaved={n}-{n + 1}" for n in (0, 2))
        made = client.request("SETUP", "C01/sub/trackID=0", transport=first)
        session = made.headers["session"].split(";")[0]
        assert client.request("SETUP", "C01/sub/trackID=1", transport=second).status == 455
        assert client.request("SETUP", "C01/main/trackID=1", transport=second, session=session).status == 455
        assert client.request("SETUP", "C01/sub/trackID=0", transport=second, session=session).status == 455
        assert client.request("SETUP", "C01/sub/trackID=1", transport=second, session=session).status == 200
        played = client.request("PLAY", "C01/sub", session=session)
        assert played.headers["rtp-info"].count("url=") == 2
        kinds: set[int] = set()
        while not {0, 2} <= kinds:
            kinds.add(client.packet()[0])
        late = client.request("SETUP", "C01/sub/trackID=1", transport=second, session=session)
        assert late.status == 455
