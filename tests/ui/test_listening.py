from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.core.errors import ServiceError
from tests.ui.pictures import HandFeed, manual_clock
from ui.listening import Listening
from ui.tiles.feed import TileContent
from ui.tiles.speaker import speaker_rect
from ui.tiles.wall import WallSurface


class HandSound:
    def __init__(self, camera_no: str, rate_hz: int) -> None:
        self.camera_no, self.rate_hz = camera_no, rate_hz
        self.error = ""
        self.data = b""
        self.is_running = False

    def start(self) -> None:
        self.is_running = True

    def request_stop(self) -> None:
        self.is_running = False

    def take(self, most_bytes: int) -> bytes:
        taken, self.data = self.data[:most_bytes], self.data[most_bytes:]
        return taken


class HandSpeaker:
    def __init__(self) -> None:
        self.rate_hz = 48_000
        self.room = 1000
        self.played = b""
        self.volume = 1.0
        self.is_on = False

    def start(self) -> int:
        self.is_on = bool(self.rate_hz)
        return self.rate_hz

    def room_bytes(self) -> int:
        return self.room

    def play(self, data: bytes) -> None:
        self.played += data

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def stop(self) -> None:
        self.is_on = False


class Ear:
    """A Listening with everything around it in the test's hand."""

    def __init__(self) -> None:
        self.speaker = HandSpeaker()
        self.opened: list[HandSound] = []
        self.told: list[str] = []
        self.refused: list[str] = []
        self.listening = Listening(self.open, self.speaker)
        self.listening.changed.connect(self.told.append)
        self.listening.refused.connect(lambda error: self.refused.append(error.code))

    def open(self, camera_no: str, rate_hz: int) -> HandSound:
        if camera_no == "C99":
            raise ServiceError("video.unknown_camera", camera=camera_no)
        self.opened.append(HandSound(camera_no, rate_hz))
        return self.opened[-1]


@pytest.fixture
def ear(qapp: QApplication) -> Iterator[Ear]:
    made = Ear()
    yield made
    made.listening.stop()
    qapp.processEvents()


def test_what_the_camera_hears_is_played_as_far_as_there_is_room(ear: Ear) -> None:
    ear.listening.toggle("C01")
    ear.opened[0].data = bytes(range(200)) * 10
    ear.listening.feed()
    assert ear.speaker.played == (bytes(range(200)) * 10)[:1000]
    assert (ear.listening.camera_no, ear.opened[0].rate_hz) == ("C01", 48_000)


def test_only_one_camera_is_heard_at_a_time(ear: Ear) -> None:
    ear.listening.toggle("C01")
    ear.listening.toggle("C02")
    assert [sound.is_running for sound in ear.opened] == [False, True]
    assert ear.told == ["C01", "", "C02"]


def test_the_second_press_on_the_same_camera_ends_it(ear: Ear) -> None:
    ear.listening.toggle("C01")
    ear.listening.toggle("C01")
    assert (ear.listening.camera_no, ear.opened[0].is_running, ear.speaker.is_on) == ("", False, False)


def test_it_ends_when_the_camera_can_no_longer_be_seen(ear: Ear) -> None:
    ear.listening.toggle("C01")
    ear.listening.keep_only(frozenset({"C01", "C02"}))
    assert ear.listening.camera_no == "C01"
    ear.listening.keep_only(frozenset({"C02"}))
    assert ear.listening.camera_no == ""
    assert not ear.opened[0].is_running


def test_a_machine_without_a_loudspeaker_says_so_and_opens_nothing(ear: Ear) -> None:
    ear.speaker.rate_hz = 0
    ear.listening.toggle("C01")
    assert (ear.refused, ear.opened, ear.listening.camera_no) == (["listen.no_device"], [], "")


def test_a_loudspeaker_that_is_pulled_out_says_so(ear: Ear) -> None:
    ear.listening.toggle("C01")
    ear.speaker.room = -1
    ear.listening.feed()
    assert (ear.refused, ear.opened[0].is_running) == (["listen.no_device"], False)


@pytest.mark.parametrize("code", ["listen.no_sound", "video.timeout"])
def test_a_camera_that_gives_no_sound_is_told_once(ear: Ear, code: str) -> None:
    ear.listening.toggle("C01")
    ear.opened[0].error = code
    ear.listening.feed()
    ear.listening.feed()
    assert (ear.refused, ear.told[-1]) == ([code], "")


def test_an_unknown_camera_leaves_the_loudspeaker_closed(ear: Ear) -> None:
    ear.listening.toggle("C99")
    assert (ear.refused, ear.speaker.is_on) == (["video.unknown_camera"], False)


def test_an_alarm_s_sound_is_not_drowned(ear: Ear) -> None:
    ear.listening.toggle("C01")
    ear.listening.duck(1)
    assert ear.speaker.volume < 0.3
    ear.listening.duck(0)
    assert ear.speaker.volume == 1.0


def test_the_tile_that_is_heard_wears_a_speaker(qtbot: QtBot) -> None:
    wall = WallSurface(clock=manual_clock())
    qtbot.addWidget(wall)
    wall.resize(806, 606)
    wall.set_layout(2, 2)
    wall.set_tile(0, TileContent("C01", "东门", HandFeed()))
    wall.set_tile(1, TileContent("C02", "西门", HandFeed()))
    wall.show()

    def marks() -> list[bool]:
        image: QImage = wall.grab().toImage()
        boxes = [speaker_rect(wall._tiles[index].body) for index in (0, 1)]
        shades = [
            {
                image.pixelColor(x, y).lightness() > 180
                for x in range(b.x(), b.right())
                for y in range(b.y(), b.bottom())
            }
            for b in boxes
        ]
        return [True in shade for shade in shades]

    assert marks() == [False, False]
    wall.show_heard("C02")
    assert marks() == [False, True]
