from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.core.clock import ManualClock
from services.domain.video import Economy, Importance, StreamState
from tests.views.seat import StillFeed, StillVideo
from views.watch.feeds import LINGER_S, OpenFeeds
from views.watch.ports import MAIN, SUB


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def video() -> StillVideo:
    return StillVideo({"C01", "C02"})


def feed_of(video: StillVideo, stream: str) -> StillFeed:
    return next(feed for feed in video.live if feed.key == ("C01", stream))


def test_only_what_is_wanted_is_open(video: StillVideo, clock: ManualClock) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01", "C02"}, ())
    kept = feeds.best("C02")[0]
    feeds.want({"C02"}, ())
    assert video.keys == {("C02", SUB)}
    assert feeds.best("C02")[0] is kept
    feeds.close()
    assert video.keys == set()


def test_the_sub_stream_stays_until_the_main_stream_has_a_picture(
    video: StillVideo, clock: ManualClock
) -> None:
    video.slow = {MAIN}
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, ())
    feeds.want({"C01"}, {"C01"})
    assert feeds.best("C01") == (feed_of(video, SUB), SUB)
    assert feeds.is_waiting
    feed_of(video, MAIN).has_picture = True
    assert feeds.look()
    assert feeds.best("C01") == (feed_of(video, MAIN), MAIN)


def test_beside_a_main_stream_the_sub_stream_stays_connected_but_is_not_decoded(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, {"C01"})
    assert video.keys == {("C01", SUB), ("C01", MAIN)}
    assert not feed_of(video, SUB).is_watched
    assert feed_of(video, MAIN).is_watched


def test_going_back_shows_the_main_stream_until_the_sub_stream_has_a_picture_of_now(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, {"C01"})
    sub = feed_of(video, SUB)
    sub.state = StreamState.LATE
    feeds.want({"C01"}, ())
    assert feeds.best("C01")[1] == MAIN
    assert sub.is_watched
    sub.state = StreamState.LIVE
    assert feeds.look()
    assert feeds.best("C01") == (sub, SUB)


def test_a_second_double_click_within_the_linger_opens_nothing_anew(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, {"C01"})
    main = feed_of(video, MAIN)
    feeds.want({"C01"}, ())
    clock.advance(LINGER_S - 0.1)
    feeds.look()
    assert not main.is_watched
    feeds.want({"C01"}, {"C01"})
    assert feeds.best("C01") == (main, MAIN)
    assert video.opened == [("C01", SUB), ("C01", MAIN)]


def test_a_main_stream_nobody_needs_is_closed_after_the_linger(video: StillVideo, clock: ManualClock) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, {"C01"})
    feeds.want({"C01"}, ())
    clock.advance(LINGER_S)
    feeds.look()
    assert video.keys == {("C01", SUB)}
    assert not feeds.is_waiting


def test_a_main_stream_that_breaks_gives_way_to_a_sub_stream_that_lives(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, {"C01"})
    feed_of(video, MAIN).state = StreamState.RECONNECTING
    feeds.look()
    assert feed_of(video, SUB).is_watched
    assert feeds.best("C01") == (feed_of(video, SUB), SUB)


def test_a_camera_that_cannot_be_opened_is_remembered_and_others_open(clock: ManualClock) -> None:
    video = StillVideo({"C01"})
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01", "C99"}, ())
    assert video.keys == {("C01", SUB)}
    assert feeds.refusals["C99"].code == "video.unknown_camera"
    assert feeds.best("C99")[0] is None


def test_an_emphasised_camera_is_important_in_both_streams_until_it_is_not(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01", "C02"}, {"C01"})
    feeds.emphasise({"C01"})
    assert {feed.key for feed in video.live if feed.importance is Importance.IMPORTANT} == {
        ("C01", SUB),
        ("C01", MAIN),
    }
    feeds.emphasise(())
    assert not any(feed.importance is Importance.IMPORTANT for feed in video.live)


def test_a_main_stream_is_replaceable_while_its_sub_stream_comes_and_nobody_needs_it(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, {"C01"})
    feeds.emphasise(())
    assert feed_of(video, MAIN).importance is Importance.REPLACEABLE
    assert feed_of(video, SUB).importance is Importance.ORDINARY
    feed_of(video, SUB).error = "video.timeout"
    feeds.emphasise(())
    assert feed_of(video, MAIN).importance is Importance.ORDINARY


def test_the_wall_is_strained_when_something_is_left_out_of_what_it_shows(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, ())
    assert not feeds.is_strained
    feed_of(video, SUB).economy = Economy.LOOP_FILTER
    assert feeds.is_strained


def test_the_wall_is_strained_before_anything_is_left_out_when_a_main_stream_shall_give_way(
    video: StillVideo, clock: ManualClock
) -> None:
    feeds = OpenFeeds(video, clock)
    feeds.want({"C01"}, {"C01"})
    assert not feeds.is_strained
    feed_of(video, MAIN).is_too_much = True
    assert feeds.is_strained
