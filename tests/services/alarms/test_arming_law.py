"""No order of arming, isolation, tests, imports, clock jumps and restarts hides what the law protects."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.alarms.arming_clock import ArmingClock
from services.alarms.arming_desk import ArmingDesk
from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.people import Role, Session
from services.domain.signals import OutcomeKind
from services.domain.site import ArmGroup, Site
from services.storage import Database, sqlite_url
from tests.records import new_sqlite

BERLIN = ZoneInfo("Europe/Berlin")
LEADER = Session("zhao", "赵", Role.SHIFT_LEADER, "S3")
COUNTED = {OutcomeKind.RAISED, OutcomeKind.REPEATED}
# (account, code, zone): panic, medical, fire, tamper, faults, codes and zones that nobody knows.
PROTECTED = [
    ("1001", "120", 1),
    ("1001", "131", 1),
    ("1003", "110", 1),
    ("1003", "130", 1),
    ("1002", "137", 11),
    ("1002", "383", 12),
    ("1002", "380", 11),
    ("1002", "301", 0),
    ("1002", "100", 12),
    ("1002", "120", 11),
    ("1002", "999", 12),
    ("1002", "130", 77),
    ("9999", "130", 1),
]
BEAMS = [("1002", "131", 11), ("1002", "130", 12), ("1001", "131", 2)]
ZONES = ["Z01", "Z02", "Z11", "Z12", "Z31", "nowhere"]
SCHEDULES: list[tuple[str, ...]] = [
    (),
    ("daily 00:00-24:00",),
    ("mon-fri 22:00-06:00",),
    ("sun 02:10-02:50",),
]

zones = st.sampled_from(ZONES)
hours = st.sampled_from([0.01, 1.0, 8.0, 24.0, 168.0])


class ArmingLaw(RuleBasedStateMachine):
    """Rules do what seats, administrators, clocks and power do; the centre must count what is protected."""

    def __init__(self, site: Site, clock: ManualClock, file: Path) -> None:
        super().__init__()
        self.site, self.clock, self.url = site, clock, sqlite_url(file)
        self.numbers = count()
        self.is_closed = True
        self.reopen()
        self.import_site((), 0.0)

    def reopen(self) -> None:
        self.database = Database(self.url, self.clock)
        self.database.open()
        self.center = AlarmCenter(self.database, self.clock, self.site, lambda _zone: (), local_zone=BERLIN)
        self.desk = ArmingDesk(self.database, self.clock, BERLIN)
        self.rounds = ArmingClock(self.database, self.clock, lambda: self.site, BERLIN)

    def teardown(self) -> None:
        self.database.close()

    @rule(schedule=st.sampled_from(SCHEDULES), delay_s=st.sampled_from([0.0, 30.0]))
    def import_site(self, schedule: tuple[str, ...], delay_s: float) -> None:
        """Every zone claims the group, also those that the site file would refuse."""
        claimed = tuple(replace(z, arm_group="G1", entry_delay_s=delay_s) for z in self.site.zones)
        self.site = replace(self.site, zones=claimed, arm_groups=(ArmGroup("G1", "组", "Group", schedule),))
        self.database.write(lambda tx: tx.replace_site(self.site))
        self.center.use_site(self.site, lambda _zone: ())

    @rule(is_armed=st.booleans())
    def arm_or_disarm(self, is_armed: bool) -> None:
        self.command(lambda: (self.desk.arm if is_armed else self.desk.disarm)(LEADER, ["G1"]))

    @rule(zone=zones, lasts=hours)
    def isolate(self, zone: str, lasts: float) -> None:
        until_at = self.clock.now() + timedelta(hours=lasts)
        self.command(lambda: self.desk.isolate(LEADER, zone, "故障", until_at))

    @rule(zone=zones)
    def end_isolation(self, zone: str) -> None:
        self.command(lambda: self.desk.end_isolation(LEADER, zone))

    @rule(tested=st.lists(zones, min_size=1, max_size=3, unique=True), lasts=hours)
    def test(self, tested: list[str], lasts: float) -> None:
        until_at = self.clock.now() + timedelta(hours=lasts)
        self.command(lambda: self.desk.test(LEADER, tested, until_at))

    @rule(walked=st.lists(zones, min_size=1, max_size=5, unique=True), lasts=hours)
    def walk(self, walked: list[str], lasts: float) -> None:
        until_at = self.clock.now() + timedelta(hours=lasts)
        self.command(lambda: self.desk.begin_walk(LEADER, walked, until_at))

    @rule(seconds=st.sampled_from([1, 40, 3600, 90_000, -1, -3600, -90_000]))
    def a_clock_jumps(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule()
    def the_hub_makes_its_round(self) -> None:
        self.rounds.tick()
        self.center.raise_delayed()
        assert self.rounds.tick() == 0  # once is enough
        assert self.center.raise_delayed() == []

    @rule()
    def the_hub_starts_again(self) -> None:
        self.database.close()
        self.reopen()

    @rule(beam=st.sampled_from(BEAMS))
    def a_beam_is_crossed(self, beam: tuple[str, str, int]) -> None:
        self.take(beam)

    @rule(source=st.sampled_from(PROTECTED))
    def a_protected_signal_counts(self, source: tuple[str, str, int]) -> None:
        assert self.take(source) in COUNTED

    @rule()
    def eight_days_later_everything_armed_counts(self) -> None:
        """Nothing that people did for a while lasts longer than its limit."""
        self.clock.advance(8 * 24 * 3600)
        self.import_site(("daily 00:00-24:00",), 0.0)
        self.desk.arm(LEADER, ["G1"])
        for beam in BEAMS:
            assert self.take(beam) in COUNTED

    @invariant()
    def every_protected_zone_is_free_of_isolation_and_test(self) -> None:
        states = self.database.read(lambda view: view.zone_states.all())
        for state in states:
            if state.zone in ("Z01", "Z31"):
                assert (state.isolation, state.test) == (None, None)

    def take(self, source: tuple[str, str, int]) -> OutcomeKind:
        account, code, zone = source
        now = self.clock.now()
        signal = Signal(
            AlarmSource.DC09, account, code, zone, Qualifier.NEW, now, f"frame {next(self.numbers)}"
        )
        (outcome,) = self.center.receive([signal])
        return outcome.kind

    def command(self, work: Callable[[], object]) -> None:
        with suppress(ServiceError):
            work()


def test_the_law_of_arming_holds_in_any_order(site: Site, clock: ManualClock, tmp_path: Path) -> None:
    template = tmp_path / "template.db"
    new_sqlite(template)
    starts_at, runs = clock.now(), count()

    def start() -> ArmingLaw:
        file = tmp_path / f"law-{next(runs)}.db"
        shutil.copy(template, file)
        return ArmingLaw(site, ManualClock(starts_at), file)

    run_state_machine_as_test(
        start, settings=settings(max_examples=40, stateful_step_count=30, deadline=None)
    )
