"""A package holds what was wished for, picture by picture, says so, and is whole or not there."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import av
import pytest

from services.core.errors import ServiceError
from services.domain.recordings import Segment
from services.evidence import verify
from services.evidence.holes import Hole, holes_between
from services.evidence.manifest import FileKind, GapCause, PackedFile, read_manifest
from services.evidence.package import Options
from tests.services.evidence.sealed.conftest import (
    AT,
    FRAME,
    GROUP,
    Record,
    exported,
    greys_of,
    seconds,
    wish,
)


def videos(files: tuple[PackedFile, ...]) -> list[PackedFile]:
    return [file for file in files if file.kind is FileKind.VIDEO]


def test_the_range_is_covered_from_the_key_picture_before_it_to_its_end(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    segments = [record(4, AT), record(4, AT + seconds(4))]
    # 3.0 s = picture 75; the key picture before it is 50. 5.5 s = picture 137.5.
    package = exported(tmp_path, wish(AT + seconds(3), AT + seconds(5.5)), segments, disk)

    (file,) = videos(package.manifest.files)
    assert greys_of(package.path / file.path) == list(range(GROUP, 138))
    assert file.footage is not None
    assert file.footage.first_frame.utc == "2026-11-24T02:00:02.000000+00:00"
    assert file.footage.first_frame.local == "2026-11-24T10:00:02.000000+08:00"
    assert file.footage.last_frame.utc == (AT + 137 * FRAME).isoformat(timespec="microseconds")
    assert file.footage.frames == 88
    assert package.manifest.takes[0].missing == ()
    assert verify.check(str(package.path)).findings == []


@pytest.mark.parametrize(("codec", "called"), [("libx264", "h264"), ("libx265", "hevc")])
def test_not_a_coded_picture_is_changed(
    tmp_path: Path, disk: Path, record: Record, codec: str, called: str
) -> None:
    segment = record(4, codec=codec)
    package = exported(tmp_path, wish(AT, AT + seconds(4)), [segment], disk)

    def coded(path: Path) -> list[bytes]:
        with av.open(str(path)) as container:
            return [bytes(packet) for packet in container.demux(video=0) if packet.size]

    (file,) = videos(package.manifest.files)
    assert file.footage is not None
    assert file.footage.codec == called
    assert coded(package.path / file.path) == coded(disk / segment.path)
    assert len(coded(disk / segment.path)) == 100


@pytest.mark.parametrize(("sound", "ending"), [("aac", "mp4"), ("pcm_alaw", "mov")])
def test_sound_is_kept_in_step(tmp_path: Path, disk: Path, record: Record, sound: str, ending: str) -> None:
    segments = [record(4, AT, sound=sound), record(4, AT + seconds(4), sound=sound)]
    package = exported(tmp_path, wish(AT + seconds(2), AT + seconds(6)), segments, disk)

    (file,) = videos(package.manifest.files)
    assert file.footage is not None
    assert file.footage.has_sound
    assert file.path.endswith(ending)
    with av.open(str(package.path / file.path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert audio.codec_context.name == sound
        lengths = [float(stream.duration * stream.time_base) for stream in (video, audio)]
    assert lengths[0] == pytest.approx(4.0, abs=0.05)
    assert lengths[1] == pytest.approx(4.0, abs=0.3)


def test_a_gap_makes_two_files_and_stands_in_the_manifest(tmp_path: Path, disk: Path, record: Record) -> None:
    segments = [record(2, AT), record(2, AT + seconds(10))]
    package = exported(tmp_path, wish(AT, AT + seconds(12)), segments, disk)

    first, second = videos(package.manifest.files)
    assert greys_of(package.path / first.path) == list(range(50))
    assert [grey % 200 for grey in greys_of(package.path / second.path)] == [n % 200 for n in range(250, 300)]
    (hole,) = package.manifest.takes[0].missing
    assert (hole.since.utc, hole.until.utc, hole.cause) == (
        "2026-11-24T02:00:02.000000+00:00",
        "2026-11-24T02:00:10.000000+00:00",
        GapCause.NOT_RECORDED,
    )


def test_many_cameras_lie_side_by_side(tmp_path: Path, disk: Path, record: Record) -> None:
    segments = [record(2, AT, camera=no) for no in ("C01", "东门/2")]
    package = exported(tmp_path, wish(AT, AT + seconds(2), "C01", "东门/2"), segments, disk)

    assert [file.footage.camera for file in videos(package.manifest.files) if file.footage] == [
        "C01",
        "东门/2",
    ]
    assert verify.check(str(package.path)).findings == []


def test_the_wished_stream_is_taken_where_there_are_two(tmp_path: Path, disk: Path, record: Record) -> None:
    segments = [record(2, AT, stream="sub"), record(2, AT, stream="main")]
    package = exported(tmp_path, wish(AT, AT + seconds(2)), segments, disk)
    assert [file.footage.stream for file in videos(package.manifest.files) if file.footage] == ["main"]

    package = exported(tmp_path / "sub", wish(AT, AT + seconds(2)), segments[:1], disk)
    assert [file.footage.stream for file in videos(package.manifest.files) if file.footage] == ["sub"]


def test_the_manifest_reads_back_as_it_was_said(tmp_path: Path, disk: Path, record: Record) -> None:
    package = exported(tmp_path, wish(AT, AT + seconds(2)), [record(2)], disk)

    manifest = read_manifest((package.path / "manifest.json").read_bytes())
    assert manifest == package.manifest
    assert (manifest.case, manifest.requested_by, manifest.approved_by) == ("调〔2026〕7号", "张三", "李四")
    assert (manifest.operator, manifest.reason) == ("王五", "查找翻墙的人")
    assert (manifest.audit.seq, manifest.audit.sha256) == (42, "ab" * 32)
    assert manifest.takes[0].clock_offset_s == 0.25
    assert manifest.exported_at.local == "2026-11-24T11:00:00.000000+08:00"


def test_nothing_recorded_leaves_nothing(tmp_path: Path, disk: Path, record: Record) -> None:
    with pytest.raises(ServiceError, match=r"evidence\.nothing_recorded"):
        exported(tmp_path, wish(AT + seconds(60), AT + seconds(70)), [record(2)], disk)
    assert list((tmp_path / "out").iterdir()) == []


def lose(segment: Segment, disk: Path, how: str) -> None:
    path = disk / segment.path
    match how:
        case "file_gone":
            path.unlink()
        case "file_broken":
            path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize("how", ["file_gone", "file_broken"])
def test_a_lost_piece_ends_the_export_or_is_told(
    tmp_path: Path, disk: Path, record: Record, how: str
) -> None:
    segments = [record(2, AT + seconds(at)) for at in (0, 2, 4)]
    lose(segments[1], disk, how)
    with pytest.raises(ServiceError, match=rf"evidence\.{how}"):
        exported(tmp_path, wish(AT, AT + seconds(6)), segments, disk)
    assert list((tmp_path / "out").iterdir()) == []

    asked = wish(AT, AT + seconds(6), options=Options(leaves_out_missing=True))
    package = exported(tmp_path, asked, segments, disk)
    first, second = videos(package.manifest.files)
    assert greys_of(package.path / first.path) == list(range(50))
    assert greys_of(package.path / second.path) == list(range(100, 150))
    (hole,) = package.manifest.takes[0].missing
    assert (hole.since.utc, hole.until.utc, hole.cause.value) == (
        "2026-11-24T02:00:02.000000+00:00",
        "2026-11-24T02:00:04.000000+00:00",
        how,
    )


def test_a_piece_that_broke_off_is_a_gap_by_its_pictures_not_by_its_row(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    """A connection that died is noticed seconds after its last picture; its row ends when it was noticed."""
    piece = replace(record(2), ends_at=AT + seconds(10))
    package = exported(tmp_path, wish(AT, AT + seconds(12)), [piece, record(2, AT + seconds(10))], disk)

    assert len(videos(package.manifest.files)) == 2
    (hole,) = package.manifest.takes[0].missing
    assert (hole.since.utc, hole.until.utc, hole.cause) == (
        "2026-11-24T02:00:02.000000+00:00",
        "2026-11-24T02:00:10.000000+00:00",
        GapCause.NOT_RECORDED,
    )


def test_of_a_piece_with_a_bad_spot_what_can_be_read_is_taken_if_so_asked(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    """From the middle on no box is one any more; FFmpeg alone would end there without a word."""
    segment = record(8)
    path = disk / segment.path
    content = path.read_bytes()
    # From the last fragment but one on there is nothing but zeros.
    spot = [at for at in range(len(content)) if content[at : at + 4] == b"moof"][-2]
    path.write_bytes(content[: spot - 4] + bytes(len(content) - spot + 4))
    with pytest.raises(ServiceError, match=r"evidence\.file_broken"):
        exported(tmp_path, wish(AT, AT + seconds(8)), [segment], disk)

    asked = wish(AT, AT + seconds(8), options=Options(leaves_out_missing=True))
    package = exported(tmp_path, asked, [segment], disk)
    (file,) = videos(package.manifest.files)
    assert file.footage is not None
    greys = greys_of(package.path / file.path)
    assert greys == list(range(len(greys)))
    assert 50 <= len(greys) < 200
    (hole,) = package.manifest.takes[0].missing
    assert hole.cause is GapCause.FILE_BROKEN
    assert hole.since.utc == (AT + len(greys) * FRAME).isoformat(timespec="microseconds")
    assert hole.until.utc == (AT + seconds(8)).isoformat(timespec="microseconds")


def test_a_piece_whose_head_names_no_coding_is_broken(tmp_path: Path, disk: Path, record: Record) -> None:
    pieces = [record(2), record(2, AT + seconds(2))]
    film = disk / pieces[0].path
    film.write_bytes(film.read_bytes().replace(b"avc1", b"zzzz"))
    with pytest.raises(ServiceError, match=r"evidence\.file_broken"):
        exported(tmp_path, wish(AT, AT + seconds(4)), pieces, disk)
    package = exported(
        tmp_path, wish(AT, AT + seconds(4), options=Options(leaves_out_missing=True)), pieces, disk
    )
    (take,) = package.manifest.takes
    assert [gap.cause for gap in take.missing] == [GapCause.FILE_BROKEN]


def test_sound_of_a_coding_that_nobody_knows_costs_the_sound_only(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    piece = record(2, sound="pcm_alaw")
    film = disk / piece.path
    film.write_bytes(film.read_bytes().replace(b"alaw", b"zzzz"))
    package = exported(tmp_path, wish(AT, AT + seconds(2)), [piece], disk)
    (video,) = videos(package.manifest.files)
    assert video.footage is not None
    assert (video.footage.frames, video.footage.has_sound) == (50, False)


def test_whatever_byte_of_a_head_is_spoilt_an_export_ends_with_a_word_or_whole(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    """Every eleventh byte of all that is not picture, turned over in turn."""
    piece = record(2)
    film = disk / piece.path
    whole = film.read_bytes()
    asked = wish(AT, AT + seconds(2))
    codes: set[str] = set()
    for at in range(0, whole.index(b"mdat"), 11):
        film.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            package = exported(tmp_path, asked, [piece], disk)
        except ServiceError as error:
            codes.add(error.code)
            continue
        assert verify.check(str(package.path)).findings == []
        shutil.rmtree(package.path)
    assert codes <= {"evidence.file_broken", "evidence.nothing_recorded"}
    assert codes


def test_a_hole_is_cut_where_its_cause_changes() -> None:
    lost = [
        Hole(AT + seconds(10), AT + seconds(20), GapCause.DISK_AWAY),
        Hole(AT + seconds(20), AT + seconds(30), GapCause.FILE_GONE),
    ]
    spans = [
        (AT, AT + seconds(5)),
        (AT + seconds(28), AT + seconds(31)),
        (AT + seconds(32), AT + seconds(40)),
    ]
    assert holes_between(spans, AT, AT + seconds(50), lost) == [
        Hole(AT + seconds(5), AT + seconds(10), GapCause.NOT_RECORDED),
        Hole(AT + seconds(10), AT + seconds(20), GapCause.DISK_AWAY),
        Hole(AT + seconds(20), AT + seconds(28), GapCause.FILE_GONE),
        Hole(AT + seconds(40), AT + seconds(50), GapCause.NOT_RECORDED),
    ]


def test_the_end_itself_is_not_in_the_range(tmp_path: Path, disk: Path, record: Record) -> None:
    package = exported(tmp_path, wish(AT, AT + seconds(2)), [record(4)], disk)
    (file,) = videos(package.manifest.files)
    assert greys_of(package.path / file.path) == list(range(50))


def test_pieces_that_overlap_by_what_arrival_is_uncertain_are_one_film_with_all_pictures(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    # The second piece says that it began two pictures before the first ended.
    segments = [record(2, AT), record(2, AT + 48 * FRAME)]
    package = exported(tmp_path, wish(AT, AT + seconds(4)), segments, disk)
    (file,) = videos(package.manifest.files)
    assert greys_of(package.path / file.path) == [*range(50), *range(48, 98)]
    with av.open(str(package.path / file.path)) as container:
        decoded = [packet.dts for packet in container.demux(video=0) if packet.dts is not None]
    assert decoded == sorted(set(decoded))
    assert verify.check(str(package.path)).findings == []


def test_pieces_that_overlap_by_seconds_are_two_films(tmp_path: Path, disk: Path, record: Record) -> None:
    segments = [record(4, AT), record(4, AT + seconds(1))]
    package = exported(tmp_path, wish(AT, AT + seconds(5)), segments, disk)
    first, second = videos(package.manifest.files)
    assert greys_of(package.path / first.path) == list(range(100))
    assert greys_of(package.path / second.path) == list(range(25, 125))
