from __future__ import annotations

from tests.views.seat import StillVideo
from views.watch.feeds import OpenFeeds
from views.watch.ports import MAIN, SUB


def test_only_what_is_wanted_is_open() -> None:
    video = StillVideo({"C01", "C02"})
    feeds = OpenFeeds(video)
    feeds.want({("C01", SUB), ("C02", SUB)})
    kept = feeds.best("C02", SUB)[0]
    feeds.want({("C02", SUB)})
    assert video.keys == {("C02", SUB)}
    assert feeds.best("C02", SUB)[0] is kept
    feeds.close()
    assert video.keys == set()


def test_the_sub_stream_stays_until_the_main_stream_has_a_picture() -> None:
    video = StillVideo({"C01"})
    video.slow = {MAIN}
    feeds = OpenFeeds(video)
    feeds.want({("C01", SUB)})
    feeds.want({("C01", MAIN)})
    assert feeds.is_waiting
    assert feeds.best("C01", MAIN)[1] == SUB
    next(feed for feed in video.live if feed.key == ("C01", MAIN)).has_picture = True
    feeds.want({("C01", MAIN)})
    assert (feeds.best("C01", MAIN)[1], feeds.is_waiting) == (MAIN, False)
    assert video.keys == {("C01", MAIN)}


def test_a_camera_that_cannot_be_opened_is_remembered_and_others_open() -> None:
    video = StillVideo({"C01"})
    feeds = OpenFeeds(video)
    feeds.want({("C01", SUB), ("C99", SUB)})
    assert video.keys == {("C01", SUB)}
    assert feeds.refusals["C99"].code == "video.unknown_camera"
    assert feeds.best("C99", SUB)[0] is None
