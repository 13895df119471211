"""What this seat can do when linkage asks, joined with where its alarms are seen and heard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
    unsay: takes it away where it still stands. plan: opens a plan for an alarm. talk: offers a camera to
    talk to, "" = none."""

    def __init__(
        self,
        presenters: Presenters,
        live: LiveBoard,
        session: Session,
        *,
        has_monitor: Callable[[], bool],
        is_heard: Callable[[], bool],
        say: Callable[[str], None],
        unsay: Callable[[str], None],
        plan: Callable[[str, str], None],
        talk: Callable[[str], None],
        voice: Voice | None = None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._presenters = presenters
        self._live = live
        self._session = session
        self._has_monitor = has_monitor
        self._is_heard = is_heard
        self._say = say
        self._unsay = unsay
        # What was put up for an alarm that is still open.
        self._told: dict[str, list[str]] = {}
        self._plan = plan
        self._talk = talk
        self._voice = voice or Voice(self)
        # What waits for whoever claims the alarm.
        self._when_claimed: dict[tuple[str, ActionKind], Callable[[], None]] = {}
        self._talks_for = ""
        for kind, hand in (
            (ActionKind.FEEDS, self._show_feeds),
            (ActionKind.WALL_PRESET, self._recall_preset),
            (ActionKind.SOUND, self._sound),
            (ActionKind.VOICE, self._speak),
            (ActionKind.NOTIFY, self._notify),
            (ActionKind.DISPATCH, self._dispatch),
            (ActionKind.PLAN, self._open_plan),
            (ActionKind.TALK, self._offer_talk),
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
        text = said(action, alarm)
        self._say(text)
        if self._is_open(alarm.id):
            self._told.setdefault(alarm.id, []).append(text)
        return True

    def _dispatch(self, _action: Action, alarm: Alarm) -> bool:
        """Sending somebody needs a person who owns the alarm: the panel opens for whoever claims it."""
        return self._leave_to_owner(alarm, ActionKind.DISPATCH, self._presenters.watch.dispatch_wanted.emit)

    def _open_plan(self, action: Action, alarm: Alarm) -> bool:
        """Whether it is begun is for the owner to say."""
        return self._leave_to_owner(
            alarm, ActionKind.PLAN, lambda alarm_id: self._plan(alarm_id, action.target)
        )

    def _offer_talk(self, action: Action, alarm: Alarm) -> bool:
        """A microphone is never opened by a rule: the owner finds the camera beside the button to hold."""
        camera_no = action.target or next(iter(alarm.feeds), "")
        if not camera_no:
            raise Unavailable("linkage.no_camera")
        return self._leave_to_owner(
            alarm, ActionKind.TALK, lambda alarm_id: self._begin_talk(alarm_id, camera_no)
        )

    def _begin_talk(self, alarm_id: str, camera_no: str) -> None:
        self._talks_for = alarm_id
        self._talk(camera_no)

    def _leave_to_owner(self, alarm: Alarm, kind: ActionKind, work: Callable[[str], None]) -> bool:
        """Done at the seat of whoever claims the alarm, which then says so."""
        self._when_claimed[alarm.id, kind] = partial(work, alarm.id)
        self._do_for_owner()
        return False

    def _follow(self, _facts: list[Fact]) -> None:
        if self._when_claimed:
            self._do_for_owner()
        if self._talks_for and not self._is_mine(self._talks_for):
            self._talks_for = ""
            self._talk("")
        for alarm_id in [told for told in self._told if not self._is_open(told)]:
            for text in self._told.pop(alarm_id):
                self._unsay(text)

    def _do_for_owner(self) -> None:
        alarms = self._live.board.alarms
        for (alarm_id, kind), work in list(self._when_claimed.items()):
            alarm = alarms.get(alarm_id)
            if alarm is not None and not alarm.owner:
                continue
            del self._when_claimed[alarm_id, kind]
            if self._is_mine(alarm_id):
                work()
                self._presenters.linkage.note_done(alarm_id, kind)

    def _is_open(self, alarm_id: str) -> bool:
        alarm = self._live.board.alarms.get(alarm_id)
        return alarm is not None and alarm.is_open

    def _is_mine(self, alarm_id: str) -> bool:
        alarm = self._live.board.alarms.get(alarm_id)
        return alarm is not None and alarm.owner == self._session.user


def said(action: Action, alarm: Alarm) -> str:
    """A rule's text for the person at this seat: its language, and the alarm's names in that language."""
    here = {
        "{name}": local_name(alarm),
        "{place}": local(alarm.place),
        "{class}": name_of(alarm.alarm_class),
    }
    return filled(local_name_of(local(action.text), action.text_en), {**words_of(alarm), **here})
