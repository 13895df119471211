"""The demo: the simulated campus, a hub and two seats on one machine, with no configuration."""

from __future__ import annotations

import json
import secrets as random_secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QLockFile

from app.application import show_splash
from app.display import require_display
from app.processes import Child, say_ready, watch_parent
from app.records import database_url
from app.roles import SECRETS_FILE, load_secrets
from app.sim import CREDENTIAL, HOST, demo_site
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.logging import configure_logging
from services.core.paths import resource
from services.core.secrets import Credential, Secrets
from services.core.settings import Settings, load_settings
from services.dispatch.desk import import_site
from services.domain.people import Role, Session
from services.domain.roster import BUILT_IN, monday_of
from services.domain.site import Site
from services.identity import Accounts
from services.identity.passwords import check_password
from services.linkage.rules import RuleDesk
from services.people.roster import RosterDesk
from services.plans.editing import PlanDesk
from services.plans.samples import sample_plans
from services.storage import Database, care
from ui.local_zone import local_zone

READY_LIMIT_S = 30.0
BEGIN_LIMIT_S = 5.0
FOLDER_PREFIX = "shouwang-demo-"
LOCK_NAME = "demo.lock"
OLD_AFTER_S = 60.0
SEAT_1 = "SEAT-1"
OPERATOR = "demo"
SECOND_OPERATOR = "demo2"
SECOND_SEAT_LOGIN = "seat2-login"
# Who has the plans in force.
SECURITY_OFFICE = "office"
ADMINISTRATOR = "admin"
USERS = (OPERATOR, SECOND_OPERATOR, SECURITY_OFFICE, ADMINISTRATOR)
# Administrator, first and second operator, security office.
DISPLAY_NAMES = {
    "zh": ("演示管理员", "演示值班员", "第二席值班员", "演示保卫处"),
    "en": ("Demo administrator", "Demo operator", "Second operator", "Demo security office"),
}


def run_demo(*, seconds: float | None, shots: Path | None, is_acting: bool, is_night: bool = False) -> int:
    """Start everything, show the workstation until it is closed, and leave nothing behind.

    is_night: three incidents come once, and the second seat is the security office's.
    """
    require_display()
    if shots is not None:
        _make_ready(shots)
    sweep_old_demos(Path(tempfile.gettempdir()))
    data_dir = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
    lock = QLockFile(str(data_dir / LOCK_NAME))
    lock.tryLock(0)
    settings = load_settings(data_dir=data_dir, database=None, workstation=SEAT_1, dc09_host=HOST)
    configure_logging(data_dir / "logs" / "workstation.jsonl")
    campus = DemoCampus(settings, is_night=is_night)
    try:
        print("正在启动模拟校区… / starting the simulated campus…", file=sys.stderr)
        session = campus.start()
        print(
            f"演示用户 {', '.join(USERS)}，密码 {campus.password} / demo users, password {campus.password}",
            file=sys.stderr,
        )
        # The screens load while the children do.
        splash = show_splash(settings)
        from app.night import Relief
        from app.workstation import WindowPlan, run_workstation

        campus.wait_ready()
        campus.start_second_seat(shots, is_acting=is_acting)
        relief = Relief(campus.password, SECOND_OPERATOR, campus.password) if is_night else None
        plan = WindowPlan(
            seconds=seconds,
            shots=shots,
            is_acting=is_acting,
            is_demo=True,
            relief=relief,
            takes_footage=is_acting and not is_night,
            on_pictures=campus.begin_story,
        )
        return run_workstation(campus.settings, session=session, plan=plan, splash=splash)
    finally:
        campus.stop()
        lock.unlock()
        shutil.rmtree(data_dir, ignore_errors=True)


def _make_ready(shots: Path) -> None:
    """The folder for pictures, before anything starts that would have to end again.

    Raises ServiceError("app.shots_unwritable").
    """
    try:
        shots.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=shots):
            pass
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServiceError("app.shots_unwritable", folder=str(shots), reason=reason) from None


def sweep_old_demos(folder: Path) -> None:
    """Remove what killed demos left in `folder`: nobody holds their lock, and secrets are in them."""
    for left in folder.glob(f"{FOLDER_PREFIX}*"):
        try:
            is_old = time.time() - left.stat().st_mtime > OLD_AFTER_S
        except OSError:
            continue
        lock = QLockFile(str(left / LOCK_NAME))
        lock.setStaleLockTime(0)
        # A demo that begins right now has a folder but no lock yet; it is young.
        if is_old and lock.tryLock(0):
            lock.unlock()
            shutil.rmtree(left, ignore_errors=True)


def run_second_seat(
    settings: Settings,
    shots: Path | None,
    *,
    with_parent: bool,
    is_office: bool = False,
    is_acting: bool = False,
) -> int:
    """The incident board on another workstation; for the security office of a night the reviews. Where the
    program acts by day, the security office takes away what was recorded."""
    from app.workstation import WindowPlan, quit_from_any_thread, run_workstation

    login = load_secrets(settings).credential(SECOND_SEAT_LOGIN)
    if login is None:
        raise ServiceError("app.no_seat_login")
    if with_parent:
        watch_parent(quit_from_any_thread)
    database = Database(database_url(settings))
    database.open()
    # All users of a demo have the same password.
    takes_footage = is_acting and not is_office
    user = SECURITY_OFFICE if is_office or takes_footage else login.username
    session = Accounts(database).log_in(user, login.password, settings.workstation)
    database.close()
    say_ready(role="seat")
    screen = "review" if is_office else "incidents"
    plan = WindowPlan(
        shots=shots,
        is_acting=is_acting,
        is_demo=True,
        is_second=True,
        screen=screen,
        takes_footage=takes_footage,
    )
    return run_workstation(settings, session=session, plan=plan)


class DemoCampus:
    """The demo's processes and data; `stop` ends all of them."""

    def __init__(self, settings: Settings, *, is_night: bool = False) -> None:
        self.settings = settings
        self._is_night = is_night
        # One for all, made for this one demo and told to who started it: a handover takes two people.
        self.password = easy_to_type(_ten_digits)
        self._children: list[Child] = []
        self._control_port = 0

    def start(self) -> Session:
        """Prepare the data, start hub and simulator, and log the demo operator in."""
        rtsp_port, dc09_port, onvif_port, fire_port = (_free_port() for _ in range(4))
        module_port, beam_port = _free_port(), _free_port()
        secrets = _write_secrets(self.settings.data_dir, self.password)
        self.settings = self.settings.model_copy(
            update={"dc09_port": dc09_port, "recording_dirs": (self.settings.data_dir / "recordings",)}
        )
        care.upgrade(database_url(self.settings))
        # They load while the people and the campus are written; the hub takes the campus when it comes.
        listen = {"--dc09": dc09_port, "--gb26875": fire_port, "--guard": 0}
        self._spawn(
            "hub", "hub", *(part for name, port in listen.items() for part in (name, f"{HOST}:{port}"))
        )
        ports = {
            "--rtsp-port": rtsp_port,
            "--dc09-port": dc09_port,
            "--gb26875-port": fire_port,
            "--onvif-port": onvif_port,
            "--module-port": module_port,
            "--beam-port": beam_port,
        }
        self._spawn(
            "sim",
            "sim",
            *(str(part) for port in ports.items() for part in port),
            *("--control-port", "0", "--held"),
            *(["--night"] if self._is_night else []),
        )
        site = demo_site(rtsp_port, onvif_port, module_port, beam_port)
        return _fill_database(self.settings, site, secrets, self.password)

    def wait_ready(self) -> None:
        """Until the hub receives and the cameras are on the air; raises app.child_failed."""
        for child in self._children:
            ready = child.wait_ready(READY_LIMIT_S)
            if port := ready.get("control_port"):
                self._control_port = int(str(port))
                print(
                    f"摄像机故障命令 / camera fault commands: {HOST}:{port} (fault C01 cut)", file=sys.stderr
                )

    def begin_story(self) -> None:
        """What the cameras show and the panels signal, from its start; blocks, and a simulator that has gone
        begins nothing."""
        with suppress(OSError), socket.create_connection((HOST, self._control_port), BEGIN_LIMIT_S) as line:
            line.sendall(b"begin\n")
            line.recv(64)

    def start_second_seat(self, shots: Path | None, *, is_acting: bool) -> None:
        """The other operator's; the security office's at night, where somebody else approves, and where the
        program acts, to take footage away."""
        arguments = ["--shots", str(shots.resolve())] if shots else []
        arguments += ["--act"] if is_acting else []
        arguments += ["--office"] if self._is_night else []
        self._spawn("seat2", "seat", *arguments)

    def stop(self) -> None:
        for child in reversed(self._children):
            child.stop()
        self._children.clear()

    def _spawn(self, name: str, *arguments: str) -> None:
        data_dir = str(self.settings.data_dir)
        # Named outright: a workstation's own database in the environment must never become the demo's.
        environment = {
            "SHOUWANG_LANGUAGE": self.settings.language,
            "SHOUWANG_DATABASE": database_url(self.settings),
            "SHOUWANG_RECORDING_DIRS": json.dumps([str(folder) for folder in self.settings.recording_dirs]),
        }
        self._children.append(Child(name, [*arguments, "--data-dir", data_dir], environment))


def easy_to_type(make: Callable[[], str]) -> str:
    """The first that may be a password here: of ten digits one in fifty has too few different ones."""
    while True:
        password = make()
        with suppress(ServiceError):
            check_password(password, OPERATOR)
            return password


def _ten_digits() -> str:
    return f"{random_secrets.randbelow(10**10):010d}"


def _plan_weeks(database: Database, site: Site, office: Session) -> None:
    """This week and the next, from now on."""
    desk = RosterDesk(database, SystemClock(), lambda: site, local_zone())
    monday = monday_of(SystemClock().now().astimezone(local_zone()).date())
    teams = [str(team.no) for team in site.teams]
    # Late on a Sunday nothing of this week is left to plan.
    with suppress(ServiceError):
        desk.fill(office, monday, BUILT_IN[0].id, teams)
    desk.fill(office, monday + timedelta(days=7), BUILT_IN[0].id, teams)


def _fill_database(settings: Settings, site: Site, secrets: Secrets, password: str) -> Session:
    """The campus with rules and plans, and its people."""
    database = Database(database_url(settings))
    database.open()
    try:
        accounts = Accounts(database)
        names = DISPLAY_NAMES[settings.language]
        accounts.create_first_administrator(ADMINISTRATOR, names[0], password)
        administrator = accounts.log_in(ADMINISTRATOR, password, SEAT_1)
        import_site(database, administrator, site)
        accounts.create(administrator, OPERATOR, names[1], Role.SHIFT_LEADER, password)
        login = secrets.credential(SECOND_SEAT_LOGIN)
        assert login is not None
        RuleDesk(database, SystemClock()).take_file(administrator, demo_rules())
        accounts.create(administrator, login.username, names[2], Role.OPERATOR, login.password)
        accounts.create(administrator, SECURITY_OFFICE, names[3], Role.SUPERVISOR, password)
        office = accounts.log_in(SECURITY_OFFICE, password, SEAT_1)
        PlanDesk(database, SystemClock()).take_samples(office, sample_plans(), in_force=True)
        _plan_weeks(database, site, office)
        return accounts.log_in(OPERATOR, password, SEAT_1)
    finally:
        database.close()


def demo_rules() -> str:
    """The shipped rules; our simulated motors turn 170 degrees to either side, not 180."""
    text = resource("linkage", "starter.json").read_text(encoding="utf-8")
    return text.replace('{"kind": "ptz_aim"}', '{"kind": "ptz_aim", "option": "170"}')


def _write_secrets(data_dir: Path, password: str) -> Secrets:
    """Random secrets of this one demo: camera log-in, the second seat's log-in, panel keys."""
    secrets = Secrets(
        credentials={
            CREDENTIAL: Credential("shouwang", random_secrets.token_urlsafe(12)),
            SECOND_SEAT_LOGIN: Credential(SECOND_OPERATOR, password),
        },
        panel_keys={
            panel.account: random_secrets.token_bytes(16)
            for panel in demo_site(0).panels
            if panel.is_encrypted
        },
    )
    # A demo ends with its folder; a key in the keyring would stay.
    secrets.save(data_dir / SECRETS_FILE, avoids_keyring=True)
    return secrets


def _free_port() -> int:
    """A TCP port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
