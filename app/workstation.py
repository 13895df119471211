"""Puts the operator's screens together and runs them until the window is closed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import structlog
from PySide6.QtCore import (
    QCoreApplication,
    QMetaObject,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QDialog

from app.acting import Actor
from app.application import start_application
from app.desk import OperatorDesk
from app.evidence_scene import AllowingHand, AskingHand
from app.first_pictures import FirstPictures
from app.night import ApprovingHand, NightHand, Relief
from app.prepare import Prepared, prepare
from app.scripted_hand import ScriptedHand
from app.seat_lock import held_seat
from app.shots import Photographer
from app.sim import RECORDED
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.settings import Settings
from services.domain.facts import DispatchSent, Fact
from services.domain.people import Session
from services.identity import Accounts
from services.identity.directory import directory_of
from services.storage import Database
from ui.collector import GuiCollector
from ui.jobs import UiJobs
from ui.splash import Splash
from views.login.presenter import LoginPresenter
from views.login.screen import FirstRunDialog, LoginDialog

JOB_THREADS = 4
FORWARD_MS = 6000
PULSE_MS = 250
# Longer than the record's own limit for one command.
JOBS_END_S = 6.0
SECOND_AT = QPoint(80, 60)
SECOND_SIZE = QSize(1366, 768)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """How a run differs from an ordinary one: seconds until it ends, pictures to take, the first screen.

    relief: who signs the handover of a night that the scripted hand works. takes_footage: this seat's hand
    takes away what was recorded of the wall, or, at the first seat, allows it. on_pictures: what is done, in
    a job, once the pictures of the first wall stand.
    """

    seconds: float | None = None
    shots: Path | None = None
    is_acting: bool = False
    is_demo: bool = False
    is_second: bool = False
    screen: str = "watch"
    relief: Relief | None = None
    takes_footage: bool = False
    on_pictures: Callable[[], None] | None = None


def run_workstation(
    settings: Settings,
    *,
    session: Session | None = None,
    plan: WindowPlan | None = None,
    splash: Splash | None = None,
) -> int:
    """Show the workstation; with `session` nobody is asked to log in. Returns the exit code.

    splash: goes when the first window is there, or when there will be none.

    Raises ServiceError: app.seat_taken, settings.folder, app.no_display before any window is there, and
    what `prepare` raises.
    """
    try:
        with held_seat(settings):
            return _run_held(settings, session, plan or WindowPlan(), splash)
    finally:
        if splash is not None:
            splash.close()


def _run_held(settings: Settings, session: Session | None, plan: WindowPlan, splash: Splash | None) -> int:
    application = start_application(settings)
    # Between two operators no window is there for a moment; the desk's own closing ends the program.
    application.setQuitOnLastWindowClosed(False)
    _quit_on_signals()
    jobs = Jobs("ui-job", JOB_THREADS)
    collector = GuiCollector()
    run = WorkstationRun(settings, session, plan, jobs)
    if splash is not None:
        run.shown.connect(splash.close)
    run.start()
    collector.start()
    code = application.exec()
    run.end()
    collector.stop()
    if run.refusal is not None:
        raise run.refusal
    return code


def quit_from_any_thread() -> None:
    """End the event loop; safe from a thread that is not Qt's."""
    application = QCoreApplication.instance()
    if application is not None:
        QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)


def _quit_on_signals() -> None:
    """Ctrl+C and a termination close the workstation as its window's cross does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # The run's pulse enters Python several times a second, so the handler runs soon.
        signal.signal(number, lambda _number, _frame: QCoreApplication.quit())


def _show_for_typing(dialog: QDialog) -> None:
    """Not every system hands the keyboard to a new window by itself; whoever sits down types at once."""
    dialog.show()
    dialog.activateWindow()


class WorkstationRun(QObject):
    """From the empty screen to the desk: prepare in a job, log in, show; `end` undoes it all."""

    # A log-in or a desk is on the screen.
    shown = Signal()

    def __init__(self, settings: Settings, session: Session | None, plan: WindowPlan, jobs: Jobs) -> None:
        super().__init__()
        self._settings = settings
        self._session = session
        self._plan = plan
        self._threads = jobs
        self._jobs = UiJobs(jobs, self)
        self._prepared: Prepared | None = None
        self._desk: OperatorDesk | None = None
        self._entry: LoginDialog | FirstRunDialog | None = None
        self._photographer: Photographer | None = None
        self._actor: Actor | ScriptedHand | None = None
        self._allowing: AllowingHand | None = None
        self._pictures: FirstPictures | None = None
        # Why it could not go on; nothing is shown any more then.
        self.refusal: ServiceError | None = None
        # A signal's handler waits until Python runs; before the desk, at the log-in, nothing else does.
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE_MS)
        self._pulse.timeout.connect(lambda: None)

    @property
    def desk(self) -> OperatorDesk | None:
        """The desk of whoever is logged in; None before."""
        return self._desk

    def start(self) -> None:
        self._pulse.start()
        starts_hub = not self._plan.is_demo
        self._jobs.run(
            partial(prepare, self._settings, starts_hub=starts_hub), self._on_prepared, self._on_refused
        )
        if self._plan.seconds is not None:
            QTimer.singleShot(round(self._plan.seconds * 1000), self, self._on_time_over)

    def end(self) -> None:
        """Close what was opened, whatever was reached."""
        self._pulse.stop()
        for extra in (self._photographer, self._actor, self._allowing, self._pictures):
            if extra is not None:
                extra.stop()
        if self._desk is not None:
            self._desk.close()
        self._jobs.close()
        # What was asked, last of all the drafts of the forms, is done before the record is closed.
        self._threads.finish(JOBS_END_S)
        if self._prepared is not None:
            self._prepared.database.close()

    def _on_prepared(self, prepared: Prepared) -> None:
        self._prepared = prepared
        if self._session is not None:
            self._show_desk(self._session)
            return
        self._ask_who()

    def _ask_who(self) -> None:
        """The log-in, or on the very first start the making of the administrator."""
        assert self._prepared is not None
        accounts = Accounts(self._prepared.database, directory=directory_of(self._settings))
        presenter = LoginPresenter(accounts, self._settings.workstation, self._jobs, self)
        dialog = LoginDialog if self._prepared.has_administrator else FirstRunDialog
        self._entry = dialog(presenter)
        self._entry.rejected.connect(self._on_nobody)
        presenter.logged_in.connect(self._on_logged_in)
        _show_for_typing(self._entry)
        self.shown.emit()

    def _on_nobody(self) -> None:
        """Esc ends a workstation that nobody has entered; a locked one stays, and stays locked."""
        if self._desk is None:
            QCoreApplication.quit()
        elif self._entry is not None:
            _show_for_typing(self._entry)

    def _on_logged_in(self, session: Session) -> None:
        assert self._prepared is not None
        # Whoever comes in, from now on there is an administrator.
        self._prepared = replace(self._prepared, has_administrator=True)
        if self._entry is not None:
            self._entry.deleteLater()
            self._entry = None
        if self._desk is None:
            self._show_desk(session)
        elif session == self._desk.session:
            self._desk.unlock()
        else:
            self._change_operator(session)

    def _change_operator(self, session: Session) -> None:
        """Someone else unlocks, or the same in a new role: a desk is built for them, on a fresh snapshot."""
        assert self._desk is not None
        assert self._prepared is not None
        self._desk.close()
        self._desk.deleteLater()
        self._desk = None
        self._session = session
        used = self._prepared.database
        self._jobs.run(partial(self._prepare_again, used), self._on_prepared, self._on_refused)

    def _prepare_again(self, used: Database) -> Prepared:
        """In a job thread."""
        used.close()
        return prepare(self._settings, starts_hub=not self._plan.is_demo)

    def _show_desk(self, session: Session) -> None:
        assert self._prepared is not None
        self._desk = OperatorDesk(self._prepared, session, self._jobs, self)
        self._desk.set_demo(self._plan.is_demo)
        self._desk.closed.connect(QCoreApplication.quit)
        self._desk.lock_asked.connect(self._lock)
        self._show_window(self._desk)
        self.shown.emit()
        self._desk.start(self._plan.screen)
        # Else it would be on the first button of the window, which Space presses.
        self._desk.screens.watch_screen.wall.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._prepared.secrets_trouble is not None:
            self._desk.say(self._prepared.secrets_trouble)
        if not self._prepared.has_hub:
            self._desk.say(ServiceError("hub.not_running"))
        self._start_extras(self._desk)

    def _show_window(self, desk: OperatorDesk) -> None:
        """The first seat fills its screen; a second one on the same screen waits behind it."""
        free = desk.shell.screen().availableGeometry()
        if self._plan.is_second:
            desk.shell.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            desk.shell.setGeometry(QRect(free.topLeft() + SECOND_AT, SECOND_SIZE.boundedTo(free.size())))
            desk.shell.show()
            desk.shell.lower()
            desk.live.applied.connect(self._come_forward)
            return
        # Without a window manager nothing maximises a window, so it gets the size as well.
        desk.shell.setGeometry(free)
        desk.shell.showMaximized()
        desk.shell.activateWindow()

    def _come_forward(self, facts: list[Fact]) -> None:
        """The demo's second seat shows itself when the first has sent somebody."""
        if self._desk is not None and any(isinstance(fact, DispatchSent) for fact in facts):
            self._desk.shell.raise_()
            QTimer.singleShot(FORWARD_MS, self, self._go_back)

    def _go_back(self) -> None:
        """The first seat's map is what to look at next."""
        if self._desk is not None:
            self._desk.shell.lower()

    def _lock(self) -> None:
        """Alarms stay visible and audible; nothing can be done until someone logs in."""
        assert self._desk is not None
        self._desk.lock()
        self._ask_who()

    def _start_extras(self, desk: OperatorDesk) -> None:
        """Screenshots, the scripted operator and what waits for pictures, when asked for."""
        if self._plan.on_pictures is not None and self._pictures is None:
            self._pictures = FirstPictures(desk.presenters.wall.states, parent=self)
            self._pictures.stand.connect(partial(self._jobs.run, self._plan.on_pictures))
            self._pictures.start()
        if self._plan.shots is not None:
            self._photographer = Photographer(
                desk.shell, self._plan.shots, self._settings.workstation.lower()
            )
            self._photographer.follow(desk.live)
            self._photographer.start()
        if self._plan.is_acting:
            self._actor = self._hand_of(desk)
            self._actor.start()
        if self._plan.takes_footage and not self._plan.is_second:
            self._allowing = AllowingHand(desk)
            self._photograph(self._allowing)
            self._allowing.start()

    def _hand_of(self, desk: OperatorDesk) -> Actor | ScriptedHand:
        """The scripted operator of this seat; what it comes to is worth a picture."""
        if self._plan.relief is None and not self._plan.is_second:
            return Actor(desk.shell, desk.live)
        hand: ScriptedHand = AskingHand(desk, RECORDED) if self._plan.takes_footage else ApprovingHand(desk)
        if self._plan.relief is not None:
            hand = NightHand(desk, self._plan.relief, papers=self._plan.shots)
        self._photograph(hand)
        return hand

    def _photograph(self, hand: ScriptedHand) -> None:
        if self._photographer is not None:
            hand.arrived.connect(self._photographer.take_soon)

    def _on_refused(self, error: ServiceError) -> None:
        log.error("workstation.cannot_start", code=error.code)
        self.refusal = error
        QCoreApplication.quit()

    def _on_time_over(self) -> None:
        QCoreApplication.quit()
