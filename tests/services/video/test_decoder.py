"""Damaged streams cost pictures, never the decoder; sizes fit what is asked."""

from __future__ import annotations

import io
import random
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from hypothesis import given
from hypothesis import strategies as st

from services.video.decoder import Decoder, fit
from services.video.sources import Codec
from services.video.sources.replay import Clip, load_clip
from ui.tiles.layout import letterbox


@pytest.fixture(scope="module")
def footage() -> Clip:
    return load_clip(str(Path(__file__).resolve().parents[2] / "clips" / "pedestrians.mp4"))


def damaged(packet: Packet[VideoStream], chance: random.Random) -> Packet[VideoStream]:
    """The packet with a few bits flipped anywhere, its key flag kept."""
    body = bytearray(bytes(packet))
    for _ in range(chance.randint(1, 40)):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    copy: Packet[VideoStream] = Packet(bytes(body))
    copy.is_keyframe = packet.is_keyframe
    return copy


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_never_get_out_and_the_next_key_frame_heals(footage: Clip, seed: int) -> None:
    chance, decoder = random.Random(seed), Decoder(footage.codec)
    for packet in footage.packets[:100]:
        frame = decoder.decode(damaged(packet, chance))
        if frame is not None:
            decoder.picture(frame, (160, 90))

    healed = [decoder.decode(packet) for packet in footage.packets[100:150]]

    assert footage.packets[100].is_keyframe
    assert sum(frame is not None for frame in healed) >= 48


def test_nothing_is_decoded_before_a_key_frame(footage: Clip) -> None:
    decoder = Decoder(footage.codec)

    assert all(decoder.decode(packet) is None for packet in footage.packets[1:50])
    assert decoder.decode(footage.packets[50]) is not None
    assert decoder.failures == 0


def test_a_picture_is_bgra_of_the_asked_size(footage: Clip) -> None:
    decoder = Decoder(footage.codec)
    frame = decoder.decode(footage.packets[0])
    assert frame is not None

    for asked in ((318, 177), (320, 180), (333, 181), (2, 2), (951, 530)):
        pixels = decoder.picture(frame, asked)
        assert pixels is not None
        assert pixels.shape == (*reversed(fit(640, 360, asked)), 4)
        assert pixels.dtype == np.uint8
        assert (pixels[..., 3] == 255).all()


def test_colours_come_out_as_blue_green_red(tmp_path: Path) -> None:
    path = tmp_path / "red.mp4"
    path.write_bytes(_film((64, 64), 12, colour=(255, 0, 0)))
    clip = load_clip(str(path))
    decoder = Decoder(clip.codec)
    frame = next(frame for frame in map(decoder.decode, clip.packets) if frame is not None)

    pixels = decoder.picture(frame, (0, 0))

    assert pixels is not None
    blue, green, red, _ = pixels[32, 32]
    assert red > 200
    assert max(blue, green) < 60


@pytest.mark.parametrize(("asked", "is_filtered"), [((240, 135), False), ((480, 270), True)])
def test_only_a_picture_shown_small_goes_without_the_loop_filter_from_the_next_key_frame_on(
    footage: Clip, asked: tuple[int, int], is_filtered: bool
) -> None:
    shown, whole = Decoder(footage.codec), Decoder(footage.codec)
    keys = [number for number, packet in enumerate(footage.packets) if packet.is_keyframe]
    same = []
    for packet in footage.packets[: keys[1] + 5]:
        frame, unchanged = shown.decode(packet), whole.decode(packet)
        assert frame is not None
        assert unchanged is not None
        assert shown.picture(frame, asked) is not None
        same.append(np.array_equal(frame.to_ndarray(), unchanged.to_ndarray()))
    assert all(same[: keys[1]])
    assert all(same[keys[1] :]) is is_filtered


def test_a_camera_may_change_its_resolution_in_the_middle() -> None:
    # Annex B with headers in the stream, as a camera sends it.
    packets = _encoded((320, 240), 5) + _encoded((640, 360), 5)
    decoder = Decoder(Codec("h264", None))

    sizes = [(f.width, f.height) for f in map(decoder.decode, packets) if f is not None]

    assert set(sizes) == {(320, 240), (640, 360)}
    assert sizes[-1] == (640, 360)


def test_a_stream_that_claims_a_monstrous_size_is_not_decoded() -> None:
    decoder = Decoder(Codec("h264", None))

    # 8192 x 4608 = 37.7 megapixels; black, so that the packets are small.
    frames = [decoder.decode(packet) for packet in _encoded((8192, 4608), 1)]

    assert frames == [None]
    assert decoder.failures == 1


@given(
    width=st.integers(16, 4096),
    height=st.integers(16, 2160),
    across=st.integers(1, 2000),
    down=st.integers(1, 1200),
)
def test_the_picture_fits_the_tile_with_the_rounding_of_the_wall(
    width: int, height: int, across: int, down: int
) -> None:
    from PySide6.QtCore import QRect

    got = fit(width, height, (across, down))

    assert got[0] <= across
    assert got[1] <= down
    assert got[0] <= 3 * width or got[1] <= 3 * height
    box = letterbox(QRect(0, 0, across, down), width, height)
    whole = 3 * width, 3 * height
    assert got == whole or (box.width() - got[0] in (0, 1) and box.height() == got[1])
    assert got == whole or got[0] % 2 == 0 or got[0] == 1


def _encoded(size: tuple[int, int], count: int) -> list[Packet[VideoStream]]:
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height, context.pix_fmt = *size, "yuv420p"
    context.time_base = Fraction(1, 25)
    context.options = {"tune": "zerolatency"}
    packets: list[Packet[VideoStream]] = []
    for index in range(count):
        frame = VideoFrame(*size, "yuv420p")
        frame.pts = index
        packets += context.encode(frame)
    return packets + context.encode(None)


def _film(size: tuple[int, int], count: int, colour: tuple[int, int, int]) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        pixels = np.full((size[1], size[0], 3), colour, np.uint8)
        for _ in range(count):
            container.mux(video.encode(VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(video.encode(None))
    return buffer.getvalue()
