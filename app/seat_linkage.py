"""What this seat can do when linkage asks, joined with where its alarms are seen and heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.presenters import Presenters
from services.domain.alarms import Alarm
from services.domain.facts import Fact
from services.domain.linkage import Action, ActionKind
from services.domain.people import Session
from services.domain.walls import WallItemKind
from services.linkage.hands.words import filled, words_of
from services.linkage.refusals import Unavailable
from ui.board import LiveBoard
from ui.text.names import name_of
from ui.text.places import local, local_name, local_name_of
from ui.voice import Voice

EVERYBODY = "all"
TILES, MONITOR = "tiles", "monitor"
# On the tiles of whoever works on the alarm, and nowhere else.
OWNER = "owner"
MOST_TILES = 4


class SeatHands(QObject):
    """has_monitor: an alarm monitor is open. is_heard: the alarm sound plays. say: puts up a notice.
    plan: opens a plan for an alarm."""

    def __init__(
        self,
        presenters: Presenters,
        live: LiveBoard,
        session: Session,
        *,
        has_monitor: Callable[[], bool],
        is_heard: Callable[[], bool],
        say: Callable[[str], None],
        plan: Callable[[str, str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._presenters = presenters
        self._live = live
        self._session = session
        self._has_monitor = has_monitor
        self._is_heard = is_heard
        self._say = say
        self._plan = plan
        self._voice = Voice(self)
        self._to_dispatch: set[str] = set()
        self._to_plan: dict[str, str] = {}
        for kind, hand in (
            (ActionKind.FEEDS, self._show_feeds),
            (ActionKind.WALL_PRESET, self._recall_preset),
            (ActionKind.SOUND, self._sound),
            (ActionKind.VOICE, self._speak),
            (ActionKind.NOTIFY, self._notify),
            (ActionKind.DISPATCH, self._dispatch),
            (ActionKind.PLAN, self._open_plan),
        ):
            presenters.linkage.hold(kind, hand)
        live.applied.connect(self._follow)

    def stop(self) -> None:
        self._voice.stop()

    def _show_feeds(self, action: Action, alarm: Alarm) -> bool:
        """Plates and stage come up by themselves; when a picture is painted the seat says so."""
        if action.option == MONITOR and not self._has_monitor():
            raise Unavailable("linkage.no_monitor")
        if action.option == OWNER and alarm.owner != self._session.user:
            return False
        cameras = (action.target,) if action.target else alarm.feeds
        if action.option in (TILES, OWNER) or action.target:
            self._put_on_tiles(cameras)
        # A camera that the rule names need not see the place: no picture of it is painted under the alarm.
        return bool(action.target) and action.target not in alarm.feeds

    def _put_on_tiles(self, cameras: tuple[str, ...]) -> None:
        """Into empty tiles, the best one otherwise into the last; never where the operator works."""
        wall = self._presenters.wall
        missing = [
            no for no in cameras[:MOST_TILES] if no not in wall.plan.visible_cameras and wall.knows(no)
        ]
        plan, chosen = wall.plan, wall.plan.chosen
        empty = [index for index in plan.visible if not plan.cameras[index]]
        places = empty or [index for index in plan.visible if index != chosen][-1:]
        for index, camera_no in zip(places, missing, strict=False):
            plan = plan.with_camera(index, camera_no)
        # What the operator has chosen stays chosen.
        wall.become(plan.with_chosen(chosen))

    def _recall_preset(self, action: Action, _alarm: Alarm) -> bool:
        """By its name, for everybody has their own ids."""
        items = self._presenters.library.items(WallItemKind.PRESET)
        found = next((item for item in items if action.target in (item.name, item.id)), None)
        if found is None:
            raise Unavailable("linkage.no_preset", name=action.target)
        self._presenters.kit.recall(found)
        return True

    def _sound(self, _action: Action, _alarm: Alarm) -> bool:
        if not self._is_heard():
            raise Unavailable("linkage.no_sound")
        return True

    def _speak(self, action: Action, alarm: Alarm) -> bool:
        if not self._voice.say(said(action, alarm)):
            raise Unavailable("linkage.no_voice")
        return True

    def _notify(self, action: Action, alarm: Alarm) -> bool:
        """For one role, or for everybody; another role's seats leave the word to those it is for."""
        if action.target not in (EVERYBODY, self._session.role.value):
            return False
        self._say(said(action, alarm))
        return True

    def _dispatch(self, _action: Action, alarm: Alarm) -> bool:
        """Sending somebody needs a person who owns the alarm: the panel opens for whoever claims it."""
        self._to_dispatch.add(alarm.id)
        self._open_claimed()
        return False

    def _open_plan(self, action: Action, alarm: Alarm) -> bool:
        """For whoever claims the alarm; whether it is begun is theirs to say."""
        self._to_plan[alarm.id] = action.target
        self._open_plans_of_claimed()
        return False

    def _follow(self, _facts: list[Fact]) -> None:
        if self._to_dispatch:
            self._open_claimed()
        if self._to_plan:
            self._open_plans_of_claimed()

    def _open_plans_of_claimed(self) -> None:
        alarms = self._live.board.alarms
        for alarm_id, plan_id in list(self._to_plan.items()):
            alarm = alarms.get(alarm_id)
            if alarm is not None and not alarm.owner:
                continue
            del self._to_plan[alarm_id]
            if alarm is not None and alarm.owner == self._session.user:
                self._plan(alarm_id, plan_id)
                self._presenters.linkage.note_done(alarm_id, ActionKind.PLAN)

    def _open_claimed(self) -> None:
        alarms = self._live.board.alarms
        self._to_dispatch &= set(alarms)
        for alarm_id in [no for no in self._to_dispatch if alarms[no].owner]:
            self._to_dispatch.discard(alarm_id)
            if alarms[alarm_id].owner == self._session.user:
                self._presenters.watch.dispatch_wanted.emit(alarm_id)
                self._presenters.linkage.note_done(alarm_id, ActionKind.DISPATCH)


def said(action: Action, alarm: Alarm) -> str:
    """A rule's text for the person at this seat: its language, and the alarm's names in that language."""
    here = {
        "{name}": local_name(alarm),
        "{place}": local(alarm.place),
        "{class}": name_of(alarm.alarm_class),
    }
    return filled(local_name_of(local(action.text), action.text_en), {**words_of(alarm), **here})
