"""What nobody can see costs no decoding: the real engine, the real surface, the feeds between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.video import StreamState
from services.video import Feed, StreamAddress, VideoEngine
from tests.ui.pictures import manual_clock
from ui.tiles.feed import PictureFeed, TileContent
from ui.tiles.wall import WallSurface
from views.watch.feeds import IDLE_AFTER_S, OpenFeeds

CLIP = Path(__file__).resolve().parents[2] / "clips" / "pedestrians.mp4"
Wait = Callable[..., object]


class Clips:
    """Every camera plays the same clip."""

    def __init__(self, engine: VideoEngine) -> None:
        self._engine = engine
        self.opened: dict[str, Feed] = {}
        self.clip = CLIP

    def open(self, camera_no: str, _stream: str) -> PictureFeed:
        url = self.clip.as_uri().replace("file:", "replay:", 1)
        # A beat of its own makes a stream of its own.
        address = StreamAddress(f"{url}?phase=0.{camera_no[1:]}")
        self.opened[camera_no] = self._engine.open(address)
        return self.opened[camera_no]

    def close(self, feed: PictureFeed) -> None:
        assert isinstance(feed, Feed)
        self._engine.close(feed)


@pytest.fixture
def clips() -> Iterator[Clips]:
    engine = VideoEngine()
    yield Clips(engine)
    engine.stop()


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def feeds(clips: Clips, clock: ManualClock) -> OpenFeeds:
    made = OpenFeeds(clips, clock)
    made.want({"C01", "C02"}, ())
    return made


@pytest.fixture
def wall(qtbot: QtBot, feeds: OpenFeeds, wait_until: Wait) -> WallSurface:
    made = WallSurface()
    qtbot.addWidget(made)
    made.set_layout(2, 1)
    made.cameras_seen.connect(feeds.see)
    for index, no in enumerate(("C01", "C02")):
        made.set_tile(index, TileContent(no, no, feeds.best(no)[0]))
    made.show()
    wait_until(lambda: all(tile.state is StreamState.LIVE for tile in made._tiles), 15.0)
    return made


def newest(feed: Feed) -> int:
    picture = feed.latest(-1)
    return picture.number if picture is not None else 0


def after_pictures(reference: Feed, count: int, wait_until: Wait) -> None:
    """Time passes: another stream shows so many more."""
    until = newest(reference) + count
    wait_until(lambda: newest(reference) >= until, 15.0)


def test_a_hidden_wall_is_not_decoded_and_comes_back_without_claiming_to_be_live(
    wall: WallSurface, clips: Clips, feeds: OpenFeeds, clock: ManualClock, wait_until: Wait
) -> None:
    reference, hidden = clips.open("C99", "sub"), clips.opened["C01"]
    assert isinstance(reference, Feed)
    wall.hide()
    clock.advance(IDLE_AFTER_S)
    feeds.look()
    after_pictures(reference, 10, wait_until)  # what was under way is through
    stopped_at = newest(hidden)
    after_pictures(reference, 50, wait_until)
    assert newest(hidden) == stopped_at
    status = hidden.status()
    assert status.source_fps > 5, "the connection is kept"
    assert feeds.statuses()["C01"].state is StreamState.LIVE, "a camera at rest counts as present"
    wall.show()
    assert wall._tiles[0].state is StreamState.CONNECTING
    wait_until(lambda: newest(hidden) > stopped_at and wall._tiles[0].state is StreamState.LIVE, 15.0)


def test_a_tile_behind_a_single_one_rests_and_the_single_one_does_not(
    wall: WallSurface, clips: Clips, feeds: OpenFeeds, clock: ManualClock, wait_until: Wait
) -> None:
    wall.show_single(1)
    clock.advance(IDLE_AFTER_S)
    feeds.look()
    after_pictures(clips.opened["C02"], 10, wait_until)
    stopped_at = newest(clips.opened["C01"])
    after_pictures(clips.opened["C02"], 30, wait_until)
    assert newest(clips.opened["C01"]) == stopped_at
    wall.show_single(None)
    wait_until(lambda: newest(clips.opened["C01"]) > stopped_at, 15.0)


def test_a_short_look_elsewhere_stops_nothing(
    wall: WallSurface, clips: Clips, feeds: OpenFeeds, clock: ManualClock, wait_until: Wait
) -> None:
    before = newest(clips.opened["C01"])
    wall.hide()
    clock.advance(IDLE_AFTER_S - 0.1)
    feeds.look()
    wait_until(lambda: newest(clips.opened["C01"]) > before + 10, 15.0)
    wall.show()
    wall.tick()
    assert wall._tiles[0].state is StreamState.LIVE


def test_a_camera_at_rest_whose_stream_fails_is_not_counted_as_present(
    clips: Clips,
    clock: ManualClock,
    tmp_path: Path,
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.")
    clips.clip = tmp_path / "gone.mp4"
    feeds = OpenFeeds(clips, clock)
    feeds.see(frozenset())
    feeds.want({"C01"}, ())
    clock.advance(IDLE_AFTER_S)
    feeds.look()
    wait_until(lambda: feeds.statuses()["C01"].error, 15.0)
    assert feeds.statuses()["C01"].state is not StreamState.LIVE
    feeds.close()
