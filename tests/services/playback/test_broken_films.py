"""A file that is cut, spoilt, gone or still growing costs what it holds, never the rest, and it is said."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.evidence.cutting import Cutter, Unreadable
from services.evidence.wish import WishedTake
from services.playback.film import BrokenFilm, Film
from services.playback.footage import BROKEN, NO_FILE
from services.playback.reader import Reader
from services.recording.motion.remaking import from_keys
from services.recording.motion.sidefile import decoded, encoded
from tests.services.playback.made import Cinema, Made, Piece, make

STEADY = Piece(0, (40,) * 150, group=25)
HALF = timedelta(milliseconds=20)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Twice six seconds, a key picture every second."""
    return make(tmp_path, [STEADY, STEADY])


def shown_number(cinema: Cinema, made: Made, number: int) -> int | None:
    """Which picture is shown when that one should be."""
    cinema.playback.seek(made.moments[number] + HALF)
    shown = cinema.shown()
    if shown is None:
        return None
    return min(range(len(made.moments)), key=lambda one: abs(made.moments[one] - shown))


def test_a_file_cut_in_the_middle_shows_what_is_there_and_says_where_it_ends(made: Made) -> None:
    path = made.locate(made.segments[0])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with Cinema(made, made.moments[0]) as cinema:
        assert shown_number(cinema, made, 10) == 10
        assert shown_number(cinema, made, 140) is None
        assert cinema.footage.trouble_at(made.moments[140]) == BROKEN
        assert shown_number(cinema, made, 160) == 160


def test_spoilt_pictures_cost_their_group_and_no_other(made: Made) -> None:
    path = made.locate(made.segments[0])
    with_index = Film(path)
    samples = with_index.video.samples
    data = bytearray(path.read_bytes())
    for number in range(50, 75):
        begin, size = int(samples.offsets[number]), int(samples.sizes[number])
        data[begin : begin + size] = b"\xff" * size
    with_index.close()
    path.write_bytes(bytes(data))
    with Cinema(made, made.moments[0]) as cinema:
        assert shown_number(cinema, made, 40) == 40
        assert shown_number(cinema, made, 60) is None
        assert cinema.footage.trouble_at(made.moments[60] + HALF) == BROKEN
        assert shown_number(cinema, made, 80) == 80
        cinema.playback.seek(made.moments[100])
        cinema.playback.play(-1.0)
        for _ in range(80):
            cinema.settle()
            cinema.clock.advance(0.04)
        assert cinema.shown() is not None


def test_a_file_deleted_while_it_is_played_is_played_to_its_end_and_then_said_to_be_gone(made: Made) -> None:
    """Retention deletes under an open file; what comes after plays on."""
    with Cinema(made, made.moments[20]) as cinema:
        assert cinema.shown() is not None
        made.locate(made.segments[0]).unlink()
        assert shown_number(cinema, made, 100) == 100
        assert shown_number(cinema, made, 200) == 200
    with Cinema(made, made.moments[20]) as cinema:
        assert cinema.shown() is None
        assert cinema.footage.trouble_at(made.moments[20]) == NO_FILE
        assert shown_number(cinema, made, 200) == 200


def test_a_gone_file_is_passed_over_both_ways(made: Made) -> None:
    third = make(made.folder, [Piece(12, (40,) * 150, group=25)])
    whole = Made((*made.segments, *third.segments), (*made.moments, *third.moments), made.folder)
    made.locate(made.segments[1]).unlink()
    for begin, speed in ((140, 1.0), (310, -1.0)):
        with Cinema(whole, whole.moments[begin] + HALF) as cinema:
            cinema.playback.play(speed)
            seen = set()
            for _ in range(230):
                shown = cinema.shown()
                seen.add(shown)
                cinema.clock.advance(0.04)
            assert whole.moments[145] in seen
            assert whole.moments[305] in seen
            assert not seen & set(whole.moments[151:299])


def test_a_disk_that_comes_back_is_found_by_the_next_seek(made: Made) -> None:
    path = made.locate(made.segments[0])
    away = path.rename(path.with_suffix(".away"))
    with Cinema(made, made.moments[20]) as cinema:
        assert shown_number(cinema, made, 20) is None
        away.rename(path)
        assert shown_number(cinema, made, 30) == 30


def test_a_list_that_grows_while_it_is_watched_plays_on(made: Made) -> None:
    """At the end of what was known nothing is decoded again and again; then more comes."""
    reader = Reader(made.segments[:1], made.locate)
    with Cinema(made, made.moments[140]) as cinema:
        cinema.projector._footage = reader
        cinema.playback.play(1.0)
        for _ in range(20):
            cinema.settle()
            cinema.clock.advance(0.04)
        assert not cinema.projector.turn(cinema.playback.read())
        assert cinema.shown() is None
        reader.use(made.segments)
        cinema.projector.go_on()
        assert shown_number(cinema, made, 165) == 165
        reader.close()


def test_a_piece_that_grew_is_read_on_where_it_ended(made: Made) -> None:
    segment = made.segments[0]
    whole = made.locate(segment).read_bytes()
    part = made.folder / "piece.part"
    part.write_bytes(whole[: len(whole) // 2])
    growing = replace(segment, path="piece.part", ends_at=made.moments[60], size_bytes=len(whole) // 2)
    reader = Reader([growing], lambda _segment: part)
    reader.begin(segment.begins_at)
    first = 0
    while reader.next() is not None:
        first += 1
    part.write_bytes(whole)
    reader.begin(segment.begins_at)
    for _ in range(first):
        assert reader.next() is not None
    reader.use([replace(growing, ends_at=segment.ends_at, size_bytes=len(whole))])
    rest = 0
    while reader.next() is not None:
        rest += 1
    assert first + rest == 150
    reader.close()


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 4096, b"\0\0\0\x08moov" + b"\0\0\0\x08moof" * 50, b"\xff" * 65_536]
)
def test_what_is_no_film_is_said_to_be_broken(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "no.mp4"
    file.write_bytes(content)
    with pytest.raises(BrokenFilm):
        Film(file)


def test_no_flipped_byte_of_a_head_does_more_than_break_the_film(made: Made) -> None:
    path = made.locate(made.segments[0])
    whole = path.read_bytes()
    for place in range(0, 1400, 7):
        data = bytearray(whole)
        data[place] ^= 0xFF
        path.write_bytes(bytes(data))
        try:
            film = Film(path)
        except BrokenFilm:
            continue
        film.close()


# When a fragment begins, as a damaged or a forged box may say it: signed or not, far out of every calendar.
@pytest.mark.parametrize("begins", [2**45, 2**60, 2**63 - 1, 2**64 - 2**40, 2**64 - 2**62])
@pytest.mark.parametrize("fragment", [0, -1])
def test_a_time_out_of_every_calendar_breaks_its_piece_and_no_other(
    made: Made, tmp_path: Path, begins: int, fragment: int
) -> None:
    path = made.locate(made.segments[0])
    data = bytearray(path.read_bytes())
    places = [at for at in range(len(data)) if data.startswith(b"tfdt", at)]
    at = places[fragment]
    data[at + 4 : at + 16] = b"\1\0\0\0" + begins.to_bytes(8, "big")
    path.write_bytes(data)
    second = made.segments[1]
    reader = Reader(made.segments, made.locate)
    reader.at(made.moments[0] + HALF)
    shown = reader.at(second.begins_at + HALF)
    reader.close()
    assert shown is not None
    assert shown.at == second.begins_at
    index = from_keys(path, made.segments[0])
    if index is not None:
        assert decoded(encoded(index, second.begins_at), second.begins_at).is_coarse
    films = iter(range(100))
    take = WishedTake("C01", "东门", made.moments[0], second.ends_at)
    cutter = Cutter(
        take, made.locate, lambda: tmp_path / f"{next(films)}.mov", lambda _size: None, leaves_out=True
    )
    with suppress(Unreadable):
        assert cutter.cut(made.segments)[0][-1].ends_at == second.ends_at


def test_a_head_that_names_no_coding_gets_no_motion_index(made: Made) -> None:
    path = made.locate(made.segments[0])
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    assert from_keys(path, made.segments[0]) is None


def test_a_run_that_claims_more_pictures_than_there_is_memory_breaks_its_piece(made: Made) -> None:
    path = made.locate(made.segments[0])
    data = bytearray(path.read_bytes())
    at = data.index(b"trun")
    # Nothing is said of each picture, so the box needs no room for them.
    data[at + 4 : at + 12] = b"\0\0\0\1" + b"\xff" * 4
    path.write_bytes(data)
    with pytest.raises(BrokenFilm):
        Film(path)
