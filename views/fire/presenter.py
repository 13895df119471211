"""Joins the site's outputs with their states and orders, and carries the orders of the person at the seat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.facts import Fact, OutputChanged, OutputOrderChanged
from services.domain.outputs import (
    NEW_SITE_STATE,
    WHOLE_SITE,
    OrderState,
    OutputAction,
    OutputMode,
    OutputOrder,
    OutputState,
)
from services.domain.people import Permission, Session
from services.domain.site import Site
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.fire.rows import InterlockRow, OutputRow, interlocks_of, rows_of

MOST_HISTORY = 50
DRILL = timedelta(minutes=30)


class OutputCommands(Protocol):
    """What this screen asks of `services.linkage.outputs.Outputs`; all of it blocks."""

    def order(
        self,
        session: Session,
        output_no: str,
        action: OutputAction,
        reason: str = "",
        *,
        order_id: str | None = None,
    ) -> OutputOrder: ...
    def confirm(self, session: Session, order_id: str) -> OutputOrder: ...
    def vouch(self, order_id: str, name: str, password: str, workstation: str) -> OutputOrder: ...
    def cancel(self, session: Session, order_id: str) -> OutputOrder: ...
    def set_mode(self, session: Session, output_no: str, mode: OutputMode) -> OutputState: ...
    def start_drill(self, session: Session, lasts: timedelta) -> OutputState: ...
    def end_drill(self, session: Session) -> OutputState: ...
    def history(self, limit: int, output_no: str = "") -> list[OutputOrder]: ...


class FirePresenter(QObject):
    """Signals: changed(); history_changed(); done() after a command; refused(ServiceError)."""

    changed = Signal()
    history_changed = Signal()
    done = Signal()
    refused = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        commands: OutputCommands,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._site = site
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._chosen = ""
        self._is_shown = False
        self.is_busy = False
        self.history: Sequence[OutputOrder] = ()
        live.applied.connect(self._follow)

    @property
    def site(self) -> Site:
        return self._site

    @property
    def may_switch(self) -> bool:
        return self._session.may(Permission.CONTROL_OUTPUTS)

    @property
    def may_set_mode(self) -> bool:
        return self._session.may(Permission.SET_OUTPUT_MODE)

    @property
    def site_state(self) -> OutputState:
        return self._states.get(WHOLE_SITE, NEW_SITE_STATE)

    @property
    def is_drill(self) -> bool:
        return self.site_state.is_drill(self._clock.now())

    @property
    def chosen(self) -> OutputRow | None:
        return next((row for row in self.rows() if row.output.no == self._chosen), None)

    def use_site(self, site: Site) -> None:
        self._site = site
        self.changed.emit()

    def show(self, is_shown: bool) -> None:
        """Nothing is read while nobody looks."""
        self._is_shown = is_shown
        if is_shown:
            self._renew()

    def rows(self) -> list[OutputRow]:
        return rows_of(self._site, self._states, self._live.board.output_orders)

    def fires(self) -> list[Alarm]:
        """Open fire alarms, most urgent and oldest first."""
        return [alarm for alarm in self._live.board.queue() if alarm.alarm_class is AlarmClass.FIRE]

    def interlocks(self) -> list[InterlockRow]:
        return interlocks_of(self._site, self._states, self._chosen)

    def choose(self, output_no: str) -> None:
        if output_no != self._chosen:
            self._chosen = output_no
            self.changed.emit()
            self._read_history()

    def order(self, action: OutputAction) -> None:
        """Of the chosen output; the person has confirmed it, a dangerous one then waits for two."""
        if self._chosen:
            ask = partial(self._commands.order, self._session, self._chosen, action, order_id=new_id())
            self._run(ask)

    def confirm(self) -> None:
        """Let the waiting order of the chosen output go."""
        self._of_waiting(lambda order: partial(self._commands.confirm, self._session, order.id))

    def vouch(self, name: str, password: str) -> None:
        workstation = self._session.workstation
        self._of_waiting(lambda order: partial(self._commands.vouch, order.id, name, password, workstation))

    def take_back(self) -> None:
        self._of_waiting(lambda order: partial(self._commands.cancel, self._session, order.id))

    def toggle_mode(self, output_no: str) -> None:
        """Of one output, or of the whole site with WHOLE_SITE."""
        state = self._states.get(output_no)
        if output_no == WHOLE_SITE:
            state = self.site_state
        is_automatic = state is None or state.mode is OutputMode.AUTOMATIC
        mode = OutputMode.MANUAL if is_automatic else OutputMode.AUTOMATIC
        self._run(partial(self._commands.set_mode, self._session, output_no, mode))

    def toggle_drill(self) -> None:
        if self.is_drill:
            self._run(partial(self._commands.end_drill, self._session))
        else:
            self._run(partial(self._commands.start_drill, self._session, DRILL))

    @property
    def _states(self) -> Mapping[str, OutputState]:
        return self._live.board.outputs

    def _of_waiting(self, command: Callable[[OutputOrder], Callable[[], object]]) -> None:
        row = self.chosen
        if row is not None and row.waiting is not None:
            self._run(command(row.waiting))

    def _run(self, command: Callable[[], object]) -> None:
        """One at a time: a second press of the same button is no second order."""
        if not self.is_busy:
            self.is_busy = True
            self.changed.emit()
            self._jobs.run(command, self._finish, self._refuse)

    def _finish(self, _result: object) -> None:
        self.is_busy = False
        self.changed.emit()
        self.done.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.is_busy = False
        self.changed.emit()
        self.refused.emit(error)

    def _follow(self, facts: list[Fact]) -> None:
        orders = [fact.order for fact in facts if isinstance(fact, OutputOrderChanged)]
        if not self._is_shown:
            return
        if orders or any(isinstance(fact, OutputChanged) for fact in facts) or _touches_fire(facts):
            self.changed.emit()
        if any(order.state is not OrderState.SENT for order in orders):
            self._read_history()

    def _renew(self) -> None:
        self.changed.emit()
        self._read_history()

    def _read_history(self) -> None:
        if self._is_shown:
            read = partial(self._commands.history, MOST_HISTORY, self._chosen)
            self._jobs.run(read, self._take_history, self._miss)

    def _miss(self, error: ServiceError) -> None:
        self.refused.emit(error)

    def _take_history(self, orders: list[OutputOrder]) -> None:
        self.history = orders
        self.history_changed.emit()


def _touches_fire(facts: Sequence[Fact]) -> bool:
    alarms = (getattr(fact, "alarm", None) for fact in facts)
    return any(isinstance(alarm, Alarm) and alarm.alarm_class is AlarmClass.FIRE for alarm in alarms)
