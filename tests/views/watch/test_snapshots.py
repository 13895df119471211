"""From a tile to the file: the real service, feeds on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from services.core.errors import ServiceError
from services.domain.video import StreamState
from services.wall.snapshots import Snapshots
from tests.ui.pictures import FlatPicture, HandFeed
from tests.views.seat import Campus, Seat
from ui.tiles.feed import TileContent
from views.watch.snapshots import SnapshotPresenter

Wait = Callable[..., object]


class SizedFeed(HandFeed):
    """Shows 64×36 until somebody asks for more, as a stream scales to the largest that is asked."""

    def latest(self, after: int) -> FlatPicture | None:
        if self.asked and self.asked[-1] == (640, 360) and self._number == 1:
            self.put((10, 200, 30), self._picture.arrived_s, (640, 360))  # type: ignore[union-attr]
        return super().latest(after)


class OneStream:
    """A VideoPort whose only stream is this feed."""

    def __init__(self, feed: HandFeed) -> None:
        self.feed = feed
        self.opened = 0

    def open(self, _camera_no: str, _stream: str) -> HandFeed:
        self.opened += 1
        return self.feed

    def close(self, _feed: object) -> None:
        self.opened -= 1


@pytest.fixture
def feed(seat: Seat) -> SizedFeed:
    made = SizedFeed()
    made.put((10, 200, 30), seat.clock.monotonic())
    return made


@pytest.fixture
def video(feed: SizedFeed) -> OneStream:
    return OneStream(feed)


@pytest.fixture
def presenter(seat: Seat, campus: Campus, video: OneStream, tmp_path: Path) -> Iterator[SnapshotPresenter]:
    made = SnapshotPresenter(
        keeper=Snapshots(campus.database, tmp_path / "shots"),
        video=video,
        site=campus.site,
        session=seat.session,
        jobs=seat.jobs,
        clock=seat.clock,
    )
    yield made
    made.stop()


@pytest.fixture
def told(presenter: SnapshotPresenter) -> list[object]:
    said: list[object] = []
    presenter.saved.connect(said.append)
    presenter.refused.connect(said.append)
    return said


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "shots").glob("*"))


def test_the_kept_picture_has_the_camera_s_own_size(
    presenter: SnapshotPresenter,
    feed: SizedFeed,
    video: OneStream,
    told: list[object],
    tmp_path: Path,
    wait_until: Wait,
) -> None:
    presenter.take(TileContent("C01", "东门", feed, "sub"))
    wait_until(lambda: told)
    assert "SHA-256" in str(told[0])
    with Image.open(files(tmp_path)[0]) as image:
        assert image.width == 640
        assert image.text["Decoded size"] == "640x360"  # type: ignore[attr-defined]
    assert video.opened == 0, "what was opened for it is closed"


def test_a_camera_that_sends_no_more_pictures_is_kept_as_it_was_last_seen(
    presenter: SnapshotPresenter, feed: SizedFeed, told: list[object], tmp_path: Path, wait_until: Wait
) -> None:
    feed.become(StreamState.OFFLINE, 42.0)
    presenter.take(TileContent("C01", "东门", feed, "sub"))
    wait_until(lambda: told)
    (file,) = files(tmp_path)
    assert "NOT-LIVE" in file.name
    with Image.open(file) as image:
        assert image.width == 64


def test_a_tile_without_a_picture_is_refused(
    presenter: SnapshotPresenter, told: list[object], tmp_path: Path
) -> None:
    presenter.take(TileContent("C01", "东门", HandFeed(), "sub"))
    presenter.take(None)
    assert [error.code for error in told if isinstance(error, ServiceError)] == ["snapshot.no_picture"] * 2
    assert files(tmp_path) == []


def test_ending_the_desk_closes_what_was_opened_for_a_snapshot(
    presenter: SnapshotPresenter, seat: Seat, video: OneStream
) -> None:
    feed = HandFeed()
    feed.put((1, 2, 3), seat.clock.monotonic())
    presenter.take(TileContent("C01", "东门", feed, "sub"))
    assert video.opened == 1
    presenter.stop()
    assert video.opened == 0
