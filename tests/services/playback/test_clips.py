"""Films of other makers, made by FFmpeg in the forms that people bring; what cannot be read is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.domain.people import Role, Session
from services.playback.clip_desk import ClipDesk
from services.playback.clips import ORIGIN, ClipFootage, clip_sounds, probe
from services.playback.clock import PlaybackClock
from services.playback.players import FFMPEG, AvPlayer, ClipPlayer, open_clip
from services.playback.projector import Projector
from services.playback.vlc_player import LIBVLC
from services.storage import Database
from tests.services.playback.test_past_sound import film_with_sound
from tests.services.recording.conftest import AT, database

__all__ = ["database"]
Wait = Callable[..., object]
SIZE_PX = (160, 96)
PICTURES = 100
FRAME = timedelta(seconds=1 / 25)
# name, encoder, FFmpeg's form, options
FORMS = [
    ("a.avi", "mpeg4", "avi", {"g": "25"}),
    ("a.mkv", "libx264", "matroska", {"g": "25", "preset": "ultrafast"}),
    ("a.mp4", "libx264", "mp4", {"g": "25", "preset": "ultrafast", "bf": "2"}),
    ("a.mpg", "mpeg2video", "vob", {"g": "12"}),
    ("a.ts", "libx264", "mpegts", {"g": "25", "preset": "ultrafast"}),
    # What many recorders call .dav is H.264 with a head of their own, or without one.
    ("a.dav", "libx264", "h264", {"g": "25", "preset": "ultrafast"}),
    ("a.h264", "libx264", "h264", {"g": "25", "preset": "ultrafast"}),
]


def grey(number: int) -> int:
    return 30 + 2 * number


def made(folder: Path, name: str, encoder: str, form: str, options: dict[str, str]) -> Path:
    path = folder / name
    with av.open(str(path), "w", format=form) as film:
        video = film.add_stream(encoder, rate=25, options=options)
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = *SIZE_PX, "yuv420p"
        video.bit_rate = 1_000_000
        for number in range(PICTURES):
            pixels = np.full((SIZE_PX[1] * 3 // 2, SIZE_PX[0]), 128, np.uint8)
            pixels[: SIZE_PX[1]] = grey(number)
            picture = VideoFrame.from_ndarray(pixels, "yuv420p")
            picture.pts, picture.time_base = number, Fraction(1, 25)
            film.mux(video.encode(picture))
        film.mux(video.encode(None))
    return path


class Show:
    """A projector on a film, without a thread."""

    def __init__(self, path: Path) -> None:
        self.footage = ClipFootage(probe(path))
        self.clock = ManualClock(AT)
        self.playback = PlaybackClock(self.clock, ORIGIN)
        self.projector = Projector(self.footage, self.playback, self.clock.monotonic, lambda _one: None)

    def settle(self) -> None:
        for _ in range(3000):
            if not self.projector.turn(self.playback.read()):
                return
        raise AssertionError("it never comes to rest")

    def number(self) -> int | None:
        """Which picture is shown, by its grey."""
        self.settle()
        held = self.projector.strip.holding(self.playback.now())
        if held is None:
            return None
        luma = float(held.frame.to_ndarray()[: SIZE_PX[1]].mean())
        return min(range(PICTURES), key=lambda one: abs(grey(one) - luma))


@pytest.mark.parametrize(("name", "encoder", "form", "options"), FORMS, ids=[one[0] for one in FORMS])
def test_a_film_is_sought_stepped_and_played_backwards_to_the_picture(
    tmp_path: Path, name: str, encoder: str, form: str, options: dict[str, str]
) -> None:
    path = made(tmp_path, name, encoder, form, options)
    facts = probe(path)
    assert facts.size_px == SIZE_PX
    show = Show(path)
    for wanted in (60, 10, 85, 84, 0):
        show.playback.seek(ORIGIN + wanted * FRAME + FRAME / 2)
        assert show.number() == wanted
    show.projector.step(1)
    assert show.number() == 1
    show.playback.seek(ORIGIN + 40 * FRAME + FRAME / 2)
    show.settle()
    for wanted in (39, 38, 37):
        show.projector.step(-1)
        assert show.number() == wanted
    show.playback.play(-1.0)
    seen = []
    for _ in range(20):
        seen.append(show.number())
        show.clock.advance(1 / 25)
    assert seen == list(range(37, 17, -1))
    show.footage.close()


def test_a_program_stream_whose_pictures_have_no_times_is_shown_to_within_one_picture(tmp_path: Path) -> None:
    """Only some of its pictures say when they come; FFmpeg guesses the others from there on."""
    show = Show(made(tmp_path, "a.ps", "mpeg2video", "mpeg", {"g": "12"}))
    for wanted in (60, 10, 85, 0):
        show.playback.seek(ORIGIN + wanted * FRAME + FRAME / 2)
        number = show.number()
        assert number is not None
        assert abs(number - wanted) <= 1
    show.footage.close()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "clip.not_found"),
        (b"", "clip.empty"),
        (b"\0" * 5000, "clip.unreadable"),
        (b"\xff\xd8\xff\xe0 not really" * 300, "clip.unreadable"),
        (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", "clip.unreadable"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "clip.unreadable"),
        (b"RIFF\xff\xff\xff\x7fAVI LIST" + b"\xff" * 4000, "clip.unreadable"),
    ],
)
def test_what_is_no_film_is_said_with_its_reason(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "film.avi"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ServiceError) as error:
        probe(path)
    known = {code, "clip.no_pictures"} if code == "clip.unreadable" else {code}
    assert error.value.code in known


def test_a_folder_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(ServiceError) as error:
        probe(tmp_path)
    assert error.value.code == "clip.not_found"


def test_a_film_whose_pictures_would_take_all_memory_is_refused(tmp_path: Path) -> None:
    """67 megapixels; the largest camera on the market makes 33."""
    path = tmp_path / "a.avi"
    with av.open(str(path), "w") as film:
        video = film.add_stream("mjpeg", rate=25)
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = 8192, 8192, "yuvj420p"
        film.mux(video.encode(VideoFrame(8192, 8192, "yuvj420p")))
        film.mux(video.encode(None))
    with pytest.raises(ServiceError) as error:
        probe(path)
    assert error.value.code in ("clip.no_pictures", "clip.unreadable")


def test_a_film_without_pictures_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with av.open(str(path), "w") as film:
        sound = film.add_stream("pcm_s16le", rate=8000, layout="mono")
        assert isinstance(sound, AudioStream)
        piece = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), format="s16", layout="mono")
        piece.sample_rate = 8000
        film.mux(sound.encode(piece))
    with pytest.raises(ServiceError) as error:
        probe(path)
    assert error.value.code == "clip.no_pictures"


def test_a_film_that_breaks_off_or_is_spoilt_plays_what_is_whole(tmp_path: Path) -> None:
    path = made(tmp_path, *FORMS[1])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    show = Show(path)
    show.playback.seek(ORIGIN + 30 * FRAME + FRAME / 2)
    assert show.number() == 30
    show.playback.play(1.0)
    for _ in range(100):
        show.settle()
        show.clock.advance(0.04)
    show.footage.close()
    spoilt = bytearray(whole)
    spoilt[len(whole) // 3 : len(whole) // 3 + 300] = b"\xa5" * 300
    path.write_bytes(bytes(spoilt))
    show = Show(path)
    show.playback.play(1.0)
    for _ in range(110):
        show.settle()
        show.clock.advance(0.04)
    show.footage.close()


def test_a_film_deleted_while_it_is_open_breaks_nothing(tmp_path: Path) -> None:
    path = made(tmp_path, *FORMS[6])
    show = Show(path)
    assert show.number() == 0
    path.unlink()
    show.playback.seek(ORIGIN + 50 * FRAME)
    show.settle()
    show.footage.close()


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[Callable[[str], ClipPlayer]]:
    players: list[ClipPlayer] = []

    def play(engine: str) -> ClipPlayer:
        player = open_clip(made(tmp_path, *FORMS[0]), SystemClock(), engine)
        players.append(player)
        return player

    yield play
    for player in players:
        player.stop()


@pytest.mark.parametrize("engine", [FFMPEG, LIBVLC])
def test_both_engines_play_seek_and_keep_a_picture_in_its_own_size(
    playing: Callable[[str], ClipPlayer], wait_until: Wait, engine: str
) -> None:
    player = playing(engine)
    assert player.engine == engine
    player.feed.ask_size(80, 48)
    player.play(1.0)
    wait_until(lambda: player.feed.latest(0))
    wait_until(lambda: player.position_s > 0.2)
    player.play(0.0)
    player.seek(3.0)
    wait_until(lambda: abs(player.position_s - 3.0) < 0.5)
    still = wait_until(player.still)
    assert still.source_px == SIZE_PX  # type: ignore[attr-defined]
    assert still.pixels.shape == (SIZE_PX[1], SIZE_PX[0], 4)  # type: ignore[attr-defined]


def test_by_itself_ffmpeg_is_taken_for_it_alone_goes_back(playing: Callable[[str], ClipPlayer]) -> None:
    player = playing("")
    assert isinstance(player, AvPlayer)
    assert player.can_go_back


def test_the_sound_of_a_film_begins_at_its_moment(tmp_path: Path) -> None:
    path = tmp_path / "film.mov"
    film_with_sound(path, "pcm_alaw")
    at = ORIGIN + timedelta(seconds=2.5)
    first, _ = next(clip_sounds(path, at, 8000, lambda: None))
    assert first <= at
    silent = made(tmp_path, *FORMS[0])
    told: list[bool] = []
    assert list(clip_sounds(silent, ORIGIN, 8000, lambda: told.append(True))) == []
    assert told == [True]


def test_who_opened_which_film_is_in_the_audit(tmp_path: Path, database: Database) -> None:
    path = made(tmp_path, *FORMS[0])
    desk = ClipDesk(database, SystemClock())
    with pytest.raises(ServiceError) as error:
        desk.open(Session("li", "李四", Role.OPERATOR, "SEAT-2"), path)
    assert error.value.code == "identity.forbidden"
    player = desk.open(Session("wang", "王五", Role.SHIFT_LEADER, "SEAT-1"), path)
    player.stop()
    (row,) = database.read(lambda view: view.trail.of([path.name]))
    assert (row.action, row.actor) == ("clip.opened", "wang")
