"""Layouts, presets, tours and the hotspot on a real database and the real change feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.core.clock import ManualClock
from services.domain.layouts import LAYOUTS, Cell, grid, merged
from services.domain.people import Role, Session
from services.domain.walls import Preset, Slot, Stop, StopKind, Tour, WallItem, WallItemKind
from services.wall import WallDesk
from tests.views.seat import OPERATOR, OTHER, Campus, Seat
from views.watch.preset_clock import PresetClock
from views.watch.wall_kit import WallKit
from views.watch.wall_presenter import WallPresenter
from views.watch.wall_tour import Hold, WallTour

Wait = Callable[..., object]
LEADER = Session("zhao", "赵班长", Role.SHIFT_LEADER, "SEAT-9")
START_AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BEIJING = ZoneInfo("Asia/Shanghai")
OWN = merged(grid(3, 3), Cell(0, 0), Cell(1, 1))


def layout_item(name: str = "门区") -> WallItem:
    return WallItem("", WallItemKind.LAYOUT, name, "", "", layout=OWN)


def preset_item(name: str, *cameras: str, slots: tuple[Slot, ...] = ()) -> WallItem:
    preset = Preset("4", LAYOUTS["4"], cameras, -1, slots)
    return WallItem("", WallItemKind.PRESET, name, "", "", preset=preset)


def tour_item(name: str, *targets: str, kind: StopKind = StopKind.CAMERA, dwell_s: int = 10) -> WallItem:
    stops = tuple(Stop(kind, target, dwell_s) for target in targets)
    return WallItem("", WallItemKind.TOUR, name, "", "", tour=Tour(stops))


@pytest.fixture
def desk(campus: Campus) -> WallDesk:
    return WallDesk(campus.database)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


class Alarms:
    """What the tour asks about alarms."""

    def __init__(self) -> None:
        self.tiles: set[int | None] = set()

    def __call__(self, tile: int | None) -> bool:
        return tile in self.tiles


@pytest.fixture
def alarms() -> Alarms:
    return Alarms()


@pytest.fixture
def tour(seat: Seat, clock: ManualClock, alarms: Alarms) -> Iterator[WallTour]:
    """On the seat's wall in layout 4, moved by hand."""
    seat.wall.set_layout("4")
    made = WallTour(seat.wall, seat.library, clock, alarms)
    yield made
    made.stop()


def known(seat: Seat, item: WallItem, wait_until: Wait) -> WallItem:
    wait_until(lambda: seat.library.find(item.id) is not None)
    return item


def test_what_a_leader_shares_appears_on_other_seats_and_goes_when_deleted(
    desk: WallDesk, seat: Seat, wait_until: Wait
) -> None:
    own = desk.save(LEADER, preset_item("上学", "C05"))
    shared = desk.share(LEADER, own, True)
    wait_until(lambda: [item.name for item in seat.library.items(WallItemKind.PRESET)] == ["上学"])
    assert not seat.library.may_change(shared)
    desk.delete(LEADER, shared)
    wait_until(lambda: seat.library.items(WallItemKind.PRESET) == [])


def test_another_operators_own_item_is_not_offered(desk: WallDesk, seat: Seat, wait_until: Wait) -> None:
    desk.save(OTHER, layout_item("别人的"))
    mine = desk.save(OPERATOR, layout_item("我的"))
    known(seat, mine, wait_until)
    assert seat.library.items(WallItemKind.LAYOUT) == [mine]


def test_a_refused_change_is_told(desk: WallDesk, seat: Seat, wait_until: Wait) -> None:
    shared = desk.share(LEADER, desk.save(LEADER, layout_item()), True)
    known(seat, shared, wait_until)
    seat.library.rename(shared, "我的")
    wait_until(lambda: [error.code for error in seat.refusals] == ["wall.not_yours"])


def test_a_stale_copy_is_a_conflict_and_not_written(desk: WallDesk, seat: Seat, wait_until: Wait) -> None:
    mine = desk.save(OPERATOR, layout_item())
    desk.rename(OPERATOR, mine, "别的席位改的")
    seat.library.save(replace(mine, layout=grid(2, 2)))
    wait_until(lambda: [error.code for error in seat.refusals] == ["storage.conflict"])


def test_an_own_layout_and_its_cameras_are_there_after_a_restart(
    campus: Campus, desk: WallDesk, seat: Seat, wait_until: Wait
) -> None:
    item = known(seat, desk.save(OPERATOR, layout_item()), wait_until)
    seat.kit.recall(item)
    assert (seat.wall.plan.layout, seat.wall.plan.cells) == (item.id, OWN)
    seat.wall.save()
    wait_until(lambda: seat.jobs.is_idle)
    later = Seat(campus)
    later.start()
    wait_until(lambda: later.wall.plan.layout == item.id)
    assert later.wall.plan == seat.wall.plan
    later.close()


def test_a_preset_brings_layout_and_cameras_and_the_others_wait_behind(
    desk: WallDesk, seat: Seat, wait_until: Wait
) -> None:
    item = known(seat, desk.save(OPERATOR, preset_item("门", "C09", "", "C01")), wait_until)
    seat.kit.recall(item)
    plan = seat.wall.plan
    assert (plan.layout, plan.cameras[:4]) == ("4", ("C09", "", "C01", ""))
    seat.wall.set_layout("36")
    assert {f"C{number:02d}" for number in range(1, 25)} <= set(seat.wall.plan.cameras)


def test_the_wall_of_now_kept_as_a_preset_comes_back_the_same(seat: Seat) -> None:
    seat.wall.set_layout("1+5")
    seat.wall.put_camera(0, "C20")
    seat.kit.hand.toggle_hotspot(5)
    before = seat.wall.plan
    now = seat.kit.hand.present()
    seat.wall.set_layout("9")
    seat.kit.hand.show_preset(now)
    after = seat.wall.plan
    assert (after.layout, after.cells, after.hotspot) == (before.layout, before.cells, before.hotspot)
    assert after.cameras[:6] == before.cameras[:6]


def test_streams_that_remain_are_not_opened_anew_by_a_layout_change(seat: Seat) -> None:
    was = {feed.key: feed for feed in seat.video.live}
    seat.wall.set_layout("16")
    now = {feed.key: feed for feed in seat.video.live}
    assert was.keys() <= now.keys()
    assert all(now[key] is feed for key, feed in was.items())


def test_swapping_two_tiles_keeps_both_streams(seat: Seat) -> None:
    seat.wall.set_layout("4")
    first, third = seat.wall.plan.cameras[0], seat.wall.plan.cameras[2]
    open_before = list(seat.video.live)
    seat.kit.hand.swap(0, 2)
    assert seat.wall.plan.cameras[0] == third
    assert seat.wall.plan.cameras[2] == first
    assert [feed for feed in open_before if feed.key[1] == "sub"] == [
        feed for feed in seat.video.live if feed.key[1] == "sub"
    ]


def test_filling_the_wall_puts_a_group_first_and_empties_the_rest(seat: Seat) -> None:
    seat.wall.set_layout("9")
    seat.kit.hand.fill(["C20", "C21"])
    assert seat.wall.plan.cameras[:9] == ("C20", "C21", *[""] * 7)


def test_a_group_larger_than_the_wall_gets_a_layout_that_holds_it(seat: Seat) -> None:
    seat.wall.set_layout("1+5")
    seat.kit.hand.fill([f"C{number:02d}" for number in range(24, 13, -1)])
    assert (seat.wall.plan.layout, seat.wall.plan.cameras[0], seat.wall.plan.cameras[10]) == (
        "16",
        "C24",
        "C14",
    )


def test_the_hotspot_follows_tiles_list_and_alarms(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    seat.wall.set_layout("4")
    seat.kit.hand.toggle_hotspot(3)
    seat.wall.choose(1)
    assert seat.wall.plan.cameras[3] == seat.wall.plan.cameras[1]
    seat.wall.show_camera("C17")
    assert seat.wall.plan.cameras[3] == "C17"
    campus.ring("Z11")
    wait_until(lambda: seat.watch.queue)
    seat.watch.pick(seat.watch.queue[0].id)
    assert seat.wall.plan.cameras[3] == seat.watch.queue[0].feeds[0]


def test_back_and_forward_walk_what_a_tile_has_shown(seat: Seat) -> None:
    seat.wall.set_layout("4")
    seat.wall.put_camera(1, "C10")
    seat.wall.put_camera(1, "C11")
    seat.kit.hand.back()
    seat.kit.hand.back()
    assert seat.wall.plan.cameras[1] == "C02"
    seat.kit.hand.back()
    assert seat.wall.plan.cameras[1] == "C02"
    seat.kit.hand.forward()
    assert seat.wall.plan.cameras[1] == "C10"
    seat.wall.put_camera(1, "C15")
    seat.kit.hand.forward()
    assert seat.wall.plan.cameras[1] == "C15"


def test_a_tour_walks_its_cameras_round_on_its_tile(seat: Seat, tour: WallTour, clock: ManualClock) -> None:
    tour.start(tour_item("围墙", "C10", "C11"), 2)
    shown = [seat.wall.plan.cameras[2]]
    for _ in range(2):
        clock.advance(10)
        tour.tick()
        shown.append(seat.wall.plan.cameras[2])
    assert shown == ["C10", "C11", "C10"]
    assert seat.wall.plan.cameras[:2] == ("C01", "C02")


def test_the_next_camera_is_open_before_it_is_shown_and_the_last_one_closes(
    seat: Seat, tour: WallTour, clock: ManualClock
) -> None:
    tour.start(tour_item("围墙", "C10", "C11"), 2)
    clock.advance(6.9)
    tour.tick()
    assert ("C11", "sub") not in seat.video.keys
    clock.advance(0.2)
    tour.tick()
    assert ("C11", "sub") in seat.video.keys
    opened = next(feed for feed in seat.video.live if feed.key == ("C11", "sub"))
    clock.advance(3)
    tour.tick()
    assert seat.wall.plan.cameras[2] == "C11"
    content = seat.wall.tile(2)
    assert content is not None
    assert content.feed is opened
    assert ("C10", "sub") not in seat.video.keys


def test_a_camera_that_the_wall_shows_already_or_the_site_does_not_know_is_passed_over(
    seat: Seat, tour: WallTour
) -> None:
    tour.start(tour_item("x", "C01", "C99", "C12"), 2)
    assert seat.wall.plan.cameras[2] == "C12"
    tour.start(tour_item("y", "C01", "C02"), 2)
    assert tour.state is not None
    assert tour.state.hold is Hold.NOTHING


def test_a_tour_stands_while_its_tile_has_an_alarm_and_goes_on_after_it(
    seat: Seat, tour: WallTour, clock: ManualClock, alarms: Alarms
) -> None:
    tour.start(tour_item("围墙", "C10", "C11"), 2)
    alarms.tiles = {2}
    for _ in range(3):
        clock.advance(10)
        tour.tick()
    tour.step(1)
    assert seat.wall.plan.cameras[2] == "C10"
    assert tour.state is not None
    assert tour.state.hold is Hold.ALARM
    alarms.tiles = set()
    tour.tick()
    clock.advance(10)
    tour.tick()
    assert seat.wall.plan.cameras[2] == "C11"


def test_a_tour_stands_when_the_operator_works_on_its_tile_until_told_to_go_on(
    seat: Seat, tour: WallTour, clock: ManualClock
) -> None:
    tour.start(tour_item("围墙", "C10", "C11"), 2)
    seat.wall.choose(0)
    clock.advance(10)
    tour.tick()
    assert seat.wall.plan.cameras[2] == "C11"
    seat.wall.choose(2)
    clock.advance(30)
    tour.tick()
    assert seat.wall.plan.cameras[2] == "C11"
    assert tour.state is not None
    assert tour.state.hold is Hold.TOUCHED
    tour.toggle_pause()
    clock.advance(10)
    tour.tick()
    assert seat.wall.plan.cameras[2] == "C10"


def test_a_paused_tour_keeps_its_rest_and_can_be_stepped(
    seat: Seat, tour: WallTour, clock: ManualClock
) -> None:
    tour.start(tour_item("围墙", "C10", "C11", "C12"), 2)
    clock.advance(4)
    tour.toggle_pause()
    clock.advance(100)
    tour.tick()
    assert tour.state is not None
    assert (tour.state.left_s, seat.wall.plan.cameras[2]) == (6, "C10")
    tour.step(-1)
    assert seat.wall.plan.cameras[2] == "C12"
    clock.advance(100)
    tour.tick()
    assert seat.wall.plan.cameras[2] == "C12"
    tour.toggle_pause()
    clock.advance(10)
    tour.tick()
    assert seat.wall.plan.cameras[2] == "C10"


def test_a_tour_of_presets_takes_the_whole_wall_and_passes_over_deleted_ones(
    desk: WallDesk, seat: Seat, tour: WallTour, clock: ManualClock, wait_until: Wait
) -> None:
    one = known(seat, desk.save(OPERATOR, preset_item("一", "C20")), wait_until)
    two = known(seat, desk.save(OPERATOR, preset_item("二", "C21")), wait_until)
    tour.start(tour_item("墙", one.id, "gone", two.id, kind=StopKind.PRESET))
    assert seat.wall.plan.cameras[0] == "C20"
    clock.advance(10)
    tour.tick()
    assert seat.wall.plan.cameras[0] == "C21"


def test_a_tour_of_layouts_cuts_the_wall_anew_keeps_its_cameras_and_can_be_stepped_back(
    desk: WallDesk, seat: Seat, tour: WallTour, clock: ManualClock, wait_until: Wait
) -> None:
    own = known(seat, desk.save(OPERATOR, layout_item()), wait_until)
    cameras = seat.wall.plan.cameras
    tour.start(tour_item("布局", "4", "gone", own.id, kind=StopKind.LAYOUT))
    assert (seat.wall.plan.layout, seat.wall.plan.cells) == ("4", LAYOUTS["4"])
    clock.advance(10)
    tour.tick()
    assert (seat.wall.plan.layout, seat.wall.plan.cells) == (own.id, OWN)
    tour.step(-1)
    assert seat.wall.plan.layout == "4"
    assert seat.wall.plan.cameras == cameras


def test_a_running_tour_begins_again_after_a_restart(
    campus: Campus, desk: WallDesk, seat: Seat, wait_until: Wait
) -> None:
    item = known(seat, desk.save(OPERATOR, tour_item("围墙", "C20", "C21")), wait_until)
    seat.kit.tour.start(item, 3)
    seat.wall.save()
    wait_until(lambda: seat.jobs.is_idle)
    later = Seat(campus)
    later.start()
    wait_until(lambda: later.kit.tour.state is not None)
    state = later.kit.tour.state
    assert state is not None
    assert (state.item.id, state.tile) == (item.id, 3)
    later.close()


class Notes:
    def __init__(self, presets: PresetClock) -> None:
        self.said: list[str] = []
        presets.switched.connect(self._switched)
        presets.waiting.connect(self._waiting)

    def _switched(self, name: str) -> None:
        self.said.append(f"switched {name}")

    def _waiting(self, name: str) -> None:
        self.said.append(f"waiting {name}")


class Handling:
    def __init__(self) -> None:
        self.is_on = False

    def __call__(self) -> bool:
        return self.is_on


@pytest.fixture
def handling() -> Handling:
    return Handling()


@pytest.fixture
def presets(
    desk: WallDesk, seat: Seat, clock: ManualClock, handling: Handling, wait_until: Wait
) -> Iterator[PresetClock]:
    """Two presets by the clock, at 10:05 and 10:10 in Beijing; it is 10:00."""
    early = preset_item("早", "C20", slots=(Slot((1,), 10 * 60 + 5, 10 * 60 + 10),))
    late = preset_item("晚", "C21", slots=(Slot((1,), 10 * 60 + 10, 11 * 60),))
    for item in (early, late):
        known(seat, desk.save(OPERATOR, item), wait_until)
    made = PresetClock(
        hand=seat.kit.hand,
        library=seat.library,
        preferences=seat.preferences,
        jobs=seat.jobs,
        key="test.schedule",
        clock=clock,
        zone=BEIJING,
        is_handling=handling,
    )
    yield made
    made.stop()


def test_presets_come_up_by_the_clock_and_say_so(
    seat: Seat, presets: PresetClock, clock: ManualClock
) -> None:
    notes = Notes(presets)
    presets.look()
    assert notes.said == []
    clock.advance(300)
    presets.look()
    assert (seat.wall.plan.cameras[0], notes.said) == ("C20", ["switched 早"])


def test_what_the_operator_changes_stays_until_the_next_slot(
    seat: Seat, presets: PresetClock, clock: ManualClock
) -> None:
    clock.advance(300)
    presets.look()
    seat.wall.set_layout("9")
    clock.advance(60)
    presets.look()
    assert seat.wall.plan.layout == "9"
    clock.advance(240)
    presets.look()
    assert (seat.wall.plan.layout, seat.wall.plan.cameras[0]) == ("4", "C21")


def test_while_an_alarm_is_handled_a_preset_waits_and_says_so_once(
    seat: Seat, presets: PresetClock, clock: ManualClock, handling: Handling
) -> None:
    notes = Notes(presets)
    handling.is_on = True
    clock.advance(300)
    presets.look()
    presets.look()
    assert (seat.wall.plan.cameras[0], notes.said) == ("C01", ["waiting 早"])
    handling.is_on = False
    presets.look()
    assert (seat.wall.plan.cameras[0], notes.said[-1]) == ("C20", "switched 早")


def test_switched_off_nothing_comes_up(seat: Seat, presets: PresetClock, clock: ManualClock) -> None:
    presets.set_on(False)
    clock.advance(300)
    presets.look()
    assert seat.wall.plan.cameras[0] == "C01"


def test_another_monitors_wall_follows_the_clock_only_when_told_to(
    seat: Seat, campus: Campus, wait_until: Wait
) -> None:
    wall = WallPresenter(campus.site, seat.video, seat.preferences, seat.jobs, preference="watch.wall_2")
    kit = WallKit(
        wall=wall,
        watch=seat.watch,
        library=seat.library,
        preferences=seat.preferences,
        jobs=seat.jobs,
        clock=seat.clock,
        zone=BEIJING,
    )
    wall.start()
    wait_until(lambda: seat.jobs.is_idle)
    assert (seat.kit.preset_clock.is_on, kit.preset_clock.is_on) == (True, False)
    kit.stop()
    wall.stop()


def test_a_slot_that_came_up_before_a_restart_does_not_come_up_again(
    seat: Seat, presets: PresetClock, clock: ManualClock, wait_until: Wait
) -> None:
    clock.advance(300)
    presets.look()
    wait_until(lambda: seat.jobs.is_idle)
    seat.wall.set_layout("9")
    presets.stop()
    later = PresetClock(
        hand=seat.kit.hand,
        library=seat.library,
        preferences=seat.preferences,
        jobs=seat.jobs,
        key="test.schedule",
        clock=clock,
        zone=BEIJING,
        is_handling=lambda: False,
    )
    later.start()
    wait_until(lambda: seat.jobs.is_idle)
    later.look()
    assert seat.wall.plan.layout == "9"
    later.stop()


def test_an_alarm_that_waits_holds_presets_and_tours_of_the_wall(
    campus: Campus, desk: WallDesk, seat: Seat, wait_until: Wait
) -> None:
    one = known(seat, desk.save(OPERATOR, preset_item("一", "C20")), wait_until)
    seat.kit.tour.start(tour_item("墙", one.id, kind=StopKind.PRESET))
    campus.ring("Z11")
    wait_until(lambda: seat.watch.queue)
    seat.kit.tour.tick()
    state = seat.kit.tour.state
    assert state is not None
    assert state.hold is Hold.ALARM
