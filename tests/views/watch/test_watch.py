"""The watch's presenters on a real database, real desks and the real change feed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from services.domain.alarms import AlarmSource, AlarmState, Qualifier, Signal, Verdict
from services.domain.classes import DUTY_CHECK
from services.domain.facts import AlarmRaised
from services.domain.people import Role, Session
from tests.views.seat import OTHER, Campus, Seat
from tests.waiting import LIMIT_S
from ui.settling import SETTLE_S
from views.watch.screen import WatchScreen

Wait = Callable[..., object]


def state(campus: Campus, alarm_id: str) -> AlarmState:
    return campus.database.read(lambda view: view.alarms.get(alarm_id)).state


def ring(campus: Campus, seat: Seat, wait_until: Wait, zone: str = "Z01") -> str:
    """An alarm that the seat knows of."""
    alarm_id = campus.ring(zone)
    wait_until(lambda: any(alarm.id == alarm_id for alarm in seat.watch.queue))
    return alarm_id


class Ears:
    def __init__(self, seat: Seat) -> None:
        self.said: list[str] = []
        seat.watch.manual_wanted.connect(self._manual)
        seat.watch.unsettled.connect(self._unsettled)
        seat.watch.reason_wanted.connect(self._reason)
        seat.watch.dispatch_wanted.connect(self._dispatch)

    def _manual(self) -> None:
        self.said.append("manual")

    def _unsettled(self) -> None:
        self.said.append("unsettled")

    def _reason(self, _alarm: object, action: str) -> None:
        self.said.append(f"reason {action}")

    def _dispatch(self, _alarm_id: str) -> None:
        self.said.append("dispatch")


@pytest.fixture
def ears(seat: Seat) -> Ears:
    return Ears(seat)


def test_an_alarm_covers_the_tiles_that_see_it(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    alarm_id = ring(campus, seat, wait_until)
    assert seat.watch.queue[0].feeds[0] == "C01"
    assert [plate.alarm_id for plate in seat.watch.plates["C01"]] == [alarm_id]
    assert seat.watch.staged == []


def test_an_alarm_that_no_tile_sees_goes_on_the_stage_with_its_best_feeds(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    seat.wall.put_camera(0, "C24")
    seat.wall.set_layout("1")
    alarm_id = ring(campus, seat, wait_until)
    alarm = seat.watch.queue[0]
    assert [a.id for a in seat.watch.staged] == [alarm_id]
    assert [tile.camera_no for tile in seat.wall.stage_tiles()] == list(alarm.feeds[:4])
    assert {(camera_no, "sub") for camera_no in alarm.feeds[:4]} <= seat.video.keys


def test_an_alarm_that_changes_the_stage_and_the_wall_is_shown_once(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    """In a storm each showing costs a paint of everything."""
    seat.wall.put_camera(0, "C24")
    seat.wall.set_layout("1")
    shown, lists = [], []
    seat.watch.changed.connect(lambda: shown.append([alarm.id for alarm in seat.watch.staged]))
    seat.live.applied.connect(lists.append)
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.staged)
    raised = sum(any(type(fact).__name__ == "AlarmRaised" for fact in facts) for facts in lists)
    assert raised == 1
    assert shown.count([alarm_id]) == 1


def test_the_stage_goes_back_when_the_alarm_is_dismissed_and_its_streams_close(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    seat.wall.put_camera(0, "C24")
    seat.wall.set_layout("1")
    alarm_id = ring(campus, seat, wait_until, "Z11")
    seat.watch.press("claim")
    wait_until(lambda: seat.watch.actions[:1] == ("verify",))
    seat.watch.decide(alarm_id, Verdict.FALSE_REPORT, "")
    wait_until(lambda: not seat.watch.staged)
    assert {camera_no for camera_no, _ in seat.video.keys} == {"C24"}


def test_the_stage_put_away_comes_back_when_the_alarm_speaks_again(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    seat.wall.put_camera(0, "C24")
    seat.wall.set_layout("1")
    ring(campus, seat, wait_until, "Z11")
    assert seat.watch.back()
    assert seat.watch.staged == []
    campus.ring("Z11")
    wait_until(lambda: seat.watch.staged)


def test_f1_claims_the_highlighted_alarm_in_the_database(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    alarm_id = ring(campus, seat, wait_until)
    seat.watch.press("claim")
    wait_until(lambda: state(campus, alarm_id) is AlarmState.CLAIMED)
    wait_until(lambda: seat.watch.queue[0].owner == "wang")
    assert seat.watch.plates["C01"][0].is_claimed


def test_f1_without_an_alarm_opens_the_manual(seat: Seat, ears: Ears) -> None:
    seat.watch.press("claim")
    assert ears.said == ["manual"]


def test_a_key_just_after_a_more_urgent_alarm_took_the_highlight_does_nothing(
    campus: Campus, seat: Seat, ears: Ears, wait_until: Wait
) -> None:
    first = ring(campus, seat, wait_until, "Z11")
    urgent = campus.ring("Z01")
    wait_until(lambda: seat.watch.highlighted and seat.watch.highlighted.id == urgent)
    seat.watch.press("claim")
    assert ears.said == ["unsettled"]
    wait_until(lambda: seat.jobs.is_idle)
    assert {state(campus, first), state(campus, urgent)} == {AlarmState.NEW}


def test_a_claimed_alarm_keeps_the_highlight_and_f1_then_only_moves_to_the_next(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    first = ring(campus, seat, wait_until, "Z11")
    seat.watch.press("claim")
    wait_until(lambda: seat.watch.queue[0].owner == "wang")
    urgent = ring(campus, seat, wait_until, "Z01")
    assert seat.watch.highlighted is not None
    assert seat.watch.highlighted.id == first
    seat.watch.press("claim")
    assert seat.watch.highlighted.id == urgent
    wait_until(lambda: seat.jobs.is_idle)
    assert state(campus, urgent) is AlarmState.NEW
    seat.watch.press("claim")
    wait_until(lambda: state(campus, urgent) is AlarmState.CLAIMED)


def test_f2_verifies_and_then_confirms(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    alarm_id = ring(campus, seat, wait_until)
    for action, wanted in (
        ("claim", AlarmState.CLAIMED),
        ("verify", AlarmState.VERIFYING),
        ("verify", AlarmState.CONFIRMED),
    ):
        seat.watch.press(action)
        wait_until(lambda wanted=wanted: seat.watch.queue[0].state is wanted and seat.jobs.is_idle)
    assert state(campus, alarm_id) is AlarmState.CONFIRMED


def test_dismissing_panic_without_a_look_is_refused_with_the_reason(
    campus: Campus, seat: Seat, ears: Ears, wait_until: Wait
) -> None:
    alarm_id = ring(campus, seat, wait_until)
    seat.watch.press("claim")
    wait_until(lambda: seat.watch.queue[0].owner == "wang" and seat.jobs.is_idle)
    seat.watch.press("false")
    assert ears.said == ["reason false"]
    seat.watch.decide(alarm_id, Verdict.FALSE_REPORT, "学生误按")
    wait_until(lambda: seat.refusals)
    assert seat.refusals[0].code == "alarm.view_first"


def test_the_loser_of_a_claim_is_told_who_was_faster(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    seat.feed.stop()
    alarm_id = campus.ring("Z01")
    seat.live.apply([AlarmRaised(campus.database.read(lambda view: view.alarms.get(alarm_id)))])
    campus.alarms.claim(OTHER, alarm_id)
    seat.watch.press("claim")
    wait_until(lambda: seat.refusals)
    assert (seat.refusals[0].code, seat.refusals[0].params["owner"]) == ("alarm.already_claimed", "李值班")


def test_f4_on_an_unclaimed_alarm_claims_it_and_opens_the_dispatch(
    campus: Campus, seat: Seat, ears: Ears, wait_until: Wait
) -> None:
    alarm_id = ring(campus, seat, wait_until)
    seat.watch.press("dispatch")
    wait_until(lambda: ears.said == ["dispatch"])
    assert state(campus, alarm_id) is AlarmState.CLAIMED


def test_f4_held_down_claims_once_and_opens_the_dispatch_once(
    campus: Campus, seat: Seat, ears: Ears, wait_until: Wait
) -> None:
    ring(campus, seat, wait_until)
    for _ in range(4):
        seat.watch.press("dispatch")
    wait_until(lambda: seat.jobs.is_idle)
    assert ears.said == ["dispatch"]


def test_f5_silences_what_was_heard_and_a_new_alarm_sounds_again(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    ring(campus, seat, wait_until, "Z11")
    wait_until(lambda: seat.watch.press("silence") or seat.watch.queue[0].silenced_at is not None)
    second = ring(campus, seat, wait_until, "Z12")
    sounding = [alarm.id for alarm in seat.watch.queue if alarm.silenced_at is None]
    assert sounding == [second]


def test_f5_in_a_storm_silences_all_that_was_heard_in_one_transaction(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    zones = ("Z01", "Z11", "Z12")
    for zone in zones:
        ring(campus, seat, wait_until, zone)
    wait_until(lambda: seat.jobs.is_idle)
    heard_at_s = seat.clock.monotonic()
    wait_until(lambda: seat.clock.monotonic() - heard_at_s > SETTLE_S)
    commits: list[object] = []
    end = campus.database.after_commit(commits.append)
    seat.watch.press("silence")
    wait_until(lambda: all(alarm.silenced_at for alarm in seat.watch.queue))
    end()
    assert (len(seat.watch.queue), len(commits)) == (3, 1)


def test_f1_after_a_slow_f5_claims(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    alarm_id = ring(campus, seat, wait_until)
    heard_at_s, may_go = seat.clock.monotonic(), Event()
    wait_until(lambda: seat.clock.monotonic() - heard_at_s > SETTLE_S)
    holder = Thread(target=campus.database.write, args=(lambda _tx: may_go.wait(LIMIT_S),))
    holder.start()
    seat.watch.press("silence")
    seat.watch.press("claim")
    may_go.set()
    holder.join()
    wait_until(lambda: seat.jobs.is_idle)
    found = campus.database.read(lambda view: view.alarms.get(alarm_id))
    assert (found.state, bool(found.silenced_at)) == (AlarmState.CLAIMED, True)


def test_f5_goes_round_a_duty_check_and_is_not_refused(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    refused: list[object] = []
    seat.watch.refused.connect(refused.append)
    account, now = campus.site.panels[0].account, campus.clock.now()
    check = Signal(AlarmSource.GB26875, account, DUTY_CHECK, 0, Qualifier.NEW, now, "check")
    asked = campus.center.receive([check])[0].alarm
    beam = ring(campus, seat, wait_until, "Z11")

    def silent() -> set[str]:
        return {alarm.id for alarm in seat.watch.queue if alarm.silenced_at is not None}

    wait_until(lambda: seat.watch.press("silence") or silent() == {beam})
    wait_until(lambda: seat.jobs.is_idle)
    assert ({alarm.id for alarm in seat.watch.queue}, refused) == ({asked, beam}, [])


def test_f5_does_not_silence_an_alarm_that_nobody_can_have_heard_yet(
    campus: Campus, seat: Seat, ears: Ears, wait_until: Wait
) -> None:
    ring(campus, seat, wait_until, "Z11")
    seat.watch.press("silence")
    wait_until(lambda: seat.jobs.is_idle)
    assert (seat.watch.queue[0].silenced_at, ears.said) == (None, ["unsettled"])


def test_a_latched_alarm_asks_how_the_source_was_dealt_with_before_its_reset(
    campus: Campus, seat: Seat, ears: Ears, wait_until: Wait
) -> None:
    alarm_id = ring(campus, seat, wait_until)
    for action in ("claim", "verify", "verify"):
        was = seat.watch.queue[0].row_version
        seat.watch.press(action)
        wait_until(lambda was=was: seat.watch.queue[0].row_version > was and seat.jobs.is_idle)
    seat.watch.press("reset")
    assert ears.said == ["reason reset"]
    seat.watch.reset(alarm_id, "按钮已用钥匙复原")
    wait_until(lambda: not seat.watch.queue)
    assert state(campus, alarm_id) is AlarmState.CLOSED


def test_first_paint_and_first_picture_are_stored_once_in_wall_clock_time(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    alarm_id = ring(campus, seat, wait_until)
    shown_s = seat.clock.monotonic()
    seat.reports.note_displayed(alarm_id, shown_s)
    seat.reports.note_filmed(alarm_id, shown_s + 0.2)
    wait_until(lambda: seat.watch.queue[0].first_frame_at)
    stored = seat.watch.queue[0]
    assert stored.displayed_at is not None
    assert stored.first_frame_at is not None
    assert abs((stored.first_frame_at - stored.displayed_at).total_seconds() - 0.2) < 0.005
    assert stored.received_at < stored.displayed_at <= seat.clock.now()
    version = stored.row_version
    seat.reports.note_displayed(alarm_id, shown_s + 9)
    seat.reports.end()
    wait_until(lambda: seat.jobs.is_idle)
    assert campus.database.read(lambda view: view.alarms.get(alarm_id)).row_version == version


def test_single_view_takes_the_main_stream_and_the_grid_the_sub_stream(seat: Seat) -> None:
    first = seat.wall.plan.cameras[0]
    seat.wall.note_heights([240] * 9)
    assert shown_stream(seat) == "sub"
    seat.wall.toggle_single(0)
    seat.wall.note_heights([900] + [0] * 8)
    assert shown_stream(seat) == "main"
    # The sub-stream stays connected: the way back must not wait for a camera.
    assert (first, "sub") in seat.video.keys
    opened = list(seat.video.opened)
    seat.wall.toggle_single(0)
    seat.wall.toggle_single(0)
    assert seat.video.opened == opened


def shown_stream(seat: Seat) -> str:
    content = seat.wall.tile(0)
    assert content is not None
    return content.detail


def test_the_alarm_in_hand_is_shown_in_main_streams_the_best_four_first(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    alarm_id = campus.ring("Z01")
    wait_until(lambda: seat.watch.highlighted and seat.watch.highlighted.id == alarm_id)
    assert seat.watch.highlighted is not None
    feeds = [str(no) for no in seat.watch.highlighted.feeds]
    shown = [no for no in seat.wall.plan.cameras[: seat.wall.plan.count] if no in feeds[:4]]
    assert shown
    for camera_no in shown:
        assert (camera_no, "main") in seat.video.keys


def test_layout_and_cameras_are_there_again_after_a_restart(
    campus: Campus, seat: Seat, qapp: QApplication, wait_until: Wait
) -> None:
    seat.wall.set_layout("16")
    seat.wall.put_camera(2, "C22")
    seat.wall.save()
    wait_until(lambda: seat.jobs.is_idle)
    later = Seat(campus)
    later.start()
    wait_until(lambda: later.wall.plan.layout == "16")
    assert later.wall.plan.cameras[2] == "C22"
    later.close()
    qapp.processEvents()


def test_stopping_closes_every_stream(seat: Seat) -> None:
    assert seat.video.live
    seat.wall.stop()
    assert seat.video.live == []


def test_the_queue_has_an_alarm_first_and_the_wall_in_the_next_turn(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    """In a storm both together keep the window from a key for too long."""
    seat = open_seat()
    screen = next(made for made in seat.shell.findChildren(WatchScreen))
    seen: list[tuple[int, int]] = []

    def note(_facts: object) -> None:
        seen.append((seat.side.queue.view.model().rowCount(), _plates_on(screen)))

    seat.live.applied.connect(note)
    campus.ring("Z01")
    wait_until(lambda: (1, 0) in seen)
    wait_until(lambda: _plates_on(screen) > 0)


def _plates_on(screen: WatchScreen) -> int:
    return sum(len(tile.plates) for tile in screen.wall.tiles)


def test_who_may_not_handle_alarms_finds_every_key_grey_with_the_reason_and_hears_it_when_pressed(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    seat = open_seat(Session("zhao", "赵处", Role.SUPERVISOR, "SEAT-3"))
    ring(campus, seat, wait_until)
    wait_until(lambda: seat.side.queue.view.model().rowCount() == 1)
    buttons = seat.side.action_bar.findChildren(QPushButton)
    assert not any(button.isEnabled() for button in buttons)
    assert all("没有" in button.toolTip() for button in buttons)
    assert all(plate.actions == () for plates in seat.watch.plates.values() for plate in plates)
    seat.watch.press("claim")
    assert [error.code for error in seat.refusals] == ["identity.forbidden"]


def test_an_operators_grey_key_has_no_tale_of_a_missing_permission(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    seat = open_seat()
    ring(campus, seat, wait_until)
    buttons = {button.text().split()[0]: button for button in seat.side.action_bar.findChildren(QPushButton)}
    wait_until(buttons["F1"].isEnabled)
    assert (buttons["F2"].isEnabled(), buttons["F2"].toolTip()) == (False, "")


def test_locking_the_seat_takes_the_buttons_off_its_pictures(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    ring(campus, seat, wait_until)
    seat.watch.set_usable(False)
    assert seat.watch.plates["C01"][0].actions == ()
    seat.watch.set_usable(True)
    assert "claim" in seat.watch.plates["C01"][0].actions
