"""One operator's desk, from log-in to log-out: what starts, follows, is locked and ends together."""

from __future__ import annotations

from functools import partial

import structlog
from PySide6.QtCore import QEvent, QObject, Signal

from app.apart import ApartWatch
from app.lamps import Lamps
from app.prepare import Prepared
from app.presenters import Presenters
from app.screens import Screens
from app.seat_linkage import SeatHands
from app.seat_services import SeatServices
from app.secret_watch import SecretWatch
from app.site_watch import SiteWatch
from app.spoken import SpokenAlarms
from services.core.bus import Bus
from services.core.errors import ServiceError
from services.domain.facts import Fact, UserChanged
from services.domain.people import Session, User
from services.domain.site import Site
from services.storage import ChangeFeed
from services.storage.spool import SPOOL_FILE
from services.video.hardware import find_hardware
from ui.board import LiveBoard
from ui.bridge import FactBridge
from ui.i18n import LANGUAGES, is_english, language, speak
from ui.jobs import UiJobs
from ui.joystick import Joystick
from ui.monitors.plan import WindowKind
from ui.shell import Severity
from ui.sound import AlarmSound
from ui.storm import StormWatch
from ui.text import sentence
from ui.text.places import learn_names
from ui.tiles.painting import painting

PLACE = "shell.place"
LANGUAGE = "shell.language"
# Only what keeps alarms or orders from going through is as red as an alarm.
STOPS_THE_WATCH = frozenset(
    {"hub.not_running", "storage.unreachable", "storage.timeout", "storage.full", "storage.damaged"}
)

log = structlog.get_logger(__name__)


class OperatorDesk(QObject):
    """Built once per log-in. Signals: closed when the window is going away; lock_asked."""

    closed = Signal()
    lock_asked = Signal()

    def __init__(self, prepared: Prepared, session: Session, jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        learn_names(prepared.site)
        self._services = SeatServices(prepared, session)
        self._painter = prepared.painter
        # Before any window is there: one that gets its first canvas later is made anew by Qt.
        painting().use_gpu(self._painter.is_gpu)
        self._services.video.use_planes(painting().is_gpu)
        self._bus = Bus()
        self._feed = ChangeFeed(prepared.database, self._bus)
        self._bridge = FactBridge(self._bus, self)
        self.live = LiveBoard(prepared.board, self)
        self._sound = AlarmSound(parent=self)
        self._joystick = Joystick(self)
        self._site_watch = SiteWatch(prepared.database, jobs, self)
        self.secret_watch = SecretWatch(prepared.secrets, jobs, self)
        self._is_wall_on = False
        self._is_locked = False
        self._said: ServiceError | None = None
        self.presenters = Presenters(self._services, self.live, jobs, self)
        self.screens = Screens(self._services, self.presenters, jobs, self._joystick, self)
        self.shell = self.screens.shell
        self.lamps = Lamps(
            self.shell,
            prepared.database,
            jobs,
            self.presenters.wall,
            prepared.revive_hub,
            self.presenters.count_cameras,
        )
        spool = prepared.settings.data_dir / SPOOL_FILE
        self._apart = ApartWatch(spool, self._services.present_site, self.live, self._services.clock, self)
        self._hands = SeatHands(
            self.presenters,
            self.live,
            session,
            has_monitor=lambda: self.screens.monitors.window(WindowKind.ALARM) is not None,
            is_heard=self._is_alarm_heard,
            say=self.shell.say,
            unsay=self._unsay,
            plan=self.screens.plan_alarm,
            talk=self.presenters.talking.offer,
            parent=self,
        )
        services = self._services
        self._storm = StormWatch(self.live, services.video.give_way, services.clock, self)
        self._spoken = SpokenAlarms(self.live, services.preferences, jobs, services.clock, self)
        self._connect()

    def start(self, first_screen: str) -> None:
        """Show the window, open the streams and follow the feed."""
        services = self._services
        self._feed.start(self.live.board.seq)
        self.presenters.start()
        self.screens.monitors.start()
        self.presenters.steering.start()
        self._joystick.start()
        self.lamps.start()
        self._apart.start()
        self._spoken.start()
        self.presenters.camera_reports.start()
        self.secret_watch.start()
        self._sound.apply(self.live.board.queue())
        self._jobs.run(partial(services.accounts.note_start, self._session))
        self._jobs.run(partial(find_hardware, services.hardware_mode), services.video.use_hardware, self.say)
        if self._painter.trouble is not None:
            self.say(self._painter.trouble)
        self._jobs.run(partial(services.preferences.load, PLACE), self._restore_place)
        self._jobs.run(partial(services.preferences.load, LANGUAGE), self._restore_language)
        self.shell.show_screen(first_screen)
        # The screen that is in front already is not chosen again.
        self._on_screen(first_screen)

    def _on_screen(self, name: str) -> None:
        """A seat that never looks at the wall decodes nothing for it."""
        if name == "watch" and not self._is_wall_on:
            self._is_wall_on = True
            self.presenters.wall.start()

    @property
    def session(self) -> Session:
        return self._session

    def lock(self) -> None:
        """Everything stays visible and audible, nothing can be operated or closed."""
        self._is_locked = True
        self.presenters.steering.presenter.stop_all()
        self.screens.set_usable(False)

    def unlock(self) -> None:
        self._is_locked = False
        self.screens.set_usable(True)

    def _on_gpu_failed(self) -> None:
        self._services.video.use_planes(False)
        self.say(ServiceError("painter.failed"))

    def say(self, error: ServiceError) -> None:
        """In the banner: what happened, what it means, what to do."""
        self._said = error
        severity = Severity.TROUBLE if error.code in STOPS_THE_WATCH else Severity.NOTICE
        self.shell.say(sentence(error), severity)

    def _unsay(self, sentence: str) -> None:
        """What it was about is over; another sentence stays."""
        if self.shell.banner.text == sentence:
            self.shell.say("")

    def set_demo(self, is_demo: bool) -> None:
        self.shell.set_demo(is_demo)

    def close(self) -> None:
        """Leave nothing running; what was typed and where windows stood is kept."""
        painting().failed.disconnect(self._on_gpu_failed)
        self._feed.stop()
        self._bridge.close()
        self.lamps.stop()
        self._apart.stop()
        self._spoken.stop()
        self.secret_watch.stop()
        self._sound.stop()
        self._hands.stop()
        self._joystick.stop()
        self.screens.monitors.stop()
        self.presenters.stop()
        self._services.video.stop()
        self._services.recorders.stop()
        self._keep_last_words()
        self.screens.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() is QEvent.Type.Close and self._is_locked:
            # Whoever may not look away from the alarms may not close them either.
            event.ignore()
            return True
        return False

    def _connect(self) -> None:
        self._bridge.facts_arrived.connect(self.live.apply)
        painting().failed.connect(self._on_gpu_failed)
        self.live.applied.connect(self._on_facts)
        self._site_watch.renewed.connect(self._use_site)
        self.secret_watch.changed.connect(self._reopen_cameras)
        for refused in self.presenters.refusals():
            refused.connect(self.say)
        self.screens.monitors.said.connect(self.say)
        self._jobs.refused.connect(self.say)
        self._jobs.crashed.connect(self._on_crash)
        self._sound.unheard.connect(self.say)
        self._spoken.refused.connect(self.say)
        self._spoken.said.connect(self.shell.say)
        self.screens.commands.offer_voice(self._spoken.toggle)
        self._sound.changed.connect(self.presenters.listening.duck)
        self._sound.changed.connect(self.presenters.playback_kit.listening.duck)
        self._sound.changed.connect(self.presenters.clips.listening.duck)
        self.lamps.trouble.connect(self.say)
        self.lamps.recovered.connect(self._on_recovered)
        self._joystick.plugged.connect(self._say_stick)
        self.shell.installEventFilter(self)
        self.shell.screen_chosen.connect(self._on_screen)
        self.shell.language_asked.connect(self._switch_language)
        self.shell.lock_asked.connect(self.lock_asked)
        self.shell.closed.connect(self.closed)

    def _on_facts(self, facts: list[Fact]) -> None:
        self._renew_sound()
        self._site_watch.follow(facts)
        for fact in facts:
            if isinstance(fact, UserChanged) and fact.user.name == self._session.user:
                self._leave_unless_held(fact.user)

    def _leave_unless_held(self, user: User) -> None:
        """Whoever was deactivated or has lost a right since the log-in acts no more at this seat."""
        if not self._session.is_held_by(user) and not self._is_locked:
            self.lock_asked.emit()

    def _use_site(self, site: Site) -> None:
        """Everything on this seat goes on with the site as it is now, its streams too."""
        learn_names(site)
        self._services.use_site(site)
        self.presenters.use_site(self._services.site)
        self.screens.use_site(self._services.site)

    def _reopen_cameras(self, credentials: frozenset[str]) -> None:
        """Their log-in is another one now."""
        for camera in self._services.site.cameras:
            if camera.credential in credentials:
                for wall in self.presenters.watch.walls:
                    wall.reopen(camera.no)

    def _say_stick(self, name: str) -> None:
        self.shell.say(self.tr("摇杆已接好：{name}").format(name=name))

    def _on_recovered(self) -> None:
        """The trouble is over; a sentence about something else stays."""
        if self._said is not None and self._said.code in STOPS_THE_WATCH:
            self._said = None
            self.shell.say("")

    def _is_alarm_heard(self) -> bool:
        """Linkage asks before the sound has followed the same facts."""
        self._renew_sound()
        return self._sound.is_heard

    def _renew_sound(self) -> None:
        self._sound.apply(self.live.board.queue())

    def _switch_language(self) -> None:
        speak("zh" if is_english() else "en")
        kept: dict[str, object] = {"language": language()}
        self._jobs.run(partial(self._services.preferences.save, LANGUAGE, kept))

    def _restore_language(self, kept: dict[str, object] | None) -> None:
        """The language this user chose at this workstation."""
        chosen = (kept or {}).get("language")
        if chosen in LANGUAGES and chosen != language():
            speak(str(chosen))

    def _retranslate(self) -> None:
        if self._said is not None and self.shell.banner.text:
            self.say(self._said)
        self.screens.retranslate()

    def _on_crash(self, error: Exception) -> None:
        self.say(ServiceError("app.own_mistake", kind=type(error).__name__))

    def _restore_place(self, place: dict[str, object] | None) -> None:
        kept = {key: value for key, value in (place or {}).items() if isinstance(value, str)}
        # The first screen is the caller's choice; only where the window stood comes back.
        kept.pop("screen", None)
        self.shell.restore_place(kept)

    def _keep_last_words(self) -> None:
        """Where the window stood, and the log-out; a database that is away costs only these."""
        place: dict[str, object] = dict(self.shell.save_place())
        try:
            self._services.preferences.save(PLACE, place)
            self._services.accounts.note_exit(self._session)
            self._services.accounts.log_out(self._session)
        except ServiceError as error:
            log.warning("desk.last_words_lost", code=error.code)
