"""Whatever is cut off a part, all its whole fragments are found again, and nothing that cannot be played."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from services.recording.boxes import whole_bytes
from services.recording.files import DiskFiles
from services.recording.naming import part_path
from services.recording.recovery import found_on, recover
from services.recording.writer import SegmentWriter
from tests.services.recording.conftest import AT, BEGUN, CLIP, pictures_in

Write = Callable[..., SegmentWriter]
FPS = 25
# One fragment that was being gathered, and one group of pictures: what a killed recorder may lose.
MOST_LOST_S = 2.0


def test_a_finished_piece_holds_every_picture(tmp_path: Path, write_part: Write) -> None:
    segment = write_part(tmp_path, 200).finish(AT + timedelta(seconds=8), "disk")
    assert segment is not None
    path = tmp_path / segment.path
    assert (pictures_in(path), path.stat().st_size) == (200, segment.size_bytes)
    assert list(found_on(tmp_path, "disk")) == [segment]
    assert list(tmp_path.glob("*/*/*.part")) == []


def test_an_abandoned_part_loses_no_more_than_two_seconds(tmp_path: Path, write_part: Write) -> None:
    write_part(tmp_path, 200).abandon()
    (segment,) = recover(DiskFiles(), tmp_path, "disk")
    held = pictures_in(tmp_path / segment.path)
    assert 200 - held <= MOST_LOST_S * FPS
    assert segment.ends_at - segment.begins_at == timedelta(seconds=held / FPS)


def test_a_part_cut_anywhere_is_played_to_its_last_whole_fragment(tmp_path: Path, write_part: Write) -> None:
    whole = tmp_path / "whole"
    write_part(whole, 150).abandon()
    data = (whole / part_path(BEGUN)).read_bytes()
    seen = []
    for number, size in enumerate(range(0, len(data) + 1, max(1, len(data) // 60))):
        root = tmp_path / str(number)
        part = root / part_path(BEGUN)
        part.parent.mkdir(parents=True)
        part.write_bytes(data[:size])
        segments = list(recover(DiskFiles(), root, "disk"))
        assert list(root.glob("*/*/*.part")) == []
        seen.append(sum(pictures_in(root / segment.path) for segment in segments))
        shutil.rmtree(root)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1] >= 100) == (0, True)


def test_a_part_of_zeros_is_no_recording(tmp_path: Path) -> None:
    part = tmp_path / part_path(BEGUN)
    part.parent.mkdir(parents=True)
    part.write_bytes(bytes(4096))
    assert list(recover(DiskFiles(), tmp_path, "disk")) == []
    assert not part.exists()


def test_a_part_whose_times_are_damaged_stops_no_start(tmp_path: Path, write_part: Write) -> None:
    write_part(tmp_path, 150).abandon()
    part = tmp_path / part_path(BEGUN)
    data = bytearray(part.read_bytes())
    at = data.rindex(b"tfdt")
    # Version 1: the moment the fragment begins at, in 64 bits.
    data[at + 4 : at + 16] = b"\x01\x00\x00\x00" + (2**60).to_bytes(8, "big")
    part.write_bytes(bytes(data))
    (segment,) = recover(DiskFiles(), tmp_path, "disk")
    assert segment.ends_at - AT <= timedelta(hours=1)
    assert list(found_on(tmp_path, "disk")) == [segment]


def test_one_place_that_cannot_be_read_keeps_no_piece_from_its_row(
    tmp_path: Path, write_part: Write, expected_log: Callable[..., None]
) -> None:
    expected_log("recording.not_looked_at")
    segment = write_part(tmp_path, 150).finish(AT + timedelta(seconds=6), "disk")
    assert segment is not None
    folder = (tmp_path / segment.path).parent
    # A link that leads to itself is refused by every system as a bad disk refuses a file.
    loop = folder / "20260101T000000.000000Z_20260101T000100.000000Z_main_continuous.mp4"
    loop.symlink_to(loop)
    (folder / loop.name.replace("main", "sub")).mkdir()
    assert list(found_on(tmp_path, "disk")) == [segment]


def test_a_strangers_file_is_left_alone(tmp_path: Path) -> None:
    stranger = tmp_path / "C01" / "2026-11-24" / "holiday.part"
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"mine")
    assert list(recover(DiskFiles(), tmp_path, "disk")) == []
    assert stranger.read_bytes() == b"mine"


@pytest.mark.parametrize("length", [0, 1, 7])
def test_a_box_that_claims_less_than_its_head_ends_the_reading(tmp_path: Path, length: int) -> None:
    file = tmp_path / "broken"
    file.write_bytes(length.to_bytes(4, "big") + b"moof" + bytes(20))
    with file.open("rb") as opened:
        assert whole_bytes(opened, 28) == 0


def test_sound_that_mp4_has_no_name_for_is_kept_as_it_came(tmp_path: Path) -> None:
    spoken = tmp_path / "spoken.mov"
    with av.open(str(CLIP)) as film, av.open(str(spoken), "w") as both:
        pictures = both.add_stream_from_template(film.streams.video[0])
        sound = both.add_stream("pcm_mulaw", rate=8000, layout="mono")
        for packet in film.demux(film.streams.video[0]):
            if packet.size:
                packet.stream = pictures
                both.mux(packet)
        for number in range(10):
            frame = AudioFrame.from_ndarray(np.full((1, 8000), 1000 * number, np.int16), "s16", "mono")
            frame.sample_rate, frame.pts, frame.time_base = 8000, number * 8000, Fraction(1, 8000)
            both.mux(sound.encode(frame))
    with av.open(str(spoken)) as source:
        came = [bytes(packet) for packet in source.demux(source.streams.audio[0]) if packet.size]
    with av.open(str(spoken)) as source:
        writer = SegmentWriter(
            DiskFiles(), tmp_path, BEGUN, [source.streams.video[0], source.streams.audio[0]]
        )
        for packet in source.demux():
            if packet.size:
                writer.write(packet)
        segment = writer.finish(AT + timedelta(seconds=16), "disk")
    assert segment is not None
    with av.open(str(tmp_path / segment.path)) as written:
        assert written.streams.audio[0].codec_context.name == "pcm_mulaw"
        kept = b"".join(bytes(packet) for packet in written.demux(written.streams.audio[0]) if packet.size)
    assert kept == b"".join(came)
