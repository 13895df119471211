"""The alarms' half of the watch: which alarm the keys act on, what each key does, what is shown where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm, AlarmState, Verdict
from services.domain.facts import AlarmChanged, AlarmRaised, AlarmRepeated, Fact
from services.domain.linkage_runs import LinkageRun
from services.domain.notices import Notice
from services.domain.people import GuardState, Session
from services.domain.site import Point
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.map.marks import MapAlarm
from ui.settling import SETTLE_S
from ui.tiles.feed import AlarmPlate, TileContent
from views.watch.alarm_loop import AlarmLoop
from views.watch.orders import AlarmOrders
from views.watch.plates import (
    PlateBook,
    allowed_actions,
    concerns,
    map_alarms,
    missing_permission,
    needs_eyes,
)
from views.watch.ports import AlarmCommands
from views.watch.reports import DisplayReports
from views.watch.selection import Selection
from views.watch.staging import Staging
from views.watch.wall_presenter import WallPresenter


class WatchPresenter(QObject):
    """Applies what happened to what operators see, and keys to alarms.

    Signals: changed() when queue, plates, stage or highlight are other ones; refused(ServiceError);
    accepted(alarm_id, action) when the record has it; unsettled() when a key came just after the highlight
    moved by itself; reason_wanted(Alarm, action) with action "false" or "reset"; aside_wanted(Alarm, action)
    with "transfer", "shelve" or "group"; dispatch_wanted(alarm_id); manual_wanted().
    """

    changed = Signal()
    refused = Signal(object)
    accepted = Signal(str, str)
    unsettled = Signal()
    reason_wanted = Signal(object, str)
    aside_wanted = Signal(object, str)
    dispatch_wanted = Signal(str)
    manual_wanted = Signal()

    def __init__(
        self,
        *,
        live: LiveBoard,
        wall: WallPresenter,
        commands: AlarmCommands,
        session: Session,
        jobs: UiJobs,
        reports: DisplayReports,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self.wall = wall
        self.reports = reports
        self._commands = commands
        self._session = session
        self._clock = clock
        self._selection = Selection()
        self._plates = PlateBook(session)
        self._staging = Staging(session.user)
        self._orders = AlarmOrders(jobs, self)
        self._spoke_s: dict[str, float] = {}
        self._other_walls: tuple[WallPresenter, ...] = ()
        self._has_own_stage = False
        self._accept_asked: Callable[[], bool] = bool
        self._picked_off_shelf = ""
        self._queue: list[Alarm] = []
        self._is_renewing = False
        self._loop: AlarmLoop | None = None
        live.applied.connect(self._apply)
        live.replaced.connect(self.refresh)
        wall.changed.connect(self._renew_stage)
        self._orders.refused.connect(self.refused)
        self._orders.accepted.connect(self._accept)

    # what the screen shows

    @property
    def session(self) -> Session:
        return self._session

    @property
    def queue(self) -> list[Alarm]:
        """Open alarms in the queue's order."""
        return self._queue

    @property
    def highlighted(self) -> Alarm | None:
        """The alarm the keys act on."""
        return self._live.board.alarms.get(self._selection.highlighted)

    @property
    def staged(self) -> list[Alarm]:
        """Alarms that no visible tile shows; the first is on the stage."""
        return self._staging.alarms

    @property
    def stage_position(self) -> int:
        """Which of the alarms that wait for the stage is on it, from 1 in the queue's order."""
        return self._staging.position

    @property
    def plates(self) -> dict[str, list[AlarmPlate]]:
        return self._plates.by_camera(self._queue, self._selection.highlighted)

    @property
    def stage_plate(self) -> AlarmPlate | None:
        """The plate of the alarm on the stage."""
        alarm = self._staging.on_stage
        return self._plates.plate(alarm, self._selection.highlighted) if alarm is not None else None

    @property
    def stage_contents(self) -> list[TileContent]:
        """The live pictures of the alarm on the stage, best first; second what the best one saw around its
        moment, where that is recorded."""
        live = self.wall.stage_tiles()
        loop = self._loop
        past = loop.tile(self.wall.title(loop.camera)) if loop is not None else None
        return live if past is None else [*live[:1], past, *live[1:]]

    @property
    def map_alarms(self) -> list[MapAlarm]:
        return map_alarms(self._queue)

    @property
    def guards_on_call(self) -> list[GuardState]:
        """Guards who are on an order; the others would crowd a small map."""
        return [guard for guard in self._live.board.guards.values() if guard.dispatch]

    @property
    def troubled_cameras(self) -> frozenset[str]:
        return self._live.board.troubled_cameras()

    @property
    def actions(self) -> tuple[str, ...]:
        """What may be done with the highlighted alarm."""
        alarm = self.highlighted
        return allowed_actions(alarm, self._session) if alarm else ()

    @property
    def highlighted_runs(self) -> list[LinkageRun]:
        """What the highlighted alarm set off by itself."""
        return self._live.board.linkage.get(self._selection.highlighted, [])

    @property
    def staged_runs(self) -> list[LinkageRun]:
        """The same of the alarm on the stage."""
        alarm = self._staging.on_stage
        return self._live.board.linkage.get(alarm.id, []) if alarm is not None else []

    @property
    def staged_notices(self) -> list[Notice]:
        """Who was told of the alarm on the stage, level by level."""
        alarm = self._staging.on_stage
        told = self._live.board.notices.get(alarm.id, {}) if alarm is not None else {}
        return [told[level] for level in sorted(told)]

    @property
    def place(self) -> Point | None:
        alarm = self.highlighted
        return alarm.at if alarm else None

    # what the seat's other windows change

    @property
    def walls(self) -> tuple[WallPresenter, ...]:
        """All of the seat that can be seen now, its own first."""
        return (self.wall, *self._other_walls)

    def set_other_walls(self, walls: Sequence[WallPresenter]) -> None:
        """Walls on other monitors that can be seen now: what they show needs no stage."""
        for wall in self._other_walls:
            wall.changed.disconnect(self._renew_stage)
        self._other_walls = tuple(walls)
        for wall in self._other_walls:
            wall.changed.connect(self._renew_stage)
        self._renew_stage()

    def host_loop(self, loop: AlarmLoop) -> None:
        """What the staged alarm's camera saw around its moment."""
        self._loop = loop
        loop.changed.connect(self.changed)
        self._follow_loop()

    def note_stage_seen(self, place: str, camera_nos: frozenset[str]) -> None:
        """What of the stage can be seen; the loop has no camera's number."""
        self.wall.note_seen(place, camera_nos - {""})
        if self._loop is not None:
            self._loop.see("" in camera_nos)

    def set_usable(self, is_usable: bool) -> None:
        """False while the seat is locked: then nothing is to be pressed on a picture either."""
        self._plates.show_buttons(is_usable)
        self.changed.emit()

    def set_own_stage(self, has_own_stage: bool) -> None:
        """A monitor of its own is the stage's: it covers nothing, so every alarm goes there, seen or not."""
        self._has_own_stage = has_own_stage
        self._renew_stage()

    # what the operator does

    def refresh(self) -> None:
        """Take the board as it is now."""
        self._queue = self._live.board.queue()
        here: set[str] = {alarm.id for alarm in self._queue}
        self._spoke_s = {alarm_id: at_s for alarm_id, at_s in self._spoke_s.items() if alarm_id in here}
        self._staging.keep(here)
        self._plates.keep(here)
        self.reports.forget_all_but(here)
        own = [
            alarm.id
            for alarm in self._queue
            if concerns(alarm, self._session.user) or alarm.id == self._picked_off_shelf
        ]
        self._selection.follow(own, self._clock.monotonic())
        self._renew_stage()

    def pick(self, alarm_id: str) -> None:
        """The operator chose an alarm in the queue, on a plate or on the map."""
        if alarm_id in self._live.board.alarms:
            self._staging.bring_back(alarm_id)
            self._selection.pick(alarm_id)
            is_shelved = self._live.board.alarms[alarm_id].shelf is not None
            self._picked_off_shelf = alarm_id if is_shelved else ""
            self._renew_stage()
            for camera_no in self._live.board.alarms[alarm_id].feeds[:1]:
                self.wall.select_camera(camera_no)

    def step(self, by: int) -> None:
        """Pick the alarm below (+1) or above (-1) in the queue."""
        ids: list[str] = [alarm.id for alarm in self._queue]
        if ids:
            at = ids.index(self._selection.highlighted) + by if self._selection.highlighted in ids else 0
            self.pick(ids[max(0, min(len(ids) - 1, at))])

    def press(self, action: str) -> None:
        """A key: acts on the highlighted alarm, unless the highlight has only just moved."""
        if action == "transfer" and self._accept_asked():
            return
        alarm = self.highlighted
        if alarm is None:
            if action == "claim":
                self.manual_wanted.emit()
            return
        missing = missing_permission(action, self._session.role)
        if missing is not None and action not in self.actions:
            role = self._session.role.value
            self.refused.emit(ServiceError("identity.forbidden", permission=missing.value, role=role))
            return
        if action == "silence":
            self._silence_room()
        elif self._selection.is_settled(self._clock.monotonic()):
            self._act(alarm, action)
        else:
            self.unsettled.emit()

    def act_on(self, alarm_id: str, action: str) -> None:
        """A button that belongs to one alarm: the pointer says which, so it is picked first."""
        self.pick(alarm_id)
        alarm = self._live.board.alarms.get(alarm_id)
        if alarm is not None:
            self._act(alarm, action)

    def set_accept(self, accept_asked: Callable[[], bool]) -> None:
        """What F6 does before anything else: accept what somebody wants to hand over; False = nothing."""
        self._accept_asked = accept_asked

    def back(self) -> bool:
        """Esc: leave the single tile, then the stage, then the picked alarm; False when nothing was left."""
        if self.wall.leave_single():
            return True
        if self.put_away():
            return True
        if self._selection.is_held:
            self._selection.let_go([a.id for a in self._queue if concerns(a, self._session.user)])
            self._renew_stage()
            return True
        return False

    def put_away(self) -> bool:
        """Send the alarm on the stage away, until it speaks again or is picked."""
        was_there = self._staging.put_away()
        if was_there:
            self._renew_stage()
        return was_there

    def next_on_stage(self) -> None:
        self.pick(self._staging.beside(1))

    def previous_on_stage(self) -> None:
        self.pick(self._staging.beside(-1))

    def decide(self, alarm_id: str, verdict: Verdict, reason: str) -> None:
        action = "verify" if verdict is Verdict.GENUINE else "false"
        decision = partial(self._commands.decide, self._session, alarm_id, verdict, reason)
        self._orders.give(alarm_id, action, decision)

    def reset(self, alarm_id: str, reason: str = "") -> None:
        reset = partial(self._commands.reset, self._session, alarm_id, reason)
        self._orders.give(alarm_id, "reset", reset)

    # inside

    def _act(self, alarm: Alarm, action: str) -> None:
        """Only what makes sense now; a claimed alarm of one's own leads F1 on to the next that waits."""
        if action not in allowed_actions(alarm, self._session):
            if action == "claim":
                self._highlight_next_waiting()
            return
        self._selection.pick(alarm.id)
        match action:
            case "claim":
                self._orders.give(alarm.id, action, partial(self._commands.claim, self._session, alarm.id))
            case "verify":
                self._verify(alarm)
            case "false":
                self.reason_wanted.emit(alarm, "false")
            case "dispatch":
                self._dispatch(alarm)
            case "silence":
                self._silence(alarm)
            case "reset":
                self._reset_or_ask(alarm)
            case "transfer" | "shelve" | "group":
                self.aside_wanted.emit(alarm, action)
        self.changed.emit()

    def _highlight_next_waiting(self) -> None:
        """Moves the highlight only: the next F1 claims what the eye is then on."""
        waiting = [alarm.id for alarm in self._queue if "claim" in allowed_actions(alarm, self._session)]
        if waiting:
            self.pick(waiting[0])

    def _verify(self, alarm: Alarm) -> None:
        """First the pictures, then, on the second press, the verdict 属实."""
        if alarm.state is AlarmState.VERIFYING and alarm.viewed_at is not None:
            self.decide(alarm.id, Verdict.GENUINE, "")
        else:
            self._orders.give(alarm.id, "verify", partial(self._commands.verify, self._session, alarm.id))

    def _dispatch(self, alarm: Alarm) -> None:
        """Sending somebody needs an owner, so an unclaimed alarm is claimed on the way."""
        if "claim" in allowed_actions(alarm, self._session):
            claim = partial(self._commands.claim, self._session, alarm.id)
            self._orders.give(alarm.id, "dispatch", claim)
        else:
            self.dispatch_wanted.emit(alarm.id)

    def _accept(self, alarm_id: str, action: str) -> None:
        if action == "dispatch":
            self.dispatch_wanted.emit(alarm_id)
        self.accepted.emit(alarm_id, action)

    def _silence_room(self) -> None:
        """The room hears one sound, so F5 silences all that the operator has had time to hear."""
        now_s = self._clock.monotonic()
        sounding = [a for a in self._queue if "silence" in allowed_actions(a, self._session)]
        heard = [a for a in sounding if now_s - self._spoke_s.get(a.id, float("-inf")) >= SETTLE_S]
        for alarm in heard:
            self._silence(alarm)
        if sounding and not heard:
            self.unsettled.emit()

    def _silence(self, alarm: Alarm) -> None:
        if not alarm.is_shared:
            quiet = replace(alarm, silenced_at=self._clock.now())
            self._live.apply([AlarmChanged(quiet, "silenced")])
            return
        self._orders.give(alarm.id, "silence", partial(self._commands.silence, self._session, alarm.id))

    def _reset_or_ask(self, alarm: Alarm) -> None:
        if alarm.is_latched and alarm.source_active:
            self.reason_wanted.emit(alarm, "reset")
        else:
            self.reset(alarm.id)

    def _apply(self, facts: list[Fact]) -> None:
        for fact in facts:
            if isinstance(fact, (AlarmRaised, AlarmRepeated)):
                # It speaks (again): whatever was put aside comes back.
                self._staging.bring_back(fact.alarm.id)
                self._spoke_s[fact.alarm.id] = self._clock.monotonic()
            elif isinstance(fact, AlarmChanged) and fact.change == "unshelved":
                self._staging.bring_back(fact.alarm.id)
        self.refresh()

    def _renew_stage(self) -> None:
        """What the wall changes because of this is shown with it, once."""
        if self._is_renewing:
            return
        self._is_renewing = True
        try:
            self._choose_stage()
        finally:
            self._is_renewing = False
        self._follow_loop()
        self.changed.emit()

    def _follow_loop(self) -> None:
        if self._loop is not None:
            self._loop.follow(self._staging.on_stage)

    def _choose_stage(self) -> None:
        self._staging.choose(
            self._queue, visible=self._visible_cameras(), highlighted=self._selection.highlighted
        )
        self.wall.want_on_stage(self._staging.feeds)
        alarm = self.highlighted
        for wall in self.walls:
            wall.pin_alarmed(alarm.feeds if alarm is not None and needs_eyes(alarm) else ())

    def _visible_cameras(self) -> frozenset[str]:
        if self._has_own_stage:
            return frozenset()
        return frozenset().union(*(w.plan.visible_cameras for w in self.walls))
