"""Measures the alarm path: panels on the wire, a real hub, a real database, a real watch screen."""

from __future__ import annotations

import json
import os
import secrets as random_secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.bench.alarmcost import Cost, Spent
from app.bench.alarmsite import HOST, KINDS, crowded_site
from app.bench.asking import Asking, between
from app.bench.figures import machine, percentile
from app.bench.presscount import counted
from app.bench.pressing import FIRE_POINT, MIXTURES, planned
from app.bench.telling import tell
from app.processes import Child
from app.records import database_url
from app.roles import SECRETS_FILE
from services.core.logging import configure_logging
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm, AlarmSource
from services.domain.site import PanelProtocol, Site
from services.storage import Database, View, care

READY_LIMIT_S = 30.0
# After the last press: until the queue is empty, or so long.
DRAIN_LIMIT_S = 30.0
PAGE = 500
# What the watch is promised: an alarm and a fire on the screen within a second, 99 of 100 gaps between the
# window's turns below what a hand feels.
SCREEN_LIMIT_MS = 1000.0
FIRE_LIMIT_MS = 1000.0
GUI_GAP_LIMIT_MS = 100.0
LIMITS_MS = {
    "screen_ms_p99": SCREEN_LIMIT_MS,
    "fire_ms": FIRE_LIMIT_MS,
    "gui_gap_ms_p99": GUI_GAP_LIMIT_MS,
}
WARM_UP_S = 2.0
# So long the window's own pictures are measured before the load begins.
QUIET_S = 2.0
DEFAULT_CLIP = Path(__file__).resolve().parents[2] / "tests" / "clips" / "pedestrians.mp4"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    rate: float
    seconds: float
    pictures: int
    mixture: str
    database: str | None
    json_file: Path | None


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the hub listens."""

    dc09: int
    gb26875: int


@dataclass(frozen=True, slots=True)
class Watched:
    """What one run gave. pressed: the load's report. gap_s: p99 of the window's gaps."""

    pressed: dict[str, list[float]]
    gap_s: float
    cost: Spent


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 each press counted once and within the limits, 1 something lost, counted twice or too late,
    2 bad arguments or the hub did not start. The last lines say what was missed."""
    wanted = parsed(arguments)
    configure_logging(level=30)
    with tempfile.TemporaryDirectory(prefix="shouwang-bench-") as folder:
        result = measure(wanted, Path(folder))
    return judge(result, wanted.json_file)


def judge(figures: Mapping[str, object], json_file: Path | None) -> int:
    """Tells the figures of `measure`, then the limits missed; the exit code."""
    tell(figures, json_file)
    missed = missed_limits(figures)
    for line in missed:
        print(line)
    return 1 if missed else 0


def missed_limits(figures: Mapping[str, object]) -> list[str]:
    """A line for each limit that these figures of `measure` are beyond, none when all is well."""
    counts = [f"missed: {name} {figures[name]}, must be 0" for name in ("lost", "twice") if figures[name]]
    times = [(name, float(str(figures[name])), limit) for name, limit in LIMITS_MS.items()]
    late = [
        f"missed: {name} {found:g} ms, limit {limit:g} ms" for name, found, limit in times if found > limit
    ]
    return counts + late


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("alarms", __doc__)
    parser.add_argument("--rate", type=float, default=50.0, help="alarms per second")
    parser.add_argument("--seconds", type=between(float, 1, 3600), default=60.0, help="how long they come")
    parser.add_argument(
        "--pictures", type=between(int, 0, 16), default=4, help="live pictures on the wall meanwhile, 0 to 16"
    )
    parser.add_argument(
        "--mixture", choices=tuple(MIXTURES), default="buttons", help="what comes: mostly buttons, or beams"
    )
    parser.add_argument("--database", default=None, help="an empty PostgreSQL's URL instead of SQLite")
    given = parser.parse_args(arguments)
    if not 0 < given.rate <= 1000:
        parser.error("--rate must be above 0 and at most 1000")
    return Wanted(**vars(given))


def measure(wanted: Wanted, folder: Path) -> dict[str, object]:
    """Run hub, seat and load together and return the figures by name."""
    site = crowded_site()
    keys = {panel.account: random_secrets.token_bytes(16) for panel in site.panels if panel.is_encrypted}
    Secrets(panel_keys=keys).save(folder / SECRETS_FILE, avoids_keyring=True)
    settings = Settings(
        data_dir=folder, database=wanted.database, dc09_host=HOST, dc09_port=0, gb26875_port=0
    )
    database = _opened(settings, site)
    hub, colleagues = _hub(settings), _colleagues(database.url)
    try:
        ready = hub.wait_ready(READY_LIMIT_S)
        ports = Ports(int(str(ready["dc09_port"])), int(str(ready["gb26875_port"])))
        about = machine()
        watched = _press_and_watch(wanted, database, site, keys, ports, folder / "pressed.json", hub.pid)
        alarms = _all_alarms(database)
    finally:
        colleagues.communicate()
        hub.stop()
        database.close()
    figures = _figures(wanted, watched.pressed, alarms)
    costs = watched.cost.per_alarm_ms(len(alarms))
    gap_ms = round(watched.gap_s * 1000, 1)
    return {**figures, "gui_gap_ms_p99": gap_ms, **costs, "machine": about}


def _opened(settings: Settings, site: Site) -> Database:
    url = database_url(settings)
    care.upgrade(url)
    database = Database(url)
    database.open()
    database.write(lambda tx: tx.replace_site(site))
    return database


def _hub(settings: Settings) -> Child:
    """The product's own hub process; the URL travels in the environment, it may hold a password."""
    environment = {"SHOUWANG_DATABASE": settings.database} if settings.database else {}
    arguments = ["hub", "--dc09", f"{HOST}:0", "--gb26875", f"{HOST}:0", "--data-dir", str(settings.data_dir)]
    return Child("hub", arguments, environment)


def _colleagues(url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "app.bench.otherseats"],
        stdin=subprocess.PIPE,
        env={**os.environ, "SHOUWANG_DATABASE": url},
        cwd=Path(__file__).resolve().parents[2],
    )


def _press_and_watch(
    wanted: Wanted,
    database: Database,
    site: Site,
    keys: dict[str, bytes],
    ports: Ports,
    report: Path,
    hub_pid: int,
) -> Watched:
    """Show the seat, let the load run beside it, wait until everything is shown."""
    from app.bench.alarmwindow import AlarmWindow

    window = AlarmWindow(database, site, DEFAULT_CLIP, wanted.pictures)
    try:
        window.run_for(WARM_UP_S)
        cost = Cost(hub_pid, window.decoder_pids)
        window.run_for(QUIET_S)
        cost.begin()
        window.begin()
        load = _load(wanted, site, keys, ports, report)
        while load.poll() is None:
            window.run_for(0.2)
        until_s = time.monotonic() + DRAIN_LIMIT_S
        while window.waiting and time.monotonic() < until_s:
            window.run_for(0.2)
        window.run_for(0.5)
        spent = cost.end()
    finally:
        window.shut()
    pressed: dict[str, list[float]] = json.loads(report.read_text(encoding="utf-8"))
    return Watched(pressed, window.gaps.percentile_s(0.99), spent)


def _load(
    wanted: Wanted, site: Site, keys: dict[str, bytes], ports: Ports, report: Path
) -> subprocess.Popen[str]:
    """The load reports to a file: a pipe that nobody reads meanwhile would stop it when full."""
    accounts = {str(panel.no): panel.account for panel in site.panels}
    lines = [
        {"account": accounts[panel], "key": keys.get(accounts[panel], b"").hex()}
        for panel in (kind[0] for kind in KINDS)
    ]
    with report.open("w", encoding="utf-8") as told:
        load = subprocess.Popen(
            [sys.executable, "-m", "app.bench.pressing"],
            stdin=subprocess.PIPE,
            stdout=told,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
    assert load.stdin is not None
    asked = {
        "port": ports.dc09,
        "rate": wanted.rate,
        "seconds": wanted.seconds,
        "mixture": wanted.mixture,
        "lines": lines,
        "fire_port": ports.gb26875,
        "fire_line": {"account": next(p.account for p in site.panels if p.protocol == PanelProtocol.GB26875)},
    }
    load.stdin.write(json.dumps(asked) + "\n")
    load.stdin.flush()
    return load


def _all_alarms(database: Database) -> list[Alarm]:
    def pages(view: View) -> list[Alarm]:
        found = view.alarms.page(PAGE)
        while len(page := view.alarms.page(PAGE, found[-1].event_no) if found else []):
            found += page
        return found

    return database.read(pages, deadline_s=60.0)


def _figures(wanted: Wanted, pressed: dict[str, list[float]], alarms: list[Alarm]) -> dict[str, object]:
    """shown and screen_ms are the product's own record: received_at to displayed_at of each alarm.

    stored counts occurrences: two presses folded into one alarm are two. lost: as `counted` has it; a fire
    that was not shown is lost too. fire_ms: of the slowest fire, from its sending to the first paint.
    pressed_late_ms: a load that comes late is none of the rate asked for.
    """
    sent, ack_ms = int(str(pressed["sent"])), pressed["ack_ms"]
    fires = [alarm for alarm in alarms if alarm.source is AlarmSource.GB26875]
    fire_ms = fire_times_ms(pressed["fires_at"], fires)
    alarms = [alarm for alarm in alarms if alarm.source is not AlarmSource.GB26875]
    found = counted(planned(wanted.rate, wanted.seconds, wanted.mixture), alarms)
    screen_ms = [
        (alarm.displayed_at - alarm.received_at).total_seconds() * 1000
        for alarm in alarms
        if alarm.displayed_at is not None
    ]
    return {
        "rate": wanted.rate,
        "seconds": wanted.seconds,
        "pictures": wanted.pictures,
        "mixture": wanted.mixture,
        "sent": sent,
        "acked": len(ack_ms),
        "stored": found.stored,
        "shown": found.shown,
        "lost": found.lost + len(pressed["fires_at"]) - len(fire_ms),
        "twice": found.twice,
        "fire_ms": round(max(fire_ms, default=0.0), 1),
        "pressed_late_ms_p99": round(percentile(pressed["late_ms"], 0.99), 1),
        "ack_ms_p50": round(percentile(ack_ms, 0.50), 1),
        "ack_ms_p99": round(percentile(ack_ms, 0.99), 1),
        "screen_ms_p50": round(percentile(screen_ms, 0.50), 1),
        "screen_ms_p99": round(percentile(screen_ms, 0.99), 1),
    }


def fire_times_ms(sent_at: list[float], fires: list[Alarm]) -> list[float]:
    """Of each fire that was shown; sent_at: in the order of their points, as time.time has it."""
    shown = {alarm.point: alarm.displayed_at for alarm in fires if alarm.displayed_at is not None}
    return [
        (at.timestamp() - sent) * 1000
        for number, sent in enumerate(sent_at, start=1)
        if (at := shown.get(f"{FIRE_POINT}.{number}")) is not None
    ]
