"""This machine may have no such hardware: what is proved is that nothing depends on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import pytest

from services.core.errors import ServiceError
from services.video import StreamAddress, VideoEngine
from services.video.decoder import Decoder
from services.video.hardware import (
    MOST_FAILURES,
    Acceleration,
    candidates,
    decodes,
    find_hardware,
    works_here,
)
from services.video.sources import Codec
from services.video.sources.replay import Clip, load_clip

ABSENT = "videotoolbox"  # Apple's: never here


@pytest.fixture
def footage(clip: Path) -> Clip:
    return load_clip(str(clip))


def shown(decoder: Decoder, footage: Clip, count: int) -> int:
    return sum(decoder.decode(packet) is not None for packet in footage.packets[:count])


def test_software_in_the_place_of_a_device_is_no_device() -> None:
    # PyAV decodes in software, without a word, for a device that FFmpeg was not built with.
    assert not decodes(ABSENT)


def test_a_probe_in_its_own_process_says_no_and_leaves_nothing() -> None:
    assert not works_here(ABSENT)


def test_only_kinds_that_this_ffmpeg_knows_are_probed() -> None:
    assert set(candidates("linux")) <= set(av.codec.hwaccel.hwdevices_available())
    assert set(candidates("win32")) <= {"d3d11va", "cuda"}


def test_the_first_device_that_works_is_taken() -> None:
    asked: list[str] = []

    def probe(kind: str) -> bool:
        asked.append(kind)
        return kind != "vaapi"

    assert find_hardware("auto", ["vaapi", "cuda", "d3d11va"], probe) == "cuda"
    assert asked == ["vaapi", "cuda"]


def test_off_probes_nothing() -> None:
    def never(_kind: str) -> bool:
        raise AssertionError

    assert find_hardware("off", ["cuda"], never) == ""


def test_on_without_hardware_is_told_and_auto_is_not() -> None:
    with pytest.raises(ServiceError) as refused:
        find_hardware("on", ["cuda"], lambda _kind: False)
    assert refused.value.code == "video.no_hardware"
    assert find_hardware("auto", ["cuda"], lambda _kind: False) == ""


def test_a_device_that_cannot_be_opened_is_replaced_by_software_at_once_and_told_once(
    footage: Clip, expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("video.hardware_failed")
    acceleration = Acceleration("no such device")
    for _ in range(MOST_FAILURES):
        assert shown(Decoder(footage.codec, acceleration), footage, 20) >= 15
    assert acceleration.device == "", "no further decoder tries"
    assert [event["event"] for event in log_events].count("video.hardware_failed") == 1


def test_a_codec_that_no_card_decodes_costs_the_others_nothing() -> None:
    acceleration = Acceleration("no such device")
    for _ in range(MOST_FAILURES):
        Decoder(Codec("mjpeg", None), acceleration)
    assert acceleration.device == "no such device"


def test_a_decoder_that_is_told_to_change_goes_on_at_the_next_key_frame(
    footage: Clip, expected_log: Callable[..., None]
) -> None:
    expected_log("video.hardware_failed")
    acceleration = Acceleration()
    decoder = Decoder(footage.codec, acceleration)
    assert shown(decoder, footage, 10) > 0
    acceleration.use("no such device")
    assert shown(decoder, footage, len(footage.packets)) > len(footage.packets) // 2
    assert decoder.failures == 0


def test_an_engine_that_is_told_of_a_broken_device_shows_pictures_all_the_same(
    clip_url: Callable[..., str], wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.hardware_failed")
    engine = VideoEngine(processes=1)
    try:
        engine.use_hardware("no such device")
        feed = engine.open(StreamAddress(clip_url("replay")))
        wait_until(lambda: feed.latest(-1) is not None, 20.0)
        number = feed.latest(-1).number  # type: ignore[union-attr]
        engine.use_hardware("")
        wait_until(lambda: feed.latest(number + 20) is not None, 20.0)
    finally:
        engine.stop()
