"""Push to talk: held it speaks, released it ends; without a microphone or a loudspeaker it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.people import Role, Session
from ui.jobs import UiJobs
from ui.microphone import RATE_HZ, at_rate
from views.watch.talk_tools import TalkBar
from views.watch.talking import TalkPresenter, TalkState

WANG = Session("wang", "王某", Role.OPERATOR, "SEAT-1")
Wait = Callable[..., object]


class Door:
    """A camera's loudspeaker that notes what it is told; `error` as if it had hung up."""

    def __init__(self) -> None:
        self.heard = b""
        self.error = ""

    def feed(self, pcm: bytes) -> None:
        self.heard += pcm


class Desk:
    def __init__(self) -> None:
        self.door = Door()
        self.refusal: ServiceError | None = None
        self.begun: list[str] = []
        self.ended = 0

    def begin(self, session: Session, camera_no: str) -> Door:
        assert session == WANG
        if self.refusal is not None:
            raise self.refusal
        self.begun.append(camera_no)
        return self.door

    def end(self, session: Session) -> None:
        assert session == WANG
        self.ended += 1


class Mouth:
    """A microphone: `say` is heard while it is on."""

    def __init__(self) -> None:
        self.is_there = True
        self._take: Callable[[bytes], None] | None = None

    def start(self, take: Callable[[bytes], None]) -> bool:
        self._take = take if self.is_there else None
        return self.is_there

    def stop(self) -> None:
        self._take = None

    def say(self, pcm: bytes) -> None:
        if self._take is not None:
            self._take(pcm)


class Booth:
    def __init__(self, jobs: UiJobs) -> None:
        self.desk, self.mouth = Desk(), Mouth()
        self.presenter = TalkPresenter(self.desk, WANG, self.mouth, jobs)
        self.refused: list[str] = []
        self.presenter.refused.connect(self._note)

    def _note(self, error: ServiceError) -> None:
        self.refused.append(error.code)


@pytest.fixture
def booth(qtbot: QtBot) -> Iterator[Booth]:
    assert qtbot
    workers = Jobs("test-talk", threads=1)
    jobs = UiJobs(workers)
    booth = Booth(jobs)
    yield booth
    booth.presenter.stop()
    jobs.close()
    workers.stop()


def test_while_it_is_held_what_is_said_is_heard_and_afterwards_nothing(
    booth: Booth, wait_until: Wait
) -> None:
    booth.mouth.say(b"too early")
    booth.presenter.press("C01")
    wait_until(lambda: booth.presenter.state is TalkState.TALKING)
    booth.mouth.say(b"stand still")
    booth.presenter.release()
    booth.mouth.say(b"too late")

    wait_until(lambda: booth.presenter.state is TalkState.IDLE)
    assert (booth.desk.begun, booth.desk.ended, booth.desk.door.heard) == (["C01"], 1, b"stand still")


def test_released_before_the_camera_answers_nothing_is_said_and_the_talk_is_closed(
    booth: Booth, wait_until: Wait
) -> None:
    booth.presenter.press("C01")
    booth.presenter.release()
    wait_until(lambda: booth.desk.ended == 1)

    booth.mouth.say(b"nobody")
    assert booth.desk.door.heard == b""


def test_what_linkage_offers_stands_beside_the_button_and_is_talked_to(
    booth: Booth, wait_until: Wait
) -> None:
    bar = TalkBar(booth.presenter)
    assert bar.isHidden()
    booth.presenter.offer("C05")
    assert not bar.isHidden()
    assert "C05" in bar.words.text()
    assert booth.desk.begun == []
    bar.button.pressed.emit()
    wait_until(lambda: booth.presenter.state is TalkState.TALKING)
    bar.button.released.emit()
    wait_until(lambda: booth.presenter.state is TalkState.IDLE)
    assert booth.desk.begun == ["C05"]
    booth.presenter.offer("")
    assert bar.isHidden()
    bar.deleteLater()


def test_a_second_press_while_talking_begins_no_second_talk(booth: Booth, wait_until: Wait) -> None:
    booth.presenter.press("C01")
    booth.presenter.press("C02")
    wait_until(lambda: booth.presenter.state is TalkState.TALKING)
    booth.presenter.press("C03")

    assert booth.desk.begun == ["C01"]


def test_without_a_microphone_it_says_so_and_lets_the_camera_go(booth: Booth, wait_until: Wait) -> None:
    booth.mouth.is_there = False
    booth.presenter.press("C01")

    wait_until(lambda: booth.desk.ended == 1)
    assert booth.refused == ["talk.no_device"]


def test_a_camera_without_a_loudspeaker_is_told_of_and_the_next_press_works(
    booth: Booth, wait_until: Wait
) -> None:
    booth.desk.refusal = ServiceError("talk.no_backchannel", camera="东门")
    booth.presenter.press("C01")
    wait_until(lambda: booth.refused == ["talk.no_backchannel"])
    assert booth.presenter.state is TalkState.IDLE

    booth.desk.refusal = None
    booth.presenter.press("C01")
    wait_until(lambda: booth.presenter.state is TalkState.TALKING)


def test_a_camera_that_hangs_up_ends_the_talk_and_is_told_of(booth: Booth, wait_until: Wait) -> None:
    booth.presenter.press("C01")
    wait_until(lambda: booth.presenter.state is TalkState.TALKING)
    booth.desk.door.error = "talk.lost"

    wait_until(lambda: booth.presenter.state is TalkState.IDLE)
    assert (booth.refused, booth.desk.ended) == (["talk.lost"], 1)


def test_the_line_says_who_is_talked_to_and_its_button_is_held(
    booth: Booth, qtbot: QtBot, wait_until: Wait
) -> None:
    bar = TalkBar(booth.presenter)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    from services.domain.site import Site

    bar.offer("C01", Site("t", "测试", "Test", 1.0, 1.0))
    assert not bar.isHidden()
    bar.button.pressed.emit()
    wait_until(lambda: "正在对 C01 讲话" in bar.words.text())
    bar.button.released.emit()
    wait_until(lambda: "可以对讲" in bar.words.text())


@pytest.mark.parametrize(("rate_hz", "channels"), [(8000, 1), (16_000, 1), (44_100, 2), (48_000, 2)])
def test_sound_of_any_rate_comes_out_at_eight_kilohertz_and_as_loud(rate_hz: int, channels: int) -> None:
    at = np.arange(rate_hz) / rate_hz
    one = (10_000 * np.sin(2 * np.pi * 300 * at)).astype(np.int16)
    samples = np.frombuffer(at_rate(np.repeat(one, channels).tobytes(), rate_hz, channels), np.int16)

    assert len(samples) == RATE_HZ
    spectrum = np.abs(np.fft.rfft(samples))
    assert int(np.argmax(spectrum)) == 300
    assert 9_000 < np.abs(samples).max() <= 10_000
