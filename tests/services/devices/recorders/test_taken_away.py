"""What only a recorder has is taken away like our own recordings: untouched, sealed, its origin told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import av
import pytest
from av.video.frame import VideoFrame

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.recorders.shelf import way_to
from services.devices.recorders.tape import RecorderTape
from services.devices.recorders.units import UnitForm
from services.domain.recordings import Segment
from services.evidence.inventory import document
from services.evidence.manifest import OWN, FileKind, GapCause, Moment, OriginKind, PackedFile
from services.evidence.package import Options, Package, Recordings, Stage, Wish, export
from services.evidence.verify import check
from services.playback.tapes import Tape, Tapes
from services.sim.film import FPS, GROUP_FRAMES, Codec
from tests.services.devices.recorders.mediamtx_fake import PATH, MediaMtxFake
from tests.services.devices.recorders.recorder_kit import (
    CREDENTIAL,
    SIZE_PX,
    RecorderKit,
    at,
    number_in,
    numbered_group,
    painted,
)
from tests.services.evidence.sealed.conftest import CHINA, disk, record, sealing, wish
from tests.services.video.conftest import CLIP, GstServer

__all__ = ["disk", "record"]

LEFT_OUT = Options(leaves_out_missing=True)
# Clocks are told to the second, and answers take a while.
CLOCK_S = 2.0
FRAME_OFF = timedelta(milliseconds=5)


def tape(url: str, channel: str = "", login: Credential = CREDENTIAL) -> RecorderTape:
    return RecorderTape(url, channel, way_to(url, channel, login))


def taken(
    folder: Path,
    asked: Wish,
    tapes: Tapes,
    own: list[Segment] | None = None,
    stages: set[Stage] | None = None,
) -> Package:
    recordings = Recordings({"C01": own or []}, lambda one: folder / "disk" / one.path, tapes)
    heard = set() if stages is None else stages
    return export(asked, recordings, folder / "out", sealing(), lambda one: heard.add(one.stage), Event())


def films_of(package: Package) -> list[PackedFile]:
    return [file for file in package.manifest.files if file.kind is FileKind.VIDEO]


def numbers_in(file: Path) -> list[int]:
    with av.open(str(file)) as film:
        return [number_in(frame) for frame in film.decode(video=0)]


def pictures_in(file: Path) -> list[bytes]:
    """As they are coded, as Annex B."""
    with av.open(str(file)) as film:
        video = film.streams.video[0]
        form = UnitForm(video.codec_context.name, video.codec_context.extradata or b"")
        return [form.annex_b(bytes(packet)) for packet in film.demux(video) if packet.size]


def sent(codec: Codec, numbers: range) -> list[bytes]:
    """What the recorder holds of these pictures."""
    found = []
    for number in numbers:
        group = numbered_group(codec, number // GROUP_FRAMES * GROUP_FRAMES)
        found.append(b"".join(b"\x00\x00\x00\x01" + unit for unit in group.frames[number % GROUP_FRAMES]))
    return found


def moment(of: datetime) -> Moment:
    return Moment.of(of, CHINA)


def test_what_only_the_recorder_has_is_in_the_package_picture_by_picture(
    kit: RecorderKit, tmp_path: Path
) -> None:
    stages: set[Stage] = set()
    asked = wish(at(5), at(25))
    package = taken(tmp_path, asked, lambda _no: tape(f"{kit.onvif_url}?word=s3cret"), stages=stages)
    first, second = films_of(package)
    # Recorded 0 to 12 s and 20 s on; key pictures every two seconds, so the first film begins at 4 s.
    assert pictures_in(package.path / first.path) == sent(Codec.H264, range(100, 300))
    assert pictures_in(package.path / second.path) == sent(Codec.H264, range(500, 625))
    assert first.footage is not None
    assert (first.footage.first_frame, first.footage.last_frame) == (moment(at(4)), moment(at(11.96)))
    assert (first.footage.frames, first.footage.codec, first.footage.width_px) == (200, "h264", 320)
    (take,) = package.manifest.takes
    assert [(hole.since, hole.until, hole.cause) for hole in take.missing] == [
        (moment(at(12)), moment(at(20)), GapCause.NOT_RECORDED)
    ]
    origin = first.footage.origin
    assert (origin.kind, origin.address) == (OriginKind.RECORDER, kit.onvif_url)
    assert origin.clock_offset_s is not None
    assert abs(origin.clock_offset_s) < CLOCK_S
    assert "s3cret" not in (package.path / "manifest.json").read_text()
    assert Stage.FETCHING in stages
    assert f"取自录像机 / from the recorder: {kit.onvif_url}" in str(document(package.manifest))
    assert check(package.path).findings == []
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [package.path.name]


def test_own_recordings_come_first_and_the_recorder_fills_what_they_leave_open(
    kit: RecorderKit, tmp_path: Path, record: Callable[..., Segment]
) -> None:
    package = taken(tmp_path, wish(at(2), at(11)), lambda _no: tape(kit.onvif_url), [record(7, at(0))])
    own, foreign = films_of(package)
    assert own.footage is not None
    assert foreign.footage is not None
    assert (own.footage.origin, own.footage.stream, own.footage.last_frame) == (OWN, "main", moment(at(6.96)))
    # Ours ends at 7 s: the recorder's key picture before that is at 6 s.
    assert numbers_in(package.path / foreign.path) == list(range(150, 275))
    assert foreign.footage.stream == "recorder"
    assert package.manifest.takes[0].missing == ()


def test_a_recorder_is_not_asked_where_nothing_of_ours_is_missing(
    tmp_path: Path, record: Callable[..., Segment]
) -> None:
    def none_wanted(_camera: str) -> Tape:
        raise AssertionError("asked")

    package = taken(tmp_path, wish(at(1), at(5)), none_wanted, [record(7, at(0))])
    assert len(films_of(package)) == 1


def test_h265_is_taken_away_untouched(hevc_kit: RecorderKit, tmp_path: Path) -> None:
    package = taken(tmp_path, wish(at(20), at(22)), lambda _no: tape(hevc_kit.onvif_url))
    (film,) = films_of(package)
    assert pictures_in(package.path / film.path) == sent(Codec.H265, range(500, 550))
    assert numbers_in(package.path / film.path) == list(range(500, 550))


@pytest.fixture
def media() -> Iterator[MediaMtxFake]:
    server = MediaMtxFake()
    yield server
    server.stop()


def test_a_mediamtx_path_is_taken_away(media: MediaMtxFake, tmp_path: Path) -> None:
    package = taken(tmp_path, wish(at(5), at(9)), lambda _no: tape(media.url, PATH))
    (film,) = films_of(package)
    assert numbers_in(package.path / film.path) == list(range(100, 225))
    assert film.footage is not None
    assert (film.footage.origin.address, film.footage.origin.channel) == (media.url, PATH)
    assert film.footage.last_frame == moment(at(8.96))


@pytest.fixture
def foreign() -> Iterator[GstServer]:
    server = GstServer(CLIP, auth="digest", user="viewer", password="s3cret word")
    yield server
    server.kill()


def test_a_foreign_server_of_ranges_is_taken_away(foreign: GstServer, tmp_path: Path) -> None:
    url = f"rtsp://127.0.0.1:{foreign.port}/clip#begins=2026-11-24T02:00:00Z"
    package = taken(tmp_path, wish(at(3), at(9)), lambda _no: tape(url))
    (film,) = films_of(package)
    assert film.footage is not None
    with av.open(str(CLIP)) as clip:
        video = clip.streams.video[0]
        base = video.time_base
        assert base is not None
        sizes = [(packet.pts * base, packet.is_keyframe) for packet in clip.demux(video) if packet.size]
    begins = max(shown for shown, is_key in sizes if is_key and shown <= 3)
    assert film.footage.frames == sum(begins <= shown < 9 for shown, _ in sizes)
    assert abs(datetime.fromisoformat(film.footage.first_frame.utc) - at(float(begins))) < FRAME_OFF
    assert package.manifest.takes[0].missing == ()


@pytest.fixture
def reordered(tmp_path: Path) -> Iterator[GstServer]:
    """Eight seconds whose pictures are not sent in the order in which they are shown."""
    clip = tmp_path / "reordered.mp4"
    with av.open(str(clip), "w") as made:
        video = made.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = *SIZE_PX, "yuv420p"
        video.options = {"x264-params": "keyint=50:min-keyint=50:bframes=2:b-adapt=0:scenecut=0"}
        for number in range(200):
            frame = VideoFrame.from_ndarray(painted(number), "gray").reformat(format="yuv420p")
            frame.pts = number
            made.mux(video.encode(frame))
        made.mux(video.encode(None))
    server = GstServer(clip, auth="digest", user="viewer", password="s3cret word")
    yield server
    server.kill()


def test_no_picture_is_lost_of_a_server_that_sends_them_out_of_order(
    reordered: GstServer, tmp_path: Path
) -> None:
    url = f"rtsp://127.0.0.1:{reordered.port}/clip#begins=2026-11-24T02:00:00Z"
    package = taken(tmp_path, wish(at(0), at(4)), lambda _no: tape(url))
    (film,) = films_of(package)
    assert numbers_in(package.path / film.path) == list(range(100))


def test_a_copy_of_what_was_fetched_says_so_too(kit: RecorderKit, tmp_path: Path) -> None:
    options = Options(has_watermark=True)
    package = taken(tmp_path, wish(at(20), at(22.5), options=options), lambda _no: tape(kit.onvif_url))
    films = [file for file in package.manifest.files if file.footage is not None]
    assert [(file.kind, file.footage.origin.kind) for file in films if file.footage is not None] == [
        (FileKind.VIDEO, OriginKind.RECORDER),
        (FileKind.COPY, OriginKind.RECORDER),
    ]


def test_a_recorder_that_refuses_ends_the_export_or_is_told_as_a_gap(
    kit: RecorderKit,
    tmp_path: Path,
    record: Callable[..., Segment],
    expected_log: Callable[..., None],
) -> None:
    expected_log("evidence.recorder_failed")
    own = [record(7, at(0))]

    def wrong(_camera: str) -> Tape:
        return tape(kit.onvif_url, login=Credential("viewer", "wrong"))

    with pytest.raises(ServiceError) as refused:
        taken(tmp_path, wish(at(2), at(11)), wrong, own)
    assert refused.value.code == "evidence.recorder_failed"
    assert (refused.value.params["camera"], refused.value.params["trouble"]) == ("C01", "onvif.unauthorized")
    assert list((tmp_path / "out").iterdir()) == []
    package = taken(tmp_path, wish(at(2), at(11), options=LEFT_OUT), wrong, own)
    (hole,) = package.manifest.takes[0].missing
    assert (hole.since, hole.until, hole.cause) == (moment(at(7)), moment(at(11)), GapCause.RECORDER_AWAY)


def test_a_recorder_is_asked_for_key_pictures_only_where_no_others_are_wanted(kit: RecorderKit) -> None:
    with closing(tape(kit.onvif_url)) as whole:
        whole.begin(at(3), only_keys=True)
        came = []
        while (picture := whole.next()) is not None:
            came.append(picture)
    # 2 s to 12 s and 20 s to 30 s, a key picture every two seconds.
    assert [picture.at for picture in came] == [at(s) for s in (2, 4, 6, 8, 10, 20, 22, 24, 26, 28)]
    assert all(picture.is_key for picture in came)
