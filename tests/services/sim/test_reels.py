"""Groups of pictures as bytes and as files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.sim.film import Codec, Group, Stream, split_units
from services.sim.reels import Reels, TakeKey
from tests.services.sim.camera_kit import small_site, small_story, standing

KEY = TakeKey("C01", Stream.SUB, Codec.H264, 50)
units = st.lists(st.binary(max_size=40), max_size=3).map(tuple)


@given(st.lists(units, max_size=6).map(tuple))
def test_a_group_comes_back_as_it_was_written(frames: tuple[tuple[bytes, ...], ...]) -> None:
    assert Group.from_bytes(Group(frames).to_bytes()) == Group(frames)


@given(st.binary(max_size=80), st.integers(0, 79))
def test_a_damaged_group_is_refused(noise: bytes, at: int) -> None:
    data = bytearray(Group(((b"\x65" * 30, b"x" * 20), (b"\x41" * 9,))).to_bytes())
    data[at % len(data)] ^= 0x10 | (noise[0] & 0x0F if noise else 0)
    with pytest.raises(ValueError, match=r"damaged|too short"):
        Group.from_bytes(bytes(data))
    for rubbish in (noise, bytes(data[: at % len(data)])):
        with pytest.raises(ValueError, match=r"damaged|too short"):
            Group.from_bytes(rubbish)


def test_start_codes_of_three_and_four_bytes_part_units() -> None:
    stream = b"\x00\x00\x00\x01\x67abc\x00\x00\x01\x68de\x00\x00\x00\x01\x65f\x00g"
    assert split_units(stream) == (b"\x67abc", b"\x68de", b"\x65f\x00g")


def test_what_can_be_seen_decides_the_folder(tmp_path: Path) -> None:
    site, story = small_site(), small_story(standing("a", (30, 30), (1, 2, 3)))
    same = Reels.of(tmp_path, small_site(), small_story(standing("a", (30, 30), (1, 2, 3))))
    other = Reels.of(tmp_path, site, small_story(standing("a", (31, 30), (1, 2, 3))))
    assert Reels.of(tmp_path, site, story).root == same.root
    assert other.root != same.root


def test_the_oldest_reels_go_when_the_limit_is_passed(tmp_path: Path) -> None:
    reels = Reels(tmp_path / "sim" / "x", limit_bytes=250)
    for i in range(5):
        path = reels.root / f"{i}"
        assert reels.write(path, bytes(100))
        os.utime(path, (1000 + i, 1000 + i))
    assert reels.trim() == 200
    assert sorted(path.name for path in reels.root.iterdir()) == ["3", "4"]


def test_no_draft_stays_behind_a_refused_write(tmp_path: Path) -> None:
    reels = Reels(tmp_path)
    (tmp_path / "taken").mkdir()
    assert not reels.write(tmp_path / "taken", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    assert reels.read(KEY) is None
