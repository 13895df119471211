"""A copy shows what it may show, says what it is, and is bound to the original."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey
from services.evidence import verify
from services.evidence.manifest import FileKind
from services.evidence.mask_keys import key_at
from services.evidence.masking import blur
from services.evidence.package import Options
from services.evidence.watermark import Watermark
from tests.services.evidence.sealed.conftest import AT, CHINA, FRAME, Record, exported, seconds, wish

Luma = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def lumas(path: Path) -> list[Luma]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="yuv420p")[: frame.height] for frame in container.decode(video=0)]


def times_of(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [frame.time for frame in container.decode(video=0)]


def checked(size_px: tuple[int, int]) -> Luma:
    """A chess board of two dots a field: all of it is lost where it is averaged."""
    width, height = size_px
    rows, columns = np.mgrid[:height, :width]
    return np.where((rows // 2 + columns // 2) % 2, 200, 50).astype(np.uint8)


def test_a_watermarked_copy_is_marked_and_bound_to_its_original(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    asked = wish(AT, AT + seconds(2), options=Options(has_watermark=True))
    package = exported(tmp_path, asked, [record(2, sound="aac")], disk)

    (original,) = (one for one in package.manifest.files if one.kind is FileKind.VIDEO)
    (copy,) = (one for one in package.manifest.files if one.kind is FileKind.COPY)
    assert copy.derivation is not None
    assert copy.derivation.of == original.path
    content = (package.path / original.path).read_bytes()
    assert copy.derivation.of_sha256 == hashlib.sha256(content).hexdigest()
    assert copy.derivation.watermark == "调〔2026〕7号  东城分局 赵警官  王五  副本 copy"
    with av.open(str(package.path / copy.path)) as container:
        assert "re-encoded copy" in container.metadata["comment"]
        assert container.streams.audio[0].codec_context.name == "aac"
    assert times_of(package.path / copy.path) == pytest.approx(times_of(package.path / original.path))
    assert copy.footage == original.footage
    assert verify.check(str(package.path)).findings == []


def test_the_letters_are_in_the_copy_and_not_in_the_original(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    asked = wish(AT, AT + seconds(2), options=Options(has_watermark=True))
    package = exported(tmp_path, asked, [record(2)], disk)
    (original,) = lumas_of(package.path, "video")
    (copy,) = lumas_of(package.path, "copies")

    # The pictures are of one grey each: what differs by more than the encoder's noise was written.
    written = [np.abs(was.astype(int) - now) > 40 for was, now in zip(original, copy, strict=True)]
    assert all(now[150:].mean() > 0.05 for now in written)
    assert all(now[:60].mean() == 0 for now in written)


def lumas_of(package: Path, folder: str) -> list[list[Luma]]:
    return [lumas(path) for path in sorted((package / folder).iterdir())]


def test_the_time_in_the_picture_is_the_wall_clock_of_the_picture() -> None:
    mark, same, later = (np.full((180, 320), 100, np.uint8) for _ in range(3))
    watermark = Watermark("case", (320, 180), CHINA)
    watermark.burn(mark, AT)
    watermark.burn(same, AT + timedelta(milliseconds=999))
    watermark.burn(later, AT + seconds(1))
    assert np.array_equal(mark, same)
    assert not np.array_equal(mark, later)


def test_a_masked_copy_hides_the_box_where_it_has_moved_to_and_nothing_else(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    """From the left edge to the right in two seconds, over a picture whose lower half is a chess board."""
    segment = record(2, board=checked((320, 90)))
    keys = (MaskKey(AT, 0, 0.6, 0.2, 0.3), MaskKey(AT + 49 * FRAME, 0.8, 0.6, 0.2, 0.3))
    asked = wish(AT, AT + seconds(2), options=Options(masks=(Mask("C01", keys),)))
    package = exported(tmp_path, asked, [segment], disk)
    (original,) = lumas_of(package.path, "video")
    (copy,) = lumas_of(package.path, "copies")

    for number in (0, 10, 25, 49):
        left = round(number / 49 * 0.8 * 320)
        inside = copy[number][110:160, left + 3 : left + 61]
        assert original[number][110:160, left + 3 : left + 61].std() > 60
        assert inside.std() < 12
        for beside in (slice(0, max(0, left - 4)), slice(left + 70, 320)):
            if beside.stop - beside.start > 10:
                assert copy[number][110:160, beside].std() > 50
        assert copy[number][90:104].std() > 50


def test_without_originals_only_copies_go_out_and_the_hash_stays(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    segments = [record(2, camera=no) for no in ("C01", "C02")]
    masks = (Mask("C01", (MaskKey(AT, 0.2, 0.2, 0.5, 0.5),)),)
    asked = wish(AT, AT + seconds(2), "C01", "C02", options=Options(masks=masks, keeps_originals=False))
    package = exported(tmp_path, asked, segments, disk)

    assert not (package.path / "video").exists()
    copies = [one for one in package.manifest.files if one.kind is FileKind.COPY]
    assert [one.footage.camera for one in copies if one.footage] == ["C01", "C02"]
    left_out = package.manifest.originals_left_out
    assert [one.derivation.of_sha256 for one in copies if one.derivation] == [one.sha256 for one in left_out]
    assert verify.check(str(package.path)).findings == []

    # Whoever is shown the original later can prove that it is the one: it can be made again, bit by bit.
    again = exported(tmp_path / "again", wish(AT, AT + seconds(2), "C01"), segments[:1], disk)
    assert again.manifest.files[0].sha256 == left_out[0].sha256


def test_cameras_without_a_mask_are_not_encoded_anew(tmp_path: Path, disk: Path, record: Record) -> None:
    segments = [record(2, camera=no) for no in ("C01", "C02")]
    masks = (Mask("C02", (MaskKey(AT, 0.2, 0.2, 0.5, 0.5),)),)
    asked = wish(AT, AT + seconds(2), "C01", "C02", options=Options(masks=masks))
    package = exported(tmp_path, asked, segments, disk)
    copies = [one for one in package.manifest.files if one.kind is FileKind.COPY]
    assert [one.footage.camera for one in copies if one.footage] == ["C02"]


@pytest.mark.parametrize(
    "mask",
    [
        Mask("C01", ()),
        Mask("C09", (MaskKey(AT, 0, 0, 0.1, 0.1),)),
        Mask("C01", (MaskKey(AT, 0.95, 0, 0.1, 0.1),)),
        Mask("C01", (MaskKey(AT, -0.1, 0, 0.5, 0.5),)),
        Mask("C01", (MaskKey(AT, 0, 0, 0, 0.5),)),
        Mask("C01", (MaskKey(AT + FRAME, 0, 0, 0.1, 0.1), MaskKey(AT, 0, 0, 0.1, 0.1))),
        Mask("C01", (MaskKey(AT, float("nan"), 0, 0.1, 0.1),)),
    ],
)
def test_a_mask_that_would_hide_nothing_ends_the_export(
    tmp_path: Path, disk: Path, record: Record, mask: Mask
) -> None:
    asked = wish(AT, AT + seconds(2), options=Options(masks=(mask,)))
    with pytest.raises(ServiceError, match=r"evidence\.bad_mask"):
        exported(tmp_path, asked, [record(2)], disk)


SHARES = st.floats(0, 0.7)


@given(SHARES, SHARES, st.floats(0.01, 0.3), st.floats(0.01, 0.3))
def test_no_dot_of_a_box_is_left_as_it_was(left: float, top: float, width: float, height: float) -> None:
    """On an odd-sized picture too; what is averaged lies far from both greys of the board."""
    luma, colour = checked((320, 180)), checked((160, 90))
    blur((luma, colour), MaskKey(AT, left, top, width, height))
    for plane in (luma, colour):
        rows, columns = plane.shape
        inside = plane[
            int(top * rows) : int(np.ceil((top + height) * rows)),
            int(left * columns) : int(np.ceil((left + width) * columns)),
        ]
        # Where eight cells are as fine as the board itself nothing can be averaged away.
        if min(inside.shape) >= 8 * 4:
            assert inside.min() > 60
            assert inside.max() < 190


@given(st.floats(-2, 6))
def test_between_two_keys_a_box_is_where_hand_arithmetic_says(at_s: float) -> None:
    keys = (MaskKey(AT, 0.0, 0.1, 0.2, 0.2), MaskKey(AT + seconds(4), 0.4, 0.5, 0.4, 0.1))
    found = key_at(Mask("C01", keys), AT + seconds(at_s))
    share = min(1.0, max(0.0, at_s / 4))
    assert (found.left, found.top) == pytest.approx((0.4 * share, 0.1 + 0.4 * share), abs=1e-6)
    assert (found.width, found.height) == pytest.approx((0.2 + 0.2 * share, 0.2 - 0.1 * share), abs=1e-6)
