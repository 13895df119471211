"""A wall on a machine that cannot decode all it shows: sub-streams first, and never those that matter."""

from __future__ import annotations

from datetime import UTC, datetime

from services.core.clock import ManualClock
from services.domain.layouts import LAYOUTS, MOST_TILES
from services.video.quality import SETTLE_S, SWITCH_EVERY_S
from tests.views.seat import StillVideo
from views.watch.ports import MAIN, SUB
from views.watch.wall_plan import WallPlan
from views.watch.wall_streams import OnShow, WallStreams

CAMERAS = ("C01", "C02", "C03", "C04")
LARGE_PX = 720


def test_under_strain_main_streams_give_way_one_by_one_but_not_the_chosen_and_the_alarmed() -> None:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    video = StillVideo(set(CAMERAS))
    streams = WallStreams(video, clock)
    tiles = (*CAMERAS, *("",) * (MOST_TILES - len(CAMERAS)))
    show = OnShow(WallPlan("4", LAYOUTS["4"], tiles, chosen=0), (), frozenset(), CAMERAS)
    streams.note_heights([LARGE_PX, LARGE_PX + 10, LARGE_PX, LARGE_PX + 20])
    streams.pin_alarmed(("C03",))
    streams.renew(show)
    for _ in range(60):
        clock.advance(SETTLE_S)
        streams.look(show)
    assert shown(streams) == dict.fromkeys(CAMERAS, MAIN)

    # What the engine asks of replaceable streams only.
    for feed in video.live:
        feed.is_too_much = feed.importance < 0
    clock.advance(SWITCH_EVERY_S)
    streams.look(show)
    assert shown(streams) == {"C01": MAIN, "C02": SUB, "C03": MAIN, "C04": MAIN}
    for _ in range(20):
        clock.advance(SETTLE_S)
        streams.look(show)
    assert shown(streams) == {"C01": MAIN, "C02": SUB, "C03": MAIN, "C04": SUB}


def shown(streams: WallStreams) -> dict[str, str]:
    return {camera_no: streams.best(camera_no)[1] for camera_no in CAMERAS}
