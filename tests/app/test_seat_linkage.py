"""What linkage asks of a seat happens there: notices, presets, pictures on tiles, dispatch after a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.seat_linkage import SeatHands
from services.campus.sight import Sight
from services.core.ids import new_id
from services.domain.alarms import AlarmId, Verdict
from services.domain.facts import IncidentOpened, LinkageRunChanged
from services.domain.incidents import Incident, IncidentId, IncidentState
from services.domain.layouts import LAYOUTS
from services.domain.linkage import Action, ActionKind, Rule
from services.domain.linkage_runs import ActionRun, LinkageRun, Result, RunState
from services.domain.triggers import Trigger, TriggerKind
from services.domain.walls import Preset, WallItem, WallItemKind
from services.storage import Tx
from tests.views.seat import Campus, Seat
from ui.i18n import speak
from ui.text.places import learn_names
from views.watch.wall_presenter import WallPresenter

Wait = Callable[..., object]


class Mouth(QObject):
    """A voice that writes down what it is to say, and may not know the language."""

    def __init__(self) -> None:
        super().__init__()
        self.can_speak = True
        self.asked: list[str] = []

    def say(self, text: str) -> bool:
        self.asked.append(text)
        return self.can_speak

    def stop(self) -> None:
        self.asked.append("stop")


class Hands:
    """A real seat's hands; `said` is what came on its screen."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.said: list[str] = []
        self.unsaid: list[str] = []
        self.has_monitor = self.is_heard = False
        self.wanted: list[str] = []
        self.planned: list[tuple[str, str]] = []
        self.offered: list[str] = []
        seat.watch.dispatch_wanted.connect(self.wanted.append)
        self.mouth = Mouth()
        self.owner = QObject()
        self.hands = SeatHands(
            seat,  # type: ignore[arg-type]  # it has the presenters under the same names
            seat.live,
            seat.session,
            has_monitor=lambda: self.has_monitor,
            is_heard=lambda: self.is_heard,
            say=self.said.append,
            unsay=self.unsaid.append,
            plan=lambda alarm, plan: self.planned.append((alarm, plan)),
            talk=self.offered.append,
            voice=self.mouth,  # type: ignore[arg-type]  # what is asked of a voice
            parent=self.owner,
        )


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    made = Campus(tmp_path)
    yield made
    made.close()


@pytest.fixture
def hands(qapp: QApplication, campus: Campus, wait_until: Wait) -> Iterator[Hands]:
    qapp.processEvents()
    seat = Seat(campus)
    seat.start()
    wait_until(lambda: seat.jobs.is_idle)
    made = Hands(seat)
    yield made
    speak("zh")
    made.hands.stop()
    made.owner.deleteLater()
    seat.close()


# A busy test machine may be late, which is done all the same.
DONE = frozenset({Result.OK, Result.LATE})


def ring(campus: Campus, *actions: Action, in_order: bool = False) -> str:
    rule = Rule(new_id(), "东门", "Gate", Trigger(TriggerKind.ALL), actions, in_order=in_order)
    campus.linkage.take_rules([rule])
    return campus.ring("Z01")


def ends(campus: Campus, alarm_id: str) -> list[ActionRun]:
    runs = campus.database.read(lambda view: view.linkage_runs.of_alarm(alarm_id))
    return [one for run in runs if run.rule_version for one in run.actions]


def test_a_notice_is_for_its_role_only_and_names_the_place(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    alarm_id = ring(
        campus,
        Action(ActionKind.NOTIFY, "supervisor", text="保卫处：{place}"),
        Action(ActionKind.NOTIFY, "operator", text="值班员：{name}"),
    )
    wait_until(lambda: ends(campus, alarm_id)[1].is_over)
    zone = campus.site.zone("Z01")
    assert zone is not None
    assert hands.said == [f"值班员：{zone.name}"]
    assert [one.result for one in ends(campus, alarm_id)] == [Result.PENDING, Result.OK]


def test_a_notice_ends_with_its_alarm_and_not_before(campus: Campus, hands: Hands, wait_until: Wait) -> None:
    alarm_id = ring(campus, Action(ActionKind.NOTIFY, "all", text="请看东门"))
    wait_until(lambda: hands.said)
    campus.alarms.claim(hands.seat.session, alarm_id)
    campus.alarms.decide(hands.seat.session, alarm_id, Verdict.GENUINE)
    wait_until(lambda: hands.seat.live.board.alarms[AlarmId(alarm_id)].decided_at)
    assert hands.unsaid == []
    campus.alarms.reset(hands.seat.session, alarm_id, "按钮卡住")
    wait_until(lambda: hands.unsaid)
    assert hands.unsaid == ["请看东门"]


def test_a_notice_speaks_the_language_of_its_seat(campus: Campus, hands: Hands, wait_until: Wait) -> None:
    learn_names(campus.site)
    speak("en")
    alarm_id = ring(
        campus,
        Action(ActionKind.NOTIFY, "all", text="按下：{place}，{name}", text_en="Pressed: {class}, {name}"),
        Action(ActionKind.NOTIFY, "all", text="只有中文：{place}"),
    )
    wait_until(lambda: all(one.is_over for one in ends(campus, alarm_id)))
    zone = campus.site.zone("Z01")
    assert zone is not None
    place = next(place.name_en for place in campus.site.places if place.name == zone.place)
    assert hands.said == [f"Pressed: Panic alarm, {zone.name_en}", f"只有中文：{place}"]


def test_what_a_seat_lacks_is_unavailable_not_failed(campus: Campus, hands: Hands, wait_until: Wait) -> None:
    alarm_id = ring(
        campus,
        Action(ActionKind.WALL_PRESET, "没有这个"),
        Action(ActionKind.FEEDS, option="monitor"),
        Action(ActionKind.SOUND),
    )
    wait_until(lambda: all(one.is_over for one in ends(campus, alarm_id)))
    told = [(one.result, one.code) for one in ends(campus, alarm_id)]
    assert told == [
        (Result.UNAVAILABLE, "linkage.no_preset"),
        (Result.UNAVAILABLE, "linkage.no_monitor"),
        (Result.UNAVAILABLE, "linkage.no_sound"),
    ]
    assert hands.said == []


def test_a_camera_that_a_rule_names_comes_on_a_tile_but_never_where_the_operator_works(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    wall = hands.seat.wall
    worked_on = wall.plan.cameras[wall.plan.chosen]
    missing = next(no for no in wall.camera_nos if no not in wall.plan.visible_cameras)
    alarm_id = ring(campus, Action(ActionKind.FEEDS, missing))
    wait_until(lambda: ends(campus, alarm_id) and ends(campus, alarm_id)[0].is_over)
    assert missing in wall.plan.visible_cameras
    assert wall.plan.cameras[wall.plan.chosen] == worked_on


def test_a_preset_that_a_rule_names_is_recalled_by_its_name(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    wall = hands.seat.wall
    before = wall.plan.visible_cameras
    others = tuple(no for no in wall.camera_nos if no not in before)[:4]
    preset = Preset("4", LAYOUTS["4"], others)
    item = WallItem("", WallItemKind.PRESET, "东门四画面", "", "", preset=preset)
    hands.seat.library.save(item)
    wait_until(lambda: hands.seat.library.items(WallItemKind.PRESET))
    alarm_id = ring(campus, Action(ActionKind.WALL_PRESET, "东门四画面"))
    wait_until(lambda: ends(campus, alarm_id) and ends(campus, alarm_id)[0].is_over)
    assert ends(campus, alarm_id)[0].result in DONE
    wait_until(lambda: wall.plan.layout == "4")
    assert tuple(wall.plan.cameras[index] for index in wall.plan.visible) == others


def test_a_spoken_action_is_said_in_the_words_of_the_seat(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    alarm_id = ring(campus, Action(ActionKind.VOICE, text="{name}，请看画面", text_en="{name}, look"))
    wait_until(lambda: ends(campus, alarm_id) and ends(campus, alarm_id)[0].is_over)
    zone = campus.site.zone("Z01")
    assert zone is not None
    assert hands.mouth.asked == [f"{zone.name}，请看画面"]
    assert ends(campus, alarm_id)[0].result in DONE


def test_where_nothing_can_speak_the_record_says_so(campus: Campus, hands: Hands, wait_until: Wait) -> None:
    hands.mouth.can_speak = False
    alarm_id = ring(campus, Action(ActionKind.VOICE, text="请看画面"))
    wait_until(lambda: ends(campus, alarm_id) and ends(campus, alarm_id)[0].is_over)
    (one,) = ends(campus, alarm_id)
    assert (one.result, one.code) == (Result.UNAVAILABLE, "linkage.no_voice")


def test_the_cameras_that_see_the_place_come_into_the_empty_tiles_best_first(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    wall, seeing = hands.seat.wall, seeing_cameras(campus, "Z01")
    fill(wall, [no for no in wall.camera_nos if no not in seeing][:6], chosen=2)
    before = wall.plan.cameras
    ring(campus, Action(ActionKind.FEEDS, option="tiles"))
    wait_until(lambda: seeing[0] in wall.plan.visible_cameras)
    assert wall.plan.cameras[6:9] == (*seeing, "")
    assert wall.plan.cameras[:6] == before[:6]
    assert wall.plan.chosen == 2


def test_on_a_full_wall_the_best_view_takes_the_last_tile_that_nobody_works_on(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    wall, seeing = hands.seat.wall, seeing_cameras(campus, "Z01")
    fill(wall, [no for no in wall.camera_nos if no not in seeing][:9], chosen=8)
    before = wall.plan.cameras
    ring(campus, Action(ActionKind.FEEDS, option="tiles"))
    wait_until(lambda: seeing[0] in wall.plan.visible_cameras)
    assert wall.plan.cameras[:9] == (*before[:7], seeing[0], before[8])
    assert wall.plan.chosen == 8


def test_pictures_for_nowhere_in_particular_leave_the_tiles_alone(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    wall, seeing = hands.seat.wall, seeing_cameras(campus, "Z01")
    fill(wall, [no for no in wall.camera_nos if no not in seeing][:6], chosen=2)
    before = wall.plan
    alarm_id = ring(campus, Action(ActionKind.FEEDS), Action(ActionKind.NOTIFY, "all", text="请看东门"))
    wait_until(lambda: hands.said)
    assert ends(campus, alarm_id)[0].result is Result.PENDING
    assert wall.plan == before


@pytest.mark.parametrize(("owner", "comes"), [("wang", True), ("li", False)])
def test_pictures_for_the_owner_come_at_the_seat_of_whoever_has_the_incident(
    campus: Campus, hands: Hands, wait_until: Wait, owner: str, comes: bool
) -> None:
    wall = hands.seat.wall
    missing = next(no for no in wall.camera_nos if no not in wall.plan.visible_cameras)
    now = campus.clock.now()
    opened = Incident(
        IncidentId("i1"), "JQ1", "走失", "", "东门", None, "", owner, owner, now, IncidentState.ACCEPTED
    )
    actions = (
        ActionRun(Action(ActionKind.FEEDS, missing, option="owner")),
        ActionRun(Action(ActionKind.NOTIFY, "all", text="请看画面")),
    )
    run = LinkageRun("lr1", "", "plan:r1", 1, "预案", "Plan", now, actions, incident="i1")

    def write(tx: Tx) -> None:
        tx.record(IncidentOpened(tx.incidents.add(opened)))
        tx.record(LinkageRunChanged(tx.linkage_runs.add(run)))

    campus.database.write(write)
    wait_until(lambda: hands.said)
    assert (missing in wall.plan.visible_cameras) is comes


def seeing_cameras(campus: Campus, zone_no: str) -> tuple[str, ...]:
    """Best first."""
    zone = campus.site.zone(zone_no)
    assert zone is not None
    return Sight(campus.site).feeds_for(zone)


def fill(wall: WallPresenter, camera_nos: list[str], *, chosen: int) -> None:
    """Nine tiles with these."""
    plan = wall.plan.with_layout("9", LAYOUTS["9"]).with_cameras(camera_nos)
    wall.become(plan.with_chosen(chosen))


def test_the_dispatch_panel_opens_for_whoever_claims_and_not_before(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    alarm_id = ring(campus, Action(ActionKind.DISPATCH))
    wait_until(lambda: hands.seat.watch.queue)
    assert hands.wanted == []
    campus.alarms.claim(hands.seat.session, alarm_id)
    wait_until(lambda: hands.wanted == [alarm_id])
    wait_until(lambda: ends(campus, alarm_id)[0].result in (Result.OK, Result.LATE))


def test_a_plan_that_a_rule_names_opens_for_whoever_claims(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    alarm_id = ring(campus, Action(ActionKind.PLAN, "fire"))
    wait_until(lambda: hands.seat.watch.queue)
    assert hands.planned == []
    campus.alarms.claim(hands.seat.session, alarm_id)
    wait_until(lambda: hands.planned == [(alarm_id, "fire")])
    wait_until(lambda: ends(campus, alarm_id)[0].result in (Result.OK, Result.LATE))


def test_talk_back_is_offered_to_whoever_claims_until_the_alarm_is_over(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    alarm_id = ring(campus, Action(ActionKind.TALK))
    wait_until(lambda: hands.seat.watch.queue)
    seeing = hands.seat.watch.queue[0].feeds
    assert hands.offered == []
    campus.alarms.claim(hands.seat.session, alarm_id)
    wait_until(lambda: hands.offered == [seeing[0]])
    wait_until(lambda: ends(campus, alarm_id)[0].result in (Result.OK, Result.LATE))
    campus.alarms.decide(hands.seat.session, alarm_id, Verdict.GENUINE)
    campus.alarms.reset(hands.seat.session, alarm_id, "按钮卡住")
    wait_until(lambda: hands.offered == [seeing[0], ""])


def test_a_plan_tells_a_role_of_an_incident_that_no_alarm_began(
    campus: Campus, hands: Hands, wait_until: Wait
) -> None:
    now = campus.clock.now()
    opened = Incident(
        IncidentId("i1"), "JQ1", "走失", "", "东门", None, "", "li", "李", now, IncidentState.ACCEPTED
    )
    action = ActionRun(Action(ActionKind.NOTIFY, "all", text="请到 {place}"))
    run = LinkageRun("lr1", "", "plan:r1", 1, "预案", "Plan", now, (action,), incident="i1")

    def write(tx: Tx) -> None:
        tx.record(IncidentOpened(tx.incidents.add(opened)))
        tx.record(LinkageRunChanged(tx.linkage_runs.add(run)))

    campus.database.write(write)
    wait_until(lambda: hands.said == ["请到 东门"])
    wait_until(
        lambda: campus.database.read(lambda view: view.linkage_runs.some(["lr1"]))[0].actions[0].is_over
    )


def test_in_order_a_seat_waits_for_its_turn(campus: Campus, hands: Hands, wait_until: Wait) -> None:
    alarm_id = ring(
        campus,
        Action(ActionKind.DISPATCH),
        Action(ActionKind.NOTIFY, "all", text="派警已打开"),
        in_order=True,
    )
    wait_until(lambda: hands.seat.watch.queue)
    assert hands.said == []
    campus.alarms.claim(hands.seat.session, alarm_id)
    wait_until(lambda: hands.said == ["派警已打开"])
    run = campus.database.read(lambda view: view.linkage_runs.of_alarm(alarm_id))[1]
    wait_until(
        lambda: campus.database.read(lambda view: view.linkage_runs.get(run.id)).state is RunState.DONE
    )
